/*
** Lists of words that are told by their beginnings.
**
** R1  A word is told by its beginning, so that every case and gender is one entry: niepełnosprawn-. Two words
**     that mean something only together are an entry with a blank: leczenie psychiatryczn-.
** R2  Case, and whether Polish letters have their marks, make no difference.
*/
#ifndef SITO_IDENTITY_STEMS_H
#define SITO_IDENTITY_STEMS_H

#include "base/sito.h"

typedef struct SitoStem {
    const char *letters; /* lower case, without marks */
    unsigned bits;
} SitoStem;

/* The bits of all stems that words of the text begin with. The list is sorted by bytes. */
unsigned sito_stems_look(const SitoStem *stems, size_t count, SitoText text);
bool sito_stems_are_sorted(const SitoStem *stems, size_t count);

#endif
