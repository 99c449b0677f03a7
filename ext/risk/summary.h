/*
** What the class sizes alone say: k, risks, the histogram (risk.h lists the words).
*/
#ifndef SITO_RISK_SUMMARY_H
#define SITO_RISK_SUMMARY_H

#include "measure.h"

enum { RISK_BOUNDS = 5 };
extern const uint32_t risk_bounds[RISK_BOUNDS]; /* 2, 3, 5, 10, 20 */

typedef struct RiskSize {
    uint32_t size; /* in units */
    uint64_t classes;
    uint64_t rows;
} RiskSize;

typedef struct RiskHistogram {
    RiskSize *sizes; /* ascending */
    size_t count, capacity;
} RiskHistogram;

int risk_histogram_make(const RiskPartition *partition, RiskHistogram *histogram) SITO_MUST_CHECK;
void risk_histogram_free(RiskHistogram *histogram);

typedef struct RiskSummary {
    uint64_t rows, units, classes, uniques, k; /* k 0: no class */
    uint64_t rows_below[RISK_BOUNDS];
    double prosecutor, marketer, discernibility, average_size, distinction,
        separation; /* NaN: none */
} RiskSummary;

void risk_summarise(const RiskPartition *partition, const RiskHistogram *histogram,
                    RiskSummary *summary);

#endif
