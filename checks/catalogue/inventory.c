/*
** An inventory kept in the catalogue (inventory.h).
**
** R1  One transaction: an inventory is recorded whole or not at all.
** R2  An item that is as it was makes no event; so a repeated run over the same files adds nothing.
** R3  What lies under the roots of this run and was not met is gone; what lies elsewhere is left alone.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/inventory.h"
#include "catalogue/office.h"
#include "catalogue/private.h"
#include "common/sheet.h"

/* ---- what was found ---- */

static const char program[] = "sito " SITO_VERSION;

enum { ITEM, ROOT, FORMAT, ROWS, DIGEST, PROPOSED, WHY, DETAIL };

static const char met[] = "SELECT item, root, format, rows, digest, proposed, why,"
                          "       iif(columns IS NULL, json_object('bytes', bytes),"
                          "           json_object('damaged', damaged, 'columns', json(columns)))"
                          "  FROM item ORDER BY item";

static const char *cell(sqlite3_stmt *row, int column) {
    return (const char *)sqlite3_column_text(row, column);
}

/* *change: new, changed or same. */
static int compare(SitoCatalogue *c, sqlite3_stmt *row, char **change, char **raw) {
    return sito_db_text(
        c->db, change, raw,
        "SELECT coalesce((SELECT CASE WHEN proposed = 'gone' THEN 'new'"
        "    WHEN proposed = ?2 AND digest IS ?3 AND detail IS ?4 AND format IS ?5 THEN 'same'"
        "    ELSE 'changed' END FROM found WHERE item = ?1), 'new')",
        "ttttt", cell(row, ITEM), cell(row, PROPOSED), cell(row, DIGEST), cell(row, DETAIL),
        cell(row, FORMAT));
}

static int add_found(SitoCatalogue *c, sqlite3_stmt *row, char **raw) {
    return sito_db_do(
        c->db, raw,
        "INSERT INTO event (kind, subject, location, form, number, digest, outcome, reason,"
        "                   detail, program)"
        " VALUES ('found', ?1, ?2, ?3, CAST(?4 AS INTEGER), ?5, ?6, ?7, ?8, ?9)",
        "ttttttttt", cell(row, ITEM), cell(row, ROOT), cell(row, FORMAT), cell(row, ROWS),
        cell(row, DIGEST), cell(row, PROPOSED), cell(row, WHY), cell(row, DETAIL), program);
}

static int keep_item(SitoCatalogue *c, sqlite3 *result, sqlite3_stmt *row, char **raw) {
    char *change = NULL;
    int rc = compare(c, row, &change, raw);
    if (rc == SITO_OK && strcmp(change, "same") != 0) {
        rc = add_found(c, row, raw);
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(result, raw, "UPDATE item SET change = ?2 WHERE item = ?1", "tt",
                        cell(row, ITEM), change);
    }
    sito_free(change);
    return rc;
}

static int keep_items(SitoCatalogue *c, sqlite3 *result, char **raw) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(result, &rows, raw, met, "");
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = keep_item(c, result, rows, raw);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(result, step, raw) : rc;
    sqlite3_finalize(rows);
    return rc;
}

/* One item that the catalogue knows; a new row of `result` where it lies under a root and was not met. */
static int keep_gone(SitoCatalogue *c, sqlite3 *result, sqlite3_stmt *row, char **raw) {
    int rc =
        sito_db_do(result, raw,
                   "INSERT OR IGNORE INTO item (item, root, format, proposed, why, change)"
                   " SELECT ?1, path, ?2, 'not-assessed', '', 'gone' FROM root"
                   "  WHERE ?1 = path OR substr(?1, 1, length(path) + 1) = rtrim(path, '/') || '/'"
                   "     OR substr(?1, 1, length(path) + 1) = path || '#' LIMIT 1",
                   "tt", cell(row, 0), cell(row, 1));
    if (rc == SITO_OK && sqlite3_changes(result) == 1) {
        rc = sito_db_do(c->db, raw,
                        "INSERT INTO event (kind, subject, outcome, form, program)"
                        " VALUES ('found', ?1, 'gone', ?2, ?3)",
                        "ttt", cell(row, 0), cell(row, 1), program);
    }
    return rc;
}

static int keep_all_gone(SitoCatalogue *c, sqlite3 *result, char **raw) {
    sqlite3_stmt *rows = NULL;
    /* read whole before anything is added */
    int step = SQLITE_DONE,
        rc = sito_db_run(c->db,
                         "CREATE TEMP TABLE known_item AS SELECT item, format FROM found"
                         " WHERE proposed <> 'gone'",
                         raw);
    rc = rc == SITO_OK
             ? sito_db_prepare(c->db, &rows, raw, "SELECT item, format FROM temp.known_item", "")
             : rc;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = keep_gone(c, result, rows, raw);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(c->db, step, raw) : rc;
    sqlite3_finalize(rows);
    return rc == SITO_OK ? sito_db_run(c->db, "DROP TABLE temp.known_item", raw) : rc;
}

/* What people said of the items, where it still holds. */
static int fill_assessments(SitoCatalogue *c, sqlite3 *result, char **raw) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE,
        rc =
            sito_db_prepare(c->db, &rows, raw,
                            "SELECT item, iif(qualification = 'not-assessed', NULL, qualification),"
                            "  unit, custodian, source, rhythm, reason FROM inventory"
                            " WHERE assessed_at IS NOT NULL",
                            "");
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = sito_db_do(
            result, raw,
            "UPDATE item SET qualification = ?2, unit = coalesce(?3, unit), custodian = ?4,"
            "  source = ?5, rhythm = coalesce(?6, rhythm), reason = ?7 WHERE item = ?1",
            "ttttttt", cell(rows, 0), cell(rows, 1), cell(rows, 2), cell(rows, 3), cell(rows, 4),
            cell(rows, 5), cell(rows, 6));
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(c->db, step, raw) : rc;
    sqlite3_finalize(rows);
    return rc;
}

int sito_catalogue_keep_inventory(SitoCatalogue *c, sqlite3 *result, char **error) {
    char *raw = NULL;
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = keep_items(c, result, &raw);
    rc = rc == SITO_OK ? keep_all_gone(c, result, &raw) : rc;
    rc = rc == SITO_OK ? fill_assessments(c, result, &raw) : rc;
    rc = sito_catalogue_explain(c, rc, raw, error);
    rc = rc == SITO_OK ? sito_catalogue_seal_events(c, error) : rc;
    return sito_catalogue_end(c, rc, error);
}

/* ---- what people say ---- */

static const SitoSheetColumn columns[] = {
    {"item", "pozycja", "item", true},
    {"qualification", "kwalifikacja", "qualification", true},
    {"reason", "uzasadnienie", "reason", false},
    {"unit", "komórka", "unit", false},
    {"person", "gestor", "custodian", false},
    {"source", "źródło", "source", false},
    {"rhythm", "rytm", "rhythm", false},
};

typedef struct Assessments {
    const char *path;
    const SitoAct *act;
    sqlite3_stmt *rows;
} Assessments;

/* The code of a word that people may write in their language; a word that is none stays, to be refused. */
static int read_word(SitoCatalogue *c, const char *sql, const char *word, char **code,
                     char **error) {
    char *raw = NULL;
    int rc = sito_db_text(c->db, code, &raw, sql, "t", word);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && *code == NULL && word != NULL) {
        *code = sito_print("%s", word);
        rc = *code == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

static int assess_item(SitoCatalogue *c, const Assessments *sheet, char **error) {
    char *qualification = NULL, *source = NULL, *rhythm = NULL;
    int rc = read_word(c,
                       "SELECT qualification FROM qualification WHERE by_people"
                       " AND ?1 IN (qualification, pl, en)",
                       cell(sheet->rows, 2), &qualification, error);
    rc = rc == SITO_OK ? read_word(c, "SELECT source FROM source_kind WHERE ?1 IN (source, pl, en)",
                                   cell(sheet->rows, 6), &source, error)
                       : rc;
    rc = rc == SITO_OK ? read_word(c, "SELECT rhythm FROM rhythm_list WHERE ?1 IN (rhythm, pl, en)",
                                   cell(sheet->rows, 7), &rhythm, error)
                       : rc;
    SitoField fields[] = {{"item", cell(sheet->rows, 1)},
                          {"qualification", qualification},
                          {"reason", cell(sheet->rows, 3)},
                          {"unit", cell(sheet->rows, 4)},
                          {"person", cell(sheet->rows, 5)},
                          {"source", source},
                          {"rhythm", rhythm},
                          {"actor", sheet->act->actor},
                          {"case_mark", sheet->act->case_mark}};
    rc =
        rc == SITO_OK ? sito_office_insert(c, "assessment", fields, SITO_COUNT(fields), error) : rc;
    sito_free(qualification);
    sito_free(source);
    sito_free(rhythm);
    return rc;
}

static int add_assessment(SitoCatalogue *c, void *context, size_t row, char **error) {
    Assessments *sheet = context;
    (void)row;
    if (sqlite3_step(sheet->rows) != SQLITE_ROW) {
        return SITO_NOMEM;
    }
    char *message = NULL;
    int rc = assess_item(c, sheet, &message);
    if (rc != SITO_OK && message != NULL) {
        rc =
            sito_error(error, rc, sito_say(c->language, "%s, wiersz %lld: %s", "%s, line %lld: %s"),
                       sheet->path, (long long)sqlite3_column_int64(sheet->rows, 0), message);
    }
    sito_free(message);
    return rc;
}

int sito_catalogue_assess(SitoCatalogue *c, const char *path, const SitoAct *act, int64_t *recorded,
                          char **error) {
    sqlite3 *db = NULL;
    Assessments sheet = {.path = path, .act = act};
    *recorded = 0;
    int rc = sito_sheet_open(&db, path, columns, SITO_COUNT(columns), c->language, error);
    rc = rc == SITO_OK
             ? sito_db_integer(db, recorded, error,
                               "SELECT count(*) FROM sheet WHERE qualification IS NOT NULL", "")
             : rc;
    if (rc == SITO_OK && *recorded == 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(c->language, "plik %s nie ma ani jednej kwalifikacji",
                                 "the file %s has no qualification"),
                        path);
    }
    rc = rc == SITO_OK
             ? sito_db_prepare(db, &sheet.rows, error,
                               "SELECT line, item, qualification, reason, unit, person, source,"
                               " rhythm FROM sheet WHERE qualification IS NOT NULL ORDER BY line",
                               "")
             : rc;
    rc = rc == SITO_OK ? sito_office_add_all(c, add_assessment, &sheet, (size_t)*recorded, error)
                       : rc;
    sqlite3_finalize(sheet.rows);
    sqlite3_close(db);
    return rc;
}
