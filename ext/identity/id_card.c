/*
** The number of a Polish identity card (dowód osobisty) of the series with three letters, since 2001.
**
**   SELECT id_card_valid('ABA300000')     1
**   SELECT id_card_valid('aba 300 000')   1
**
** R1  Three letters and six digits; the first digit is the check digit.
** R2  With A = 10 … Z = 35 and the weights 7 3 1 over the letters, 7 3 1 7 3 over the last five digits, the
**     sum modulo 10 is the check digit.
** R3  Case, blanks and dashes do not matter. Older cards (two letters, seven digits) follow no rule.
** R4  NULL gives NULL; anything else gives 0.
**
** Source: ICAO 9303 weights as used by the card; published specimens and sample numbers.
*/
#include "code.h"

static int value_of(char sign) {
    return sign <= '9' ? sign - '0' : sign - 'A' + 10;
}

static bool has_series(const SitoCode *code, size_t letters) {
    for (size_t i = 0; i < code->size; i++) {
        if ((i < letters) != (code->signs[i] >= 'A')) {
            return false;
        }
    }
    return (code->separators & ~(SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_DASH))) == 0;
}

bool sito_id_card_valid(const SitoCode *code) {
    static const unsigned char weights[] = {7, 3, 1, 0, 7, 3, 1, 7, 3};
    if (code->size != 9 || !has_series(code, 3)) {
        return false;
    }
    int sum = 0;
    for (size_t i = 0; i < 9; i++) {
        sum += value_of(code->signs[i]) * weights[i];
    }
    return sum % 10 == value_of(code->signs[3]);
}
