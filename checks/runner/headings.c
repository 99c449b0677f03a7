/*
** The headings of a file as they stand in it (headings.h).
*/
#include "headings.h"

#include <sqlite3.h>

#include "common/db.h"

int sito_headings_read(sqlite3 *db, const char *file, int64_t titles, int64_t columns,
                       char **error) {
    char *create = NULL;
    sqlite3_stmt *row = NULL;
    int rc = sito_db_text(
        db, &create, error,
        "SELECT printf('CREATE VIRTUAL TABLE temp.headings USING csv(filename=%Q, encoding=%Q,'"
        "  || ' delimiter=%Q, quote=%Q, header=no, skip=%d, trim=no, trailing=no,'"
        "  || ' on_error=keep)', ?1,"
        "  CASE WHEN described THEN coalesce(lower(resource ->> '$.encoding'), 'utf-8')"
        "       ELSE s.encoding END, coalesce(resource ->> '$.dialect.delimiter', s.delimiter),"
        "  coalesce(resource ->> '$.dialect.quoteChar', s.quote, '\"'), ?2)"
        " FROM temp.descriptor, temp.sniffed AS s WHERE s.header",
        "ti", file, titles);
    if (rc != SITO_OK || create == NULL) {
        return rc;
    }
    rc = sito_db_run(db, create, error);
    sito_free(create);
    if (rc == SITO_OK) {
        rc = sito_db_prepare(db, &row, error, "SELECT * FROM temp.headings WHERE rowid = 1", "");
    }
    if (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(row) && i < columns && rc == SITO_OK; i++) {
            const char *text = (const char *)sqlite3_column_text(row, i);
            rc = text == NULL ? SITO_OK
                              : sito_db_do(db, error, "INSERT INTO heading VALUES (?, ?)", "it",
                                           (int64_t)i + 1, text);
        }
    }
    int closing = sqlite3_finalize(row);
    rc = rc != SITO_OK ? rc : sito_db_error(db, closing, error);
    return rc == SITO_OK ? sito_db_run(db, "DROP TABLE temp.headings", error) : rc;
}
