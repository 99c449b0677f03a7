/*
** A reading copy: the text without what the eye does not see, so that finders need not know of it.
**
** R1  Letters and their combining marks become one letter (NFC); full-width and mathematical letters and digits
**     become ASCII.
** R2  Zero-width characters, soft hyphens, the stars and underscores of Markdown, and a hyphen that only breaks a
**     word at the end of a line are left out. Blanks of all kinds are one blank each, line ends one \n.
** R3  Every byte knows its place in the original; ill-formed bytes become U+FFFD.
*/
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <string.h>

#include "identity/identity.h"
#include "redact_reading.h"

enum { LONGEST_TEXT = 1 << 30 };

static bool is_combining(uint32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

static bool is_invisible(uint32_t c) {
    return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_blank(uint32_t c) {
    return c == '\t' || c == '\v' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* The plain form of one character (R1, R2). */
static uint32_t plain(uint32_t c) {
    if (c < 0x80) {
        return c == '\f' || c == '\r' ? '\n' : is_blank(c) ? ' ' : c;
    }
    if (is_blank(c)) {
        return ' ';
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return c - 0xFEE0;
    }
    if (c >= 0x1D7CE && c <= 0x1D7FF) {
        return '0' + (c - 0x1D7CE) % 10;
    }
    return c == 0x2010 || c == 0x2011   ? '-'
           : c == 0x2028 || c == 0x2029 ? '\n'
           : c == 0x85                  ? '\n'
                                        : c;
}

static unsigned char byte_at(SitoText text, size_t i) {
    return i < text.size ? (unsigned char)text.data[i] : '\n';
}

static bool is_letter_byte(unsigned char c) {
    return c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The word tells what follows it (tel., PESEL): it is no end of another. */
static bool names_kind(SitoText text, size_t start) {
    size_t end = start;
    while (is_letter_byte(byte_at(text, end)) && end < text.size) {
        end++;
    }
    return sito_identity_heading((SitoText){text.data + start, end - start}) != 0;
}

/* R2: Kowal-⏎ski. The end of the break that the hyphen at i makes, or 0; *join: the hyphen goes as well. */
static size_t line_break_end(SitoText text, size_t i, bool *join) {
    size_t end = i + 1;
    if (i == 0 || !is_letter_byte(byte_at(text, i - 1))) {
        return 0;
    }
    while (byte_at(text, end) == ' ' || byte_at(text, end) == '\r') {
        end++;
    }
    if (end >= text.size || byte_at(text, end) != '\n') {
        return 0;
    }
    end++;
    if (end >= text.size || !is_letter_byte(byte_at(text, end)) || names_kind(text, end)) {
        return 0;
    }
    size_t next = end;
    *join = u_islower((UChar32)sito_utf8_next(text, &next));
    return end;
}

/* R2: a star or an underscore that only sets off a word. */
static bool is_emphasis(SitoText text, size_t i) {
    unsigned char before = i > 0 ? byte_at(text, i - 1) : '\n', after = byte_at(text, i + 1);
    bool tied_left = is_letter_byte(before) || (before >= '0' && before <= '9');
    bool tied_right = is_letter_byte(after) || (after >= '0' && after <= '9');
    return !(tied_left && tied_right);
}

static int put(AnonReading *reading, uint32_t c, size_t from) {
    char bytes[4];
    size_t size = sito_utf8_encode(c, bytes);
    void *data = reading->data, *places = reading->from;
    size_t room = reading->capacity, needed = reading->text.size + size;
    int rc = sito_grow(&data, &room, needed, 1, LONGEST_TEXT);
    reading->data = data;
    if (rc == SITO_OK && room > reading->capacity) {
        size_t places_room = reading->capacity;
        rc =
            sito_grow(&places, &places_room, room, sizeof *reading->from, (size_t)LONGEST_TEXT * 2);
        reading->from = places;
        reading->capacity = rc == SITO_OK ? room : reading->capacity;
    }
    for (size_t i = 0; i < size && rc == SITO_OK; i++) {
        reading->data[reading->text.size + i] = bytes[i];
        reading->from[reading->text.size + i] = (uint32_t)from;
    }
    if (rc == SITO_OK) {
        reading->last = reading->text.size;
        reading->last_was = c;
        reading->text.size = needed;
    }
    return rc;
}

/* R1: a mark joins the letter in front of it where Unicode knows the two as one. */
static int put_mark(AnonReading *reading, uint32_t mark, size_t from) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status) || reading->text.size == 0) {
        return put(reading, mark, from);
    }
    UChar32 both = unorm2_composePair(nfc, (UChar32)reading->last_was, (UChar32)mark);
    if (both < 0) {
        return put(reading, mark, from);
    }
    size_t place = reading->from[reading->last];
    reading->text.size = reading->last;
    return put(reading, (uint32_t)both, place);
}

int anon_reading_make(SitoText original, AnonReading *reading) {
    *reading = (AnonReading){.original = original};
    int rc = original.size > LONGEST_TEXT ? SITO_TOOBIG : SITO_OK;
    for (size_t i = 0; i < original.size && rc == SITO_OK;) {
        size_t from = i;
        bool join = false;
        uint32_t c = sito_utf8_next(original, &i);
        size_t behind = c == '-' || c == 0x2010 ? line_break_end(original, from, &join) : 0;
        bool emphasis = (c == '*' || c == '_') && is_emphasis(original, from);
        if (behind > 0) {
            rc = join ? SITO_OK : put(reading, '-', from);
            i = behind;
        } else if (c == '&' && original.size - from >= 6 &&
                   memcmp(original.data + from, "&nbsp;", 6) == 0) {
            rc = put(reading, ' ', from);
            i = from + 6;
        } else if (is_combining(c)) {
            rc = put_mark(reading, c, from);
        } else if (!emphasis && !is_invisible(c) && !(c == '\r' && byte_at(original, i) == '\n')) {
            rc = put(reading, plain(c), from);
        }
    }
    reading->text.data = reading->data;
    return rc;
}

void anon_reading_free(AnonReading *reading) {
    sito_free(reading->data);
    sito_free(reading->from);
    *reading = (AnonReading){.capacity = 0};
}

size_t anon_reading_start(const AnonReading *reading, size_t start) {
    return start < reading->text.size ? reading->from[start] : reading->original.size;
}

size_t anon_reading_end(const AnonReading *reading, size_t end) {
    size_t position = reading->from[end - 1];
    (void)sito_utf8_next(reading->original, &position);
    for (size_t next = position; next < reading->original.size;) {
        if (!is_combining(sito_utf8_next(reading->original, &next))) {
            break;
        }
        position = next;
    }
    return position;
}
