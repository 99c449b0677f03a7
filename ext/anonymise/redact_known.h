/*
** The names that a text has shown, in every case (redact_known_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_KNOWN_H
#define SITO_ANONYMISE_REDACT_KNOWN_H

#include "base/sito.h"

/* What is known of a surname or first name, as bits. */
enum {
    KNOWN_PRIVATE = 1 << 0,
    KNOWN_STAYS = 1 << 1,
    KNOWN_ALLOWED = 1 << 2,
    KNOWN_FIRST = 1 << 3,       /* the first name of a private person */
    KNOWN_FIRST_STAYS = 1 << 4, /* of one who stays */
    KNOWN_SEEN = 1 << 5,        /* a whole name that stands in the text, */
    KNOWN_TWICE = 1 << 6,       /* more than once */
    KNOWN_WHOLE = 1 << 7        /* of a surname that stays: its first name stands in the text */
};

typedef struct AnonKnownEntry {
    uint64_t key; /* 0: free */
    uint32_t bits;
    uint32_t reason; /* of KNOWN_STAYS and KNOWN_ALLOWED; an AnonReason */
} AnonKnownEntry;

typedef struct AnonKnown {
    AnonKnownEntry *entries;
    size_t count, room; /* room is a power of two */
} AnonKnown;

/* Notes a word in lower case; the bits are added to those of its other cases. */
int anon_known_add(AnonKnown *known, const char *lower, uint32_t bits,
                   uint32_t reason) SITO_MUST_CHECK;
/* A first name together with a surname, as one thing. */
int anon_known_add_pair(AnonKnown *known, const char *first, const char *surname, uint32_t bits,
                        uint32_t reason) SITO_MUST_CHECK;
/* All that is known of the names whose case a word may be; key 0: of none. */
AnonKnownEntry anon_known_find(const AnonKnown *known, const char *lower);
AnonKnownEntry anon_known_find_pair(const AnonKnown *known, const char *first, const char *surname);
void anon_known_free(AnonKnown *known);

#endif
