/*
** The files of a table that was made (table.c): the table, its companion where it holds sums, the lists of its
** dimensions, its part of the descriptor, and what the record says of it.
**
** R1  The companion (contributors, the two largest) serves the gate alone and is never published.
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/db.h"
#include "common/file.h"

/* ---- who stands behind a sum ---- */

/* Every code that a value of a dimension counts in: itself, the levels above it, the total. */
static const char write_maps[] =
    "SELECT printf('DROP TABLE IF EXISTS temp.map_%d; CREATE TEMP TABLE map_%d AS SELECT DISTINCT \"%w\" AS leaf,"
    " %Q AS code FROM temp.table_source UNION SELECT ', number, number, name, total)"
    "  || iif(given IS NULL, printf('\"%w\", \"%w\" FROM temp.table_source', name, name),"
    "         printf('value, becomes FROM anon_hierarchy(%Q, ''temp.table_source'', ''\"%w\"'') WHERE level >= %d AND"
    " becomes <> ''*''', iif(form, given, 'temp.tree_' || number), name, form))"
    "  || printf('; CREATE INDEX temp.map_place_%d ON map_%d(leaf)', number, number) FROM temp.dim";

static const char write_contributions[] =
    "SELECT 'INSERT INTO temp.contribution SELECT ' || ?1 || ', json_object('"
    "  || group_concat(printf('%Q, c%d', name, number), ', ') || '), count(*), max(a), max(iif(rank = 2, a, NULL))"
    " FROM (SELECT *, row_number() OVER (PARTITION BY ' || group_concat('c' || number, ', ')"
    "  || ' ORDER BY a DESC) AS rank FROM (SELECT ' || group_concat(printf('map_%d.code AS c%d', number, number), ', ')"
    "  || ', ' || ?2 || ' AS a FROM temp.table_source AS s '"
    "  || group_concat(printf('JOIN temp.map_%d ON map_%d.leaf = s.\"%w\"', number, number, name), ' ')"
    "  || ?3 || ' GROUP BY ' || group_concat('c' || number, ', ') || ', s.\"who \"))"
    " GROUP BY ' || group_concat('c' || number, ', ') FROM temp.dim";

int sito_make_contributions(SitoMaking *m, int64_t measure, bool sum, char **error) {
    char *insert = NULL;
    int rc = sito_db_run_written(m->db, write_maps, error);
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &insert, error, write_contributions, "itt", measure,
                            sum ? "round(abs(sum(CAST(s.\"amount \" AS NUMERIC))), 6)" : "count(*)",
                            sum ? "WHERE s.\"amount \" IS NOT NULL" : "")
             : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, insert, error) : rc;
    sito_free(insert);
    return rc;
}

/* ---- the files ---- */

static const char prepare[] =
    "UPDATE temp.made_cell SET dimensions = json(dimensions);"
    "DELETE FROM temp.made_cell WHERE EXISTS (SELECT 1 FROM json_each(dimensions) AS j JOIN temp.dim AS d ON d.name ="
    "  j.key WHERE NOT d.totals AND j.value = d.total);"
    "CREATE INDEX temp.made_cell_place ON made_cell(measure, dimensions);"
    "CREATE INDEX temp.contribution_place ON contribution(measure, dimensions);"
    "CREATE TEMP TABLE made_row AS SELECT place, dimensions FROM temp.made_cell WHERE measure = 0 ORDER BY place";

static const char write_table[] =
    "SELECT 'SELECT ' || (SELECT group_concat(printf('(SELECT value FROM json_each(r.dimensions) WHERE key = %Q)"
    " AS \"%w\"', name, name), ', ') FROM (SELECT * FROM temp.dim ORDER BY number))"
    "  || (SELECT group_concat(printf(', (SELECT CASE WHEN c.status IN (''primary'', ''secondary'') THEN %Q"
    "     WHEN c.value = CAST(c.value AS INTEGER) THEN CAST(CAST(c.value AS INTEGER) AS TEXT)"
    "     ELSE replace(CAST(c.value AS TEXT), ''.'', %Q) END FROM temp.made_cell AS c WHERE c.measure = %d"
    "     AND c.dimensions = r.dimensions) AS \"%w\"', (SELECT sign FROM temp.limits), decimal, number, name), '')"
    "     FROM (SELECT * FROM temp.measure ORDER BY number)) || ' FROM temp.made_row AS r ORDER BY r.place'";

/* A column of the companion, with the decimal character of its measure. */
#define CONTRIBUTION(what)                                                                         \
    "printf('(SELECT replace(CAST(c." what                                                         \
    " AS TEXT), ''.'', %Q) FROM temp.contribution AS c WHERE c.measure = %d AND c.dimensions ="    \
    " r.dimensions) AS \"%w " what "\"', decimal, number, name)"

/* Counts need their contributors where one person may have several records. */
static const char write_companion[] =
    "SELECT 'SELECT ' || group_concat(" CONTRIBUTION("contributors") " || iif(kind = 'sum', ', ' || " CONTRIBUTION(
        "largest") " || ', ' || " CONTRIBUTION("second") ", ''), ', ') || ' FROM temp.made_row AS r ORDER BY r.place'"
                                                         "  FROM (SELECT * FROM temp.measure WHERE kind = 'sum' OR EXISTS (SELECT 1 FROM temp.unit) ORDER BY number)"
                                                         " HAVING count(*) > 0";

/* Levels of a form, from the one that the table shows: a code and the codes above it. */
static const char write_levels[] =
    "SELECT printf('SELECT DISTINCT a.becomes AS kod, b.becomes AS poziom FROM anon_hierarchy(%Q,"
    " ''temp.table_source'', ''\"%w\"'') AS a JOIN anon_hierarchy(%Q, ''temp.table_source'', ''\"%w\"'') AS b ON"
    " b.value = a.value AND b.level = a.level + 1 WHERE a.level >= 1 AND b.becomes <> ''*'' ORDER BY a.level, 1',"
    " given, name, given, name) FROM temp.dim WHERE number = ?1 AND form AND given GLOB '*:*,*'";

static const char companion_path[] =
    "SELECT 'niejawne-' || substr(path, instr(path, '/') + 1) FROM temp.made_path"
    " WHERE EXISTS (SELECT 1 FROM temp.contribution)";

static const char find_path[] =
    "DROP TABLE IF EXISTS temp.made_path;"
    "CREATE TEMP TABLE made_path AS SELECT coalesce(resource ->> '$.disclosure.table.path', iif(resource ->>"
    "  '$.disclosure.kind' = 'table', resource ->> '$.path', 'tabela-' || (resource ->> '$.path'))) AS path,"
    "  coalesce(resource ->> '$.dialect.delimiter', ';') AS delimiter FROM descriptor;"
    "DROP TABLE IF EXISTS temp.level_file; CREATE TEMP TABLE level_file(number INTEGER, path TEXT)";

static int stage_levels(SitoMaking *m, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(m->db, &count, error, "SELECT count(*) FROM temp.dim", "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *select = NULL, *path = sito_print("poziomy-%lld.csv", i + 1);
        rc = path == NULL ? SITO_NOMEM : sito_db_text(m->db, &select, error, write_levels, "i", i);
        if (rc == SITO_OK && select != NULL) {
            rc = sito_make_stage_rows(m, path, select, ';', error);
            rc = rc == SITO_OK
                     ? sito_db_do(m->db, error, "INSERT INTO temp.level_file VALUES (?, ?)", "it",
                                  i, path)
                     : rc;
        }
        sito_free(select);
        sito_free(path);
    }
    return rc;
}

/* Files that the new descriptor names as the old one did. */
static int copy_named(SitoMaking *m, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(
        m->db, &row, error,
        "SELECT DISTINCT given FROM temp.dim WHERE given IS NOT NULL AND NOT form UNION"
        " SELECT p.value ->> '$.path' FROM descriptor, json_each(resource, '$.disclosure.published') AS p"
        "  WHERE resource ->> '$.disclosure.kind' = 'table'",
        "");
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = sito_make_copy(m, (const char *)sqlite3_column_text(row, 0), error);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(m->db, step, error) : rc;
    sqlite3_finalize(row);
    return rc;
}

/* ---- the descriptor ---- */

/* ?1 number of the resource, ?2 path of the companion or NULL */
static const char change_descriptor[] =
    "WITH dims AS (SELECT json_group_array(json_patch('{}', json_object('field', d.name, 'total', iif(d.totals, d.total, NULL),"
    "     'hierarchy', iif(d.form, l.path, d.given)))) AS list"
    "   FROM (SELECT * FROM temp.dim ORDER BY number) AS d LEFT JOIN temp.level_file AS l USING (number)),"
    " measures AS (SELECT json_group_array(json_patch('{}', json_object('field', name, 'kind', kind,"
    "     'contributors', iif(kind = 'sum' OR EXISTS (SELECT 1 FROM temp.unit), name || ' contributors', NULL),"
    "     'largest', iif(kind = 'sum', name || ' largest', NULL),"
    "     'second', iif(kind = 'sum', name || ' second', NULL)))) AS list"
    "   FROM (SELECT * FROM temp.measure ORDER BY number)),"
    " own AS (SELECT resource -> '$.disclosure.table' AS t, resource FROM descriptor),"
    " new AS (SELECT json_patch('{}', json_object('about', t ->> '$.about', 'dimensions', json((SELECT list FROM dims)),"
    "     'measures', json((SELECT list FROM measures)), 'companion', ?2,"
    "     'signs', json_object((SELECT sign FROM temp.limits), 'suppressed'), 'secrecy', t -> '$.secrecy',"
    "     'threshold', t -> '$.threshold', 'linked', t ->> '$.linked')) AS t FROM own)"
    " UPDATE descriptor SET doc = json_set(doc, '$.resources[' || ?1 || ']', (SELECT json_remove(json_set(own.resource,"
    "   '$.path', (SELECT path FROM temp.made_path), '$.encoding', 'utf-8',"
    "   '$.dialect', json_object('delimiter', (SELECT delimiter FROM temp.made_path)),"
    "   '$.schema', json_object('fields', json_array()),"
    "   '$.disclosure', json_patch('{}', json_object('persons', own.resource ->> '$.disclosure.persons', 'kind', 'table',"
    "      'table', json(new.t), 'allow', own.resource -> '$.disclosure.allow', 'published',"
    "      iif(own.resource ->> '$.disclosure.kind' = 'table', own.resource -> '$.disclosure.published', NULL)))),"
    "   '$.bytes', '$.hash', '$.coverage', '$.quality', '$.consistency') FROM own, new));";

static const char put_fields[] =
    "UPDATE descriptor SET doc = json_set(doc, '$.resources[' || ?1 || '].schema.fields', json(?2))";

static int write_descriptor(SitoMaking *m, const char *companion, char **error) {
    char *fields = NULL;
    int rc = sito_db_text(
        m->db, &fields, error,
        "WITH field AS (SELECT v.value AS f, v.value ->> '$.name' AS name FROM descriptor,"
        "   json_each(resource, '$.schema.fields') AS v)"
        " SELECT json_group_array(json(f)) FROM (SELECT f FROM (SELECT 0 AS part, d.number AS number,"
        "   json_remove(json_set(x.f, '$.type', 'string'), '$.format', '$.decimalChar', '$.groupChar',"
        "     '$.bareNumber', '$.constraints', '$.categories', '$.missingValues',"
        "     '$.disclosure.hierarchy') AS f FROM temp.dim AS d JOIN field AS x USING (name)"
        "  UNION ALL SELECT 1, m.number, json_patch('{}', json_object('name', m.name,"
        "     'title', x.f ->> '$.title', 'description', coalesce(rtrim(x.f ->> '$.description', '. ') || '. ', '') || replace(?1, '%', (SELECT sign FROM"
        "     temp.limits)),"
        "     'type', iif(m.kind = 'count', 'integer', 'number'), 'decimalChar', nullif(m.decimal, '.'),"
        "     'missingValues', json_array('', (SELECT sign FROM temp.limits))))"
        "   FROM temp.measure AS m LEFT JOIN field AS x USING (name)) ORDER BY part, number)",
        "t",
        sito_say(m->language, "Znak „%”: komórka ukryta, żeby chronić osoby lub podmioty.",
                 "The sign \"%\": a cell hidden to protect persons or entities."));
    rc = rc == SITO_OK ? sito_db_do(m->db, error, change_descriptor, "it", m->number, companion)
                       : rc;
    rc = rc == SITO_OK ? sito_db_do(m->db, error, put_fields, "it", m->number, fields) : rc;
    sito_free(fields);
    return rc;
}

/* ---- the record ---- */

static const char keep_tabled[] =
    "INSERT INTO tabled SELECT ?1, m.name, m.kind, l.about, l.sign, l.threshold, count(*),"
    "   sum(c.status IN ('primary', 'secondary')), sum(c.status = 'secondary')"
    "   FROM temp.measure AS m JOIN temp.made_cell AS c ON c.measure = m.number, temp.limits AS l GROUP BY m.number";

static const char keep_hidden[] =
    "INSERT INTO hidden SELECT ?1, m.name, iif(c.status = 'secondary', 'protects', c.reason), count(*)"
    "   FROM temp.measure AS m JOIN temp.made_cell AS c ON c.measure = m.number"
    "  WHERE c.status IN ('primary', 'secondary') GROUP BY m.number, 3 ORDER BY m.number, min(c.place)";

/* The first two dimensions, the others at their totals; at most 40 rows and 12 columns of it. */
static const char keep_squares[] =
    "WITH code AS (SELECT r.place, r.dimensions, d.number, j.value AS text, j.value = d.total AS total"
    "   FROM temp.made_row AS r, json_each(r.dimensions) AS j JOIN temp.dim AS d ON d.name = j.key),"
    " flat AS (SELECT place, dimensions, max(iif(number = 0, text, NULL)) AS a,"
    "   coalesce(max(iif(number = 1, text, NULL)), '') AS b FROM code GROUP BY place"
    "   HAVING min(number < 2 OR total)),"
    " rows AS (SELECT a, dense_rank() OVER (ORDER BY min(place)) AS row FROM flat GROUP BY a),"
    " cols AS (SELECT b, dense_rank() OVER (ORDER BY min(place)) AS col FROM flat GROUP BY b)"
    "INSERT INTO square SELECT ?1, m.name, rows.row, cols.col, flat.a, flat.b,"
    "   iif(c.status IN ('primary', 'secondary'), c.status, 'shown'),"
    "   iif(c.status IN ('primary', 'secondary'), NULL, CAST(c.value AS TEXT))"
    "  FROM flat JOIN rows USING (a) JOIN cols USING (b)"
    "  JOIN temp.made_cell AS c ON c.dimensions = flat.dimensions"
    "  JOIN temp.measure AS m ON m.number = c.measure"
    " WHERE rows.row <= 40 AND cols.col <= 12 ORDER BY m.number, rows.row, cols.col";

static int keep_record(SitoMaking *m, char **error) {
    int rc = sito_db_do(m->db, error, keep_tabled, "i", m->number);
    rc = rc == SITO_OK ? sito_db_do(m->db, error, keep_hidden, "i", m->number) : rc;
    rc = rc == SITO_OK ? sito_db_do(m->db, error, keep_squares, "i", m->number) : rc;
    return rc == SITO_OK
               ? sito_db_do(
                     m->db, error,
                     "INSERT INTO resource SELECT ?1, resource ->> '$.name', (SELECT path FROM"
                     " temp.made_path), (SELECT count(*) FROM temp.made_row), 0, NULL, NULL, NULL,"
                     " NULL FROM descriptor",
                     "i", m->number)
               : rc;
}

int sito_make_table_files(SitoMaking *m, char **error) {
    char *table = NULL, *path = NULL, *delimiter = NULL, *companion = NULL, *select = NULL;
    int rc = sito_db_run(m->db, prepare, error);
    rc = rc == SITO_OK ? sito_db_run(m->db, find_path, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &path, error, "SELECT path FROM temp.made_path", "")
                       : rc;
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &delimiter, error, "SELECT delimiter FROM temp.made_path", "")
             : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &table, error, write_table, "") : rc;
    rc = rc == SITO_OK ? sito_make_stage_rows(m, path, table, delimiter[0], error) : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &companion, error, companion_path, "") : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &select, error, write_companion, "") : rc;
    rc = rc == SITO_OK && select != NULL && companion != NULL
             ? sito_make_stage_rows(m, companion, select, ';', error)
             : rc;
    rc = rc == SITO_OK ? stage_levels(m, error) : rc;
    rc = rc == SITO_OK ? copy_named(m, error) : rc;
    rc = rc == SITO_OK ? write_descriptor(m, companion, error) : rc;
    rc = rc == SITO_OK ? keep_record(m, error) : rc;
    sito_free(select);
    sito_free(companion);
    sito_free(table);
    sito_free(delimiter);
    sito_free(path);
    return rc;
}
