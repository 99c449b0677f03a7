/*
** Text for a terminal (wrap.h).
*/
#include "common/wrap.h"

#include <string.h>

static bool is_obeyed(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

int sito_put_plain(SitoBuffer *out, SitoText text) {
    int rc = SITO_OK;
    size_t at = 0;
    while (at < text.size && rc == SITO_OK) {
        size_t start = at;
        uint32_t c = sito_utf8_next(text, &at);
        rc = is_obeyed(c) || c == 0xFFFD ? sito_buffer_add(out, "\xEF\xBF\xBD", 3)
                                         : sito_buffer_add(out, text.data + start, at - start);
    }
    return rc;
}

size_t sito_columns(SitoText text) {
    size_t columns = 0;
    for (size_t at = 0; at < text.size; columns++) {
        (void)sito_utf8_next(text, &at);
    }
    return columns;
}

static int put_blanks(SitoBuffer *out, size_t count) {
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_buffer_add(out, " ", 1);
    }
    return rc;
}

/* Up to the next blank. A word of one character takes the next one along: no line of Polish ends with
** "w" or "i", none with "§". */
static SitoText next_word(SitoText text, size_t *at) {
    const char *start = text.data + *at;
    size_t size = 0;
    for (;;) {
        size_t from = size;
        while (*at + size < text.size && start[size] != ' ') {
            size++;
        }
        bool last = *at + size >= text.size;
        if (last || sito_columns((SitoText){start + from, size - from}) != 1) {
            break;
        }
        size++;
    }
    *at += size + 1;
    return (SitoText){start, size};
}

int sito_put_wrapped(SitoBuffer *out, SitoText text, size_t column, size_t indent) {
    int rc = SITO_OK;
    bool first = true;
    for (size_t at = 0; at < text.size && rc == SITO_OK;) {
        SitoText word = next_word(text, &at);
        if (word.size == 0) {
            continue;
        }
        size_t columns = sito_columns(word);
        if (!first && column + 1 + columns > SITO_WIDTH) {
            rc = sito_buffer_add(out, "\n", 1);
            rc = rc == SITO_OK ? put_blanks(out, indent) : rc;
            column = indent;
        } else if (!first) {
            rc = sito_buffer_add(out, " ", 1);
            column++;
        }
        rc = rc == SITO_OK ? sito_put_plain(out, word) : rc;
        column += columns;
        first = false;
    }
    return rc == SITO_OK ? sito_buffer_add(out, "\n", 1) : rc;
}

int sito_put_entry(SitoBuffer *out, const char *label, SitoText text, size_t indent) {
    SitoText name = {label, strlen(label)};
    size_t columns = sito_columns(name) + 2;
    int rc = put_blanks(out, 2);
    rc = rc == SITO_OK ? sito_buffer_add(out, name.data, name.size) : rc;
    rc = rc == SITO_OK ? put_blanks(out, columns < indent ? indent - columns : 1) : rc;
    return rc == SITO_OK ? sito_put_wrapped(out, text, indent, indent) : rc;
}
