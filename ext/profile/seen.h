/*
** The different values of a column, by 120 bits of their keyed hashes (seen.c).
*/
#ifndef SITO_PROFILE_SEEN_H
#define SITO_PROFILE_SEEN_H

#include "base/sito.h"

/* 120 bits of the hash and the note: together, so that a look costs one miss of the cache. */
typedef struct SitoSeenSlot {
    uint64_t low; /* 0: free */
    uint32_t middle;
    uint16_t high;
    unsigned char top;
    unsigned char note; /* a byte that the owner keeps beside the value */
} SitoSeenSlot;

typedef struct SitoSeen {
    SitoSeenSlot *slots;
    size_t capacity; /* a power of two */
    size_t count;
    size_t limit; /* the most values it takes */
} SitoSeen;

/* Finds the value or puts it in with note 0. *is_new tells which; *note points at its byte until the next
** call. SITO_OK, SITO_NOMEM, or SITO_TOOBIG when it would be one value too many. */
int sito_seen_add(SitoSeen *seen, SitoHash128 hash, bool *is_new,
                  unsigned char **note) SITO_MUST_CHECK;
bool sito_seen_has(const SitoSeen *seen, SitoHash128 hash);
void sito_seen_free(SitoSeen *seen);

#endif
