/*
** UTF-8 and small comparisons (sito.h). Nothing here looks at the locale.
*/
#include "sito.h"

#include <string.h>

static unsigned char fold_ascii(char c) {
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

bool sito_text_equal(SitoText a, SitoText b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool sito_text_equal_nocase(SitoText a, SitoText b) {
    if (a.size != b.size) {
        return false;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (fold_ascii(a.data[i]) != fold_ascii(b.data[i])) {
            return false;
        }
    }
    return true;
}

/* The length of the well-formed sequence at p, or 0. The second byte has a narrower range after
** E0, ED, F0 and F4: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t sequence_length(const unsigned char *p, size_t left) {
    unsigned char lead = p[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                    : (lead & 0xF0) == 0xE0        ? 3
                    : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                   : 0;
    if (length == 0 || length > left) {
        return 0;
    }
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

size_t sito_utf8_valid(SitoText text) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.size) {
        uint64_t eight;
        while (i + 8 <= text.size) {
            memcpy(&eight, bytes + i, 8);
            if ((eight & 0x8080808080808080u) != 0) {
                break;
            }
            i += 8;
        }
        if (i == text.size) {
            break;
        }
        size_t length = sequence_length(bytes + i, text.size - i);
        if (length == 0) {
            break;
        }
        i += length;
    }
    return i;
}

uint32_t sito_utf8_next(SitoText text, size_t *position) {
    const unsigned char *p = (const unsigned char *)text.data + *position;
    size_t length = sequence_length(p, text.size - *position);
    if (length == 0) {
        *position += 1;
        return 0xFFFD;
    }
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t codepoint = p[0] & mask[length];
    for (size_t i = 1; i < length; i++) {
        codepoint = codepoint << 6 | (p[i] & 0x3F);
    }
    *position += length;
    return codepoint;
}

size_t sito_utf8_encode(uint32_t codepoint, char *out) {
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    size_t length = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (codepoint & 0x3F));
        codepoint >>= 6;
    }
    out[0] = (char)(lead[length] | codepoint);
    return length;
}

enum { LONGEST_WORD = 40 };

/* Optimal string alignment distance; words beyond LONGEST_WORD are taken as far away. */
static size_t distance(SitoText a, SitoText b) {
    if (a.size > LONGEST_WORD || b.size > LONGEST_WORD) {
        return LONGEST_WORD;
    }
    size_t rows[3][LONGEST_WORD + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.size; j++) {
        above[j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            unsigned char x = fold_ascii(a.data[i - 1]), y = fold_ascii(b.data[j - 1]);
            size_t best = above[j - 1] + (x != y);
            if (above[j] + 1 < best) {
                best = above[j] + 1;
            }
            if (row[j - 1] + 1 < best) {
                best = row[j - 1] + 1;
            }
            if (i > 1 && j > 1 && x == fold_ascii(b.data[j - 2]) &&
                fold_ascii(a.data[i - 2]) == y && before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            row[j] = best;
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.size];
}

const char *sito_nearest(SitoText word, const char *const *words, size_t count) {
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        SitoText other = {.data = words[i], .size = strlen(words[i])};
        size_t d = distance(word, other);
        size_t longer = word.size > other.size ? word.size : other.size;
        if (d < least && d * 3 <= longer) {
            least = d;
            nearest = words[i];
        }
    }
    return nearest;
}
