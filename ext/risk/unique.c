/*
** risk_unique_sets and risk_suda: which few columns make which rows unique.
**
**   SELECT * FROM risk_unique_sets('zgloszenia', 'osiedle, wiek, plec, miesiac', 3);
**   SELECT * FROM risk_unique_sets('wizyty', 'osiedle, wiek, miesiac', 3, 'pacjent');
**   SELECT * FROM risk_suda('zgloszenia', 'osiedle, wiek, plec, miesiac', 3, 0.1)
**    ORDER BY score DESC LIMIT 20;
**
** R1  risk_unique_sets has a row for each set of columns that is minimally unique for some row: its
**     columns, their number, the rows, their share, and the first such row (unique.h). Small sets come
**     first, among those of one size the ones of most rows.
** R2  risk_suda has a row for each row of the table that has such a set: how many it has, the size of
**     the smallest, the score, DIS-SUDA.
** R3  The score is the sum over the minimal sets of (M - size)!, M columns (Elliot 2005; sdcMicro's
**     original scores, not divided by (M - most - 1)!).
** R4  With the sampling fraction f: DIS = U f / (U f + P (1 - f)), U unique rows, P rows in pairs
**     (Skinner & Elliot 2002); DIS-SUDA = 1 / (1 + (V/DIS - V) / (score^Q * sum of score^-Q)), V rows
**     with a score, Q = 1 + (8 - M) / 20. A register that is complete has f 1, and no such number: it is
**     NULL there, as it is without f.
** R5  Without columns all columns of the table are meant; sets have up to 3 columns by default.
** R6  With a unit column a set singles a row out where all rows that agree in it are of one unit, and
**     `units` counts the units so found; without one, units = rows. risk_suda counts rows: its scores are
**     defined for rows.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "tables.h"
#include "unique.h"

enum { USUAL_SIZE = 3 };

typedef struct Found {
    uint32_t set, size, rows, units, first;
} Found;

/* What the search leaves: the sets, and what each row scores. */
typedef struct Uniques {
    RiskLoad load;    /* the unit column, where there is one, stands behind the others */
    size_t columns;   /* without it */
    uint32_t *units;  /* of each row; NULL without a unit column */
    uint32_t *stamps; /* of each unit: the last set in which it was counted */
    Found *sets;
    size_t set_count, set_capacity;
    double *scores; /* of each row; NULL where only sets are wanted */
    uint32_t *set_counts;
    uint8_t *smallest;
} Uniques;

static double factorial(size_t n) {
    double product = 1;
    for (size_t i = 2; i <= n; i++) {
        product *= (double)i;
    }
    return product;
}

/* Distinct units among the rows. */
static uint32_t count_units(Uniques *uniques, const uint32_t *rows, size_t count) {
    uint32_t units = 0, stamp = (uint32_t)uniques->set_count + 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = uniques->units[rows[i]];
        if (unit == RISK_NO_UNIT || uniques->stamps[unit] != stamp) {
            units++;
        }
        if (unit != RISK_NO_UNIT) {
            uniques->stamps[unit] = stamp;
        }
    }
    return units;
}

static int add_set(void *data, uint32_t set, const uint32_t *rows, size_t count) {
    Uniques *uniques = data;
    void *sets = uniques->sets;
    uint32_t size = (uint32_t)__builtin_popcount(set);
    int rc = sito_grow(&sets, &uniques->set_capacity, uniques->set_count + 1, sizeof(Found),
                       (size_t)1 << RISK_MOST_SUBSET_COLUMNS);
    uniques->sets = sets;
    if (rc != SITO_OK) {
        return rc;
    }
    uint32_t units = uniques->units != NULL ? count_units(uniques, rows, count) : (uint32_t)count;
    uniques->sets[uniques->set_count++] = (Found){
        .set = set, .size = size, .rows = (uint32_t)count, .units = units, .first = rows[0]};
    double weight = factorial(uniques->columns - size);
    for (size_t i = 0; i < count && uniques->scores != NULL; i++) {
        uniques->scores[rows[i]] += weight;
        if (uniques->set_counts[rows[i]]++ == 0 || size < uniques->smallest[rows[i]]) {
            uniques->smallest[rows[i]] = (uint8_t)size;
        }
    }
    return SITO_OK;
}

static int new_scores(Uniques *uniques, size_t rows) {
    uniques->scores = sito_malloc((rows + 1) * sizeof *uniques->scores);
    uniques->set_counts = sito_malloc((rows + 1) * sizeof *uniques->set_counts);
    uniques->smallest = sito_malloc(rows + 1);
    if (!uniques->scores || !uniques->set_counts || !uniques->smallest) {
        return SITO_NOMEM;
    }
    memset(uniques->scores, 0, (rows + 1) * sizeof *uniques->scores);
    memset(uniques->set_counts, 0, (rows + 1) * sizeof *uniques->set_counts);
    return SITO_OK;
}

/* Adds the unit column behind the others; where all columns of the table are meant, it is not among
** those that are looked at. */
static int add_unit(SitoCall *call, SitoColumns *columns) {
    SitoColumns unit = {.count = 0};
    SitoText list;
    int rc = sito_call_text(call, 3, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &unit, &call->error) : rc;
    if (rc == SITO_OK && unit.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "the unit is one column");
    }
    for (int i = 0; rc == SITO_OK && call->args[1] == NULL && i < columns->count; i++) {
        if (sqlite3_stricmp(columns->names[i], unit.names[0]) == 0) {
            sito_free(columns->names[i]);
            memmove(&columns->names[i], &columns->names[i + 1],
                    (size_t)(columns->count - i - 1) * sizeof columns->names[0]);
            columns->count--;
        }
    }
    rc = rc == SITO_OK ? sito_columns_copy(&unit, columns, &call->error) : rc;
    sito_columns_free(&unit);
    return rc;
}

/* The codes of the unit column as units. */
static int read_units(Uniques *uniques) {
    const RiskColumn *unit = &uniques->load.gather.sensitive[uniques->columns];
    uniques->units = sito_malloc((unit->rows + 1) * sizeof *uniques->units);
    uniques->stamps = sito_malloc((unit->count + 1) * sizeof *uniques->stamps);
    if (uniques->units == NULL || uniques->stamps == NULL) {
        return SITO_NOMEM;
    }
    memset(uniques->stamps, 0, (unit->count + 1) * sizeof *uniques->stamps);
    for (size_t row = 0; row < unit->rows; row++) {
        bool none = unit->values[unit->codes[row]].type == RISK_NULL;
        uniques->units[row] = none ? RISK_NO_UNIT : unit->codes[row];
    }
    return SITO_OK;
}

static int read_columns(SitoCall *call, Uniques *uniques, bool unit) {
    SitoText table;
    RiskLoad *load = &uniques->load;
    load->keep_rowids = load->codes_only = true;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_columns(call, 1, table, &load->sensitive) : rc;
    rc = rc == SITO_OK && unit ? add_unit(call, &load->sensitive) : rc;
    rc = rc == SITO_OK ? risk_load(call, load, false) : rc;
    uniques->columns = load->gather.sensitive_count - unit;
    return rc == SITO_OK && unit ? read_units(uniques) : rc;
}

static int search(SitoCall *call, Uniques *uniques, bool scores) {
    int64_t most;
    bool unit = !scores && call->args[3] != NULL;
    int rc = sito_call_integer(call, 2, "the size of a set", 1, RISK_MOST_SUBSET_COLUMNS,
                               USUAL_SIZE, &most);
    rc = rc == SITO_OK ? read_columns(call, uniques, unit) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    size_t count = uniques->columns;
    if (count > RISK_MOST_SUBSET_COLUMNS) {
        return sito_error(&call->error, SITO_ERROR, "at most %d columns; name those to look at",
                          RISK_MOST_SUBSET_COLUMNS);
    }
    RiskUniqueSink sink = {.set = add_set, .data = uniques};
    rc = scores ? new_scores(uniques, uniques->load.rowid_count) : SITO_OK;
    return rc == SITO_OK ? risk_unique_sets(uniques->load.gather.sensitive, count, (size_t)most,
                                            uniques->units, &call->watch, &sink)
                         : rc;
}

static void free_uniques(Uniques *uniques) {
    risk_load_free(&uniques->load);
    sito_free(uniques->sets);
    sito_free(uniques->units);
    sito_free(uniques->stamps);
    sito_free(uniques->scores);
    sito_free(uniques->set_counts);
    sito_free(uniques->smallest);
}

static int compare_sets(const void *left, const void *right) {
    const Found *a = left, *b = right;
    if (a->size != b->size) {
        return a->size < b->size ? -1 : 1;
    }
    if (a->rows != b->rows) {
        return a->rows > b->rows ? -1 : 1;
    }
    return (a->set > b->set) - (a->set < b->set);
}

static int answer_set(SitoCall *call, const Uniques *uniques, const Found *set) {
    SitoBuffer columns = {0};
    int rc = sito_columns_print(&uniques->load.sensitive, set->set, &columns);
    rc = rc == SITO_OK ? sito_answer_text(&call->answer,
                                          (SitoText){.data = columns.data, .size = columns.size})
                       : rc;
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, set->size) : rc;
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, set->rows) : rc;
    double share = (double)set->rows / (double)uniques->load.rowid_count;
    rc = rc == SITO_OK ? sito_answer_real(&call->answer, share) : rc;
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, uniques->load.rowids[set->first]) : rc;
    rc = rc == SITO_OK ? sito_answer_integer(&call->answer, set->units) : rc;
    sito_buffer_free(&columns);
    return rc;
}

int risk_unique_sets_run(SitoCall *call) {
    Uniques uniques = {0};
    int rc = search(call, &uniques, false);
    if (rc == SITO_OK && uniques.set_count > 1) {
        qsort(uniques.sets, uniques.set_count, sizeof *uniques.sets, compare_sets);
    }
    for (size_t i = 0; i < uniques.set_count && rc == SITO_OK; i++) {
        rc = answer_set(call, &uniques, &uniques.sets[i]);
    }
    free_uniques(&uniques);
    return rc;
}

/* ---- SUDA ---- */

/* DIS of the table (R4): the classes over all columns. */
static int file_dis(SitoCall *call, const Uniques *uniques, double fraction, double *dis) {
    RiskLog log = {0};
    RiskGroups groups = {0};
    SitoBuffer key = {0};
    int rc = SITO_OK;
    for (size_t row = 0; row < uniques->load.rowid_count && rc == SITO_OK; row++) {
        key.size = 0;
        for (size_t i = 0; i < uniques->load.gather.sensitive_count && rc == SITO_OK; i++) {
            uint32_t code = uniques->load.gather.sensitive[i].codes[row];
            rc = sito_buffer_add(&key, (const char *)&code, sizeof code);
        }
        rc = rc == SITO_OK ? risk_log_add(&log, sito_hash128(key.data, key.size)) : rc;
    }
    rc = rc == SITO_OK ? risk_group(&log, false, &call->watch, &groups) : rc;
    double uniques_count = 0, pairs = 0;
    for (size_t g = 0; g < groups.count; g++) {
        uniques_count += groups.sizes[g] == 1;
        pairs += groups.sizes[g] == 2 ? 2 : 0;
    }
    *dis = uniques_count * fraction / (uniques_count * fraction + pairs * (1 - fraction));
    risk_log_free(&log);
    risk_groups_free(&groups);
    sito_buffer_free(&key);
    return rc;
}

static int answer_scores(SitoCall *call, const Uniques *uniques, double dis) {
    double q = 1 + (8 - (double)uniques->load.gather.sensitive_count) / 20, sum = 0, scored = 0;
    int rc = SITO_OK;
    for (size_t row = 0; row < uniques->load.rowid_count; row++) {
        scored += uniques->scores[row] > 0;
        sum += uniques->scores[row] > 0 ? pow(uniques->scores[row], -q) : 0;
    }
    for (size_t row = 0; row < uniques->load.rowid_count && rc == SITO_OK; row++) {
        double score = uniques->scores[row];
        if (score == 0) {
            continue;
        }
        rc = sito_answer_integer(&call->answer, uniques->load.rowids[row]);
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, uniques->set_counts[row]) : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, uniques->smallest[row]) : rc;
        rc = rc == SITO_OK ? sito_answer_real(&call->answer, score) : rc;
        double risk = 1 / (1 + (scored / dis - scored) / (pow(score, q) * sum));
        rc = rc == SITO_OK ? sito_answer_real(&call->answer, risk) : rc;
    }
    return rc;
}

int risk_suda_run(SitoCall *call) {
    Uniques uniques = {0};
    double fraction, dis = NAN;
    int rc = sito_call_real(call, 3, "the sampling fraction", 1, 1, &fraction);
    rc = rc == SITO_OK ? search(call, &uniques, true) : rc;
    if (rc == SITO_OK && fraction < 1) {
        rc = file_dis(call, &uniques, fraction, &dis);
    }
    rc = rc == SITO_OK ? answer_scores(call, &uniques, dis) : rc;
    free_uniques(&uniques);
    return rc;
}
