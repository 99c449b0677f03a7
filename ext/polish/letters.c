/*
** Letters in other forms (letters.h).
**
** R1  Case by Unicode's full mappings for Polish: ŁÓDŹ and łódź, STRASSE from straße.
** R2  A letter loses its marks by canonical decomposition. Those that Unicode does not decompose are listed here:
**     ł, ø, đ, ß, æ and their like.
** R3  NUL is a character like others, ill-formed bytes become U+FFFD.
*/
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "letters.h"
#include "polish.h"

enum { LONGEST = 1 << 26 };

typedef int32_t (*MapCase)(const UCaseMap *, char *, int32_t, const char *, int32_t, UErrorCode *);

static int map_case(SitoText text, MapCase map, SitoBuffer *out) {
    if (text.size > LONGEST) {
        return SITO_TOOBIG;
    }
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *locale = ucasemap_open("pl", 0, &status);
    if (U_FAILURE(status)) {
        return status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM : SITO_ERROR;
    }
    size_t room = text.size + 16;
    int rc = SITO_OK;
    for (int attempt = 0; attempt < 2; attempt++) {
        rc = sito_buffer_reserve(out, room);
        if (rc != SITO_OK) {
            break;
        }
        status = U_ZERO_ERROR;
        int32_t length = map(locale, out->data + out->size, (int32_t)room,
                             text.size > 0 ? text.data : "", (int32_t)text.size, &status);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            room = (size_t)length;
            continue;
        }
        rc = U_SUCCESS(status)                     ? SITO_OK
             : status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM
                                                   : SITO_ERROR;
        out->size += rc == SITO_OK ? (size_t)length : 0;
        break;
    }
    ucasemap_close(locale);
    return rc;
}

int sito_polish_upper(SitoText text, SitoBuffer *out) {
    return map_case(text, ucasemap_utf8ToUpper, out);
}

int sito_polish_lower_all(SitoText text, SitoBuffer *out) {
    return map_case(text, ucasemap_utf8ToLower, out);
}

/* R2: letters with a stroke or joined from two, and what is written instead. */
static const struct {
    uint16_t letter;
    char plain[3];
} joined[] = {{0x141, "L"},  {0x142, "l"}, {0xD8, "O"},   {0xF8, "o"},  {0x110, "D"}, {0x111, "d"},
              {0xD0, "D"},   {0xF0, "d"},  {0xDF, "ss"},  {0xC6, "AE"}, {0xE6, "ae"}, {0x152, "OE"},
              {0x153, "oe"}, {0xDE, "TH"}, {0xFE, "th"},  {0x131, "i"}, {0x126, "H"}, {0x127, "h"},
              {0x166, "T"},  {0x167, "t"}, {0x1E9E, "SS"}};

static int add_plain(uint32_t c, SitoBuffer *out) {
    for (size_t i = 0; i < SITO_COUNT(joined); i++) {
        if (joined[i].letter == c) {
            return sito_buffer_add(out, joined[i].plain, strlen(joined[i].plain));
        }
    }
    if (u_charType((UChar32)c) == U_NON_SPACING_MARK) {
        return SITO_OK;
    }
    char bytes[4];
    return sito_buffer_add(out, bytes, sito_utf8_encode(c, bytes));
}

/* The parts of one character that decomposes, each without marks. */
static int add_decomposed(const UNormalizer2 *nfd, uint32_t c, SitoBuffer *out) {
    UChar parts[8];
    UErrorCode status = U_ZERO_ERROR;
    int32_t count = unorm2_getDecomposition(nfd, (UChar32)c, parts, 8, &status);
    if (U_FAILURE(status) || count < 0) {
        return add_plain(c, out);
    }
    int rc = SITO_OK;
    for (int32_t i = 0; i < count && rc == SITO_OK;) {
        UChar32 part;
        U16_NEXT(parts, i, count, part);
        rc = add_plain((uint32_t)part, out);
    }
    return rc;
}

int sito_polish_ascii(SitoText text, SitoBuffer *out) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    if (U_FAILURE(status)) {
        return SITO_NOMEM;
    }
    int rc = SITO_OK;
    for (size_t i = 0; i < text.size && rc == SITO_OK;) {
        if ((unsigned char)text.data[i] < 0x80) {
            rc = sito_buffer_add(out, text.data + i++, 1);
        } else {
            rc = add_decomposed(nfd, sito_utf8_next(text, &i), out);
        }
    }
    return rc;
}

int sito_polish_bare(SitoText text, SitoBuffer *out) {
    SitoBuffer folded = {0};
    int rc = sito_polish_casefold(text, &folded);
    if (rc == SITO_OK) {
        rc = sito_polish_ascii((SitoText){folded.data, folded.size}, out);
    }
    sito_buffer_free(&folded);
    return rc;
}
