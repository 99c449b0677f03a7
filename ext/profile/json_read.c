/*
** JSON as RFC 8259 has it (json_read.h).
**
** R1  No comments, no comma too many, no NaN, no leading zero, no control character in a text; bytes that are
**     no UTF-8 make it none. Blanks around the value are allowed.
** R2  Brackets stand at most MOST_DEPTH deep; what is deeper is refused. Nothing recurs.
*/
#include <string.h>

#include "json_read.h"

enum { MOST_DEPTH = 1000 };

static void skip_blanks(SitoJsonReader *r) {
    while (r->position < r->text.size && r->text.data[r->position] != 0 &&
           strchr(" \t\r\n", r->text.data[r->position]) != NULL) {
        r->position++;
    }
}

static char peek(const SitoJsonReader *r) {
    return r->position < r->text.size ? r->text.data[r->position] : 0;
}

static bool take(SitoJsonReader *r, char c) {
    bool there = r->position < r->text.size && r->text.data[r->position] == c;
    r->position += there;
    return there;
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool take_escape(SitoJsonReader *r) {
    char c = peek(r);
    if (c == 0 || strchr("\"\\/bfnrtu", c) == NULL) {
        return false;
    }
    r->position++;
    for (int i = 0; c == 'u' && i < 4; i++, r->position++) {
        if (!is_hex(peek(r))) {
            return false;
        }
    }
    return true;
}

static bool take_text(SitoJsonReader *r) {
    if (!take(r, '"')) {
        return false;
    }
    while (r->position < r->text.size) {
        unsigned char c = (unsigned char)r->text.data[r->position++];
        if (c == '"') {
            return true;
        }
        if (c < 0x20 || (c == '\\' && !take_escape(r))) {
            return false;
        }
    }
    return false;
}

static bool take_digits(SitoJsonReader *r) {
    size_t start = r->position;
    while (peek(r) >= '0' && peek(r) <= '9') {
        r->position++;
    }
    return r->position > start;
}

static bool take_number(SitoJsonReader *r) {
    (void)take(r, '-');
    if (!take(r, '0') && !take_digits(r)) {
        return false;
    }
    if (take(r, '.') && !take_digits(r)) {
        return false;
    }
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+')) {
            (void)take(r, '-');
        }
        return take_digits(r);
    }
    return true;
}

static bool take_word(SitoJsonReader *r, const char *word) {
    size_t size = strlen(word);
    bool there =
        r->text.size - r->position >= size && memcmp(r->text.data + r->position, word, size) == 0;
    r->position += there ? size : 0;
    return there;
}

static bool take_atom(SitoJsonReader *r) {
    switch (peek(r)) {
    case '"':
        return take_text(r);
    case 't':
        return take_word(r, "true");
    case 'f':
        return take_word(r, "false");
    case 'n':
        return take_word(r, "null");
    default:
        return take_number(r);
    }
}

static bool take_key(SitoJsonReader *r) {
    skip_blanks(r);
    if (!take_text(r)) {
        return false;
    }
    skip_blanks(r);
    return take(r, ':');
}

/* Behind a value: a comma (and the next key), or closing brackets. */
static bool take_ends(SitoJsonReader *r, const char *closing, size_t *depth) {
    while (*depth > 0) {
        skip_blanks(r);
        if (take(r, ',')) {
            return closing[*depth - 1] == ']' || take_key(r);
        }
        if (!take(r, closing[*depth - 1])) {
            return false;
        }
        --*depth;
    }
    return true;
}

/* One value of any kind (R2). */
static bool take_value(SitoJsonReader *r) {
    char closing[MOST_DEPTH];
    size_t depth = 0;
    do {
        skip_blanks(r);
        char c = peek(r);
        bool opens = c == '[' || c == '{';
        if (opens) {
            if (depth == MOST_DEPTH) {
                return false;
            }
            r->position++;
            closing[depth++] = c == '[' ? ']' : '}';
            skip_blanks(r);
            if (peek(r) != closing[depth - 1]) {
                if (c == '{' && !take_key(r)) {
                    return false;
                }
                continue;
            }
        } else if (!take_atom(r)) {
            return false;
        }
        if (!take_ends(r, closing, &depth)) {
            return false;
        }
    } while (depth > 0);
    return true;
}

bool sito_json_is(SitoText text, char bracket) {
    SitoJsonReader r = {.text = text};
    skip_blanks(&r);
    if (peek(&r) != bracket || sito_utf8_valid(text) != text.size || !take_value(&r)) {
        return false;
    }
    skip_blanks(&r);
    return r.position == text.size;
}

bool sito_json_next(SitoJsonReader *r, SitoText *key, SitoText *value) {
    *key = (SitoText){0};
    skip_blanks(r);
    bool opens = take(r, '{') || take(r, '[') || take(r, ',');
    skip_blanks(r);
    if (!opens || peek(r) == '}' || peek(r) == ']') {
        return false;
    }
    bool first_is_text = peek(r) == '"';
    size_t start = r->position;
    if (!take_value(r)) {
        return false;
    }
    *value = (SitoText){r->text.data + start, r->position - start};
    skip_blanks(r);
    if (first_is_text && take(r, ':')) {
        *key = (SitoText){value->data + 1, value->size - 2};
        skip_blanks(r);
        start = r->position;
        if (!take_value(r)) {
            return false;
        }
        *value = (SitoText){r->text.data + start, r->position - start};
    }
    return true;
}

int64_t sito_json_items(SitoText text) {
    SitoJsonReader reader = {.text = text};
    SitoText key, value;
    int64_t count = 0;
    while (sito_json_next(&reader, &key, &value)) {
        count++;
    }
    return count;
}
