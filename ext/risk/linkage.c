/*
** Two tables side by side: what a second table, published or public, does to the first.
**
**   SELECT * FROM risk_linkage('nowy', 'opublikowany', 'rok, plec, dzielnica');
**   SELECT * FROM risk_links('nowy', 'opublikowany', 'rok, plec, dzielnica');
**   SELECT * FROM risk_presence('probka', 'ludnosc', 'rok, plec, dzielnica');
**   SELECT * FROM risk_difference('stan_2024', 'stan_2025', 'rok, plec, dzielnica');
**
** The columns stand in both tables under the same names and are compared as cell.h says: codes must
** have been brought to one spelling before. c1 and c2 are a class's rows in the first and second.
**
** R1  risk_linkage: rows and classes of both; shared_classes; linked_rows, those of the first table in
**     shared classes; certain_links, classes with c1 = c2 = 1; expected_links, the sum over shared
**     classes of min(c1, c2) / max(c1, c2), what a random matching within classes gets right;
**     highest_link_risk, the largest 1 / max(c1, c2); and the columns that a link reveals: those of the
**     second table that the first has not.
** R2  risk_links: the rows of the certain links, as witnesses.
** R3  risk_presence (the second table is the population, which contains the first): k_map = least c2
**     over the classes of the first; journalist_risk = 1 / k_map; marketer_risk = 1/n sum of c1/c2 over
**     those classes (n rows of the first table); delta_presence_min and _max: least and largest c1/c2
**     over the classes of the population, those absent from the first included. Rows outside the
**     population are counted; where there are any, k_map is 0 and the others are NULL.
** R4  risk_difference: the classes whose size differs, with both sizes: somebody who joined or left a
**     small class between two releases of one register is seen by comparing them.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "load.h"
#include "tables.h"

typedef struct Pair {
    RiskLoad load; /* rows of the first table, then of the second */
    size_t first_rows;
    RiskGroups groups;
    uint32_t *counts[2]; /* of each class, in each table */
    uint32_t *rows[2];   /* of each class, its last row in each table */
} Pair;

static int add_row(void *data, int count, sqlite3_value **values) {
    Pair *pair = data;
    void *rowids = pair->load.rowids;
    int rc = sito_grow(&rowids, &pair->load.rowid_capacity, pair->load.rowid_count + 1,
                       sizeof(int64_t), RISK_MAX_ROWS);
    pair->load.rowids = rowids;
    if (rc == SITO_OK) {
        int64_t number = (int64_t)(pair->load.rowid_count - pair->first_rows) + 1;
        bool none = sqlite3_value_type(values[0]) != SQLITE_INTEGER;
        pair->load.rowids[pair->load.rowid_count++] =
            none ? number : sqlite3_value_int64(values[0]);
        rc = risk_gather_class(&pair->load.gather, values + 1, pair->load.quasi.count);
    }
    for (size_t i = 0; i < pair->load.gather.sensitive_count && rc == SITO_OK; i++) {
        rc = risk_gather_sensitive(&pair->load.gather, i, values[i + 1]);
    }
    (void)count;
    return rc;
}

static int count_classes(Pair *pair) {
    size_t bytes = (pair->groups.count + 1) * sizeof(uint32_t);
    for (int i = 0; i < 2; i++) {
        pair->counts[i] = sito_malloc(bytes);
        pair->rows[i] = sito_malloc(bytes);
        if (pair->counts[i] == NULL || pair->rows[i] == NULL) {
            return SITO_NOMEM;
        }
        memset(pair->counts[i], 0, bytes);
    }
    for (size_t row = 0; row < pair->load.gather.classes.rows; row++) {
        int table = row >= pair->first_rows;
        uint32_t class = pair->groups.ids[row];
        pair->counts[table][class]++;
        pair->rows[table][class] = (uint32_t)row;
    }
    return SITO_OK;
}

/* Reads both tables. with_values: the columns' values are wanted too, for keys. */
static int load_pair(SitoCall *call, Pair *pair, bool with_values) {
    SitoText tables[2], list;
    SitoSink sink = {.row = add_row, .data = pair};
    const SitoColumns *lists[] = {&pair->load.quasi};
    int rc = sito_call_text(call, 2, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &pair->load.quasi, &call->error) : rc;
    size_t columns = with_values ? (size_t)pair->load.quasi.count : 0;
    rc = rc == SITO_OK ? risk_gather_start(&pair->load.gather, columns) : rc;
    for (int i = 0; i < 2 && rc == SITO_OK; i++) {
        pair->first_rows = pair->load.rowid_count;
        rc = sito_call_text(call, i, &tables[i]);
        rc = rc == SITO_OK ? sito_table_read(call, tables[i], lists, 1, true, &sink) : rc;
    }
    rc = rc == SITO_OK ? risk_group(&pair->load.gather.classes, true, &call->watch, &pair->groups)
                       : rc;
    return rc == SITO_OK ? count_classes(pair) : rc;
}

static void free_pair(Pair *pair) {
    risk_load_free(&pair->load);
    risk_groups_free(&pair->groups);
    for (int i = 0; i < 2; i++) {
        sito_free(pair->counts[i]);
        sito_free(pair->rows[i]);
    }
}

/* ---- risk_linkage ---- */

/* The columns of the second table that the first has not. */
static int print_revealed(SitoCall *call, SitoBuffer *revealed) {
    SitoColumns names[2] = {{.count = 0}, {.count = 0}};
    int rc = SITO_OK;
    for (int i = 0; i < 2 && rc == SITO_OK; i++) {
        SitoText table;
        rc = sito_call_text(call, i, &table);
        rc = rc == SITO_OK ? sito_table_columns(call, table, &names[i]) : rc;
    }
    for (int i = 0; i < names[1].count && rc == SITO_OK; i++) {
        bool known = false;
        for (int j = 0; j < names[0].count; j++) {
            known = known || sqlite3_stricmp(names[1].names[i], names[0].names[j]) == 0;
        }
        if (!known) {
            rc = sito_buffer_print(revealed, "%s%s", revealed->size > 0 ? ", " : "",
                                   names[1].names[i]);
        }
    }
    sito_columns_free(&names[0]);
    sito_columns_free(&names[1]);
    return rc;
}

static int answer_linkage(SitoCall *call, const Pair *pair) {
    int64_t classes[2] = {0, 0}, shared = 0, linked = 0, certain = 0;
    double expected = 0, highest = 0;
    for (size_t g = 0; g < pair->groups.count; g++) {
        double c1 = pair->counts[0][g], c2 = pair->counts[1][g];
        classes[0] += c1 > 0;
        classes[1] += c2 > 0;
        if (c1 > 0 && c2 > 0) {
            shared++;
            linked += pair->counts[0][g];
            certain += c1 == 1 && c2 == 1;
            expected += fmin(c1, c2) / fmax(c1, c2);
            highest = fmax(highest, 1 / fmax(c1, c2));
        }
    }
    SitoBuffer revealed = {0};
    int64_t rows = (int64_t)pair->first_rows, all = (int64_t)pair->load.rowid_count;
    int rc = sito_answer_row(&call->answer, "sisisisisisisisrsr", "rows", rows, "published_rows",
                             all - rows, "classes", classes[0], "published_classes", classes[1],
                             "shared_classes", shared, "linked_rows", linked, "certain_links",
                             certain, "expected_links", expected, "highest_link_risk", highest);
    rc = rc == SITO_OK ? print_revealed(call, &revealed) : rc;
    SitoText text = {.data = revealed.data, .size = revealed.size};
    rc = rc == SITO_OK ? sito_answer_row(&call->answer, "st", "revealed_columns", &text) : rc;
    sito_buffer_free(&revealed);
    return rc;
}

int risk_linkage_run(SitoCall *call) {
    Pair pair = {0};
    int rc = load_pair(call, &pair, false);
    rc = rc == SITO_OK ? answer_linkage(call, &pair) : rc;
    free_pair(&pair);
    return rc;
}

int risk_links_run(SitoCall *call) {
    Pair pair = {0};
    int rc = load_pair(call, &pair, false);
    for (size_t g = 0; g < pair.groups.count && rc == SITO_OK; g++) {
        if (pair.counts[0][g] == 1 && pair.counts[1][g] == 1) {
            rc = sito_answer_row(&call->answer, "ii", pair.load.rowids[pair.rows[0][g]],
                                 pair.load.rowids[pair.rows[1][g]]);
        }
    }
    free_pair(&pair);
    return rc;
}

/* ---- risk_presence ---- */

int risk_presence_run(SitoCall *call) {
    Pair pair = {0};
    int64_t outside = 0, k_map = INT64_MAX;
    double least = INFINITY, most = 0, share = 0;
    int rc = load_pair(call, &pair, false);
    for (size_t g = 0; g < pair.groups.count && rc == SITO_OK; g++) {
        int64_t c1 = pair.counts[0][g], c2 = pair.counts[1][g];
        if (c2 == 0) {
            outside += c1;
            continue;
        }
        double ratio = (double)c1 / (double)c2;
        least = fmin(least, ratio);
        most = fmax(most, ratio);
        share += ratio;
        k_map = c1 > 0 && c2 < k_map ? c2 : k_map;
    }
    int64_t rows = (int64_t)pair.first_rows, all = (int64_t)pair.load.rowid_count;
    bool measured = rows > 0 && outside == 0;
    if (rc == SITO_OK) {
        rc = sito_answer_row(&call->answer, "sisisi", "rows", rows, "population", all - rows,
                             "outside_population", outside);
    }
    if (rc == SITO_OK) {
        rc = rows == 0 ? sito_answer_row(&call->answer, "sr", "k_map", NAN)
                       : sito_answer_row(&call->answer, "si", "k_map", measured ? k_map : 0);
    }
    if (rc == SITO_OK) {
        rc = sito_answer_row(&call->answer, "srsrsrsr", "journalist_risk",
                             measured ? 1 / (double)k_map : NAN, "marketer_risk",
                             measured ? share / (double)rows : NAN, "delta_presence_min",
                             measured ? least : NAN, "delta_presence_max", measured ? most : NAN);
    }
    free_pair(&pair);
    return rc;
}

/* ---- risk_difference ---- */

static int answer_difference(SitoCall *call, const Pair *pair, size_t class, SitoBuffer *key) {
    int64_t c1 = pair->counts[0][class], c2 = pair->counts[1][class];
    uint32_t row = pair->rows[c1 > 0 ? 0 : 1][class];
    key->size = 0;
    int rc =
        risk_json_row(key, pair->load.gather.sensitive, pair->load.gather.sensitive_count, row);
    SitoText text = {.data = key->data, .size = key->size};
    return rc == SITO_OK ? sito_answer_row(&call->answer, "tiii", &text, c1, c2, c2 - c1) : rc;
}

int risk_difference_run(SitoCall *call) {
    Pair pair = {0};
    SitoBuffer key = {0};
    int rc = load_pair(call, &pair, true);
    for (size_t g = 0; g < pair.groups.count && rc == SITO_OK; g++) {
        if (pair.counts[0][g] != pair.counts[1][g]) {
            rc = answer_difference(call, &pair, g, &key);
        }
    }
    sito_buffer_free(&key);
    free_pair(&pair);
    return rc;
}
