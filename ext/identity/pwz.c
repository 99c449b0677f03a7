/*
** PWZ, the licence number of a doctor, dentist, nurse or midwife.
**
**   SELECT pwz_valid('5425740')    1   a doctor
**   SELECT pwz_valid('4534567P')   1   a nurse
**
** R1  Doctors and dentists: 7 digits, the first not 0; it is the sum of place times digit over the other six,
**     modulo 11.
** R2  Nurses and midwives: the chamber 01 to 45, five digits, P or A; there is no check digit.
** R3  Blanks do not matter. NULL gives NULL; anything else gives 0.
**
** Source: the Supreme Medical Chamber's description of the number; public registers.
*/
#include "code.h"

bool sito_pwz_valid(const SitoCode *code) {
    static const unsigned char weights[] = {1, 2, 3, 4, 5, 6};
    const char *signs = code->signs;
    if (sito_code_is_number(code, 7)) {
        return signs[0] != '0' && sito_code_sum(signs + 1, weights, 6) % 11 == signs[0] - '0';
    }
    bool nurse = code->size == 8 && code->digits == 7 && (signs[7] == 'P' || signs[7] == 'A') &&
                 (code->separators & ~SITO_SIGN(SIGN_BLANK)) == 0;
    int chamber = (signs[0] - '0') * 10 + (signs[1] - '0');
    return nurse && chamber >= 1 && chamber <= 45;
}
