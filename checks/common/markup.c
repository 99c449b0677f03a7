/*
** Text inside HTML and XML (markup.h).
*/
#include "common/markup.h"

#include <sqlite3.h>

#include <stdarg.h>
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

/* ---- the nested writer ---- */

static void end_tag(SitoMarkup *m) {
    if (m->in_tag && m->rc == SITO_OK) {
        m->rc = put(m->out, ">");
    }
    m->in_tag = false;
}

void sito_open(SitoMarkup *m, const char *name) {
    end_tag(m);
    if (m->rc == SITO_OK) {
        m->rc = m->depth < SITO_MARKUP_DEPTH ? sito_buffer_print(m->out, "<%s", name) : SITO_MISUSE;
    }
    if (m->rc == SITO_OK) {
        m->names[m->depth++] = name;
        m->in_tag = true;
    }
}

void sito_attribute(SitoMarkup *m, const char *name, const char *value) {
    if (m->rc == SITO_OK) {
        m->rc = m->in_tag ? sito_put_attribute(m->out, name, (SitoText){value, strlen(value)})
                          : SITO_MISUSE;
    }
}

void sito_attribute_print(SitoMarkup *m, const char *name, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *value = sqlite3_vmprintf(format, args);
    va_end(args);
    if (value == NULL) {
        m->rc = m->rc == SITO_OK ? SITO_NOMEM : m->rc;
    } else {
        sito_attribute(m, name, value);
    }
    sqlite3_free(value);
}

void sito_open_class(SitoMarkup *m, const char *name, const char *class) {
    sito_open(m, name);
    sito_attribute(m, "class", class);
}

void sito_close(SitoMarkup *m) {
    end_tag(m);
    if (m->rc == SITO_OK) {
        m->rc =
            m->depth > 0 ? sito_buffer_print(m->out, "</%s>", m->names[--m->depth]) : SITO_MISUSE;
    }
}

void sito_close_empty(SitoMarkup *m, bool slash) {
    if (m->rc == SITO_OK) {
        m->rc = m->in_tag && m->depth > 0 ? put(m->out, slash ? "/>" : ">") : SITO_MISUSE;
    }
    if (m->rc == SITO_OK) {
        m->depth--;
    }
    m->in_tag = false;
}

void sito_write_text(SitoMarkup *m, SitoText text) {
    end_tag(m);
    m->rc = m->rc == SITO_OK ? sito_put_markup(m->out, text) : m->rc;
}

void sito_write(SitoMarkup *m, const char *text) {
    sito_write_text(m, (SitoText){text, strlen(text)});
}

void sito_write_raw(SitoMarkup *m, const char *markup) {
    end_tag(m);
    m->rc = m->rc == SITO_OK ? put(m->out, markup) : m->rc;
}

void sito_element(SitoMarkup *m, const char *name, const char *class, const char *text) {
    sito_open(m, name);
    if (class != NULL) {
        sito_attribute(m, "class", class);
    }
    sito_write(m, text);
    sito_close(m);
}
