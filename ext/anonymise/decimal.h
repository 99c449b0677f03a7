/*
** Decimal numbers, exactly: digits / 10^scale. 0.1 stays one tenth, and a range contains its number.
*/
#ifndef SITO_ANONYMISE_DECIMAL_H
#define SITO_ANONYMISE_DECIMAL_H

#include "base/sito.h"

/* |digits| < 10^18, 0 <= scale <= 18 */
typedef struct AnonDecimal {
    int64_t digits;
    int scale;
} AnonDecimal;

/* A number as Polish offices write it (pl_number); false when it is none, or could be two. */
bool anon_decimal_read(SitoText text, AnonDecimal *number);
/* A number as programs write it: -12.50; no exponent. */
bool anon_decimal_read_plain(SitoText text, AnonDecimal *number);

/* Without zeros behind the decimal mark. */
AnonDecimal anon_decimal_trim(AnonDecimal number);
/* Gives both the scale of the finer; false where one would have too many digits. */
bool anon_decimal_align(AnonDecimal *a, AnonDecimal *b);

/* The multiple of `width` (above 0) next below or at `number`, counted from `origin`; all of one
** scale. False where it has too many digits. */
bool anon_decimal_floor(int64_t number, int64_t origin, int64_t width, int64_t *lower);

int anon_decimal_print(AnonDecimal number, char mark, SitoBuffer *out) SITO_MUST_CHECK;

#endif
