/*
** profile_columns('table'): what each column of a table holds.
**
**   SELECT field, rows, missing, distinct_values, min, max FROM profile_columns('zgloszenia');
**   SELECT field, personal FROM profile_columns('temp.import') WHERE personal <> '[]';
**
** R1  Any table, view or virtual table, named as in SQL: t, temp.t, "od d"."x;y". The name is parsed and
**     quoted again, never pasted.
** R2  One scan whatever the number of columns: profile_facts takes 120 a call, so several calls stand in one
**     SELECT.
** R3  Columns declared INTEGER or REAL have a numeric min and max; others compare as text. A column in which
**     personal data is likely has none.
** R4  personal is a JSON array of {kind, found, share, expected_share, verdict}.
** R5  It runs SQL, so it may not stand in a view or trigger, which also keeps it from calling itself.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "json.h"
#include "profile_facts.h"

enum { COLUMNS_OF_RESULT = 13 };
enum { NOT_GIVEN = 1 }; /* a plan without the name of a table, which only fails */
static const char declaration[] =
    "CREATE TABLE profile_columns(field, rows, missing, distinct_values, min, max, longest, integers,"
    " numbers, dates, texts, leading_zeros, personal, \"table\" HIDDEN)";
static const char rows_sql[] =
    "SELECT json_extract(p.value, '$.field'), json_extract(p.value, '$.rows'),"
    " json_extract(p.value, '$.missing'), json_extract(p.value, '$.distinct_values'),"
    " json_extract(p.value, '$.min'), json_extract(p.value, '$.max'),"
    " json_extract(p.value, '$.longest'), json_extract(p.value, '$.integers'),"
    " json_extract(p.value, '$.numbers'), json_extract(p.value, '$.dates'),"
    " json_extract(p.value, '$.texts'), json_extract(p.value, '$.leading_zeros'),"
    " (SELECT json_group_array(json(json_remove(q.value, '$.field'))) FROM json_each(?1, '$.personal') q"
    "  WHERE json_extract(q.value, '$.field') = json_extract(p.value, '$.field'))"
    " FROM json_each(?1, '$.profile') p";

typedef struct ColumnsTable {
    sqlite3_vtab base;
    sqlite3 *db;
} ColumnsTable;

typedef struct ColumnsCursor {
    sqlite3_vtab_cursor base;
    sqlite3_stmt *scan; /* stands on its one row: a JSON text in each column */
    sqlite3_stmt *rows; /* over one of those texts */
    int part;
    bool at_end;
    sqlite3_int64 row;
} ColumnsCursor;

static int columns_connect(sqlite3 *db, void *modules, int argc, const char *const *argv,
                           sqlite3_vtab **vtab, char **error) {
    (void)modules, (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(db, declaration);
    if (rc != SQLITE_OK) {
        return rc;
    }
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    ColumnsTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (ColumnsTable){.db = db};
    *vtab = &table->base;
    return SQLITE_OK;
}

static int columns_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

/* The one plan: the name of the table is given. */
static int columns_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    bool given = false;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != COLUMNS_OF_RESULT ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        if (!info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        given = true;
    }
    info->idxNum = given ? 0 : NOT_GIVEN; /* also asked for one side of an OR */
    info->estimatedCost = given ? 1e6 : 1e99;
    info->estimatedRows = 20;
    return SQLITE_OK;
}

static int columns_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    ColumnsCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (ColumnsCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static void clear(ColumnsCursor *cursor) {
    sqlite3_finalize(cursor->rows);
    sqlite3_finalize(cursor->scan);
    cursor->rows = cursor->scan = NULL;
}

static int columns_close(sqlite3_vtab_cursor *base) {
    clear((ColumnsCursor *)base);
    sito_free(base);
    return SQLITE_OK;
}

/* The Table Schema type for a declared SQL type (R3). */
static const char *type_of(const char *declared) {
    static const struct {
        const char *pattern, *type;
    } types[] = {{"%INT%", "integer"}, {"%REAL%", "number"}, {"%FLOA%", "number"},
                 {"%DOUB%", "number"}, {"%NUM%", "number"},  {"%DEC%", "number"}};
    for (size_t i = 0; i < SITO_COUNT(types) && declared != NULL; i++) {
        if (sqlite3_strlike(types[i].pattern, declared, 0) == 0) {
            return types[i].type;
        }
    }
    return "any";
}

/* The configuration for columns first … last-1 of the statement. */
static int make_config(sqlite3_stmt *empty, int first, int last, SitoBuffer *out) {
    SitoJson json = {.out = out, .rc = SITO_OK};
    sito_json_open(&json, '{');
    sito_json_key(&json, "fields");
    sito_json_open(&json, '[');
    for (int i = first; i < last; i++) {
        const char *name = sqlite3_column_name(empty, i);
        const char *type = type_of(sqlite3_column_decltype(empty, i));
        if (name == NULL) {
            return SITO_NOMEM;
        }
        sito_json_open(&json, '{');
        sito_json_key(&json, "name");
        sito_json_text(&json, (SitoText){name, strlen(name)});
        sito_json_key(&json, "type");
        sito_json_text(&json, (SitoText){type, strlen(type)});
        sito_json_close(&json, '}');
    }
    sito_json_close(&json, ']');
    sito_json_close(&json, '}');
    return json.rc;
}

static int last_of_part(int first, int count) {
    return count - first > SITO_PROFILE_FIELDS ? first + SITO_PROFILE_FIELDS : count;
}

/* SELECT profile_facts(?1, NULL, …, t."a", …), profile_facts(?2, …) FROM "table" AS t */
static int make_scan_sql(sqlite3_stmt *empty, int count, const char *quoted, SitoBuffer *sql) {
    int rc = sito_buffer_add(sql, "SELECT", 6);
    for (int first = 0, part = 1; first < count && rc == SITO_OK; part++) {
        int last = last_of_part(first, count);
        rc = sito_buffer_print(sql, "%s profile_facts(?%d, NULL, NULL, NULL, NULL, NULL",
                               part > 1 ? "," : "", part);
        for (; first < last && rc == SITO_OK; first++) {
            const char *name = sqlite3_column_name(empty, first);
            rc = name == NULL ? SITO_NOMEM : sito_buffer_print(sql, ", t.\"%w\"", name);
        }
        rc = rc == SITO_OK ? sito_buffer_add(sql, ")", 1) : rc;
    }
    return rc == SITO_OK ? sito_buffer_print(sql, " FROM %s AS t", quoted) : rc;
}

static int bind_configs(sqlite3_stmt *scan, sqlite3_stmt *empty, int count) {
    int rc = SITO_OK;
    for (int first = 0, part = 1; first < count && rc == SITO_OK; part++) {
        SitoBuffer config = {0};
        int last = last_of_part(first, count);
        rc = make_config(empty, first, last, &config);
        if (rc == SITO_OK) {
            rc = sqlite3_bind_text64(scan, part, config.data, config.size, SQLITE_TRANSIENT,
                                     SQLITE_UTF8);
        }
        sito_buffer_free(&config);
        first = last;
    }
    return rc;
}

/* Runs the scan up to its one row. */
static int run_scan(ColumnsCursor *cursor, sqlite3 *db, const char *quoted) {
    sqlite3_stmt *empty = NULL;
    SitoBuffer sql = {0};
    char *select = sito_print("SELECT * FROM %s LIMIT 0", quoted);
    int rc = select == NULL ? SITO_NOMEM : sqlite3_prepare_v2(db, select, -1, &empty, NULL);
    int count = rc == SITO_OK ? sqlite3_column_count(empty) : 0;
    if (rc == SITO_OK) {
        rc = make_scan_sql(empty, count, quoted, &sql);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_prepare_v2(db, sql.data, (int)sql.size, &cursor->scan, NULL);
    }
    if (rc == SITO_OK) {
        rc = bind_configs(cursor->scan, empty, count);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_step(cursor->scan);
        rc = rc == SQLITE_ROW ? SITO_OK : rc == SQLITE_DONE ? SITO_ERROR : rc;
    }
    sqlite3_finalize(empty);
    sito_buffer_free(&sql);
    sito_free(select);
    return rc;
}

/* Moves to the next column of the table; from one JSON text to the next where one is spent. */
static int advance(ColumnsCursor *cursor) {
    cursor->row++;
    for (;;) {
        int rc = sqlite3_step(cursor->rows);
        if (rc != SQLITE_DONE) {
            return rc == SQLITE_ROW ? SITO_OK : rc;
        }
        sqlite3_reset(cursor->rows);
        if (++cursor->part == sqlite3_column_count(cursor->scan)) {
            cursor->at_end = true;
            return SITO_OK;
        }
        rc = sqlite3_bind_value(cursor->rows, 1, sqlite3_column_value(cursor->scan, cursor->part));
        if (rc != SQLITE_OK) {
            return rc;
        }
    }
}

static int columns_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    (void)text, (void)argc;
    ColumnsCursor *cursor = (ColumnsCursor *)base;
    if (plan == NOT_GIVEN) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg =
            sito_print("profile_columns: which table? write profile_columns('table')");
        return base->pVtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    sqlite3 *db = ((ColumnsTable *)base->pVtab)->db;
    SitoText written;
    SitoName name = {0};
    char *error = NULL;
    clear(cursor);
    cursor->part = 0, cursor->row = 0, cursor->at_end = false;
    int rc = sito_value_text(argv[0], &written);
    if (rc == SITO_OK) {
        rc = sito_name_parse(written, &name, &error);
    }
    if (rc == SITO_OK) {
        rc = run_scan(cursor, db, name.quoted);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_prepare_v2(db, rows_sql, -1, &cursor->rows, NULL);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_bind_value(cursor->rows, 1, sqlite3_column_value(cursor->scan, 0));
    }
    if (rc == SITO_OK) {
        rc = advance(cursor);
    }
    if (rc != SITO_OK && rc != SITO_NOMEM) {
        base->pVtab->zErrMsg =
            sito_print("profile_columns: %s", error != NULL ? error : sqlite3_errmsg(db));
    }
    sito_free(error);
    sito_name_free(&name);
    return rc;
}

static int columns_next(sqlite3_vtab_cursor *base) {
    return advance((ColumnsCursor *)base);
}

static int columns_eof(sqlite3_vtab_cursor *base) {
    return ((ColumnsCursor *)base)->at_end;
}

static int columns_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    if (column < COLUMNS_OF_RESULT) {
        sqlite3_result_value(context, sqlite3_column_value(((ColumnsCursor *)base)->rows, column));
    }
    return SQLITE_OK;
}

static int columns_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((ColumnsCursor *)base)->row;
    return SQLITE_OK;
}

const sqlite3_module sito_profile_columns = {
    .iVersion = 1,
    .xConnect = columns_connect, /* no xCreate: the table is always there, under its own name */
    .xBestIndex = columns_best_index,
    .xDisconnect = columns_disconnect,
    .xDestroy = columns_disconnect,
    .xOpen = columns_open,
    .xClose = columns_close,
    .xFilter = columns_filter,
    .xNext = columns_next,
    .xEof = columns_eof,
    .xColumn = columns_column,
    .xRowid = columns_rowid,
};
