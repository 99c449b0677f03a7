/*
** Numbers as people write them (number.h): a sign, digits in one piece or in groups of three, a decimal
** mark, perhaps an exponent.
**
** R1  No blanks around, no currency, at most SITO_NUMBER_LONGEST digits: else it is text.
** R2  Groups are of three digits but for the first: 12 423 815, not 12 42 381.
** R3  Order is exact: 9007199254740993 comes after 9007199254740992, 0.10 equals 0.1.
** R4  Table Schema's decimals: "+1", ".5" and "5." are numbers, so are INF, -INF and NaN where exponents
**     are allowed (XML Schema 1.1, part 2, double).
*/
#include <math.h>
#include <string.h>

#include "number.h"

/* The length of the mark at `position`, or 0. */
static size_t mark_at(SitoText text, size_t position, SitoText mark) {
    bool there = mark.size > 0 && mark.size <= text.size - position &&
                 memcmp(text.data + position, mark.data, mark.size) == 0;
    return there ? mark.size : 0;
}

static size_t decimal_at(SitoText text, size_t position, SitoText mark) {
    if (mark.size > 0) {
        return mark_at(text, position, mark);
    }
    return text.data[position] == '.' || text.data[position] == ',';
}

static size_t blank_at(SitoText text, size_t position) {
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
    for (size_t i = 0; i < SITO_COUNT(blanks); i++) {
        size_t size = mark_at(text, position, (SitoText){blanks[i], strlen(blanks[i])});
        if (size > 0) {
            return size;
        }
    }
    return 0;
}

static size_t group_at(SitoText text, size_t position, SitoText mark) {
    bool is_blank = mark.size > 0 && blank_at(mark, 0) == mark.size;
    return is_blank ? blank_at(text, position) : mark_at(text, position, mark);
}

static bool is_digit(SitoText text, size_t position) {
    return position < text.size && text.data[position] >= '0' && text.data[position] <= '9';
}

/* Adds a digit behind the others; leading zeros are never stored. */
static bool add_digit(SitoNumber *number, char digit, bool fraction) {
    if (number->size == 0 && digit == '0') {
        number->exponent -= fraction;
        return true;
    }
    if (number->size == SITO_NUMBER_LONGEST) {
        return false;
    }
    number->digits[number->size++] = digit;
    number->exponent += !fraction;
    return true;
}

/* The whole part from *position on; false when its groups are wrong (R2). */
static bool read_whole(SitoText text, size_t *position, SitoText group, SitoNumber *number,
                       size_t *count) {
    size_t in_group = 0, groups = 0;
    while (*position < text.size) {
        if (is_digit(text, *position)) {
            if (!add_digit(number, text.data[*position], false)) {
                return false;
            }
            ++*position, ++in_group, ++*count;
            continue;
        }
        size_t size = group_at(text, *position, group);
        if (size == 0 || !is_digit(text, *position + size)) {
            break;
        }
        if (groups == 0 ? in_group < 1 || in_group > 3 : in_group != 3) {
            return false;
        }
        groups++, in_group = 0;
        *position += size;
    }
    return groups == 0 || in_group == 3;
}

static bool read_exponent(SitoText text, size_t *position, SitoNumber *number) {
    size_t i = *position + 1;
    bool negative = i < text.size && text.data[i] == '-';
    i += negative || (i < text.size && text.data[i] == '+');
    size_t start = i;
    int value = 0;
    for (; is_digit(text, i) && i - start < 5; i++) {
        value = value * 10 + (text.data[i] - '0');
    }
    if (i == start) {
        return false;
    }
    number->exponent += negative ? -value : value;
    number->whole = false;
    *position = i;
    return true;
}

static bool read_special(SitoText text, SitoNumber *number) {
    number->is_nan = sito_text_equal(text, SITO_LITERAL("NaN"));
    number->is_special = number->is_nan || sito_text_equal(text, SITO_LITERAL("INF"));
    return number->is_special;
}

bool sito_number_read(SitoText text, const SitoNumberForm *form, SitoNumber *number) {
    number->size = 0, number->exponent = 0;
    number->negative = number->is_special = number->is_nan = false;
    number->whole = true;
    size_t i = 0, count = 0;
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        number->negative = text.data[0] == '-';
        i = 1;
    }
    if (i < text.size && (text.data[i] == 'I' || text.data[i] == 'N')) {
        return form->exponents && read_special((SitoText){text.data + i, text.size - i}, number);
    }
    if (!read_whole(text, &i, form->group, number, &count)) {
        return false;
    }
    size_t mark = i < text.size ? decimal_at(text, i, form->decimal) : 0;
    if (mark > 0) {
        number->whole = false;
        for (i += mark; is_digit(text, i); i++, count++) {
            if (!add_digit(number, text.data[i], true)) {
                return false;
            }
        }
    }
    if (count > 0 && form->exponents && i < text.size && (text.data[i] | 0x20) == 'e' &&
        !read_exponent(text, &i, number)) {
        return false;
    }
    while (number->size > 0 && number->digits[number->size - 1] == '0') {
        number->size--;
    }
    return count > 0 && i == text.size;
}

static int compare_magnitude(const SitoNumber *a, const SitoNumber *b) {
    if (a->is_special || b->is_special) {
        return (int)a->is_special - (int)b->is_special;
    }
    if (a->size == 0 || b->size == 0) {
        return (a->size > 0) - (b->size > 0);
    }
    if (a->exponent != b->exponent) {
        return a->exponent < b->exponent ? -1 : 1;
    }
    size_t shorter = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->digits, b->digits, shorter);
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

int sito_number_compare(const SitoNumber *a, const SitoNumber *b) {
    bool a_below = a->negative && (a->size > 0 || a->is_special);
    bool b_below = b->negative && (b->size > 0 || b->is_special);
    if (a_below != b_below) {
        return a_below ? -1 : 1;
    }
    int order = compare_magnitude(a, b);
    return a_below ? -order : order;
}

/* Ten to the exponent; the usual ones are known. */
static double ten_to(int exponent) {
    static const double tens[] = {1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4,
                                  1e-3,  1e-2,  1e-1,  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
                                  1e6,   1e7,   1e8,   1e9,  1e10, 1e11, 1e12};
    return exponent >= -12 && exponent <= 12 ? tens[exponent + 12] : pow(10, exponent);
}

double sito_number_real(const SitoNumber *number) {
    enum { DIGITS = 17 };
    size_t digits = number->size < DIGITS ? number->size : DIGITS;
    double value = 0;
    for (size_t i = 0; i < digits; i++) {
        value = value * 10 + (number->digits[i] - '0');
    }
    int exponent = number->exponent - (int)digits;
    value = exponent < 0 ? value / ten_to(-exponent) : value * ten_to(exponent);
    return number->negative ? -value : value;
}

int sito_number_print(const SitoNumber *number, SitoBuffer *out) {
    int size = (int)number->size, exponent = number->exponent;
    const char *sign = number->negative && (size > 0 || number->is_special) ? "-" : "";
    if (number->is_special) {
        return sito_buffer_print(out, "%s%s", number->is_nan ? "" : sign,
                                 number->is_nan ? "NaN" : "INF");
    }
    if (size == 0) {
        return sito_buffer_add(out, "0", 1);
    }
    if (exponent > SITO_NUMBER_LONGEST || exponent < -SITO_NUMBER_LONGEST) {
        return sito_buffer_print(out, "%s0.%.*se%d", sign, size, number->digits, exponent);
    }
    int whole = exponent < 0 ? 0 : size < exponent ? size : exponent;
    int rc = sito_buffer_print(out, "%s%.*s%s", sign, whole, number->digits, whole == 0 ? "0" : "");
    for (int zeros = exponent - whole; zeros > 0 && rc == SITO_OK; zeros--) {
        rc = sito_buffer_add(out, "0", 1);
    }
    if (rc == SITO_OK && size > whole) {
        rc = sito_buffer_add(out, ".", 1);
    }
    for (int zeros = exponent; zeros < 0 && rc == SITO_OK; zeros++) {
        rc = sito_buffer_add(out, "0", 1);
    }
    return rc == SITO_OK
               ? sito_buffer_add(out, number->digits + whole, number->size - (size_t)whole)
               : rc;
}
