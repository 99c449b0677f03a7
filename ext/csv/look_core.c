/*
** What a cell looks like (look_core.h).
*/
#include "look_core.h"

#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static SitoText trim(SitoText text) {
    while (text.size > 0 && (*text.data == ' ' || *text.data == '\t')) {
        text.data++, text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

SitoCellLook sito_cell_look(SitoText text) {
    text = trim(text);
    size_t digits = 0, dashes = 0, dots = 0, slashes = 0, others = 0;
    if (text.size == 0) {
        return SITO_CELL_LOOKS_EMPTY;
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool allowed = c == ' ' || ((c == '-' || c == '+') && i == 0) ||
                       (c == '%' && i + 1 == text.size) || c == ':' || c == 'T';
        digits += is_digit(c);
        dashes += c == '-' && i > 0;
        dots += c == '.';
        slashes += c == '/';
        others += !is_digit(c) && !allowed && c != '-' && c != '.' && c != ',' && c != '/';
    }
    if (digits == 0 || others > 0 || text.data[0] == 'T') {
        return SITO_CELL_LOOKS_TEXT;
    }
    bool year = text.size == 4 && digits == 4 && memcmp(text.data, "1900", 4) >= 0 &&
                memcmp(text.data, "2100", 4) <= 0;
    if (year) {
        return SITO_CELL_LOOKS_YEAR;
    }
    if ((dashes == 2 && dots + slashes == 0) || (dots == 2 && dashes + slashes == 0) ||
        (slashes == 2 && dashes + dots == 0)) {
        return SITO_CELL_LOOKS_DATE;
    }
    return SITO_CELL_LOOKS_NUMBER;
}

char sito_cell_decimal(SitoText text) {
    text = trim(text);
    char mark = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((c == ',' || c == '.') && mark == 0 && i > 0 && i + 1 < text.size) {
            mark = c;
        } else if (!is_digit(c) && !(i == 0 && c == '-')) {
            return 0;
        }
    }
    return mark;
}
