/*
** What the reader does not know, as vectors over the field: one vector for each hidden cell, taken
** modulo what has been published. A cell follows from what is published when its vector is 0.
**
** R1  Publishing a vector v takes every other vector modulo v.
** R2  hidden_reveals tells whether publishing v would make a guarded cell known: to everybody (its vector
**     is a multiple of v), or to somebody who knows one guarded cell of its own, a single one (v lies in
**     the plane of two guarded vectors of which one is single; "anySum" of Langsrud 2024).
** R3  Linear independence of two or three vectors is read off their images in three dimensions under one
**     fixed linear map that looks drawn. Who would find vectors to deceive it, deceives the audit not.
*/
#ifndef SITO_TABLES_HIDDEN_H
#define SITO_TABLES_HIDDEN_H

#include "sparse.h"

typedef struct HiddenVector {
    SparseVector vector;
    uint64_t image[3];
    uint64_t key; /* of the direction of the image */
    uint32_t next;
    bool guarded, single;
} HiddenVector;

typedef struct HiddenColumn {
    uint32_t *list; /* vectors that have, or once had, an entry at this position */
    size_t count, room;
} HiddenColumn;

typedef struct Hidden {
    HiddenVector *vectors;
    size_t count, room;
    HiddenColumn *columns;
    size_t positions;
    uint32_t *buckets; /* by key: guarded vectors; NULL where no cell is single */
    size_t bucket_count;
    SparseBudget budget;
} Hidden;

/* `guarded`: how many guarded vectors will come; `singles`: whether one of them is single. */
int hidden_start(Hidden *hidden, size_t positions, size_t guarded, bool singles) SITO_MUST_CHECK;
void hidden_free(Hidden *hidden);

/* Takes over the vector, whatever it returns; *number is that of the vector. */
int hidden_add(Hidden *hidden, SparseVector *vector, bool guarded, bool single,
               uint32_t *number) SITO_MUST_CHECK;

bool hidden_reveals(const Hidden *hidden, const SparseVector *vector);
int hidden_publish(Hidden *hidden, const SparseVector *vector) SITO_MUST_CHECK; /* not 0 */

#endif
