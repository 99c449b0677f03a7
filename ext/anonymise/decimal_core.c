/*
** Decimal numbers (decimal.h).
*/
#include "decimal.h"

#include "polish/polish.h"

static const int64_t most = 1000000000000000000; /* 10^18 */

bool anon_decimal_read(SitoText text, AnonDecimal *number) {
    return sito_polish_number(text, &number->digits, &number->scale);
}

bool anon_decimal_read_plain(SitoText text, AnonDecimal *number) {
    size_t i = 0, whole = 0;
    bool point = false, negative = text.size > 0 && text.data[0] == '-';
    *number = (AnonDecimal){0};
    for (i = negative; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && !point && whole > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || number->digits >= most / 10) {
            return false;
        }
        number->digits = number->digits * 10 + (c - '0');
        number->scale += point;
        whole++;
    }
    number->digits = negative ? -number->digits : number->digits;
    return whole > 0;
}

AnonDecimal anon_decimal_trim(AnonDecimal number) {
    while (number.scale > 0 && number.digits % 10 == 0) {
        number.digits /= 10;
        number.scale--;
    }
    return number;
}

static bool widen(AnonDecimal *number, int scale) {
    for (; number->scale < scale; number->scale++) {
        if (number->digits >= most / 10 || number->digits <= -most / 10) {
            return false;
        }
        number->digits *= 10;
    }
    return true;
}

bool anon_decimal_align(AnonDecimal *a, AnonDecimal *b) {
    return widen(a, b->scale) && widen(b, a->scale);
}

bool anon_decimal_floor(int64_t number, int64_t origin, int64_t width, int64_t *lower) {
    int64_t distance = number - origin; /* both below 10^18: no overflow */
    int64_t steps = distance / width - (distance % width < 0);
    *lower = origin + steps * width;
    return *lower > -most && *lower < most && *lower + width < most;
}

int anon_decimal_print(AnonDecimal number, char mark, SitoBuffer *out) {
    number = anon_decimal_trim(number);
    uint64_t digits = number.digits < 0 ? (uint64_t)-number.digits : (uint64_t)number.digits;
    uint64_t unit = 1;
    for (int i = 0; i < number.scale; i++) {
        unit *= 10;
    }
    int rc =
        sito_buffer_print(out, "%s%lld", number.digits < 0 ? "-" : "", (long long)(digits / unit));
    return rc == SITO_OK && number.scale > 0
               ? sito_buffer_print(out, "%c%0*lld", mark, number.scale, (long long)(digits % unit))
               : rc;
}
