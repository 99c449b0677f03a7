/*
** Sixty-four bytes at once: a mask in which bit i says that byte i is the one that is looked for.
** For the files of ext/csv alone. The pointers must have 64 readable bytes.
*/
#ifndef SITO_CSV_BLOCK_H
#define SITO_CSV_BLOCK_H

#include "eight.h"

#ifdef __SSE2__ /* of every processor of x86-64 */
#include <emmintrin.h>
#endif

enum { SITO_BLOCK = 64 };

static inline uint64_t sito_block_match(const char *bytes, unsigned char byte) {
    uint64_t mask = 0;
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8((char)byte);
    for (int i = 0; i < SITO_BLOCK; i += 16) {
        __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        uint64_t hits = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, wanted));
        mask |= hits << i;
    }
#else
    for (int i = 0; i < SITO_BLOCK;
         i += 8) { /* the multiplication gathers eight bits in one byte */
        uint64_t hits = sito_eight_match(bytes + i, byte) >> 7;
        mask |= (hits * 0x0102040810204080u) >> 56 << i;
    }
#endif
    return mask;
}

/* The bits of the first `left` bytes only. */
static inline uint64_t sito_block_within(uint64_t mask, size_t left) {
    return left < SITO_BLOCK ? mask & (((uint64_t)1 << left) - 1) : mask;
}

/* How many bits are set: added up in pairs, in fours, in bytes. */
static inline size_t sito_block_count(uint64_t mask) {
    mask -= mask >> 1 & 0x5555555555555555u;
    mask = (mask & 0x3333333333333333u) + (mask >> 2 & 0x3333333333333333u);
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (size_t)((mask * 0x0101010101010101u) >> 56);
}

/* Which byte the lowest bit set belongs to. mask must not be 0. */
static inline unsigned sito_block_first(uint64_t mask) {
    return (unsigned)__builtin_ctzll(mask);
}

#endif
