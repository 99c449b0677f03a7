/*
** A real number in plain digits: the fewest that read back as the same number (IEEE 754 doubles need 17 at most).
**
** R1  No exponent, no zeros at the end of a fraction; -0 is 0.
** R2  What SQLite 3.40 reads and prints can differ in the last bit, so that the C library does both here, in the
**     locale "C" whatever the program's is.
*/
#define _GNU_SOURCE
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "warehouse/private.h"

enum { LEAST_DIGITS = 15, MOST_DIGITS = 17 };

/* "1.25e-03" as "0.00125". */
static void expand(const char *scientific, char decimal, char *out) {
    char figures[MOST_DIGITS + 1];
    long count = 0, length = 0;
    const char *at = scientific;
    if (*at == '-') {
        out[length++] = *at++;
    }
    for (; *at != 0 && *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9' && count < MOST_DIGITS) {
            figures[count++] = *at;
        }
    }
    long point = 1 + (*at == 'e' ? strtol(at + 1, NULL, 10) : 0); /* figures before the mark */
    while (count > 1 && figures[count - 1] == '0') {
        count--;
    }
    if (point <= 0) {
        out[length++] = '0';
    }
    for (long i = 0; i < point; i++) {
        out[length++] = i < count ? figures[i] : '0';
    }
    if (count > point) {
        out[length++] = decimal;
    }
    for (long i = point; i < count; i++) {
        out[length++] = i < 0 ? '0' : figures[i];
    }
    out[length] = 0;
}

bool sito_real_write(double value, char decimal, char out[SITO_REAL_SIZE]) {
    char scientific[48];
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) {
        return false;
    }
    locale_t before = uselocale(plain);
    for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
        snprintf(scientific, sizeof scientific, "%.*e", digits - 1, value);
        if (strtod_l(scientific, NULL, plain) == value) {
            break;
        }
    }
    uselocale(before);
    freelocale(plain);
    expand(value == 0 ? "0e+00" : scientific, decimal, out);
    return true;
}
