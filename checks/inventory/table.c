/*
** One table is read once (private.h): a CSV file or a table of a database becomes facts by one SELECT, as in
** the scan of the gate, and the facts a proposal.
**
** R1  A database is attached read-only. Its schema is not trusted: functions in views, defaults and computed
**     columns of it may not be ours, its virtual tables are not opened.
** R2  A column with more distinct values than the profile counts is taken for a key: nothing is read twice.
*/
#include "private.h"

#include <sqlite3.h>

#include <string.h>
#include <sys/stat.h>

#include "base/register.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/trouble.h"

enum { VALUES_A_CALL = 120, WITNESSES = 1 };

void sito_inventory_table_free(Table *table) {
    sqlite3_close(table->db);
    sito_free(table->digest);
    sito_free(table->proposed);
    sito_free(table->reason);
    sito_free(table->detail);
    sito_free(table->columns);
    *table = (Table){0};
}

/* ---- databases ---- */

static int put_uri_path(SitoBuffer *out, const char *path) {
    int rc = SITO_OK;
    for (; *path != 0 && rc == SITO_OK; path++) {
        unsigned char c = (unsigned char)*path;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c < 0x80 && strchr("/._-", c) != NULL);
        rc = plain ? sito_buffer_add(out, path, 1) : sito_buffer_print(out, "%%%02X", c);
    }
    return rc;
}

/* A journal beside the file belongs to it: then the file is not taken for one that nobody changes. */
static bool has_journal(const char *path) {
    static const char *const endings[] = {"-wal", "-journal"};
    for (size_t i = 0; i < SITO_COUNT(endings); i++) {
        struct stat status;
        char *name = sito_print("%s%s", path, endings[i]);
        bool there = name != NULL && stat(name, &status) == 0 && status.st_size > 0;
        sito_free(name);
        if (there) {
            return true;
        }
    }
    return false;
}

static int harden(sqlite3 *db) {
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    rc = rc == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) : rc;
    return rc == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) : rc;
}

int sito_inventory_attach(sqlite3 **db, const char *path, char **error) {
    SitoBuffer uri = {0};
    int rc = sqlite3_open_v2(":memory:", db,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL);
    rc = rc == SQLITE_OK ? harden(*db) : rc;
    rc = rc == SQLITE_OK ? sito_register(*db, sito_modules, false, error) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(&uri, "file:%s", path[0] == '/' ? "" : "./") : rc;
    rc = rc == SITO_OK ? put_uri_path(&uri, path) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(&uri, has_journal(path) ? "?mode=ro" : "?mode=ro&immutable=1")
             : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&uri, "", 1) : rc;
    rc = rc == SITO_OK ? sito_db_do(*db, error, "ATTACH ?1 AS source", "t", uri.data) : rc;
    sito_buffer_free(&uri);
    return rc;
}

/* temp.sniffed, with whatever columns csv_sniff has: nothing had to be found out. */
static int describe_reading(Table *table, char **error) {
    char *create = NULL;
    int rc = sito_db_text(
        table->db, &create, error,
        "SELECT 'CREATE TEMP TABLE sniffed AS SELECT ' || group_concat(printf('%s AS \"%w\"',"
        "  CASE name WHEN 'delimiter' THEN ''',''' WHEN 'encoding' THEN '''utf-8''' WHEN 'header' THEN '1'"
        "            WHEN 'quote' THEN '''\"''' WHEN 'decimal' THEN 'NULL' ELSE '0' END, name), ', ')"
        "  FROM pragma_table_info('csv_sniff')",
        "");
    if (rc == SITO_OK) {
        rc = sito_db_run(table->db, create, error);
    }
    sito_free(create);
    return rc;
}

/* temp.data: every value as text, nothing of a BLOB. */
static int open_database_table(Table *table, const char *path, const char *name, char **error) {
    char *columns = NULL, *view = NULL;
    int rc = sito_inventory_attach(&table->db, path, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(table->db, &columns, error,
                          "SELECT group_concat(printf('iif(typeof(\"%w\") = ''blob'', NULL,"
                          " CAST(\"%w\" AS TEXT)) AS \"%w\"', name, name, name), ', ')"
                          "  FROM pragma_table_xinfo(?1, 'source') WHERE hidden IN (0, 2, 3)",
                          "t", name);
    }
    if (rc == SITO_OK && columns == NULL) {
        rc = sito_error(error, SITO_ERROR, "no columns");
    }
    if (rc == SITO_OK) {
        view = sito_print("CREATE TEMP VIEW data AS SELECT %s FROM source.\"%w\"", columns, name);
        rc = view == NULL ? SITO_NOMEM : sito_db_run(table->db, view, error);
    }
    if (rc == SITO_OK) {
        rc = describe_reading(table, error);
    }
    sito_free(columns);
    sito_free(view);
    return rc;
}

/* ---- CSV ---- */

static int open_csv(Table *table, const char *path, char **error) {
    char *create = NULL;
    int rc = sito_db_open(&table->db, error);
    if (rc == SITO_OK) {
        rc = sito_db_do(table->db, error,
                        "CREATE TEMP TABLE sniffed AS SELECT * FROM csv_sniff(?1)", "t", path);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(table->db, &create, error,
                          "SELECT printf('CREATE VIRTUAL TABLE temp.data USING csv(filename=%Q,"
                          " delimiter=%Q, skip=%d, on_error=''keep'', sha256=''compute'')', ?1,"
                          " iif(preamble > 0, delimiter, 'auto'), preamble) FROM temp.sniffed",
                          "t", path);
    }
    if (rc == SITO_OK) {
        rc = sito_db_run(table->db, create, error);
    }
    sito_free(create);
    return rc;
}

/* Lines above the heading are part of the file: they are searched as damaged records are. */
static int read_titles(Table *table, const char *path, char **error) {
    char *create = NULL;
    int rc = sito_db_text(table->db, &create, error,
                          "SELECT printf('CREATE VIRTUAL TABLE temp.title USING csv(filename=%Q,"
                          " encoding=%Q, delimiter=%Q, quote=none, header=no, skip=0, trim=no,"
                          " trailing=no, on_error=keep)', ?1, encoding, delimiter)"
                          " FROM temp.sniffed WHERE preamble > 0",
                          "t", path);
    if (rc == SITO_OK && create != NULL) {
        rc = sito_db_run(table->db, create, error);
        rc =
            rc == SITO_OK
                ? sito_db_run(
                      table->db,
                      "INSERT INTO temp.scanned SELECT json_remove(profile_facts("
                      "  '{\"fields\":[{\"name\":\"\",\"type\":\"string\"}],\"defects\":true,"
                      "\"witnesses\":1}', NULL, _line, _byte, 'title', _record, NULL), '$.profile')"
                      " FROM temp.title WHERE rowid <= (SELECT preamble FROM temp.sniffed)",
                      error)
                : rc;
    }
    sito_free(create);
    return rc;
}

/* ---- the one SELECT ---- */

static int run_embedded(Table *table, const SitoEmbedded *list, const char *path, char **error) {
    return sito_db_run(table->db, sito_embedded_find(list, path)->data, error);
}

/* What describe.sql reads of a descriptor: there is none. */
static int describe(Table *table, char **error) {
    int rc = run_embedded(table, sito_embedded_runner, "facts.sql", error);
    rc = rc == SITO_OK
             ? sito_db_run(table->db,
                           "CREATE TEMP TABLE descriptor(doc, resource, described, today);"
                           "INSERT INTO temp.descriptor VALUES ('{\"name\":\"x\"}', '{}', 0, NULL);"
                           "CREATE TEMP TABLE scanned(result);"
                           "CREATE TEMP TABLE file_column AS SELECT cid + 1 AS position, name"
                           "  FROM pragma_table_xinfo('data', 'temp') WHERE hidden = 0",
                           error)
             : rc;
    return rc == SITO_OK ? run_embedded(table, sito_embedded_runner, "describe.sql", error) : rc;
}

static int add_call(Table *table, SitoBuffer *sql, int64_t from, bool csv, char **error) {
    char *values = NULL, *config = NULL;
    int rc = sito_db_text(
        table->db, &config, error,
        "SELECT json_object('fields', json_group_array(json_object('name', name, 'type', 'string',"
        "    'decimalChar', (SELECT decimal FROM temp.sniffed))),"
        "  'missingValues', json('[\"\"]'), 'defects', json(iif(?1 = 1, 'true', 'false')),"
        "  'witnesses', ?2)"
        " FROM (SELECT name FROM field WHERE position BETWEEN ?1 AND ?1 + ?3 - 1 ORDER BY position)",
        "iii", from, (int64_t)WITNESSES, (int64_t)VALUES_A_CALL);
    if (rc == SITO_OK) {
        rc = sito_db_text(table->db, &values, error,
                          "SELECT group_concat(printf(', \"%w\"', name), '') FROM (SELECT name"
                          " FROM temp.file_column WHERE position BETWEEN ?1 AND ?1 + ?2 - 1"
                          " ORDER BY position)",
                          "ii", from, (int64_t)VALUES_A_CALL);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(sql, ", profile_facts(%Q, %s%s)", config,
                               csv ? "data.rowid, _line, _byte, coalesce(_defect, _warning),"
                                     " CASE WHEN _defect IS NOT NULL THEN _record END"
                                   : "NULL, NULL, NULL, NULL, NULL",
                               values);
    }
    sito_free(values);
    sito_free(config);
    return rc;
}

static int keep_row(Table *table, sqlite3_stmt *row, char **error) {
    int rc = SITO_OK;
    table->rows = sqlite3_column_int64(row, 0);
    for (int i = 1; i < sqlite3_column_count(row) && rc == SITO_OK; i++) {
        const char *json = (const char *)sqlite3_column_text(row, i);
        rc = json == NULL
                 ? SITO_NOMEM
                 : sito_db_do(table->db, error, "INSERT INTO temp.scanned VALUES (?1)", "t", json);
    }
    return rc;
}

static int read_once(Table *table, bool csv, char **error) {
    SitoBuffer sql = {0};
    sqlite3_stmt *row = NULL;
    int64_t columns = 0;
    int rc =
        sito_db_integer(table->db, &columns, error, "SELECT count(*) FROM temp.file_column", "");
    rc = rc == SITO_OK ? sito_buffer_print(&sql, "SELECT count(*)") : rc;
    for (int64_t from = 1; from <= columns && rc == SITO_OK; from += VALUES_A_CALL) {
        rc = add_call(table, &sql, from, csv, error);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&sql, " FROM temp.data", sizeof " FROM temp.data") : rc;
    rc = rc == SITO_OK ? sito_db_prepare(table->db, &row, error, sql.data, "") : rc;
    sito_buffer_free(&sql);
    if (rc == SITO_OK) {
        rc = sqlite3_step(row) == SQLITE_ROW
                 ? keep_row(table, row, error)
                 : sito_db_error(table->db, sqlite3_errcode(table->db), error);
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- from the facts to the proposal ---- */

static int propose(Table *table, char **error) {
    const SitoEmbedded *sql = sito_embedded_find(sito_embedded_runner, "propose.sql");
    const char *second = strstr(sql->data, "CREATE TEMP TABLE proposal");
    char *first = sito_print("%.*s", (int)(second - sql->data), sql->data);
    int rc = first == NULL ? SITO_NOMEM : sito_db_run(table->db, first, error);
    sito_free(first);
    rc = rc == SITO_OK ? sito_db_run(table->db,
                                     "INSERT INTO temp.counted SELECT field, rows FROM profile"
                                     " WHERE distinct_values IS NULL",
                                     error)
                       : rc;
    rc = rc == SITO_OK ? sito_db_run(table->db, second, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_do(table->db, error, "CREATE TEMP TABLE counted_rows AS SELECT ?1 AS rows",
                          "i", table->rows)
             : rc;
    return rc == SITO_OK ? run_embedded(table, sito_embedded_inventory, "judge.sql", error) : rc;
}

static int take(Table *table, char **text, const char *column, char **error) {
    char *sql = sito_print("SELECT %s FROM temp.judged", column);
    int rc = sql == NULL ? SITO_NOMEM : sito_db_text(table->db, text, error, sql, "");
    sito_free(sql);
    return rc;
}

static int take_verdict(Table *table, char **error) {
    int rc = take(table, &table->proposed, "proposed", error);
    rc = rc == SITO_OK ? take(table, &table->reason, "reason", error) : rc;
    rc = rc == SITO_OK ? take(table, &table->detail, "detail", error) : rc;
    rc = rc == SITO_OK ? take(table, &table->columns, "columns", error) : rc;
    return rc == SITO_OK ? sito_db_integer(table->db, &table->damaged, error,
                                           "SELECT damaged FROM temp.judged", "")
                         : rc;
}

int sito_inventory_read(Table *table, const char *path, const char *name, SitoLanguage language,
                        char **error) {
    bool csv = name == NULL;
    *table = (Table){0};
    int rc = csv ? open_csv(table, path, error) : open_database_table(table, path, name, error);
    rc = rc == SITO_OK ? describe(table, error) : rc;
    rc = rc == SITO_OK ? read_once(table, csv, error) : rc;
    rc = rc == SITO_OK && csv ? read_titles(table, path, error) : rc;
    rc = rc == SITO_OK ? run_embedded(table, sito_embedded_runner, "gather.sql", error) : rc;
    rc = rc == SITO_OK ? propose(table, error) : rc;
    rc = rc == SITO_OK ? take_verdict(table, error) : rc;
    if (rc == SITO_OK && csv) {
        rc = sito_db_text(table->db, &table->digest, error, "SELECT csv_sha256('temp.data')", "");
    }
    return rc != SITO_OK && sito_trouble_translate(language, error) != SITO_OK ? SITO_NOMEM : rc;
}
