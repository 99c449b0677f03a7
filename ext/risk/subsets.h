/*
** How far each set of columns tells rows apart: keys, quasi-identifiers, functional dependencies.
**
** R1  Numbers of all sets of up to `most` of at most RISK_MOST_SUBSET_COLUMNS columns, the empty set
**     included; the set with bit i set holds column i.
** R2  A set determines a column when adding the column makes no more classes (Huhtala et al. 1999).
*/
#ifndef SITO_RISK_SUBSETS_H
#define SITO_RISK_SUBSETS_H

#include "refine.h"
#include "base/watch.h"

typedef struct RiskSubset {
    uint64_t classes; /* 0: the set is larger than `most` */
    uint64_t alone;   /* rows alone in their class */
    double pairs;     /* sum of n (n - 1) */
} RiskSubset;

/* The numbers of each set: subsets[set], 2^count of them. Release with sito_free. */
int risk_subsets(const RiskColumn *columns, size_t count, size_t most, const SitoWatch *watch,
                 RiskSubset **subsets) SITO_MUST_CHECK;

/* True when the set tells all rows apart and no smaller one of its subsets does. */
bool risk_subset_is_minimal_key(const RiskSubset *subsets, uint32_t set, uint64_t rows);

/* True when the set determines the column, and no subset of it does. */
bool risk_subset_determines(const RiskSubset *subsets, uint32_t set, uint32_t column);

#endif
