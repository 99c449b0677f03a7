/*
** JSON text (json.h; RFC 8259).
**
** R1  A text is escaped where it must be; ill-formed UTF-8 becomes U+FFFD, so the result always parses.
*/
#include <string.h>

#include "json.h"

static void add(SitoJson *json, const char *bytes, size_t size) {
    if (json->rc == SITO_OK) {
        json->rc = sito_buffer_add(json->out, bytes, size);
    }
}

/* A comma, unless the item is the first or the value of a key. */
static void separate(SitoJson *json) {
    const SitoBuffer *out = json->out;
    if (json->rc == SITO_OK && out->size > 0 && strchr("[{:", out->data[out->size - 1]) == NULL) {
        add(json, ",", 1);
    }
}

void sito_json_open(SitoJson *json, char bracket) {
    separate(json);
    add(json, &bracket, 1);
}

void sito_json_close(SitoJson *json, char bracket) {
    add(json, &bracket, 1);
}

void sito_json_key(SitoJson *json, const char *key) {
    separate(json);
    add(json, "\"", 1);
    add(json, key, strlen(key));
    add(json, "\":", 2);
}

static void add_character(SitoJson *json, SitoText text, size_t *position) {
    unsigned char c = (unsigned char)text.data[*position];
    if (c >= 0x80) {
        char bytes[4];
        add(json, bytes, sito_utf8_encode(sito_utf8_next(text, position), bytes));
        return;
    }
    ++*position;
    if (c < 0x20 || c == 0x7F) {
        const char *hex = "0123456789abcdef";
        char escaped[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        add(json, escaped, sizeof escaped);
        return;
    }
    char escaped[] = {'\\', (char)c};
    bool special = c == '"' || c == '\\';
    add(json, special ? escaped : escaped + 1, special ? 2 : 1);
}

void sito_json_text(SitoJson *json, SitoText text) {
    separate(json);
    if (text.data == NULL) {
        add(json, "null", 4);
        return;
    }
    add(json, "\"", 1);
    for (size_t i = 0; i < text.size && json->rc == SITO_OK;) {
        add_character(json, text, &i);
    }
    add(json, "\"", 1);
}

void sito_json_integer(SitoJson *json, int64_t value) {
    separate(json);
    if (json->rc == SITO_OK) {
        json->rc = sito_buffer_print(json->out, "%lld", (long long)value);
    }
}

void sito_json_count(SitoJson *json, int64_t value) {
    if (value < 0) {
        sito_json_text(json, (SitoText){0});
    } else {
        sito_json_integer(json, value);
    }
}

void sito_json_real(SitoJson *json, double value) {
    separate(json);
    if (json->rc == SITO_OK) {
        json->rc = sito_buffer_print(json->out, "%!.15g", value);
    }
}
