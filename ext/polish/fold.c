/*
** The coarsest form of a text (polish.h), for measures in which 'HIV' and ' hiv ' must be one value
** and for looking words up.
**
** R1  The result is Unicode's NFKC_Casefold (UAX 31, UAX 15) without White_Space at either end.
** R2  Folding a folded text changes nothing.
** R3  Texts of ASCII and Polish letters, nearly all there are, never reach ICU: none of those
**     letters composes or decomposes, so their folding is the lower-case letter. The result is the
**     same.
** R4  NUL is a byte like others; ill-formed bytes become U+FFFD; nothing is read past the end.
*/
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "polish.h"

/* The length of the plain character at p and its lower-case form, or 0 when ICU must look. */
static size_t plain_character(const unsigned char *p, size_t left, char out[2]) {
    /* lower case of the second byte after C3, C4 and C5, where that character is a Polish letter */
    static const unsigned char c3[64] = {[0x13] = 0xB3, [0x33] = 0xB3};
    static const unsigned char c4[64] = {
        [0x04] = 0x85, [0x05] = 0x85, [0x06] = 0x87, [0x07] = 0x87, [0x18] = 0x99, [0x19] = 0x99};
    static const unsigned char c5[64] = {
        [0x01] = 0x82, [0x02] = 0x82, [0x03] = 0x84, [0x04] = 0x84, [0x1A] = 0x9B,
        [0x1B] = 0x9B, [0x39] = 0xBA, [0x3A] = 0xBA, [0x3B] = 0xBC, [0x3C] = 0xBC};
    if (p[0] < 0x80) {
        out[0] = (char)(p[0] >= 'A' && p[0] <= 'Z' ? p[0] + 32 : p[0]);
        return 1;
    }
    const unsigned char *row = p[0] == 0xC3 ? c3 : p[0] == 0xC4 ? c4 : p[0] == 0xC5 ? c5 : NULL;
    if (row == NULL || left < 2 || (p[1] & 0xC0) != 0x80 || row[p[1] & 0x3F] == 0) {
        return 0;
    }
    out[0] = (char)p[0];
    out[1] = (char)row[p[1] & 0x3F];
    return 2;
}

bool sito_polish_lower(SitoText text, char *to) {
    const unsigned char *from = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.size;) {
        char character[2];
        size_t length = plain_character(from + i, text.size - i, character);
        if (length == 0) {
            return false;
        }
        to[i] = character[0];
        if (length == 2) {
            to[i + 1] = character[1];
        }
        i += length;
    }
    return true;
}

static int icu_result(UErrorCode status) {
    return U_SUCCESS(status)                                                          ? SITO_OK
           : status == U_MEMORY_ALLOCATION_ERROR                                      ? SITO_NOMEM
           : status == U_INDEX_OUTOFBOUNDS_ERROR || status == U_BUFFER_OVERFLOW_ERROR ? SITO_TOOBIG
                                                                                      : SITO_ERROR;
}

/* Strips White_Space at both ends of *text (UTF-16; every blank is one unit). */
static void trim(const UChar **text, int32_t *length) {
    while (*length > 0 && u_isUWhiteSpace((*text)[0])) {
        ++*text, --*length;
    }
    while (*length > 0 && u_isUWhiteSpace((*text)[*length - 1])) {
        --*length;
    }
}

static int append_utf16(const UChar *text, int32_t length, SitoBuffer *out) {
    int rc = sito_buffer_reserve(out, (size_t)length * 3);
    if (rc != SITO_OK) {
        return rc;
    }
    int32_t written = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8WithSub(out->data + out->size, length * 3, &written, text, length, 0xFFFD, NULL,
                       &status);
    rc = icu_result(status);
    out->size += rc == SITO_OK ? (size_t)written : 0;
    return rc;
}

enum {
    LONGEST = 1 << 26, /* bytes: NFKC makes at most 18 of one character, and ICU counts in int32 */
    ROOM_ON_THE_STACK = 512 /* UTF-16 units; longer texts take the heap */
};

/* The work behind fold_with_icu: `wide` holds the text in UTF-16, `folded` has room for `room`. */
static int normalise(const UChar *wide, int32_t length, UChar *folded, int32_t room,
                     int32_t *folded_length) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status)) {
        return icu_result(status);
    }
    *folded_length = unorm2_normalize(normalizer, wide, length, folded, room, &status);
    return icu_result(status);
}

static int fold_with_icu(SitoText text, bool trimmed, SitoBuffer *out) {
    UChar wide_small[ROOM_ON_THE_STACK], folded_small[ROOM_ON_THE_STACK];
    UChar *wide = wide_small, *folded = folded_small, *heap = NULL, *second = NULL;
    int32_t room = ROOM_ON_THE_STACK, length = 0, folded_length = 0;
    int32_t size = (int32_t)text.size;
    if (size > room) {
        heap = sito_malloc((size_t)size * sizeof *heap);
        if (heap == NULL) {
            return SITO_NOMEM;
        }
        wide = heap;
    }
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide, size > room ? size : room, &length, text.data, size, 0xFFFD, NULL,
                         &status);
    int rc = icu_result(status);
    if (rc == SITO_OK) {
        rc = normalise(wide, length, folded, room, &folded_length);
    }
    if (rc == SITO_TOOBIG) { /* ICU has said how much room it wants */
        second = sito_malloc((size_t)folded_length * sizeof *second);
        folded = second;
        rc = second == NULL ? SITO_NOMEM
                            : normalise(wide, length, folded, folded_length, &folded_length);
    }
    if (rc == SITO_OK) {
        const UChar *start = folded;
        if (trimmed) {
            trim(&start, &folded_length);
        }
        rc = append_utf16(start, folded_length, out);
    }
    sito_free(heap);
    sito_free(second);
    return rc;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int fold(SitoText in, bool trimmed, SitoBuffer *out) {
    if (in.size > LONGEST) {
        return SITO_TOOBIG;
    }
    if (in.size == 0) {
        return SITO_OK;
    }
    int rc = sito_buffer_reserve(out, in.size);
    if (rc != SITO_OK) {
        return rc;
    }
    if (sito_polish_lower(in, out->data + out->size)) {
        out->size += in.size;
        return SITO_OK;
    }
    return fold_with_icu(in, trimmed, out);
}

int sito_polish_casefold(SitoText in, SitoBuffer *out) {
    return fold(in, false, out);
}

int sito_polish_fold(SitoText in, SitoBuffer *out) {
    while (in.size > 0 && is_blank(in.data[0])) {
        in.data++, in.size--;
    }
    while (in.size > 0 && is_blank(in.data[in.size - 1])) {
        in.size--;
    }
    return fold(in, true, out);
}
