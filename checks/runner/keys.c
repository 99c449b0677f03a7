/*
** Keys (keys.h). Each SELECT here writes the statements that are then run, one a row: the names of
** columns and the missing values are quoted by SQLite itself.
*/
#include "runner/keys.h"

#include "common/db.h"

/* The list of missing values of a resource's object, as SQL: 'a', 'b'. %s stands for the object. */
#define MISSING(object)                                                                            \
    "(SELECT coalesce(group_concat(quote(iif(v.type = 'object', v.value ->> '$.value', v.value))," \
    " ', '), '''''') FROM json_each(coalesce(" object                                              \
    " -> '$.schema.missingValues', '[\"\"]')) AS v)"

/* Of each key: the values of its columns, v1, v2, …, that are there in the file. */
static const char plan_keys[] =
    "CREATE TEMP TABLE key_plan AS"
    " SELECT k.number, k.is_primary,"
    "   group_concat(coalesce(m.name, c.value), ', ') AS columns,"
    "   count(m.heading) = count(*) AS present,"
    "   group_concat(printf('iif(data.\"%w\" IN (%s), NULL, data.\"%w\") AS v%d', m.heading,"
    "     " MISSING(
        "d.resource") ", m.heading, c.key + 1), ', ') AS taken,"
                      "   group_concat('v' || (c.key + 1), ', ') AS listed,"
                      "   group_concat('v' || (c.key + 1) || ' IS NOT NULL', ' AND ') AS complete"
                      "  FROM temp.descriptor AS d, temp.declared_key AS k, json_each(k.columns) AS c"
                      "  LEFT JOIN temp.matched AS m ON m.field ->> '$.name' = c.value"
                      " WHERE json_array_length(k.columns) > 1 GROUP BY k.number;"
                      "CREATE TEMP TABLE repeat(number, record, line, byte)";

static const char write_keys[] =
    "SELECT printf('INSERT INTO temp.repeat SELECT %d, record, line, byte FROM ('"
    "  || ' SELECT record, line, byte, row_number() OVER (PARTITION BY %s ORDER BY record) AS n'"
    "  || ' FROM (SELECT data.rowid AS record, _line AS line, _byte AS byte, %s FROM temp.data'"
    "  || ' WHERE _defect IS NULL) WHERE %s) WHERE n > 1', number, listed, taken, complete)"
    "  FROM temp.key_plan WHERE present ORDER BY number";

static const char keep_keys[] =
    "INSERT INTO row_key SELECT k.number, is_primary, columns,"
    "   iif(present, (SELECT count(*) FROM temp.repeat AS r WHERE r.number = k.number), NULL),"
    "   (SELECT min(line) FROM temp.repeat AS r WHERE r.number = k.number)"
    "  FROM temp.key_plan AS k ORDER BY k.number;"
    "INSERT INTO witness SELECT 'key-' || number, NULL, line, record, byte, NULL FROM ("
    "  SELECT *, row_number() OVER (PARTITION BY number ORDER BY record) AS n FROM temp.repeat)"
    " WHERE n <= 20;"
    "DROP TABLE temp.repeat; DROP TABLE temp.key_plan";

int sito_keys_fill(struct sqlite3 *facts, char **error) {
    int64_t keys = 0;
    int rc = sito_db_integer(facts, &keys, error,
                             "SELECT count(*) FROM temp.declared_key"
                             " WHERE json_array_length(columns) > 1",
                             "");
    if (rc != SITO_OK || keys == 0) {
        return rc;
    }
    rc = sito_db_run(facts, plan_keys, error);
    rc = rc == SITO_OK ? sito_db_run_written(facts, write_keys, error) : rc;
    return rc == SITO_OK ? sito_db_run(facts, keep_keys, error) : rc;
}

/* ---- foreign keys ---- */

/* One row a foreign key and pair of columns: n counts the pairs. A key without a resource (or with
** the empty name, as the first version of the standard had it) stays in its own. */
static const char plan_foreign[] =
    "CREATE TEMP TABLE foreign_pair AS"
    " SELECT d.resource, k.key + 1 AS number, coalesce(nullif(k.value ->> '$.reference.resource',"
    "     ''), d.resource) AS reference, c.key + 1 AS n, c.value AS declared,"
    "   f.value AS reference_declared, d.object"
    "  FROM temp.description AS d, json_each(d.object, '$.schema.foreignKeys') AS k,"
    "   json_each(iif(json_type(k.value, '$.fields') = 'array', k.value -> '$.fields',"
    "                 json_array(k.value ->> '$.fields'))) AS c,"
    "   json_each(iif(json_type(k.value, '$.reference.fields') = 'array',"
    "                 k.value -> '$.reference.fields',"
    "                 json_array(k.value ->> '$.reference.fields'))) AS f"
    " WHERE f.key = c.key;"
    "CREATE TEMP TABLE foreign_plan AS"
    " SELECT p.resource, number, p.reference,"
    "   group_concat(coalesce(m.name, p.declared), ', ') AS columns,"
    "   iif(count(*) = 1, coalesce(m.name, p.declared), NULL) AS field,"
    "   group_concat(coalesce(r.name, p.reference_declared), ', ') AS reference_columns,"
    "   count(m.heading) + count(r.heading) = 2 * count(*) AS present,"
    "   group_concat(printf('iif(d.\"%w\" IN (%s), NULL, d.\"%w\") AS v%d', m.heading,"
    "     " MISSING(
        "p.object") ", m.heading, n), ', ') AS taken,"
                    "   group_concat(printf('iif(d.\"%w\" IN (%s), NULL, d.\"%w\") AS v%d', r.heading,"
                    "     (SELECT " MISSING(
                        "o.object") " FROM temp.description AS o"
                                    "       WHERE o.resource = p.reference), r.heading, n), ', ') AS reference_taken,"
                                    "   group_concat('v' || n, ', ') AS listed,"
                                    "   group_concat(printf('v%d IS NOT NULL', n), ' OR ') AS leads,"
                                    "   group_concat(printf('t.v%d IS c.v%d', n, n), ' AND ') AS same"
                                    "  FROM (SELECT * FROM temp.foreign_pair ORDER BY resource, number, n) AS p"
                                    "  LEFT JOIN temp.key_column AS m ON m.resource = p.resource AND m.declared = p.declared"
                                    "  LEFT JOIN temp.key_column AS r ON r.resource = p.reference"
                                    "   AND r.declared = p.reference_declared"
                                    " GROUP BY p.resource, number;"
                                    "CREATE TEMP TABLE stray(resource, number, record, line, byte)";

/* The targets get an index, so that each record is one look-up. */
static const char write_foreign[] =
    "SELECT printf('CREATE TEMP TABLE target AS SELECT DISTINCT %s FROM (SELECT %s FROM"
    " data.\"%w\" AS d WHERE _defect IS NULL); CREATE INDEX temp.target_key ON target(%s);"
    " INSERT INTO temp.stray SELECT %Q, %d, record, line, byte FROM (SELECT d.rowid AS record,"
    " _line AS line, _byte AS byte, %s FROM data.\"%w\" AS d WHERE _defect IS NULL) AS c"
    " WHERE (%s) AND NOT EXISTS (SELECT 1 FROM temp.target AS t WHERE %s);"
    " DROP TABLE temp.target', listed, reference_taken, reference, listed, resource, number, taken,"
    " resource, leads, same)"
    "  FROM temp.foreign_plan WHERE present ORDER BY resource, number";

static const char keep_foreign[] =
    "INSERT INTO foreign_key(resource, number, columns, field, reference, reference_columns,"
    "  without, first_line)"
    " SELECT resource, number, columns, field, reference, reference_columns,"
    "   iif(present, (SELECT count(*) FROM temp.stray AS s"
    "                  WHERE s.resource = p.resource AND s.number = p.number), NULL),"
    "   (SELECT min(line) FROM temp.stray AS s"
    "     WHERE s.resource = p.resource AND s.number = p.number)"
    "  FROM temp.foreign_plan AS p;"
    "INSERT INTO witness(kind, field, line, record, byte, resource)"
    " SELECT 'foreign-key-' || s.number, p.field, line, record, byte, s.resource FROM ("
    "  SELECT *, row_number() OVER (PARTITION BY resource, number ORDER BY record) AS n"
    "    FROM temp.stray) AS s"
    "  JOIN temp.foreign_plan AS p ON p.resource = s.resource AND p.number = s.number"
    " WHERE n <= 20;"
    "DROP TABLE temp.stray; DROP TABLE temp.foreign_plan; DROP TABLE temp.foreign_pair";

int sito_keys_fill_foreign(struct sqlite3 *whole, char **error) {
    int64_t keys = 0;
    int rc = sito_db_integer(whole, &keys, error,
                             "SELECT count(*) FROM temp.description,"
                             " json_each(object, '$.schema.foreignKeys')",
                             "");
    if (rc != SITO_OK || keys == 0) {
        return rc;
    }
    rc = sito_db_run(whole, plan_foreign, error);
    rc = rc == SITO_OK ? sito_db_run_written(whole, write_foreign, error) : rc;
    return rc == SITO_OK ? sito_db_run(whole, keep_foreign, error) : rc;
}
