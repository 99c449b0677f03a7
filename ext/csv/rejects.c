/*
** The table function csv_rejects(table): the damaged records of a csv table.
**
**   SELECT line, code, message FROM csv_rejects('temp.t');
**
** line (physical, from 1), record (number), byte (offset of its first byte), column (number of the
** field
** where the damage lies; NULL: the whole record), code (a word of csv.h), message (English).
**
** R1  A fresh scan of the file with the options of the table, whatever its on_error is: nothing is
**     remembered from an earlier one. Warnings are not listed; a scan with on_error='keep' shows
**     them.
** R2  No message quotes a value.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "csv/table.h"

enum { COL_LINE, COL_RECORD, COL_BYTE, COL_COLUMN, COL_CODE, COL_MESSAGE, COL_TABLE };

typedef struct RejectsTable {
    sqlite3_vtab base;
    sqlite3 *db;
} RejectsTable;

typedef struct RejectsCursor {
    sqlite3_vtab_cursor base;
    SitoCsvScan scan;
    const SitoCsvRecord *record; /* NULL: at the end */
    char *name;                  /* of the table, as it was given */
} RejectsCursor;

static int rejects_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                           sqlite3_vtab **vtab, char **error) {
    (void)aux, (void)argc, (void)argv, (void)error;
    int rc =
        sqlite3_declare_vtab(db, "CREATE TABLE csv_rejects(line, record, byte, \"column\", code, "
                                 "message, \"table\" HIDDEN)");
    if (rc == SQLITE_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    RejectsTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (RejectsTable){.db = db};
    *vtab = &table->base;
    return SQLITE_OK;
}

static int rejects_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

enum { NOT_NAMED = 1 }; /* the plan without the argument */

/* The only plan: one equality on table. */
static int rejects_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    info->estimatedCost = 1e6;
    info->estimatedRows = 100;
    for (int i = 0; i < info->nConstraint; i++) {
        bool names = info->aConstraint[i].iColumn == COL_TABLE &&
                     info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ;
        if (names && !info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        if (names) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            return SQLITE_OK;
        }
    }
    /* Also asked for one side of an OR, where another plan names it: filter refuses. */
    info->idxNum = NOT_NAMED;
    info->estimatedCost = 1e99;
    return SQLITE_OK;
}

static int rejects_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    RejectsCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (RejectsCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static void forget(RejectsCursor *cursor) {
    sito_scan_close(&cursor->scan);
    sito_free(cursor->name);
    cursor->name = NULL;
    cursor->record = NULL;
}

static int rejects_close(sqlite3_vtab_cursor *base) {
    forget((RejectsCursor *)base);
    sito_free(base);
    return SQLITE_OK;
}

static int fail(RejectsCursor *cursor, int rc, char *error) {
    if (error != NULL) {
        sqlite3_free(cursor->base.pVtab->zErrMsg);
        cursor->base.pVtab->zErrMsg = error;
    }
    return rc;
}

static int rejects_next(sqlite3_vtab_cursor *base) {
    RejectsCursor *cursor = (RejectsCursor *)base;
    char *error = NULL;
    int rc;
    do {
        rc = sito_scan_next(&cursor->scan, &cursor->record, &error);
    } while (rc == SITO_OK && cursor->record != NULL &&
             !sito_csv_defect_is_damage(cursor->scan.defect));
    return fail(cursor, rc, error);
}

static int rejects_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    (void)text, (void)argc;
    RejectsCursor *cursor = (RejectsCursor *)base;
    sqlite3 *db = ((RejectsTable *)base->pVtab)->db;
    SitoCsvTable *table = NULL;
    SitoText name;
    char *error = NULL;
    forget(cursor);
    if (plan == NOT_NAMED) {
        base->pVtab->zErrMsg = sito_print("csv_rejects: name the table: csv_rejects('temp.t')");
        return base->pVtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    int rc = sito_value_text(argv[0], &name);
    if (rc != SITO_OK || name.data == NULL) {
        return rc; /* of NULL there is nothing to say: no row */
    }
    cursor->name = sito_print("%s", name.data);
    rc = cursor->name == NULL ? SITO_NOMEM
                              : sito_csv_locate(db, name, "csv_rejects", &table, &error);
    if (rc == SITO_OK) {
        rc = sito_scan_open(&cursor->scan, table->plan, SITO_KEEP, sito_csv_poll(db), &error);
    }
    if (rc == SITO_OK) {
        rc = sito_scan_start(&cursor->scan, false, &error);
    }
    return rc == SITO_OK ? rejects_next(base) : fail(cursor, rc, error);
}

static int rejects_eof(sqlite3_vtab_cursor *base) {
    return ((RejectsCursor *)base)->record == NULL;
}

static void result_message(const RejectsCursor *cursor, sqlite3_context *context) {
    if (cursor->scan.defect != SITO_CSV_RAGGED) {
        sqlite3_result_text(context, cursor->scan.what, -1, SQLITE_STATIC);
        return;
    }
    char *message =
        sito_print("%lld fields where %lld are expected", (long long)cursor->record->fields,
                   (long long)cursor->scan.plan->headings.count);
    if (message == NULL) {
        sqlite3_result_error_nomem(context);
    } else {
        sqlite3_result_text(context, message, -1, SQLITE_TRANSIENT);
        sito_free(message);
    }
}

static int rejects_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const RejectsCursor *cursor = (const RejectsCursor *)base;
    switch (column) {
    case COL_LINE:
        sqlite3_result_int64(context, cursor->record->line);
        break;
    case COL_RECORD:
        sqlite3_result_int64(context, cursor->record->number);
        break;
    case COL_BYTE:
        sqlite3_result_int64(context, cursor->record->byte);
        break;
    case COL_COLUMN:
        if (cursor->scan.column != 0) {
            sqlite3_result_int64(context, (sqlite3_int64)cursor->scan.column);
        }
        break;
    case COL_CODE:
        sqlite3_result_text(context, sito_csv_defect_word(cursor->scan.defect), -1, SQLITE_STATIC);
        break;
    case COL_MESSAGE:
        result_message(cursor, context);
        break;
    case COL_TABLE:
        sqlite3_result_text(context, cursor->name, -1, SQLITE_TRANSIENT);
        break;
    }
    return SQLITE_OK;
}

static int rejects_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((RejectsCursor *)base)->record->number;
    return SQLITE_OK;
}

const sqlite3_module sito_csv_rejects_module = {
    .iVersion = 1,
    .xConnect = rejects_connect, /* no xCreate: csv_rejects is a table function */
    .xBestIndex = rejects_best_index,
    .xDisconnect = rejects_disconnect,
    .xOpen = rejects_open,
    .xClose = rejects_close,
    .xFilter = rejects_filter,
    .xNext = rejects_next,
    .xEof = rejects_eof,
    .xColumn = rejects_column,
    .xRowid = rejects_rowid,
};
