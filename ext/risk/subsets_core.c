/*
** Counts the classes of every set of columns (subsets.h), depth first over shrinking partitions.
*/
#include "subsets.h"

#include <string.h>

typedef struct Walk {
    const RiskColumn *columns;
    size_t count, most;
    const SitoWatch *watch;
    RiskRefiner refiner;
    RiskSlices levels[RISK_MOST_SUBSET_COLUMNS + 1];
    RiskSubset *subsets;
} Walk;

static void note(Walk *walk, uint32_t set, const RiskSlices *slices) {
    walk->subsets[set] = (RiskSubset){
        .classes = slices->classes + slices->alone, .alone = slices->alone, .pairs = slices->pairs};
}

static int extend(Walk *walk, uint32_t set, size_t size, size_t next) {
    int rc = SITO_OK;
    for (size_t i = next; i < walk->count && size < walk->most && rc == SITO_OK; i++) {
        RiskSlices *to = &walk->levels[size + 1];
        uint32_t larger = set | (uint32_t)1 << i;
        bool further = size + 1 < walk->most && i + 1 < walk->count;
        risk_refine(&walk->refiner, &walk->levels[size], walk->columns[i].codes, NULL, further, to);
        note(walk, larger, to);
        rc = further ? extend(walk, larger, size + 1, i + 1) : SITO_OK;
        rc = rc == SITO_OK ? sito_watch_ask(walk->watch) : rc;
    }
    return rc;
}

int risk_subsets(const RiskColumn *columns, size_t count, size_t most, const SitoWatch *watch,
                 RiskSubset **subsets) {
    size_t sets = (size_t)1 << count, rows = columns[0].rows;
    Walk walk = {
        .columns = columns, .count = count, .most = most < count ? most : count, .watch = watch};
    *subsets = walk.subsets = sito_malloc(sets * sizeof **subsets);
    if (*subsets == NULL) {
        return SITO_NOMEM;
    }
    memset(*subsets, 0, sets * sizeof **subsets);
    int rc = risk_refiner_make(&walk.refiner, columns, count, NULL);
    for (size_t i = 0; i <= walk.most && rc == SITO_OK; i++) {
        rc = risk_slices_make(&walk.levels[i], rows);
    }
    if (rc == SITO_OK) {
        risk_slices_fill(&walk.levels[0], rows);
        note(&walk, 0, &walk.levels[0]);
        rc = extend(&walk, 0, 0, 0);
    }
    risk_refiner_free(&walk.refiner);
    for (size_t i = 0; i < SITO_COUNT(walk.levels); i++) {
        risk_slices_free(&walk.levels[i]);
    }
    return rc;
}

bool risk_subset_is_minimal_key(const RiskSubset *subsets, uint32_t set, uint64_t rows) {
    if (subsets[set].classes != rows) {
        return false;
    }
    for (uint32_t rest = set; rest != 0; rest &= rest - 1) {
        if (subsets[set & ~(rest & -rest)].classes == rows) {
            return false;
        }
    }
    return true;
}

static bool determines(const RiskSubset *subsets, uint32_t set, uint32_t column) {
    return subsets[set].classes == subsets[set | column].classes;
}

bool risk_subset_determines(const RiskSubset *subsets, uint32_t set, uint32_t column) {
    if (!determines(subsets, set, column)) {
        return false;
    }
    for (uint32_t rest = set; rest != 0; rest &= rest - 1) {
        if (determines(subsets, set & ~(rest & -rest), column)) {
            return false;
        }
    }
    return true;
}
