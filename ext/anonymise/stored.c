/*
** Hierarchies as SQL sees them.
**
**   SELECT anon_level(osiedle, 'osiedla', 1), anon_level(wiek, 'interval:5,10', 2) FROM zgloszenia;
**   SELECT * FROM anon_hierarchy_check('osiedla', 'zgloszenia', 'osiedle');   -- no row: it fits
**   CREATE TABLE lata AS SELECT * FROM anon_hierarchy('interval:5,10', 'zgloszenia', 'wiek');
**
** A file of ARX is such a table: CREATE VIRTUAL TABLE temp.osiedla USING csv(filename='osiedla.csv',
** delimiter=';', header=no). Its lines are then those that are named.
**
** R1  anon_level reads a table once a statement. A value that the hierarchy does not cover stops it.
** R2  A table with any fault is refused by anon_level; anon_hierarchy_check lists them all.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "functions.h"
#include "redact_call.h"
#include "release.h"
#include "stored.h"

/* ---- loading ---- */

static int sql_failure(sqlite3 *db, int rc, char **error) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(error, SITO_ERROR, "%s", sqlite3_errmsg(db));
}

/* SELECT * FROM the table, with the lines of a csv table behind its columns. */
static int prepare(sqlite3 *db, SitoText table, sqlite3_stmt **statement, bool *lines,
                   char **error) {
    SitoName name;
    int rc = sito_name_parse(table, &name, error);
    if (rc != SITO_OK) {
        return rc;
    }
    for (int with = 1; with >= 0; with--) {
        char *sql = sito_print("SELECT a.*%s FROM %s AS a", with ? ", a._line" : "", name.quoted);
        rc = sql == NULL ? SITO_NOMEM : sqlite3_prepare_v2(db, sql, -1, statement, NULL);
        sito_free(sql);
        *lines = with;
        if (rc == SITO_OK || rc == SITO_NOMEM) {
            break;
        }
    }
    sito_name_free(&name);
    return rc == SITO_OK || rc == SITO_NOMEM ? rc : sql_failure(db, rc, error);
}

static int first_fault(AnonFault fault, int64_t line, size_t level, char **error) {
    static const char *const sentences[ANON_FAULT_COUNT] = {
        [ANON_FAULT_NONE] = "",
        [ANON_FAULT_EMPTY] = "is empty",
        [ANON_FAULT_TWICE] = "stands in an earlier line with other levels",
        [ANON_FAULT_TWO_PARENTS] = "stands in an earlier line under another level"};
    return sito_error(error, SITO_ERROR,
                      "the hierarchy is no tree: line %lld, level %lld %s; anon_hierarchy_check "
                      "lists all such lines",
                      (long long)line, (long long)level, sentences[fault]);
}

static int add_row(sqlite3_stmt *statement, int columns, int64_t line, AnonHierarchy *hierarchy,
                   const AnonFaults *faults, char **error) {
    SitoText cells[ANON_MOST_LEVELS];
    AnonFault fault;
    size_t level;
    for (int c = 0; c < columns; c++) {
        cells[c].data = (const char *)sqlite3_column_text(statement, c);
        cells[c].size = (size_t)sqlite3_column_bytes(statement, c);
        if (cells[c].data == NULL && sqlite3_column_type(statement, c) != SQLITE_NULL) {
            return SITO_NOMEM;
        }
    }
    int rc = anon_hierarchy_add(hierarchy, cells, &fault, &level);
    if (rc != SITO_OK || fault == ANON_FAULT_NONE) {
        return rc;
    }
    return faults != NULL ? faults->row(faults->data, fault, line, level, cells)
                          : first_fault(fault, line, level, error);
}

static int load_rows(sqlite3 *db, sqlite3_stmt *statement, bool lines, AnonLanguage language,
                     const AnonFaults *faults, AnonHierarchy **hierarchy, char **error) {
    int columns = sqlite3_column_count(statement) - lines, step = SQLITE_ROW;
    int rc = anon_hierarchy_new((size_t)columns, language, hierarchy, error);
    for (int64_t row = 1; rc == SITO_OK; row++) {
        step = sqlite3_step(statement);
        if (step != SQLITE_ROW) {
            break;
        }
        int64_t line = lines ? sqlite3_column_int64(statement, columns) : row;
        rc = add_row(statement, columns, line, *hierarchy, faults, error);
    }
    if (rc == SITO_TOOBIG) {
        return sito_error(error, rc, "the hierarchy holds more than 256 MiB of texts");
    }
    return rc == SITO_OK && step != SQLITE_DONE ? sql_failure(db, step, error) : rc;
}

int anon_hierarchy_load(sqlite3 *db, SitoText spec, AnonLanguage language, const AnonFaults *faults,
                        AnonHierarchy **hierarchy, char **error) {
    *hierarchy = NULL;
    if (anon_hierarchy_is_form(spec)) {
        return anon_hierarchy_parse(spec, language, hierarchy, error);
    }
    sqlite3_stmt *statement = NULL;
    bool lines = false;
    int rc = prepare(db, spec, &statement, &lines, error);
    rc = rc == SITO_OK ? load_rows(db, statement, lines, language, faults, hierarchy, error) : rc;
    sqlite3_finalize(statement);
    if (rc != SITO_OK) {
        anon_hierarchy_free(*hierarchy);
        *hierarchy = NULL;
    }
    return rc;
}

/* ---- anon_level(value, hierarchy, level, language) ---- */

static void free_hierarchy(void *hierarchy) {
    anon_hierarchy_free(hierarchy);
}

/* The hierarchy of this statement; false with the error set. *own: the caller frees it. */
static bool hierarchy_of(sqlite3_context *context, sqlite3_value *spec, AnonLanguage language,
                         AnonHierarchy **hierarchy) {
    *hierarchy = sqlite3_get_auxdata(context, 1);
    if (*hierarchy != NULL && anon_hierarchy_language(*hierarchy) == language) {
        return true;
    }
    SitoText text;
    char *error = NULL;
    int rc = sito_value_text(spec, &text);
    if (rc == SITO_OK && text.size == 0) {
        anon_refuse(context, "the hierarchy", "is a form (interval:5,10) or the name of a table");
        return false;
    }
    rc = rc == SITO_OK ? anon_hierarchy_load(sqlite3_context_db_handle(context), text, language,
                                             NULL, hierarchy, &error)
                       : rc;
    if (rc != SITO_OK) {
        char *message = error != NULL ? sito_print("anon_level: %s", error) : NULL;
        rc = error != NULL && message == NULL ? SITO_NOMEM : rc;
        sito_free(error);
        sito_result_failure(context, rc, message);
    }
    return rc == SITO_OK;
}

void anon_level(sqlite3_context *context, int argc, sqlite3_value **argv) {
    AnonHierarchy *hierarchy;
    AnonLanguage language;
    SitoText value;
    SitoBuffer out = {0};
    char real[32];
    const char *reason = NULL;
    bool is_null = false;
    int64_t level;
    if (!anon_whole(context, argv[2], "the level", 0, &level) ||
        !anon_language(context, argc, argv, 3, &language) ||
        !anon_text(context, argv[0], real, &value) ||
        !hierarchy_of(context, argv[1], language, &hierarchy)) {
        return;
    }
    int height = anon_hierarchy_height(hierarchy);
    int rc = anon_hierarchy_level(hierarchy, value, level > height ? -1 : (int)level, &out,
                                  &is_null, &reason);
    if (rc == SITO_OK && is_null) {
        sito_buffer_free(&out);
    } else {
        anon_answer(context, rc, &out, reason);
    }
    if (sqlite3_get_auxdata(context, 1) != hierarchy) {
        sqlite3_set_auxdata(context, 1, hierarchy, free_hierarchy);
    }
}

/* ---- anon_hierarchy_check(hierarchy, source, field), anon_hierarchy(hierarchy, source, field) ---- */

static int answer_fault(void *data, AnonFault fault, int64_t line, size_t level,
                        const SitoText *cells) {
    const SitoText *value = cells[level].data != NULL ? &cells[level] : NULL;
    return sito_answer_row(&((SitoCall *)data)->answer, "stii", anon_fault_words[fault], value,
                           line, (int64_t)level);
}

typedef struct Values {
    SitoCall *call;
    const AnonHierarchy *hierarchy;
    bool check; /* tell what is not covered; else every level of every value */
    int64_t row;
} Values;

static int answer_levels(Values *values, SitoText value) {
    SitoAnswer *answer = &values->call->answer;
    const SitoText *written = value.data != NULL ? &value : NULL;
    SitoBuffer out = {0};
    int height = anon_hierarchy_height(values->hierarchy), rc = SITO_OK;
    for (int level = 0; level <= height && rc == SITO_OK; level++) {
        const char *reason = "";
        bool is_null;
        out.size = 0;
        rc = anon_hierarchy_level(values->hierarchy, value, level, &out, &is_null, &reason);
        SitoText text = {out.data != NULL ? out.data : "", out.size};
        if (rc == SITO_ERROR && values->check) {
            rc = sito_answer_row(answer, "stii", "uncovered", written, values->row, (int64_t)level);
            break;
        }
        if (rc == SITO_ERROR) {
            rc = sito_error(&values->call->error, rc, "the value in row %lld %s",
                            (long long)values->row, reason);
        } else if (rc == SITO_OK && !values->check) {
            rc = sito_answer_row(answer, "tit", written, (int64_t)level, is_null ? NULL : &text);
        }
    }
    sito_buffer_free(&out);
    return rc;
}

static int take_value(void *data, int count, sqlite3_value **args) {
    Values *values = data;
    (void)count;
    values->row = sqlite3_value_int64(args[1]);
    SitoText text;
    int rc = sito_value_text(args[0], &text);
    return rc == SITO_OK ? answer_levels(values, text) : rc;
}

/* Each different value of the column once, with the first row that has it. */
static int each_value(SitoCall *call, SitoText table, SitoText field, Values *values) {
    SitoName name;
    SitoColumns columns = {.count = 0};
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_columns_parse(field, &columns, &call->error);
    if (rc == SITO_OK && columns.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "one column is named, not %d", columns.count);
    }
    char *sql =
        rc == SITO_OK
            ? sito_print("SELECT sito_collect(?1, v, n) FROM (SELECT v, min(n) AS n FROM (SELECT "
                         "a.\"%w\" AS v, row_number() OVER () AS n FROM %s AS a) GROUP BY v ORDER "
                         "BY n)",
                         columns.names[0], name.quoted)
            : NULL;
    rc = rc == SITO_OK && sql == NULL ? SITO_NOMEM : rc;
    if (rc == SITO_OK) {
        SitoSink sink = {.row = take_value, .data = values};
        rc = sito_table_run(call, sql, &sink);
    }
    sito_free(sql);
    sito_columns_free(&columns);
    sito_name_free(&name);
    return rc;
}

static int run(SitoCall *call, bool check) {
    SitoText spec, table, field;
    AnonHierarchy *hierarchy = NULL;
    AnonFaults faults = {.row = answer_fault, .data = call};
    int rc = sito_call_text(call, 0, &spec);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &table) : rc;
    rc = rc == SITO_OK ? sito_call_text(call, 2, &field) : rc;
    if (rc == SITO_OK && (table.data == NULL) != (field.data == NULL)) {
        rc = sito_error(&call->error, SITO_ERROR, "a table and one of its columns, or neither");
    }
    rc = rc == SITO_OK ? anon_hierarchy_load(call->db, spec, ANON_POLISH, check ? &faults : NULL,
                                             &hierarchy, &call->error)
                       : rc;
    Values values = {.call = call, .hierarchy = hierarchy, .check = check};
    if (rc == SITO_OK && table.data != NULL) {
        rc = each_value(call, table, field, &values);
    }
    SitoText leaf;
    for (size_t i = 0; rc == SITO_OK && table.data == NULL && !check &&
                       (leaf = anon_hierarchy_leaf(hierarchy, i)).data != NULL;
         i++) {
        values.row = (int64_t)i + 1;
        rc = answer_levels(&values, leaf);
    }
    anon_hierarchy_free(hierarchy);
    return rc;
}

static int run_check(SitoCall *call) {
    return run(call, true);
}

static int run_list(SitoCall *call) {
    return run(call, false);
}

const SitoTable anon_tables[] = {
    {.name = "anon_hierarchy",
     .columns = "value, level, becomes",
     .args = "hierarchy, source, field",
     .column_count = 3,
     .arg_count = 3,
     .required = 1,
     .usage = "anon_hierarchy('interval:5,10', 'table', 'column')",
     .run = run_list},
    {.name = "anon_hierarchy_check",
     .columns = "problem, value, line, level",
     .args = "hierarchy, source, field",
     .column_count = 4,
     .arg_count = 3,
     .required = 1,
     .usage = "anon_hierarchy_check('hierarchy', 'table', 'column')",
     .run = run_check},
    {.name = "anon_release",
     .columns =
         "rank, levels, suppressed, share, smallest, classes, loss, discernibility, entropy, "
         "average_class_size, verified, proven, looked_at, sql",
     .args = "source, plan",
     .column_count = 14,
     .arg_count = 2,
     .required = 2,
     .usage = "anon_release('table', '{\"columns\": [{\"name\": \"wiek\", \"hierarchy\": "
              "\"interval:5,10\"}], \"k\": 5}')",
     .run = anon_release_run},
    {.name = "anon_frontier",
     .columns = "k, suppressed, share, loss, levels",
     .args = "source, plan",
     .column_count = 5,
     .arg_count = 2,
     .required = 2,
     .usage = "anon_frontier('table', 'plan')",
     .run = anon_frontier_run},
    {.name = "anon_mondrian",
     .columns = "row, class, size, \"values\"",
     .args = "source, plan",
     .column_count = 4,
     .arg_count = 2,
     .required = 2,
     .usage = "anon_mondrian('table', '{\"columns\": [{\"name\": \"wiek\"}], \"k\": 5}')",
     .run = anon_mondrian_run},
    {.name = "anon_microaggregate",
     .columns = "row, class, size, means",
     .args = "source, fields, k",
     .column_count = 4,
     .arg_count = 3,
     .required = 3,
     .usage = "anon_microaggregate('table', 'column, column', 5)",
     .run = anon_microaggregate_run},
    {.name = "anon_suppress_cells",
     .columns = "row, field",
     .args = "source, fields, k",
     .column_count = 2,
     .arg_count = 3,
     .required = 3,
     .usage = "anon_suppress_cells('table', 'column, column', 5)",
     .run = anon_suppress_cells_run},
    {.name = "anon_release_rows",
     .columns = "row, kept",
     .args = "source, plan, levels",
     .column_count = 2,
     .arg_count = 3,
     .required = 3,
     .usage = "anon_release_rows('table', 'plan', '1,0,2')",
     .run = anon_release_rows_run},
    {.name = "anon_redact_spans",
     .columns =
         "number, start, \"end\", kind, action, paragraph, reason, sentence, needs_decision, "
         "mark",
     .args = "text, config",
     .column_count = 10,
     .arg_count = 2,
     .required = 1,
     .usage = "anon_redact_spans('text', 'configuration as JSON')",
     .run = anon_redact_spans_run,
     .of_value = true},
    {.name = NULL},
};
