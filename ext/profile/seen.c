/*
** A set of hashes with open addressing (seen.h).
**
** R1  Two values count as one only when their 128 keyed bits agree; the key is drawn anew in each process,
**     so nobody can prepare a file in which they do.
** R2  Memory is at most 34 bytes times the next power of two above twice the number of values.
*/
#include <string.h>

#include "seen.h"

enum { SMALLEST = 64 };

static size_t slot_of(const SitoSeen *seen, SitoHash128 hash) {
    size_t mask = seen->capacity - 1, slot = (size_t)hash.low & mask;
    while ((seen->slots[slot].low | seen->slots[slot].high) != 0 &&
           (seen->slots[slot].low != hash.low || seen->slots[slot].high != hash.high)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

static int resize(SitoSeen *seen, size_t capacity) {
    SitoSeen grown = {.capacity = capacity, .count = seen->count, .limit = seen->limit};
    grown.slots = sito_malloc(capacity * sizeof *grown.slots);
    grown.notes = sito_malloc(capacity);
    if (grown.slots == NULL || grown.notes == NULL) {
        sito_seen_free(&grown);
        return SITO_NOMEM;
    }
    memset(grown.slots, 0, capacity * sizeof *grown.slots);
    for (size_t i = 0; i < seen->capacity; i++) {
        if ((seen->slots[i].low | seen->slots[i].high) != 0) {
            size_t slot = slot_of(&grown, seen->slots[i]);
            grown.slots[slot] = seen->slots[i];
            grown.notes[slot] = seen->notes[i];
        }
    }
    sito_free(seen->slots);
    sito_free(seen->notes);
    *seen = grown;
    return SITO_OK;
}

int sito_seen_add(SitoSeen *seen, SitoHash128 hash, bool *is_new, unsigned char **note) {
    if ((hash.low | hash.high) == 0) {
        hash.low = 1; /* all zero marks a free slot */
    }
    if (seen->count * 2 >= seen->capacity) {
        int rc = resize(seen, seen->capacity == 0 ? SMALLEST : seen->capacity * 2);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    size_t slot = slot_of(seen, hash);
    *is_new = (seen->slots[slot].low | seen->slots[slot].high) == 0;
    if (*is_new) {
        if (seen->count == seen->limit) {
            return SITO_TOOBIG;
        }
        seen->slots[slot] = hash;
        seen->notes[slot] = 0;
        seen->count++;
    }
    *note = &seen->notes[slot];
    return SITO_OK;
}

bool sito_seen_has(const SitoSeen *seen, SitoHash128 hash) {
    hash.low |= (hash.low | hash.high) == 0;
    if (seen->capacity == 0) {
        return false;
    }
    size_t slot = slot_of(seen, hash);
    return (seen->slots[slot].low | seen->slots[slot].high) != 0;
}

void sito_seen_free(SitoSeen *seen) {
    sito_free(seen->slots);
    sito_free(seen->notes);
    seen->slots = NULL;
    seen->notes = NULL;
    seen->capacity = seen->count = 0;
}
