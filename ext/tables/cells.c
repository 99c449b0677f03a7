/*
** anon_table over cells that another system made: {"cells": true, …} with the keys of risk_table (the rules,
** contributors, largest, …) and of risk_table_audit (signs, linked, earlier).
**
**   SELECT dimensions, value, status FROM anon_table('wg_osiedli', '{"cells": true, "dimensions": [{"name":
**     "osiedle", "total": "Ogółem"}, {"name": "wiek", "total": "Ogółem"}], "measure": "liczba",
**     "rules": {"least": 5}, "earlier": [{"table": "maj"}]}');
**
** R1  Rows come in the order of the table. Totals that do not add up are an error, which names the row.
** R2  What is hidden already stays hidden; what a linked or an earlier table publishes is not hidden. A cell
**     that says too much and is published there is an error: it cannot be hidden any more.
** R3  A rule whose facts are not there is an error.
** R4  Without "protection" a hidden cell of a table of counts (no contributors named) is to be `least` wide,
**     that of another a tenth of its larger end.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdlib.h>
#include <string.h>

#include "anonymise/anonymise.h"
#include "base/register.h"
#include "cells.h"
#include "cells_flat.h"
#include "protect.h"
#include "round.h"
#include "shown.h"

typedef struct RowId {
    int64_t rowid;
    uint32_t row;
} RowId;

typedef struct Cells {
    SitoCall *call;
    TablesSources *sources;
    RowId *ids;        /* by rowid */
    uint8_t *statuses; /* of each row: as it came, then as the rules say */
    uint8_t *reasons;  /* of each row: a bit for each TablesReason */
    uint32_t *numbers; /* of each row: its cell */
    uint8_t *fixed;    /* of each cell: another table publishes it */
    char *sign;
    int64_t least, base;
    bool rounding, values;
    int64_t *rounded; /* of each cell */
    ProtectResult result;
} Cells;

/* ---- the plan ---- */

static int ask(SitoCall *call, const char *sql, sqlite3_stmt **row) {
    SitoText json;
    int rc = sito_call_text(call, 1, &json);
    rc = rc == SITO_OK ? sqlite3_prepare_v2(call->db, sql, -1, row, NULL) : rc;
    rc = rc == SQLITE_OK
             ? sqlite3_bind_text64(*row, 1, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8)
             : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(*row) & 0xff : rc;
    return rc == SQLITE_ROW ? SITO_OK
           : rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(&call->error, SITO_ERROR, "%s", sqlite3_errmsg(call->db));
}

int cells_asked(SitoCall *call, bool *asked) {
    sqlite3_stmt *row = NULL;
    int rc = ask(call,
                 "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' AND"
                 " coalesce(json_type(?1, '$.cells'), '') = 'true' ELSE 0 END",
                 &row);
    *asked = rc == SITO_OK && sqlite3_column_int(row, 0) != 0;
    sqlite3_finalize(row);
    return rc;
}

static int check_words(Cells *cells, const char *method, const char *loss, const char *sign,
                       bool secret) {
    static const char *const taken[] = {"-", ".", ":", "X", "x", "0"};
    char **error = &cells->call->error;
    cells->rounding = strcmp(method, "round") == 0;
    cells->values = strcmp(loss, "values") == 0;
    if (!cells->rounding && strcmp(method, "suppress") != 0) {
        return sito_error(error, SITO_ERROR, "method of a table of cells is suppress or round");
    }
    if (!cells->values && strcmp(loss, "cells") != 0) {
        return sito_error(error, SITO_ERROR, "loss of a table of cells is cells or values");
    }
    if (cells->base != 3 && cells->base != 5) {
        return sito_error(error, SITO_ERROR, "base is 3 or 5");
    }
    for (size_t i = 0; i < SITO_COUNT(taken); i++) {
        if (strcmp(sign, taken[i]) == 0) {
            return sito_error(error, SITO_ERROR, "the sign '%s' means something else", sign);
        }
    }
    if (strcmp(sign, "#") == 0 && !secret) {
        return sito_error(error, SITO_ERROR,
                          "'#' stands for statistical secrecy; only its owner declares that: write "
                          "\"secret\": true, or take another sign");
    }
    cells->sign = sito_print("%s", sign);
    return cells->sign == NULL ? SITO_NOMEM : SITO_OK;
}

static int read_words(Cells *cells) {
    sqlite3_stmt *row = NULL;
    int rc =
        ask(cells->call,
            "SELECT coalesce(?1 ->> '$.method', 'suppress'), coalesce(?1 ->> '$.loss', 'cells'),"
            " coalesce(?1 ->> '$.sign', ''), coalesce(?1 ->> '$.secret', 0),"
            " coalesce(?1 ->> '$.base', 3), coalesce(?1 ->> '$.rules.least', 0)",
            &row);
    if (rc == SITO_OK) {
        const char *words[3];
        for (int i = 0; i < 3; i++) {
            words[i] = (const char *)sqlite3_column_text(row, i);
        }
        cells->base = sqlite3_column_int64(row, 4);
        cells->least = sqlite3_column_int64(row, 5);
        rc =
            words[0] == NULL || words[1] == NULL || words[2] == NULL
                ? SITO_NOMEM
                : check_words(cells, words[0], words[1], words[2], sqlite3_column_int(row, 3) != 0);
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- reasons ---- */

static int by_rowid(const void *a, const void *b) {
    const RowId *x = a, *y = b;
    return (x->rowid > y->rowid) - (x->rowid < y->rowid);
}

static int take_reason(void *data, int64_t rowid, TablesReason reason, bool found) {
    Cells *cells = data;
    const RowId key = {.rowid = rowid};
    const RowId *id =
        bsearch(&key, cells->ids, cells->sources->rows[0].count, sizeof key, by_rowid);
    if (!found) {
        return sito_error(&cells->call->error, SITO_ERROR,
                          "row %lld: the rule %s needs facts that are not there; name the columns "
                          "contributors, largest or second, or leave the rule out",
                          (long long)rowid, tables_reason_words[reason]);
    }
    if (id != NULL) {
        cells->reasons[id->row] |= (uint8_t)TABLES_BIT(reason);
    }
    return SITO_OK;
}

static int judge(Cells *cells) {
    const TablesRows *rows = &cells->sources->rows[0];
    const ShownSink sink = {.reason = take_reason, .data = cells};
    size_t count = rows->count + 1;
    cells->ids = sito_malloc(count * sizeof *cells->ids);
    cells->reasons = sito_malloc(count);
    cells->statuses = sito_malloc(count);
    if (cells->ids == NULL || cells->reasons == NULL || cells->statuses == NULL) {
        return SITO_NOMEM;
    }
    memset(cells->reasons, 0, count);
    for (uint32_t r = 0; r < rows->count; r++) {
        cells->ids[r] = (RowId){rows->rowids[r], r};
    }
    if (rows->count > 1) {
        qsort(cells->ids, rows->count, sizeof *cells->ids, by_rowid);
    }
    return tables_shown_judge(cells->call, &sink);
}

/* Every cell of the table goes in as hidden, so that the system marks those that another table tells. */
static void hide_all(Cells *cells) {
    TablesRows *rows = &cells->sources->rows[0];
    for (size_t r = 0; r < rows->count; r++) {
        uint8_t status = rows->cells[r].status;
        bool finds = status == TABLES_PUBLISHED && cells->reasons[r] != 0;
        cells->statuses[r] = finds ? TABLES_PRIMARY : status;
        rows->cells[r].status = status == TABLES_MISSING ? status : TABLES_PRIMARY;
    }
}

/* ---- cells ---- */

static int totals_of(const Cells *cells, size_t row) {
    const TablesPlan *plan = &cells->sources->plans[0];
    const TablesRows *rows = &cells->sources->rows[0];
    int totals = 0;
    for (int d = 0; d < plan->count; d++) {
        uint32_t code = rows->row_codes[row * (size_t)plan->count + (size_t)d];
        const char *total = plan->dimensions[d].total;
        totals += total != NULL && sito_text_equal(anon_dictionary_text(&rows->codes[d], code),
                                                   (SitoText){total, strlen(total)});
    }
    return totals;
}

static int64_t width_of(const Cells *cells, const TablesCell *cell, unsigned reasons) {
    const TablesPlan *plan = &cells->sources->plans[0];
    const TablesRules rules = {.least = cells->least};
    const TablesFacts facts = {.value = cell->value, .contributors = -1, .whole = -1};
    bool counts = plan->contributors == NULL;
    if (cells->least > 0) {
        reasons |= TABLES_BIT(TABLES_FEW);
    }
    return plan->protection[0] != NULL ? cell->width
                                       : tables_protection(&rules, &facts, reasons, counts);
}

/* Statuses as they are, costs, and what each cell needs once it is hidden. */
static int settle(Cells *cells) {
    TablesSystem *system = &cells->sources->system;
    size_t rows = cells->sources->rows[0].count;
    cells->numbers = sito_malloc((rows + 1) * sizeof *cells->numbers);
    cells->fixed = sito_malloc(system->count + 1);
    if (cells->numbers == NULL || cells->fixed == NULL) {
        return SITO_NOMEM;
    }
    memset(cells->fixed, 1, system->count + 1);
    for (uint32_t i = 0; i < system->count; i++) {
        TablesCell *cell = &system->cells[i];
        if (cell->source != 0 || cell->row == TABLES_NO_CELL) {
            continue;
        }
        uint32_t r = cell->row;
        cells->numbers[r] = i;
        cells->fixed[i] = cell->told || (cell->known && cell->value == 0);
        cell->status = cells->statuses[r];
        cell->cost = cells->values && cell->known ? (double)llabs((long long)cell->value) : 1;
        cell->cost = cell->cost < 1 ? 1 : cell->cost;
        cell->cost *= (double)(1 << totals_of(cells, r));
        cell->width = width_of(cells, cell, cells->reasons[r]);
        if (cell->told && cells->reasons[r] != 0) {
            return sito_error(&cells->call->error, SITO_ERROR,
                              "row %lld says too much (%s), and a linked or an earlier table "
                              "publishes it: it cannot be hidden any more",
                              (long long)cells->sources->rows[0].rowids[r],
                              tables_reason_word(cells->reasons[r]));
        }
    }
    return SITO_OK;
}

/* ---- making ---- */

static int suppress(Cells *cells) {
    CellsFlat flat = {.cells = NULL};
    bool whole = false;
    ProtectTask task = {.system = &cells->sources->system, .fixed = cells->fixed, .narrower = 1};
    int rc = cells_make_flat(cells->sources, cells->numbers, &flat, &whole);
    task.grid = whole ? &flat.grid : NULL;
    rc = rc == SITO_OK
             ? tables_protect(&task, &cells->call->watch, &cells->result, &cells->call->error)
             : rc;
    if (rc == SITO_OK && cells->result.open > 0) {
        rc = sito_error(&cells->call->error, SITO_ERROR,
                        "%lld cells cannot be protected: what is published of them, or of tables "
                        "linked to them, gives them away",
                        (long long)cells->result.open);
    }
    sito_free(flat.cells);
    return rc;
}

static int round_cells(Cells *cells) {
    const TablesSystem *system = &cells->sources->system;
    for (size_t i = 0; i < system->count; i++) {
        if (!system->cells[i].known || cells->sources->count > 1) {
            return sito_error(&cells->call->error, SITO_ERROR,
                              "only one table whose values are all known can be rounded");
        }
    }
    cells->rounded = sito_malloc((system->count + 1) * sizeof *cells->rounded);
    return cells->rounded == NULL ? SITO_NOMEM
                                  : tables_round(system, cells->base, cells->rounded,
                                                 &cells->call->watch, &cells->call->error);
}

static int make(Cells *cells) {
    int rc = read_words(cells);
    rc = rc == SITO_OK ? tables_sources_read(cells->call, &cells->sources) : rc;
    rc = rc == SITO_OK ? judge(cells) : rc;
    if (rc == SITO_OK) {
        hide_all(cells);
        rc = tables_sources_system(cells->sources);
    }
    rc = rc == SITO_OK ? settle(cells) : rc;
    return rc != SITO_OK ? rc : cells->rounding ? round_cells(cells) : suppress(cells);
}

static void release(Cells *cells) {
    tables_sources_free(cells->sources);
    sito_free(cells->ids);
    sito_free(cells->statuses);
    sito_free(cells->reasons);
    sito_free(cells->numbers);
    sito_free(cells->fixed);
    sito_free(cells->rounded);
    sito_free(cells->sign);
}

/* ---- answers ---- */

static int answer_value(const Cells *cells, int64_t value) {
    SitoAnswer *answer = &cells->call->answer;
    double units = 1;
    for (int i = 0; i < cells->sources->scale; i++) {
        units *= 10;
    }
    return cells->sources->scale == 0 ? sito_answer_integer(answer, value)
                                      : sito_answer_real(answer, (double)value / units);
}

static int answer_row(const Cells *cells, size_t row, SitoBuffer *text) {
    SitoAnswer *answer = &cells->call->answer;
    uint32_t number = cells->numbers[row];
    const TablesCell *cell = &cells->sources->system.cells[number];
    bool hidden = cell->status == TABLES_PRIMARY || cell->status == TABLES_SECONDARY;
    bool rounded = cells->rounded != NULL, missing = cell->status == TABLES_MISSING;
    const char *word = tables_reason_word(cells->reasons[row]);
    text->size = 0;
    int rc = tables_sources_print(cells->sources, row, text);
    rc = rc == SITO_OK ? sito_answer_text(answer, (SitoText){text->data, text->size}) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    if (rounded) {
        rc = answer_value(cells, cells->rounded[number]);
        return rc == SITO_OK ? sito_answer_row(answer, "sss", "rounded", NULL, NULL) : rc;
    }
    rc = hidden || missing ? sito_answer_null(answer) : answer_value(cells, cell->value);
    return rc != SITO_OK ? rc
                         : sito_answer_row(answer, "sss",
                                           missing                          ? "missing"
                                           : !hidden                        ? "published"
                                           : cell->status == TABLES_PRIMARY ? "primary"
                                                                            : "secondary",
                                           !hidden                            ? NULL
                                           : cell->status == TABLES_SECONDARY ? "protects"
                                           : word != NULL                     ? word
                                                                              : "hidden",
                                           hidden ? cells->sign : NULL);
}

int cells_run(SitoCall *call) {
    Cells cells = {.call = call};
    SitoBuffer text = {0};
    int rc = make(&cells);
    for (size_t row = 0; rc == SITO_OK && row < cells.sources->rows[0].count; row++) {
        rc = answer_row(&cells, row, &text);
    }
    sito_buffer_free(&text);
    release(&cells);
    return rc;
}

/* Shares of rows, and of the values of rows that are no total. */
int cells_run_loss(SitoCall *call) {
    Cells cells = {.call = call};
    double all = 0, gone = 0;
    int64_t filled = 0, hidden = 0, missing = 0;
    int rc = make(&cells);
    for (size_t row = 0; rc == SITO_OK && row < cells.sources->rows[0].count; row++) {
        const TablesCell *cell = &cells.sources->system.cells[cells.numbers[row]];
        double value = cell->value < 0 ? -(double)cell->value : (double)cell->value;
        bool out = cells.rounded == NULL && cell->status != TABLES_PUBLISHED;
        missing += cell->status == TABLES_MISSING;
        filled += !cell->known || cell->value != 0;
        hidden += out && cell->status != TABLES_MISSING;
        value = cell->known && totals_of(&cells, row) == 0 ? value : 0;
        all += value;
        gone += out ? value : 0;
    }
    if (rc == SITO_OK) {
        rc = sito_answer_row(&call->answer, "iiiiirrriis", (int64_t)cells.sources->rows[0].count,
                             missing, (int64_t)cells.sources->rows[0].count,
                             (int64_t)cells.result.primary, (int64_t)cells.result.secondary,
                             filled > 0 ? (double)hidden / (double)filled : 0,
                             all > 0 ? gone / all : 0, cells.result.loss,
                             (int64_t)cells.result.audited, (int64_t)cells.result.rounds, NULL);
    }
    release(&cells);
    return rc;
}
