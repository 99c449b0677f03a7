/*
** Quartiles and outliers of a column of numbers in fixed memory (spread.h): counts in buckets of equal
** ratio, 32 to each doubling, from 2^-24 to 2^48.
**
** R1  Quartiles are off by at most 3 %: half the width of a bucket (2^(1/32) - 1) and the step between
**     values.
** R2  Far away means: beyond the quartiles by more than 3 times their distance. Among numbers above zero
**     the large ones are measured by their ratios, since amounts and counts spread so, the small ones by
**     their differences; others by differences of five times, the large ones by both. (Tukey 1977: fences;
**     3 is his "far out".)
** R3  Nothing is called an outlier among fewer than 40 numbers, where the middle half is one number, or
**     where more than one in 100 would be: then that is how the numbers lie.
*/
#include <math.h>
#include <string.h>

#include "spread.h"

enum { PER_DOUBLING = 32, LOWEST = -24, HIGHEST = 48, BUCKETS = (HIGHEST - LOWEST) * PER_DOUBLING };
enum { FEWEST = 40 };

static size_t bucket_of(double magnitude) {
    int exponent;
    double fraction = frexp(magnitude, &exponent); /* 0.5 to 1, times 2^exponent */
    int doubling = exponent - 1 - LOWEST;
    if (doubling < 0) {
        return 0;
    }
    size_t bucket = (size_t)doubling * PER_DOUBLING + (size_t)((fraction - 0.5) * 2 * PER_DOUBLING);
    return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

/* The middle of a bucket. */
static double size_of(size_t bucket) {
    double within = ((double)(bucket % PER_DOUBLING) + 0.5) / PER_DOUBLING;
    return ldexp(1 + within, (int)(bucket / PER_DOUBLING) + LOWEST);
}

static int count_in(uint32_t **counts, double magnitude) {
    if (*counts == NULL) {
        *counts = sito_malloc(BUCKETS * sizeof **counts);
        if (*counts == NULL) {
            return SITO_NOMEM;
        }
        memset(*counts, 0, BUCKETS * sizeof **counts);
    }
    (*counts)[bucket_of(magnitude)]++;
    return SITO_OK;
}

int sito_spread_add(SitoSpread *spread, const SitoNumber *number, int64_t line) {
    if (number->is_special || number->exponent > 300 || number->exponent < -300) {
        return SITO_OK;
    }
    double value = sito_number_real(number);
    if (spread->count == 0 || value < spread->low) {
        spread->low = value, spread->low_line = line;
    }
    if (spread->count == 0 || value > spread->high) {
        spread->high = value, spread->high_line = line;
    }
    spread->count++;
    if (number->size == 0) {
        spread->zeros++;
        return SITO_OK;
    }
    return count_in(value < 0 ? &spread->negative : &spread->positive, fabs(value));
}

/* ---- walking the buckets from the lowest value to the highest ---- */

enum { STEPS = 2 * BUCKETS + 1 };

static int64_t count_at(const SitoSpread *spread, size_t step) {
    if (step < BUCKETS) {
        return spread->negative != NULL ? spread->negative[BUCKETS - 1 - step] : 0;
    }
    return step == BUCKETS            ? spread->zeros
           : spread->positive != NULL ? spread->positive[step - BUCKETS - 1]
                                      : 0;
}

static double value_at(size_t step) {
    return step < BUCKETS    ? -size_of(BUCKETS - 1 - step)
           : step == BUCKETS ? 0
                             : size_of(step - BUCKETS - 1);
}

static double clamp(const SitoSpread *spread, double value) {
    return value < spread->low ? spread->low : value > spread->high ? spread->high : value;
}

/* The value below which the share of those from step `from` on lies. */
static double quantile(const SitoSpread *spread, size_t from, double share) {
    int64_t total = 0, seen = 0;
    for (size_t step = from; step < STEPS; step++) {
        total += count_at(spread, step);
    }
    for (size_t step = from; step < STEPS; step++) {
        seen += count_at(spread, step);
        if ((double)seen >= share * (double)total && seen > 0) {
            return clamp(spread, value_at(step));
        }
    }
    return 0;
}

/* R2 */
typedef struct Fences {
    double low, high;
} Fences;

static Fences by_ratio(double low, double high) {
    return (Fences){low - 3 * (high - low), high * pow(high / low, 3)};
}

static Fences fences_of(const SitoSpread *spread, const SitoQuartiles *q) {
    if (spread->low > 0) {
        return by_ratio(q->low, q->high);
    }
    double distance = q->high - q->low;
    Fences fences = {q->low - 5 * distance, q->high + 5 * distance};
    if (spread->positive != NULL) {
        double low = quantile(spread, BUCKETS + 1, 0.25),
               high = quantile(spread, BUCKETS + 1, 0.75);
        Fences ratio = by_ratio(low, high);
        fences.high = ratio.high > fences.high ? ratio.high : fences.high;
    }
    return fences;
}

static void count_outliers(const SitoSpread *spread, SitoQuartiles *q) {
    Fences fences = fences_of(spread, q);
    int64_t outside = 0;
    for (size_t step = 0; step < STEPS; step++) {
        double value = value_at(step);
        outside += value < fences.low || value > fences.high ? count_at(spread, step) : 0;
    }
    if (outside > 0 && outside * 100 <= spread->count) {
        q->outliers = outside;
        q->line = spread->high > fences.high ? spread->high_line : spread->low_line;
    }
}

bool sito_spread_sum_up(const SitoSpread *spread, SitoQuartiles *q) {
    *q = (SitoQuartiles){.line = -1};
    if (spread->count == 0) {
        return false;
    }
    q->low = quantile(spread, 0, 0.25);
    q->median = quantile(spread, 0, 0.5);
    q->high = quantile(spread, 0, 0.75);
    if (spread->count >= FEWEST && q->high > q->low) {
        count_outliers(spread, q);
    }
    return true;
}

void sito_spread_free(SitoSpread *spread) {
    sito_free(spread->positive);
    sito_free(spread->negative);
    *spread = (SitoSpread){0};
}
