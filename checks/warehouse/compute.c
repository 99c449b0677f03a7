/*
** The values of the indicators, for every year, from the tables of the warehouse (warehouse.h).
**
**   value = factor × numerator / denominator        without a denominator: factor × numerator
**
** R1  Numerator and denominator are SELECTs of two columns, year and value, read under the guard of exports.
** R2  Each active indicator has a row for every year from the first to the last that any of them knows.
** R3  A value that cannot be computed is NULL with its reason (view sito_reason), never 0: an input that is missing,
**     is no number, comes several times for one year, a denominator of zero, a query that failed.
** R4  The values are the table indicator_value, exchanged and kept as every other one; its lineage names the
**     versions of the tables that were read.
*/
#include <math.h>
#include <string.h>

#include "warehouse/private.h"

enum { FIRST_YEAR = 1800, LAST_YEAR = 2200, MOST_ROWS = 10000 };

typedef struct Computing {
    SitoWarehouse *warehouse;
    SitoLanguage language;
    Guard guard;
    sqlite3 *db; /* definition, input */
    sqlite3_stmt *insert;
    SitoComputed *out;
} Computing;

/* ---- inputs ---- */

static bool read_year(sqlite3_stmt *row, int64_t *year) {
    const char *text = (const char *)sqlite3_column_text(row, 0);
    *year = sqlite3_column_int64(row, 0);
    return text != NULL && strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
           *year >= FIRST_YEAR && *year <= LAST_YEAR;
}

/* NULL stays away: it is as good as no row. */
static int add_input(Computing *c, const char *code, const char *part, int64_t year,
                     sqlite3_value *value, char **error) {
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return SITO_OK;
    }
    int rc = sqlite3_bind_text(c->insert, 1, code, -1, SQLITE_TRANSIENT);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(c->insert, 2, part, -1, SQLITE_TRANSIENT) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_int64(c->insert, 3, year) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_value(c->insert, 4, value) : rc;
    if (rc == SQLITE_OK && sqlite3_step(c->insert) != SQLITE_DONE) {
        rc = sqlite3_errcode(c->db);
    }
    sqlite3_reset(c->insert);
    return rc == SQLITE_OK ? SITO_OK : sito_db_error(c->db, rc, error);
}

static int read_rows(Computing *c, const char *code, const char *part, sqlite3_stmt *rows,
                     char **error) {
    int step = SQLITE_DONE, rc = SITO_OK;
    int64_t year = 0, count = 0;
    if (sqlite3_column_count(rows) != 2) {
        return sito_error(error, SITO_ERROR,
                          sito_say(c->language, "zapytanie ma dawać dwie kolumny: rok i wartość",
                                   "the query has to give two columns: year and value"));
    }
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        if (!read_year(rows, &year)) {
            rc = sito_error(
                error, SITO_ERROR,
                sito_say(c->language,
                         "wiersz %lld: pierwsza kolumna to nie rok z czterech cyfr (1800 – 2200)",
                         "row %lld: the first column is no year of four digits (1800 – 2200)"),
                (long long)count + 1);
        } else if (++count > MOST_ROWS) {
            rc = sito_error(
                error, SITO_ERROR,
                sito_say(c->language,
                         "zapytanie daje więcej niż %d wierszy; pogrupuj je po roku (GROUP BY)",
                         "the query gives more than %d rows; group them by year (GROUP BY)"),
                (int)MOST_ROWS);
        } else {
            rc = add_input(c, code, part, year, sqlite3_column_value(rows, 1), error);
        }
    }
    return rc == SITO_OK && step != SQLITE_DONE ? sito_guard_error(&c->guard, step, error) : rc;
}

/* What is wrong with the query of one indicator is told, and the others go on. */
static int note_failure(Computing *c, const char *code, const char *part, const char *what,
                        char **error) {
    bool numerator = strcmp(part, "numerator") == 0;
    c->out->failed++;
    int rc = sito_buffer_print(&c->out->lines, "%s, %s: %s\n", code,
                               numerator ? sito_say(c->language, "licznik", "numerator")
                                         : sito_say(c->language, "mianownik", "denominator"),
                               what);
    return rc == SITO_OK
               ? sito_db_do(c->db, error,
                            numerator
                                ? "UPDATE definition SET numerator_failed = 1 WHERE code = ?1"
                                : "UPDATE definition SET denominator_failed = 1 WHERE code = ?1",
                            "t", code)
               : rc;
}

static int read_input(Computing *c, const char *code, const char *part, const char *query,
                      char **error) {
    sqlite3_stmt *rows = NULL;
    char *what = NULL;
    if (query == NULL) {
        return SITO_OK;
    }
    int rc = sito_guard_prepare(&c->guard, query, &rows, &what);
    rc = rc == SITO_OK ? read_rows(c, code, part, rows, &what) : rc;
    sqlite3_finalize(rows);
    if (rc == SITO_ERROR && what != NULL) {
        rc = note_failure(c, code, part, what, error);
    } else if (rc != SITO_OK && what != NULL) {
        rc = sito_error(error, rc, "%s", what);
    }
    sito_free(what);
    return rc;
}

static int read_inputs(Computing *c, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE,
        rc = sito_db_run(c->db,
                         "CREATE TABLE input (code TEXT, part TEXT, year INTEGER, value);"
                         "CREATE INDEX input_place ON input (code, part, year);"
                         "DELETE FROM definition WHERE state <> 'active'",
                         error);
    rc = rc == SITO_OK ? sito_db_prepare(c->db, &c->insert, error,
                                         "INSERT INTO input VALUES (?, ?, ?, ?)", "")
                       : rc;
    rc = rc == SITO_OK ? sito_db_prepare(c->db, &rows, error,
                                         "SELECT code, numerator, denominator FROM definition", "")
                       : rc;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        char *code = sito_print("%s", (const char *)sqlite3_column_text(rows, 0));
        c->out->indicators++;
        rc = code == NULL ? SITO_NOMEM
                          : read_input(c, code, "numerator",
                                       (const char *)sqlite3_column_text(rows, 1), error);
        rc = rc == SITO_OK ? read_input(c, code, "denominator",
                                        (const char *)sqlite3_column_text(rows, 2), error)
                           : rc;
        sito_free(code);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(c->db, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}

/* ---- values ---- */

static const char value_rows[] =
    "WITH RECURSIVE span (year) AS ("
    "  SELECT min(year) FROM input"
    "  UNION ALL SELECT year + 1 FROM span WHERE year < (SELECT max(year) FROM input)),"
    " part AS ("
    "  SELECT definition.*, year, denominator IS NOT NULL AS divided,"
    "    (SELECT count(*) FROM input AS i WHERE i.code = definition.code AND i.part = 'numerator' AND i.year = span.year) AS tops,"
    "    (SELECT count(*) FROM input AS i WHERE i.code = definition.code AND i.part = 'denominator' AND i.year = span.year) AS bottoms,"
    "    (SELECT value FROM input AS i WHERE i.code = definition.code AND i.part = 'numerator' AND i.year = span.year) AS top,"
    "    (SELECT value FROM input AS i WHERE i.code = definition.code AND i.part = 'denominator' AND i.year = span.year) AS bottom"
    "  FROM definition JOIN span WHERE year IS NOT NULL),"
    " judged AS ("
    "  SELECT *, CASE WHEN numerator_failed THEN 'numerator-failed'"
    "    WHEN denominator_failed THEN 'denominator-failed'"
    "    WHEN tops > 1 THEN 'numerator-several'"
    "    WHEN bottoms > 1 THEN 'denominator-several'"
    "    WHEN tops = 0 AND divided AND bottoms = 0 THEN 'no-input'"
    "    WHEN tops = 0 THEN 'no-numerator'"
    "    WHEN typeof(top) NOT IN ('integer', 'real') THEN 'numerator-not-number'"
    "    WHEN NOT divided THEN NULL"
    "    WHEN bottoms = 0 THEN 'no-denominator'"
    "    WHEN typeof(bottom) NOT IN ('integer', 'real') THEN 'denominator-not-number'"
    "    WHEN bottom = 0 THEN 'denominator-zero' END AS reason FROM part),"
    " computed AS ("
    "  SELECT *, CASE WHEN reason IS NOT NULL THEN NULL"
    "    WHEN divided THEN 1.0 * factor * top / bottom"
    "    WHEN factor = 1 THEN top ELSE factor * top END AS value FROM judged)"
    "SELECT code, name, unit, theme, year, iif(abs(value) > 1e308, NULL, value) AS value,"
    "  iif(tops = 1 AND typeof(top) IN ('integer', 'real'), top, NULL) AS numerator,"
    "  iif(bottoms = 1 AND typeof(bottom) IN ('integer', 'real'), bottom, NULL) AS denominator,"
    "  iif(abs(value) > 1e308 OR reason IS NULL AND value IS NULL, 'too-large', reason) AS reason, version"
    "  FROM computed ORDER BY CAST(code AS REAL), code, year";

static int count_values(Computing *c, char **error) {
    char *sql = sito_print("SELECT count(*) FROM (%s)", value_rows);
    char *missing = sito_print("SELECT count(*) FROM (%s) WHERE value IS NULL", value_rows);
    int rc = sql == NULL || missing == NULL
                 ? SITO_NOMEM
                 : sito_db_integer(c->db, &c->out->values, error, sql, "");
    rc = rc == SITO_OK ? sito_db_integer(c->db, &c->out->missing, error, missing, "") : rc;
    sito_free(sql);
    sito_free(missing);
    return rc;
}

/* R4. */
static int store(Computing *c, const char *lineage, char **error) {
    sqlite3_stmt *rows = NULL;
    Stage stage = {0};
    char *origin = NULL;
    int rc =
        sito_db_text(c->db, &origin, error, "SELECT json_object('tables', json(?1))", "t", lineage);
    rc = rc == SITO_OK ? sito_db_prepare(c->db, &rows, error, value_rows, "") : rc;
    rc = rc == SITO_OK ? sito_stage_fill(&stage, c->warehouse->db, c->db, rows, c->language, error)
                       : rc;
    rc = rc == SITO_OK ? sito_warehouse_same(c->warehouse, "indicator_value", stage.sha256,
                                             &c->out->unchanged, error)
                       : rc;
    if (rc == SITO_OK) {
        char *raw = NULL;
        Load load = {.source = "indicator_value",
                     .kind = "indicators",
                     .outcome = c->out->unchanged ? "unchanged" : "loaded",
                     .origin = origin,
                     .stage = &stage,
                     .kept = 1};
        rc = sito_warehouse_swap(c->warehouse, &load, &raw);
        rc = sito_warehouse_explain(c->warehouse, rc, raw, error);
    }
    sqlite3_finalize(rows);
    sito_stage_free(&stage);
    sito_free(origin);
    return rc;
}

int sito_indicators_compute(SitoWarehouse *warehouse, SitoCatalogue *catalogue,
                            SitoComputed *computed, char **error) {
    *computed = (SitoComputed){0};
    char *lineage = NULL;
    Computing c = {.warehouse = warehouse, .language = warehouse->language, .out = computed};
    int rc = sito_indicators_read(catalogue, &c.db, error);
    rc = rc == SITO_OK ? sito_guard_open(&c.guard, warehouse, error) : rc;
    rc = rc == SITO_OK ? read_inputs(&c, error) : rc;
    rc = rc == SITO_OK ? count_values(&c, error) : rc;
    rc = rc == SITO_OK ? sito_guard_lineage(&c.guard, &lineage, error) : rc;
    sito_guard_close(&c.guard); /* its read transaction would stand in the way of the next one */
    rc = rc == SITO_OK && computed->values > 0 ? store(&c, lineage, error) : rc;
    sito_free(lineage);
    sqlite3_finalize(c.insert);
    sqlite3_close(c.db);
    return rc == SITO_OK ? sito_warehouse_settle(warehouse, catalogue, error) : rc;
}
