/*
** The address of electronic delivery (ADE, e-Doręczenia) of a person, firm or office.
**
**   SELECT edelivery_valid('AE:PL-50419-15057-VDGUG-25')   1
**
** R1  AE:PL-, five digits, five digits, five letters, two check digits, with dashes between them.
** R2  The check digits are the sum of the digits of |sum of the letters' ASCII codes − (first + second number)|.
** R3  NULL gives NULL; anything else gives 0.
**
** Source: the rule of the national open-data portal; addresses published by offices.
*/
#include <stdlib.h>
#include <string.h>

#include "code.h"

enum { SIZE = 21 }; /* AEPL, 5, 5, 5, 2 */

static int number(const char *digits, size_t count) {
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (digits[i] - '0');
    }
    return value;
}

bool sito_edelivery_valid(const SitoCode *code) {
    const char *first = code->signs + 4, *letters = code->signs + 14;
    if (code->size != SIZE || code->digits != 12 || code->groups != 0x225552 ||
        memcmp(code->signs, "AEPL", 4) != 0) {
        return false;
    }
    int sum = 0;
    for (size_t i = 0; i < 5; i++) {
        if (letters[i] < 'A' || first[i] > '9' || first[i + 5] > '9') {
            return false;
        }
        sum += letters[i];
    }
    int digit_sum = 0;
    for (int rest = abs(sum - number(first, 5) - number(first + 5, 5)); rest > 0; rest /= 10) {
        digit_sum += rest % 10;
    }
    return digit_sum == number(letters + 5, 2);
}
