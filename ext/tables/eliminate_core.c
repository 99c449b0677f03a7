/*
** Secondary suppression by elimination (eliminate.h).
**
** Positions of cells run from the hidden ones over the candidates to the most wanted. In steps of
** equations over these positions each cell with a pivot is a sum of cells wanted more than it: when its
** turn comes all of those are decided, the published ones count as 0, the hidden ones have vectors.
*/
#include "eliminate.h"

#include <string.h>

#include "hidden.h"

#define NONE UINT32_MAX

typedef struct Eliminate {
    const TablesSystem *system;
    const uint8_t *roles;
    uint32_t *place;   /* of each cell: its position; NONE of known ones */
    uint32_t *cells;   /* of each position */
    uint32_t *vectors; /* of each position: the number of its hidden vector, or NONE */
    SparseVector *rows;
    uint32_t *pivots; /* of each position: its row, or NONE */
    size_t positions, guarded;
    bool singles;
    Hidden hidden;
    const SitoWatch *watch;
} Eliminate;

static int arrange(Eliminate *e, const uint32_t *order, size_t candidates) {
    size_t n = e->system->count, at = 0;
    e->place = sito_malloc((n + 1) * sizeof *e->place);
    e->cells = sito_malloc((n + 1) * sizeof *e->cells);
    e->vectors = sito_malloc((n + 1) * sizeof *e->vectors);
    e->pivots = sito_malloc((n + 1) * sizeof *e->pivots);
    if (e->place == NULL || e->cells == NULL || e->vectors == NULL || e->pivots == NULL) {
        return SITO_NOMEM;
    }
    memset(e->place, 0xff, n * sizeof *e->place);
    memset(e->vectors, 0xff, n * sizeof *e->vectors);
    for (size_t cell = 0; cell < n; cell++) {
        if (e->roles[cell] == ELIMINATE_GUARDED || e->roles[cell] == ELIMINATE_HIDDEN) {
            e->guarded += e->roles[cell] == ELIMINATE_GUARDED;
            e->singles = e->singles ||
                         (e->roles[cell] == ELIMINATE_GUARDED && e->system->cells[cell].single);
            e->place[cell] = (uint32_t)at;
            e->cells[at++] = (uint32_t)cell;
        }
    }
    for (size_t i = candidates; i > 0; i--) {
        e->place[order[i - 1]] = (uint32_t)at;
        e->cells[at++] = order[i - 1];
    }
    e->positions = at;
    return SITO_OK;
}

static int write_rows(Eliminate *e) {
    const TablesSystem *system = e->system;
    int rc = SITO_OK;
    e->rows = sito_malloc((system->equations + 1) * sizeof *e->rows);
    if (e->rows == NULL) {
        return SITO_NOMEM;
    }
    memset(e->rows, 0, (system->equations + 1) * sizeof *e->rows);
    for (size_t i = 0; i < system->equations && rc == SITO_OK; i++) {
        for (size_t j = system->first[i]; j < system->first[i + 1] && rc == SITO_OK; j++) {
            uint32_t at = e->place[system->parts[j]];
            if (at != NONE) {
                rc = sparse_put(&e->rows[i], at, system->signs[j] > 0 ? 1 : FIELD_PRIME - 1,
                                &e->hidden.budget);
            }
        }
        sparse_sort(&e->rows[i]);
    }
    return rc;
}

/* Each row says what its first cell is: that entry becomes -1. */
static void scale_rows(Eliminate *e) {
    for (size_t at = 0; at < e->positions; at++) {
        if (e->pivots[at] != NONE) {
            SparseVector *row = &e->rows[e->pivots[at]];
            uint64_t factor = field_negative(field_inverse(row->entries[0].value));
            for (size_t i = 0; i < row->count; i++) {
                row->entries[i].value = field_multiply(row->entries[i].value, factor);
            }
        }
    }
}

/* The vector of a hidden cell over cells without a pivot. */
static int expand(Eliminate *e, uint32_t at, SparseVector *vector) {
    int rc = sparse_put(vector, at, 1, &e->hidden.budget);
    for (size_t i = 0; i < vector->count && rc == SITO_OK;) {
        SparseEntry entry = vector->entries[i];
        if (e->pivots[entry.at] == NONE) {
            i++;
        } else {
            rc = sparse_add(vector, entry.value, &e->rows[e->pivots[entry.at]], &e->hidden.budget);
        }
    }
    return rc;
}

static int start_hidden(Eliminate *e) {
    int rc = SITO_OK;
    for (size_t at = 0; at < e->positions && rc == SITO_OK; at++) {
        uint32_t cell = e->cells[at];
        if (e->roles[cell] == ELIMINATE_CANDIDATE) {
            break;
        }
        SparseVector vector = {0};
        rc = sito_watch_ask(e->watch);
        rc = rc == SITO_OK ? expand(e, (uint32_t)at, &vector) : rc;
        rc = rc == SITO_OK ? hidden_add(&e->hidden, &vector, e->roles[cell] == ELIMINATE_GUARDED,
                                        e->system->cells[cell].single, &e->vectors[at])
                           : rc;
        sparse_free(&vector, &e->hidden.budget);
    }
    return rc;
}

/* The vector of a candidate modulo what is published. */
static int vector_of(Eliminate *e, uint32_t at, SparseVector *vector) {
    if (e->pivots[at] == NONE) {
        return sparse_put(vector, at, 1, &e->hidden.budget);
    }
    const SparseVector *row = &e->rows[e->pivots[at]];
    int rc = SITO_OK;
    for (size_t i = 1; i < row->count && rc == SITO_OK; i++) {
        uint32_t number = e->vectors[row->entries[i].at];
        if (number != NONE) {
            rc = sparse_add(vector, row->entries[i].value, &e->hidden.vectors[number].vector,
                            &e->hidden.budget);
        }
    }
    return rc;
}

static int decide(Eliminate *e, uint32_t at, uint8_t *suppress) {
    SparseVector vector = {0};
    int rc = vector_of(e, at, &vector);
    if (rc == SITO_OK && vector.count > 0) {
        *suppress = hidden_reveals(&e->hidden, &vector);
        rc = *suppress != 0 ? hidden_add(&e->hidden, &vector, false, false, &e->vectors[at])
                            : hidden_publish(&e->hidden, &vector);
    }
    sparse_free(&vector, &e->hidden.budget);
    return rc;
}

static void release(Eliminate *e) {
    for (size_t i = 0; e->rows != NULL && i < e->system->equations; i++) {
        sparse_free(&e->rows[i], &e->hidden.budget);
    }
    hidden_free(&e->hidden);
    sito_free(e->rows);
    sito_free(e->place);
    sito_free(e->cells);
    sito_free(e->vectors);
    sito_free(e->pivots);
}

int tables_eliminate(const TablesSystem *system, const uint8_t *roles, const uint32_t *order,
                     size_t candidates, uint8_t *suppress, const SitoWatch *watch, char **error) {
    Eliminate e = {.system = system, .roles = roles, .watch = watch};
    memset(suppress, 0, system->count);
    int rc = arrange(&e, order, candidates);
    rc = rc == SITO_OK ? hidden_start(&e.hidden, e.positions, e.guarded, e.singles) : rc;
    if (rc == SITO_OK && e.guarded > 0) {
        rc = write_rows(&e);
        rc = rc == SITO_OK ? sparse_steps(e.rows, system->equations, e.pivots, e.positions,
                                          &e.hidden.budget, watch)
                           : rc;
        if (rc == SITO_OK) {
            scale_rows(&e);
            rc = start_hidden(&e);
        }
        for (size_t at = e.positions; at > e.positions - candidates && rc == SITO_OK; at--) {
            rc = sito_watch_ask(watch);
            rc = rc == SITO_OK ? decide(&e, (uint32_t)at - 1, &suppress[e.cells[at - 1]]) : rc;
        }
    }
    release(&e);
    return rc != SITO_TOOBIG ? rc
                             : sito_error(error, rc,
                                          "the table has too many cells that hang together: the "
                                          "equations between them need more than 1 GiB; make "
                                          "dimensions coarser or the table smaller");
}
