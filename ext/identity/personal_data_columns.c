/*
** personal_data_columns('table'): which columns of a table hold personal data, and what speaks for it.
**
**   SELECT column, kind, verdict, evidence FROM personal_data_columns('zgloszenia');
**
** R1  A verdict is certain, likely or chance (verdict.c): the share of valid values against the share that
**     random digits would reach, how many different values there are, and what the heading says.
** R2  evidence says the figures in words.
** R5  Names, addresses, dates and places of birth, postal codes, addresses in the Internet and coordinates follow
**     behind the numbers, from a scan of their own (prose_column.c).
** R3  Any table, view or virtual table; names as in profile_columns, whose one scan it reads.
** R4  It runs SQL, so it may not stand in a view or trigger.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "cell.h"
#include "tables.h"

enum { COL_COLUMN, COL_KIND, COL_FOUND, COL_SHARE, COL_VERDICT, COL_EVIDENCE, COL_TABLE };
enum { NOT_GIVEN = 1 }; /* a plan without the name of a table, which only fails */
static const char declaration[] =
    "CREATE TABLE personal_data_columns(\"column\", kind, found, share, verdict, "
    "evidence, \"table\" HIDDEN)";
static const char rows_sql[] =
    "SELECT c.field, json_extract(p.value, '$.kind'), json_extract(p.value, '$.found'),"
    " json_extract(p.value, '$.share'), json_extract(p.value, '$.verdict'),"
    " printf('%d of %d values; random digits: %.1f %%; %s', json_extract(p.value, '$.found'),"
    "  c.rows - c.missing, 100 * json_extract(p.value, '$.expected_share'),"
    "  iif(c.distinct_values IS NULL, 'more than 65,536 different', c.distinct_values || ' different'))"
    " FROM profile_columns(?1) AS c, json_each(c.personal) AS p"
    " WHERE json_extract(p.value, '$.kind') NOT IN ('name', 'address', 'birth_date', 'birth_place',"
    "  'postal_code', 'ip_address', 'coordinates')";

typedef struct ColumnsTable {
    sqlite3_vtab base;
    sqlite3 *db;
} ColumnsTable;

typedef struct ColumnsCursor {
    sqlite3_vtab_cursor base;
    sqlite3_stmt *rows; /* the numbers; done: rows_done */
    bool rows_done;
    sqlite3_stmt *cells;    /* SELECT * of the table, run to its end; has the columns' names */
    SitoProseColumn *prose; /* one for each */
    int column, columns;
    int kind;
    SitoProseFind find; /* of the present column and kind */
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
    info->idxNum = NOT_GIVEN; /* also asked for one side of an OR, where another plan gives it */
    info->estimatedCost = 1e99;
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
    sqlite3_finalize(cursor->cells);
    sito_free(cursor->prose);
    *cursor = (ColumnsCursor){.base = cursor->base};
}

static int columns_close(sqlite3_vtab_cursor *base) {
    clear((ColumnsCursor *)base);
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

/* Runs through all cells once. */
static int read_cells(ColumnsCursor *cursor, sqlite3 *db, const char *quoted) {
    char *sql = sito_print("SELECT * FROM %s", quoted);
    int rc = sql == NULL ? SITO_NOMEM : sqlite3_prepare_v2(db, sql, -1, &cursor->cells, NULL);
    sito_free(sql);
    if (rc != SITO_OK) {
        return rc;
    }
    int count = sqlite3_column_count(cursor->cells);
    cursor->prose = sito_malloc((size_t)count * sizeof *cursor->prose);
    if (cursor->prose == NULL) {
        return SITO_NOMEM;
    }
    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_column_name(cursor->cells, i);
        if (name == NULL) {
            return SITO_NOMEM;
        }
        sito_prose_begin(&cursor->prose[i], (SitoText){name, strlen(name)});
    }
    cursor->columns = count;
    while ((rc = sqlite3_step(cursor->cells)) == SQLITE_ROW) {
        for (int i = 0; i < count; i++) {
            SitoText text;
            sqlite3_value *value = sqlite3_column_value(cursor->cells, i);
            int type = sqlite3_value_type(value);
            if (type == SQLITE_NULL || (type == SQLITE_TEXT && sqlite3_value_bytes(value) == 0)) {
                continue;
            }
            rc = sito_value_text(value, &text);
            if (rc != SITO_OK) {
                return rc;
            }
            sito_prose_add(&cursor->prose[i], text);
        }
    }
    return rc == SQLITE_DONE ? SITO_OK : rc;
}

static bool at_end(const ColumnsCursor *cursor) {
    return cursor->rows_done && cursor->column == cursor->columns;
}

/* Moves to the next kind that a column holds, behind the rows of numbers. */
static int advance(ColumnsCursor *cursor) {
    cursor->row++;
    if (!cursor->rows_done) {
        int rc = sqlite3_step(cursor->rows);
        if (rc != SQLITE_DONE) {
            return rc == SQLITE_ROW ? SITO_OK : rc;
        }
        cursor->rows_done = true;
        cursor->kind = -1;
    }
    while (cursor->column < cursor->columns) {
        if (++cursor->kind == SITO_IDENTITY_KINDS) {
            cursor->kind = -1;
            cursor->column++;
            continue;
        }
        cursor->find =
            sito_prose_judge(&cursor->prose[cursor->column], (SitoIdentityKind)cursor->kind);
        if (cursor->find.found > 0) {
            break;
        }
    }
    return SITO_OK;
}

static int columns_next(sqlite3_vtab_cursor *base) {
    int rc = advance((ColumnsCursor *)base);
    return rc == SITO_OK ? rc : fail(base, rc);
}

static int columns_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    (void)text, (void)argc;
    ColumnsCursor *cursor = (ColumnsCursor *)base;
    if (plan == NOT_GIVEN) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg =
            sito_print("personal_data_columns: which table? write personal_data_columns('table')");
        return base->pVtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    sqlite3 *db = ((ColumnsTable *)base->pVtab)->db;
    SitoText written;
    SitoName name = {0};
    clear(cursor);
    int rc = sqlite3_prepare_v2(db, rows_sql, -1, &cursor->rows, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_value(cursor->rows, 1, argv[0]);
    }
    if (rc == SQLITE_OK) {
        rc = advance(cursor); /* a name that is none, or of no table, fails here */
    }
    if (rc == SQLITE_OK) {
        rc = sito_value_text(argv[0], &written);
    }
    if (rc == SITO_OK) {
        rc = sito_name_parse(written, &name, NULL);
    }
    if (rc == SITO_OK) {
        rc = read_cells(cursor, db, name.quoted);
    }
    if (rc == SITO_OK && cursor->rows_done) { /* no number at all */
        rc = advance(cursor);
    }
    sito_name_free(&name);
    return rc == SITO_OK ? rc : fail(base, rc);
}

static int columns_eof(sqlite3_vtab_cursor *base) {
    return at_end((ColumnsCursor *)base);
}

static void result_evidence(sqlite3_context *context, const SitoProseFind *find, int64_t values) {
    char *text = sito_print("%lld of %lld values, %lld of them inside longer text; the heading %s",
                            (long long)find->found, (long long)values, (long long)find->within,
                            find->thing     ? "names what is called after people"
                            : find->heading ? "names it"
                                            : "does not name it");
    if (text == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    sito_free(text);
}

static void result_prose(const ColumnsCursor *cursor, sqlite3_context *context, int column) {
    const SitoProseFind *find = &cursor->find;
    int64_t values = cursor->prose[cursor->column].values;
    switch (column) {
    case COL_COLUMN:
        sqlite3_result_text(context, sqlite3_column_name(cursor->cells, cursor->column), -1,
                            SQLITE_TRANSIENT);
        break;
    case COL_KIND:
        sqlite3_result_text(context, sito_identity_name((SitoIdentityKind)cursor->kind), -1,
                            SQLITE_STATIC);
        break;
    case COL_FOUND:
        sqlite3_result_int64(context, find->found);
        break;
    case COL_SHARE:
        sqlite3_result_double(context, (double)find->found / (double)values);
        break;
    case COL_VERDICT:
        sqlite3_result_text(context, sito_identity_verdict_name(find->verdict), -1, SQLITE_STATIC);
        break;
    case COL_EVIDENCE:
        result_evidence(context, find, values);
        break;
    default:
        break;
    }
}

static int columns_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const ColumnsCursor *cursor = (const ColumnsCursor *)base;
    if (cursor->rows_done) {
        result_prose(cursor, context, column);
    } else if (column < COL_TABLE) {
        sqlite3_result_value(context, sqlite3_column_value(cursor->rows, column));
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
