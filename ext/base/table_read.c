/*
** Arguments of the table functions, and the inner SELECT (table.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "register.h"
#include "table.h"

#define SINK "sito sink"

int sito_call_text(SitoCall *call, int arg, SitoText *text) {
    *text = (SitoText){0};
    return call->args[arg] == NULL ? SITO_OK : sito_value_text(call->args[arg], text);
}

int sito_call_integer(SitoCall *call, int arg, const char *name, int64_t least, int64_t most,
                      int64_t otherwise, int64_t *value) {
    *value = otherwise;
    if (call->args[arg] == NULL) {
        return SITO_OK;
    }
    *value = sqlite3_value_int64(call->args[arg]);
    if (sqlite3_value_type(call->args[arg]) != SQLITE_INTEGER || *value < least || *value > most) {
        return sito_error(&call->error, SITO_ERROR, "%s is a whole number from %lld to %lld", name,
                          (long long)least, (long long)most);
    }
    return SITO_OK;
}

int sito_call_real(SitoCall *call, int arg, const char *name, double most, double otherwise,
                   double *value) {
    *value = otherwise;
    if (call->args[arg] == NULL) {
        return SITO_OK;
    }
    int type = sqlite3_value_type(call->args[arg]);
    *value = sqlite3_value_double(call->args[arg]);
    if ((type != SQLITE_INTEGER && type != SQLITE_FLOAT) || !(*value > 0 && *value <= most)) {
        return sito_error(&call->error, SITO_ERROR, "%s is a number above 0, at most %!.15g", name,
                          most);
    }
    return SITO_OK;
}

/* The failure of a statement with SQLite's own words, which name tables and columns, no values. */
static int sql_failure(SitoCall *call, int rc) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT || rc == SQLITE_TOOBIG
               ? rc
               : sito_error(&call->error, rc, "%s", sqlite3_errmsg(call->db));
}

int sito_table_columns(SitoCall *call, SitoText table, SitoColumns *names) {
    SitoName name;
    sqlite3_stmt *statement = NULL;
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    char *sql = sito_print("SELECT * FROM %s", name.quoted);
    sito_name_free(&name);
    rc = sql == NULL ? SITO_NOMEM : sqlite3_prepare_v2(call->db, sql, -1, &statement, NULL);
    sito_free(sql);
    if (rc != SQLITE_OK) {
        return sql_failure(call, rc);
    }
    for (int i = 0; i < sqlite3_column_count(statement) && rc == SITO_OK; i++) {
        const char *column = sqlite3_column_name(statement, i);
        rc = column == NULL
                 ? SITO_NOMEM
                 : sito_columns_add(names, (SitoText){.data = column, .size = strlen(column)},
                                    &call->error);
    }
    sqlite3_finalize(statement);
    return rc;
}

int sito_call_columns(SitoCall *call, int arg, SitoText table, SitoColumns *names) {
    SitoText list;
    int rc = sito_call_text(call, arg, &list);
    if (rc == SITO_OK) {
        rc = call->args[arg] != NULL ? sito_columns_parse(list, names, &call->error)
                                     : sito_table_columns(call, table, names);
    }
    return rc;
}

/* ---- the inner SELECT ---- */

static int print_select(SitoCall *call, SitoText table, const SitoColumns *const *lists, int count,
                        const char *rowid, SitoBuffer *sql) {
    SitoName name;
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_buffer_print(sql, "SELECT sito_collect(?1%s", rowid);
    for (int i = 0; i < count; i++) {
        for (int j = 0; lists[i] != NULL && j < lists[i]->count && rc == SITO_OK; j++) {
            rc = sito_buffer_print(sql, ", a.\"%w\"", lists[i]->names[j]);
        }
    }
    rc = rc == SITO_OK ? sito_buffer_print(sql, ") FROM %s AS a", name.quoted) : rc;
    sito_name_free(&name);
    return rc == SITO_OK ? sito_buffer_add(sql, "", 1) : rc;
}

/* True when the table has rowids: a WITHOUT ROWID table has none. */
static int has_rowid(SitoCall *call, SitoText table, bool *answer) {
    SitoName name;
    sqlite3_stmt *statement = NULL;
    int rc = sito_name_parse(table, &name, &call->error);
    if (rc != SITO_OK) {
        return rc;
    }
    char *sql = sito_print("SELECT a.rowid FROM %s AS a", name.quoted);
    sito_name_free(&name);
    rc = sql == NULL ? SITO_NOMEM : sqlite3_prepare_v2(call->db, sql, -1, &statement, NULL);
    sito_free(sql);
    sqlite3_finalize(statement);
    *answer = rc == SQLITE_OK;
    return rc == SQLITE_NOMEM ? SITO_NOMEM : SITO_OK;
}

int sito_table_run(SitoCall *call, const char *sql, const SitoSink *sink) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(call->db, sql, -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_pointer(statement, 1, (void *)sink, SINK, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
    }
    rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SITO_OK : sql_failure(call, rc);
    sqlite3_finalize(statement);
    return rc;
}

int sito_table_read(SitoCall *call, SitoText table, const SitoColumns *const *lists, int count,
                    bool with_rowid, const SitoSink *sink) {
    SitoBuffer sql = {0};
    bool rowid = false;
    int total = 0;
    for (int i = 0; i < count; i++) {
        total += lists[i] != NULL ? lists[i]->count : 0;
    }
    if (total > SITO_MOST_COLUMNS) {
        return sito_error(&call->error, SITO_ERROR, "more than %d columns", SITO_MOST_COLUMNS);
    }
    int rc = with_rowid ? has_rowid(call, table, &rowid) : SITO_OK;
    rc = rc == SITO_OK ? print_select(call, table, lists, count,
                                      !with_rowid ? ""
                                      : rowid     ? ", a.rowid"
                                                  : ", NULL",
                                      &sql)
                       : rc;
    rc = rc == SITO_OK ? sito_table_run(call, sql.data, sink) : rc;
    sito_buffer_free(&sql);
    return rc;
}

void sito_collect_step(sqlite3_context *context, int nargs, sqlite3_value **args) {
    if (!sito_args_ok(context, nargs)) {
        return;
    }
    const SitoSink *sink = sqlite3_value_pointer(args[0], SINK);
    if (sink == NULL) {
        sqlite3_result_error(context,
                             "sito_collect: table functions of sito call it, nobody else can", -1);
        return;
    }
    int rc = sink->row(sink->data, nargs - 1, args + 1);
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, NULL);
    }
}

void sito_collect_final(sqlite3_context *context) {
    sqlite3_result_null(context);
}
