/*
** Registers what the modules declare (sito.h). One table, one loop.
**
** Flags: SITO_PURE is DETERMINISTIC | INNOCUOUS, so it may stand in an index or a view; SITO_DIRECT
** is DIRECTONLY, because Debian's SQLite trusts the schema of a file by default and a hostile view
** could otherwise call it. A virtual table sets its own SQLITE_VTAB_ flag in xConnect.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "register.h"
#include "sito.h"
#include "table.h"

_Static_assert(SITO_OK == SQLITE_OK && SITO_ERROR == SQLITE_ERROR && SITO_NOMEM == SQLITE_NOMEM,
               "result codes are SQLite's");
_Static_assert(SITO_INTERRUPT == SQLITE_INTERRUPT && SITO_IOERR == SQLITE_IOERR &&
                   SITO_CANTOPEN == SQLITE_CANTOPEN && SITO_TOOBIG == SQLITE_TOOBIG &&
                   SITO_MISUSE == SQLITE_MISUSE,
               "result codes are SQLite's");

enum {
    OLDEST_SQLITE = 3038000
}; /* the JSON operators -> and ->>, the newest thing that sito's SQL rests on */

static int register_calls(sqlite3 *db, const SitoFunction *f) {
    int flags = SQLITE_UTF8 | (f->power == SITO_PURE ? SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
                                                     : SQLITE_DIRECTONLY);
    int rc = SQLITE_OK;
    for (int n = f->min_args; n <= f->max_args && rc == SQLITE_OK; n++) {
        bool open_ended = f->max_args == SITO_MANY;
        rc = sqlite3_create_function_v2(db, f->name, open_ended ? -1 : n, flags, (void *)f, f->call,
                                        f->step, f->final, NULL);
        if (open_ended) {
            break;
        }
    }
    return rc;
}

static int register_one(sqlite3 *db, const SitoModule *const *modules, const SitoFunction *f,
                        char **error) {
    switch (f->kind) {
    case SITO_COLLATION:
        return f->open(db, f->name, error);
    case SITO_TABLE:
        return sqlite3_create_module_v2(
            db, f->name, f->tables != NULL ? &sito_table_module : f->module,
            f->tables != NULL ? (void *)f->tables : (void *)modules, NULL);
    default:
        return register_calls(db, f);
    }
}

int sito_register(sqlite3 *db, const SitoModule *const *modules, bool pure_only, char **error) {
    if (sqlite3_libversion_number() < OLDEST_SQLITE) {
        return sito_error(error, SITO_ERROR, "sito %s needs SQLite 3.38 or newer; this is %s",
                          SITO_VERSION, sqlite3_libversion());
    }
    for (size_t m = 0; modules[m] != NULL; m++) {
        if (modules[m]->file != NULL) {
            continue;
        }
        for (size_t i = 0; i < modules[m]->count; i++) {
            const SitoFunction *f = &modules[m]->functions[i];
            if (pure_only && f->power != SITO_PURE) {
                continue;
            }
            int rc = register_one(db, modules, f, error);
            if (rc != SQLITE_OK) {
                return sito_error(error, rc, "cannot register %s: %s", f->name, sqlite3_errmsg(db));
            }
        }
    }
    return SITO_OK;
}

bool sito_args_ok(sqlite3_context *context, int nargs) {
    const SitoFunction *f = sqlite3_user_data(context);
    if (nargs >= f->min_args && nargs <= f->max_args) {
        return true;
    }
    char *message =
        sito_print("%s: wrong number of arguments; write %s(%s)", f->name, f->name, f->args);
    if (message == NULL) {
        sqlite3_result_error_nomem(context);
    } else {
        sqlite3_result_error(context, message, -1);
        sito_free(message);
    }
    return false;
}

void sito_result_failure(sqlite3_context *context, int rc, char *error) {
    if (rc == SITO_NOMEM) {
        sqlite3_result_error_nomem(context);
    } else if (rc == SITO_TOOBIG && error == NULL) {
        sqlite3_result_error_toobig(context);
    } else {
        sqlite3_result_error(context, error != NULL ? error : sqlite3_errstr(rc), -1);
        sqlite3_result_error_code(context, rc);
    }
    sito_free(error);
}

int sito_value_text(sqlite3_value *value, SitoText *text) {
    bool there = sqlite3_value_type(value) != SQLITE_NULL; /* a failed conversion makes it NULL */
    text->data = (const char *)sqlite3_value_text(value);
    text->size = (size_t)sqlite3_value_bytes(value);
    return there && text->data == NULL ? SITO_NOMEM : SITO_OK;
}

int sito_value_cells(sqlite3_value *value, sqlite3_value *number, const char *function,
                     const SitoCells **cells, char **error) {
    *cells = sqlite3_value_pointer(value, SITO_CELLS);
    bool current = *cells != NULL && sqlite3_value_type(number) == SQLITE_INTEGER &&
                   sqlite3_value_int64(number) == (*cells)->number;
    return current ? SITO_OK
                   : sito_error(error, SITO_ERROR,
                                "%s: with \"cells\": true the value is the column _cells of a csv "
                                "table of texts and the record its rowid, straight from the table; "
                                "_cells does not pass through subqueries",
                                function);
}
