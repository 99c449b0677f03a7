/*
** Values that are told by their form: postal codes, addresses in the Internet, places on the map.
**
**   90-926 · 192.168.10.24 · fe80::1ff:fe23:4567:890a · 51.7769, 19.4547
**
** R1  A postal code is two digits, a dash and three digits.
** R2  An address of IPv4 is four numbers of 0 to 255 without leading zeros; of IPv6 eight groups of at most four
**     hexadecimal digits, or fewer with one „::”. Since 1.2.3.4 may number a paragraph, one of IPv4 has at least
**     eight digits.
** R3  Coordinates are latitude and longitude of a place in Poland with at least four decimals each, which is as
**     near as a house.
**
** Sources: RFC 791, RFC 4291; the extent of the country in WGS 84.
*/
#include <string.h>

#include "cell.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_postal_code(SitoText text) {
    for (size_t i = 0; i < text.size; i++) {
        if (i == 2 ? text.data[i] != '-' : !is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size == 6;
}

static bool is_ipv4(SitoText text) {
    size_t i = 0, digits = 0;
    for (int part = 0; part < 4; part++) {
        size_t start = i;
        int value = 0;
        while (i < text.size && i - start < 3 && is_digit(text.data[i])) {
            value = value * 10 + (text.data[i++] - '0');
        }
        bool leading_zero = i - start > 1 && text.data[start] == '0';
        if (i == start || leading_zero || value > 255 ||
            (part < 3 && (i == text.size || text.data[i++] != '.'))) {
            return false;
        }
        digits += part < 3 ? i - start - 1 : i - start;
    }
    return i == text.size && digits >= 8;
}

static bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_ipv6(SitoText text) {
    int groups = 0, gaps = 0;
    size_t i = 0;
    while (i < text.size) {
        if (text.data[i] == ':') {
            bool gap = i + 1 < text.size && text.data[i + 1] == ':';
            bool at_end = i == 0 || i + 1 == text.size;
            gaps += gap;
            if ((at_end && !gap) || gaps > 1) {
                return false;
            }
            i += gap ? 2 : 1;
            continue;
        }
        size_t start = i;
        while (i < text.size && is_hexadecimal(text.data[i])) {
            i++;
        }
        if (i == start || i - start > 4 || ++groups > 8) {
            return false;
        }
    }
    return gaps == 1 ? groups >= 2 && groups <= 7 : groups == 8;
}

/* Reads 51.7769 and moves on; false when it is no number of at least four decimals. */
static bool take_degrees(SitoText text, size_t *position, double *degrees) {
    size_t i = *position, decimals = 0;
    double value = 0, unit = 1;
    while (i < text.size && i - *position < 3 && is_digit(text.data[i])) {
        value = value * 10 + (text.data[i++] - '0');
    }
    if (i == *position || i == text.size || text.data[i++] != '.') {
        return false;
    }
    for (; i < text.size && decimals < 16 && is_digit(text.data[i]); i++, decimals++) {
        unit /= 10;
        value += unit * (text.data[i] - '0');
    }
    *position = i;
    *degrees = value;
    return decimals >= 4;
}

static bool are_coordinates(SitoText text) {
    size_t i = 0;
    double latitude, longitude;
    if (!take_degrees(text, &i, &latitude)) {
        return false;
    }
    size_t between = i;
    while (i < text.size && (text.data[i] == ' ' || text.data[i] == ',' || text.data[i] == ';')) {
        i++;
    }
    return i > between && take_degrees(text, &i, &longitude) && i == text.size && latitude >= 49 &&
           latitude <= 55.93 && longitude >= 14.14 && longitude <= 24.15;
}

unsigned sito_form_read(SitoText value) {
    enum { SHORTEST = 5, LONGEST = 48 };
    while (value.size > 0 && value.data[value.size - 1] == ' ') {
        value.size--;
    }
    if (value.size < SHORTEST || value.size > LONGEST) {
        return 0;
    }
    bool has_digit = is_digit(value.data[0]), has_colon = memchr(value.data, ':', 5) != NULL;
    return has_digit && is_postal_code(value)    ? CELL_POSTAL_CODE
           : has_digit && is_ipv4(value)         ? CELL_IP_ADDRESS
           : has_colon && is_ipv6(value)         ? CELL_IP_ADDRESS
           : has_digit && are_coordinates(value) ? CELL_COORDINATES
                                                 : 0;
}
