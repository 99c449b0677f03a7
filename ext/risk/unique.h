/*
** Minimal sample uniques: the smallest sets of columns in which a row has no like.
**
** A row is unique in a set of columns when no other row has the same values there; the set is minimal
** for the row when the row is unique in none of its subsets. Many small minimal sets mark a row that
** is easy to recognise (Elliot, Manning, Ford 2002; Manning, Haglin, Keane 2008).
**
** R1  All sets of up to `most` columns are looked at, of at most RISK_MOST_SUBSET_COLUMNS columns; the
**     bitsets take one bit for each row and set below `most`, at most RISK_UNIQUE_BYTES.
** R2  A set is visited after all of its subsets: sets are extended by later columns and visited from
**     the last first column to the first.
** R3  Rows already unique in a prefix leave the search, so that the sets grow over shrinking rows.
** R4  With units (units[row]; RISK_NO_UNIT: none) a row is unique where all rows that have the same values
**     belong to one unit.
*/
#ifndef SITO_RISK_UNIQUE_H
#define SITO_RISK_UNIQUE_H

#include "refine.h"
#include "base/watch.h"

#define RISK_UNIQUE_BYTES ((uint64_t)1 << 30)

/* Receives each set in which some row is minimally unique, and those rows ascending. */
typedef struct RiskUniqueSink {
    int (*set)(void *data, uint32_t set, const uint32_t *rows, size_t count);
    void *data;
} RiskUniqueSink;

/* units may be NULL. */
int risk_unique_sets(const RiskColumn *columns, size_t count, size_t most, const uint32_t *units,
                     const SitoWatch *watch, const RiskUniqueSink *sink) SITO_MUST_CHECK;

#endif
