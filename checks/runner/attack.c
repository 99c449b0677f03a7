/*
** Attacks on the data (attack.h). The columns are read into temp.attacked under the names c1, c2, …,
** their positions, so that no heading can clash with another or with the code of the person, c0.
*/
#include "attack.h"

#include <sqlite3.h>

#include "common/db.h"

/* What is worth looking at, from the facts alone. temp.suspect: the columns that may give a
** quasi-identifier away (R2); temp.quasi: the quasi-identifiers. */
static const char prepare[] =
    "CREATE TEMP TABLE quasi AS SELECT position, name FROM field"
    "  WHERE role = 'quasi-identifier' AND position IS NOT NULL"
    "    AND (SELECT persons IS NOT 'none' FROM dataset) ORDER BY position LIMIT 20;"
    "CREATE TEMP TABLE suspect AS SELECT f.position, f.name FROM field AS f"
    "  JOIN profile AS p ON p.field = f.name"
    "  WHERE f.role IN ('public', 'sensitive', 'free-text') AND p.distinct_values < p.rows"
    "    AND EXISTS (SELECT 1 FROM temp.quasi JOIN profile AS q ON q.field = quasi.name"
    "                 WHERE q.distinct_values BETWEEN 2 AND p.distinct_values - 1);"
    "CREATE TEMP TABLE secret AS SELECT f.position, f.name FROM field AS f JOIN risk AS r"
    "  ON r.measure = 'alpha_k' AND r.field = f.name AND r.value > 0.5"
    "  WHERE f.role = 'sensitive' AND EXISTS (SELECT 1 FROM temp.quasi) ORDER BY f.position LIMIT 20;"
    "CREATE TEMP TABLE below AS SELECT coalesce(sum(rows), 0) AS rows FROM class"
    "  WHERE size < (SELECT effective FROM threshold WHERE name = 'k');"
    "CREATE TEMP TABLE pair(determinant INTEGER, dependent INTEGER)";

/* %s: LIMIT of the records */
static const char read_columns[] =
    "SELECT 'CREATE TEMP TABLE attacked AS SELECT '"
    "  || group_concat(printf('data.\"%%w\" AS c%%d', heading, position), ', ')"
    "  || CASE (SELECT unit FROM dataset) WHEN 'companion' THEN"
    "       ', unit.code AS c0 FROM temp.data LEFT JOIN temp.unit ON unit.number = data.rowid'"
    "     ELSE ' FROM temp.data' END || '%s'"
    "  FROM temp.matched WHERE position IN (SELECT position FROM temp.quasi"
    "                                       UNION SELECT position FROM temp.suspect"
    "                                       UNION SELECT position FROM temp.secret)";

static int read_data(sqlite3 *db, const char *limit, char **error) {
    char *create = NULL, *select = sito_print(read_columns, limit);
    int rc = select == NULL ? SITO_NOMEM : SITO_OK;
    rc = rc == SITO_OK ? sito_db_run(db, "DROP TABLE IF EXISTS temp.attacked", error) : rc;
    rc = rc == SITO_OK ? sito_db_text(db, &create, error, select, "") : rc;
    rc = rc == SITO_OK ? sito_db_run(db, create, error) : rc;
    sito_free(create);
    sito_free(select);
    return rc;
}

/* ---- R1 ---- */

static const char unique_sets[] =
    "INSERT INTO unique_set"
    " SELECT (SELECT group_concat(name, ', ') FROM temp.quasi"
    "          WHERE instr(', ' || u.columns || ',', ', c' || position || ',')), u.size, u.rows"
    "   FROM (SELECT group_concat('c' || position, ', ') AS list, count(*) AS number"
    "           FROM temp.quasi) AS q,"
    "        risk_unique_sets('temp.attacked', q.list, iif(q.number > 10, 2, 3),"
    "                         (SELECT 'c0' FROM dataset WHERE unit = 'companion')) AS u";

/* Without the one column of a file there would be a single class. */
static const char left_out[] =
    "INSERT INTO left_out"
    " SELECT q.name, coalesce((SELECT sum(h.rows)"
    "   FROM risk_histogram('temp.attacked', (SELECT group_concat('c' || o.position, ', ')"
    "          FROM temp.quasi AS o WHERE o.position <> q.position),"
    "        (SELECT 'c0' FROM dataset WHERE unit = 'companion')) AS h"
    "  WHERE h.size < (SELECT effective FROM threshold WHERE name = 'k')), 0)"
    "   FROM temp.quasi AS q WHERE (SELECT count(*) FROM temp.quasi) > 1";

static int attack_classes(sqlite3 *db, char **error) {
    int rc = sito_db_run(db, unique_sets, error);
    return rc == SITO_OK ? sito_db_run(db, left_out, error) : rc;
}

/* ---- R2 ---- */

/* Of the records in temp.attacked. A column that is constant there is determined by any other. */
static const char find_pairs[] =
    "DELETE FROM temp.pair;"
    "INSERT INTO temp.pair SELECT DISTINCT s.position, q.position"
    "  FROM temp.suspect AS s, temp.quasi AS q,"
    "       risk_dependencies('temp.attacked', printf('c%d, c%d', s.position, q.position), 1) AS d"
    " WHERE d.dependent = 'c' || q.position"
    "   AND (SELECT a.distinct_values > b.distinct_values AND b.distinct_values > 1"
    "          FROM profile AS a, profile AS b WHERE a.field = s.name AND b.field = q.name);"
    "DELETE FROM temp.suspect WHERE position NOT IN (SELECT determinant FROM temp.pair)";

/* expected: of the records that repeat a value of the determinant, how many would contradict the
** others if the two columns had nothing to do with one another. below: records in classes below k
** where the determinant counts as a quasi-identifier, beyond those that are there without it. */
static const char derived[] =
    "INSERT INTO derived"
    " SELECT s.name, q.name, (p.rows - p.distinct_values) * i.separation,"
    "        coalesce((SELECT sum(h.rows) FROM risk_histogram('temp.attacked',"
    "            (SELECT group_concat('c' || o.position, ', ') FROM temp.quasi AS o)"
    "              || ', c' || s.position,"
    "            (SELECT 'c0' FROM dataset WHERE unit = 'companion')) AS h"
    "          WHERE h.size < (SELECT effective FROM threshold WHERE name = 'k')), 0)"
    "        - (SELECT rows FROM temp.below)"
    "   FROM temp.pair JOIN temp.suspect AS s ON s.position = determinant"
    "   JOIN temp.quasi AS q ON q.position = dependent JOIN profile AS p ON p.field = s.name,"
    "        risk_quasi_identifiers('temp.attacked', 'c' || q.position, 1) AS i";

static int attack_suspects(sqlite3 *db, char **error) {
    int rc = sito_db_run(db, find_pairs, error);
    return rc == SITO_OK ? sito_db_run(db, derived, error) : rc;
}

/* ---- R4 ---- */

/* Of the rows of risk_inference the first is of all records, with the control; then the worst subgroup. */
static const char guess[] =
    "CREATE TEMP TABLE guess AS SELECT s.name AS field, g.*"
    "  FROM temp.secret AS s,"
    "       (SELECT group_concat('c' || position, ', ') AS list"
    "          FROM (SELECT position FROM temp.quasi ORDER BY position LIMIT 10)) AS q,"
    "       risk_inference('temp.attacked', q.list, 'c' || s.position) AS g;"
    "INSERT INTO inference"
    " SELECT w.field, (SELECT group_concat(name, ', ') FROM temp.quasi"
    "                   WHERE instr(', ' || w.columns || ',', ', c' || position || ',')),"
    "        w.rows, w.low, w.baseline, w.risk, o.rate, o.baseline"
    "   FROM temp.guess AS w JOIN temp.guess AS o ON o.field = w.field AND o.key IS NULL"
    "  WHERE w.rowid = (SELECT x.rowid FROM temp.guess AS x WHERE x.field = w.field AND x.key IS NOT NULL"
    "                    ORDER BY x.risk DESC, x.rows DESC, length(x.columns), x.rowid LIMIT 1);"
    "DROP TABLE temp.guess";

static int attack_columns(sqlite3 *db, char **error) {
    int64_t suspects, below = 0, secrets = 0;
    int rc = sito_db_integer(db, &suspects, error, "SELECT count(*) FROM temp.suspect", "");
    if (rc == SITO_OK && suspects > 0) {
        rc = read_data(db, " LIMIT 5000", error);
        rc = rc == SITO_OK ? sito_db_run(db, find_pairs, error) : rc;
        rc = rc == SITO_OK
                 ? sito_db_integer(db, &suspects, error, "SELECT count(*) FROM temp.suspect", "")
                 : rc;
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(db, &below, error,
                             "SELECT rows FROM temp.below WHERE EXISTS (SELECT 1 FROM temp.quasi)",
                             "");
    }
    rc = rc == SITO_OK
             ? sito_db_integer(db, &secrets, error, "SELECT count(*) FROM temp.secret", "")
             : rc;
    if (rc == SITO_OK && (suspects > 0 || below > 0 || secrets > 0)) {
        rc = read_data(db, "", error);
    }
    rc = rc == SITO_OK && secrets > 0 ? sito_db_run(db, guess, error) : rc;
    rc = rc == SITO_OK && below > 0 ? attack_classes(db, error) : rc;
    return rc == SITO_OK && suspects > 0 ? attack_suspects(db, error) : rc;
}

/* ---- R3 ---- */

static const char digests[] =
    "WITH form AS (SELECT field, longest, iif(length(min) = longest, min, max) AS value"
    "  FROM profile WHERE texts * 2 > rows - missing"
    "   AND longest IN (16, 22, 24, 27, 28, 32, 40, 43, 44, 64, 86, 88, 128))"
    " SELECT printf('INSERT INTO temp.tried SELECT %Q, identifier, hash, coalesce(salt, '''') <> '''',"
    "  digests, reversed, verdict FROM risk_reversal(''temp.data'', ''\"%s\"'')', form.field,"
    "  replace(replace(m.heading, '\"', '\"\"'), '''', ''''''))"
    "  FROM form JOIN temp.matched AS m ON m.name = form.field AND m.heading IS NOT NULL"
    " WHERE length(value) = longest AND value NOT GLOB '*[^0-9A-Za-z+/=_-]*'";

static const char tell_apart[] =
    "INSERT INTO reversal SELECT field, kind, hash, salted, digests, reversed FROM temp.tried"
    "  WHERE verdict = 'reversible';"
    "CREATE TEMP TABLE withstood AS SELECT field FROM temp.tried WHERE verdict = 'not reversed'";

static int attack_digests(sqlite3 *db, char **error) {
    int rc = sito_db_run(db,
                         "CREATE TEMP TABLE tried(field, kind, hash, salted, digests, reversed,"
                         " verdict)",
                         error);
    rc = rc == SITO_OK ? sito_db_run_written(db, digests, error) : rc;
    return rc == SITO_OK ? sito_db_run(db, tell_apart, error) : rc;
}

int sito_attack_fill(sqlite3 *db, char **error) {
    int rc = sito_db_run(db, prepare, error);
    rc = rc == SITO_OK ? attack_columns(db, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(db, "DROP TABLE IF EXISTS temp.attacked", error) : rc;
    return rc == SITO_OK ? attack_digests(db, error) : rc;
}
