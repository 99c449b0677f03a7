/*
** Numbers that are codes: how long they are (digits.c).
*/
#ifndef SITO_PROFILE_DIGITS_H
#define SITO_PROFILE_DIGITS_H

#include "base/sito.h"

enum { SITO_DIGITS_LONGEST = 26 }; /* a bank account */

typedef struct SitoDigits {
    uint32_t lengths[SITO_DIGITS_LONGEST + 1]; /* [0]: values that are no such code */
    int64_t lines[SITO_DIGITS_LONGEST + 1];    /* where the first of each length stands */
    bool zero;                                 /* one begins with a zero */
} SitoDigits;

void sito_digits_add(SitoDigits *digits, SitoText value, int64_t line);

/* How many values are one or two digits shorter than all the others, as a code is that lost its leading
** zeros; 0 where another reading is as good. */
int64_t sito_digits_short(const SitoDigits *digits, int64_t *line);

#endif
