/*
** The requirements of quality[] (quality.h).
*/
#include "runner/quality.h"

#include <sqlite3.h>
#include <unicode/uregex.h>

#include <string.h>

#include "common/db.h"
#include "runner/authorize.h"

enum { QUERY_TIME = 60 * 1000, PATTERN_TIME = 50, METRICS_A_SELECT = 500 };

/* ---- what is asked ---- */

/* temp.demand: one row a requirement, and what its columns are in the file. temp.bound: one row a
** bound. taken: the values of the columns; absent: a column is not in the file. */
static const char plan[] =
    "CREATE TEMP TABLE demand AS"
    " WITH item(value, field) AS ("
    "  SELECT q.value, q.value ->> '$.field'"
    "    FROM temp.descriptor AS d, json_each(d.resource, '$.quality') AS q"
    "  UNION ALL SELECT q.value, f.value ->> '$.name'"
    "    FROM temp.descriptor AS d, json_each(d.resource, '$.schema.fields') AS f,"
    "         json_each(f.value, '$.quality') AS q),"
    " numbered AS (SELECT row_number() OVER () AS number, value, field,"
    "    coalesce(value ->> '$.metric', 'sql') AS metric FROM item"
    "   WHERE value ->> '$.metric' IS NOT NULL OR value ->> '$.query' IS NOT NULL)"
    " SELECT n.*, value ->> '$.query' AS query, coalesce(value ->> '$.unit', 'rows') AS unit,"
    "   (SELECT group_concat(coalesce(m.name, c.value), ', ') FROM"
    "      json_each(coalesce(n.value -> '$.arguments.properties', json_array(n.field))) AS c"
    "      LEFT JOIN temp.matched AS m ON m.field ->> '$.name' = c.value) AS columns,"
    "   (SELECT coalesce(m.name, n.field) FROM (SELECT 1) LEFT JOIN temp.matched AS m"
    "      ON m.field ->> '$.name' = n.field) AS name,"
    "   (SELECT heading FROM temp.matched AS m WHERE m.field ->> '$.name' = n.field) AS heading,"
    "   EXISTS (SELECT 1 FROM"
    "      json_each(coalesce(n.value -> '$.arguments.properties', json_array(n.field))) AS c"
    "      LEFT JOIN temp.matched AS m ON m.field ->> '$.name' = c.value"
    "     WHERE c.value IS NOT NULL AND m.heading IS NULL) AS absent,"
    "   NULL AS answer, NULL AS shown, NULL AS failure"
    "  FROM numbered AS n;"
    "CREATE TEMP TABLE bound AS SELECT number, b.key AS operator,"
    "   iif(b.type = 'array', b.value ->> '$[0]', b.value) AS bound,"
    "   iif(b.type = 'array', b.value ->> '$[1]', NULL) AS bound_to"
    "  FROM temp.demand AS d, json_each(d.value) AS b WHERE b.key LIKE 'must%'"
    /* these are in `quality` */
    "   AND NOT (d.metric = 'rowCount' AND d.unit = 'rows' AND b.type <> 'array');"
    "DELETE FROM temp.demand WHERE number NOT IN (SELECT number FROM temp.bound)";

/* temp.listed: the values that a demand counts as missing, and those it allows, as SQL: 'a', 'b'.
** JSON's null is the empty cell. */
static const char lists[] =
    "CREATE TEMP TABLE listed AS SELECT number, kind, (SELECT group_concat(quote(coalesce(CAST("
    "   iif(v.type = 'object', v.value ->> '$.value', v.value) AS TEXT), '')), ', ')"
    "    FROM json_each(items) AS v) AS list"
    "  FROM (SELECT number, 'missing' AS kind,"
    "     coalesce(r.resource -> '$.schema.missingValues', '[\"\"]') AS items"
    "     FROM temp.demand, temp.descriptor AS r"
    "   UNION ALL SELECT number, 'own', value -> '$.arguments.missingValues' FROM temp.demand"
    "   UNION ALL SELECT number, 'valid', value -> '$.arguments.validValues' FROM temp.demand)"
    " WHERE items IS NOT NULL";

/* The aggregate that measures each demand. */
static const char write_metrics[] =
    "WITH demanded AS (SELECT d.*, m.list AS missing, coalesce(o.list, m.list) AS own,"
    "    v.list AS valid, d.value ->> '$.arguments.pattern' AS pattern FROM temp.demand AS d"
    "   JOIN temp.listed AS m ON m.number = d.number AND m.kind = 'missing'"
    "   LEFT JOIN temp.listed AS o ON o.number = d.number AND o.kind = 'own'"
    "   LEFT JOIN temp.listed AS v ON v.number = d.number AND v.kind = 'valid'"
    "  WHERE metric <> 'sql' AND NOT absent),"
    " keyed AS (SELECT number,"
    "   group_concat(printf('coalesce(\"%w\", '''') NOT IN (%s)', m.heading, missing), ' AND ')"
    "     AS complete,"
    "   group_concat(printf('quote(\"%w\")', m.heading), '|| '','' ||') AS key"
    "  FROM demanded AS d,"
    "   json_each(coalesce(d.value -> '$.arguments.properties', json_array(d.field))) AS c"
    "   JOIN temp.matched AS m ON m.field ->> '$.name' = c.value GROUP BY number)"
    " SELECT CASE metric WHEN 'rowCount' THEN 'count(*)'"
    "   WHEN 'nullValues' THEN printf('sum(coalesce(\"%w\", '''') IN (%s))', heading, missing)"
    "   WHEN 'missingValues' THEN printf('sum(coalesce(\"%w\", '''') IN (%s))', heading, own)"
    "   WHEN 'duplicateValues' THEN printf("
    "     'coalesce(sum(%s), 0) - count(DISTINCT CASE WHEN %s THEN %s END)', complete, complete, key)"
    "   ELSE printf('sum(coalesce(\"%w\", '''') NOT IN (%s) AND NOT (%s))', heading, missing,"
    "     iif(pattern IS NULL, printf('\"%w\" IN (%s)', heading, valid),"
    "         printf('quality_match(\"%w\", %Q)', heading, pattern))) END AS sql,"
    "   number"
    "  FROM demanded LEFT JOIN keyed USING (number)"
    " WHERE NOT (metric = 'invalidValues' AND pattern IS NULL AND valid IS NULL)"
    " ORDER BY number LIMIT ?1 OFFSET ?2";

/* Without arguments: what the scan counted. */
static const char by_type[] =
    "UPDATE temp.demand SET shown = 1, answer = coalesce((SELECT sum(count) FROM defect"
    "    WHERE kind = 'type-mismatch' AND defect.field = name), 0)"
    " WHERE metric = 'invalidValues' AND NOT absent AND value ->> '$.arguments.pattern' IS NULL"
    "   AND value ->> '$.arguments.validValues' IS NULL";

static const char compare[] =
    "UPDATE temp.demand SET answer = iif(records > 0, 100.0 * answer / records, 0.0)"
    "  FROM (SELECT max(rows) AS records FROM profile)"
    " WHERE unit = 'percent' AND metric <> 'sql' AND answer IS NOT NULL;"
    "INSERT INTO measured"
    " SELECT value ->> '$.id', metric, name, columns, operator, bound, bound_to, unit,"
    "   coalesce(value ->> '$.severity', 'error'), iif(shown, answer, NULL),"
    "   CASE operator WHEN 'mustBe' THEN answer = bound WHEN 'mustNotBe' THEN answer <> bound"
    "     WHEN 'mustBeGreaterThan' THEN answer > bound"
    "     WHEN 'mustBeGreaterOrEqualTo' THEN answer >= bound"
    "     WHEN 'mustBeLessThan' THEN answer < bound"
    "     WHEN 'mustBeLessOrEqualTo' THEN answer <= bound"
    "     WHEN 'mustBeBetween' THEN answer BETWEEN bound AND bound_to"
    "     WHEN 'mustNotBeBetween' THEN answer NOT BETWEEN bound AND bound_to END, failure"
    "  FROM temp.demand JOIN temp.bound USING (number) ORDER BY number, operator;"
    "DROP TABLE temp.demand; DROP TABLE temp.bound; DROP TABLE temp.listed";

/* ---- patterns ---- */

static void close_pattern(void *pattern) {
    uregex_close(pattern);
}

static URegularExpression *open_pattern(sqlite3_context *ctx, sqlite3_value *value) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    const char *text = (const char *)sqlite3_value_text(value);
    URegularExpression *pattern = NULL;
    UText *utf8 = text == NULL ? NULL : utext_openUTF8(NULL, text, -1, &status);
    if (utf8 != NULL && U_SUCCESS(status)) {
        pattern = uregex_openUText(utf8, 0, &place, &status);
    }
    utext_close(utf8);
    if (pattern != NULL && U_SUCCESS(status)) {
        uregex_setTimeLimit(pattern, PATTERN_TIME, &status);
        uregex_setStackLimit(pattern, 1 << 20, &status);
    }
    if (text == NULL || U_FAILURE(status)) {
        uregex_close(pattern);
        sqlite3_result_error(ctx, "quality_match: the pattern is not well formed", -1);
        return NULL;
    }
    return pattern;
}

/* quality_match(value, pattern): 1 where all of the value matches. */
static void match(sqlite3_context *ctx, int argc, sqlite3_value **argv) {
    (void)argc;
    URegularExpression *pattern = sqlite3_get_auxdata(ctx, 1);
    if (pattern == NULL) {
        pattern = open_pattern(ctx, argv[1]);
        if (pattern == NULL) {
            return;
        }
        sqlite3_set_auxdata(ctx, 1, pattern, close_pattern);
        pattern = sqlite3_get_auxdata(ctx, 1);
    }
    UErrorCode status = U_ZERO_ERROR;
    const char *value = (const char *)sqlite3_value_text(argv[0]);
    UText *text =
        value == NULL ? NULL : utext_openUTF8(NULL, value, sqlite3_value_bytes(argv[0]), &status);
    if (pattern == NULL || text == NULL || U_FAILURE(status)) {
        sqlite3_result_error_nomem(ctx);
        utext_close(text);
        return;
    }
    uregex_setUText(pattern, text, &status);
    UBool matches = uregex_matches(pattern, 0, &status);
    utext_close(text);
    if (U_FAILURE(status)) {
        sqlite3_result_error(ctx, "quality_match: the pattern took too long", -1);
    } else {
        sqlite3_result_int(ctx, matches);
    }
}

/* ---- metrics ---- */

static int fail_demand(sqlite3 *db, int64_t number, const char *failure, char **error) {
    return sito_db_do(db, error, "UPDATE temp.demand SET failure = ?2 WHERE number = ?1", "it",
                      number, failure);
}

/* Runs `sql`, the measures of demands number[0], number[1], …; *rc tells whether that went well. */
static int measure(sqlite3 *db, const char *sql, const int64_t *numbers, int *failed,
                   char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, sql, "");
    if (rc != SITO_OK) {
        return rc;
    }
    *failed = sqlite3_step(row);
    for (int i = 0; *failed == SQLITE_ROW && i < sqlite3_column_count(row) && rc == SITO_OK; i++) {
        rc =
            sito_db_do(db, error, "UPDATE temp.demand SET shown = 1, answer = ?2 WHERE number = ?1",
                       "ir", numbers[i], sqlite3_column_double(row, i));
    }
    *failed = *failed == SQLITE_ROW ? SQLITE_OK : *failed;
    sqlite3_finalize(row);
    return rc;
}

/* One by one, so that only those fail that cannot be measured. */
static int measure_alone(sqlite3 *db, SitoLanguage language, const char *expression, int64_t number,
                         char **error) {
    int failed = SQLITE_OK;
    char *sql = sito_print("SELECT %s FROM temp.data WHERE _defect IS NULL", expression);
    int rc = sql == NULL ? SITO_NOMEM : measure(db, sql, &number, &failed, error);
    sito_free(sql);
    if (rc == SITO_OK && failed != SQLITE_OK) {
        rc = (failed & 0xFF) == SQLITE_NOMEM
                 ? SITO_NOMEM
                 : fail_demand(db, number,
                               sito_say(language,
                                        "tego nie da się zmierzyć: pattern jest błędny albo zbyt "
                                        "powolny",
                                        "it cannot be measured: the pattern is wrong or too slow"),
                               error);
    }
    return rc;
}

typedef struct Batch {
    SitoBuffer sql;
    SitoBuffer singles; /* the expressions, a NUL behind each */
    int64_t numbers[METRICS_A_SELECT];
    int count;
} Batch;

static int collect(sqlite3 *db, Batch *batch, int64_t from, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, write_metrics, "ii", (int64_t)METRICS_A_SELECT, from);
    while (rc == SITO_OK) {
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW) {
            rc = step == SQLITE_DONE ? SITO_OK : sito_db_error(db, step, error);
            break;
        }
        const char *expression = (const char *)sqlite3_column_text(row, 0);
        rc = expression == NULL
                 ? SITO_NOMEM
                 : sito_buffer_print(&batch->sql, "%s%s", batch->count > 0 ? ", " : "SELECT ",
                                     expression);
        rc = rc == SITO_OK ? sito_buffer_add(&batch->singles, expression, strlen(expression) + 1)
                           : rc;
        batch->numbers[batch->count++] = sqlite3_column_int64(row, 1);
    }
    sqlite3_finalize(row);
    return rc == SITO_OK ? sito_buffer_add(&batch->sql, " FROM temp.data WHERE _defect IS NULL",
                                           sizeof " FROM temp.data WHERE _defect IS NULL")
                         : rc;
}

static int measure_batch(sqlite3 *db, SitoLanguage language, Batch *batch, char **error) {
    int failed = SQLITE_OK;
    int rc = measure(db, batch->sql.data, batch->numbers, &failed, error);
    const char *expression = batch->singles.data;
    for (int i = 0; rc == SITO_OK && failed != SQLITE_OK && i < batch->count; i++) {
        rc = measure_alone(db, language, expression, batch->numbers[i], error);
        expression += strlen(expression) + 1;
    }
    return rc;
}

static int measure_all(sqlite3 *db, SitoLanguage language, char **error) {
    int rc = sqlite3_create_function_v2(db, "quality_match", 2,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                        NULL, match, NULL, NULL, NULL);
    for (int64_t from = 0, count = 1; rc == SITO_OK && count > 0; from += METRICS_A_SELECT) {
        Batch batch = {.count = 0};
        rc = collect(db, &batch, from, error);
        count = batch.count;
        rc = rc == SITO_OK && count > 0 ? measure_batch(db, language, &batch, error) : rc;
        sito_buffer_free(&batch.sql);
        sito_buffer_free(&batch.singles);
    }
    return rc;
}

/* ---- queries ---- */

/* The query with the placeholders of the standard filled in; to be released. */
static int fill_placeholders(sqlite3 *db, int64_t number, char **sql, char **error) {
    return sito_db_text(
        db, sql, error,
        "SELECT replace(replace(replace(replace(replace(query, '${table}', 'data'), '${object}',"
        " 'data'), '${schema}', 'data'), '${column}', h), '${property}', h)"
        "  FROM (SELECT query, coalesce(printf('\"%w\"', heading), '${column}') AS h"
        "          FROM temp.demand WHERE number = ?)",
        "i", number);
}

/* R5: what can be a count of cells, a position or a share. */
static int may_be_shown(sqlite3 *db, const SitoWatch *watch, double value, int64_t *shown,
                        char **error) {
    int64_t most = 0;
    int rc = sito_db_integer(db, &most, error,
                             "SELECT max(rows) * (SELECT count(*) FROM field) FROM resource", "");
    bool whole = value >= 0 && value <= (double)most && value == (double)(int64_t)value;
    *shown = !watch->values || whole || (value >= 0 && value <= 1);
    return rc;
}

/* R4: the one number of the one row, or why there is none. */
static int step_query(sqlite3_stmt *row, const SitoWatch *watch, SitoLanguage language,
                      double *value, char **failure) {
    int step = sqlite3_step(row), type = SQLITE_NULL;
    if (step == SQLITE_ROW) {
        type = sqlite3_column_type(row, 0);
        *value = sqlite3_column_double(row, 0);
        step = sqlite3_step(row) == SQLITE_ROW ? SQLITE_ROW : SQLITE_DONE;
    } else if (step != SQLITE_DONE) {
        return sito_watch_explain(watch, step, language, failure);
    }
    bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    if (!number || step == SQLITE_ROW || sqlite3_column_count(row) != 1) {
        *failure =
            sito_print("%s", sito_say(language, "zapytanie ma dać jeden wiersz z jedną liczbą",
                                      "a query must give one row with one number"));
        return *failure == NULL ? SITO_NOMEM : SITO_OK;
    }
    return SITO_OK;
}

static int answer_query(sqlite3 *db, const SitoWatch *watch, const char *sql, SitoLanguage language,
                        double *value, char **failure) {
    sqlite3_stmt *row = NULL;
    const char *rest = NULL;
    int rc = SITO_OK, prepared = sqlite3_prepare_v2(db, sql, -1, &row, &rest);
    if (prepared != SQLITE_OK) {
        rc = sito_watch_explain(watch, prepared, language, failure);
    } else if (row == NULL || !sqlite3_stmt_readonly(row) || rest[strspn(rest, " \t\r\n;")] != 0 ||
               sqlite3_bind_parameter_count(row) > 0) {
        *failure =
            sito_print("%s", sito_say(language, "zapytanie ma być jednym SELECT bez parametrów",
                                      "a query must be one SELECT without parameters"));
        rc = *failure == NULL ? SITO_NOMEM : SITO_OK;
    } else {
        rc = step_query(row, watch, language, value, failure);
    }
    sqlite3_finalize(row);
    return rc;
}

static int ask_query(sqlite3 *db, int64_t number, SitoLanguage language, char **error) {
    SitoWatch watch;
    char *sql = NULL, *failure = NULL;
    double value = 0;
    int64_t shown = 0;
    int rc = fill_placeholders(db, number, &sql, error);
    if (rc == SITO_OK) {
        rc = sito_watch_begin(&watch, db, QUERY_TIME, language, error);
        rc = rc == SITO_OK ? answer_query(db, &watch, sql, language, &value, &failure) : rc;
        sito_watch_end(&watch);
    }
    if (rc == SITO_OK && failure != NULL) {
        rc = fail_demand(db, number, failure, error);
    } else if (rc == SITO_OK) {
        rc = may_be_shown(db, &watch, value, &shown, error);
        rc = rc == SITO_OK ? sito_db_do(db, error,
                                        "UPDATE temp.demand SET answer = ?2, shown = ?3"
                                        " WHERE number = ?1",
                                        "iri", number, value, shown)
                           : rc;
    }
    sito_free(failure);
    sito_free(sql);
    return rc;
}

static int ask_all(sqlite3 *db, SitoLanguage language, char **error) {
    int64_t number = 0;
    int rc = SITO_OK;
    do {
        rc = sito_db_integer(db, &number, error,
                             "SELECT min(number) FROM temp.demand WHERE number > ?"
                             " AND metric = 'sql' AND failure IS NULL",
                             "i", number);
        rc = rc == SITO_OK && number > 0 ? ask_query(db, number, language, error) : rc;
    } while (rc == SITO_OK && number > 0);
    return rc;
}

int sito_quality_fill(sqlite3 *db, SitoLanguage language, char **error) {
    int64_t demands = 0;
    int rc = sito_db_run(db, plan, error);
    rc = rc == SITO_OK ? sito_db_run(db, lists, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(db, &demands, error, "SELECT count(*) FROM temp.demand", "")
             : rc;
    if (rc == SITO_OK && demands > 0) {
        rc = sito_db_do(
            db, error, "UPDATE temp.demand SET failure = ? WHERE absent", "t",
            sito_say(language, "kolumny nie ma w pliku", "the column is not in the file"));
        rc = rc == SITO_OK ? measure_all(db, language, error) : rc;
        rc = rc == SITO_OK ? sito_db_run(db, by_type, error) : rc;
        rc = rc == SITO_OK ? ask_all(db, language, error) : rc;
    }
    return rc == SITO_OK ? sito_db_run(db, compare, error) : rc;
}
