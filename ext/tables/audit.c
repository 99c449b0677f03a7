/*
** risk_table_audit: what a reader can work out of each suppressed cell.
**
**   SELECT cell, lo, hi, verdict FROM risk_table_audit('wg_osiedli', '{"dimensions": [{"name": "osiedle",
**     "total": "Ogółem"}, {"name": "wiek", "total": "Ogółem"}], "measure": "liczba", "protection": 5}');
**
** R1  One row for each suppressed cell of the table, in its order: lo and hi are the ends of the interval
**     (NULL: no end), width is hi - lo, required the width that protection asks.
** R2  verdict: disclosed, narrow, protected, undecided (audit.h). proof: table, propagation, programme,
**     search, none. exact 0: lo and hi are values that are attained, and there may be more beyond.
** R3  by_row: where "singles" is true, the row whose only contributor can work the cell out.
** R4  "whole" is true where no number has a fraction, unless it is said.
** R5  "bounds": "verdict" stops at each cell as soon as its verdict is proven.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "anonymise/anonymise.h"
#include "audit.h"
#include "config.h"
#include "functions.h"
#include "shown.h"
#include "system_core.h"

typedef struct Auditing {
    SitoCall *call;
    TablesPlan plans[TABLES_MOST_SOURCES];
    TablesRows rows[TABLES_MOST_SOURCES];
    char *texts[TABLES_MOST_SOURCES]; /* of the other plans */
    int sources, scale;
    TablesSystem system;
    TablesAudit audit;
} Auditing;

/* ---- reading ---- */

static int read_source(Auditing *auditing, SitoText table, SitoText json) {
    int s = auditing->sources++;
    TablesPlan *plan = &auditing->plans[s];
    int rc = tables_plan_read(auditing->call, json, plan);
    if (rc == SITO_OK && s > 0) {
        table = (SitoText){plan->table, strlen(plan->table)};
    }
    return rc == SITO_OK ? tables_rows_read(auditing->call, table, plan, &auditing->rows[s]) : rc;
}

static int read_sources(Auditing *auditing) {
    SitoCall *call = auditing->call;
    SitoText table, json;
    int count = 0;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? read_source(auditing, table, json) : rc;
    if (rc == SITO_OK && auditing->plans[0].relation != TABLES_SAME) {
        return sito_error(&call->error, SITO_ERROR, "relation is a key of earlier tables");
    }
    rc = rc == SITO_OK ? tables_plan_others(call, json, auditing->texts, &count) : rc;
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        if (i + 1 == TABLES_MOST_SOURCES) {
            return sito_error(&call->error, SITO_ERROR, "more than %d tables", TABLES_MOST_SOURCES);
        }
        rc = read_source(auditing, table,
                         (SitoText){auditing->texts[i], strlen(auditing->texts[i])});
    }
    return rc;
}

/* The scale of all values. Protection may be finer where values are not whole numbers of that scale; else
** it is rounded up to the next of them, which asks for the same. */
static void choose_scale(Auditing *auditing) {
    const TablesPlan *plan = &auditing->plans[0];
    for (int s = 0; s < auditing->sources; s++) {
        int fraction = auditing->rows[s].fraction;
        auditing->scale = fraction > auditing->scale ? fraction : auditing->scale;
    }
    auditing->system.whole = plan->whole < 0 ? auditing->scale == 0 : plan->whole != 0;
    for (int p = 0; p < 3 && !auditing->system.whole; p++) {
        const char *text = plan->protection[p];
        int64_t digits;
        int fraction = 0;
        if (text != NULL && shown_number((SitoText){text, strlen(text)}, &digits, &fraction) &&
            fraction > auditing->scale) {
            auditing->scale = fraction;
        }
    }
}

/* ---- errors with rows ---- */

static int print_row(const Auditing *auditing, int source, uint32_t row, char **text) {
    const char *table = auditing->plans[source].table;
    *text = row == TABLES_NO_CELL || row >= auditing->rows[source].count
                ? sito_print("%s", "")
                : sito_print("row %lld%s%s", (long long)auditing->rows[source].rowids[row],
                             source > 0 ? " of " : "", source > 0 ? table : "");
    return *text == NULL ? SITO_NOMEM : SITO_OK;
}

/* Puts the rows of a fault before the message and behind it. */
static int tell_fault(Auditing *auditing, int rc, const TablesFault *fault) {
    char *row = NULL, *other = NULL, *cause = auditing->call->error;
    if (cause == NULL || fault->row == TABLES_NO_CELL) {
        return rc;
    }
    auditing->call->error = NULL;
    int printed = print_row(auditing, fault->source, fault->row, &row);
    printed = printed == SITO_OK
                  ? print_row(auditing, fault->other_source, fault->other_row, &other)
                  : printed;
    rc = printed == SITO_OK
             ? sito_error(&auditing->call->error, rc, "%s: %s%s%s%s", row, cause,
                          other[0] != '\0' ? " (see " : "", other, other[0] != '\0' ? ")" : "")
             : printed;
    sito_free(cause);
    sito_free(row);
    sito_free(other);
    return rc;
}

static int make_system(Auditing *auditing) {
    int rc = SITO_OK;
    TablesFault fault = {TABLES_NO_CELL, TABLES_NO_CELL, 0, 0};
    choose_scale(auditing);
    for (int s = 0; s < auditing->sources && rc == SITO_OK; s++) {
        rc = tables_rows_add(auditing->call, &auditing->plans[s], &auditing->rows[s],
                             auditing->scale, &auditing->system, &fault);
    }
    rc =
        rc == SITO_OK ? tables_system_check(&auditing->system, &fault, &auditing->call->error) : rc;
    return rc == SITO_OK ? rc : tell_fault(auditing, rc, &fault);
}

/* ---- the answer ---- */

static int add_escaped(SitoBuffer *out, SitoText text) {
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
static int print_cell(const Auditing *auditing, size_t row, SitoBuffer *out) {
    const TablesPlan *plan = &auditing->plans[0];
    const TablesRows *rows = &auditing->rows[0];
    int rc = SITO_OK;
    out->size = 0;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        const char *name = plan->dimensions[d].name;
        uint32_t code = rows->row_codes[row * (size_t)plan->count + (size_t)d];
        rc = sito_buffer_add(out, d == 0 ? "{" : ",", 1);
        rc = rc == SITO_OK ? add_escaped(out, (SitoText){name, strlen(name)}) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(out, ":", 1) : rc;
        rc = rc == SITO_OK ? add_escaped(out, anon_dictionary_text(&rows->codes[d], code)) : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(out, "}", 1) : rc;
}

/* over / under in the table's own units: an integer where it is one. */
static int answer_number(const Auditing *auditing, TablesWide over, TablesWide under) {
    SitoAnswer *answer = &auditing->call->answer;
    for (int i = 0; i < auditing->scale; i++) {
        under *= 10;
    }
    TablesWide whole = over / under;
    if (over % under == 0 && whole < INT64_MAX && whole > INT64_MIN) {
        return sito_answer_integer(answer, (int64_t)whole);
    }
    return sito_answer_real(answer, (double)over / (double)under);
}

static int answer_ends(const Auditing *auditing, const TablesInterval *interval) {
    TablesRational low = interval->low, high = interval->high;
    bool no_low = low.over == TABLES_NO_LOWER, no_high = high.over == TABLES_NO_UPPER;
    int rc = no_low ? sito_answer_null(&auditing->call->answer)
                    : answer_number(auditing, low.over, low.under);
    if (rc == SITO_OK) {
        rc = no_high ? sito_answer_null(&auditing->call->answer)
                     : answer_number(auditing, high.over, high.under);
    }
    if (rc == SITO_OK) {
        rc = no_low || no_high ? sito_answer_null(&auditing->call->answer)
                               : answer_number(auditing,
                                               (TablesWide)high.over * low.under -
                                                   (TablesWide)low.over * high.under,
                                               (TablesWide)low.under * high.under);
    }
    return rc;
}

static int answer_interval(const Auditing *auditing, const TablesInterval *interval,
                           SitoBuffer *text) {
    const TablesCell *cell = &auditing->system.cells[interval->cell];
    SitoAnswer *answer = &auditing->call->answer;
    bool shown = cell->row != TABLES_NO_CELL;
    int64_t required =
        cell->below + cell->above > cell->width ? cell->below + cell->above : cell->width;
    if (cell->source != 0) {
        return SITO_OK;
    }
    int rc = shown ? sito_answer_integer(answer, auditing->rows[0].rowids[cell->row])
                   : sito_answer_null(answer);
    rc = rc == SITO_OK && shown ? print_cell(auditing, cell->row, text) : rc;
    if (rc == SITO_OK) {
        rc = shown ? sito_answer_text(answer, (SitoText){text->data, text->size})
                   : sito_answer_null(answer);
    }
    rc = rc == SITO_OK ? answer_ends(auditing, interval) : rc;
    rc = rc == SITO_OK ? answer_number(auditing, required, 1) : rc;
    rc = rc == SITO_OK
             ? sito_answer_row(answer, "ssi", tables_verdict_words[interval->verdict],
                               tables_proof_words[interval->proof], (int64_t)interval->exact)
             : rc;
    const TablesCell *single =
        interval->by_single == TABLES_NO_CELL ? NULL : &auditing->system.cells[interval->by_single];
    if (rc == SITO_OK && single != NULL && single->source == 0 && single->row != TABLES_NO_CELL) {
        return sito_answer_integer(answer, auditing->rows[0].rowids[single->row]);
    }
    return rc == SITO_OK ? sito_answer_null(answer) : rc;
}

static void free_auditing(Auditing *auditing) {
    tables_audit_free(&auditing->audit);
    tables_system_free(&auditing->system);
    for (int s = 0; s < auditing->sources; s++) {
        tables_rows_free(&auditing->plans[s], &auditing->rows[s]);
        tables_plan_free(&auditing->plans[s]);
    }
    for (int s = 0; s < TABLES_MOST_SOURCES; s++) {
        sito_free(auditing->texts[s]);
    }
    sito_free(auditing);
}

int tables_audit_run(SitoCall *call) {
    Auditing *auditing = sito_malloc(sizeof *auditing);
    SitoBuffer text = {.data = NULL};
    if (auditing == NULL) {
        return SITO_NOMEM;
    }
    memset(auditing, 0, sizeof *auditing);
    auditing->call = call;
    int rc = read_sources(auditing);
    rc = rc == SITO_OK ? make_system(auditing) : rc;
    if (rc == SITO_OK) {
        const TablesAuditOptions options = {.verdicts = auditing->plans[0].verdicts,
                                            .singles = auditing->plans[0].singles};
        rc =
            tables_audit(&auditing->system, &options, &call->watch, &auditing->audit, &call->error);
    }
    for (size_t i = 0; i < auditing->audit.count && rc == SITO_OK; i++) {
        rc = answer_interval(auditing, &auditing->audit.intervals[i], &text);
    }
    sito_buffer_free(&text);
    free_auditing(auditing);
    return rc;
}
