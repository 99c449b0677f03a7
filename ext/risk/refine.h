/*
** Partitions refined column by column.
**
** A partition is kept as the rows of its classes of two rows and more, class after class; a row that
** is alone stays alone in every refinement and is dropped; with units, so are all rows of a class that
** belongs to one unit (rows without a unit beside them do not hide it), and `alone` and `pairs` are then
** of no use. Splitting a class by a column counts its
** codes in a table of that column, touches only what the class holds, and needs no hashing.
*/
#ifndef SITO_RISK_REFINE_H
#define SITO_RISK_REFINE_H

#include "column.h"

enum { RISK_MOST_SUBSET_COLUMNS = 20 }; /* of searches through sets of columns */

typedef struct RiskSlices {
    uint32_t *rows;
    uint32_t *ends; /* of each class, in rows */
    size_t classes, count;
    uint64_t alone; /* rows that are classes by themselves */
    double pairs;   /* sum of n (n - 1) over the classes: ordered pairs of rows that agree */
} RiskSlices;

/* The unit of a row that has none. */
#define RISK_NO_UNIT UINT32_MAX

typedef struct RiskRefiner {
    const uint32_t *units; /* of each row; NULL: every row is a unit of its own. Not owned */
    uint32_t *first_units; /* of each code: a unit met in the class at hand */
    uint32_t *counts;      /* of each code: its frequency in the class at hand */
    uint32_t *places;      /* … where its next row goes */
    uint32_t *codes;       /* those that occur in the class */
} RiskRefiner;

/* Room for refinements by these columns, and for a partition of their rows. */
int risk_refiner_make(RiskRefiner *refiner, const RiskColumn *columns, size_t count,
                      const uint32_t *units) SITO_MUST_CHECK;
void risk_refiner_free(RiskRefiner *refiner);
int risk_slices_make(RiskSlices *slices, size_t rows) SITO_MUST_CHECK;
void risk_slices_free(RiskSlices *slices);

/* All rows as one class; a single row is one too, alone only by a column. */
void risk_slices_fill(RiskSlices *slices, size_t rows);

/* Splits `from` by the codes of a column into `to`: its numbers always, its rows only where
** with_rows. alone_bits, where it is not NULL, has a bit set for each row that is alone now and was
** not before; the caller cleared it. */
void risk_refine(RiskRefiner *refiner, const RiskSlices *from, const uint32_t *codes,
                 uint64_t *alone_bits, bool with_rows, RiskSlices *to);

#endif
