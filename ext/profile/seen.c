/*
** A set of hashes with open addressing (seen.h).
**
** R1  Two values count as one only when 120 of their 128 keyed bits agree; the key is drawn anew in each
**     process, so nobody can prepare a file in which they do. Among 2^25 values two agree by chance once in
**     2^71 files.
** R2  Memory is at most 16 bytes times the next power of two above twice the number of values, and half as
**     much again while it grows.
*/
#include <string.h>

#include "seen.h"

enum { SMALLEST = 64 };

static SitoSeenSlot slot_from(SitoHash128 hash) {
    return (SitoSeenSlot){.low = hash.low != 0 ? hash.low : 1,
                          .middle = (uint32_t)hash.high,
                          .high = (uint16_t)(hash.high >> 32),
                          .top = (unsigned char)(hash.high >> 48)};
}

static bool is_same(const SitoSeenSlot *a, const SitoSeenSlot *b) {
    return a->low == b->low && a->middle == b->middle && a->high == b->high && a->top == b->top;
}

/* Where the value stands, or the free slot where it would. */
static SitoSeenSlot *find(const SitoSeen *seen, const SitoSeenSlot *value) {
    size_t mask = seen->capacity - 1, slot = (size_t)value->low & mask;
    while (seen->slots[slot].low != 0 && !is_same(&seen->slots[slot], value)) {
        slot = (slot + 1) & mask;
    }
    return &seen->slots[slot];
}

static int resize(SitoSeen *seen, size_t capacity) {
    SitoSeen grown = {.capacity = capacity, .count = seen->count, .limit = seen->limit};
    grown.slots = sito_malloc(capacity * sizeof *grown.slots);
    if (grown.slots == NULL) {
        return SITO_NOMEM;
    }
    memset(grown.slots, 0, capacity * sizeof *grown.slots);
    for (size_t i = 0; i < seen->capacity; i++) {
        if (seen->slots[i].low != 0) {
            *find(&grown, &seen->slots[i]) = seen->slots[i];
        }
    }
    sito_free(seen->slots);
    *seen = grown;
    return SITO_OK;
}

int sito_seen_add(SitoSeen *seen, SitoHash128 hash, bool *is_new, unsigned char **note) {
    SitoSeenSlot value = slot_from(hash);
    if (seen->count * 2 >= seen->capacity) {
        int rc = resize(seen, seen->capacity == 0 ? SMALLEST : seen->capacity * 2);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    SitoSeenSlot *slot = find(seen, &value);
    *is_new = slot->low == 0;
    if (*is_new) {
        if (seen->count == seen->limit) {
            return SITO_TOOBIG;
        }
        *slot = value;
        seen->count++;
    }
    *note = &slot->note;
    return SITO_OK;
}

bool sito_seen_has(const SitoSeen *seen, SitoHash128 hash) {
    SitoSeenSlot value = slot_from(hash);
    return seen->capacity > 0 && find(seen, &value)->low != 0;
}

void sito_seen_free(SitoSeen *seen) {
    sito_free(seen->slots);
    seen->slots = NULL;
    seen->capacity = seen->count = 0;
}
