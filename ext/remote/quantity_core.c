/*
** Numbers as people write them in options (quantity_core.h).
*/
#include "quantity_core.h"

#include <string.h>

bool sito_quantity_count(SitoText text, int64_t *number) {
    *number = 0;
    if (text.size == 0 || text.size > 18) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *number = *number * 10 + (text.data[i] - '0');
    }
    return true;
}

/* A count with one of the letters behind it, each of which multiplies it. */
static bool with_unit(SitoText text, const char *letters, const int64_t *factors, int64_t *number) {
    if (sito_quantity_count(text, number)) {
        return true;
    }
    char letter = text.size > 0 ? text.data[text.size - 1] : 0;
    const char *found = letter != 0 ? strchr(letters, letter) : NULL;
    SitoText digits = {.data = text.data, .size = text.size > 0 ? text.size - 1 : 0};
    if (found == NULL || !sito_quantity_count(digits, number) ||
        *number > INT64_MAX / factors[found - letters]) {
        return false;
    }
    *number *= factors[found - letters];
    return true;
}

bool sito_quantity_age(SitoText text, int64_t *seconds) {
    static const int64_t factors[] = {1, 60, 3600, 86400};
    return text.size <= 10 && with_unit(text, "smhd", factors, seconds);
}

bool sito_quantity_bytes(SitoText text, int64_t *bytes) {
    static const int64_t factors[] = {1024, 1024, 1024 * 1024, 1024 * 1024, 1 << 30, 1 << 30};
    return text.size <= 18 && with_unit(text, "kKmMgG", factors, bytes);
}

bool sito_quantity_rate(SitoText text, int64_t *count, int64_t *seconds) {
    const char *slash = text.size > 0 ? memchr(text.data, '/', text.size) : NULL;
    if (slash == NULL) {
        return false;
    }
    SitoText before = {.data = text.data, .size = (size_t)(slash - text.data)};
    SitoText after = {.data = slash + 1, .size = text.size - before.size - 1};
    return sito_quantity_count(before, count) && sito_quantity_age(after, seconds) && *count > 0 &&
           *seconds > 0;
}
