/*
** The digests to look for (reverse.h): sorted, with a filter of their first bits.
*/
#include "reverse.h"

#include <stdlib.h>
#include <string.h>

static uint32_t first_bits(const unsigned char *digest) {
    return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8 |
           digest[3];
}

static int compare_8(const void *a, const void *b) {
    return memcmp(a, b, 8);
}
static int compare_16(const void *a, const void *b) {
    return memcmp(a, b, 16);
}
static int compare_20(const void *a, const void *b) {
    return memcmp(a, b, 20);
}
static int compare_32(const void *a, const void *b) {
    return memcmp(a, b, 32);
}
static int compare_64(const void *a, const void *b) {
    return memcmp(a, b, 64);
}

/* qsort gives no context, so there is one function for each size of digest. */
static int (*comparison(size_t size))(const void *, const void *) {
    return size == 8    ? compare_8
           : size == 16 ? compare_16
           : size == 20 ? compare_20
           : size == 32 ? compare_32
                        : compare_64;
}

int risk_targets_make(unsigned char *digests, size_t size, size_t count, RiskTargets *targets) {
    *targets = (RiskTargets){.digests = digests, .size = size, .filter_bits = 1 << 16};
    if (count > 0) {
        qsort(digests, count, size, comparison(size));
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || memcmp(digests + i * size, digests + (i - 1) * size, size) != 0) {
            memmove(digests + targets->count++ * size, digests + i * size, size);
        }
    }
    while (targets->filter_bits < targets->count * 64 && targets->filter_bits < 1u << 27) {
        targets->filter_bits *= 2;
    }
    targets->found = sito_malloc(targets->count + 1);
    targets->filter = sito_malloc(targets->filter_bits / 8);
    if (targets->found == NULL || targets->filter == NULL) {
        return SITO_NOMEM;
    }
    memset(targets->found, 0, targets->count + 1);
    memset(targets->filter, 0, targets->filter_bits / 8);
    for (size_t i = 0; i < targets->count; i++) {
        uint32_t bit = first_bits(digests + i * size) & (uint32_t)(targets->filter_bits - 1);
        targets->filter[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return SITO_OK;
}

void risk_targets_free(RiskTargets *targets) {
    sito_free(targets->digests);
    sito_free(targets->found);
    sito_free(targets->filter);
    *targets = (RiskTargets){0};
}

bool *risk_targets_find(const RiskTargets *targets, const unsigned char *digest) {
    unsigned char *at =
        bsearch(digest, targets->digests, targets->count, targets->size, comparison(targets->size));
    return at == NULL ? NULL : &targets->found[(size_t)(at - targets->digests) / targets->size];
}
