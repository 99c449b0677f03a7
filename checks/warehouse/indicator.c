/*
** Indicators: defined by a sheet, listed with their values (warehouse.h, sql/catalogue/warehouse.sql).
**
** R1  A definition is an event: code, name, definition, unit, numerator and denominator as SELECTs that give
**     (year, value), a factor, theme, rhythm, source. A changed one is a new version; what stands there already
**     makes no event.
** R2  The sheet offers the indicators of ISO 37120 that are not defined yet (sql/warehouse/iso37120.csv: their codes
**     and names, with short definitions of our own); the office writes the SELECTs over its own tables.
*/
#include <string.h>

#include "catalogue/office.h"
#include "common/embedded.h"
#include "common/sheet.h"
#include "warehouse/private.h"

static const SitoSheetColumn columns[] = {
    {"code", "kod", "code", true},
    {"name", "nazwa", "name", true},
    {"definition", "definicja", "definition", false},
    {"unit", "jednostka", "unit", false},
    {"numerator", "licznik", "numerator", true},
    {"denominator", "mianownik", "denominator", false},
    {"factor", "mnożnik", "factor", false},
    {"theme", "obszar", "theme", false},
    {"rhythm", "rytm", "rhythm", false},
    {"source", "źródło", "source", false},
    {"active", "liczyć", "compute", false},
};

/* ---- a filled sheet ---- */

static const char wrong_rows[] =
    "SELECT line, CASE"
    "  WHEN code IS NULL THEN iif(?1, 'kod: brak', 'code: missing')"
    "  WHEN name IS NULL THEN iif(?1, 'nazwa: brak', 'name: missing')"
    "  WHEN factor IS NOT NULL AND (factor GLOB '*[^0-9,.]*' OR CAST(replace(factor, ',', '.') AS REAL) <= 0)"
    "    THEN iif(?1, 'mnożnik: liczba większa od zera', 'factor: a number greater than zero')"
    "  WHEN active IS NOT NULL AND lower(active) NOT IN ('tak', 'nie', 'yes', 'no')"
    "    THEN iif(?1, 'liczyć: tak, nie', 'compute: yes, no')"
    "  WHEN (SELECT count(*) FROM sheet AS other WHERE other.code = sheet.code AND other.line < sheet.line"
    "         AND other.numerator IS NOT NULL) > 0 THEN iif(?1, 'kod: każdy tylko raz', 'code: each once')"
    " END AS wrong FROM sheet WHERE numerator IS NOT NULL AND wrong IS NOT NULL ORDER BY line LIMIT 1";

static const char good_rows[] =
    "SELECT line, code, iif(lower(coalesce(active, 'tak')) IN ('tak', 'yes'), 'active', 'off'),"
    "  json_patch('{}', json_object('name', name, 'definition', definition, 'unit', unit, 'numerator', numerator,"
    "    'denominator', denominator, 'factor', CAST(replace(factor, ',', '.') AS REAL), 'theme', theme,"
    "    'rhythm', rhythm, 'source', source)), rhythm"
    "  FROM sheet WHERE numerator IS NOT NULL ORDER BY line";

enum { LINE, CODE, STATE, DEFINITION, RHYTHM };

typedef struct Sheet {
    const char *path;
    const SitoAct *act;
    sqlite3_stmt *rows;
} Sheet;

static const char *cell(const Sheet *sheet, int column) {
    return (const char *)sqlite3_column_text(sheet->rows, column);
}

static int refuse_wrong(sqlite3 *db, const char *path, SitoLanguage language, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, wrong_rows, "i", (int64_t)(language == SITO_PL));
    if (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(language, "%s, wiersz %lld, kolumna %s", "%s, line %lld, column %s"), path,
            (long long)sqlite3_column_int64(row, 0), (const char *)sqlite3_column_text(row, 1));
    }
    sqlite3_finalize(row);
    return rc;
}

static int check_rhythm(SitoCatalogue *c, const Sheet *sheet, char **error) {
    char *known = NULL;
    int rc =
        cell(sheet, RHYTHM) == NULL
            ? SITO_OK
            : sito_office_text(c, "SELECT rhythm FROM rhythm_list WHERE ?1 IN (rhythm, pl, en)",
                               cell(sheet, RHYTHM), &known, error);
    if (rc == SITO_OK && cell(sheet, RHYTHM) != NULL && known == NULL) {
        rc = sito_error(
            error, SITO_ERROR, "%s",
            sito_say(sito_catalogue_language(c),
                     "nie ma takiego rytmu; rytmy: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, WEEKLY, "
                     "DAILY, IRREG, NEVER, UNKNOWN",
                     "there is no such rhythm; rhythms: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, "
                     "WEEKLY, DAILY, IRREG, NEVER, UNKNOWN"));
    }
    sito_free(known);
    return rc;
}

static int declare_one(SitoCatalogue *c, const Sheet *sheet, char **error) {
    char *before = NULL, *now = sito_print("%s\n%s", cell(sheet, STATE), cell(sheet, DEFINITION));
    int rc = now == NULL ? SITO_NOMEM
                         : sito_office_text(c,
                                            "SELECT state || char(10) || definition FROM indicator"
                                            " WHERE code = ?1",
                                            cell(sheet, CODE), &before, error);
    if (rc == SITO_OK && (before == NULL || strcmp(before, now) != 0)) {
        SitoField fields[] = {{"code", cell(sheet, CODE)},
                              {"state", cell(sheet, STATE)},
                              {"definition", cell(sheet, DEFINITION)},
                              {"actor", sheet->act->actor},
                              {"case_mark", sheet->act->case_mark}};
        rc = sito_office_insert(c, "indicator", fields, SITO_COUNT(fields), error);
    }
    sito_free(before);
    sito_free(now);
    return rc;
}

static int add_row(SitoCatalogue *c, void *context, size_t row, char **error) {
    Sheet *sheet = context;
    char *message = NULL;
    (void)row;
    if (sqlite3_step(sheet->rows) != SQLITE_ROW) {
        return SITO_NOMEM;
    }
    int rc = check_rhythm(c, sheet, &message);
    rc = rc == SITO_OK ? declare_one(c, sheet, &message) : rc;
    if (rc != SITO_OK && message != NULL) {
        rc = sito_error(
            error, rc,
            sito_say(sito_catalogue_language(c), "%s, wiersz %lld: %s", "%s, line %lld: %s"),
            sheet->path, (long long)sqlite3_column_int64(sheet->rows, LINE), message);
    }
    sito_free(message);
    return rc;
}

int sito_indicators_declare(SitoCatalogue *catalogue, const char *path, const SitoAct *act,
                            int64_t *recorded, char **error) {
    sqlite3 *db = NULL;
    Sheet sheet = {.path = path, .act = act};
    SitoLanguage language = sito_catalogue_language(catalogue);
    *recorded = 0;
    int rc = sito_sheet_open(&db, path, columns, SITO_COUNT(columns), language, error);
    rc = rc == SITO_OK ? refuse_wrong(db, path, language, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(db, recorded, error,
                               "SELECT count(*) FROM sheet WHERE numerator IS NOT NULL", "")
             : rc;
    if (rc == SITO_OK && *recorded == 0) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(language, "plik %s nie ma ani jednego licznika (SELECT dający rok i wartość)",
                     "the file %s has no numerator (a SELECT that gives year and value)"),
            path);
    }
    rc = rc == SITO_OK ? sito_db_prepare(db, &sheet.rows, error, good_rows, "") : rc;
    rc = rc == SITO_OK ? sito_office_add_all(catalogue, add_row, &sheet, (size_t)*recorded, error)
                       : rc;
    sqlite3_finalize(sheet.rows);
    sqlite3_close(db);
    return rc;
}

/* ---- lists ---- */

static const char all_definitions[] =
    "SELECT json_group_array(json_object('code', code, 'state', state, 'version', version,"
    "         'definition', json(definition))) FROM (SELECT * FROM indicator WHERE ?1 IS NULL ORDER BY code)";

/* What is defined, from the catalogue, as the table definition of a database in memory. */
int sito_indicators_read(SitoCatalogue *catalogue, sqlite3 **db, char **error) {
    char *json = NULL;
    int rc = sito_db_open(db, error);
    rc = rc == SITO_OK ? sito_office_text(catalogue, all_definitions, NULL, &json, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_run(
                   *db,
                   "CREATE TABLE definition (code TEXT, state, version, name, definition, unit,"
                   " numerator, denominator, factor, theme, rhythm, source,"
                   " numerator_failed DEFAULT 0, denominator_failed DEFAULT 0)",
                   error)
             : rc;
    rc =
        rc == SITO_OK
            ? sito_db_do(
                  *db, error,
                  "INSERT INTO definition SELECT d.value ->> '$.code', d.value ->> '$.state',"
                  " d.value ->> '$.version', d.value ->> '$.definition.name',"
                  " d.value ->> '$.definition.definition', d.value ->> '$.definition.unit',"
                  " d.value ->> '$.definition.numerator', d.value ->> '$.definition.denominator',"
                  " coalesce(d.value ->> '$.definition.factor', 1), d.value ->> '$.definition.theme',"
                  " d.value ->> '$.definition.rhythm', d.value ->> '$.definition.source', 0, 0"
                  " FROM json_each(?1) AS d",
                  "t", json)
            : rc;
    sito_free(json);
    return rc;
}

/* The sort key of 10.1 is behind that of 9.2. */
#define BY_CODE " ORDER BY CAST(code AS REAL), code"

static const SitoList definition_list = {
    .sql =
        "SELECT code, name, unit, (SELECT year FROM value WHERE value.code = definition.code AND value IS NOT NULL"
        "    ORDER BY year DESC LIMIT 1),"
        "  (SELECT printf('%.6g', value) FROM value WHERE value.code = definition.code AND value IS NOT NULL"
        "    ORDER BY year DESC LIMIT 1), theme, rhythm, version,"
        "  iif(state = 'off', iif(?1 = 'pl', 'wyłączony', 'off'), source)"
        "  FROM definition WHERE ?2 IS NULL" BY_CODE,
    .headings_pl = "kod;nazwa;jednostka;rok;wartość;obszar;rytm;wersja;źródło",
    .headings_en = "code;name;unit;year;value;theme;rhythm;version;source",
    .keys = "code;name;unit;year;value;theme;rhythm;version;source"};

static const SitoList value_list = {
    .sql =
        "SELECT code, name, year, value, numerator, denominator, unit,"
        "  coalesce((SELECT iif(?1 = 'pl', pl, en) FROM reason WHERE reason.reason = value.reason), ''), version"
        "  FROM value WHERE ?2 IS NULL" BY_CODE ", year",
    .headings_pl = "kod;nazwa;rok;wartość;licznik;mianownik;jednostka;brak, bo;wersja",
    .headings_en = "code;name;year;value;numerator;denominator;unit;missing because;version",
    .keys = "code;name;year;value;numerator;denominator;unit;reason;version"};

static int copy_values(SitoWarehouse *w, sqlite3 *db, char **error) {
    int64_t computed = 0;
    int rc = sito_db_run(
        db,
        "CREATE TABLE value (code, name, unit, theme, year, value, numerator, denominator,"
        " reason, version); CREATE TABLE reason (reason, pl, en)",
        error);
    rc = rc == SITO_OK ? sito_db_copy(w->db, db, "SELECT reason, pl, en FROM sito_reason",
                                      "INSERT INTO reason VALUES (?, ?, ?)", error)
                       : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(w->db, &computed, error,
                               "SELECT count(*) FROM sito_version WHERE source = 'indicator_value'",
                               "")
             : rc;
    return rc == SITO_OK && computed > 0
               ? sito_db_copy(
                     w->db, db,
                     "SELECT code, name, unit, theme, year, value, numerator, denominator, reason,"
                     " version FROM indicator_value",
                     "INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error)
               : rc;
}

int sito_indicators_list(SitoWarehouse *warehouse, SitoCatalogue *catalogue, bool definitions,
                         const char *format, SitoBuffer *out, char **error) {
    sqlite3 *db = NULL;
    int64_t rows = 0;
    SitoLanguage language = sito_catalogue_language(catalogue);
    int rc = sito_indicators_read(catalogue, &db, error);
    rc = rc == SITO_OK ? copy_values(warehouse, db, error) : rc;
    rc = rc == SITO_OK ? sito_list_rows(db, definitions ? &definition_list : &value_list, language,
                                        NULL, format, out, &rows, error)
                       : rc;
    if (rc == SITO_OK && rows == 0 && strcmp(format, "text") == 0) {
        out->size = 0;
        rc = sito_buffer_print(
            out, "%s\n",
            definitions
                ? sito_say(
                      language,
                      "Nie ma ani jednego wskaźnika; zacznij od: sito indicators --questions -o "
                      "wskazniki.csv",
                      "There is no indicator; begin with: sito indicators --questions -o "
                      "indicators.csv")
                : sito_say(language, "Nie ma wartości; najpierw: sito indicators compute",
                           "There are no values; first: sito indicators compute"));
    }
    sqlite3_close(db);
    return rc;
}

/* ---- the sheet to fill ---- */

static const SitoList sheet_list = {
    .sql =
        "SELECT code, iif(?1 = 'pl', name_pl, name_en), iif(?1 = 'pl', definition_pl, definition_en),"
        "  iif(?1 = 'pl', unit_pl, unit_en), NULL, NULL, factor, theme, 'ANNUAL', NULL, iif(?1 = 'pl', 'tak', 'yes')"
        "  FROM temp.iso WHERE ?2 IS NULL AND code NOT IN (SELECT code FROM definition)" BY_CODE,
    .headings_pl =
        "kod;nazwa;definicja;jednostka;licznik;mianownik;mnożnik;obszar;rytm;źródło;liczyć",
    .headings_en =
        "code;name;definition;unit;numerator;denominator;factor;theme;rhythm;source;compute",
    .keys = ""};

int sito_indicators_sheet(SitoCatalogue *catalogue, SitoBuffer *out, char **error) {
    sqlite3 *db = NULL;
    char *sql =
        sito_print("CREATE VIRTUAL TABLE temp.iso USING csv(data=%Q, delimiter=';', header=yes)",
                   sito_embedded_find(sito_embedded_warehouse, "iso37120.csv")->data);
    int64_t rows = 0;
    int rc = sql == NULL ? SITO_NOMEM : sito_indicators_read(catalogue, &db, error);
    rc = rc == SITO_OK ? sito_db_do(db, error, sql, "") : rc;
    rc = rc == SITO_OK ? sito_list_rows(db, &sheet_list, sito_catalogue_language(catalogue), NULL,
                                        "csv", out, &rows, error)
                       : rc;
    sito_free(sql);
    sqlite3_close(db);
    return rc;
}
