/*
** What is odd about the characters of a value (odd.h). Most values are plain ASCII, which is seen eight
** bytes at a time.
**
** R1  A sign in front counts as a formula where a letter, a bracket or another mark of a formula follows
**     somewhere: -5, +48 42 638, -, -5–0 and "- " are none.
** R2  Invisible: NO-BREAK SPACE and its narrow kin, soft hyphen, zero-width and direction marks, line and
**     paragraph separators, byte order mark, control characters but TAB, LF and CR.
** R3  Decomposed: two characters in a row that Unicode's NFC writes as one (UAX 15).
*/
#include <string.h>
#include <unicode/unorm2.h>

#include "odd.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* No byte above 0x7E or below 0x20. */
static bool is_plain(SitoText value) {
    const uint64_t ones = 0x0101010101010101u, high = ones * 0x80;
    size_t i = 0;
    for (; i + 8 <= value.size; i += 8) {
        uint64_t word;
        memcpy(&word, value.data + i, 8);
        uint64_t low =
            (word - ones * 0x20) & ~word; /* bytes below 0x20, where none is above 0x7F */
        if (((word | low) & high) != 0) {
            return false;
        }
    }
    for (; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if (c < 0x20 || c > 0x7E) {
            return false;
        }
    }
    return true;
}

/* R2 */
static bool is_invisible(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0xA0) ||
           c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
           c == 0xFEFF;
}

/* R3 */
static bool composes(uint32_t before, uint32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    return U_SUCCESS(status) && unorm2_composePair(nfc, (UChar32)before, (UChar32)c) >= 0;
}

static unsigned look_at_characters(SitoText value) {
    unsigned odd = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < value.size;) {
        uint32_t c = sito_utf8_next(value, &i);
        if (is_invisible(c)) {
            odd |= SITO_ODD_INVISIBLE;
        } else if (c >= 0x300 && c <= 0x36F && before != 0 && composes(before, c)) {
            odd |= SITO_ODD_DECOMPOSED;
        }
        before = c;
    }
    return odd;
}

/* R1 */
static bool computes(SitoText value) {
    for (size_t i = 1; i < value.size; i++) {
        char c = value.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c != 0 && strchr("=@(!|*/", c) != NULL)) {
            return !is_blank(value.data[1]);
        }
    }
    return false;
}

unsigned sito_odd(SitoText value) {
    unsigned odd = 0;
    if (value.size == 0) {
        return 0;
    }
    char first = value.data[0], last = value.data[value.size - 1];
    if ((first == '=' || first == '@' || first == '\t' || first == '\r') && value.size > 1) {
        odd |= SITO_ODD_FORMULA;
    } else if ((first == '+' || first == '-') && computes(value)) {
        odd |= SITO_ODD_SIGNED;
    }
    if (is_blank(first) || is_blank(last)) {
        odd |= SITO_ODD_BLANKS;
    }
    return is_plain(value) ? odd : odd | look_at_characters(value);
}
