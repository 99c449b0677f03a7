/*
** Numbers as Polish offices write them.
**
**   12 423 815,00 zł · 1 234 · -0,5 · 1.234.567,89 · 12'345 · 45 %
**
** R1  The decimal mark is a comma; groups of three are parted by any kind of space, an apostrophe or, with a comma
**     or at least two groups, by points. A single point with other than three digits behind it is a decimal point.
** R2  What could be two numbers is none: 351.000 and 351,000.00 are refused.
** R3  zł, PLN, EUR, € and % behind the number are left out; 18 digits at most.
*/
#include <string.h>
#include <unicode/uchar.h>

#include "date.h"

typedef struct Reader {
    SitoText text;
    size_t position;
} Reader;

static bool is_digit(const Reader *r, size_t position) {
    return position < r->text.size && r->text.data[position] >= '0' &&
           r->text.data[position] <= '9';
}

/* The length of a blank of any kind at the position, or 0. */
static size_t blank_at(const Reader *r, size_t position) {
    if (position >= r->text.size) {
        return 0;
    }
    size_t next = position;
    uint32_t c = sito_utf8_next(r->text, &next);
    return c == 0x202F || u_isUWhiteSpace((UChar32)c) ? next - position : 0;
}

static void skip_blanks(Reader *r) {
    for (size_t size; (size = blank_at(r, r->position)) > 0;) {
        r->position += size;
    }
}

static bool take(Reader *r, const char *word) {
    size_t size = strlen(word);
    if (r->text.size - r->position < size || memcmp(r->text.data + r->position, word, size) != 0) {
        return false;
    }
    r->position += size;
    return true;
}

/* Digits from the position on, added to *value; at most 18 in all. */
static bool take_digits(Reader *r, int64_t *value, int *count, int *taken) {
    *taken = 0;
    while (is_digit(r, r->position)) {
        if (++*count > 18) {
            return false;
        }
        *value = *value * 10 + (r->text.data[r->position++] - '0');
        ++*taken;
    }
    return true;
}

static size_t group_mark(const Reader *r, char *kind) {
    size_t size = blank_at(r, r->position);
    *kind = ' ';
    if (size == 0 && r->position < r->text.size &&
        (r->text.data[r->position] == '\'' || r->text.data[r->position] == '.')) {
        *kind = r->text.data[r->position];
        size = 1;
    }
    return size > 0 && is_digit(r, r->position + size) ? size : 0;
}

/* The whole part; *points: how many groups were parted by points. */
static bool take_whole(Reader *r, int64_t *value, int *count, int *points) {
    int taken, groups = 0;
    char kind, first = 0;
    if (!take_digits(r, value, count, &taken) || taken == 0) {
        return false;
    }
    for (size_t size; (size = group_mark(r, &kind)) > 0; groups++) {
        Reader ahead = *r;
        int64_t ignored = 0;
        int ignored_count = 0, digits;
        ahead.position += size;
        if (!take_digits(&ahead, &ignored, &ignored_count, &digits)) {
            return false;
        }
        if (digits != 3 || (groups == 0 && taken > 3) || (first != 0 && kind != first)) {
            return kind == '.' && groups == 0; /* a decimal point: the caller reads on */
        }
        first = kind;
        *points += kind == '.';
        r->position += size;
        if (!take_digits(r, value, count, &digits)) {
            return false;
        }
    }
    return true;
}

bool sito_polish_number(SitoText text, int64_t *digits, int *scale) {
    Reader r = {.text = text};
    int count = 0, points = 0;
    *digits = 0, *scale = 0;
    skip_blanks(&r);
    bool negative = take(&r, "-") || take(&r, "\xE2\x88\x92");
    if (!take_whole(&r, digits, &count, &points)) {
        return false;
    }
    bool comma = take(&r, ","), point = !comma && points == 0 && take(&r, ".");
    if (points == 1 && !comma) {
        return false; /* R2 */
    }
    if ((comma || point) && (!take_digits(&r, digits, &count, scale) || *scale == 0)) {
        return false;
    }
    skip_blanks(&r);
    (void)(take(&r, "zł") || take(&r, "PLN") || take(&r, "EUR") || take(&r, "€") || take(&r, "%"));
    skip_blanks(&r);
    *digits = negative ? -*digits : *digits;
    return r.position == text.size;
}
