/*
** Numbers modulo the prime 2^61 - 1, in which equations of tables are solved: exact, and never longer
** than a word. A set of equations whose entries are 0 and ±1 has over this field the rank that it has
** over the fractions, but for sets made for it; what matters is audited with exact bounds afterwards.
*/
#ifndef SITO_TABLES_FIELD_H
#define SITO_TABLES_FIELD_H

#include <stdint.h>

#define FIELD_PRIME (((uint64_t)1 << 61) - 1)

static inline uint64_t field_add(uint64_t a, uint64_t b) {
    uint64_t sum = a + b;
    return sum >= FIELD_PRIME ? sum - FIELD_PRIME : sum;
}

static inline uint64_t field_negative(uint64_t a) {
    return a == 0 ? 0 : FIELD_PRIME - a;
}

static inline uint64_t field_subtract(uint64_t a, uint64_t b) {
    return field_add(a, field_negative(b));
}

static inline uint64_t field_multiply(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 Wide;
    Wide product = (Wide)a * b;
    return field_add((uint64_t)product & FIELD_PRIME, (uint64_t)(product >> 61));
}

/* 1/a of a not 0, as a^(p-2). */
static inline uint64_t field_inverse(uint64_t a) {
    uint64_t result = 1;
    for (uint64_t exponent = FIELD_PRIME - 2; exponent > 0; exponent >>= 1) {
        result = (exponent & 1) != 0 ? field_multiply(result, a) : result;
        a = field_multiply(a, a);
    }
    return result;
}

/* A number that looks drawn, the same each time: splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t field_drawn(uint64_t number) {
    uint64_t z = number * 0x9e3779b97f4a7c15u + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z = (z ^ (z >> 31)) & FIELD_PRIME;
    return z == FIELD_PRIME ? 0 : z;
}

#endif
