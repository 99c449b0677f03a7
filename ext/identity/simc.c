/*
** SIMC, the number of a locality in the TERYT register. No personal data: here so that nobody takes it for some.
**
**   SELECT simc_valid('0957650')   1   Łódź
**
** R1  7 digits; the last is the sum with the weights 2 to 7 modulo 11, where 10 is written 0.
** R2  An integer may have lost its leading zeros. NULL gives NULL; anything else gives 0.
**
** One in ten TERC codes passes as well: length and check digit do not tell the two apart.
*/
#include <string.h>

#include "code.h"

bool sito_simc_valid(const SitoCode *code) {
    static const unsigned char weights[] = {2, 3, 4, 5, 6, 7};
    return sito_code_is_number(code, 7) && memcmp(code->signs, "0000000", 7) != 0 &&
           sito_code_sum(code->signs, weights, 6) % 11 % 10 == code->signs[6] - '0';
}
