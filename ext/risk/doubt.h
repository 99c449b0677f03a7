/*
** What a column that is no quasi-identifier would do to the classes if it were one.
**
** R1  A class (of the quasi-identifiers) of k units or more is split by the column; what then stands in
**     parts of fewer than k is counted. Classes that are too small already say nothing about the column.
** R2  Two rows agree where the 64 keyed bits of their values do.
** R3  A part without any unit counts as one, as a class does.
*/
#ifndef SITO_RISK_DOUBT_H
#define SITO_RISK_DOUBT_H

#include "measure.h"

typedef struct RiskDoubt {
    uint64_t rows;    /* in parts below k (R1) */
    uint64_t uniques; /* of these: parts of one unit */
    uint32_t k;       /* the smallest part, those of small classes counted in; 0: no rows */
    uint64_t *marks;  /* a bit for each row counted in `rows`; release with sito_free */
} RiskDoubt;

/* The partition was made with rows_wanted. `codes` holds a keyed hash of the value of each row. `nobody`: the number of the unit that stands for
** none, or UINT32_MAX. */
int risk_doubt(const RiskPartition *partition, const uint64_t *codes, uint32_t nobody, uint32_t k,
               const SitoWatch *watch, RiskDoubt *doubt) SITO_MUST_CHECK;

#endif
