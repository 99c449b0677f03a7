/*
** How the numbers of a column lie: quartiles, and what lies far away from them (spread.c).
*/
#ifndef SITO_PROFILE_SPREAD_H
#define SITO_PROFILE_SPREAD_H

#include "base/sito.h"
#include "number.h"

typedef struct SitoSpread {
    uint32_t *positive, *negative; /* counts by size; NULL while there is none */
    int64_t zeros, count;
    double low, high;
    int64_t low_line, high_line; /* where the extremes stand first */
} SitoSpread;

typedef struct SitoQuartiles {
    double low, median, high;
    int64_t outliers, line; /* how many values lie far away, and where one of them stands */
} SitoQuartiles;

int sito_spread_add(SitoSpread *spread, const SitoNumber *number, int64_t line) SITO_MUST_CHECK;

/* False where nothing was counted. */
bool sito_spread_sum_up(const SitoSpread *spread, SitoQuartiles *quartiles);
void sito_spread_free(SitoSpread *spread);

#endif
