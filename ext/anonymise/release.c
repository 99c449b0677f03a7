/*
** The search for a release, as tables.
**
**   SELECT levels, suppressed, loss, sql FROM anon_release('zgloszenia', '{"columns": [
**     {"name": "wiek", "hierarchy": "interval:5,10,20"}, {"name": "osiedle", "hierarchy": "osiedla"}],
**     "k": 5, "maxSuppressed": 0.05}') LIMIT 1;
**
** R1  anon_release gives the nodes that meet the target, the best first. The first has been measured
**     again by the risk engine, on the rows and values that its `sql` gives; a node that did not hold
**     there is left out. No row: nothing meets the target.
** R2  `proven` is 1 where no node can be better (lattice.h, R2).
** R3  anon_frontier gives, for several k, the nodes that no other beats in both loss and rows left out.
** R4  anon_release_rows says of each row of a node whether it stays.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdio.h>
#include <string.h>

#include "base/register.h"
#include "config.h"
#include "lattice.h"
#include "release.h"

#define FLAGS "sito anonymise flags"

enum { SHOWN = 10, VERIFIED = 10 };

void anon_kept(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    AnonFlags *flags = sqlite3_value_pointer(argv[0], FLAGS);
    if (flags == NULL || flags->next >= flags->rows) {
        sqlite3_result_error(context, "anon_kept: anon_release calls it, nobody else can", -1);
        return;
    }
    size_t row = flags->next++;
    sqlite3_result_int64(context, flags->bytes != NULL ? flags->bytes[row] : flags->words[row]);
}

static int load(SitoCall *call, AnonPlan *plan, SitoText *table) {
    SitoText json;
    int rc = sito_call_text(call, 0, table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? anon_config_read(call->db, json, plan, &call->error) : rc;
    return rc == SITO_OK ? anon_plan_read(call, *table, plan, NULL) : rc;
}

static void print_levels(const AnonPlan *plan, const uint8_t *levels, char *out, size_t room) {
    size_t at = 0;
    for (int c = 0; c < plan->count; c++) {
        int n = snprintf(out + at, room - at, "%s%d", c > 0 ? "," : "", levels[c]);
        at += n > 0 ? (size_t)n : 0;
    }
}

/* ", "-separated columns of a node; the sensitive one behind them. */
static int print_columns(const AnonPlan *plan, const uint8_t *levels, SitoBuffer *sql) {
    int rc = SITO_OK;
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        const AnonColumn *column = &plan->columns[c];
        rc = sito_buffer_print(sql, "%sanon_level(a.\"%w\", '%q', %d) AS \"%w\"", c > 0 ? ", " : "",
                               column->name, column->spec, levels[c], column->name);
    }
    if (rc == SITO_OK && plan->secret.name != NULL) {
        rc = sito_buffer_print(sql, ", a.\"%w\"", plan->secret.name);
    }
    return rc;
}

/* ---- measured again ---- */

static int sql_failure(SitoCall *call, int rc) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(&call->error, SITO_ERROR, "%s", sqlite3_errmsg(call->db));
}

static int print_measures(const AnonPlan *plan, SitoBuffer *sql) {
    static const char *const secret_names[] = {"l_diversity", "t_closeness", "alpha_k",
                                               "beta_likeness", "delta_disclosure"};
    int rc = sito_buffer_print(sql, "SELECT ");
    for (int m = 0; m <= (int)SITO_COUNT(secret_names) && rc == SITO_OK; m++) {
        if (m > 0 && plan->secret.name == NULL) {
            break;
        }
        rc = m == 0
                 ? sito_buffer_print(sql, "k_anonymity(")
                 : sito_buffer_print(sql, ", %s(\"%w\", ", secret_names[m - 1], plan->secret.name);
        for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
            rc = sito_buffer_print(sql, "%sz.\"%w\"", c > 0 ? ", " : "", plan->columns[c].name);
        }
        rc = rc == SITO_OK ? sito_buffer_print(sql, ")") : rc;
    }
    return rc == SITO_OK ? sito_buffer_print(sql, " FROM (SELECT ") : rc;
}

static bool holds(const AnonTarget *target, sqlite3_stmt *row, bool secret) {
    if (sqlite3_column_type(row, 0) == SQLITE_NULL || sqlite3_column_int64(row, 0) < target->k) {
        return false;
    }
    if (!secret) {
        return true;
    }
    const double limits[] = {target->t, target->alpha, target->beta, target->delta};
    bool ok = sqlite3_column_int64(row, 1) >= target->l;
    for (int i = 0; i < 4 && ok; i++) {
        ok = limits[i] <= 0 || sqlite3_column_double(row, i + 2) <= limits[i] * (1 + 1e-9) + 1e-9;
    }
    return ok;
}

int anon_measure(SitoCall *call, const SitoBuffer *sql, AnonFlags *flags, int64_t *number) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(call->db, sql->data, (int)sql->size, &statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_pointer(statement, 1, flags, FLAGS, NULL) : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(statement) : rc;
    if (rc == SQLITE_ROW) {
        *number = sqlite3_column_int64(statement, 0);
        rc = SITO_OK;
    } else {
        rc = sql_failure(call, rc);
    }
    sqlite3_finalize(statement);
    return rc;
}

/* Measures what a node gives with the risk engine. */
static int verify(SitoCall *call, const AnonPlan *plan, SitoText table, const AnonNode *node,
                  AnonFlags *flags, bool *verified) {
    SitoBuffer sql = {0};
    SitoName name;
    sqlite3_stmt *statement = NULL;
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = print_measures(plan, &sql);
    rc = rc == SITO_OK ? print_columns(plan, node->levels, &sql) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(&sql, " FROM %s AS a WHERE anon_kept(?1)) AS z", name.quoted)
             : rc;
    sito_name_free(&name);
    flags->next = 0;
    rc = rc == SITO_OK ? sqlite3_prepare_v2(call->db, sql.data, (int)sql.size, &statement, NULL)
                       : rc;
    sito_buffer_free(&sql);
    rc = rc == SQLITE_OK ? sqlite3_bind_pointer(statement, 1, flags, FLAGS, NULL) : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(statement) : rc;
    if (rc == SQLITE_ROW) {
        *verified = holds(&plan->target, statement, plan->secret.name != NULL) &&
                    flags->next == flags->rows;
        rc = SITO_OK;
    } else {
        rc = sql_failure(call, rc);
    }
    sqlite3_finalize(statement);
    return rc;
}

/* The number of the first node that holds when it is measured again; result->count where none does. */
static int first_that_holds(SitoCall *call, const AnonPlan *plan, SitoText table,
                            const AnonResult *result, size_t *first) {
    unsigned char *kept = sito_malloc((size_t)plan->rows + 1);
    bool verified = false;
    int rc = kept == NULL ? SITO_NOMEM : SITO_OK;
    for (*first = 0; *first < result->count && *first < VERIFIED && rc == SITO_OK; ++*first) {
        AnonNode node;
        AnonFlags flags = {.bytes = kept, .rows = plan->rows};
        rc = anon_keep(plan, result->nodes[*first].levels, kept, &node);
        rc = rc == SITO_OK ? verify(call, plan, table, &result->nodes[*first], &flags, &verified)
                           : rc;
        if (verified) {
            break;
        }
    }
    *first = verified ? *first : result->count;
    sito_free(kept);
    return rc;
}

/* ---- answers ---- */

static int print_select(const SitoCall *call, const AnonPlan *plan, SitoText table,
                        const char *levels, const uint8_t *node, SitoBuffer *sql, char **error) {
    SitoName name;
    const char *json = (const char *)sqlite3_value_text(call->args[1]);
    int rc = json == NULL ? SITO_NOMEM : sito_name_parse(table, &name, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_buffer_print(sql, "SELECT ");
    rc = rc == SITO_OK ? print_columns(plan, node, sql) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(sql,
                                 " FROM %s AS a JOIN anon_release_rows('%q', '%q', '%s') AS r ON "
                                 "r.row = a.rowid WHERE r.kept",
                                 name.quoted, table.data, json, levels)
             : rc;
    sito_name_free(&name);
    return rc;
}

static int answer_node(SitoCall *call, const AnonPlan *plan, SitoText table,
                       const AnonResult *result, size_t i, int64_t rank) {
    const AnonNode *node = &result->nodes[i];
    char levels[ANON_MOST_COLUMNS * 4];
    SitoBuffer sql = {0};
    print_levels(plan, node->levels, levels, sizeof levels);
    int rc = print_select(call, plan, table, levels, node->levels, &sql, &call->error);
    SitoText text = {sql.data, sql.size};
    rc = rc == SITO_OK
             ? sito_answer_row(
                   &call->answer, "isiriirrrriiit", rank, levels, (int64_t)node->suppressed,
                   (double)node->suppressed / (double)plan->rows, (int64_t)node->smallest,
                   (int64_t)node->classes, node->loss, node->discernibility, node->entropy,
                   node->average, (int64_t)(rank == 1), (int64_t)(rank == 1 && result->proven),
                   result->looked_at, &text)
             : rc;
    sito_buffer_free(&sql);
    return rc;
}

int anon_release_run(SitoCall *call) {
    AnonPlan plan = {.count = 0};
    AnonResult result = {.count = 0};
    SitoText table;
    size_t first = 0;
    int rc = load(call, &plan, &table);
    rc = rc == SITO_OK ? anon_search(&plan, SHOWN + VERIFIED, false, &call->watch, &result) : rc;
    rc = rc == SITO_OK ? first_that_holds(call, &plan, table, &result, &first) : rc;
    for (size_t i = first; i < result.count && i < first + SHOWN && rc == SITO_OK; i++) {
        rc = answer_node(call, &plan, table, &result, i, (int64_t)(i - first) + 1);
    }
    anon_result_free(&result);
    anon_plan_free(&plan);
    return rc;
}

int anon_frontier_run(SitoCall *call) {
    AnonPlan plan = {.count = 0};
    AnonResult result = {.count = 0};
    SitoText table;
    int rc = load(call, &plan, &table);
    rc = rc == SITO_OK ? anon_search(&plan, 1, true, &call->watch, &result) : rc;
    for (size_t i = 0; i < result.points && rc == SITO_OK; i++) {
        const AnonPoint *point = &result.frontier[i];
        char levels[ANON_MOST_COLUMNS * 4];
        print_levels(&plan, point->levels, levels, sizeof levels);
        rc = sito_answer_row(&call->answer, "iirrs", (int64_t)point->k, (int64_t)point->suppressed,
                             (double)point->suppressed / (double)plan.rows, point->loss, levels);
    }
    anon_result_free(&result);
    anon_plan_free(&plan);
    return rc;
}

/* "1,0,2": a level of each column. */
static int read_levels(SitoCall *call, const AnonPlan *plan, uint8_t *levels) {
    SitoText text;
    int rc = sito_call_text(call, 2, &text);
    int column = 0;
    size_t i = 0;
    for (; rc == SITO_OK && i < text.size && column < plan->count; column++) {
        int level = 0, digits = 0;
        for (; i < text.size && text.data[i] >= '0' && text.data[i] <= '9' && digits < 3;
             digits++) {
            level = level * 10 + (text.data[i++] - '0');
        }
        if (digits == 0 || level > anon_hierarchy_height(plan->columns[column].hierarchy)) {
            break;
        }
        levels[column] = (uint8_t)level;
        if (column + 1 < plan->count && (i >= text.size || text.data[i++] != ',')) {
            break;
        }
    }
    return rc != SITO_OK || (column == plan->count && i == text.size)
               ? rc
               : sito_error(&call->error, SITO_ERROR,
                            "levels are one number for each column of the plan, as '1,0,2'");
}

int anon_release_rows_run(SitoCall *call) {
    AnonPlan plan = {.count = 0};
    AnonNode node;
    SitoText table;
    uint8_t levels[ANON_MOST_COLUMNS] = {0};
    int rc = load(call, &plan, &table);
    rc = rc == SITO_OK ? read_levels(call, &plan, levels) : rc;
    unsigned char *kept = sito_malloc((size_t)plan.rows + 1);
    rc = rc == SITO_OK && kept == NULL ? SITO_NOMEM : rc;
    rc = rc == SITO_OK ? anon_keep(&plan, levels, kept, &node) : rc;
    for (uint32_t row = 0; row < plan.rows && rc == SITO_OK; row++) {
        rc = sito_answer_row(&call->answer, "ii", plan.rowids[row], (int64_t)kept[row]);
    }
    sito_free(kept);
    anon_plan_free(&plan);
    return rc;
}
