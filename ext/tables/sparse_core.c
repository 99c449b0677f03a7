/*
** Sparse vectors (sparse.h).
*/
#include "sparse.h"

#include <stdlib.h>
#include <string.h>

static int reserve(SparseVector *vector, size_t needed, SparseBudget *budget) {
    if (needed <= vector->room) {
        return SITO_OK;
    }
    size_t more = needed - vector->room;
    if (more > budget->left) {
        return SITO_TOOBIG;
    }
    SparseEntry *entries = sito_realloc(vector->entries, needed * sizeof *entries);
    if (entries == NULL) {
        return SITO_NOMEM;
    }
    vector->entries = entries;
    vector->room = needed;
    budget->left -= more;
    return SITO_OK;
}

static size_t find(const SparseVector *vector, uint32_t at) {
    size_t low = 0, high = vector->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vector->entries[middle].at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint64_t sparse_at(const SparseVector *vector, uint32_t at) {
    size_t i = find(vector, at);
    return i < vector->count && vector->entries[i].at == at ? vector->entries[i].value : 0;
}

void sparse_remove(SparseVector *vector, uint32_t at) {
    size_t i = find(vector, at);
    if (i < vector->count && vector->entries[i].at == at) {
        memmove(&vector->entries[i], &vector->entries[i + 1],
                (vector->count - i - 1) * sizeof *vector->entries);
        vector->count--;
    }
}

int sparse_put(SparseVector *vector, uint32_t at, uint64_t value, SparseBudget *budget) {
    if (vector->count == vector->room) {
        int rc = reserve(vector, vector->room < 4 ? 4 : vector->room * 2, budget);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    vector->entries[vector->count++] = (SparseEntry){at, value};
    return SITO_OK;
}

static int by_position(const void *a, const void *b) {
    uint32_t x = ((const SparseEntry *)a)->at, y = ((const SparseEntry *)b)->at;
    return (x > y) - (x < y);
}

/* Entries of one position become one. */
void sparse_sort(SparseVector *vector) {
    size_t kept = 0;
    if (vector->count > 1) {
        qsort(vector->entries, vector->count, sizeof *vector->entries, by_position);
    }
    for (size_t i = 0; i < vector->count;) {
        SparseEntry sum = vector->entries[i++];
        for (; i < vector->count && vector->entries[i].at == sum.at; i++) {
            sum.value = field_add(sum.value, vector->entries[i].value);
        }
        if (sum.value != 0) {
            vector->entries[kept++] = sum;
        }
    }
    vector->count = kept;
}

void sparse_free(SparseVector *vector, SparseBudget *budget) {
    budget->left += vector->room;
    sito_free(vector->entries);
    *vector = (SparseVector){0};
}

int sparse_add(SparseVector *vector, uint64_t factor, const SparseVector *other,
               SparseBudget *budget) {
    size_t n = 0, i = 0, j = 0, most = vector->count + other->count;
    int rc = sito_grow((void **)&budget->scratch, &budget->scratch_room, most,
                       sizeof *budget->scratch, SPARSE_MOST_ENTRIES);
    if (rc != SITO_OK) {
        return rc;
    }
    SparseEntry *out = budget->scratch;
    const SparseEntry *a = vector->entries, *b = other->entries;
    while (i < vector->count || j < other->count) {
        if (j == other->count || (i < vector->count && a[i].at < b[j].at)) {
            out[n++] = a[i++];
            continue;
        }
        SparseEntry entry = {b[j].at, field_multiply(factor, b[j].value)};
        if (i < vector->count && a[i].at == b[j].at) {
            entry.value = field_add(entry.value, a[i++].value);
        }
        j++;
        out[n] = entry;
        n += entry.value != 0;
    }
    rc = reserve(vector, n, budget);
    if (rc == SITO_OK) {
        if (n > 0) {
            memcpy(vector->entries, out, n * sizeof *out);
        }
        vector->count = n;
    }
    return rc;
}

/* ---- steps ---- */

typedef struct Steps {
    SparseVector *rows;
    uint32_t *heads; /* of each position: the first row that starts there, a list by `next` */
    uint32_t *next;
    SparseBudget *budget;
} Steps;

static void file(Steps *steps, uint32_t row) {
    if (steps->rows[row].count > 0) {
        uint32_t at = steps->rows[row].entries[0].at;
        steps->next[row] = steps->heads[at];
        steps->heads[at] = row;
    }
}

/* All rows but the shortest that start at a position are freed of it. */
static int step(Steps *steps, uint32_t at) {
    uint32_t shortest = steps->heads[at];
    for (uint32_t row = shortest; row != UINT32_MAX; row = steps->next[row]) {
        shortest = steps->rows[row].count < steps->rows[shortest].count ? row : shortest;
    }
    uint64_t inverse = field_inverse(steps->rows[shortest].entries[0].value);
    for (uint32_t row = steps->heads[at], after; row != UINT32_MAX; row = after) {
        SparseVector *vector = &steps->rows[row];
        after = steps->next[row];
        if (row == shortest) {
            continue;
        }
        uint64_t factor = field_negative(field_multiply(vector->entries[0].value, inverse));
        int rc = sparse_add(vector, factor, &steps->rows[shortest], steps->budget);
        if (rc != SITO_OK) {
            return rc;
        }
        file(steps, row);
    }
    steps->heads[at] = shortest;
    return SITO_OK;
}

int sparse_steps(SparseVector *rows, size_t count, uint32_t *pivots, size_t columns,
                 SparseBudget *budget, const SitoWatch *watch) {
    Steps steps = {.rows = rows, .heads = pivots, .budget = budget};
    int rc = SITO_OK;
    steps.next = sito_malloc((count + 1) * sizeof *steps.next);
    if (steps.next == NULL) {
        return SITO_NOMEM;
    }
    memset(pivots, 0xff, columns * sizeof *pivots);
    for (size_t row = 0; row < count; row++) {
        file(&steps, (uint32_t)row);
    }
    for (size_t at = 0; at < columns && rc == SITO_OK; at++) {
        rc = at % 64 == 0 ? sito_watch_ask(watch) : SITO_OK;
        if (rc == SITO_OK && pivots[at] != UINT32_MAX) {
            rc = step(&steps, (uint32_t)at);
        }
    }
    sito_free(steps.next);
    return rc;
}
