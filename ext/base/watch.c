/*
** Asks a connection whether it was interrupted (watch.h).
**
** sqlite3_is_interrupted() is younger than the oldest SQLite that sito runs in, so a small statement
** is run instead: SQLite returns SQLITE_INTERRUPT from it while an interrupt is pending.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "watch.h"

static int ask(void *db) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT 1", -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
        rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
        sqlite3_finalize(statement);
    }
    return rc;
}

SitoWatch sito_watch_database(sqlite3 *db) {
    return (SitoWatch){.ask = ask, .data = db};
}
