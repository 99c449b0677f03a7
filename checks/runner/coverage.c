/*
** Coverage in time and space (coverage.h). These read the data once more, and only where the
** descriptor asks for it.
*/
#include "coverage.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "runner/codelist.h"

/* %1 stands for the column. The first day of the value, or NULL; then the first day of its period. */
static const char periods[] =
    "WITH RECURSIVE asked AS ("
    "  SELECT resource ->> '$.coverage.temporal.field' AS field,"
    "         resource ->> '$.coverage.temporal.step' AS step,"
    "         coalesce(resource ->> '$.coverage.temporal.allowMissing', 0) AS allowed"
    "    FROM temp.descriptor),"
    " value AS (SELECT DISTINCT trim(\"%w\") AS v FROM temp.data WHERE trim(\"%w\") <> ''),"
    " day AS (SELECT v, date(CASE"
    "   WHEN v GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN substr(v, 1, 10)"
    "   WHEN v GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]*'"
    "     THEN substr(v, 7, 4) || '-' || substr(v, 4, 2) || '-' || substr(v, 1, 2)"
    "   WHEN v GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' THEN v || '-01'"
    "   WHEN v GLOB '[0-9][0-9][0-9][0-9][- ][QK][1-4]'"
    "     THEN printf('%%s-%%02d-01', substr(v, 1, 4), substr(v, 7, 1) * 3 - 2)"
    "   WHEN v GLOB '[0-9][0-9][0-9][0-9]' THEN v || '-01-01' END) AS day FROM value),"
    " begin AS (SELECT DISTINCT CASE step WHEN 'P1D' THEN day"
    "   WHEN 'P1W' THEN date(day, 'weekday 0', '-6 days')"
    "   WHEN 'P1M' THEN substr(day, 1, 7) || '-01'"
    "   WHEN 'P3M' THEN printf('%%s-%%02d-01', substr(day, 1, 4),"
    "                          (substr(day, 6, 2) - 1) / 3 * 3 + 1)"
    "   ELSE substr(day, 1, 4) || '-01-01' END AS start FROM day, asked WHERE day IS NOT NULL),"
    " expected AS (SELECT min(start) AS start FROM begin"
    "   UNION ALL SELECT date(start, CASE step WHEN 'P1D' THEN '+1 day' WHEN 'P1W' THEN '+7 days'"
    "     WHEN 'P1M' THEN '+1 month' WHEN 'P3M' THEN '+3 months' ELSE '+1 year' END)"
    "     FROM expected, asked WHERE start < (SELECT max(start) FROM begin))"
    " INSERT INTO period"
    " SELECT field, step, start, start IN (SELECT start FROM begin), allowed FROM expected, asked"
    "  WHERE start IS NOT NULL"
    " UNION ALL SELECT field, step, NULL, (SELECT count(*) FROM day WHERE day IS NULL), allowed"
    "   FROM asked";

/* What coverage.temporal states: 2015 is 2015-01-01, and a day is the first one of its period. */
static const char span[] =
    "WITH asked AS (SELECT t.value ->> '$.field' AS field, t.value ->> '$.step' AS step,"
    "    t.value ->> '$.since' AS since, t.value ->> '$.until' AS until"
    "   FROM (SELECT resource -> '$.coverage.temporal' AS value FROM temp.descriptor) AS t),"
    " day(which, step, day) AS ("
    "  SELECT 1, step, since || substr('-01-01', length(since) - 3) FROM asked"
    "  UNION ALL SELECT 2, step, until || substr('-01-01', length(until) - 3) FROM asked),"
    " begin AS (SELECT which, CASE step WHEN 'P1D' THEN day"
    "   WHEN 'P1W' THEN date(day, 'weekday 0', '-6 days') WHEN 'P1M' THEN substr(day, 1, 7) || '-01'"
    "   WHEN 'P3M' THEN printf('%s-%02d-01', substr(day, 1, 4), (substr(day, 6, 2) - 1) / 3 * 3 + 1)"
    "   ELSE substr(day, 1, 4) || '-01-01' END AS start FROM day WHERE day IS NOT NULL)"
    " INSERT INTO span SELECT field, (SELECT start FROM begin WHERE which = 1),"
    "   (SELECT start FROM begin WHERE which = 2),"
    "   (SELECT min(start) FROM period WHERE present > 0),"
    "   (SELECT max(start) FROM period WHERE present > 0)"
    "  FROM asked WHERE since IS NOT NULL OR until IS NOT NULL";

static int column_of(sqlite3 *db, const char *path, char **heading, char **error) {
    return sito_db_text(db, heading, error,
                        "SELECT m.heading FROM temp.matched AS m, temp.descriptor AS d"
                        " WHERE m.name = json_extract(d.resource, ?1) AND m.heading IS NOT NULL",
                        "t", path);
}

static int fill_periods(sqlite3 *db, char **error) {
    char *heading = NULL;
    int rc = column_of(db, "$.coverage.temporal.field", &heading, error);
    if (rc == SITO_OK && heading != NULL) {
        char *sql = sito_print(periods, heading, heading);
        rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
        sito_free(sql);
    }
    sito_free(heading);
    return rc == SITO_OK ? sito_db_run(db, span, error) : rc;
}

static int compare_codes(sqlite3 *db, const SitoCodelist *list, const char *heading, char **error) {
    char *sql = sito_print(
        "WITH known AS (SELECT DISTINCT trim(\"%w\") AS code FROM temp.codelist),"
        " present AS (SELECT DISTINCT trim(\"%w\") AS code FROM temp.data WHERE trim(\"%w\") <> '')"
        " INSERT INTO territory"
        " SELECT (SELECT resource ->> '$.coverage.spatial.field' FROM temp.descriptor), %Q, 1,"
        "        code IN (SELECT code FROM present) FROM known"
        " UNION ALL"
        " SELECT (SELECT resource ->> '$.coverage.spatial.field' FROM temp.descriptor), %Q, 0, 1"
        "   FROM present WHERE code NOT IN (SELECT code FROM known WHERE code IS NOT NULL)",
        list->column, heading, heading, list->path, list->path);
    int rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
    sito_free(sql);
    return rc;
}

static int fill_territories(sqlite3 *db, const char *folder, SitoLanguage language,
                            SitoInputs *inputs, char **error) {
    SitoCodelist list = {0};
    char *heading = NULL, *reference = NULL;
    int rc = column_of(db, "$.coverage.spatial.field", &heading, error);
    if (rc != SITO_OK || heading == NULL) {
        return rc;
    }
    rc = sito_db_text(db, &reference, error,
                      "SELECT resource ->> '$.coverage.spatial.codelist' FROM temp.descriptor", "");
    if (rc == SITO_OK) {
        rc = sito_codelist_open(db, folder, reference, &list, language, error);
    }
    if (rc == SITO_OK) {
        rc = compare_codes(db, &list, heading, error);
    }
    if (rc == SITO_OK) {
        rc = sito_codelist_record(db, &list, inputs, error);
    }
    sito_codelist_close(db, &list);
    sito_free(reference);
    sito_free(heading);
    return rc;
}

int sito_coverage_fill(sqlite3 *db, const char *folder, SitoLanguage language, SitoInputs *inputs,
                       char **error) {
    int rc = fill_periods(db, error);
    return rc == SITO_OK ? fill_territories(db, folder, language, inputs, error) : rc;
}
