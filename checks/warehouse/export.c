/*
** A data set written from the warehouse (warehouse.h): every resource that declares a query becomes its file.
**
** R1  All queries of a data set see one state of the warehouse. All files are staged before the first takes its
**     place; where one is refused none does.
** R2  Columns of the query are the fields of the resource, in their order, by name.
** R3  Records stand in the order of the query, then of all columns (order.c): equal tables, equal bytes.
** R4  A query without records is refused: a file that was there is not emptied by accident.
** R5  A table whose item people have qualified as not to be published is not read.
** R6  What was exported from which versions is an event of the catalogue, when it is new.
*/
#include <string.h>

#include "catalogue/office.h"
#include "common/file.h"
#include "common/number.h"
#include "warehouse/private.h"

enum { CHUNK = 1 << 16 };

typedef struct Exporting {
    const SitoExport *request;
    sqlite3 *db; /* for JSON */
    Guard *guard;
    Resource resource;
    OutFile file;
    char *lineage;
    int64_t rows;
} Exporting;

/* A sentence about the present resource. */
static int blame(const Exporting *e, int rc, char *sentence, char **error) {
    if (rc == SITO_ERROR && sentence != NULL) {
        rc = sito_error(error, rc,
                        sito_say(e->request->language, "zasób „%s”: %s", "resource \"%s\": %s"),
                        e->resource.name, sentence);
    } else if (sentence != NULL) {
        rc = sito_error(error, rc, "%s", sentence);
    }
    sito_free(sentence);
    return rc;
}

/* ---- the query ---- */

/* R2. */
static int check_columns(const Exporting *e, sqlite3_stmt *rows, char **error) {
    int count = sqlite3_column_count(rows);
    for (int i = 0; i < e->resource.fields_count && i < count; i++) {
        const char *found = sqlite3_column_name(rows, i), *field = e->resource.fields[i].name;
        if (found == NULL || strcmp(found, field) != 0) {
            return sito_error(
                error, SITO_ERROR,
                sito_say(e->request->language,
                         "kolumna %d zapytania to „%s”, a pole to „%s”; nazwij ją: … AS \"%s\"",
                         "column %d of the query is \"%s\", the field is \"%s\"; name it: … AS "
                         "\"%s\""),
                i + 1, found == NULL ? "" : found, field, field);
        }
    }
    return count == e->resource.fields_count
               ? SITO_OK
               : sito_error(error, SITO_ERROR,
                            sito_say(e->request->language,
                                     "zapytanie daje kolumn: %d, a pól jest: %d",
                                     "the query gives %d columns, there are %d fields"),
                            count, e->resource.fields_count);
}

/* The query as it stands, then with its total order (R3). */
static int prepare(Exporting *e, sqlite3_stmt **rows, char **error) {
    SitoBuffer ordered = {0};
    int rc = sito_guard_prepare(e->guard, e->resource.query, rows, error);
    rc = rc == SITO_OK ? check_columns(e, *rows, error) : rc;
    rc = rc == SITO_OK ? sito_total_order(e->resource.query, sqlite3_column_count(*rows), &ordered)
                       : rc;
    sqlite3_finalize(*rows);
    *rows = NULL;
    rc = rc == SITO_OK ? sito_guard_prepare(e->guard, ordered.data, rows, error) : rc;
    sito_buffer_free(&ordered);
    return rc;
}

/* R5. */
static int check_items(const Exporting *e, char **error) {
    char *item = NULL;
    int rc =
        sito_office_text(e->request->catalogue,
                         "SELECT item FROM inventory WHERE qualification = 'no'"
                         "   AND item IN (SELECT value ->> '$.item' FROM json_each(?1)) LIMIT 1",
                         e->lineage, &item, error);
    if (rc == SITO_OK && item != NULL) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(e->request->language,
                     "pozycję %s oceniono: nie do publikacji; zmień zapytanie albo ocenę (sito "
                     "inventory --answers)",
                     "the item %s was assessed as not to be published; change the query or the "
                     "assessment (sito inventory --answers)"),
            item);
    }
    sito_free(item);
    return rc;
}

/* ---- the file ---- */

static int put_header(const Exporting *e, SitoBuffer *out) {
    const Dialect *dialect = &e->resource.dialect;
    int rc = SITO_OK;
    for (int i = 0; i < e->resource.fields_count && rc == SITO_OK && dialect->header; i++) {
        const char *name = e->resource.fields[i].name;
        rc = i > 0 ? sito_buffer_add(out, &dialect->delimiter, 1) : SITO_OK;
        rc = rc == SITO_OK ? sito_cell_put_text(out, dialect, (SitoText){name, strlen(name)}) : rc;
    }
    return rc == SITO_OK && dialect->header ? sito_buffer_print(out, "%s", dialect->line_end) : rc;
}

static int put_cell(const Exporting *e, sqlite3_stmt *row, int column, SitoBuffer *out,
                    char **error) {
    const Field *field = &e->resource.fields[column];
    char *what = NULL;
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(row, column));
    int rc = value == NULL ? SITO_NOMEM
                           : sito_cell_put(out, field, &e->resource.dialect, value,
                                           e->request->language, &what);
    sqlite3_value_free(value);
    if (rc != SITO_OK && what != NULL) {
        rc = sito_error(error, rc,
                        sito_say(e->request->language, "wiersz %lld, kolumna „%s”: %s",
                                 "row %lld, column \"%s\": %s"),
                        (long long)e->rows, field->name, what);
    }
    sito_free(what);
    return rc;
}

static int put_row(Exporting *e, sqlite3_stmt *row, SitoBuffer *out, char **error) {
    const Dialect *dialect = &e->resource.dialect;
    size_t start = out->size;
    int rc = SITO_OK;
    e->rows++;
    for (int i = 0; i < e->resource.fields_count && rc == SITO_OK; i++) {
        rc = i > 0 ? sito_buffer_add(out, &dialect->delimiter, 1) : SITO_OK;
        rc = rc == SITO_OK ? put_cell(e, row, i, out, error) : rc;
    }
    if (rc == SITO_OK && out->size == start) { /* one empty cell would be no line at all */
        rc = sito_buffer_print(out, "%c%c", dialect->quote, dialect->quote);
    }
    return rc == SITO_OK ? sito_buffer_print(out, "%s", dialect->line_end) : rc;
}

static int write_rows(Exporting *e, sqlite3_stmt *rows, SitoBuffer *out, char **error) {
    int step = SQLITE_DONE, rc = put_header(e, out);
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = put_row(e, rows, out, error);
        if (rc == SITO_OK && out->size >= CHUNK) {
            rc = sito_outfile_add(&e->file, (SitoText){out->data, out->size}, error);
            out->size = 0;
        }
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        return sito_guard_error(e->guard, step, error);
    }
    if (rc == SITO_OK && e->rows == 0) { /* R4 */
        rc = sito_error(error, SITO_ERROR, "%s",
                        sito_say(e->request->language,
                                 "zapytanie nie daje ani jednego wiersza; plik zostaje, jaki był",
                                 "the query gives no rows; the file stays as it was"));
    }
    return rc == SITO_OK ? sito_outfile_add(&e->file, (SitoText){out->data, out->size}, error) : rc;
}

static int stage(Exporting *e, char **error) {
    sqlite3_stmt *rows = NULL;
    SitoBuffer out = {0};
    char *path = sito_path_join(e->request->folder, e->resource.path), *what = NULL;
    int rc = path == NULL ? SITO_NOMEM : prepare(e, &rows, &what);
    rc = rc == SITO_OK ? sito_outfile_open(&e->file, path, e->request->language, &what) : rc;
    rc = rc == SITO_OK ? write_rows(e, rows, &out, &what) : rc;
    sqlite3_finalize(rows);
    rc = rc == SITO_OK ? sito_outfile_end(&e->file, &what) : rc;
    rc = rc == SITO_OK ? sito_guard_lineage(e->guard, &e->lineage, &what) : rc;
    rc = rc == SITO_OK ? check_items(e, &what) : rc;
    sito_buffer_free(&out);
    sito_free(path);
    return rc == SITO_OK ? SITO_OK : blame(e, rc, what, error);
}

/* ---- its record ---- */

/* R6. */
static int record(const Exporting *e, char **error) {
    char *key = sito_print("%s\n%s", e->request->dataset, e->resource.path), *known = NULL;
    char *now = sito_print("%s\n%s", e->file.sha256, e->lineage);
    char rows[24];
    int rc = key == NULL || now == NULL
                 ? SITO_NOMEM
                 : sito_office_text(e->request->catalogue,
                                    "SELECT sha256 || char(10) || lineage FROM warehouse_export"
                                    " WHERE dataset || char(10) || file = ?1",
                                    key, &known, error);
    if (rc == SITO_OK && (known == NULL || strcmp(known, now) != 0)) {
        sqlite3_snprintf(sizeof rows, rows, "%lld", (long long)e->rows);
        SitoField fields[] = {{"kind", "export"},
                              {"subject", e->request->dataset},
                              {"location", e->resource.path},
                              {"digest", e->file.sha256},
                              {"number", rows},
                              {"detail", e->lineage},
                              {"program", "sito " SITO_VERSION}};
        rc = sito_office_add(e->request->catalogue, "event", fields, SITO_COUNT(fields), error);
    }
    sito_free(key);
    sito_free(known);
    sito_free(now);
    return rc;
}

static int tell(const Exporting *e, bool unchanged, SitoExported *exported) {
    SitoLanguage language = e->request->language;
    int rc = sito_buffer_print(&exported->lines,
                               sito_say(language, "%s: %s, wierszy: ", "%s: %s, rows: "),
                               e->resource.path,
                               unchanged ? sito_say(language, "bez zmian", "unchanged")
                                         : sito_say(language, "zapisano", "written"));
    rc = rc == SITO_OK ? sito_write_integer(language, e->rows, &exported->lines) : rc;
    *(unchanged ? &exported->unchanged : &exported->written) += 1;
    return rc == SITO_OK ? sito_buffer_print(&exported->lines, "\n") : rc;
}

static int place(Exporting *e, SitoExported *exported, char **error) {
    bool unchanged = false;
    int rc = sito_outfile_place(&e->file, &unchanged, error);
    rc = rc == SITO_OK ? record(e, error) : rc;
    return rc == SITO_OK ? tell(e, unchanged, exported) : rc;
}

/* ---- all resources ---- */

static void release(Exporting *all, int64_t count) {
    for (int64_t i = 0; all != NULL && i < count; i++) {
        sito_outfile_close(&all[i].file);
        sito_resource_free(&all[i].resource);
        sito_free(all[i].lineage);
    }
    sito_free(all);
}

static int stage_all(const SitoExport *request, sqlite3 *db, Exporting *all, int64_t count,
                     SitoExported *exported, char **error) {
    Guard guard = {0};
    int rc = sito_guard_open(&guard, request->warehouse, error);
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        all[i] = (Exporting){.request = request, .db = db, .guard = &guard, .file = {.fd = -1}};
        rc = sito_resource_read(db, request->descriptor, i, &all[i].resource, request->language,
                                error);
        if (rc == SITO_OK && all[i].resource.query != NULL) {
            exported->declared++;
            rc = stage(&all[i], error);
        }
    }
    sito_guard_close(&guard);
    return rc;
}

int sito_warehouse_export(const SitoExport *request, SitoExported *exported, char **error) {
    *exported = (SitoExported){0};
    sqlite3 *db = NULL;
    Exporting *all = NULL;
    int64_t count = 0;
    int rc = sito_db_open(&db, error);
    rc = rc == SITO_OK
             ? sito_db_integer(db, &count, error, "SELECT json_array_length(?1, '$.resources')",
                               "t", request->descriptor)
             : rc;
    if (rc == SITO_OK && count > 0) {
        all = sito_malloc((size_t)count * sizeof *all);
        rc = all == NULL ? SITO_NOMEM : SITO_OK;
        for (int64_t i = 0; i < count && all != NULL; i++) {
            all[i] = (Exporting){.file = {.fd = -1}};
        }
    }
    rc = rc == SITO_OK ? stage_all(request, db, all, count, exported, error) : rc;
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = all[i].resource.query != NULL ? place(&all[i], exported, error) : SITO_OK;
    }
    release(all, count);
    sqlite3_close(db);
    return rc;
}
