/*
** Loads the sources of the catalogue (warehouse.h): one after another, each for itself.
**
** R1  Before anything is read the inventory is asked: an item that is unknown or not assessed is refused, with
**     the next command.
** R2  Rows that are the present ones again change nothing: the load is "unchanged".
** R3  What is wrong with one source is written beside it, and the next one is loaded; only a warehouse or
**     catalogue that cannot be written ends the run.
*/
#include <string.h>

#include "catalogue/office.h"
#include "common/file.h"
#include "warehouse/private.h"

/* ---- what is to be loaded ---- */

static const char all_sources[] =
    "SELECT json_group_array(json_object('source', source, 'kind', kind, 'item', item, 'state', state,"
    "         'qualification', qualification, 'declaration', json(declaration)))"
    "  FROM (SELECT * FROM warehouse_source WHERE ?1 IS NULL ORDER BY source)";

static const char source_rows[] =
    "SELECT s.value ->> '$.source', s.value ->> '$.kind', s.value ->> '$.item',"
    "       s.value ->> '$.qualification', s.value ->> '$.declaration.options',"
    "       s.value ->> '$.declaration.columns', s.value ->> '$.declaration.required',"
    "       coalesce(s.value ->> '$.declaration.least', 1),"
    "       coalesce(s.value ->> '$.declaration.shrinkage', 20) / 100.0,"
    "       coalesce(s.value ->> '$.declaration.missing', 100) / 100.0,"
    "       coalesce(s.value ->> '$.declaration.growth', 20) / 100.0,"
    "       coalesce(s.value ->> '$.declaration.kept', 1)"
    "  FROM json_each(?1) AS s WHERE s.value ->> '$.state' = 'active'"
    "   AND (?2 OR s.value ->> '$.source' IN (SELECT name FROM wanted)) ORDER BY 1";

static char *copy(sqlite3_stmt *row, int column, int *rc) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    char *result = text == NULL ? NULL : sito_print("%s", text);
    *rc = text != NULL && result == NULL ? SITO_NOMEM : *rc;
    return result;
}

static int read_source(sqlite3_stmt *row, Source *source) {
    int rc = SITO_OK;
    *source = (Source){.name = copy(row, 0, &rc),
                       .kind = copy(row, 1, &rc),
                       .item = copy(row, 2, &rc),
                       .qualification = copy(row, 3, &rc),
                       .options = copy(row, 4, &rc),
                       .columns = copy(row, 5, &rc),
                       .required = copy(row, 6, &rc),
                       .least = sqlite3_column_int64(row, 7),
                       .shrinkage = sqlite3_column_double(row, 8),
                       .missing = sqlite3_column_double(row, 9),
                       .growth = sqlite3_column_double(row, 10),
                       .kept = sqlite3_column_int64(row, 11)};
    return rc;
}

/* The names that were asked for, each of which has to be an active source. */
static int want(const SitoFetch *f, sqlite3 *result, const char *sources, char **error) {
    char *unknown = NULL;
    int rc = SITO_OK;
    for (size_t i = 0; i < f->names_count && rc == SITO_OK; i++) {
        rc = sito_db_do(result, error, "INSERT INTO wanted VALUES (?1)", "t", f->names[i]);
    }
    rc = rc == SITO_OK
             ? sito_db_text(
                   result, &unknown, error,
                   "SELECT name FROM wanted WHERE name NOT IN (SELECT s.value ->> '$.source'"
                   "  FROM json_each(?1) AS s WHERE s.value ->> '$.state' = 'active') LIMIT 1",
                   "t", sources)
             : rc;
    if (rc == SITO_OK && unknown != NULL) {
        rc = sito_error(
            error, SITO_MISUSE,
            sito_say(f->language, "katalog nie zna źródła „%s”; źródła wymienia sito fetch --list",
                     "the catalogue knows no source \"%s\"; sito fetch --list lists them"),
            unknown);
    }
    sito_free(unknown);
    return rc;
}

/* ---- one source ---- */

/* R1. */
static int check_inventory(const Source *source, SitoLanguage language, char **error) {
    if (strcmp(source->qualification, "unknown") == 0) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(language,
                     "inwentaryzacja nie zna już pozycji %s; sprawdź: sito inventory ŚCIEŻKA",
                     "the inventory knows the item %s no more; look with: sito inventory PATH"),
            source->item);
    }
    if (strcmp(source->qualification, "not-assessed") == 0) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(
                language,
                "pozycja %s jest nieoceniona (albo zmieniła się od oceny); oceń ją: sito fetch "
                "--questions -o oceny.csv, potem sito inventory --answers oceny.csv --by OSOBA",
                "the item %s is not assessed (or has changed since); assess it: sito fetch "
                "--questions -o sheet.csv, then sito inventory --answers sheet.csv --by NAME"),
            source->item);
    }
    return SITO_OK;
}

/* Who has looked at the difference, beside where the rows came from. */
static int note_acceptance(const SitoFetch *f, char **origin, char **error) {
    char *noted = NULL;
    int rc =
        sito_db_text(f->warehouse->db, &noted, error, "SELECT json_set(?1, '$.accepted_by', ?2)",
                     "tt", *origin, f->accepted_by);
    if (rc == SITO_OK) {
        sito_free(*origin);
        *origin = noted;
    }
    return rc;
}

static int read_rows(const SitoFetch *f, const Source *source, Stage *stage, char **origin,
                     char **error) {
    Reader reader = {0};
    int rc = sito_reader_open(&reader, source, f->language, error);
    rc = rc == SITO_OK
             ? sito_stage_fill(stage, f->warehouse->db, reader.db, reader.rows, f->language, error)
             : rc;
    rc = rc == SITO_OK ? sito_reader_origin(&reader, origin, error) : rc;
    rc = rc == SITO_OK && f->accepted_by != NULL ? note_acceptance(f, origin, error) : rc;
    if (rc != SITO_OK) {
        rc = sito_reader_explain(&reader, rc, error);
    }
    sito_reader_close(&reader);
    return rc;
}

/* Fills outcome and reason; anything but SITO_OK ends the run. */
static int decide(const SitoFetch *f, const Source *source, Stage *stage, Load *load, char **origin,
                  char **reason, char **error) {
    bool same = false;
    int rc = check_inventory(source, f->language, reason);
    load->outcome = "refused";
    if (rc == SITO_OK) {
        rc = read_rows(f, source, stage, origin, reason);
        load->outcome = rc == SITO_OK ? "refused" : "failed";
        load->origin = *origin;
    }
    if (rc == SITO_OK) {
        load->stage = stage;
        rc = sito_stage_expect(stage, source, f->accepted_by != NULL, f->language, reason);
    }
    if (rc == SITO_OK) {
        rc = sito_warehouse_same(f->warehouse, source->name, stage->sha256, &same, error);
        load->outcome = same ? "unchanged" : "loaded";
        return rc;
    }
    load->reason = *reason;
    return rc == SITO_NOMEM || rc == SITO_INTERRUPT ? rc : SITO_OK;
}

static int tell(const SitoFetched *done, const Source *source, const Load *load, int64_t before,
                char **error) {
    return sito_db_do(done->result, error,
                      "INSERT INTO fetched VALUES (?1, ?2, ?3, ?4, iif(?5 < 0, NULL, ?5),"
                      " iif(?6 < 0, NULL, ?6), ?7, ?8)",
                      "ttttiiti", source->name, source->item, load->outcome, load->reason,
                      load->stage == NULL ? (int64_t)-1 : load->stage->rows, before,
                      load->stage == NULL ? NULL : load->stage->sha256, load->id);
}

static void count(SitoFetched *done, const char *outcome) {
    int64_t *counter = strcmp(outcome, "loaded") == 0      ? &done->loaded
                       : strcmp(outcome, "unchanged") == 0 ? &done->unchanged
                       : strcmp(outcome, "refused") == 0   ? &done->refused
                                                           : &done->failed;
    ++*counter;
}

static int fetch_one(const SitoFetch *f, const Source *source, SitoFetched *done, char **error) {
    Stage stage = {0};
    char *origin = NULL, *reason = NULL;
    int64_t before = -1;
    Load load = {
        .source = source->name, .item = source->item, .kind = source->kind, .kept = source->kept};
    int rc = sito_db_integer(f->warehouse->db, &before, error,
                             "SELECT coalesce((SELECT rows FROM sito_version"
                             "                  WHERE source = ?1 AND present), -1)",
                             "t", source->name);
    rc = rc == SITO_OK ? decide(f, source, &stage, &load, &origin, &reason, error) : rc;
    if (rc == SITO_OK) {
        char *raw = NULL;
        rc = sito_warehouse_swap(f->warehouse, &load, &raw);
        if (rc == SQLITE_ERROR && strcmp(load.outcome, "loaded") == 0) {
            /* a table of that name which is not ours: of this source alone */
            load.outcome = "failed";
            load.reason = reason = raw;
            raw = NULL;
            rc = sito_warehouse_swap(f->warehouse, &load, &raw);
        }
        rc = rc == SITO_OK ? SITO_OK : sito_warehouse_explain(f->warehouse, rc, raw, error);
    }
    rc = rc == SITO_OK ? tell(done, source, &load, before, error) : rc;
    if (rc == SITO_OK) {
        count(done, load.outcome);
    }
    sito_stage_free(&stage);
    sito_free(origin);
    sito_free(reason);
    return rc;
}

/* ---- all of them ---- */

static int fetch_all(const SitoFetch *f, const char *sources, SitoFetched *done, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(done->result, &rows, error, source_rows, "ti",
                                                 sources, (int64_t)(f->names_count == 0));
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        Source source = {0};
        rc = read_source(rows, &source);
        rc = rc == SITO_OK ? fetch_one(f, &source, done, error) : rc;
        sito_declared_free(&source);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(done->result, step, error);
    }
    sqlite3_finalize(rows);
    return rc;
}

int sito_warehouse_fetch(const SitoFetch *f, SitoFetched *done, char **error) {
    *done = (SitoFetched){0};
    char *sources = NULL;
    int rc = sito_db_open(&done->result, error);
    rc = rc == SITO_OK
             ? sito_db_run(done->result,
                           "CREATE TABLE fetched (source, item, outcome, reason, rows, rows_before,"
                           " sha256, load); CREATE TABLE wanted (name)",
                           error)
             : rc;
    rc = rc == SITO_OK ? sito_office_text(f->catalogue, all_sources, NULL, &sources, error) : rc;
    rc = rc == SITO_OK ? want(f, done->result, sources, error) : rc;
    /* what a stopped program did not tell the catalogue, then what this one does */
    rc = rc == SITO_OK ? sito_warehouse_settle(f->warehouse, f->catalogue, error) : rc;
    rc = rc == SITO_OK ? fetch_all(f, sources, done, error) : rc;
    rc = rc == SITO_OK ? sito_warehouse_settle(f->warehouse, f->catalogue, error) : rc;
    sito_free(sources);
    return rc;
}

void sito_fetched_free(SitoFetched *done) {
    sqlite3_close(done->result);
    *done = (SitoFetched){0};
}
