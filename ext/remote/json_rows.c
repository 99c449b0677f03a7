/*
** One JSON document as rows (json_rows.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "json_query.h"
#include "json_rows.h"
#include "json_text_core.h"

/* ---- statements ---- */

static int prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement, char **error) {
    int rc = sqlite3_prepare_v2(db, sql, -1, statement, NULL);
    return rc == SQLITE_OK ? SITO_OK : sito_json_failed(db, rc, error);
}

/* The document lies still until the statement is reset. */
static int bind(sqlite3_stmt *statement, const SitoBuffer *text) {
    return sqlite3_bind_text64(statement, 1, text->size > 0 ? text->data : "", text->size,
                               SQLITE_STATIC, SQLITE_UTF8);
}

static int step(sqlite3 *db, sqlite3_stmt *statement, bool *there, char **error) {
    int rc = sqlite3_step(statement);
    *there = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SITO_OK : sito_json_failed(db, rc, error);
}

static void rest(sqlite3_stmt *statement) {
    if (statement != NULL) {
        (void)sqlite3_reset(statement);
        (void)sqlite3_clear_bindings(statement);
    }
}

void sito_json_rows_open(SitoJsonRows *rows, sqlite3 *db, const SitoJsonShape *shape) {
    *rows = (SitoJsonRows){.db = db, .shape = shape, .used = UINT64_MAX};
}

void sito_json_rows_use(SitoJsonRows *rows, uint64_t used) {
    if (rows->used != used) {
        sqlite3_finalize(rows->select);
        rows->select = NULL;
        rows->used = used;
    }
}

static void rest_all(SitoJsonRows *rows) {
    rest(rows->select);
    for (int i = 0; i < CHECKS; i++) {
        rest(rows->checks[i]);
    }
}

void sito_json_rows_forget(SitoJsonRows *rows) {
    sqlite3_finalize(rows->select);
    rows->select = NULL;
    for (int i = 0; i < CHECKS; i++) {
        sqlite3_finalize(rows->checks[i]);
        rows->checks[i] = NULL;
    }
}

void sito_json_rows_close(SitoJsonRows *rows) {
    sito_json_rows_forget(rows);
    sito_buffer_free(&rows->text);
    *rows = (SitoJsonRows){0};
}

/* ---- what a document must be ---- */

static int check_sql(const SitoJsonRows *rows, int check, SitoBuffer *sql) {
    static const char valid[] = /* and whether the first line is, where there are more */
        "SELECT json_valid(?1), json_valid(substr(?1, 1, nullif(instr(?1, char(10)), 0) - 1))";
    static const char twice[] = "SELECT key FROM json_tree(?1) WHERE typeof(key) = 'text' GROUP BY "
                                "parent, key HAVING count(*) > 1 LIMIT 1";
    const SitoJsonPath *path = &rows->shape->rows;
    switch (check) {
    case CHECK_VALID:
        return sito_buffer_add(sql, valid, sizeof valid);
    case CHECK_TWICE:
        return sito_buffer_add(sql, twice, sizeof twice);
    case CHECK_OUTER:
        return sito_json_sql_outer(path, sql);
    default: {
        size_t level = (size_t)(check - CHECK_MEMBERS);
        return check < CHECK_MEMBERS ? sito_json_sql_inner(path, (size_t)(check - CHECK_INNER), sql)
                                     : sito_json_sql_members(path, level, level < path->stars, sql);
    }
    }
}

/* The statement of a check, on its first row, if there is one. The one before lets go of its parse of the
** document, which is several times as large as that. */
static int start_check(SitoJsonRows *rows, int check, bool *there, char **error) {
    SitoBuffer sql = {0};
    int rc = SITO_OK;
    rest(rows->checks[rows->checking]);
    rows->checking = check;
    if (rows->checks[check] == NULL) {
        rc = check_sql(rows, check, &sql);
        rc = rc == SITO_OK ? prepare(rows->db, sql.data, &rows->checks[check], error) : rc;
        sito_buffer_free(&sql);
    }
    rc = rc == SITO_OK ? bind(rows->checks[check], &rows->text) : rc;
    return rc == SITO_OK ? step(rows->db, rows->checks[check], there, error) : rc;
}

static int check_sound(SitoJsonRows *rows, char **error) {
    bool there = false;
    SitoText name;
    int rc = start_check(rows, CHECK_VALID, &there, error);
    if (rc == SITO_OK && sqlite3_column_int(rows->checks[CHECK_VALID], 0) == 0) {
        bool page = rows->text.size > 0 && rows->text.data[0] == '<';
        bool lines = sqlite3_column_int(rows->checks[CHECK_VALID], 1) != 0;
        rc = sito_error(error, SITO_ERROR, "the text (%lld bytes) is not valid JSON%s",
                        (long long)rows->text.size,
                        page    ? "; it begins as HTML or XML"
                        : lines ? "; its first line is: format='ndjson' reads lines"
                                : "");
    }
    rc = rc == SITO_OK ? start_check(rows, CHECK_TWICE, &there, error) : rc;
    if (rc == SITO_OK && there) {
        rc = sito_json_column(rows->checks[CHECK_TWICE], 0, &name);
        rc = rc == SITO_OK ? sito_error(error, SITO_ERROR,
                                        "an object has two members '%.*s', and nobody can tell "
                                        "which of them is meant",
                                        (int)(name.size < 80 ? name.size : 80), name.data)
                           : rc;
    }
    return rc;
}

/* "$.results of the text is an object, not an array of rows; arrays there are $.result.records" */
static int no_array(const SitoJsonRows *rows, const char *kind, char **error) {
    const char *path = rows->shape->rows.parts[0];
    sqlite3_stmt *statement = NULL;
    bool there = false;
    int rc = prepare(rows->db,
                     "SELECT group_concat(fullkey, ', ') FROM (SELECT fullkey FROM json_tree(?1) "
                     "WHERE type = 'array' AND fullkey NOT GLOB '*[[]*' LIMIT 8)",
                     &statement, error);
    rc = rc == SITO_OK ? bind(statement, &rows->text) : rc;
    rc = rc == SITO_OK ? step(rows->db, statement, &there, error) : rc;
    if (rc == SITO_OK) {
        const char *arrays = (const char *)sqlite3_column_text(statement, 0);
        rc = sito_error(
            error, SITO_ERROR, "rows: %s is %s%s%s%s", path,
            kind == NULL ? "not there" : "no array but of type ", kind == NULL ? "" : kind,
            arrays != NULL ? "; the arrays of this answer are " : "; this answer has none",
            arrays != NULL ? arrays : "");
    }
    sqlite3_finalize(statement);
    return rc;
}

static int check_arrays(SitoJsonRows *rows, char **error) {
    const SitoJsonPath *path = &rows->shape->rows;
    bool there = false;
    rows->elements = 1;
    if (path->stars == 0) {
        return SITO_OK;
    }
    int rc = start_check(rows, CHECK_OUTER, &there, error);
    if (rc == SITO_OK) {
        const char *kind = (const char *)sqlite3_column_text(rows->checks[CHECK_OUTER], 0);
        rows->elements = sqlite3_column_int64(rows->checks[CHECK_OUTER], 1);
        rc = kind == NULL || strcmp(kind, "array") != 0 ? no_array(rows, kind, error) : SITO_OK;
    }
    for (size_t level = 1; level < path->stars && rc == SITO_OK; level++) {
        int check = CHECK_INNER + (int)level;
        rc = start_check(rows, check, &there, error);
        if (rc == SITO_OK && there) {
            rc = sito_error(error, SITO_ERROR,
                            "rows: %s of an element of %s is no array but of type %s",
                            path->parts[level], path->parts[level - 1],
                            (const char *)sqlite3_column_text(rows->checks[check], 0));
        }
    }
    return rc;
}

int sito_json_rows_members(SitoJsonRows *rows, size_t level,
                           int (*see)(void *data, size_t level, sqlite3_value *key, char **error),
                           void *data, char **error) {
    int check = CHECK_MEMBERS + (int)level;
    bool there = false;
    int rc = start_check(rows, check, &there, error);
    while (rc == SITO_OK && there) {
        sqlite3_value *key = sqlite3_value_dup(sqlite3_column_value(rows->checks[check], 0));
        rc = key == NULL ? SITO_NOMEM : see(data, level, key, error);
        sqlite3_value_free(key);
        rc = rc == SITO_OK ? step(rows->db, rows->checks[check], &there, error) : rc;
    }
    return rc;
}

/* The path from an element to its member: $."name", $[3], or $ where the element is a plain value. */
static char *member_path(sqlite3_value *key) {
    switch (sqlite3_value_type(key)) {
    case SQLITE_INTEGER:
        return sito_print("$[%lld]", sqlite3_value_int64(key));
    case SQLITE_NULL:
        return sito_print("$");
    default: {
        const unsigned char *name = sqlite3_value_text(key);
        return name == NULL ? NULL : sito_print("$.\"%s\"", name);
    }
    }
}

int sito_json_rows_shows(const SitoJsonShape *shape, size_t level, sqlite3_value *key,
                         bool *shows) {
    char *path = member_path(key);
    *shows = false;
    if (path == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < shape->columns.count && !*shows; i++) {
        const SitoJsonPath *other = &shape->columns.items[i].path;
        size_t its = other->of_row ? shape->rows.stars : other->stars;
        *shows = its == level && strcmp(other->parts[other->of_row ? 0 : other->stars], path) == 0;
    }
    sito_free(path);
    return SITO_OK;
}

static int must_be_shown(void *data, size_t level, sqlite3_value *key, char **error) {
    bool shown;
    int rc = sito_json_rows_shows(data, level, key, &shown);
    if (rc != SITO_OK || shown) {
        return rc;
    }
    const char *name = (const char *)sqlite3_value_text(key);
    return sito_error(error, SITO_ERROR,
                      "there is a member '%.80s' that was not there when the table was created; "
                      "name the columns with columns='…'",
                      name != NULL ? name : "(a plain value)");
}

int sito_json_rows_begin(SitoJsonRows *rows, char **error) {
    const SitoJsonShape *shape = rows->shape;
    rest_all(rows);
    rows->row = rows->elements = 0;
    int rc = sito_json_plain(&rows->text, error);
    rc = rc == SITO_OK ? check_sound(rows, error) : rc;
    rc = rc == SITO_OK ? check_arrays(rows, error) : rc;
    for (size_t level = shape->rows.stars > 0; level <= shape->rows.stars; level++) {
        if (rc == SITO_OK && shape->found) {
            rc = sito_json_rows_members(rows, level, must_be_shown, (void *)shape, error);
        }
    }
    rest(rows->checks[rows->checking]);
    return rc;
}

/* ---- rows ---- */

int sito_json_rows_next(SitoJsonRows *rows, bool *there, char **error) {
    int rc = SITO_OK;
    *there = false;
    if (rows->select == NULL) {
        SitoBuffer sql = {0};
        rc = sito_json_sql_rows(rows->shape, rows->used, &sql);
        rc = rc == SITO_OK ? prepare(rows->db, sql.data, &rows->select, error) : rc;
        sito_buffer_free(&sql);
    }
    if (rc == SITO_OK && rows->row == 0) {
        rc = bind(rows->select, &rows->text);
    }
    rc = rc == SITO_OK ? step(rows->db, rows->select, there, error) : rc;
    rows->row += *there;
    return rc;
}

static int misfit(const SitoJsonRows *rows, const SitoJsonColumn *column, char **error) {
    static const char *const wanted[SITO_JSON_TYPES] = {
        [SITO_JSON_INTEGER] = "a whole number of at most 64 bits",
        [SITO_JSON_NUMBER] = "a number",
        [SITO_JSON_BOOLEAN] = "true or false",
    };
    return sito_error(error, SITO_ERROR,
                      "row %lld: the value of column %s is not %s; leave its type out to take it "
                      "as it is",
                      (long long)rows->row, column->name, wanted[column->type]);
}

int sito_json_rows_cell(const SitoJsonRows *rows, size_t column, sqlite3_context *context,
                        char **error) {
    const SitoJsonColumn *spec = &rows->shape->columns.items[column];
    int at = SITO_JSON_CELLS + 2 * (int)column;
    SitoText raw;
    bool fits = true;
    int rc = sito_json_column(rows->select, at, &raw);
    if (rc == SITO_OK && raw.data == NULL && spec->required) {
        return sito_error(
            error, SITO_ERROR,
            "row %lld has nothing for the column %s: the answers are not as they were "
            "described",
            (long long)rows->row, spec->name);
    }
    if (rc != SITO_OK || raw.size == 0 || sito_text_equal(raw, SITO_LITERAL("null"))) {
        return rc;
    }
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(rows->select, at + 1));
    if (value == NULL) {
        return SITO_NOMEM;
    }
    rc = sito_json_result(context, spec->type, raw, value, &fits);
    sqlite3_value_free(value);
    return rc == SITO_OK && !fits ? misfit(rows, spec, error) : rc;
}

int sito_json_rows_text(const SitoJsonRows *rows, int result, sqlite3_context *context) {
    SitoText text;
    int rc = sito_json_column(rows->select, result, &text);
    if (rc == SITO_OK && text.data != NULL) {
        sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return rc;
}

typedef struct Found {
    SitoBuffer *text;
    bool *there;
} Found;

static int take_found(void *data, sqlite3_stmt *row, char **error) {
    SitoText value;
    (void)error;
    int rc = sito_json_column(row, 0, &value);
    Found *found = data;
    *found->there = rc == SITO_OK && value.data != NULL;
    return rc == SITO_OK ? sito_buffer_add(found->text, value.data, value.size) : rc;
}

int sito_json_look_up(sqlite3 *db, const SitoBuffer *text, const SitoJsonPath *path,
                      SitoBuffer *found, bool *there, char **error) {
    const char *part = path->parts[path->stars];
    Found data = {.text = found, .there = there};
    found->size = 0;
    return sito_json_query(db, "SELECT ?1 ->> ?2", sito_json_text(text),
                           (SitoText){.data = part, .size = strlen(part)}, take_found, &data,
                           error);
}
