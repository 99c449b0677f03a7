/*
** Eight bytes at once in one 64-bit word, byte i of the text being bits 8i to
** 8i + 7 on any processor.
** For the files of ext/csv alone. The pointers must have eight readable bytes.
*/
#ifndef SITO_CSV_EIGHT_H
#define SITO_CSV_EIGHT_H

#include <stdint.h>
#include <string.h>

#define SITO_EIGHT_HIGH 0x8080808080808080u

static inline uint64_t sito_eight_load(const char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The top bit of each byte that equals `byte`, and no other bit. A byte equals it where the
** difference is zero; adding 0x7F sets the top bit unless the low seven are zero, without a carry
** to the next. */
static inline uint64_t sito_eight_match(const char *bytes, unsigned char byte) {
    const uint64_t low = ~SITO_EIGHT_HIGH;
    uint64_t word = sito_eight_load(bytes) ^ (byte * 0x0101010101010101u);
    return ~(((word & low) + low) | word | low);
}

/* Which byte the lowest bit set belongs to. bits must not be 0. */
static inline unsigned sito_eight_first(uint64_t bits) {
    return (unsigned)__builtin_ctzll(bits) / 8;
}

#endif
