/*
** Numbers as people write them, compared exactly (number.c).
*/
#ifndef SITO_PROFILE_NUMBER_H
#define SITO_PROFILE_NUMBER_H

#include "base/sito.h"

enum { SITO_NUMBER_LONGEST = 64 };

/* 0.d1d2d3… times ten to the exponent; zero has no digits. */
typedef struct SitoNumber {
    char digits[SITO_NUMBER_LONGEST]; /* neither the first nor the last is 0 */
    size_t size;
    int exponent;
    bool negative;
    bool whole;      /* written without a decimal mark and an exponent */
    bool is_special; /* INF, -INF (negative) or NaN (no order) */
    bool is_nan;
} SitoNumber;

typedef struct SitoNumberForm {
    SitoText decimal; /* the decimal mark; empty: point or comma */
    SitoText
        group; /* between groups of three; empty: none. A blank stands for blanks of any kind */
    bool exponents; /* 1e5, INF and NaN are numbers as well */
} SitoNumberForm;

bool sito_number_read(SitoText text, const SitoNumberForm *form, SitoNumber *number);
int sito_number_compare(const SitoNumber *a, const SitoNumber *b);

/* The nearest double, or near it: 17 digits count. Not for INF and NaN. */
double sito_number_real(const SitoNumber *number);

/* Appends the number with a decimal point and without groups. */
int sito_number_print(const SitoNumber *number, SitoBuffer *out) SITO_MUST_CHECK;

#endif
