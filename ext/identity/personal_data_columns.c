/*
** personal_data_columns('table'): which columns of a table hold personal data, and what speaks for it.
**
**   SELECT column, kind, verdict, evidence FROM personal_data_columns('zgloszenia');
**
** R1  A verdict is certain, likely or chance (verdict.c): the share of valid values against the share that
**     random digits would reach, how many different values there are, and what the heading says.
** R2  evidence says the figures in words.
** R3  Any table, view or virtual table; names as in profile_columns, whose one scan it reads.
** R4  It runs SQL, so it may not stand in a view or trigger.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "identity.h"
#include "tables.h"

enum { COL_TABLE = 6 };
static const char declaration[] =
    "CREATE TABLE personal_data_columns(\"column\", kind, found, share, verdict, "
    "evidence, \"table\" HIDDEN)";
static const char rows_sql[] =
    "SELECT c.field, json_extract(p.value, '$.kind'), json_extract(p.value, '$.found'),"
    " json_extract(p.value, '$.share'), json_extract(p.value, '$.verdict'),"
    " printf('%d of %d values; random digits: %.1f %%; %s', json_extract(p.value, '$.found'),"
    "  c.rows - c.missing, 100 * json_extract(p.value, '$.expected_share'),"
    "  iif(c.distinct_values IS NULL, 'more than 65,536 different', c.distinct_values || ' different'))"
    " FROM profile_columns(?1) AS c, json_each(c.personal) AS p";

typedef struct ColumnsTable {
    sqlite3_vtab base;
    sqlite3 *db;
} ColumnsTable;

typedef struct ColumnsCursor {
    sqlite3_vtab_cursor base;
    sqlite3_stmt *rows;
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
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != COL_TABLE ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        if (!info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 1e6;
        info->estimatedRows = 20;
        return SQLITE_OK;
    }
    vtab->zErrMsg =
        sito_print("personal_data_columns: which table? write personal_data_columns('table')");
    return vtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
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

static int columns_close(sqlite3_vtab_cursor *base) {
    sqlite3_finalize(((ColumnsCursor *)base)->rows);
    sito_free(base);
    return SQLITE_OK;
}

/* Hands on SQLite's message of the inner scan. */
static int fail(sqlite3_vtab_cursor *base, int rc) {
    sqlite3 *db = ((ColumnsTable *)base->pVtab)->db;
    if (rc != SQLITE_NOMEM) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = sito_print("personal_data_columns: %s", sqlite3_errmsg(db));
    }
    return rc;
}

static int columns_next(sqlite3_vtab_cursor *base) {
    ColumnsCursor *cursor = (ColumnsCursor *)base;
    int rc = sqlite3_step(cursor->rows);
    cursor->row++;
    cursor->at_end = rc == SQLITE_DONE;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : fail(base, rc);
}

static int columns_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc;
    ColumnsCursor *cursor = (ColumnsCursor *)base;
    sqlite3_finalize(cursor->rows);
    cursor->rows = NULL;
    cursor->row = 0;
    int rc =
        sqlite3_prepare_v2(((ColumnsTable *)base->pVtab)->db, rows_sql, -1, &cursor->rows, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_value(cursor->rows, 1, argv[0]);
    }
    return rc == SQLITE_OK ? columns_next(base) : fail(base, rc);
}

static int columns_eof(sqlite3_vtab_cursor *base) {
    return ((ColumnsCursor *)base)->at_end;
}

static int columns_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    if (column < COL_TABLE) {
        sqlite3_result_value(context, sqlite3_column_value(((ColumnsCursor *)base)->rows, column));
    }
    return SQLITE_OK;
}

static int columns_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((ColumnsCursor *)base)->row;
    return SQLITE_OK;
}

const sqlite3_module sito_personal_data_columns = {
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
