/*
** The number of a Polish passport.
**
**   SELECT passport_valid('ZS0000177')   1
**
** R1  Two letters and seven digits; the first digit is the check digit.
** R2  With A = 10 … Z = 35 and the weights 7 3 9 1 7 3 1 7 3 the sum is a multiple of 10.
** R3  Case, blanks and dashes do not matter. NULL gives NULL; anything else gives 0.
**
** Source: a published specimen with its machine-readable zone; two independent libraries agree.
*/
#include "code.h"

bool sito_passport_valid(const SitoCode *code) {
    static const unsigned char weights[] = {7, 3, 9, 1, 7, 3, 1, 7, 3};
    uint32_t allowed = SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_DASH);
    if (code->size != 9 || (code->separators & ~allowed) != 0) {
        return false;
    }
    int sum = 0;
    for (size_t i = 0; i < 9; i++) {
        bool letter = code->signs[i] >= 'A';
        if (letter != (i < 2)) {
            return false;
        }
        sum += (letter ? code->signs[i] - 'A' + 10 : code->signs[i] - '0') * weights[i];
    }
    return sum % 10 == 0;
}
