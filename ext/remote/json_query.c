/*
** A SELECT of JSON functions, run to its end (json_query.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "json_query.h"

int sito_json_failed(sqlite3 *db, int rc, char **error) {
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(error, rc, "%s", sqlite3_errmsg(db));
}

int sito_json_column(sqlite3_stmt *row, int column, SitoText *text) {
    bool there =
        sqlite3_column_type(row, column) != SQLITE_NULL; /* a failed conversion makes it NULL */
    text->data = (const char *)sqlite3_column_text(row, column);
    text->size = (size_t)sqlite3_column_bytes(row, column);
    return there && text->data == NULL ? SITO_NOMEM : SITO_OK;
}

static int bind(sqlite3_stmt *statement, int parameter, SitoText text) {
    return parameter > sqlite3_bind_parameter_count(statement)
               ? SQLITE_OK
               : sqlite3_bind_text64(statement, parameter, text.data, text.size, SQLITE_STATIC,
                                     SQLITE_UTF8);
}

int sito_json_query(sqlite3 *db, const char *sql, SitoText first, SitoText second,
                    SitoJsonTake take, void *data, char **error) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    rc = rc == SQLITE_OK ? bind(statement, 1, first) : rc;
    rc = rc == SQLITE_OK ? bind(statement, 2, second) : rc;
    rc = rc == SQLITE_OK ? SITO_OK : sito_json_failed(db, rc, error);
    while (rc == SITO_OK) {
        int stepped = sqlite3_step(statement);
        if (stepped == SQLITE_DONE) {
            break;
        }
        rc = stepped == SQLITE_ROW ? take(data, statement, error)
                                   : sito_json_failed(db, stepped, error);
    }
    sqlite3_finalize(statement);
    return rc;
}
