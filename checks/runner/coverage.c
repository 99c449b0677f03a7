/*
** Coverage in time and space (coverage.h). These read the data once more, and only where the
** descriptor asks for it.
*/
#include "coverage.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/file.h"

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
    return rc;
}

/* "file.csv#column": the two parts; without # the column is the first. */
typedef struct CodeList {
    char *path, *column;
} CodeList;

static int open_list(sqlite3 *db, const char *folder, CodeList *list, SitoLanguage language,
                     char **error) {
    int64_t size, found = 0;
    char *full = sito_path_join(folder, list->path), *sql = NULL;
    int rc = full == NULL ? SITO_NOMEM : sito_file_size(full, language, &size, error);
    if (rc == SITO_OK) {
        sql = sito_print("CREATE VIRTUAL TABLE temp.codelist USING csv(filename=%Q, header='yes',"
                         " sha256='compute')",
                         full);
        rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
    }
    if (rc == SITO_OK && list->column == NULL) {
        rc = sito_db_text(db, &list->column, error,
                          "SELECT name FROM pragma_table_xinfo('codelist', 'temp') WHERE cid = 0",
                          "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(db, &found, error,
                             "SELECT count(*) FROM pragma_table_xinfo('codelist', 'temp')"
                             " WHERE hidden = 0 AND name = ?",
                             "t", list->column);
    }
    if (rc == SITO_OK && !found) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(language, "lista kodów %s nie ma kolumny '%s'",
                                 "the code list %s has no column '%s'"),
                        list->path, list->column);
    }
    sito_free(sql);
    sito_free(full);
    return rc;
}

static int compare_codes(sqlite3 *db, const CodeList *list, const char *heading, char **error) {
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
    static const char part[] =
        "SELECT CASE ?1 WHEN 0 THEN substr(c, 1, instr(c || '#', '#') - 1)"
        " ELSE iif(instr(c, '#'), substr(c, instr(c, '#') + 1), NULL) END FROM (SELECT resource ->>"
        " '$.coverage.spatial.codelist' AS c FROM temp.descriptor)";
    CodeList list = {0};
    char *heading = NULL, *sha256 = NULL;
    int rc = column_of(db, "$.coverage.spatial.field", &heading, error);
    if (rc == SITO_OK && heading == NULL) {
        return SITO_OK;
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &list.path, error, part, "i", (int64_t)0);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &list.column, error, part, "i", (int64_t)1);
    }
    if (rc == SITO_OK) {
        rc = open_list(db, folder, &list, language, error);
    }
    if (rc == SITO_OK) {
        rc = compare_codes(db, &list, heading, error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &sha256, error, "SELECT csv_sha256('temp.codelist')", "");
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(inputs, "codelist", list.path, sha256);
    }
    sito_free(sha256);
    sito_free(heading);
    sito_free(list.path);
    sito_free(list.column);
    return rc;
}

int sito_coverage_fill(sqlite3 *db, const char *folder, SitoLanguage language, SitoInputs *inputs,
                       char **error) {
    int rc = fill_periods(db, error);
    return rc == SITO_OK ? fill_territories(db, folder, language, inputs, error) : rc;
}
