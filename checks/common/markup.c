/*
** Text inside HTML and XML (markup.h).
*/
#include "common/markup.h"

#include <string.h>

static int put(SitoBuffer *out, const char *text) {
    return sito_buffer_add(out, text, strlen(text));
}

static int put_escape(SitoBuffer *out, uint32_t c) {
    switch (c) {
    case '&':
        return put(out, "&amp;");
    case '<':
        return put(out, "&lt;");
    case '>':
        return put(out, "&gt;");
    case '"':
        return put(out, "&quot;");
    case '\t':
    case '\n':
    case '\r':
        return sito_buffer_print(out, "&#%d;", (int)c);
    default:
        return put(out, "\xEF\xBF\xBD");
    }
}

static bool stands_as_it_is(uint32_t c) {
    return c >= 0x20 && c != '&' && c != '<' && c != '>' && c != '"' && c != 0xFFFE &&
           c != 0xFFFF && c != 0x7F && c != 0xFFFD;
}

int sito_put_markup(SitoBuffer *out, SitoText text) {
    int rc = SITO_OK;
    for (size_t at = 0; at < text.size && rc == SITO_OK;) {
        size_t start = at;
        uint32_t c = sito_utf8_next(text, &at);
        rc = stands_as_it_is(c) ? sito_buffer_add(out, text.data + start, at - start)
                                : put_escape(out, c);
    }
    return rc;
}

int sito_put_attribute(SitoBuffer *out, const char *name, SitoText value) {
    int rc = sito_buffer_print(out, " %s=\"", name);
    rc = rc == SITO_OK ? sito_put_markup(out, value) : rc;
    return rc == SITO_OK ? put(out, "\"") : rc;
}
