/*
** The rows of a JSON source, kept for a statement (kept.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "json_query.h"
#include "kept.h"

void sito_kept_free(SitoKept *kept) {
    sqlite3_finalize(kept->select);
    (void)sqlite3_close(kept->db);
    *kept = (SitoKept){0};
}

static int run(sqlite3 *db, const char *sql, char **error) {
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SITO_OK : sito_json_failed(db, rc, error);
}

static int prepare(sqlite3 *db, SitoBuffer *sql, sqlite3_stmt **statement, char **error) {
    int rc = sito_buffer_add(sql, "", 1);
    if (rc == SITO_OK) {
        rc = sqlite3_prepare_v2(db, sql->data, -1, statement, NULL);
        rc = rc == SQLITE_OK ? SITO_OK : sito_json_failed(db, rc, error);
    }
    return rc;
}

/* ---- filling ---- */

static int open_database(SitoKept *kept, char **error) {
    int rc = sqlite3_open("", &kept->db);
    if (rc != SQLITE_OK) {
        return sito_error(error, rc, "%s", sqlite3_errstr(rc));
    }
    return run(kept->db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error);
}

static int make_table(SitoKept *kept, size_t columns, SitoBuffer *insert, char **error) {
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE kept(n INTEGER PRIMARY KEY");
    rc = rc == SITO_OK ? sito_buffer_print(insert, "INSERT INTO kept VALUES(?") : rc;
    for (size_t i = 0; i < columns && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&sql, ", c%d", (int)i);
        rc = rc == SITO_OK ? sito_buffer_add(insert, ", ?", 3) : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_add(insert, ")", 1) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&sql, ")", sizeof ")") : rc;
    rc = rc == SITO_OK ? run(kept->db, sql.data, error) : rc;
    sito_buffer_free(&sql);
    return rc;
}

/* SELECT rowid and the columns that are used, by their places in the table. */
static int source(sqlite3 *db, const char *schema, const char *name, size_t columns, uint64_t used,
                  sqlite3_stmt **statement, char **error) {
    static const char *const hidden[] = {"_row", "_page", "_url", "_signs"};
    SitoBuffer sql = {0};
    sqlite3_stmt *all = NULL;
    size_t visible = columns - SITO_COUNT(hidden);
    int rc = sito_buffer_print(&sql, "SELECT * FROM \"%w\".\"%w\"", schema, name);
    rc = rc == SITO_OK ? prepare(db, &sql, &all, error) : rc; /* tells the names; never run */
    sql.size = 0;
    rc = rc == SITO_OK ? sito_buffer_print(&sql, "SELECT rowid") : rc;
    for (size_t i = 0; i < columns && rc == SITO_OK; i++) {
        const char *column = i < visible ? sqlite3_column_name(all, (int)i) : hidden[i - visible];
        bool wanted = (used >> (i < 63 ? i : 63) & 1) != 0;
        rc = column == NULL ? SITO_NOMEM
             : wanted       ? sito_buffer_print(&sql, ", t.\"%w\"", column)
                            : sito_buffer_print(&sql, ", NULL");
    }
    rc = rc == SITO_OK ? sito_buffer_print(&sql, " FROM \"%w\".\"%w\" AS t", schema, name) : rc;
    rc = rc == SITO_OK ? prepare(db, &sql, statement, error) : rc;
    sqlite3_finalize(all);
    sito_buffer_free(&sql);
    return rc;
}

static int copy_row(sqlite3_stmt *from, sqlite3_stmt *to, sqlite3 *db, char **error) {
    int rc = SQLITE_OK;
    for (int i = 0; i < sqlite3_column_count(from) && rc == SQLITE_OK; i++) {
        rc = sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
    }
    rc = rc == SQLITE_OK ? sqlite3_step(to) : rc;
    (void)sqlite3_reset(to);
    return rc == SQLITE_DONE ? SITO_OK : sito_json_failed(db, rc, error);
}

static int copy_rows(SitoKept *kept, sqlite3 *db, sqlite3_stmt *from, sqlite3_stmt *to,
                     char **error) {
    int rc = run(kept->db, "BEGIN", error);
    while (rc == SITO_OK) {
        int stepped = sqlite3_step(from);
        if (stepped == SQLITE_DONE) {
            return run(kept->db, "COMMIT", error);
        }
        rc = stepped == SQLITE_ROW ? copy_row(from, to, kept->db, error)
                                   : sito_json_failed(db, stepped, error);
    }
    return rc;
}

int sito_kept_fill(SitoKept *kept, sqlite3 *db, const char *schema, const char *name,
                   size_t columns, uint64_t used, char **error) {
    sqlite3_stmt *from = NULL, *to = NULL;
    SitoBuffer insert = {0};
    int rc = open_database(kept, error);
    rc = rc == SITO_OK ? make_table(kept, columns, &insert, error) : rc;
    rc = rc == SITO_OK ? prepare(kept->db, &insert, &to, error) : rc;
    rc = rc == SITO_OK ? source(db, schema, name, columns, used, &from, error) : rc;
    rc = rc == SITO_OK ? copy_rows(kept, db, from, to, error) : rc;
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    sito_buffer_free(&insert);
    if (rc != SITO_OK) {
        sito_kept_free(kept);
    }
    return rc;
}

/* ---- looking up ---- */

/* R2: whether nothing but the very value can be equal to it. */
static bool narrows(SitoJsonType type, sqlite3_value *value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT:
        return type == SITO_JSON_AUTO || type == SITO_JSON_TEXT || type == SITO_JSON_JSON ||
               type == SITO_JSON_TERYT;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
        return type == SITO_JSON_INTEGER || type == SITO_JSON_NUMBER || type == SITO_JSON_BOOLEAN;
    default:
        return false;
    }
}

/* One index, over the columns of the first look-up. */
static int make_index(SitoKept *kept, const int *equal, uint64_t narrowed, int count,
                      char **error) {
    SitoBuffer sql = {0};
    int added = 0;
    int rc = sito_buffer_print(&sql, "CREATE INDEX by_value ON kept(");
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        if ((narrowed >> i & 1) != 0) {
            rc = sito_buffer_print(&sql, "%sc%d", added++ == 0 ? "" : ", ", equal[i]);
        }
    }
    rc = rc == SITO_OK ? sito_buffer_add(&sql, ")", sizeof ")") : rc;
    rc = rc == SITO_OK ? run(kept->db, sql.data, error) : rc;
    sito_buffer_free(&sql);
    kept->indexed = true;
    return rc;
}

static int make_select(SitoKept *kept, const int *equal, uint64_t narrowed, int count,
                       char **error) {
    SitoBuffer sql = {0};
    sqlite3_finalize(kept->select);
    kept->select = NULL;
    kept->narrowed = narrowed;
    int rc =
        narrowed != 0 && !kept->indexed ? make_index(kept, equal, narrowed, count, error) : SITO_OK;
    rc = rc == SITO_OK ? sito_buffer_print(&sql, "SELECT * FROM kept WHERE 1") : rc;
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        if ((narrowed >> i & 1) != 0) {
            rc = sito_buffer_print(&sql, " AND c%d = ?%d", equal[i], i + 1);
        }
    }
    rc = rc == SITO_OK ? sito_buffer_print(&sql, " ORDER BY n") : rc;
    rc = rc == SITO_OK ? prepare(kept->db, &sql, &kept->select, error) : rc;
    sito_buffer_free(&sql);
    return rc;
}

int sito_kept_start(SitoKept *kept, const SitoJsonColumns *columns, const int *equal,
                    sqlite3_value **values, int count, char **error) {
    uint64_t narrowed = 0;
    int rc = SITO_OK;
    for (int i = 0; i < count; i++) {
        SitoJsonType type = columns->items[equal[i]].type;
        narrowed |= narrows(type, values[i]) ? (uint64_t)1 << i : 0;
    }
    if (kept->select == NULL || kept->narrowed != narrowed) {
        rc = make_select(kept, equal, narrowed, count, error);
    } else {
        (void)sqlite3_reset(kept->select);
    }
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        if ((narrowed >> i & 1) != 0) {
            rc = sqlite3_bind_value(kept->select, i + 1, values[i]);
        }
    }
    return rc;
}

int sito_kept_next(SitoKept *kept, bool *there, char **error) {
    int rc = sqlite3_step(kept->select);
    *there = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SITO_OK : sito_json_failed(kept->db, rc, error);
}

void sito_kept_result(const SitoKept *kept, sqlite3_context *context, int column) {
    sqlite3_result_value(context, sqlite3_column_value(kept->select, column));
}

int64_t sito_kept_rowid(const SitoKept *kept) {
    return sqlite3_column_int64(kept->select, 0);
}
