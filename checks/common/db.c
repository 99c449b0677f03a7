/*
** Short forms for SQLite (db.h).
*/
#include "common/db.h"

#include <sqlite3.h>

#include <stdarg.h>
#include <string.h>

int sito_db_error(sqlite3 *db, int rc, char **error) {
    rc &= 0xFF;
    return rc == SITO_OK ? SITO_OK : sito_error(error, rc, "%s", sqlite3_errmsg(db));
}

int sito_db_open(sqlite3 **db, char **error) {
    int rc = sqlite3_open(":memory:", db);
    if (rc != SQLITE_OK) {
        rc = sito_error(error, rc, "%s", sqlite3_errstr(rc));
    } else {
        rc = sito_register(*db, sito_modules, false, error);
    }
    if (rc != SITO_OK) {
        sqlite3_close(*db);
        *db = NULL;
    }
    return rc;
}

int sito_db_run(sqlite3 *db, const char *sql, char **error) {
    return sito_db_error(db, sqlite3_exec(db, sql, NULL, NULL, NULL), error);
}

static int bind_all(sqlite3_stmt *statement, const char *types, va_list args) {
    int rc = SQLITE_OK;
    for (int i = 1; types[i - 1] != 0 && rc == SQLITE_OK; i++) {
        switch (types[i - 1]) {
        case 't':
            rc = sqlite3_bind_text(statement, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
            break;
        case 'i':
            rc = sqlite3_bind_int64(statement, i, va_arg(args, int64_t));
            break;
        default:
            rc = sqlite3_bind_double(statement, i, va_arg(args, double));
            break;
        }
    }
    return rc;
}

static int prepare(sqlite3 *db, sqlite3_stmt **statement, char **error, const char *sql,
                   const char *types, va_list args) {
    int rc = sqlite3_prepare_v2(db, sql, -1, statement, NULL);
    if (rc == SQLITE_OK) {
        rc = bind_all(*statement, types, args);
    }
    if (rc != SQLITE_OK) {
        rc = sito_db_error(db, rc, error);
        sqlite3_finalize(*statement);
        *statement = NULL;
    }
    return rc;
}

int sito_db_prepare(sqlite3 *db, sqlite3_stmt **statement, char **error, const char *sql,
                    const char *types, ...) {
    va_list args;
    va_start(args, types);
    int rc = prepare(db, statement, error, sql, types, args);
    va_end(args);
    return rc;
}

int sito_db_do(sqlite3 *db, char **error, const char *sql, const char *types, ...) {
    sqlite3_stmt *statement = NULL;
    va_list args;
    va_start(args, types);
    int rc = prepare(db, &statement, error, sql, types, args);
    va_end(args);
    if (rc != SITO_OK) {
        return rc;
    }
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    }
    rc = rc == SQLITE_DONE ? SITO_OK : sito_db_error(db, rc, error);
    sqlite3_finalize(statement);
    return rc;
}

int sito_db_step(sqlite3 *db, sqlite3_stmt *statement, char **error, const char *types, ...) {
    va_list args;
    va_start(args, types);
    int rc = bind_all(statement, types, args);
    va_end(args);
    if (rc == SITO_OK) {
        while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        }
        rc = rc == SQLITE_DONE ? SITO_OK : rc;
    }
    rc = sito_db_error(db, rc, error);
    sqlite3_reset(statement);
    return rc;
}

int sito_db_text(sqlite3 *db, char **text, char **error, const char *sql, const char *types, ...) {
    sqlite3_stmt *statement = NULL;
    va_list args;
    *text = NULL;
    va_start(args, types);
    int rc = prepare(db, &statement, error, sql, types, args);
    va_end(args);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        const char *value = (const char *)sqlite3_column_text(statement, 0);
        *text = value == NULL ? NULL : sito_print("%s", value);
        rc = *text == NULL ? SQLITE_NOMEM : SQLITE_ROW;
    }
    rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SITO_OK : sito_db_error(db, rc, error);
    sqlite3_finalize(statement);
    return rc;
}

int sito_db_integer(sqlite3 *db, int64_t *value, char **error, const char *sql, const char *types,
                    ...) {
    sqlite3_stmt *statement = NULL;
    va_list args;
    *value = 0;
    va_start(args, types);
    int rc = prepare(db, &statement, error, sql, types, args);
    va_end(args);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        *value = sqlite3_column_int64(statement, 0);
    }
    rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SITO_OK : sito_db_error(db, rc, error);
    sqlite3_finalize(statement);
    return rc;
}

int sito_db_copy(sqlite3 *from, sqlite3 *to, const char *select, const char *insert, char **error) {
    sqlite3_stmt *source = NULL, *target = NULL;
    int rc = sito_db_prepare(from, &source, error, select, "");
    if (rc == SITO_OK) {
        rc = sito_db_prepare(to, &target, error, insert, "");
    }
    while (rc == SITO_OK) {
        int step = sqlite3_step(source);
        if (step == SQLITE_DONE) {
            break;
        }
        rc = step == SQLITE_ROW ? SITO_OK : sito_db_error(from, step, error);
        for (int i = 0; rc == SITO_OK && i < sqlite3_column_count(source); i++) {
            rc = sqlite3_bind_value(target, i + 1, sqlite3_column_value(source, i));
        }
        if (rc == SITO_OK && sqlite3_step(target) != SQLITE_DONE) {
            rc = sito_db_error(to, sqlite3_errcode(to), error);
        }
        sqlite3_reset(target);
    }
    sqlite3_finalize(source);
    sqlite3_finalize(target);
    return rc;
}

/* They run when the SELECT is done: a table cannot be dropped while one is being read. */
int sito_db_run_written(sqlite3 *db, const char *select, char **error) {
    SitoBuffer sql = {0};
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, select, "");
    while (rc == SITO_OK) {
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW) {
            rc = step == SQLITE_DONE ? SITO_OK : sito_db_error(db, step, error);
            break;
        }
        const char *text = (const char *)sqlite3_column_text(row, 0);
        rc = text == NULL ? SITO_NOMEM : sito_buffer_print(&sql, "%s;\n", text);
    }
    sqlite3_finalize(row);
    rc = rc == SITO_OK ? sito_buffer_add(&sql, "", 1) : rc;
    rc = rc == SITO_OK ? sito_db_run(db, sql.data, error) : rc;
    sito_buffer_free(&sql);
    return rc;
}
