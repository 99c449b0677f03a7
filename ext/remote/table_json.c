/*
** The rows of JSON answers as a table (table.c).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdlib.h>
#include <string.h>

#include "base/option.h"
#include "base/register.h"
#include "json_found.h"
#include "json_query.h"
#include "table.h"

/* ---- connect ---- */

static int parse_path(const char *option, const char *text, SitoJsonPath *path, char **error) {
    char *phrase = NULL;
    if (text == NULL) {
        return SITO_OK;
    }
    int rc = sito_json_path_parse((SitoText){.data = text, .size = strlen(text)}, path, &phrase);
    bool refers = rc == SITO_OK && (path->of_row || path->stars > 0);
    if (refers) {
        rc = sito_error(&phrase, SITO_ERROR, "it begins with $ and has no [*]");
    }
    if (rc != SITO_OK && rc != SITO_NOMEM) {
        rc = sito_error(error, rc, "%s: %s", option, phrase != NULL ? phrase : "?");
    }
    sito_free(phrase);
    return rc;
}

/* '$.results' means '$.results[*]'; '@' is the whole document. */
static int parse_rows(SitoRemoteTable *table, char **error) {
    const char *text = table->options.rows;
    SitoJsonPath *rows = &table->shape.rows;
    bool one = text == NULL || strcmp(text, "@") == 0;
    if (one) { /* where it is not known it is found out, except in ndjson, whose lines are rows */
        rows->parts[0] = sito_print("$");
        return rows->parts[0] == NULL ? SITO_NOMEM : SITO_OK;
    }
    int rc = sito_json_path_parse((SitoText){.data = text, .size = strlen(text)}, rows, error);
    if (rc == SITO_OK && rows->of_row) {
        return sito_error(error, SITO_ERROR,
                          "rows begins with $, or is '@': the answer is one row");
    }
    if (rc == SITO_OK && (rows->stars == 0 || strcmp(rows->parts[rows->stars], "$") != 0)) {
        if (rows->stars == SITO_MOST_STARS) {
            return sito_error(error, SITO_ERROR, "rows has more than %d [*]", SITO_MOST_STARS);
        }
        rows->parts[++rows->stars] = sito_print("$");
        rc = rows->parts[rows->stars] == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

static int check_path(const SitoJsonShape *shape, const SitoJsonPath *path, const char *name,
                      char **error) {
    bool good = path->parts[0] == NULL ||
                (path->of_row ? path->stars == 0 : sito_json_path_within(path, &shape->rows));
    return good ? SITO_OK
                : sito_error(error, SITO_ERROR,
                             "the path of column %s does not lead along rows: it begins with @, or "
                             "with the same arrays as rows",
                             name);
}

static int check_columns(const SitoJsonShape *shape, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < shape->columns.count && rc == SITO_OK; i++) {
        const SitoJsonColumn *column = &shape->columns.items[i];
        rc = check_path(shape, &column->path, column->name, error);
        rc = rc == SITO_OK ? check_path(shape, &column->unless, column->name, error) : rc;
        rc = rc == SITO_OK ? check_path(shape, &column->sign, column->name, error) : rc;
    }
    return rc;
}

static int take_columns(SitoRemoteTable *table, char **error) {
    const char *text = table->options.columns;
    if (text == NULL) {
        return SITO_OK;
    }
    SitoText list = sito_option_trim((SitoText){.data = text, .size = strlen(text)});
    return list.size > 0 && list.data[0] == '['
               ? sito_json_take_columns(table->db, text, &table->shape.columns, error)
               : sito_json_columns_list(list, &table->shape.columns, error);
}

static int take_from(void *data, sqlite3_stmt *row, char **error) {
    SitoText path;
    int rc = sito_json_column(row, 0, &path);
    return rc == SITO_OK ? sito_json_path_parse(path, data, error) : rc;
}

/* The columns that the answer lists itself, and the list as what all pages must have. */
static int take_fields(SitoRemoteTable *table, SitoJsonRows *rows, char **error) {
    const char *fields = table->options.fields;
    int rc = sito_json_take_fields(table->db, &rows->text, fields, &table->shape, error);
    rc = rc == SITO_OK ? sito_json_query(table->db, "SELECT ?1 ->> 'from'",
                                         (SitoText){.data = fields, .size = strlen(fields)},
                                         (SitoText){0}, take_from, &table->paths.fixed, error)
                       : rc;
    return rc == SITO_OK ? sito_hash_part(table->db, &rows->text, &table->paths.fixed,
                                          &table->paths.fixed_hash, error)
                         : rc;
}

/* Where the first document has its rows and columns. */
static int look_at(SitoRemoteTable *table, SitoJsonRows *rows, bool find_rows, bool find_columns,
                   char **error) {
    SitoJsonShape *shape = &table->shape;
    int rc = SITO_OK;
    if (find_rows) { /* judged as one row, then looked at again */
        rc = sito_json_rows_begin(rows, error);
        sito_json_path_free(&shape->rows);
        rc = rc == SITO_OK ? sito_json_find_rows(table->db, &rows->text, &shape->rows, error) : rc;
        sito_json_rows_forget(rows);
    }
    rc = rc == SITO_OK ? sito_json_rows_begin(rows, error) : rc;
    if (rc == SITO_OK && table->options.fields != NULL) {
        return take_fields(table, rows, error);
    }
    return rc == SITO_OK && find_columns ? sito_json_find_columns(rows, shape, error) : rc;
}

enum { LINES_LOOKED_AT = 1000 };

/* Reads the first page, or the first lines, for what is not declared. */
static int find_out(SitoRemoteTable *table, bool find_rows, bool find_columns, char **error) {
    SitoDocuments documents;
    SitoJsonRows rows;
    bool there = true;
    int lines = table->format == SITO_FORMAT_NDJSON ? LINES_LOOKED_AT : 1;
    sito_documents_init(&documents, table->db, &table->options, &table->paths, &table->shape,
                        table->format);
    sito_json_rows_open(&rows, table->db, &table->shape);
    int rc = sito_documents_start(&documents, error);
    for (int line = 0; line < lines && there && rc == SITO_OK; line++) {
        rc = sito_documents_read(&documents, &rows, &there, error);
        rc = rc == SITO_OK && there ? look_at(table, &rows, find_rows, find_columns, error) : rc;
    }
    if (rc != SITO_OK && documents.number > 0 && table->format == SITO_FORMAT_NDJSON &&
        error != NULL && *error != NULL && !sito_remote_is_of_fetch(*error)) {
        char *phrase = *error;
        *error = sito_print("line %lld: %s", (long long)documents.number, phrase);
        sito_free(phrase);
    }
    rc = rc == SITO_OK && table->shape.columns.count == 0
             ? sito_error(error, SITO_ERROR,
                          "there are no rows to see the columns by; name them "
                          "with columns='…'")
             : rc;
    sito_json_rows_close(&rows);
    sito_documents_close(&documents);
    return rc;
}

static int declare(SitoRemoteTable *table, char **error) {
    static const char *const types[SITO_JSON_TYPES] = {
        [SITO_JSON_TEXT] = " TEXT",   [SITO_JSON_INTEGER] = " INTEGER",
        [SITO_JSON_NUMBER] = " REAL", [SITO_JSON_BOOLEAN] = " INTEGER",
        [SITO_JSON_JSON] = " TEXT",   [SITO_JSON_TERYT] = " TEXT"};
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE remote(");
    for (size_t i = 0; i < table->shape.columns.count && rc == SITO_OK; i++) {
        const SitoJsonColumn *column = &table->shape.columns.items[i];
        const char *type = types[column->type];
        rc = sito_buffer_print(&sql, "\"%w\"%s, ", column->name, type != NULL ? type : "");
    }
    rc = rc == SITO_OK ? sito_buffer_print(&sql, "_row HIDDEN, _page HIDDEN, _url HIDDEN, "
                                                 "_signs HIDDEN)")
                       : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&sql, "", 1) : rc;
    if (rc == SITO_OK) {
        rc = sqlite3_declare_vtab(table->db, sql.data);
        rc = rc == SQLITE_OK ? SITO_OK : sito_json_failed(table->db, rc, error);
    }
    sito_buffer_free(&sql);
    return rc;
}

int sito_remote_connect_json(SitoRemoteTable *table, char **error) {
    SitoRemoteOptions *options = &table->options;
    if (options->csv_count > 0) {
        return sito_error(
            error, SITO_ERROR,
            "option %s is for csv, and this is %s; write format='csv' if the source is",
            options->csv_first, table->format == SITO_FORMAT_JSON ? "json" : "ndjson");
    }
    int rc = parse_path("next", options->next, &table->paths.next, error);
    rc = rc == SITO_OK ? parse_path("cursor", options->cursor, &table->paths.cursor, error) : rc;
    rc = rc == SITO_OK ? parse_path("total", options->total, &table->paths.total, error) : rc;
    rc = rc == SITO_OK ? parse_rows(table, error) : rc;
    rc = rc == SITO_OK ? take_columns(table, error) : rc;
    bool find_rows = options->rows == NULL && table->format == SITO_FORMAT_JSON;
    bool find_columns = table->shape.columns.count == 0;
    if (rc == SITO_OK && (find_rows || find_columns)) {
        rc = find_out(table, find_rows, find_columns, error);
        table->shape.found = find_columns && options->fields == NULL;
    }
    rc = rc == SITO_OK ? check_columns(&table->shape, error) : rc;
    return rc == SITO_OK ? declare(table, error) : rc;
}

/* ---- cursors ---- */

static SitoRemoteTable *table_of(const SitoRemoteCursor *cursor) {
    return (SitoRemoteTable *)cursor->base.pVtab;
}

void sito_remote_open_json(SitoRemoteCursor *cursor) {
    SitoRemoteTable *table = table_of(cursor);
    sito_documents_init(&cursor->documents, table->db, &table->options, &table->paths,
                        &table->shape, table->format);
    sito_json_rows_open(&cursor->rows, table->db, &table->shape);
}

void sito_remote_close_json(SitoRemoteCursor *cursor) {
    sito_json_rows_close(&cursor->rows);
    sito_documents_close(&cursor->documents);
}

/* "line 17: …" of ndjson, "page 3: …" where there are several. */
static int place(const SitoRemoteCursor *cursor, int rc, char **error) {
    const SitoDocuments *documents = &cursor->documents;
    bool lines = documents->format == SITO_FORMAT_NDJSON;
    if (*error == NULL || documents->number == 0 || sito_remote_is_of_fetch(*error) ||
        (!lines && documents->paging.kind == SITO_PAGE_NONE)) {
        return rc;
    }
    char *phrase = *error;
    *error =
        sito_print("%s %lld: %s", lines ? "line" : "page", (long long)documents->number, phrase);
    sito_free(phrase);
    return *error == NULL ? SITO_NOMEM : rc;
}

/* Hands a message to SQLite, which shows it as the error of the statement. */
static int fail(SitoRemoteCursor *cursor, int rc, char *error) {
    if (rc != SITO_OK && rc != SITO_NOMEM && error != NULL) {
        rc = place(cursor, rc, &error);
        rc = sito_remote_say(table_of(cursor), cursor->documents.url, rc, &error);
        sqlite3_free(cursor->base.pVtab->zErrMsg);
        cursor->base.pVtab->zErrMsg = error;
        return rc;
    }
    sito_free(error);
    return rc;
}

static int next_document(SitoRemoteCursor *cursor, char **error) {
    bool there;
    int rc = sito_documents_read(&cursor->documents, &cursor->rows, &there, error);
    cursor->end = rc != SITO_OK || !there;
    if (cursor->end) {
        return rc;
    }
    rc = sito_json_rows_begin(&cursor->rows, error);
    cursor->reading = rc == SITO_OK;
    return rc == SITO_OK ? sito_documents_turn(&cursor->documents, &cursor->rows, error) : rc;
}

int sito_remote_next_json(SitoRemoteCursor *cursor) {
    char *error = NULL;
    bool there = false;
    int rc = SITO_OK;
    while (rc == SITO_OK && !there && !cursor->end) {
        if (cursor->reading) {
            rc = sito_json_rows_next(&cursor->rows, &there, &error);
            cursor->reading = there;
        } else {
            rc = next_document(cursor, &error);
        }
    }
    cursor->rowid += there;
    return fail(cursor, rc, error);
}

int sito_remote_filter_json(SitoRemoteCursor *cursor, const char *used) {
    char *error = NULL;
    sito_json_rows_use(&cursor->rows, used != NULL ? strtoull(used, NULL, 16) : UINT64_MAX);
    cursor->reading = cursor->end = false;
    cursor->rowid = 0;
    int rc = sito_documents_start(&cursor->documents, &error);
    return rc == SITO_OK ? sito_remote_next_json(cursor) : fail(cursor, rc, error);
}

int sito_remote_column_json(SitoRemoteCursor *cursor, sqlite3_context *context, int column) {
    int columns = (int)table_of(cursor)->shape.columns.count;
    char *error = NULL;
    int rc = SITO_OK;
    if (column < columns) {
        rc = sito_json_rows_cell(&cursor->rows, (size_t)column, context, &error);
    } else if (column - columns == SITO_COL_PAGE) {
        sqlite3_result_int64(context, cursor->documents.number);
    } else if (column - columns == SITO_COL_URL) {
        SitoBuffer shown = {0};
        rc = sito_remote_show(table_of(cursor), cursor->documents.url, &shown);
        if (rc == SITO_OK) {
            sqlite3_result_text(context, shown.data, -1, SQLITE_TRANSIENT);
        }
        sito_buffer_free(&shown);
    } else {
        rc = sito_json_rows_text(&cursor->rows,
                                 column - columns == SITO_COL_ROW ? SITO_JSON_ROW : SITO_JSON_SIGNS,
                                 context);
    }
    if (rc != SITO_OK) {
        rc = error != NULL ? place(cursor, rc, &error) : rc;
        rc = error != NULL ? sito_remote_say(table_of(cursor), cursor->documents.url, rc, &error)
                           : rc;
        sito_result_failure(context, rc, error);
    }
    return SQLITE_OK;
}
