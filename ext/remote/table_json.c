/*
** The rows of a JSON source: plans and cursors (table.c).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdlib.h>
#include <string.h>

#include "base/register.h"
#include "json_query.h"
#include "table.h"

/* ---- plans ---- */

/* Equalities make the source cheap as the inner table of a join: it is read once, then kept (kept.h). */
int sito_remote_best_index_json(const SitoRemoteTable *table, sqlite3_index_info *info) {
    SitoBuffer plan = {.limit = 200};
    int args = 0;
    int rc = sito_buffer_print(&plan, "%llx", info->colUsed);
    for (int i = 0; i < info->nConstraint && args < SITO_KEPT_EQUAL && rc == SITO_OK; i++) {
        const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
        bool equal = constraint->usable && constraint->op == SQLITE_INDEX_CONSTRAINT_EQ &&
                     constraint->iColumn >= 0 &&
                     (size_t)constraint->iColumn < table->shape.columns.count &&
                     sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0;
        if (equal) {
            info->aConstraintUsage[i].argvIndex = ++args;
            rc = sito_buffer_print(&plan, ",%d", constraint->iColumn);
        }
    }
    rc = rc == SITO_OK ? sito_buffer_add(&plan, "", 1) : rc;
    if (rc != SITO_OK) {
        sito_buffer_free(&plan);
        return rc;
    }
    info->idxStr = plan.data;
    info->needToFreeIdxStr = 1;
    info->estimatedRows = args > 0 ? 10 : 100000;
    info->estimatedCost = args > 0 ? 1000 : 1e7;
    return SQLITE_OK;
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
    sito_kept_free(&cursor->kept);
}

/* Hands a message to SQLite, which shows it as the error of the statement. */
static int fail(SitoRemoteCursor *cursor, int rc, char *error) {
    if (rc != SITO_OK && rc != SITO_NOMEM && error != NULL) {
        rc = sito_remote_say(table_of(cursor), &cursor->documents, rc, &error);
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
    if (cursor->kept.db != NULL) {
        rc = sito_kept_next(&cursor->kept, &there, &error);
        cursor->end = !there;
        return fail(cursor, rc, error);
    }
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

/* Sets the cursor to the rows that are kept, which are read for it first. */
static int filter_kept(SitoRemoteCursor *cursor, const int *equal, sqlite3_value **values,
                       int count, char **error) {
    SitoRemoteTable *table = table_of(cursor);
    int rc = SITO_OK;
    if (cursor->kept.db == NULL) {
        sito_remote_close_json(cursor);
        sito_remote_open_json(cursor);
        rc = sito_kept_fill(&cursor->kept, table->db, table->schema, table->name,
                            table->shape.columns.count + SITO_COL_COUNT, cursor->used, error);
    }
    return rc == SITO_OK
               ? sito_kept_start(&cursor->kept, &table->shape.columns, equal, values, count, error)
               : rc;
}

int sito_remote_filter_json(SitoRemoteCursor *cursor, const char *plan, int argc,
                            sqlite3_value **argv) {
    char *error = NULL, *rest = NULL;
    int equal[SITO_KEPT_EQUAL] = {0};
    bool again = cursor->started;
    cursor->used = strtoull(plan, &rest, 16);
    cursor->reading = cursor->end = false;
    cursor->started = true;
    cursor->rowid = 0;
    for (int i = 0; i < argc; i++) {
        equal[i] = (int)strtol(rest + 1, &rest, 10);
        cursor->end |= sqlite3_value_type(argv[i]) == SQLITE_NULL; /* nothing equals it */
    }
    if (cursor->end) {
        cursor->started = again;
        return SITO_OK;
    }
    sito_json_rows_use(&cursor->rows, cursor->used);
    int rc = again ? filter_kept(cursor, equal, argv, argc, &error)
                   : sito_documents_start(&cursor->documents, &error);
    return rc == SITO_OK ? sito_remote_next_json(cursor) : fail(cursor, rc, error);
}

sqlite3_int64 sito_remote_rowid_json(const SitoRemoteCursor *cursor) {
    return cursor->kept.db != NULL ? sito_kept_rowid(&cursor->kept) : cursor->rowid;
}

int sito_remote_column_json(SitoRemoteCursor *cursor, sqlite3_context *context, int column) {
    int columns = (int)table_of(cursor)->shape.columns.count;
    char *error = NULL;
    int rc = SITO_OK;
    if (cursor->kept.db != NULL) {
        sito_kept_result(&cursor->kept, context, column + 1);
        return SQLITE_OK;
    }
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
        rc = error != NULL ? sito_remote_say(table_of(cursor), &cursor->documents, rc, &error) : rc;
        sito_result_failure(context, rc, error);
    }
    return SQLITE_OK;
}
