/*
** Sparse vectors over the field, and equations brought into steps.
**
** R1  Entries are sorted by their position; none is 0.
** R2  All vectors of one use share one budget of entries; beyond it there is SITO_TOOBIG.
*/
#ifndef SITO_TABLES_SPARSE_H
#define SITO_TABLES_SPARSE_H

#include "base/watch.h"
#include "field.h"

typedef struct SparseEntry {
    uint32_t at;
    uint64_t value;
} SparseEntry;

typedef struct SparseVector {
    SparseEntry *entries;
    size_t count, room;
} SparseVector;

enum { SPARSE_MOST_ENTRIES = 1 << 26 }; /* 1 GiB */

/* A place to put sums together, and how many entries may still be kept. */
typedef struct SparseBudget {
    SparseEntry *scratch;
    size_t scratch_room;
    size_t left;
} SparseBudget;

/* The value at a position; 0 where the vector has none. */
uint64_t sparse_at(const SparseVector *vector, uint32_t at);

/* vector += factor × other. */
int sparse_add(SparseVector *vector, uint64_t factor, const SparseVector *other,
               SparseBudget *budget) SITO_MUST_CHECK;
int sparse_put(SparseVector *vector, uint32_t at, uint64_t value,
               SparseBudget *budget) SITO_MUST_CHECK; /* behind all others, or at the last */
void sparse_remove(SparseVector *vector, uint32_t at);
void sparse_sort(SparseVector *vector);
void sparse_free(SparseVector *vector, SparseBudget *budget);

/* Brings `count` rows into steps: afterwards *pivots[at] is the number of the row that starts at that
** position, or UINT32_MAX, and rows that are in no step are empty. `columns` positions. */
int sparse_steps(SparseVector *rows, size_t count, uint32_t *pivots, size_t columns,
                 SparseBudget *budget, const SitoWatch *watch) SITO_MUST_CHECK;

#endif
