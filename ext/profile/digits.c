/*
** Codes that lost their leading zeros (digits.h): 20101 among 1061011 is 020101 of TERYT.
**
** R1  All values are digits, none begins with a zero, and most have one length, from 5 digits on; the
**     others are one or two digits shorter. Half or more of them short: then that is how they are.
*/
#include "digits.h"

enum { SHORTEST_CODE = 5 };

void sito_digits_add(SitoDigits *digits, SitoText value, int64_t line) {
    bool code = value.size > 0 && value.size <= SITO_DIGITS_LONGEST;
    for (size_t i = 0; i < value.size && code; i++) {
        code = value.data[i] >= '0' && value.data[i] <= '9';
    }
    size_t length = code ? value.size : 0;
    digits->zero = digits->zero || (code && value.size > 1 && value.data[0] == '0');
    if (digits->lengths[length]++ == 0) {
        digits->lines[length] = line;
    }
}

int64_t sito_digits_short(const SitoDigits *digits, int64_t *line) {
    int64_t all = 0, fewer = 0;
    size_t usual = SITO_DIGITS_LONGEST;
    while (usual > 0 && digits->lengths[usual] == 0) {
        usual--;
    }
    if (digits->zero || digits->lengths[0] > 0 || usual < SHORTEST_CODE) {
        return 0;
    }
    for (size_t length = 1; length <= usual; length++) {
        all += digits->lengths[length];
    }
    for (size_t length = usual - 2; length < usual; length++) {
        fewer += digits->lengths[length];
        *line = digits->lengths[length] > 0 ? digits->lines[length] : *line;
    }
    bool others = all - fewer != digits->lengths[usual];
    return others || fewer * 2 >= all ? 0 : fewer;
}
