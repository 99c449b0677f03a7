/*
** Two versions, compared (compare.h).
*/
#include "runner/compare.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "runner/scan.h"

enum { OLD, NEW };

typedef struct Side {
    SitoPackage package;
    SitoInputs inputs;
} Side;

typedef struct Comparison {
    sqlite3 *db;
    const char *key;
    SitoLanguage language;
    SitoPolicy policy;
    Side sides[2];
} Comparison;

static const char tables[] =
    "CREATE TEMP TABLE change(number INTEGER PRIMARY KEY, kind, resource, field, before, after);"
    "CREATE TEMP TABLE side(side, name, position, type, role, heading, rows, missing, distinct_values,"
    " key_place);"
    "CREATE TEMP TABLE file(side, sha256, rows, damaged, bare);"
    "CREATE TEMP TABLE pair(name, old_index, new_index)";

static int load(Comparison *comparison, int side, const char *path, char **error) {
    SitoProblems problems = {.language = comparison->language};
    int rc =
        sito_package_load(comparison->db, &comparison->sides[side].package, path, &problems, error);
    int raised = sito_problems_raise(&problems, error);
    return rc != SITO_OK ? rc : raised;
}

/* R1 */
static int pair_resources(Comparison *comparison, char **error) {
    const SitoPackage *old = &comparison->sides[OLD].package,
                      *new = &comparison->sides[NEW].package;
    if (old->resources == 1 && new->resources == 1) {
        return sito_db_do(comparison->db, error,
                          "INSERT INTO temp.pair SELECT ?1 ->> '$.resources[0].name', 0, 0", "t",
                          new->text);
    }
    return sito_db_do(
        comparison->db, error,
        "INSERT INTO temp.pair SELECT coalesce(o.value ->> '$.name', n.value ->> '$.name'),"
        "  o.key, n.key FROM json_each(?1, '$.resources') AS o"
        "  LEFT JOIN json_each(?2, '$.resources') AS n ON o.value ->> '$.name' = n.value ->> '$.name'"
        " UNION ALL SELECT n.value ->> '$.name', NULL, n.key FROM json_each(?2, '$.resources') AS n"
        "  WHERE n.value ->> '$.name' NOT IN (SELECT o.value ->> '$.name'"
        "   FROM json_each(?1, '$.resources') AS o)",
        "tt", old->text, new->text);
}

/* ---- one side of a pair ---- */

static int copy_side(sqlite3 *facts, sqlite3 *db, int side, char **error) {
    char *columns = sito_print(
        "SELECT %d, f.name, f.position, f.type, f.role, m.heading, p.rows, p.missing,"
        "  p.distinct_values, (SELECT c.key FROM temp.declared_key AS k, json_each(k.columns) AS c"
        "    WHERE k.is_primary AND c.value = m.field ->> '$.name')"
        " FROM field AS f JOIN temp.matched AS m ON m.position = f.position"
        " LEFT JOIN profile AS p ON p.field = f.name ORDER BY f.position",
        side);
    char *file = sito_print(
        "SELECT %d, sha256, rows, rows - coalesce((SELECT max(p.rows) FROM profile AS p), rows),"
        "  (SELECT NOT described FROM dataset) FROM resource",
        side);
    int rc =
        columns == NULL || file == NULL
            ? SITO_NOMEM
            : sito_db_copy(facts, db, columns,
                           "INSERT INTO temp.side VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
    rc = rc == SITO_OK
             ? sito_db_copy(facts, db, file, "INSERT INTO temp.file VALUES (?, ?, ?, ?, ?)", error)
             : rc;
    sito_free(columns);
    sito_free(file);
    return rc;
}

/* The csv table of the scan once more, over the same bytes. */
static int open_side(sqlite3 *facts, sqlite3 *db, int side, char **error) {
    char *create = NULL;
    int rc = sito_db_text(facts, &create, error,
                          "SELECT iif(?1, 'CREATE VIRTUAL TABLE temp.new_data',"
                          "               'CREATE VIRTUAL TABLE temp.old_data')"
                          "  || replace(substr(m.sql, instr(m.sql, ' USING ')),"
                          "             'sha256=''compute''', printf('sha256=%Q', r.sha256))"
                          "  FROM resource AS r, sqlite_temp_master AS m WHERE m.name = 'data'",
                          "i", (int64_t)side);
    rc = rc == SITO_OK ? sito_db_run(db, create, error) : rc;
    sito_free(create);
    return rc;
}

static int read_side(Comparison *comparison, int side, int64_t index, char **error) {
    sqlite3 *facts = NULL;
    Side *one = &comparison->sides[side];
    int rc = sito_scan(&facts, &one->package, &comparison->policy, index, comparison->language,
                       &one->inputs, error);
    rc = rc == SITO_OK ? copy_side(facts, comparison->db, side, error) : rc;
    rc = rc == SITO_OK ? open_side(facts, comparison->db, side, error) : rc;
    sqlite3_close(facts);
    return rc;
}

/* ---- what differs ---- */

/* ?1: the resource. Columns that both have stand in temp.both, k: their place in the key. */
static const char columns_sql[] =
    "CREATE TEMP TABLE both AS SELECT row_number() OVER (ORDER BY n.position) AS i, n.name,"
    "   o.heading AS old_heading, n.heading AS new_heading, o.position AS old_position,"
    "   n.position AS new_position, o.type AS old_type, n.type AS new_type, o.role AS old_role,"
    "   n.role AS new_role, o.missing AS old_missing, n.missing AS new_missing, o.rows AS old_rows,"
    "   n.rows AS new_rows, o.distinct_values AS old_distinct, n.distinct_values AS new_distinct,"
    "   coalesce(n.key_place, iif(EXISTS (SELECT 1 FROM temp.side WHERE side = 1"
    "     AND key_place IS NOT NULL), NULL, o.key_place)) AS k"
    "  FROM temp.side AS n JOIN temp.side AS o ON o.name = n.name AND o.side = 0 WHERE n.side = 1";

static const char column_changes[] =
    "INSERT INTO temp.change(kind, resource, field, before, after)"
    " SELECT 'column-removed', ?1, name, position, NULL FROM temp.side WHERE side = 0"
    "   AND name NOT IN (SELECT name FROM temp.both)"
    " UNION ALL SELECT 'column-added', ?1, name, NULL, position FROM temp.side WHERE side = 1"
    "   AND name NOT IN (SELECT name FROM temp.both)"
    " UNION ALL SELECT 'column-moved', ?1, name, old_position, new_position FROM"
    "   (SELECT *, row_number() OVER (ORDER BY old_position) AS p,"
    "           row_number() OVER (ORDER BY new_position) AS q FROM temp.both) WHERE p <> q"
    " UNION ALL SELECT 'type-changed', ?1, name, old_type, new_type FROM temp.both"
    "   WHERE old_type <> new_type"
    " UNION ALL SELECT 'role-changed', ?1, name, old_role, new_role FROM temp.both"
    "   WHERE old_role IS NOT new_role AND NOT (SELECT max(bare) FROM temp.file)"
    " UNION ALL SELECT 'records', ?1, NULL, o.rows, n.rows FROM temp.file AS o, temp.file AS n"
    "   WHERE o.side = 0 AND n.side = 1 AND o.rows <> n.rows"
    " UNION ALL SELECT 'damaged', ?1, NULL, o.damaged, n.damaged FROM temp.file AS o,"
    "   temp.file AS n WHERE o.side = 0 AND n.side = 1 AND o.damaged <> n.damaged";

static const char profile_changes[] =
    "INSERT INTO temp.change(kind, resource, field, before, after)"
    " SELECT 'missing', ?1, name, 1.0 * old_missing / nullif(old_rows, 0),"
    "        1.0 * new_missing / nullif(new_rows, 0) FROM temp.both"
    "  WHERE coalesce(1.0 * old_missing / nullif(old_rows, 0), 0)"
    "     <> coalesce(1.0 * new_missing / nullif(new_rows, 0), 0)"
    " UNION ALL SELECT 'distinct', ?1, name, old_distinct, new_distinct FROM temp.both"
    "  WHERE old_distinct <> new_distinct";

/* With a key (R2). %1 the columns of the key, t.k1 IS n.k1 …; all columns as c1, c2, … */
static const char write_key[] =
    "WITH listed AS (SELECT"
    "   group_concat(printf('\"%w\" AS c%d', old_heading, i), ', ') AS olds,"
    "   group_concat(printf('\"%w\" AS c%d', new_heading, i), ', ') AS news,"
    "   group_concat(iif(k IS NULL, NULL, 'c' || i), ', ') AS keys,"
    "   group_concat(iif(k IS NULL, NULL, printf('o.c%d IS n.c%d', i, i)), ' AND ') AS same,"
    "   group_concat('o.c' || i, ', ') AS old_row, group_concat('n.c' || i, ', ') AS new_row"
    "  FROM temp.both)"
    " SELECT printf('CREATE TEMP TABLE o AS SELECT %s FROM temp.old_data WHERE _defect IS NULL;"
    " CREATE TEMP TABLE n AS SELECT %s FROM temp.new_data WHERE _defect IS NULL', olds, news)"
    "  FROM listed WHERE olds IS NOT NULL"
    " UNION ALL SELECT printf('CREATE INDEX temp.o_key ON o(%s);"
    " INSERT INTO temp.change(kind, resource, before) SELECT ''key-repeated'', NULL, count(*) FROM"
    " (SELECT 1 FROM temp.o GROUP BY %s HAVING count(*) > 1 UNION ALL"
    "  SELECT 1 FROM temp.n GROUP BY %s HAVING count(*) > 1) HAVING count(*) > 0;"
    " CREATE TEMP TABLE met AS SELECT o.rowid AS old, n.rowid AS new,"
    "   (%s) IS NOT (%s) AS changed FROM temp.n JOIN temp.o ON %s', keys, keys, keys, old_row,"
    "   new_row, same) FROM listed WHERE keys IS NOT NULL";

static const char key_changes[] =
    "INSERT INTO temp.change(kind, resource, before, after)"
    " SELECT 'records-removed', ?1, n, NULL FROM (SELECT (SELECT count(*) FROM temp.o)"
    "    - (SELECT count(*) FROM temp.met) AS n) WHERE n > 0"
    " UNION ALL SELECT 'records-added', ?1, NULL, n FROM (SELECT (SELECT count(*) FROM temp.n)"
    "    - (SELECT count(*) FROM temp.met) AS n) WHERE n > 0"
    " UNION ALL SELECT 'records-changed', ?1, n, n FROM (SELECT count(*) AS n FROM temp.met"
    "    WHERE changed) WHERE n > 0";

static const char write_values[] =
    "SELECT printf('INSERT INTO temp.change(kind, resource, field, before, after)"
    " SELECT ''values-changed'', %Q, %Q, count(*), count(*) FROM temp.met JOIN temp.o ON o.rowid = old"
    " JOIN temp.n ON n.rowid = new WHERE changed AND o.c%d IS NOT n.c%d HAVING count(*) > 0',"
    "   (SELECT name FROM temp.pair_now), name, i, i) FROM temp.both WHERE k IS NULL"
    "  AND EXISTS (SELECT 1 FROM temp.met WHERE changed)";

/* Without one. */
static const char write_bag[] =
    "SELECT printf('INSERT INTO temp.change(kind, resource, before, after)"
    " WITH bag AS (SELECT sum(d) AS d FROM (SELECT %s, -1 AS d FROM temp.o UNION ALL"
    "  SELECT %s, 1 FROM temp.n) GROUP BY %s)"
    " SELECT ''records-removed'', %Q, -sum(d), NULL FROM bag WHERE d < 0 HAVING count(*) > 0"
    " UNION ALL SELECT ''records-added'', %Q, NULL, sum(d) FROM bag WHERE d > 0"
    " HAVING count(*) > 0', c, c, c, (SELECT name FROM temp.pair_now),"
    " (SELECT name FROM temp.pair_now)) FROM (SELECT group_concat('c' || i, ', ') AS c FROM temp.both)"
    " WHERE c IS NOT NULL";

/* R4: half the sum of the differences of the shares. */
static const char write_distributions[] =
    "SELECT printf('INSERT INTO temp.change(kind, resource, field, after)"
    " SELECT ''distribution'', %Q, %Q, d FROM (SELECT sum(abs(w)) / 2 AS d FROM (SELECT sum(w) AS w"
    " FROM (SELECT c%d AS v, -1.0 * count(*) / (SELECT count(*) FROM temp.o) AS w FROM temp.o"
    " GROUP BY 1 UNION ALL SELECT c%d, 1.0 * count(*) / (SELECT count(*) FROM temp.n) FROM temp.n"
    " GROUP BY 1) GROUP BY v)) WHERE d >= 0.0005', (SELECT name FROM temp.pair_now), name, i, i)"
    "  FROM (SELECT * FROM temp.both WHERE max(old_distinct, new_distinct) <= 1000"
    "          AND NOT (old_distinct = old_rows - old_missing AND new_distinct = new_rows - new_missing)"
    "         ORDER BY i LIMIT 100)";

static const char drop[] =
    "DROP TABLE IF EXISTS temp.both; DROP TABLE IF EXISTS temp.o; DROP TABLE IF EXISTS temp.n;"
    "DROP TABLE IF EXISTS temp.met; DROP TABLE IF EXISTS temp.old_data;"
    "DROP TABLE IF EXISTS temp.new_data; DROP TABLE IF EXISTS temp.pair_now;"
    "DELETE FROM temp.side; DELETE FROM temp.file";

/* The columns that were named as the key; one that is not in both files is the user's slip. */
static int name_key(Comparison *comparison, char **error) {
    char *unknown = NULL;
    if (comparison->key == NULL) {
        return SITO_OK;
    }
    int rc = sito_db_text(comparison->db, &unknown, error,
                          "WITH RECURSIVE word(w, rest) AS (SELECT NULL, ?1 || ',' UNION ALL"
                          " SELECT trim(substr(rest, 1, instr(rest, ',') - 1)),"
                          "        substr(rest, instr(rest, ',') + 1) FROM word WHERE rest <> '')"
                          " SELECT w FROM word WHERE w NOT IN (SELECT name FROM temp.both) LIMIT 1",
                          "t", comparison->key);
    if (rc == SITO_OK && unknown != NULL) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(comparison->language, "kolumny '%s' nie ma w obu wersjach",
                                 "there is no column '%s' in both versions"),
                        unknown);
    }
    sito_free(unknown);
    return rc == SITO_OK
               ? sito_db_do(comparison->db, error,
                            "UPDATE temp.both SET k = nullif(instr(',' || replace(?1, ', ', ',')"
                            " || ',', ',' || name || ','), 0)",
                            "t", comparison->key)
               : rc;
}

static int compare_records(Comparison *comparison, const char *resource, char **error) {
    sqlite3 *db = comparison->db;
    int64_t keyed = 0;
    int rc = sito_db_run_written(db, write_key, error);
    rc = rc == SITO_OK
             ? sito_db_integer(db, &keyed, error,
                               "SELECT EXISTS (SELECT 1 FROM temp.both WHERE k IS NOT NULL)"
                               " AND NOT EXISTS (SELECT 1 FROM temp.change"
                               "   WHERE kind = 'key-repeated' AND resource IS NULL)",
                               "")
             : rc;
    rc = rc == SITO_OK ? sito_db_do(db, error,
                                    "UPDATE temp.change SET resource = ?1"
                                    " WHERE kind = 'key-repeated' AND resource IS NULL",
                                    "t", resource)
                       : rc;
    if (rc == SITO_OK && keyed) {
        rc = sito_db_do(db, error, key_changes, "t", resource);
        rc = rc == SITO_OK ? sito_db_run_written(db, write_values, error) : rc;
    } else if (rc == SITO_OK) {
        rc = sito_db_run_written(db, write_bag, error);
    }
    return rc;
}

static int compare_pair(Comparison *comparison, const char *resource, char **error) {
    sqlite3 *db = comparison->db;
    int64_t identical = 0;
    int rc = sito_db_integer(db, &identical, error,
                             "SELECT count(DISTINCT sha256) = 1 FROM temp.file", "");
    rc = rc == SITO_OK ? sito_db_run(db, columns_sql, error) : rc;
    rc = rc == SITO_OK ? name_key(comparison, error) : rc;
    rc = rc == SITO_OK ? sito_db_do(db, error, column_changes, "t", resource) : rc;
    if (rc == SITO_OK && identical) {
        return sito_db_do(db, error,
                          "INSERT INTO temp.change(kind, resource) VALUES ('identical', ?)", "t",
                          resource);
    }
    rc = rc == SITO_OK ? sito_db_do(db, error, "CREATE TEMP TABLE pair_now AS SELECT ? AS name",
                                    "t", resource)
                       : rc;
    rc = rc == SITO_OK ? compare_records(comparison, resource, error) : rc;
    rc = rc == SITO_OK ? sito_db_do(db, error, profile_changes, "t", resource) : rc;
    return rc == SITO_OK ? sito_db_run_written(db, write_distributions, error) : rc;
}

static int take_pair(Comparison *comparison, int64_t number, char **error) {
    sqlite3 *db = comparison->db;
    char *name = NULL;
    int64_t old = 0, new = 0, whole = 0;
    int rc =
        sito_db_text(db, &name, error, "SELECT name FROM temp.pair WHERE rowid = ?", "i", number);
    rc = rc == SITO_OK ? sito_db_integer(db, &whole, error,
                                         "SELECT old_index IS NOT NULL AND new_index IS NOT NULL"
                                         " FROM temp.pair WHERE rowid = ?",
                                         "i", number)
                       : rc;
    if (rc == SITO_OK && !whole) {
        rc = sito_db_do(db, error,
                        "INSERT INTO temp.change(kind, resource) SELECT iif(old_index IS NULL,"
                        " 'resource-added', 'resource-removed'), name FROM temp.pair"
                        " WHERE rowid = ?",
                        "i", number);
        sito_free(name);
        return rc;
    }
    rc = rc == SITO_OK
             ? sito_db_integer(db, &old, error, "SELECT old_index FROM temp.pair WHERE rowid = ?",
                               "i", number)
             : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(db, &new, error, "SELECT new_index FROM temp.pair WHERE rowid = ?",
                               "i", number)
             : rc;
    rc = rc == SITO_OK ? read_side(comparison, OLD, old, error) : rc;
    rc = rc == SITO_OK ? read_side(comparison, NEW, new, error) : rc;
    rc = rc == SITO_OK ? compare_pair(comparison, name, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(db, drop, error) : rc;
    sito_free(name);
    return rc;
}

int sito_compare(sqlite3 *result, const char *old_path, const char *new_path, const char *key,
                 SitoLanguage language, char **error) {
    Comparison comparison = {.db = result, .key = key, .language = language};
    int64_t pairs = 0;
    int rc = sito_policy_load(result, &comparison.policy, NULL, language, error);
    rc = rc == SITO_OK ? sito_db_run(result, tables, error) : rc;
    rc = rc == SITO_OK ? load(&comparison, OLD, old_path, error) : rc;
    rc = rc == SITO_OK ? load(&comparison, NEW, new_path, error) : rc;
    rc = rc == SITO_OK ? pair_resources(&comparison, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(result, &pairs, error, "SELECT count(*) FROM temp.pair", "")
             : rc;
    for (int64_t number = 1; number <= pairs && rc == SITO_OK; number++) {
        rc = take_pair(&comparison, number, error);
    }
    for (int side = OLD; side <= NEW; side++) {
        sito_inputs_free(&comparison.sides[side].inputs);
        sito_package_free(&comparison.sides[side].package);
    }
    sito_policy_free(&comparison.policy);
    return rc;
}
