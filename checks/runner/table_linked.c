/*
** Linked tables: several resources of one data set that share cells, judged together (table_judge.h).
**
** R1  Tables with one word in `linked` are linked where they have a measure of the same name. Cells are one
**     where dimensions of the same name have the same codes, the others being at their totals.
** R2  A cell is found only where the tables together say more than its own table does.
*/
#include "runner/table_judge.h"

#include <sqlite3.h>

#include "common/db.h"

/* temp.linked: one row a table and measure; its cells are the table temp."linked NAME", its trees beside. */
static const char make_linked[] =
    "CREATE TEMP TABLE IF NOT EXISTS linked(resource, word, measure, config);"
    "CREATE TEMP TABLE IF NOT EXISTS linked_own(resource, measure, number, verdict);"
    "CREATE TEMP TABLE IF NOT EXISTS linked_joint(resource, measure, number, verdict, lo)";

/* The names of the temp tables of a resource in the database of the package. */
static const char write_copies[] =
    "SELECT 'table_cell', 'linked ' || r.name FROM resource AS r"
    " UNION ALL SELECT 'table_parent_' || d.number, 'linked ' || r.name || ' ' || d.number"
    "   FROM resource AS r, temp.table_dimension AS d WHERE d.hierarchy IS NOT NULL";

static int copy_table(sqlite3 *facts, sqlite3 *whole, const char *from, const char *to,
                      char **error) {
    char *create = NULL, *select = NULL, *insert = NULL;
    int rc = sito_db_text(facts, &create, error,
                          "SELECT printf('CREATE TEMP TABLE \"%w\"(', ?2)"
                          "  || group_concat(printf('\"%w\" TEXT', name), ', ') || ')'"
                          "  FROM pragma_table_info(?1, 'temp')",
                          "tt", from, to);
    rc = rc == SITO_OK
             ? sito_db_text(facts, &select, error,
                            "SELECT printf('SELECT _rowid_, * FROM temp.\"%w\"', ?1)", "t", from)
             : rc;
    rc = rc == SITO_OK
             ? sito_db_text(facts, &insert, error,
                            "SELECT printf('INSERT INTO temp.\"%w\"(_rowid_, ', ?2)"
                            "  || group_concat(printf('\"%w\"', name), ', ') || ') VALUES (?'"
                            "  || replace(hex(zeroblob(count(*))), '00', ', ?') || ')'"
                            "  FROM pragma_table_info(?1, 'temp')",
                            "tt", from, to)
             : rc;
    rc = rc == SITO_OK ? sito_db_run(whole, create, error) : rc;
    rc = rc == SITO_OK ? sito_db_copy(facts, whole, select, insert, error) : rc;
    sito_free(create);
    sito_free(select);
    sito_free(insert);
    return rc;
}

static int copy_tables(sqlite3 *facts, sqlite3 *whole, char **error) {
    sqlite3_stmt *rows = NULL;
    int rc = sito_db_prepare(facts, &rows, error, write_copies, "");
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *from = (const char *)sqlite3_column_text(rows, 0);
        const char *to = (const char *)sqlite3_column_text(rows, 1);
        rc = from == NULL || to == NULL ? SITO_NOMEM : copy_table(facts, whole, from, to, error);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(facts, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}

/* The configuration with the names that the tables have in the database of the package. */
static const char linked_configs[] =
    "SELECT r.name, t.linked, c.measure, json_set(c.audit, '$.dimensions', (SELECT json_group_array("
    "    json_patch('{}', json_object('name', d.name, 'total', d.total, 'hierarchy', iif(d.hierarchy IS NULL,"
    "      NULL, printf('temp.\"%w\"', 'linked ' || r.name || ' ' || d.number)))))"
    "    FROM (SELECT * FROM temp.table_dimension ORDER BY number) AS d))"
    "  FROM resource AS r, tabulated AS t, temp.table_config AS c ORDER BY c.number";

int sito_table_keep_linked(sqlite3 *facts, sqlite3 *whole, char **error) {
    int64_t linked = 0;
    int rc = sito_db_integer(facts, &linked, error,
                             "SELECT count(*) FROM tabulated WHERE linked IS NOT NULL AND EXISTS"
                             " (SELECT 1 FROM sqlite_temp_master WHERE name = 'table_interval')",
                             "");
    if (rc != SITO_OK || linked == 0) {
        return rc;
    }
    rc = sito_db_run(whole, make_linked, error);
    rc = rc == SITO_OK ? copy_tables(facts, whole, error) : rc;
    rc = rc == SITO_OK ? sito_db_copy(facts, whole, linked_configs,
                                      "INSERT INTO temp.linked VALUES (?, ?, ?, ?)", error)
                       : rc;
    return rc == SITO_OK
               ? sito_db_copy(facts, whole,
                              "SELECT (SELECT name FROM resource), measure, number, verdict"
                              "  FROM temp.table_interval WHERE stage = 0",
                              "INSERT INTO temp.linked_own VALUES (?, ?, ?, ?)", error)
               : rc;
}

/* ---- all tables together ---- */

/* columns: resource, measure, its table, the configuration with the others as linked, their names */
static const char joint_configs[] =
    "SELECT a.resource, a.measure, printf('temp.\"%w\"', 'linked ' || a.resource),"
    "       json_set(a.config, '$.linked', (SELECT json_group_array(json_set(b.config, '$.table',"
    "         printf('temp.\"%w\"', 'linked ' || b.resource))) FROM temp.linked AS b"
    "         WHERE b.word = a.word AND b.measure = a.measure AND b.resource <> a.resource)),"
    "       (SELECT group_concat(b.resource, ', ') FROM (SELECT resource FROM temp.linked AS b"
    "         WHERE b.word = a.word AND b.measure = a.measure ORDER BY resource) AS b)"
    "  FROM temp.linked AS a WHERE EXISTS (SELECT 1 FROM temp.linked AS b WHERE b.word = a.word"
    "   AND b.measure = a.measure AND b.resource <> a.resource) ORDER BY a.resource, a.measure";

static const char tell_joint[] =
    "INSERT INTO cell(kind, measure, source, count, resource)"
    " SELECT CASE j.verdict WHEN 'disclosed' THEN 'recoverable-linked' WHEN 'narrow' THEN 'narrow-linked'"
    "          ELSE 'undecided' END, j.measure, ?3, count(*), iif(j.verdict = 'undecided', NULL, j.resource)"
    "   FROM temp.linked_joint AS j LEFT JOIN temp.linked_own AS o USING (resource, measure, number)"
    "  WHERE j.resource = ?1 AND j.measure = ?2 AND j.verdict IN ('disclosed', 'narrow', 'undecided')"
    "    AND coalesce(o.verdict, '') NOT IN (j.verdict, 'disclosed')"
    "    AND NOT (j.verdict = 'narrow' AND j.lo >= (SELECT threshold FROM tabulated AS t WHERE t.resource = ?1))"
    "  GROUP BY j.verdict";

static int audit_joint(sqlite3 *whole, sqlite3_stmt *row, char **error) {
    const char *resource = (const char *)sqlite3_column_text(row, 0);
    const char *measure = (const char *)sqlite3_column_text(row, 1);
    const char *table = (const char *)sqlite3_column_text(row, 2);
    const char *config = (const char *)sqlite3_column_text(row, 3);
    const char *names = (const char *)sqlite3_column_text(row, 4);
    char *message = NULL;
    int rc = sito_db_do(whole, &message,
                        "INSERT INTO temp.linked_joint SELECT ?1, ?2, a.row, a.verdict, a.lo"
                        "  FROM risk_table_audit(?3, ?4) AS a",
                        "tttt", resource, measure, table, config);
    int primary = rc & 0xFF;
    if (primary == SITO_NOMEM || primary == SITO_INTERRUPT) {
        sito_free(message);
        return rc;
    }
    rc =
        rc == SITO_OK
            ? sito_db_do(whole, error, tell_joint, "ttt", resource, measure, names)
            : sito_db_do(
                  whole, error,
                  "INSERT INTO cell(kind, measure, source, count, resource) SELECT"
                  " iif(?4 LIKE '%different values%', 'contradiction', 'undecided'), ?2, ?3, max(1,"
                  "   (SELECT hidden FROM tally WHERE resource = ?1 AND measure = ?2)),"
                  " iif(?4 LIKE '%different values%', ?1, NULL)",
                  "tttt", resource, measure, names, message);
    sito_free(message);
    return rc;
}

int sito_table_fill_linked(sqlite3 *whole, char **error) {
    sqlite3_stmt *rows = NULL;
    int rc = sito_db_run(whole, make_linked, error);
    rc = rc == SITO_OK ? sito_db_prepare(whole, &rows, error, joint_configs, "") : rc;
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = audit_joint(whole, rows, error);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(whole, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}
