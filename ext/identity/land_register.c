/*
** The number of a land and mortgage register (księga wieczysta). It leads to the owner by name.
**
**   SELECT land_register_valid('LD1M/00012345/1')   1
**
** R1  Four signs of the court's department, eight digits, a check digit; slashes between them.
** R2  The digits count for themselves, X 10, A 11, B 12 … without Q and V: P 26, R 27 … U 30, W 31, Y 32, Z 33;
**     the sum with the weights 1 3 7, repeated over the first twelve signs, modulo 10 is the check digit.
** R3  Slashes may be blanks, dashes or nothing. NULL gives NULL; anything else gives 0.
**
** Source: regulation on land registers in the electronic system (Dz.U. 2016 poz. 312), and public examples.
*/
#include <string.h>

#include "code.h"

enum { SIZE = 13, DEPARTMENT = 4 };

/* The place of a sign in this row is its value. */
static const char values[] = "0123456789XABCDEFGHIJKLMNOPRSTUWYZ";

bool sito_land_register_valid(const SitoCode *code) {
    static const unsigned char weights[] = {1, 3, 7};
    uint32_t allowed = SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_DASH) | SITO_SIGN(SIGN_SLASH);
    bool parted_well = code->groups == 0xD || code->groups == 0x481;
    if (code->size != SIZE || !parted_well || (code->separators & ~allowed) != 0 ||
        code->signs[0] < 'A' || code->signs[1] < 'A') {
        return false;
    }
    int sum = 0;
    for (size_t i = 0; i < SIZE - 1; i++) {
        const char *place = strchr(values, code->signs[i]);
        if (place == NULL || (i >= DEPARTMENT && code->signs[i] > '9')) {
            return false;
        }
        sum += (int)(place - values) * weights[i % 3];
    }
    return code->signs[SIZE - 1] - '0' == sum % 10;
}
