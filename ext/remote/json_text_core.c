/*
** A JSON text made plain (json_text_core.h).
*/
#include "json_text_core.h"

#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = c >= 'A' && c <= 'F' ? (char)(c + 32) : c;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number behind \u at `at`, which stands on the backslash; -1: there are no four digits. */
static int32_t unit_at(const SitoBuffer *text, size_t at) {
    int32_t unit = 0;
    if (at + 6 > text->size || text->data[at] != '\\' || text->data[at + 1] != 'u') {
        return -1;
    }
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(text->data[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/* An escape of the text and how it goes on. */
typedef struct Escape {
    size_t length;     /* of what was read */
    int32_t character; /* -1: it stays as it is */
    const char *wrong; /* NULL: nothing */
} Escape;

static Escape read_escape(const SitoBuffer *text, size_t at) {
    int32_t unit = unit_at(text, at);
    if (unit < 0) { /* \n, \", … or something that SQLite refuses */
        return (Escape){.length = at + 1 < text->size ? 2 : 1, .character = -1};
    }
    if (unit == 0) {
        return (Escape){.wrong = "is a NUL character (\\u0000), which no text may hold"};
    }
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return (Escape){.wrong = "is the second half of a character without the first"};
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        int32_t low = unit_at(text, at + 6);
        if (low < 0xDC00 || low > 0xDFFF) {
            return (Escape){.wrong = "is the first half of a character without the second"};
        }
        return (Escape){.length = 12,
                        .character = 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)};
    }
    bool kept = unit < 0x20 || unit == '"' || unit == '\\' || unit == 0x7F;
    return (Escape){.length = 6, .character = kept ? -1 : unit};
}

/* A mark at the beginning is no part of the text. */
static void drop_mark(SitoBuffer *text) {
    if (text->size >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0) {
        text->size -= 3;
        memmove(text->data, text->data + 3, text->size);
    }
}

int sito_json_plain(SitoBuffer *text, char **error) {
    size_t sound = sito_utf8_valid((SitoText){.data = text->data, .size = text->size});
    if (sound < text->size) {
        return sito_error(error, SITO_ERROR, "byte %lld is not UTF-8", (long long)sound + 1);
    }
    drop_mark(text);
    char *out = text->size > 0 ? memchr(text->data, '\\', text->size) : NULL;
    size_t at = out != NULL ? (size_t)(out - text->data) : text->size;
    while (at < text->size) {
        if (text->data[at] != '\\') {
            char *next = memchr(text->data + at, '\\', text->size - at);
            size_t plain = (next != NULL ? (size_t)(next - text->data) : text->size) - at;
            memmove(out, text->data + at, plain);
            out += plain;
            at += plain;
            continue;
        }
        Escape escape = read_escape(text, at);
        if (escape.wrong != NULL) {
            return sito_error(error, SITO_ERROR, "byte %lld %s", (long long)at + 1, escape.wrong);
        }
        if (escape.character >= 0) {
            out += sito_utf8_encode((uint32_t)escape.character, out);
        } else {
            memmove(out, text->data + at, escape.length);
            out += escape.length;
        }
        at += escape.length;
    }
    text->size = out != NULL ? (size_t)(out - text->data) : text->size;
    return SITO_OK;
}
