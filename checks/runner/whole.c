/*
** The facts of a whole package (whole.h).
*/
#include "runner/whole.h"

#include <sqlite3.h>

#include "common/db.h"
#include "common/embedded.h"

int sito_whole_extend(sqlite3 *facts, char **error) {
    return sito_db_run_written(
        facts,
        "SELECT printf('ALTER TABLE \"%w\" ADD COLUMN resource TEXT', m.name)"
        "  FROM sqlite_master AS m WHERE type = 'table' AND NOT EXISTS"
        "   (SELECT 1 FROM pragma_table_info(m.name) AS c WHERE c.name = 'resource')"
        " ORDER BY m.name",
        error);
}

/* temp.key_column is what keys.c needs to know of each column of a file: `declared`, its name in the
** descriptor, `name`, that in reports, and `heading`, that of the csv table. */
static const char own_tables[] = "ATTACH ':memory:' AS data;"
                                 "CREATE TEMP TABLE description(resource, object);"
                                 "CREATE TEMP TABLE key_column(resource, declared, name, heading)";

int sito_whole_open(sqlite3 **whole, const SitoPolicy *policy, char **error) {
    const SitoEmbedded *schema = sito_embedded_find(sito_embedded_runner, "facts.sql");
    int rc = sito_db_open(whole, error);
    if (rc == SITO_OK) {
        rc = sito_db_run(*whole, schema->data, error);
    }
    if (rc == SITO_OK) {
        rc = sito_whole_extend(*whole, error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_run(*whole, own_tables, error);
    }
    return rc == SITO_OK ? sito_policy_fill(*whole, policy, NULL, error) : rc;
}

/* One table of facts; ?1 of the first SELECT is its name. */
static int copy_table(sqlite3 *whole, sqlite3 *facts, const char *table, char **error) {
    char *select = NULL, *insert = NULL;
    int rc = sito_db_text(facts, &select, error,
                          "SELECT printf('SELECT %s, (SELECT name FROM resource) FROM \"%w\"',"
                          " group_concat(printf('\"%w\"', name), ', '), ?1)"
                          " FROM pragma_table_info(?1)",
                          "t", table);
    if (rc == SITO_OK) {
        rc = sito_db_text(facts, &insert, error,
                          "SELECT printf('INSERT INTO \"%w\"(%s, resource) VALUES (%s, ?)', ?1,"
                          " group_concat(printf('\"%w\"', name), ', '), group_concat('?', ', '))"
                          " FROM pragma_table_info(?1)",
                          "t", table);
    }
    rc = rc == SITO_OK ? sito_db_copy(facts, whole, select, insert, error) : rc;
    sito_free(select);
    sito_free(insert);
    return rc;
}

static int copy_facts(sqlite3 *whole, sqlite3 *facts, char **error) {
    sqlite3_stmt *tables = NULL;
    int rc = sito_db_prepare(facts, &tables, error,
                             "SELECT name FROM main.sqlite_master WHERE type = 'table'", "");
    while (rc == SITO_OK) {
        int step = sqlite3_step(tables);
        if (step != SQLITE_ROW) {
            rc = step == SQLITE_DONE ? SITO_OK : sito_db_error(facts, step, error);
            break;
        }
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        rc = table == NULL ? SITO_NOMEM : copy_table(whole, facts, table, error);
    }
    sqlite3_finalize(tables);
    return rc;
}

/* R2: the same table under another name, its digest known. */
static int open_data(sqlite3 *whole, sqlite3 *facts, char **error) {
    char *create = NULL;
    int rc = sito_db_text(facts, &create, error,
                          "SELECT printf('CREATE VIRTUAL TABLE data.\"%w\"', r.name)"
                          "  || replace(substr(m.sql, instr(m.sql, ' USING ')),"
                          "             'sha256=''compute''', printf('sha256=%Q', r.sha256))"
                          "  FROM resource AS r, sqlite_temp_master AS m WHERE m.name = 'data'",
                          "");
    if (rc == SITO_OK) {
        rc = create == NULL ? sito_error(error, SITO_ERROR, "the data of a resource is not open")
                            : sito_db_run(whole, create, error);
    }
    sito_free(create);
    return rc;
}

int sito_whole_add(sqlite3 *whole, sqlite3 *facts, char **error) {
    int rc = copy_facts(whole, facts, error);
    if (rc == SITO_OK) {
        rc = sito_db_copy(facts, whole,
                          "SELECT (SELECT name FROM main.resource), resource FROM temp.descriptor",
                          "INSERT INTO temp.description VALUES (?, ?)", error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_copy(facts, whole,
                          "SELECT (SELECT name FROM main.resource),"
                          " coalesce(field ->> '$.name', name), name, heading FROM temp.matched",
                          "INSERT INTO temp.key_column VALUES (?, ?, ?, ?)", error);
    }
    return rc == SITO_OK ? open_data(whole, facts, error) : rc;
}
