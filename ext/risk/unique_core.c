/*
** Finds minimal sample uniques by refining partitions (unique.h).
*/
#include "unique.h"

#include <string.h>

typedef struct Search {
    const RiskColumn *columns;
    const uint32_t *units;
    size_t column_count, rows, words, most;
    const SitoWatch *watch;
    const RiskUniqueSink *sink;
    uint32_t *slot_of; /* of each set of fewer than `most` columns: its bitset */
    uint64_t *bits;    /* bitset i: the rows that are unique in that set or a subset */
    size_t slots;
    uint64_t *unique; /* of the set at hand: newly unique rows */
    uint64_t *known;  /* … and those unique in a subset */
    uint32_t *found;  /* the rows for which it is minimal */
    RiskRefiner refiner;
    RiskSlices levels[RISK_MOST_SUBSET_COLUMNS + 1];
} Search;

/* ---- one set ---- */

static void gather_known(Search *s, uint32_t set) {
    memset(s->known, 0, s->words * sizeof *s->known);
    for (size_t i = 0; i < s->column_count; i++) {
        uint32_t subset = set & ~((uint32_t)1 << i);
        if (subset == set || subset == 0) {
            continue;
        }
        const uint64_t *bits = s->bits + s->slot_of[subset] * s->words;
        for (size_t w = 0; w < s->words; w++) {
            s->known[w] |= bits[w];
        }
    }
}

static int report(Search *s, uint32_t set) {
    size_t count = 0;
    for (size_t w = 0; w < s->words; w++) {
        uint64_t fresh = s->unique[w] & ~s->known[w];
        for (; fresh != 0; fresh &= fresh - 1) {
            s->found[count++] = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(fresh));
        }
    }
    return count > 0 ? s->sink->set(s->sink->data, set, s->found, count) : SITO_OK;
}

static void keep_bits(Search *s, uint32_t set) {
    uint64_t *bits = s->bits + s->slots * s->words;
    for (size_t w = 0; w < s->words; w++) {
        bits[w] = s->unique[w] | s->known[w];
    }
    s->slot_of[set] = (uint32_t)s->slots++;
}

/* Visits the sets that extend `set` (of `size` columns, the last one last - 1) by one column or more. */
static int extend(Search *s, uint32_t set, size_t size, size_t last) {
    for (size_t i = s->column_count; i-- > last;) {
        uint32_t larger = set | (uint32_t)1 << i;
        bool further = size + 1 < s->most;
        memset(s->unique, 0, s->words * sizeof *s->unique);
        risk_refine(&s->refiner, &s->levels[size], s->columns[i].codes, s->unique, further,
                    &s->levels[size + 1]);
        gather_known(s, larger);
        int rc = report(s, larger);
        if (rc == SITO_OK && further) {
            keep_bits(s, larger);
            rc = extend(s, larger, size + 1, i + 1);
        }
        rc = rc == SITO_OK ? sito_watch_ask(s->watch) : rc;
        if (rc != SITO_OK) {
            return rc;
        }
    }
    return SITO_OK;
}

/* ---- setting up ---- */

/* The number of sets of 1 .. most - 1 of n columns. */
static uint64_t count_sets(size_t n, size_t most) {
    uint64_t sets = 0, choose = 1;
    for (size_t k = 1; k < most; k++) {
        choose = choose * (n - k + 1) / k;
        sets += choose;
    }
    return sets;
}

static int set_up(Search *s) {
    uint64_t bytes = count_sets(s->column_count, s->most) * s->words * 8;
    if (bytes > RISK_UNIQUE_BYTES) {
        return SITO_TOOBIG;
    }
    s->slot_of = sito_malloc(((size_t)1 << s->column_count) * sizeof *s->slot_of);
    s->bits = sito_malloc((size_t)bytes + 8);
    s->unique = sito_malloc(s->words * sizeof *s->unique);
    s->known = sito_malloc(s->words * sizeof *s->known);
    s->found = sito_malloc(s->rows * sizeof *s->found);
    int rc = s->slot_of && s->bits && s->unique && s->known && s->found ? SITO_OK : SITO_NOMEM;
    rc = rc == SITO_OK ? risk_refiner_make(&s->refiner, s->columns, s->column_count, s->units) : rc;
    for (size_t i = 0; i < s->most && rc == SITO_OK; i++) {
        rc = risk_slices_make(&s->levels[i], s->rows);
    }
    if (rc == SITO_OK) {
        risk_slices_fill(&s->levels[0], s->rows);
    }
    return rc;
}

static void tear_down(Search *s) {
    void *blocks[] = {s->slot_of, s->bits, s->unique, s->known, s->found};
    for (size_t i = 0; i < SITO_COUNT(blocks); i++) {
        sito_free(blocks[i]);
    }
    risk_refiner_free(&s->refiner);
    for (size_t i = 0; i < SITO_COUNT(s->levels); i++) {
        risk_slices_free(&s->levels[i]);
    }
}

int risk_unique_sets(const RiskColumn *columns, size_t count, size_t most, const uint32_t *units,
                     const SitoWatch *watch, const RiskUniqueSink *sink) {
    if (count == 0 || columns[0].rows == 0) {
        return SITO_OK;
    }
    Search search = {.columns = columns,
                     .units = units,
                     .column_count = count,
                     .rows = columns[0].rows,
                     .words = (columns[0].rows + 63) / 64,
                     .most = most < count ? most : count,
                     .watch = watch,
                     .sink = sink};
    int rc = set_up(&search);
    rc = rc == SITO_OK ? extend(&search, 0, 0, 0) : rc;
    tear_down(&search);
    return rc;
}
