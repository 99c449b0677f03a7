/*
** NIP, the tax identification number of a person or a company.
**
**   SELECT nip_valid('856-734-62-15')   1
**   SELECT nip_valid('PL8567346215')    1
**
** R1  10 digits: a tax office (3, never beginning with 0), a running number (6), a check digit.
** R2  The check digit is the weighted sum modulo 11; a number whose sum gives 10 was never issued.
** R3  The prefix PL, blanks and dashes anywhere between the digits do not matter.
** R4  Ten equal digits are a placeholder, not a number: 1111111111 passes the sum.
** R5  NULL gives NULL; anything that is not a NIP gives 0.
**
** It does not say whether it belongs to a sole trader (then it is personal data) or to a company.
**
** Source: regulation on the NIP (Dz.U. 2004 nr 240 poz. 2419); the weights are published by the
** Ministry of Finance.
*/
#include <string.h>

#include "code.h"

enum { SIZE = 10 };

bool sito_nip_valid(const SitoCode *code) {
    static const unsigned char weights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    SitoCode number = *code;
    if (code->size == SIZE + 2 && memcmp(code->signs, "PL", 2) == 0) { /* R3 */
        memmove(number.signs, code->signs + 2, SIZE + 1);
        number.size = SIZE;
    }
    if (!sito_code_is_number(&number, SIZE) || number.signs[0] == '0') {
        return false;
    }
    bool all_equal = memcmp(number.signs, number.signs + 1, SIZE - 1) == 0; /* R4 */
    int remainder = sito_code_sum(number.signs, weights, SIZE - 1) % 11;
    return !all_equal && number.signs[SIZE - 1] - '0' == remainder; /* R2: 10 is no digit */
}
