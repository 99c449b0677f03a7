/*
** anon_suppress_cells(source, fields, k): the cells to blank so that every row is one of at least k that
** agree in these columns (local suppression).
**
** R1  A blanked cell is a value of its own: it agrees with other blanked cells and with nothing else. Peers
**     that let it agree with everything report a larger k than a reader sees.
** R2  Round by round, each class below k gives up the column that joins it to the most rows; at the
**     end what is left is blanked whole, with as many further rows as k asks for. No optimum is claimed.
** R3  The result is measured by the risk engine before a row is given.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "config.h"
#include "release.h"

typedef struct Slot {
    uint64_t key;
    uint32_t rows, round;
} Slot;

typedef struct Cells {
    SitoCall *call;
    AnonPlan plan;
    uint32_t *blanked; /* of each row: bit c for column c */
    uint64_t *keys;    /* of each row */
    Slot *classes, *offers;
    size_t mask;
    uint32_t round, offer_round, k;
} Cells;

static Slot *slot_of(Slot *slots, size_t mask, uint32_t round, uint64_t key) {
    size_t i = (size_t)(key >> 20) & mask;
    while (slots[i].round == round && slots[i].key != key) {
        i = (i + 1) & mask;
    }
    return &slots[i];
}

static void count_key(Slot *slots, size_t mask, uint32_t round, uint64_t key) {
    Slot *slot = slot_of(slots, mask, round, key);
    if (slot->round != round) {
        *slot = (Slot){key, 0, round};
    }
    slot->rows++;
}

static uint32_t rows_of(Slot *slots, size_t mask, uint32_t round, uint64_t key) {
    const Slot *slot = slot_of(slots, mask, round, key);
    return slot->round == round ? slot->rows : 0;
}

/* What the key of a row becomes when a column is blanked. */
static uint64_t without(const Cells *cells, uint32_t row, int c) {
    const AnonColumn *column = &cells->plan.columns[c];
    return cells->keys[row] - column->code[0][column->map[0][column->codes[row]]].key +
           column->code[1][0].key;
}

static void count_classes(Cells *cells) {
    cells->round++;
    for (uint32_t row = 0; row < cells->plan.rows; row++) {
        count_key(cells->classes, cells->mask, cells->round, cells->keys[row]);
    }
}

static bool is_small(Cells *cells, uint32_t row) {
    return rows_of(cells->classes, cells->mask, cells->round, cells->keys[row]) < cells->k;
}

static void blank(Cells *cells, uint32_t row, int c) {
    cells->keys[row] = without(cells, row, c);
    cells->blanked[row] |= (uint32_t)1 << c;
}

/* Every row of a class below k gives up the column that joins it to the most rows; the number of rows
** that did. All rows of a class choose alike, since their offers are the same. */
static uint32_t blank_one_each(Cells *cells) {
    uint32_t changed = 0;
    int *choice = sito_malloc(((size_t)cells->plan.rows + 1) * sizeof *choice);
    if (choice == NULL) {
        return UINT32_MAX;
    }
    cells->offer_round++;
    for (uint32_t row = 0; row < cells->plan.rows; row++) {
        choice[row] = -1;
        for (int c = 0; is_small(cells, row) && c < cells->plan.count; c++) {
            if ((cells->blanked[row] >> c & 1) == 0) {
                count_key(cells->offers, cells->mask, cells->offer_round, without(cells, row, c));
            }
        }
    }
    for (uint32_t row = 0; row < cells->plan.rows; row++) {
        uint32_t most = 0;
        for (int c = 0; is_small(cells, row) && c < cells->plan.count; c++) {
            if ((cells->blanked[row] >> c & 1) != 0) {
                continue;
            }
            uint64_t key = without(cells, row, c);
            uint32_t joined = rows_of(cells->offers, cells->mask, cells->offer_round, key) +
                              rows_of(cells->classes, cells->mask, cells->round, key);
            if (joined > most) {
                most = joined;
                choice[row] = c;
            }
        }
    }
    for (uint32_t row = 0; row < cells->plan.rows; row++) {
        if (choice[row] >= 0) {
            blank(cells, row, choice[row]);
            changed++;
        }
    }
    sito_free(choice);
    return changed;
}

static void blank_whole(Cells *cells, uint32_t row) {
    for (int c = 0; c < cells->plan.count; c++) {
        if ((cells->blanked[row] >> c & 1) == 0) {
            blank(cells, row, c);
        }
    }
}

/* What is still below k is blanked whole; where those are fewer than k, so is the smallest other class. */
static void blank_rest(Cells *cells) {
    uint64_t whole = 0;
    for (int c = 0; c < cells->plan.count; c++) {
        whole += cells->plan.columns[c].code[1][0].key;
    }
    for (;;) {
        uint32_t least = UINT32_MAX;
        uint64_t key = 0;
        bool any = false;
        count_classes(cells);
        for (uint32_t row = 0; row < cells->plan.rows; row++) {
            uint32_t size = rows_of(cells->classes, cells->mask, cells->round, cells->keys[row]);
            any = any || size < cells->k;
            if (cells->keys[row] != whole && size < least) {
                least = size;
                key = cells->keys[row];
            }
        }
        if (!any || least == UINT32_MAX) {
            return;
        }
        for (uint32_t row = 0; row < cells->plan.rows; row++) {
            if (cells->keys[row] == key) {
                blank_whole(cells, row);
            }
        }
    }
}

static int work(Cells *cells) {
    size_t rows = (size_t)cells->plan.rows + 1, slots = 256;
    while (slots < 2 * rows * (size_t)cells->plan.count) {
        slots *= 2;
    }
    cells->mask = slots - 1;
    cells->blanked = sito_malloc(rows * sizeof *cells->blanked);
    cells->keys = sito_malloc(rows * sizeof *cells->keys);
    cells->classes = sito_malloc(slots * sizeof *cells->classes);
    cells->offers = sito_malloc(slots * sizeof *cells->offers);
    if (cells->blanked == NULL || cells->keys == NULL || cells->classes == NULL ||
        cells->offers == NULL) {
        return SITO_NOMEM;
    }
    memset(cells->blanked, 0, rows * sizeof *cells->blanked);
    memset(cells->classes, 0, slots * sizeof *cells->classes);
    memset(cells->offers, 0, slots * sizeof *cells->offers);
    for (uint32_t row = 0; row < cells->plan.rows; row++) {
        cells->keys[row] = 0;
        for (int c = 0; c < cells->plan.count; c++) {
            const AnonColumn *column = &cells->plan.columns[c];
            cells->keys[row] += column->code[0][column->map[0][column->codes[row]]].key;
        }
    }
    int rc = SITO_OK;
    for (int round = 0; round < cells->plan.count && rc == SITO_OK; round++) {
        count_classes(cells);
        uint32_t changed = blank_one_each(cells);
        if (changed == 0 || changed == UINT32_MAX) {
            rc = changed == 0 ? SITO_OK : SITO_NOMEM;
            break;
        }
        rc = sito_watch_ask(&cells->call->watch);
    }
    if (rc == SITO_OK) {
        blank_rest(cells);
    }
    return rc;
}

/* The plan {"columns": [{"name": …}, …], "k": …} of a list of columns: each kept or blanked. */
static int make_plan(SitoCall *call, SitoText table, int64_t k, AnonPlan *plan) {
    SitoColumns names = {.count = 0};
    int rc = sito_call_columns(call, 1, table, &names);
    if (rc == SITO_OK && names.count > ANON_MOST_COLUMNS) {
        rc = sito_error(&call->error, SITO_ERROR, "more than %d columns", ANON_MOST_COLUMNS);
    }
    for (int c = 0; c < names.count && rc == SITO_OK; c++) {
        AnonColumn *column = &plan->columns[plan->count++];
        *column = (AnonColumn){.weight = 1, .most = 1};
        column->name = sito_print("%s", names.names[c]);
        column->spec = sito_print("suppress");
        rc = column->name == NULL || column->spec == NULL
                 ? SITO_NOMEM
                 : anon_hierarchy_parse(SITO_LITERAL("suppress"), ANON_POLISH, &column->hierarchy,
                                        &call->error);
    }
    plan->target.k = k;
    sito_columns_free(&names);
    return rc;
}

/* R3: each blanked cell as an empty blob, which no cell of the table is. */
static int verify(const Cells *cells, SitoText table) {
    SitoCall *call = cells->call;
    const AnonPlan *plan = &cells->plan;
    AnonFlags flags = {.words = cells->blanked, .rows = plan->rows};
    SitoBuffer sql = {0};
    SitoName name;
    int64_t k = 0;
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_buffer_print(&sql, "WITH z AS MATERIALIZED (SELECT anon_kept(?1) AS m");
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        rc = sito_buffer_print(&sql, ", a.\"%w\" AS q%d", plan->columns[c].name, c);
    }
    rc = rc == SITO_OK ? sito_buffer_print(&sql, " FROM %s AS a) SELECT k_anonymity(", name.quoted)
                       : rc;
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        rc = sito_buffer_print(&sql, "%siif(m >> %d & 1, x'', q%d)", c > 0 ? ", " : "", c, c);
    }
    rc = rc == SITO_OK ? sito_buffer_print(&sql, ") FROM z") : rc;
    sito_name_free(&name);
    rc = rc == SITO_OK ? anon_measure(call, &sql, &flags, &k) : rc;
    sito_buffer_free(&sql);
    return rc == SITO_OK && k < plan->target.k
               ? sito_error(&call->error, SITO_ERROR,
                            "the table cannot be brought to k = %lld by blanking cells",
                            (long long)plan->target.k)
               : rc;
}

int anon_suppress_cells_run(SitoCall *call) {
    Cells cells = {.call = call};
    SitoText table;
    int64_t k = 0;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_integer(call, 2, "k", 1, INT32_MAX, 0, &k) : rc;
    rc = rc == SITO_OK ? make_plan(call, table, k, &cells.plan) : rc;
    rc = rc == SITO_OK ? anon_plan_read(call, table, &cells.plan, NULL) : rc;
    cells.k = (uint32_t)k;
    rc = rc == SITO_OK ? work(&cells) : rc;
    rc = rc == SITO_OK ? verify(&cells, table) : rc;
    for (uint32_t row = 0; row < cells.plan.rows && rc == SITO_OK; row++) {
        for (int c = 0; c < cells.plan.count && rc == SITO_OK; c++) {
            if (cells.blanked[row] >> c & 1) {
                rc = sito_answer_row(&call->answer, "is", cells.plan.rowids[row],
                                     cells.plan.columns[c].name);
            }
        }
    }
    sito_free(cells.blanked);
    sito_free(cells.keys);
    sito_free(cells.classes);
    sito_free(cells.offers);
    anon_plan_free(&cells.plan);
    return rc;
}
