/*
** Values of declared columns (value_core.h).
*/
#include "value_core.h"

#include <string.h>

enum { EXACT_DIGITS = 15, MOST_DECIMALS = 22 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool sito_value_integer(SitoText text, int64_t *value) {
    size_t i = 0;
    bool negative = text.size > 0 && text.data[0] == '-';
    i += negative || (text.size > 0 && text.data[0] == '+');
    bool leading_zero = text.size > i + 1 && text.data[i] == '0';
    if (i == text.size || leading_zero) {
        return false;
    }
    uint64_t magnitude = 0, most = (uint64_t)INT64_MAX + negative;
    for (; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (magnitude > (most - digit) / 10) {
            return false;
        }
        magnitude = magnitude * 10 + digit;
    }
    *value = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

/* The length of a blank that may separate groups: space, U+00A0 (C2 A0), U+202F (E2 80 AF). */
static size_t group_mark(const char *p, size_t left) {
    if (left >= 1 && p[0] == ' ') {
        return 1;
    }
    if (left >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    return left >= 3 && memcmp(p, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* The digits before the decimal mark, grouped or not; 0: malformed. Digits go to out. */
static size_t whole_part(SitoText text, size_t *position, char *out, size_t room) {
    size_t digits = 0, in_group = 0, groups = 0, i = *position;
    while (i < text.size && digits < room) {
        size_t mark = group_mark(text.data + i, text.size - i);
        if (mark > 0) {
            bool group_ok = groups == 0 ? in_group >= 1 && in_group <= 3 : in_group == 3;
            if (!group_ok) {
                return 0;
            }
            groups++;
            in_group = 0;
            i += mark;
        } else if (is_digit(text.data[i])) {
            out[digits++] = text.data[i++];
            in_group++;
        } else {
            break;
        }
    }
    *position = i;
    return groups > 0 && in_group != 3 ? 0 : digits;
}

bool sito_value_number(SitoText text, char decimal, double *value) {
    /* Integers below 10^15 and powers of ten up to 10^22 are exact doubles, so that one division
    ** rounds correctly (Clinger 1990). */
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    char digits[EXACT_DIGITS + MOST_DECIMALS + 1];
    size_t i = text.size > 0 && (text.data[0] == '-' || text.data[0] == '+');
    bool negative = i == 1 && text.data[0] == '-';
    size_t count = whole_part(text, &i, digits, EXACT_DIGITS + 1), whole = count;
    if (count == 0 || count > EXACT_DIGITS || (count > 1 && digits[0] == '0')) {
        return false;
    }
    if (i < text.size) {
        if (text.data[i++] != decimal || i == text.size) {
            return false;
        }
        for (; i < text.size && is_digit(text.data[i]) && count < sizeof digits; i++) {
            digits[count++] = text.data[i];
        }
    }
    if (i < text.size || count - whole > MOST_DECIMALS) {
        return false;
    }
    uint64_t number = 0;
    size_t significant = 0;
    for (size_t d = 0; d < count; d++) {
        significant += significant > 0 || digits[d] != '0';
        if (significant > EXACT_DIGITS) {
            return false;
        }
        number = number * 10 + (uint64_t)(digits[d] - '0');
    }
    *value = (double)number / powers[count - whole];
    *value = negative ? -*value : *value;
    return true;
}
