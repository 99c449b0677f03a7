/*
** Reads what people write between and around the digits of a number (code.h).
**
** R1  Digits are 0-9 and the characters that Unicode calls the same digit in another dress:
**     full-width, mathematical, superscript. Digits of other scripts are not: nobody writes a PESEL
**     in them.
** R2  Spaces of all kinds (no-break, thin, ideographic) are blanks; hyphens, dashes and minus signs
**     of all kinds are dashes.
** R3  Zero-width characters, soft hyphens and direction marks are nothing, as they are to the eye.
** R4  Ill-formed bytes and NUL are other characters. One pass, nothing allocated.
*/
#include <string.h>
#include <unicode/uchar.h>

#include "code.h"

static const unsigned char ascii[128] = {
    ['\t'] = SIGN_BLANK, ['\n'] = SIGN_BLANK, ['\v'] = SIGN_BLANK, ['\f'] = SIGN_BLANK,
    ['\r'] = SIGN_BLANK, [' '] = SIGN_BLANK,  ['-'] = SIGN_DASH,   ['.'] = SIGN_DOT,
    ['/'] = SIGN_SLASH,  [':'] = SIGN_COLON,  ['('] = SIGN_OPEN,   [')'] = SIGN_CLOSE,
    ['+'] = SIGN_PLUS};

static SitoSign ascii_sign(unsigned char c, char *plain) {
    *plain = 0;
    if (c >= '0' && c <= '9') {
        *plain = (char)c;
        return SIGN_DIGIT;
    }
    unsigned char upper = c >= 'a' && c <= 'z' ? (unsigned char)(c - 32) : c;
    if (upper >= 'A' && upper <= 'Z') {
        *plain = (char)upper;
        return SIGN_LETTER;
    }
    return (SitoSign)ascii[c];
}

/* The digit that a character above U+007F shows, or -1 (R1). */
static int dressed_digit(uint32_t c) {
    if (c >= 0x1D7CE && c <= 0x1D7FF) {
        return (int)(c - 0x1D7CE) % 10;
    }
    switch (c) {
    case 0xB2:
    case 0xB3:
        return (int)(c - 0xB0);
    case 0xB9:
        return 1;
    default:
        break;
    }
    bool raised = c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
    bool lowered = c >= 0x2080 && c <= 0x2089;
    return raised || lowered ? (int)(c & 0xF) : -1;
}

static bool is_nothing(uint32_t c) {
    return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static SitoSign other_sign(uint32_t c, char *plain) {
    if (c >= 0xFF01 && c <= 0xFF5E) { /* full-width forms of ASCII */
        return ascii_sign((unsigned char)(c - 0xFEE0), plain);
    }
    *plain = 0;
    int digit = dressed_digit(c);
    if (digit >= 0) {
        *plain = (char)('0' + digit);
        return SIGN_DIGIT;
    }
    if (is_nothing(c)) {
        return SIGN_NOTHING;
    }
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0x2043) {
        return SIGN_DASH;
    }
    return u_isUWhiteSpace((UChar32)c) ? SIGN_BLANK
           : u_isalpha((UChar32)c)     ? SIGN_WORD
                                       : SIGN_OTHER;
}

SitoSign sito_sign_next(SitoText text, size_t *position, char *plain) {
    unsigned char byte = (unsigned char)text.data[*position];
    if (byte < 0x80) {
        ++*position;
        return ascii_sign(byte, plain);
    }
    return other_sign(sito_utf8_next(text, position), plain);
}

/* Adds a digit or letter; `apart`: it begins a group. */
static bool add_sign(SitoCode *code, char plain, bool apart) {
    if (code->size == SITO_CODE_LONGEST) {
        return false;
    }
    if (apart) {
        code->groups = code->groups << 4 | 1;
    } else if ((code->groups & 0xF) < 0xF) {
        code->groups++;
    }
    code->signs[code->size++] = plain;
    code->digits += plain <= '9';
    return true;
}

bool sito_code_read(SitoText value, SitoCode *code) {
    *code = (SitoCode){0};
    uint32_t between = SITO_SIGN(SIGN_BLANK); /* what stands since the last digit or letter */
    for (size_t i = 0; i < value.size;) {
        char plain;
        SitoSign sign = sito_sign_next(value, &i, &plain);
        if (sign == SIGN_DIGIT || sign == SIGN_LETTER) {
            if (code->size == 0) { /* blanks around the value say nothing about how it is written */
                between &= ~SITO_SIGN(SIGN_BLANK);
            }
            if (!add_sign(code, plain, between != 0 || code->size == 0)) {
                return false;
            }
            code->separators |= between;
            between = 0;
        } else if (sign == SIGN_OTHER || sign == SIGN_WORD) {
            return false;
        } else if (sign != SIGN_NOTHING) {
            bool may_lead = sign == SIGN_BLANK || sign == SIGN_OPEN || sign == SIGN_PLUS;
            bool second_plus = sign == SIGN_PLUS && (between & SITO_SIGN(SIGN_PLUS)) != 0;
            if (second_plus || (code->size == 0 ? !may_lead : sign == SIGN_PLUS)) {
                return false;
            }
            between |= SITO_SIGN(sign);
        }
    }
    return code->size > 0 && (between & ~(SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_CLOSE))) == 0;
}

bool sito_code_is_number(const SitoCode *code, size_t size) {
    uint32_t allowed = SITO_SIGN(SIGN_BLANK) | SITO_SIGN(SIGN_DASH);
    return code->size == size && code->digits == size && (code->separators & ~allowed) == 0;
}

bool sito_code_pad(SitoCode *code, size_t size) {
    if (code->size >= size || size - code->size > 3 || size > SITO_CODE_LONGEST) {
        return false;
    }
    size_t zeros = size - code->size;
    memmove(code->signs + zeros, code->signs, code->size + 1);
    memset(code->signs, '0', zeros);
    code->size = size;
    code->digits += zeros;
    return true;
}

int sito_code_sum(const char *digits, const unsigned char *weights, size_t count) {
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum;
}
