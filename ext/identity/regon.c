/*
** REGON, the number of an entity in the national business register (GUS).
**
**   SELECT regon_valid('192598184')        1
**   SELECT regon_valid('61194883275803')   1   a local unit of 611948832
**
** R1  A REGON has 9 digits, the last a check digit; the REGON of a local unit has 14: the 9 of its
**     parent and 5 of its own, the last again a check digit.
** R2  The check digit is the weighted sum modulo 11; a remainder of 10 is written 0. One real
**     number in ten has that remainder, so a validator that refuses it is wrong about every tenth
**     entity.
** R3  000000000 passes the sum but belongs to nobody.
** R4  Blanks and dashes between the digits do not matter. An SQL integer may have lost leading
**     zeros.
** R5  NULL gives NULL; anything that is not a REGON gives 0.
**
** A sole trader has a REGON, so it can lead to a person; that alone it does not say. Of random nine
** digits 9.96 % pass: one value proves nothing, a column does (verdict.c).
**
** Source: regulation on the REGON register (Dz.U. 2015 poz. 2009), annex; 237 published numbers.
*/
#include <string.h>

#include "code.h"

enum { PARENT = 9, LOCAL_UNIT = 14 };

static bool has_right_check_digit(const char *digits, size_t size) {
    static const unsigned char parent[] = {8, 9, 2, 3, 4, 5, 6, 7};
    static const unsigned char local[] = {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8};
    const unsigned char *weights = size == PARENT ? parent : local;
    int remainder = sito_code_sum(digits, weights, size - 1) % 11;
    return digits[size - 1] - '0' == remainder % 10; /* R2 */
}

bool sito_regon_valid(const SitoCode *code) {
    if (!sito_code_is_number(code, PARENT) && !sito_code_is_number(code, LOCAL_UNIT)) {
        return false;
    }
    bool is_degenerate = memcmp(code->signs, "000000000", PARENT) == 0; /* R3 */
    return !is_degenerate && has_right_check_digit(code->signs, PARENT) &&
           (code->size == PARENT || has_right_check_digit(code->signs, LOCAL_UNIT));
}
