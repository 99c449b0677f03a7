/*
** A table of cells with those linked to it and its earlier versions, read from the two arguments of a call
** (sources.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "anonymise/anonymise.h"
#include "shown.h"
#include "sources.h"

static int read_source(TablesSources *sources, SitoText table, SitoText json) {
    int s = sources->count++;
    TablesPlan *plan = &sources->plans[s];
    int rc = tables_plan_read(sources->call, json, plan);
    if (rc == SITO_OK && s > 0) {
        table = (SitoText){plan->table, strlen(plan->table)};
    }
    return rc == SITO_OK ? tables_rows_read(sources->call, table, plan, &sources->rows[s]) : rc;
}

int tables_sources_read(SitoCall *call, TablesSources **made) {
    TablesSources *sources = sito_malloc(sizeof *sources);
    *made = sources;
    if (sources == NULL) {
        return SITO_NOMEM;
    }
    memset(sources, 0, sizeof *sources);
    sources->call = call;
    SitoText table, json;
    int count = 0;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? read_source(sources, table, json) : rc;
    if (rc == SITO_OK && sources->plans[0].relation != TABLES_SAME) {
        return sito_error(&call->error, SITO_ERROR, "relation is a key of earlier tables");
    }
    rc = rc == SITO_OK ? tables_plan_others(call, json, sources->texts, &count) : rc;
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        if (i + 1 == TABLES_MOST_SOURCES) {
            return sito_error(&call->error, SITO_ERROR, "more than %d tables", TABLES_MOST_SOURCES);
        }
        rc = read_source(sources, table, (SitoText){sources->texts[i], strlen(sources->texts[i])});
    }
    return rc;
}

/* The scale of all values. Protection may be finer where values are not whole numbers of that scale; else
** it is rounded up to the next of them, which asks for the same. */
static void choose_scale(TablesSources *sources) {
    const TablesPlan *plan = &sources->plans[0];
    for (int s = 0; s < sources->count; s++) {
        int fraction = sources->rows[s].fraction;
        sources->scale = fraction > sources->scale ? fraction : sources->scale;
    }
    sources->system.whole = plan->whole < 0 ? sources->scale == 0 : plan->whole != 0;
    for (int p = 0; p < 3 && !sources->system.whole; p++) {
        const char *text = plan->protection[p];
        int64_t digits;
        int fraction = 0;
        if (text != NULL && shown_number((SitoText){text, strlen(text)}, &digits, &fraction) &&
            fraction > sources->scale) {
            sources->scale = fraction;
        }
    }
}

/* ---- errors with rows ---- */

static int print_row(const TablesSources *sources, int source, uint32_t row, char **text) {
    const char *table = sources->plans[source].table;
    *text = row == TABLES_NO_CELL || row >= sources->rows[source].count
                ? sito_print("%s", "")
                : sito_print("row %lld%s%s", (long long)sources->rows[source].rowids[row],
                             source > 0 ? " of " : "", source > 0 ? table : "");
    return *text == NULL ? SITO_NOMEM : SITO_OK;
}

/* Puts the rows of a fault before the message and behind it. */
static int tell_fault(TablesSources *sources, int rc, const TablesFault *fault) {
    char *row = NULL, *other = NULL, *cause = sources->call->error;
    if (cause == NULL || fault->row == TABLES_NO_CELL) {
        return rc;
    }
    sources->call->error = NULL;
    int printed = print_row(sources, fault->source, fault->row, &row);
    printed = printed == SITO_OK ? print_row(sources, fault->other_source, fault->other_row, &other)
                                 : printed;
    rc = printed == SITO_OK
             ? sito_error(&sources->call->error, rc, "%s: %s%s%s%s", row, cause,
                          other[0] != '\0' ? " (see " : "", other, other[0] != '\0' ? ")" : "")
             : printed;
    sito_free(cause);
    sito_free(row);
    sito_free(other);
    return rc;
}

int tables_sources_system(TablesSources *sources) {
    int rc = SITO_OK;
    TablesFault fault = {TABLES_NO_CELL, TABLES_NO_CELL, 0, 0};
    choose_scale(sources);
    for (int s = 0; s < sources->count && rc == SITO_OK; s++) {
        size_t shared = sources->system.shared;
        rc = tables_rows_add(sources->call, &sources->plans[s], &sources->rows[s], sources->scale,
                             &sources->system, &fault);
        if (rc == SITO_OK && s > 0 && sources->system.shared == shared &&
            sources->rows[s].count > 0 && sources->rows[0].count > 0) {
            rc =
                sito_error(&sources->call->error, SITO_ERROR,
                           "%s has no cell in common with the tables before it: dimensions (\"as\" "
                           "gives one another name) and codes are compared as they are written",
                           sources->plans[s].table);
        }
    }
    rc = rc == SITO_OK ? tables_system_check(&sources->system, &fault, &sources->call->error) : rc;
    return rc == SITO_OK ? rc : tell_fault(sources, rc, &fault);
}

int tables_json_text(SitoBuffer *out, SitoText text) {
    if (text.data == NULL) {
        return sito_buffer_add(out, "null", 4);
    }
    int rc = sito_buffer_add(out, "\"", 1);
    for (size_t i = 0; i < text.size && rc == SITO_OK; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\') {
            rc = sito_buffer_print(out, "\\%c", c);
        } else if (c < 0x20) {
            rc = sito_buffer_print(out, "\\u%04x", c);
        } else {
            rc = sito_buffer_add(out, text.data + i, 1);
        }
    }
    return rc == SITO_OK ? sito_buffer_add(out, "\"", 1) : rc;
}

/* {"osiedle":"Bałuty","wiek":"0–4"} */
int tables_sources_print(const TablesSources *sources, size_t row, SitoBuffer *out) {
    const TablesPlan *plan = &sources->plans[0];
    const TablesRows *rows = &sources->rows[0];
    int rc = SITO_OK;
    out->size = 0;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        const char *name = plan->dimensions[d].name;
        uint32_t code = rows->row_codes[row * (size_t)plan->count + (size_t)d];
        rc = sito_buffer_add(out, d == 0 ? "{" : ",", 1);
        rc = rc == SITO_OK ? tables_json_text(out, (SitoText){name, strlen(name)}) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(out, ":", 1) : rc;
        rc =
            rc == SITO_OK ? tables_json_text(out, anon_dictionary_text(&rows->codes[d], code)) : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(out, "}", 1) : rc;
}

void tables_sources_free(TablesSources *sources) {
    if (sources == NULL) {
        return;
    }
    tables_system_free(&sources->system);
    for (int s = 0; s < sources->count; s++) {
        tables_rows_free(&sources->plans[s], &sources->rows[s]);
        tables_plan_free(&sources->plans[s]);
    }
    for (int s = 0; s < TABLES_MOST_SOURCES; s++) {
        sito_free(sources->texts[s]);
    }
    sito_free(sources);
}
