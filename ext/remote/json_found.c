/*
** What a first document shows of itself (json_found.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "json_found.h"
#include "json_query.h"

/* ---- where the rows are ---- */

static int take_rows(void *data, sqlite3_stmt *row, char **error) {
    SitoText path, others;
    int rc = sito_json_column(row, 0, &path);
    rc = rc == SITO_OK ? sito_json_column(row, 1, &others) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    if (path.data == NULL) {
        return sito_error(error, SITO_ERROR,
                          others.data == NULL
                              ? "the answer has no array of rows; rows='@' takes it as one row"
                              : "rows: say which array of the answer has the rows: %s",
                          others.data);
    }
    return sito_json_path_parse(path, data, error);
}

int sito_json_find_rows(sqlite3 *db, const SitoBuffer *text, SitoJsonPath *rows, char **error) {
    static const char sql[] =
        "SELECT CASE WHEN json_type(?1) = 'array' THEN '$[*]' WHEN count(*) = 1 THEN "
        "max(fullkey) || '[*]' END, group_concat(fullkey, ', ') FROM (SELECT fullkey FROM "
        "json_tree(?1) WHERE type = 'array' AND fullkey NOT GLOB '*[[]*' LIMIT 20)";
    return sito_json_query(db, sql, sito_json_text(text), (SitoText){0}, take_rows, rows, error);
}

/* ---- which columns they have ---- */

static int find_member(void *data, size_t level, sqlite3_value *key, char **error) {
    SitoJsonShape *shape = data;
    SitoJsonColumn *found = NULL;
    SitoJsonPath path = {0};
    bool shown;
    char *name = NULL;
    int rc = sito_json_rows_shows(shape, level, key, &shown);
    if (rc != SITO_OK || shown) {
        return rc;
    }
    switch (sqlite3_value_type(key)) {
    case SQLITE_INTEGER:
        name = sito_print("c%lld", sqlite3_value_int64(key) + 1);
        path = (SitoJsonPath){.of_row = true,
                              .parts = {sito_print("$[%lld]", sqlite3_value_int64(key))}};
        rc = path.parts[0] == NULL ? SITO_NOMEM : SITO_OK;
        break;
    case SQLITE_NULL:
        name = sito_print("value");
        path = (SitoJsonPath){.of_row = true, .parts = {sito_print("$")}};
        rc = path.parts[0] == NULL ? SITO_NOMEM : SITO_OK;
        break;
    default:
        name = sito_print("%s", sqlite3_value_text(key));
        rc = name == NULL ? SITO_NOMEM
                          : sito_json_path_member((SitoText){.data = name, .size = strlen(name)},
                                                  &path, error);
    }
    rc = rc == SITO_OK && name == NULL ? SITO_NOMEM : rc;
    if (rc == SITO_OK) {
        rc = sito_json_columns_add_new(
            &shape->columns, (SitoText){.data = name, .size = strlen(name)}, &found, error);
    }
    if (rc == SITO_OK) {
        found->path = path;
        if (level < shape->rows.stars) { /* a member of an outer element */
            found->path = (SitoJsonPath){.stars = level};
            found->path.parts[level] = path.parts[0];
        }
        path = (SitoJsonPath){0};
    }
    sito_json_path_free(&path);
    sito_free(name);
    return rc;
}

int sito_json_find_columns(SitoJsonRows *rows, SitoJsonShape *shape, char **error) {
    int rc = SITO_OK;
    for (size_t level = shape->rows.stars > 0; level <= shape->rows.stars && rc == SITO_OK;
         level++) {
        rc = sito_json_rows_members(rows, level, find_member, shape, error);
    }
    return rc;
}

/* ---- columns that are described ---- */

enum { NAME, PATH, TYPE, UNLESS, VALUES, SIGN, REQUIRED, COLUMN_TEXTS };

static int take_column(void *data, sqlite3_stmt *row, char **error) {
    SitoJsonColumns *columns = data;
    SitoJsonColumn *made = NULL;
    SitoText texts[COLUMN_TEXTS];
    int rc = SITO_OK;
    for (int i = 0; i < COLUMN_TEXTS && rc == SITO_OK; i++) {
        rc = sito_json_column(row, i, &texts[i]);
    }
    if (rc == SITO_OK && texts[NAME].data == NULL) {
        rc = sito_error(error, SITO_ERROR, "a column of columns or fields has no name");
    }
    if (rc == SITO_OK) { /* names that come from the answer may meet, those of a user may not */
        rc = sqlite3_column_count(row) > COLUMN_TEXTS
                 ? sito_json_columns_add_new(columns, texts[NAME], &made, error)
                 : sito_json_columns_add(columns, texts[NAME], &made, error);
    }
    if (rc == SITO_OK) {
        made->required = texts[REQUIRED].data != NULL && texts[REQUIRED].data[0] == '1';
    }
    SitoText path = texts[PATH], type = texts[TYPE], sign = texts[SIGN];
    if (rc == SITO_OK) {
        rc = path.data != NULL ? sito_json_path_parse(path, &made->path, error)
                               : sito_json_path_member(texts[NAME], &made->path, error);
    }
    if (rc == SITO_OK && type.data != NULL) {
        made->type = sito_json_type_named(type);
        rc = made->type == SITO_JSON_TYPES
                 ? sito_error(error, SITO_ERROR, "'%.*s' is no type (column %s)", (int)type.size,
                              type.data, made->name)
                 : SITO_OK;
    }
    if (rc == SITO_OK && texts[UNLESS].data != NULL) {
        made->unless_values = sito_print("(%.*s)", (int)texts[VALUES].size, texts[VALUES].data);
        rc = made->unless_values == NULL
                 ? SITO_NOMEM
                 : sito_json_path_parse(texts[UNLESS], &made->unless, error);
    }
    if (rc == SITO_OK && sign.data != NULL) {
        rc = sito_json_path_parse(sign, &made->sign, error);
    }
    return rc;
}

int sito_json_take_fields(sqlite3 *db, const SitoBuffer *text, const char *fields,
                          SitoJsonShape *shape, char **error) {
    static const char sql[] =
        "SELECT coalesce(nullif(trim(title), ''), key), cell || suffix, type, NULL, NULL, "
        "cell || sign, ?2 ->> 'required', 1 FROM (SELECT *, coalesce(?2 ->> 'at', '@') || '.\"' || key || '\"' AS "
        "cell, coalesce('.' || (?2 ->> 'value'), '') AS suffix, '.' || (?2 ->> 'sign') AS sign "
        "FROM (SELECT CASE WHEN f.type = 'object' THEN f.value ->> (?2 ->> 'name') ELSE f.key END "
        "AS key, CASE WHEN f.type = 'object' THEN f.value ->> (?2 ->> 'name') ELSE f.value END AS "
        "title, CASE WHEN f.type = 'object' THEN ?2 ->> ('$.types.\"' || (f.value ->> (?2 ->> "
        "'type')) || '\"') END AS type FROM json_each(?1, ?2 ->> 'from') AS f) "
        "WHERE key NOT IN (SELECT value FROM json_each(?2, '$.skip')))";
    int rc = sito_json_query(db, sql, sito_json_text(text),
                             (SitoText){.data = fields, .size = strlen(fields)}, take_column,
                             &shape->columns, error);
    return rc == SITO_OK && shape->columns.count == 0
               ? sito_error(error, SITO_ERROR, "the answer does not list its columns")
               : rc;
}

static int refuse_key(void *data, sqlite3_stmt *row, char **error) {
    (void)data;
    return sito_error(error, SITO_ERROR,
                      "columns: '%s' says nothing of a column; it has name, path, type, unless, "
                      "values, sign, required",
                      (const char *)sqlite3_column_text(row, 0));
}

static int refuse_list(void *data, sqlite3_stmt *row, char **error) {
    (void)data, (void)row;
    return sito_error(error, SITO_ERROR,
                      "columns begins with [ but is no JSON array of objects, such as "
                      "[{\"name\": \"kod\", \"path\": \"@.id\", \"type\": \"text\"}]");
}

int sito_json_take_columns(sqlite3 *db, const char *json, SitoJsonColumns *columns, char **error) {
    static const char bad[] =
        "SELECT 1 WHERE CASE json_valid(?1) WHEN 1 THEN EXISTS (SELECT 1 FROM json_each(?1) WHERE "
        "type <> 'object') OR json_array_length(?1) = 0 ELSE 1 END";
    static const char unknown[] =
        "SELECT k.key FROM json_each(?1) AS c, json_each(c.value) AS k WHERE k.key NOT IN "
        "('name', 'path', 'type', 'unless', 'values', 'sign', 'required')";
    static const char sql[] =
        "SELECT c.value ->> 'name', c.value ->> 'path', c.value ->> 'type', c.value ->> 'unless', "
        "(SELECT group_concat(quote(CAST(v.value AS TEXT))) FROM json_each(c.value, '$.values') AS v), "
        "c.value ->> 'sign', c.value ->> 'required' FROM json_each(?1) AS c";
    SitoText text = {.data = json, .size = strlen(json)};
    int rc = sito_json_query(db, bad, text, (SitoText){0}, refuse_list, NULL, error);
    rc = rc == SITO_OK ? sito_json_query(db, unknown, text, (SitoText){0}, refuse_key, NULL, error)
                       : rc;
    return rc == SITO_OK
               ? sito_json_query(db, sql, text, (SitoText){0}, take_column, columns, error)
               : rc;
}
