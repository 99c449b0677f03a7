/*
** What is odd about the characters of a value (odd.h). Most values are plain, which is
** seen byte by byte.
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

/* Bytes with which what look_at_characters finds begins: control characters, U+0080 to U+00BF, U+0300 to
** U+037F, and the blocks of U+061C, U+180E, U+2000, U+3000 and U+FEFF. No Polish letter begins so. */
/* clang-format off */
static const unsigned char begins[256] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
/* clang-format on */

static bool is_plain(SitoText value) {
    unsigned char found = 0;
    for (size_t i = 0; i < value.size; i++) {
        found |= begins[(unsigned char)value.data[i]];
    }
    return found == 0;
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
