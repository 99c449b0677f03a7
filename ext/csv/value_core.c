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

/* ---- dates ---- */

/* One to `most` digits from *position on. */
static bool take_digits(SitoText text, size_t *position, size_t least, size_t most, int *number) {
    size_t begin = *position;
    *number = 0;
    while (*position < text.size && is_digit(text.data[*position]) && *position - begin < most) {
        *number = *number * 10 + (text.data[*position] - '0');
        ++*position;
    }
    return *position - begin >= least;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool sito_value_date(SitoText text, char date[SITO_DATE_SIZE + 1]) {
    bool iso = text.size == SITO_DATE_SIZE && text.data[4] == '-';
    size_t i = 0;
    int first, month, last;
    if (!take_digits(text, &i, iso ? 4 : 1, iso ? 4 : 2, &first) || i >= text.size) {
        return false;
    }
    char mark = text.data[i++];
    bool marked = mark == '-' || (!iso && (mark == '.' || mark == '/'));
    if (!marked || !take_digits(text, &i, iso ? 2 : 1, 2, &month) || i >= text.size ||
        text.data[i++] != mark || !take_digits(text, &i, iso ? 2 : 4, iso ? 2 : 4, &last) ||
        i != text.size) {
        return false;
    }
    int year = iso ? first : last, day = iso ? last : first;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) {
        return false;
    }
    static const int places[] = {1000, 100, 10, 1, 0, 10, 1, 0, 10, 1};
    for (size_t k = 0; k < SITO_DATE_SIZE; k++) {
        int part = k < 4 ? year : k < 7 ? month : day;
        date[k] = places[k] == 0 ? '-' : (char)('0' + part / places[k] % 10);
    }
    date[SITO_DATE_SIZE] = 0;
    return true;
}

/* ---- types=auto ---- */

bool sito_value_canonical(SitoText text, char decimal, bool *decimals) {
    enum { MOST_DIGITS = 9 };
    size_t i = text.size > 0 && text.data[0] == '-', begin = i, digits = 0, marks = 0, zeros = 0;
    for (; i < text.size; i++) {
        bool mark = text.data[i] == decimal && i > begin && i + 1 < text.size;
        if (!mark && !is_digit(text.data[i])) {
            return false;
        }
        marks += mark;
        digits += !mark;
        zeros += text.data[i] == '0';
    }
    *decimals = marks == 1;
    bool leading_zero =
        begin + 1 < text.size && text.data[begin] == '0' && text.data[begin + 1] != decimal;
    bool minus_zero = begin == 1 && zeros == digits;
    return digits >= 1 && digits <= MOST_DIGITS && marks <= 1 && !leading_zero && !minus_zero;
}
