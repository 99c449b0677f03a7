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
#include "functions.h"
#include "sources.h"
#include "system_core.h"

typedef struct Auditing {
    TablesSources *sources;
    TablesAudit audit;
} Auditing;

/* ---- the answer ---- */

/* over / under in the table's own units: an integer where it is one. */
static int answer_number(const Auditing *auditing, TablesWide over, TablesWide under) {
    SitoAnswer *answer = &auditing->sources->call->answer;
    for (int i = 0; i < auditing->sources->scale; i++) {
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
    int rc = no_low ? sito_answer_null(&auditing->sources->call->answer)
                    : answer_number(auditing, low.over, low.under);
    if (rc == SITO_OK) {
        rc = no_high ? sito_answer_null(&auditing->sources->call->answer)
                     : answer_number(auditing, high.over, high.under);
    }
    if (rc == SITO_OK) {
        rc = no_low || no_high ? sito_answer_null(&auditing->sources->call->answer)
                               : answer_number(auditing,
                                               (TablesWide)high.over * low.under -
                                                   (TablesWide)low.over * high.under,
                                               (TablesWide)low.under * high.under);
    }
    return rc;
}

static int answer_interval(const Auditing *auditing, const TablesInterval *interval,
                           SitoBuffer *text) {
    const TablesCell *cell = &auditing->sources->system.cells[interval->cell];
    SitoAnswer *answer = &auditing->sources->call->answer;
    bool shown = cell->row != TABLES_NO_CELL;
    int64_t required =
        cell->below + cell->above > cell->width ? cell->below + cell->above : cell->width;
    if (cell->source != 0) {
        return SITO_OK;
    }
    int rc = shown ? sito_answer_integer(answer, auditing->sources->rows[0].rowids[cell->row])
                   : sito_answer_null(answer);
    rc = rc == SITO_OK && shown ? tables_sources_print(auditing->sources, cell->row, text) : rc;
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
    const TablesCell *single = interval->by_single == TABLES_NO_CELL
                                   ? NULL
                                   : &auditing->sources->system.cells[interval->by_single];
    if (rc == SITO_OK && single != NULL && single->source == 0 && single->row != TABLES_NO_CELL) {
        return sito_answer_integer(answer, auditing->sources->rows[0].rowids[single->row]);
    }
    return rc == SITO_OK ? sito_answer_null(answer) : rc;
}

int tables_audit_run(SitoCall *call) {
    Auditing auditing = {.sources = NULL};
    SitoBuffer text = {.data = NULL};
    int rc = tables_sources_read(call, &auditing.sources);
    rc = rc == SITO_OK ? tables_sources_system(auditing.sources) : rc;
    if (rc == SITO_OK) {
        const TablesPlan *plan = &auditing.sources->plans[0];
        const TablesAuditOptions options = {.verdicts = plan->verdicts, .singles = plan->singles};
        rc = tables_audit(&auditing.sources->system, &options, &call->watch, &auditing.audit,
                          &call->error);
    }
    for (size_t i = 0; i < auditing.audit.count && rc == SITO_OK; i++) {
        rc = answer_interval(&auditing, &auditing.audit.intervals[i], &text);
    }
    sito_buffer_free(&text);
    tables_audit_free(&auditing.audit);
    tables_sources_free(auditing.sources);
    return rc;
}
