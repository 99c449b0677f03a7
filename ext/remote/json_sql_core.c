/*
** The SELECTs that read a document (json_sql_core.h).
*/
#include "json_sql_core.h"

void sito_json_shape_free(SitoJsonShape *shape) {
    sito_json_path_free(&shape->rows);
    sito_json_columns_free(&shape->columns);
}

/* An element of array `level` as JSON text. json_each gives objects and arrays as text, but simple
** values as SQLite's own; a whole number beyond 64 bits is looked up again to keep its digits. */
static int add_element(SitoBuffer *sql, size_t level) {
    if (level == 0) {
        return sito_buffer_print(sql, "?1");
    }
    int l = (int)level;
    int rc = sito_buffer_print(
        sql,
        "CASE r%d.type WHEN 'object' THEN r%d.value WHEN 'array' THEN r%d.value WHEN 'true' THEN "
        "'true' WHEN 'false' THEN 'false' WHEN 'integer' THEN CASE typeof(r%d.value) WHEN "
        "'integer' THEN CAST(r%d.value AS TEXT) ELSE r%d.json -> r%d.fullkey END ELSE "
        "json_quote(r%d.value) END",
        l, l, l, l, l, l, l, l);
    return rc;
}

/* FROM …: the arrays down to `level`. An inner one that is missing or null has no elements. */
static int add_from(SitoBuffer *sql, const SitoJsonPath *rows, size_t level) {
    int rc = SITO_OK;
    for (size_t i = 0; i < level && rc == SITO_OK; i++) {
        rc = sito_buffer_print(sql, "%s json_each(", i == 0 ? " FROM" : " CROSS JOIN");
        rc = rc == SITO_OK ? add_element(sql, i) : rc;
        rc = rc == SITO_OK ? sito_buffer_print(sql, ", CASE json_type(") : rc;
        rc = rc == SITO_OK ? add_element(sql, i) : rc;
        rc = rc == SITO_OK ? sito_buffer_print(sql, ", %Q) WHEN 'array' THEN %Q END) AS r%d",
                                               rows->parts[i], rows->parts[i], (int)i + 1)
                           : rc;
    }
    return rc;
}

static size_t level_of(const SitoJsonPath *path, const SitoJsonPath *rows) {
    return path->of_row ? rows->stars : path->stars;
}

/* element -> 'path'; what belongs to a whole document of many rows is computed once. */
static int add_look_up(SitoBuffer *sql, const SitoJsonPath *path, const SitoJsonPath *rows,
                       const char *arrow) {
    size_t level = level_of(path, rows);
    bool once = level == 0 && rows->stars > 0;
    int rc = sito_buffer_print(sql, once ? "(SELECT " : "(");
    rc = rc == SITO_OK ? add_element(sql, level) : rc;
    return rc == SITO_OK ? sito_buffer_print(sql, " %s %Q)", arrow,
                                             path->parts[path->of_row ? 0 : path->stars])
                         : rc;
}

/* CASE WHEN … ELSE, before the look-up of a value that depends on another: 'null' where that says that there
** is none, SQL's NULL (the member is missing) where that is required and not there. */
static int add_condition(SitoBuffer *sql, const SitoJsonShape *shape,
                         const SitoJsonColumn *column) {
    int rc = sito_buffer_print(sql, "CASE ");
    if (rc == SITO_OK && column->required) {
        rc = sito_buffer_print(sql, "WHEN ");
        rc = rc == SITO_OK ? add_look_up(sql, &column->unless, &shape->rows, "->") : rc;
        rc = rc == SITO_OK ? sito_buffer_print(sql, " IS NULL THEN NULL ") : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_print(sql, "WHEN CAST(") : rc;
    rc = rc == SITO_OK ? add_look_up(sql, &column->unless, &shape->rows, "->>") : rc;
    return rc == SITO_OK
               ? sito_buffer_print(sql, " AS TEXT) IN %s THEN 'null' ELSE ", column->unless_values)
               : rc;
}

static int add_cell(SitoBuffer *sql, const SitoJsonShape *shape, const SitoJsonColumn *column) {
    bool conditional = column->unless.parts[0] != NULL;
    int rc = sito_buffer_print(sql, ", ");
    rc = rc == SITO_OK && conditional ? add_condition(sql, shape, column) : rc;
    rc = rc == SITO_OK ? add_look_up(sql, &column->path, &shape->rows, "->") : rc;
    rc = rc == SITO_OK ? sito_buffer_print(sql, conditional ? " END, " : ", ") : rc;
    return rc == SITO_OK ? add_look_up(sql, &column->path, &shape->rows, "->>") : rc;
}

/* {"column": "sign", …} of the values that are null and have a sign; NULL where none has. */
static int add_signs(SitoBuffer *sql, const SitoJsonShape *shape) {
    size_t found = 0;
    int rc = sito_buffer_print(sql, ", ");
    for (size_t i = 0; i < shape->columns.count && rc == SITO_OK; i++) {
        const SitoJsonColumn *column = &shape->columns.items[i];
        if (column->sign.parts[0] == NULL) {
            continue;
        }
        rc = sito_buffer_print(sql, "%s SELECT %Q AS name, ",
                               found++ == 0 ? "(SELECT CASE WHEN count(*) > 0 THEN "
                                              "json_group_object(name, sign) END FROM ("
                                            : " UNION ALL",
                               column->name);
        rc = rc == SITO_OK ? add_look_up(sql, &column->sign, &shape->rows, "->>") : rc;
        rc = rc == SITO_OK ? sito_buffer_print(sql, " AS sign WHERE ") : rc;
        rc = rc == SITO_OK ? add_look_up(sql, &column->path, &shape->rows, "->") : rc;
        rc = rc == SITO_OK ? sito_buffer_print(sql, " = 'null'") : rc;
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(sql, found == 0 ? "NULL" : ") WHERE sign <> '')");
    }
    return rc;
}

static int finish(SitoBuffer *sql, int rc) {
    return rc == SITO_OK ? sito_buffer_add(sql, "", 1) : rc;
}

static bool is_used(uint64_t used, size_t column) {
    return (used >> (column < 63 ? column : 63) & 1) != 0;
}

int sito_json_sql_rows(const SitoJsonShape *shape, uint64_t used, SitoBuffer *sql) {
    size_t count = shape->columns.count;
    int rc = sito_buffer_print(sql, "SELECT ");
    if (rc == SITO_OK && !is_used(used, count + SITO_COL_ROW)) {
        rc = sito_buffer_print(sql, "NULL");
    } else if (rc == SITO_OK) { /* a whole document as SQLite writes it, as elements are */
        rc = shape->rows.stars == 0 ? sito_buffer_print(sql, "json(?1)")
                                    : add_element(sql, shape->rows.stars);
    }
    if (rc == SITO_OK) {
        rc = is_used(used, count + SITO_COL_SIGNS) ? add_signs(sql, shape)
                                                   : sito_buffer_print(sql, ", NULL");
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = is_used(used, i) ? add_cell(sql, shape, &shape->columns.items[i])
                              : sito_buffer_print(sql, ", NULL, NULL");
    }
    return finish(sql, rc == SITO_OK ? add_from(sql, &shape->rows, shape->rows.stars) : rc);
}

int sito_json_sql_outer(const SitoJsonPath *rows, SitoBuffer *sql) {
    return finish(sql, sito_buffer_print(sql, "SELECT json_type(?1, %Q), json_array_length(?1, %Q)",
                                         rows->parts[0], rows->parts[0]));
}

int sito_json_sql_inner(const SitoJsonPath *rows, size_t level, SitoBuffer *sql) {
    int rc = sito_buffer_print(sql, "SELECT kind FROM (SELECT json_type(");
    rc = rc == SITO_OK ? add_element(sql, level) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(sql, ", %Q) AS kind", rows->parts[level]) : rc;
    rc = rc == SITO_OK ? add_from(sql, rows, level) : rc;
    return finish(sql, rc == SITO_OK
                           ? sito_buffer_print(sql, ") WHERE kind NOT IN ('array', 'null') LIMIT 1")
                           : rc);
}

int sito_json_sql_members(const SitoJsonPath *rows, size_t level, bool plain, SitoBuffer *sql) {
    int rc = sito_buffer_print(sql, "SELECT DISTINCT m.key");
    rc = rc == SITO_OK ? add_from(sql, rows, level) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(sql, level == 0 ? " FROM json_each(" : " CROSS JOIN json_each(")
             : rc;
    rc = rc == SITO_OK ? add_element(sql, level) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(
                             sql, ") AS m WHERE %s",
                             plain ? "typeof(m.key) = 'text' AND m.type NOT IN ('object', 'array')"
                                   : "m.key IS NOT NULL OR m.type <> 'null'")
                       : rc;
    return finish(sql, rc);
}
