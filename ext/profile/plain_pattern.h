/*
** Patterns that need no regular expressions: ^[0-9]{2}-[0-9]{3}$ (plain_pattern.c).
*/
#ifndef SITO_PROFILE_PLAIN_PATTERN_H
#define SITO_PROFILE_PLAIN_PATTERN_H

#include "base/sito.h"

enum { SITO_PATTERN_ITEMS = 32 };

/* So many characters of a set, each an ASCII character. */
typedef struct SitoPatternItem {
    uint64_t set[2];
    size_t least, most;
} SitoPatternItem;

typedef struct SitoPlainPattern {
    SitoPatternItem items[SITO_PATTERN_ITEMS];
    size_t count;
} SitoPlainPattern;

/* False when the pattern is not of the plain kind; leave it to ICU. */
bool sito_plain_pattern_read(SitoText pattern, SitoPlainPattern *plain);

/* True when all of the value, which has nothing but ASCII characters, matches. */
bool sito_plain_pattern_matches(const SitoPlainPattern *plain, SitoText value);

/* True when ICU need not be asked about the value. */
bool sito_plain_pattern_decides(SitoText value);

#endif
