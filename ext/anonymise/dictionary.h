/*
** Texts as codes: equal texts have one code, in the order in which they came. NULL is a text of its own.
*/
#ifndef SITO_ANONYMISE_DICTIONARY_H
#define SITO_ANONYMISE_DICTIONARY_H

#include "base/sito.h"

typedef struct AnonEntry {
    size_t offset;
    uint32_t size;
    bool null;
} AnonEntry;

/* Starts from {0}. At most 1 GiB of texts and 2^31 codes. */
typedef struct AnonDictionary {
    SitoBuffer texts;
    AnonEntry *entries;
    size_t count, room;
    uint32_t *slots; /* code + 1, or 0 */
    size_t slot_count;
    struct AnonRecent *recent; /* integers that came lately; see below */
} AnonDictionary;

/* The code of a text; one more than before where *fresh. */
int anon_dictionary_code(AnonDictionary *dictionary, SitoText text, uint32_t *code,
                         bool *fresh) SITO_MUST_CHECK;
/* A short memory for columns of integers, so that a number need not be written as a text each time. */
bool anon_dictionary_integer(const AnonDictionary *dictionary, int64_t number, uint32_t *code);
void anon_dictionary_remember(AnonDictionary *dictionary, int64_t number, uint32_t code);

SitoText anon_dictionary_text(const AnonDictionary *dictionary, uint32_t code);
void anon_dictionary_free(AnonDictionary *dictionary);

#endif
