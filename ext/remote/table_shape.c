/*
** The rows and columns of a JSON source, declared or found out, when its table is created (table.c).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/option.h"
#include "json_found.h"
#include "json_query.h"
#include "table.h"

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
    rc = rc == SITO_OK && table->shape.columns.count == 0
             ? sito_error(error, SITO_ERROR,
                          "there are no rows to see the columns by; name them "
                          "with columns='…'")
             : rc;
    rc = rc != SITO_OK && *error != NULL ? sito_remote_say(table, &documents, rc, error) : rc;
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
