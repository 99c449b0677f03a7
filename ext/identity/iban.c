/*
** Bank accounts: the Polish NRB of 26 digits, and any IBAN.
**
**   SELECT iban_valid('PL61 1090 1014 0000 0712 1981 2874')   1
**   SELECT iban_valid('61109010140000071219812874')           1
**
** R1  An IBAN is two letters, two check digits and 11 to 30 signs; moved behind the rest, with A = 10 … Z = 35,
**     the number leaves 1 modulo 97 (ISO 13616).
** R2  A Polish one has 26 digits behind PL; without PL it is an NRB. Digits 3 to 10 name the bank's unit: with
**     the weights 3 9 7 1 3 9 7 1 their sum is a multiple of 10.
** R3  Blanks and dashes do not matter. NULL gives NULL; anything else gives 0.
**
** Source: ISO 13616; order 7/2017 of the President of the NBP on the numbering of accounts.
*/
#include <string.h>

#include "code.h"

enum { NRB = 26 };

static int mod97(const char *signs, size_t count, int rest) {
    for (size_t i = 0; i < count; i++) {
        rest = signs[i] <= '9' ? (rest * 10 + signs[i] - '0') % 97
                               : (rest * 100 + signs[i] - 'A' + 10) % 97;
    }
    return rest;
}

static bool is_polish(const char *nrb) {
    static const unsigned char weights[] = {3, 9, 7, 1, 3, 9, 7, 1};
    return sito_code_sum(nrb + 2, weights, sizeof weights) % 10 == 0;
}

bool sito_iban_valid(const SitoCode *code) {
    uint32_t allowed = SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_DASH);
    const char *signs = code->signs;
    if ((code->separators & ~allowed) != 0) {
        return false;
    }
    if (code->size == NRB && code->digits == NRB) {
        return is_polish(signs) &&
               mod97(signs, 2, mod97("PL", 2, mod97(signs + 2, NRB - 2, 0))) == 1;
    }
    bool headed = code->size >= 15 && signs[0] >= 'A' && signs[1] >= 'A' && signs[2] <= '9' &&
                  signs[3] <= '9';
    if (!headed || mod97(signs, 4, mod97(signs + 4, code->size - 4, 0)) != 1) {
        return false;
    }
    bool polish = memcmp(signs, "PL", 2) == 0;
    return !polish || (code->size == NRB + 2 && code->digits == NRB && is_polish(signs + 2));
}
