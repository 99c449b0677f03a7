/*
** Reads digests (digest.h).
*/
#include "digest.h"

#include <string.h>

static bool is_size(size_t size) {
    return size == 8 || size == 16 || size == 20 || size == 32 || size == 64;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static size_t read_hex(SitoText text, unsigned char *digest) {
    if (text.size % 2 != 0 || !is_size(text.size / 2)) {
        return 0;
    }
    for (size_t i = 0; i < text.size; i += 2) {
        int high = hex_digit(text.data[i]), low = hex_digit(text.data[i + 1]);
        if (high < 0 || low < 0) {
            return 0;
        }
        digest[i / 2] = (unsigned char)(high << 4 | low);
    }
    return text.size / 2;
}

static int base64_digit(char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

/* Eight bytes are only taken in hexadecimal: eleven letters of base64 may be a word. */
static size_t read_base64(SitoText text, unsigned char *digest) {
    while (text.size > 0 && text.data[text.size - 1] == '=') {
        text.size--;
    }
    size_t size = text.size * 6 / 8;
    if (!is_size(size) || size == 8 || text.size != (size * 8 + 5) / 6) {
        return 0;
    }
    uint32_t bits = 0;
    unsigned held = 0;
    size_t written = 0;
    for (size_t i = 0; i < text.size; i++) {
        int digit = base64_digit(text.data[i]);
        if (digit < 0) {
            return 0;
        }
        bits = bits << 6 | (uint32_t)digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            digest[written++] = (unsigned char)(bits >> held);
        }
    }
    return written;
}

/* Without what stands before the last colon or dollar sign, and blanks at the ends. */
static SitoText bare(SitoText text) {
    for (size_t i = text.size; i-- > 0;) {
        if (text.data[i] == ':' || text.data[i] == '$') {
            text.data += i + 1;
            text.size -= i + 1;
            break;
        }
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    while (text.size > 0 && text.data[0] == ' ') {
        text.data++;
        text.size--;
    }
    return text;
}

size_t risk_digest_read(const RiskCell *cell, unsigned char digest[64], const char **form) {
    if (cell->type == RISK_BLOB && is_size(cell->text.size)) {
        memcpy(digest, cell->text.data, cell->text.size);
        *form = "blob";
        return cell->text.size;
    }
    if (cell->type != RISK_TEXT) {
        return 0;
    }
    SitoText text = bare(cell->text);
    size_t size = read_hex(text, digest);
    *form = "hex";
    if (size == 0) {
        size = read_base64(text, digest);
        *form = "base64";
    }
    return size;
}
