/*
** E-mail addresses as people write them: name@host.domain, without comments and quoted names.
**
** R1  The name is 1 to 64 letters, digits and . _ % + - ' & with no dot at its ends and no two in a
**     row.
** R2  The host has at least two labels of letters, digits and inner hyphens; the last is of letters
**     alone, at least two, or an encoded one (xn--…).
** R3  Letters of every script count; a full stop or comma behind the address is not part of it.
**
** Source: RFC 5321, RFC 6531; narrower on purpose: what is found here is an address to everyone.
*/
#include <unicode/uchar.h>

#include "code.h"

enum { LONGEST_NAME = 64, LONGEST_HOST = 253 };

static bool is_ascii_alnum(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of the letter or digit that ends before `end`, or 0. */
static size_t letter_before(SitoText text, size_t end) {
    unsigned char c = (unsigned char)text.data[end - 1];
    if (c < 0x80) {
        return is_ascii_alnum(c);
    }
    size_t start = end - 1;
    while (start > 0 && end - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80) {
        start--;
    }
    size_t position = start;
    uint32_t letter = sito_utf8_next((SitoText){text.data, end}, &position);
    return position == end && letter != 0xFFFD && u_isalnum((UChar32)letter) ? end - start : 0;
}

static size_t letter_at(SitoText text, size_t position, bool *is_digit) {
    unsigned char c = (unsigned char)text.data[position];
    *is_digit = c >= '0' && c <= '9';
    if (c < 0x80) {
        return is_ascii_alnum(c);
    }
    size_t next = position;
    uint32_t letter = sito_utf8_next(text, &next);
    return letter != 0xFFFD && u_isalnum((UChar32)letter) ? next - position : 0;
}

static bool is_name_mark(char c) {
    return c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\'' || c == '&';
}

/* The first byte of the name that ends at the @; `at` when there is none. */
static size_t name_start(SitoText text, size_t at) {
    size_t start = at;
    while (start > 0 && at - start < LONGEST_NAME) {
        size_t length = letter_before(text, start);
        if (length == 0 && is_name_mark(text.data[start - 1])) {
            bool two_dots = text.data[start - 1] == '.' && start < at && text.data[start] == '.';
            length = two_dots ? 0 : 1;
        }
        if (length == 0) {
            break;
        }
        start -= length;
    }
    while (start < at &&
           (text.data[start] == '.' || text.data[start] == '-' || text.data[start] == '\'')) {
        start++; /* R1; a dash or apostrophe in front belongs to the sentence */
    }
    return at > start && text.data[at - 1] == '.' ? at : start;
}

/* Reads a label; true when it holds letters alone (or is encoded), as a last label must. */
static size_t label_end(SitoText text, size_t start, bool *can_be_last) {
    size_t position = start, letters = 0;
    bool only_letters = true;
    while (position < text.size && position - start < LONGEST_NAME) {
        bool is_digit;
        size_t length = letter_at(text, position, &is_digit);
        bool hyphen = length == 0 && text.data[position] == '-' && position > start;
        if (length == 0 && !hyphen) {
            break;
        }
        only_letters = only_letters && !is_digit && !hyphen;
        letters++;
        position += hyphen ? 1 : length;
    }
    while (position > start && text.data[position - 1] == '-') {
        position--;
    }
    bool encoded = position - start > 4 &&
                   sito_text_equal_nocase((SitoText){text.data + start, 4}, SITO_LITERAL("xn--"));
    *can_be_last = (only_letters && letters >= 2) || encoded;
    return position;
}

bool sito_email_around(SitoText text, size_t at, size_t *start, size_t *end) {
    *start = name_start(text, at);
    if (*start == at) {
        return false;
    }
    size_t position = at + 1, best = 0;
    int labels = 0;
    while (position < text.size && position - at <= LONGEST_HOST) {
        bool can_be_last;
        size_t stop = label_end(text, position, &can_be_last);
        if (stop == position) {
            break;
        }
        labels++;
        if (can_be_last && labels >= 2) {
            best = stop;
        }
        if (stop == text.size || text.data[stop] != '.') {
            break;
        }
        position = stop + 1;
    }
    *end = best;
    return best > 0;
}
