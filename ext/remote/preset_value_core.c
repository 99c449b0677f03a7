/*
** Values of a preset's parameters (presets.h, R1).
*/
#include <string.h>

#include "presets.h"
#include "quantity_core.h"

enum { MOST_NUMBERS = 200 };

static bool is(SitoText text, const char *word) {
    return sito_text_equal(text, (SitoText){.data = word, .size = strlen(word)});
}

static bool is_word(SitoText value) {
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '-' || c == '_' || c == '.';
        if (!good) {
            return false;
        }
    }
    return value.size > 0 && value.size <= 200;
}

static bool is_address(SitoText value) {
    bool web = value.size > 8 &&
               (strncmp(value.data, "https://", 8) == 0 || strncmp(value.data, "http://", 7) == 0);
    for (size_t i = 0; i < value.size && web; i++) {
        web = (unsigned char)value.data[i] > 0x20 && strchr("?#\\\"<>", value.data[i]) == NULL;
    }
    return web;
}

/* 2019-2022,2024 becomes 2019,2020,2021,2022,2024. */
static int take_numbers(SitoText value, int64_t least, int64_t most, SitoBuffer *out, bool *good) {
    int rc = SITO_OK;
    int count = 0;
    *good = value.size > 0;
    while (value.size > 0 && *good && rc == SITO_OK) {
        const char *comma = memchr(value.data, ',', value.size);
        SitoText item = {.data = value.data,
                         .size = comma != NULL ? (size_t)(comma - value.data) : value.size};
        const char *dash = item.size > 0 ? memchr(item.data, '-', item.size) : NULL;
        SitoText first = {.data = item.data,
                          .size = dash != NULL ? (size_t)(dash - item.data) : item.size};
        SitoText last = first;
        if (dash != NULL) {
            last = (SitoText){.data = dash + 1, .size = item.size - first.size - 1};
        }
        int64_t from = 0, to = 0;
        *good = sito_quantity_count(first, &from) && sito_quantity_count(last, &to) &&
                from >= least && to <= most && from <= to && to - from < MOST_NUMBERS - count;
        for (; from <= to && *good && rc == SITO_OK; from++, count++) {
            rc = sito_buffer_print(out, "%s%lld", count == 0 ? "" : ",", (long long)from);
        }
        size_t past = item.size + (comma != NULL);
        *good = *good && (comma == NULL || past < value.size);
        value = (SitoText){.data = value.data + past, .size = value.size - past};
    }
    return rc;
}

int sito_preset_value(SitoText type, SitoText value, int64_t least, int64_t most, SitoBuffer *out,
                      char **error) {
    int64_t number = 0;
    bool good = true;
    if (is(type, "numbers")) {
        int rc = take_numbers(value, least, most, out, &good);
        return rc != SITO_OK || good
                   ? rc
                   : sito_error(error, SITO_ERROR,
                                "numbers from %lld to %lld, as in 2019-2022,2024; at most %d",
                                (long long)least, (long long)most, MOST_NUMBERS);
    }
    if (is(type, "integer") &&
        !(sito_quantity_count(value, &number) && number >= least && number <= most)) {
        return sito_error(error, SITO_ERROR, "a whole number from %lld to %lld", (long long)least,
                          (long long)most);
    }
    if (is(type, "word") && !is_word(value)) {
        return sito_error(error, SITO_ERROR, "letters, digits and - _ . alone");
    }
    if (is(type, "address") && !is_address(value)) {
        return sito_error(error, SITO_ERROR,
                          "an address that begins with https:// or http://, "
                          "without ? and #");
    }
    if (value.size == 0) {
        return sito_error(error, SITO_ERROR, "not empty");
    }
    if (is(type, "address") && value.data[value.size - 1] == '/') {
        value.size--;
    }
    return sito_buffer_add(out, value.data, value.size);
}
