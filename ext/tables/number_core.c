/*
** Decimal numbers of cells, exactly (shown.h).
*/
#include "shown.h"

enum { MOST_FRACTION = 6 };

bool shown_number(SitoText text, int64_t *digits, int *fraction) {
    bool minus = text.size > 0 && text.data[0] == '-', point = false;
    size_t i = minus || (text.size > 0 && text.data[0] == '+') ? 1 : 0, seen = 0;
    *digits = 0;
    *fraction = 0;
    for (; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || *fraction == MOST_FRACTION || *digits > (INT64_MAX - 9) / 10) {
            return false;
        }
        *digits = *digits * 10 + (c - '0');
        *fraction += point;
        seen++;
    }
    *digits = minus ? -*digits : *digits;
    return seen > 0 && text.data[text.size - 1] != '.';
}
