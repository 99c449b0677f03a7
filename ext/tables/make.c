/*
** anon_table and anon_table_loss: a safe table from records.
**
**   SELECT dimensions ->> 'osiedle', value, status FROM anon_table('zgloszenia',
**     '{"dimensions": [{"name": "osiedle", "hierarchy": "osiedla"}, {"name": "wiek", "hierarchy":
**     "interval:10"}], "rules": {"least": 5}}');
**
** R1  A row is a cell, totals included: the codes of its dimensions as an object, its value or NULL, what
**     became of it (published, primary, secondary, rounded), a word why, and its sign.
** R2  Numbers of contributors are not given: beside the values of published cells they would be a second
**     table, with suppressed cells of its own. risk_table shows them to the office.
** R3  A suppressed value is NULL and its sign the plan's; a zero is 0: they are never alike.
** R4  With "cells": true the source is a table of cells, not of records (cells.c).
** R5  anon_table_loss gives one row: what was hidden, before and after.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "cells.h"
#include "make.h"
#include "make_tables.h"
#include "protect.h"
#include "round.h"
#include "sources.h"

typedef struct Making {
    SitoCall *call;
    MakePlan plan;
    MakeRecords records;
    MakeTable table;
    int least[TABLES_MOST_DIMENSIONS];
    ProtectResult result;
    int64_t *rounded; /* of each cell of the system; NULL: not rounded */
} Making;

/* ---- coarser dimensions ---- */

static double share_of(const MakeTable *table) {
    size_t filled = table->tally.cells - table->empty;
    return filled > 0 ? (double)table->primary / (double)filled : 0;
}

static int highest(const MakePlan *plan, int d) {
    const AnonHierarchy *hierarchy = plan->dimensions[d].hierarchy;
    return hierarchy != NULL ? anon_hierarchy_height(hierarchy) : 1;
}

/* One level of one dimension is given up: that which leaves the smallest share, then the most cells. */
static int coarsen_once(Making *making) {
    double best = 2;
    size_t most = 0;
    int chosen = -1, rc = SITO_OK;
    for (int d = 0; d < making->plan.count && rc == SITO_OK; d++) {
        if (making->least[d] == highest(&making->plan, d)) {
            continue;
        }
        MakeTable table = {.dimensions = 0};
        making->least[d]++;
        rc = make_table_build(&making->plan, &making->records, making->least, &making->call->watch,
                              &table, &making->call->error);
        making->least[d]--;
        double share = rc == SITO_OK ? share_of(&table) : 0;
        if (rc == SITO_OK && (share < best || (share <= best && table.tally.cells > most))) {
            best = share;
            most = table.tally.cells;
            chosen = d;
        }
        make_table_free(&table);
    }
    if (rc == SITO_OK && chosen < 0) {
        return sito_error(&making->call->error, SITO_ERROR,
                          "even the total alone says too much: there is nothing to publish");
    }
    making->least[chosen < 0 ? 0 : chosen] += rc == SITO_OK;
    return rc;
}

static int build(Making *making) {
    make_table_free(&making->table);
    return make_table_build(&making->plan, &making->records, making->least, &making->call->watch,
                            &making->table, &making->call->error);
}

static int coarsen(Making *making) {
    int rc = SITO_OK;
    while (rc == SITO_OK && share_of(&making->table) > making->plan.most_suppressed) {
        rc = coarsen_once(making);
        rc = rc == SITO_OK ? build(making) : rc;
    }
    return rc;
}

/* ---- making ---- */

static int protect(Making *making) {
    const ProtectTask task = {.system = &making->table.system,
                              .grid = &making->table.grid,
                              .owners = making->table.owners,
                              .narrower = 1};
    int rc = tables_protect(&task, &making->call->watch, &making->result, &making->call->error);
    if (rc == SITO_OK && making->result.open > 0) {
        rc = sito_error(&making->call->error, SITO_ERROR,
                        "%lld cells cannot be protected: nothing more can be hidden",
                        (long long)making->result.open);
    }
    return rc;
}

static int round_cells(Making *making) {
    making->rounded = sito_malloc((making->table.system.count + 1) * sizeof *making->rounded);
    if (making->rounded == NULL) {
        return SITO_NOMEM;
    }
    return tables_round(&making->table.system, making->plan.base, making->rounded,
                        &making->call->watch, &making->call->error);
}

static int make(Making *making) {
    SitoCall *call = making->call;
    SitoText table, json;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? make_plan_read(call->db, json, &making->plan, &call->error) : rc;
    for (int d = 0; d < making->plan.count; d++) {
        making->least[d] = making->plan.dimensions[d].least;
    }
    rc = rc == SITO_OK ? make_records_read(call, table, &making->plan, &making->records) : rc;
    rc = rc == SITO_OK ? build(making) : rc;
    if (rc == SITO_OK && making->plan.method == MAKE_COARSEN) {
        rc = coarsen(making);
    }
    rc = rc == SITO_OK
             ? make_table_system(&making->plan, &making->table, &call->watch, &call->error)
             : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    return making->plan.method == MAKE_ROUND ? round_cells(making) : protect(making);
}

static void release(Making *making) {
    make_plan_free(&making->plan);
    make_records_free(&making->records);
    make_table_free(&making->table);
    sito_free(making->rounded);
}

/* ---- answers ---- */

static int print_dimensions(const Making *making, size_t place, SitoBuffer *out) {
    int rc = sito_buffer_add(out, "{", 1);
    for (int d = 0; d < making->plan.count && rc == SITO_OK; d++) {
        const char *name = making->plan.dimensions[d].name;
        uint32_t code = make_table_code(&making->table, place, d);
        rc = d > 0 ? sito_buffer_add(out, ", ", 2) : SITO_OK;
        rc = rc == SITO_OK ? tables_json_text(out, (SitoText){name, strlen(name)}) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(out, ": ", 2) : rc;
        rc = rc == SITO_OK
                 ? tables_json_text(out, anon_dictionary_text(&making->table.trees[d].codes, code))
                 : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(out, "}", 1) : rc;
}

static int answer_value(const Making *making, int64_t value) {
    SitoAnswer *answer = &making->call->answer;
    double units = 1;
    for (int i = 0; i < making->records.scale; i++) {
        units *= 10;
    }
    /* both are exact, so that the quotient is the number nearest to the decimal one */
    return making->records.scale == 0 ? sito_answer_integer(answer, value)
                                      : sito_answer_real(answer, (double)value / units);
}

static int answer_place(const Making *making, size_t place, SitoBuffer *text) {
    SitoAnswer *answer = &making->call->answer;
    const MakeTable *table = &making->table;
    uint32_t number = table->cells[place];
    const TablesCell *cell = number != TABLES_NO_CELL ? &table->system.cells[number] : NULL;
    bool hidden = cell != NULL && cell->status != TABLES_PUBLISHED && making->rounded == NULL;
    const char *status = making->rounded != NULL ? "rounded" : "published", *reason = NULL;
    text->size = 0;
    int rc = print_dimensions(making, place, text);
    rc = rc == SITO_OK ? sito_answer_text(answer, (SitoText){text->data, text->size}) : rc;
    if (hidden) {
        bool primary = cell->status == TABLES_PRIMARY;
        status = primary ? "primary" : "secondary";
        reason = primary ? tables_reason_word(table->reasons[place]) : "protects";
        rc = rc == SITO_OK ? sito_answer_null(answer) : rc;
    } else if (rc == SITO_OK) {
        bool rounded = making->rounded != NULL && number != TABLES_NO_CELL;
        rc = answer_value(making, rounded        ? making->rounded[number]
                                  : cell != NULL ? cell->value
                                                 : 0);
    }
    const char *sign = making->plan.sign != NULL ? making->plan.sign : "";
    rc = rc == SITO_OK ? sito_answer_string(answer, status) : rc;
    rc = rc == SITO_OK ? sito_answer_string(answer, reason) : rc;
    return rc == SITO_OK ? sito_answer_string(answer, hidden ? sign : NULL) : rc;
}

static int run_table(SitoCall *call) {
    Making making = {.call = call};
    SitoBuffer text = {0};
    bool cells = false;
    int rc = cells_asked(call, &cells);
    if (rc != SITO_OK || cells) {
        return rc == SITO_OK ? cells_run(call) : rc;
    }
    rc = make(&making);
    for (size_t place = 0; place < making.table.tally.cells && rc == SITO_OK; place++) {
        rc = (place & 0xfff) == 0xfff ? sito_watch_ask(&call->watch) : SITO_OK;
        rc = rc == SITO_OK ? answer_place(&making, place, &text) : rc;
    }
    sito_buffer_free(&text);
    release(&making);
    return rc;
}

/* Share of the value of the finest cells that is hidden, without signs. */
static double hidden_value(const Making *making) {
    const MakeTable *table = &making->table;
    double all = 0, hidden = 0;
    for (size_t place = 0; place < table->tally.cells; place++) {
        bool finest = true;
        for (int d = 0; d < table->dimensions && finest; d++) {
            const TablesTree *tree = &table->trees[d];
            finest = tree->depths[make_table_code(table, place, d)] == tree->depth;
        }
        if (finest && table->cells[place] != TABLES_NO_CELL) {
            const TablesCell *cell = &table->system.cells[table->cells[place]];
            double value = cell->value < 0 ? -(double)cell->value : (double)cell->value;
            all += value;
            hidden += cell->status != TABLES_PUBLISHED && making->rounded == NULL ? value : 0;
        }
    }
    return all > 0 ? hidden / all : 0;
}

static int print_levels(const Making *making, SitoBuffer *out) {
    int rc = SITO_OK;
    for (int d = 0; d < making->plan.count && rc == SITO_OK; d++) {
        rc = sito_buffer_print(out, "%s%d", d > 0 ? "," : "", making->least[d]);
    }
    return rc;
}

static int run_loss(SitoCall *call) {
    Making making = {.call = call};
    SitoBuffer levels = {0};
    bool cells = false;
    int rc = cells_asked(call, &cells);
    if (rc != SITO_OK || cells) {
        return rc == SITO_OK ? cells_run_loss(call) : rc;
    }
    rc = make(&making);
    rc = rc == SITO_OK ? print_levels(&making, &levels) : rc;
    if (rc == SITO_OK) {
        const MakeTable *table = &making.table;
        bool rounded = making.rounded != NULL;
        SitoText text = {levels.data, levels.size};
        size_t filled = table->tally.cells - table->empty;
        size_t hidden = rounded ? 0 : table->primary + making.result.secondary;
        rc = sito_answer_row(&call->answer, "iiiiirrriit", (int64_t)making.records.count,
                             (int64_t)making.records.missing, (int64_t)table->tally.cells,
                             (int64_t)(rounded ? 0 : table->primary),
                             (int64_t)making.result.secondary,
                             filled > 0 ? (double)hidden / (double)filled : 0,
                             hidden_value(&making), making.result.loss,
                             (int64_t)making.result.audited, (int64_t)making.result.rounds, &text);
    }
    sito_buffer_free(&levels);
    release(&making);
    return rc;
}

#define USAGE                                                                                      \
    "('table', '{\"dimensions\": [{\"name\": \"osiedle\"}, {\"name\": \"wiek\", \"hierarchy\": "   \
    "\"interval:10\"}], \"rules\": {\"least\": 5}}')"

const SitoTable make_tables[] = {
    {.name = "anon_table",
     .columns = "dimensions, value, status, reason, sign",
     .args = "source, plan",
     .column_count = 5,
     .arg_count = 2,
     .required = 2,
     .usage = "anon_table" USAGE,
     .run = run_table},
    {.name = "anon_table_loss",
     .columns = "records, missing, cells, \"primary\", secondary, share, value_share, loss, "
                "audited, rounds, levels",
     .args = "source, plan",
     .column_count = 11,
     .arg_count = 2,
     .required = 2,
     .usage = "anon_table_loss" USAGE,
     .run = run_loss},
    {.name = NULL},
};
