/*
** Numbers as people write them in options: 12, 15m, 64M, 5/1s.
*/
#ifndef SITO_QUANTITY_CORE_H
#define SITO_QUANTITY_CORE_H

#include "base/sito.h"

/* Digits alone, up to 18 of them. */
bool sito_quantity_count(SitoText text, int64_t *number);
/* Seconds: a count, or one with s, m, h or d. */
bool sito_quantity_age(SitoText text, int64_t *seconds);
/* A count, or one with K, M or G. */
bool sito_quantity_bytes(SitoText text, int64_t *bytes);
/* "5/1s": a count in an age, both at least 1. */
bool sito_quantity_rate(SitoText text, int64_t *count, int64_t *seconds);

#endif
