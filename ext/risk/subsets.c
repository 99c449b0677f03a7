/*
** risk_quasi_identifiers and risk_dependencies: which columns single rows out, and which give others
** away.
**
**   SELECT * FROM risk_quasi_identifiers('zgloszenia', NULL, 3) ORDER BY distinction DESC LIMIT 10;
**   SELECT * FROM risk_dependencies('zgloszenia') WHERE dependent = 'wiek';
**
** R1  risk_quasi_identifiers has a row for each set of up to `most` columns (default 2): distinction =
**     classes / rows, separation = share of the pairs of rows that differ (Motwani & Xu 2007), the rows
**     that are alone, and 1 in `minimal_key` where the set tells all rows apart and none of its subsets
**     does. Sets of one size stand in the order of falling distinction.
** R2  risk_dependencies has a row for each minimal set of up to `most` columns (default 2) that
**     determines another column: whoever knows the one knows the other, so that generalising only the
**     other hides nothing. A constant column is determined by no column at all (an empty list). `key`
**     is 1 where the set tells all rows apart: it then determines every column.
** R3  Without columns all columns of the table are meant, at most 20. Over no rows there is no answer.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <stdlib.h>

#include "load.h"
#include "subsets.h"
#include "tables.h"

enum { USUAL_SIZE = 2 };

/* `extra`: how many columns more than `most` the numbers are needed for. */
static int count_subsets(SitoCall *call, RiskLoad *load, int64_t extra, int64_t *most,
                         RiskSubset **subsets) {
    int rc = sito_call_integer(call, 2, "the size of a set", 1, RISK_MOST_SUBSET_COLUMNS,
                               USUAL_SIZE, most);
    rc = rc == SITO_OK ? risk_load_columns(call, load, 1) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    size_t count = load->gather.sensitive_count;
    if (count > RISK_MOST_SUBSET_COLUMNS) {
        return sito_error(&call->error, SITO_ERROR, "at most %d columns; name those to look at",
                          RISK_MOST_SUBSET_COLUMNS);
    }
    if (load->gather.sensitive[0].rows == 0) {
        return SITO_OK;
    }
    return risk_subsets(load->gather.sensitive, count, (size_t)(*most + extra), &call->watch,
                        subsets);
}

static int answer_names(SitoCall *call, const RiskLoad *load, uint32_t set) {
    SitoBuffer names = {0};
    int rc = sito_columns_print(&load->sensitive, set, &names);
    rc = rc == SITO_OK
             ? sito_answer_text(&call->answer, (SitoText){.data = names.data, .size = names.size})
             : rc;
    sito_buffer_free(&names);
    return rc;
}

/* A set with what it is sorted by. */
typedef struct Ranked {
    uint32_t set;
    int size;
    uint64_t classes;
} Ranked;

static int compare_ranked(const void *left, const void *right) {
    const Ranked *a = left, *b = right;
    if (a->size != b->size) {
        return a->size < b->size ? -1 : 1;
    }
    if (a->classes != b->classes) {
        return a->classes > b->classes ? -1 : 1;
    }
    return (a->set > b->set) - (a->set < b->set);
}

static int answer_subset(SitoCall *call, const RiskLoad *load, const RiskSubset *subsets,
                         const Ranked *ranked) {
    const RiskSubset *subset = &subsets[ranked->set];
    double rows = (double)load->gather.sensitive[0].rows;
    double separation = rows > 1 ? 1 - subset->pairs / (rows * (rows - 1)) : NAN;
    bool key = risk_subset_is_minimal_key(subsets, ranked->set, load->gather.sensitive[0].rows);
    int rc = answer_names(call, load, ranked->set);
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, ranked->size) : rc;
    rc = rc == SITO_OK ? sito_answer_real(&call->answer, (double)subset->classes / rows) : rc;
    rc = rc == SITO_OK ? sito_answer_real(&call->answer, separation) : rc;
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, (int64_t)subset->alone) : rc;
    return rc == SITO_OK ? sito_answer_integer(&call->answer, key) : rc;
}

int risk_quasi_identifiers_run(SitoCall *call) {
    RiskLoad load = {0};
    RiskSubset *subsets = NULL;
    int64_t most;
    int rc = count_subsets(call, &load, 0, &most, &subsets);
    size_t sets = (size_t)1 << load.gather.sensitive_count, count = 0;
    Ranked *ranked = NULL;
    if (rc == SITO_OK && subsets != NULL) {
        ranked = sito_malloc(sets * sizeof *ranked);
        rc = ranked != NULL ? SITO_OK : SITO_NOMEM;
    }
    for (uint32_t set = 1; ranked != NULL && set < sets; set++) {
        if (subsets[set].classes > 0) {
            ranked[count++] = (Ranked){
                .set = set, .size = __builtin_popcount(set), .classes = subsets[set].classes};
        }
    }
    if (count > 1) {
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = answer_subset(call, &load, subsets, &ranked[i]);
    }
    sito_free(ranked);
    sito_free(subsets);
    risk_load_free(&load);
    return rc;
}

int risk_dependencies_run(SitoCall *call) {
    RiskLoad load = {0};
    RiskSubset *subsets = NULL;
    int64_t most;
    int rc = count_subsets(call, &load, 1, &most, &subsets);
    uint32_t sets = (uint32_t)1 << load.gather.sensitive_count;
    for (uint32_t set = 0; subsets != NULL && set < sets && rc == SITO_OK; set++) {
        if (subsets[set].classes == 0 || __builtin_popcount(set) > most) {
            continue;
        }
        bool key = subsets[set].classes == load.gather.sensitive[0].rows;
        for (uint32_t column = 1; column < sets && rc == SITO_OK; column <<= 1) {
            if ((set & column) != 0 || !risk_subset_determines(subsets, set, column)) {
                continue;
            }
            rc = answer_names(call, &load, set);
            rc = rc == SITO_OK ? answer_names(call, &load, column) : rc;
            rc = rc == SITO_OK ? sito_answer_integer(&call->answer, key) : rc;
        }
    }
    sito_free(subsets);
    risk_load_free(&load);
    return rc;
}
