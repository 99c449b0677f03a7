/*
** Phone numbers: Polish ones in the ways they are written, foreign ones with their country code.
**
**   +48 (42) 638 41 11   (32) 760 54 14   87 644 42 84   500-123-456   0048500123456   957225242
**
** R1  A Polish number has 9 digits and begins with an area code or the prefix of a network that the
**     numbering plan knows. There is no trunk 0 since 2005, and 112 is nobody's.
** R2  +48 and 0048 in front make it certain, and so do brackets and the groupings 2-3-2-2 and
*3-2-2-2, or
**     3-3-3 with dashes or dots: strong. An amount may read 500 123 456: with blanks alone that
**     grouping is loose. Seven in ten random numbers of nine digits begin like a phone number: nine
**     digits in a row are weak.
** R3  A plus sign with another country code and 8 to 15 digits is strong.
**
** Source: the Polish numbering plan (UKE), prefixes as in libphonenumber's metadata; ITU-T E.164.
*/
#include <string.h>

#include "code.h"

enum { NATIONAL = 9 };

/* Second digits, a bit each, that the numbering plan knows after a first digit. */
static const uint16_t second_digits[10] = {
    [1] = 0x1FC,                                                     /* 12 to 18 */
    [2] = 0x27E,                                                     /* 21 to 26, 29 */
    [3] = 0x21C,                                                     /* 32 to 34, 39 */
    [4] = 0x1FE,                                                     /* 41 to 48 */
    [5] = 0x3FF, [6] = 0x3FF, [7] = 0x3FF, [8] = 0x3FF, [9] = 0x032, /* 91, 94, 95 */
};

static bool is_national(const char *digits) {
    return (second_digits[digits[0] - '0'] >> (digits[1] - '0') & 1) != 0;
}

/* A number with a plus sign in front (R2, R3). */
static bool is_international(const SitoCode *code) {
    if (memcmp(code->signs, "48", 2) == 0) {
        return code->size == NATIONAL + 2 && is_national(code->signs + 2);
    }
    return code->size >= 8 && code->size <= 15 && code->signs[0] != '0';
}

/* How nine digits are written (R2). */
static SitoPhone national_form(const SitoCode *code, uint64_t groups) {
    bool blanks_only = (code->separators & ~SITO_SIGN(SIGN_BLANK)) == 0;
    bool bracketed = (code->separators & SITO_SIGN(SIGN_OPEN)) != 0 && groups != 0x9;
    if (bracketed) {
        return PHONE_STRONG; /* (42) 638 41 11; a bare number in brackets is just that */
    }
    switch (groups) {
    case 0x2322:
    case 0x3222:
        return PHONE_STRONG;
    case 0x333:
    case 0x27:
    case 0x234:
        return blanks_only ? PHONE_LOOSE : PHONE_STRONG;
    case 0x9:
        return PHONE_WEAK;
    default:
        return PHONE_NONE;
    }
}

SitoPhone sito_phone_form(const SitoCode *code) {
    if (code->digits != code->size || code->size < 8 ||
        (code->separators & SITO_SIGN(SIGN_COLON)) != 0) {
        return PHONE_NONE;
    }
    if ((code->separators & SITO_SIGN(SIGN_PLUS)) != 0) {
        return is_international(code) ? PHONE_STRONG : PHONE_NONE;
    }
    if (code->size == NATIONAL) {
        return is_national(code->signs) ? national_form(code, code->groups) : PHONE_NONE;
    }
    if (code->size == NATIONAL + 4 && memcmp(code->signs, "0048", 4) == 0) {
        return is_national(code->signs + 4) ? PHONE_STRONG : PHONE_NONE;
    }
    bool has_country = code->size == NATIONAL + 2 && memcmp(code->signs, "48", 2) == 0;
    return has_country && is_national(code->signs + 2) ? PHONE_WEAK : PHONE_NONE;
}
