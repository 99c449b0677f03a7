/*
** A table beside what was published of it before: the releases that the descriptor names, and the version that
** the catalogue remembers (table_judge.h, R2; R4).
*/
#include "runner/table_judge.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/file.h"

enum { REMEMBERED_CELLS = 20000 };

typedef struct Comparing {
    sqlite3 *db;
    const char *folder;
    SitoLanguage language;
    SitoInputs *inputs;
} Comparing;

/* ---- a release in a file ---- */

static const char missing_column[] =
    "SELECT name FROM (SELECT name, heading FROM temp.table_dimension UNION ALL"
    "                  SELECT name, heading FROM temp.table_measure)"
    " WHERE lower(trim(heading)) NOT IN (SELECT lower(trim(name)) FROM"
    "   pragma_table_xinfo('table_release', 'temp') WHERE hidden = 0) LIMIT 1";

static const char write_release[] =
    "SELECT printf('CREATE TEMP TABLE table_earlier_%d AS SELECT ', (SELECT max(stage) FROM temp.table_stage))"
    "  || group_concat(expression, ', ') || ' FROM temp.table_release WHERE _defect IS NULL' FROM ("
    " SELECT printf('trim(\"%w\") AS \"%w\"', t.name, d.name) AS expression"
    "   FROM temp.table_dimension AS d JOIN temp.table_release_column AS t"
    "     ON lower(trim(t.name)) = lower(trim(d.heading))"
    " UNION ALL SELECT printf('table_token(\"%w\", %Q, %Q) AS \"%w\"', t.name, m.decimal, m.grouping, m.name)"
    "   FROM temp.table_measure AS m JOIN temp.table_release_column AS t"
    "     ON lower(trim(t.name)) = lower(trim(m.heading)))";

/* A number here and another there: the release was revised. */
static const char write_revised[] =
    "SELECT 'UPDATE temp.table_stage SET revised = EXISTS (SELECT 1 FROM temp.table_cell AS a JOIN"
    " temp.table_earlier_' || s.stage || ' AS b ON '"
    "  || (SELECT group_concat(printf('a.\"%w\" = b.\"%w\"', name, name), ' AND ') FROM temp.table_dimension)"
    "  || ' WHERE ' || (SELECT group_concat(printf('(a.\"%w\" GLOB ''*[0-9]*'' AND b.\"%w\" GLOB ''*[0-9]*''"
    " AND CAST(a.\"%w\" AS NUMERIC) <> CAST(b.\"%w\" AS NUMERIC))', name, name, name, name), ' OR ')"
    "                   FROM temp.table_measure) || ') WHERE stage = ' || s.stage"
    "  FROM temp.table_stage AS s WHERE s.stage = (SELECT max(stage) FROM temp.table_stage)"
    "   AND s.relation = 'same'";

static const char write_told[] =
    "SELECT printf('INSERT INTO temp.found SELECT ''narrow'', %Q, %Q, NULL, a._rowid_ FROM temp.table_cell AS a"
    " JOIN temp.table_earlier_%d AS b ON ', m.name, s.source, s.stage)"
    "  || (SELECT group_concat(printf('a.\"%w\" = b.\"%w\"', name, name), ' AND ') FROM temp.table_dimension)"
    "  || printf(' WHERE a.\"%w\" = ''#'' AND b.\"%w\" GLOB ''*[0-9]*''', m.name, m.name)"
    "  FROM temp.table_stage AS s, temp.table_measure AS m"
    " WHERE s.stage = (SELECT max(stage) FROM temp.table_stage) AND s.revised";

/* What was added to a count since a cumulative release is a count as well. */
static const char write_growth[] =
    "SELECT printf('INSERT INTO temp.found SELECT ''growth'', %Q, %Q, NULL, a._rowid_ FROM temp.table_cell AS a"
    " JOIN temp.table_earlier_%d AS b ON ', m.name, s.source, s.stage)"
    "  || (SELECT group_concat(printf('a.\"%w\" = b.\"%w\"', name, name), ' AND ') FROM temp.table_dimension)"
    "  || printf(' WHERE a.\"%w\" GLOB ''*[0-9]*'' AND b.\"%w\" GLOB ''*[0-9]*'' AND CAST(a.\"%w\" AS INTEGER) -"
    " CAST(b.\"%w\" AS INTEGER) BETWEEN 1 AND %d', m.name, m.name, m.name, m.name, t.threshold - 1)"
    "  FROM temp.table_stage AS s, temp.table_measure AS m, tabulated AS t"
    " WHERE s.stage = (SELECT max(stage) FROM temp.table_stage) AND s.relation = 'cumulative'"
    "   AND m.kind = 'count'";

/* The digest that the file had when it was compared before (published.c): the same bytes, or an error. */
static const char *digest_of(const Comparing *j, const char *path) {
    const char *digest = "compute";
    for (size_t i = 0; i < j->inputs->count; i++) {
        const SitoInput *input = &j->inputs->items[i];
        if (strcmp(input->kind, "published") == 0 && strcmp(input->path, path) == 0) {
            digest = input->sha256;
        }
    }
    return digest;
}

static int open_release(Comparing *j, const char *path, char **error) {
    char *lost = NULL, *create = NULL, *full = sito_path_join(j->folder, path);
    int rc = full == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        create = sito_print("CREATE VIRTUAL TABLE temp.table_release USING csv(filename=%Q,"
                            " header='yes', trim=no, on_error='keep', sha256=%Q);"
                            "CREATE TEMP TABLE table_release_column AS SELECT name FROM"
                            " pragma_table_xinfo('table_release', 'temp') WHERE hidden = 0",
                            full, digest_of(j, path));
        rc = create == NULL ? SITO_NOMEM : sito_db_run(j->db, create, error);
    }
    rc = rc == SITO_OK ? sito_db_text(j->db, &lost, error, missing_column, "") : rc;
    if (rc == SITO_OK && lost != NULL) {
        rc =
            sito_error(error, SITO_ERROR,
                       sito_say(j->language,
                                "wcześniejsze wydanie %s nie ma kolumny '%s', więc nie da się "
                                "porównać z nim tabeli",
                                "the earlier release %s has no column '%s', so the table cannot be "
                                "compared with it"),
                       path, lost);
    }
    sito_free(lost);
    sito_free(create);
    sito_free(full);
    return rc;
}

/* The audit of the newest stage together with temp.table_earlier_N of its number, where it was not revised. */
static int compare_same(Comparing *j, char **error) {
    char *more = NULL;
    int64_t stage = 0;
    int rc = sito_db_text(j->db, &more, error,
                          "SELECT json_object('earlier', json_array(json_object('table',"
                          " 'temp.table_earlier_' || stage, 'relation', relation)))"
                          "  FROM temp.table_stage WHERE NOT revised AND relation <> 'other'"
                          "   AND stage = (SELECT max(stage) FROM temp.table_stage)",
                          "");
    rc = rc == SITO_OK
             ? sito_db_integer(j->db, &stage, error, "SELECT max(stage) FROM temp.table_stage", "")
             : rc;
    rc = rc == SITO_OK && more != NULL ? sito_table_audit_all(j->db, stage, more, error) : rc;
    sito_free(more);
    return rc;
}

static int compare_stage(Comparing *j, char **error) {
    int rc = sito_db_run_written(j->db, write_revised, error);
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_told, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_growth, error) : rc;
    return rc == SITO_OK ? compare_same(j, error) : rc;
}

static int add_stage(Comparing *j, const char *source, const char *relation, char **error) {
    return sito_db_do(j->db, error,
                      "INSERT INTO temp.table_stage(source, relation, revised) VALUES (?1, ?2, 0)",
                      "tt", source, relation);
}

static int compare_release(Comparing *j, const char *path, const char *relation, char **error) {
    int rc = open_release(j, path, error);
    rc = rc == SITO_OK ? add_stage(j, path, relation, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_release, error) : rc;
    rc = rc == SITO_OK ? compare_stage(j, error) : rc;
    return rc == SITO_OK ? sito_db_run(j->db,
                                       "DROP TABLE temp.table_release;"
                                       "DROP TABLE temp.table_release_column",
                                       error)
                         : rc;
}

static int compare_releases(Comparing *j, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(j->db, &count, error,
                             "SELECT json_array_length(resource, '$.disclosure.published')"
                             " FROM temp.descriptor",
                             "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *path = NULL, *relation = NULL;
        rc = sito_db_text(j->db, &path, error,
                          "SELECT resource ->> ('$.disclosure.published[' || ? || '].path')"
                          " FROM temp.descriptor",
                          "i", i);
        rc = rc == SITO_OK
                 ? sito_db_text(j->db, &relation, error,
                                "SELECT iif(resource ->> ('$.disclosure.published[' || ? ||"
                                " '].relation') = 'cumulative', 'cumulative', 'same')"
                                " FROM temp.descriptor",
                                "i", i)
                 : rc;
        rc = rc == SITO_OK ? compare_release(j, path, relation, error) : rc;
        sito_free(relation);
        sito_free(path);
    }
    return rc;
}

/* ---- what the catalogue remembers ---- */

/* The cells as they are published, hidden ones as the sign #: {"columns": […], "cells": [[…], …]}. */
static const char write_cells[] =
    "SELECT 'SELECT json_object(''columns'', json(' || quote(json_group_array(name)) || '), ''cells'',"
    " json_group_array(json_array(' || group_concat(printf('\"%w\"', name), ', ')"
    "  || '))) FROM temp.table_cell HAVING count(*) <= ' || ?1"
    "  FROM (SELECT name FROM temp.table_dimension UNION ALL SELECT name FROM temp.table_measure)"
    " WHERE EXISTS (SELECT 1 FROM sqlite_temp_master WHERE name = 'table_cell') HAVING count(*) > 0";

int sito_table_keep(sqlite3 *report, sqlite3 *facts, char **error) {
    char *select = NULL, *cells = NULL, *name = NULL;
    int64_t known = 0;
    int rc =
        sito_db_integer(facts, &known, error,
                        "SELECT EXISTS (SELECT 1 FROM sqlite_temp_master WHERE name = 'table_cell')"
                        " AND NOT EXISTS (SELECT 1 FROM cell WHERE kind NOT IN ('p-percent',"
                        "   'group-all', 'group-none', 'zero'))",
                        "");
    if (rc != SITO_OK || !known) {
        return rc;
    }
    rc = sito_db_text(facts, &select, error, write_cells, "i", (int64_t)REMEMBERED_CELLS);
    rc = rc == SITO_OK && select != NULL ? sito_db_text(facts, &cells, error, select, "") : rc;
    rc = rc == SITO_OK ? sito_db_text(facts, &name, error, "SELECT name FROM resource", "") : rc;
    rc = rc == SITO_OK && cells != NULL
             ? sito_db_do(report, error, "INSERT INTO report.remembered VALUES (?1, 'cells', ?2)",
                          "tt", name, cells)
             : rc;
    sito_free(name);
    sito_free(cells);
    sito_free(select);
    return rc;
}

/* ?1: the cells, with the columns in the order of theirs */
static const char read_cells[] =
    "SELECT printf('CREATE TEMP TABLE table_earlier_%d AS SELECT ', (SELECT max(stage) FROM temp.table_stage))"
    "  || group_concat(printf('c.value ->> ''$[%d]'' AS \"%w\"', k.key, k.value), ', ')"
    "  || printf(' FROM json_each(%Q, ''$.cells'') AS c', ?1) FROM json_each(?1, '$.columns') AS k";

/* Numbers that differ are of another time: then the two versions have nothing to say of one another. */
static int compare_remembered(Comparing *j, const char *remembered, char **error) {
    char *cells = NULL, *create = NULL;
    int rc = sito_db_text(
        j->db, &cells, error,
        "SELECT e.value -> '$.row' FROM json_each(?1) AS e WHERE e.value ->> '$.part' = 'cells'"
        "   AND e.value ->> '$.resource' = (SELECT name FROM resource)"
        "   AND NOT EXISTS (SELECT name FROM temp.table_dimension UNION ALL SELECT name FROM"
        "     temp.table_measure EXCEPT SELECT c.value FROM json_each(e.value, '$.row.columns') AS c)",
        "t", remembered);
    if (rc == SITO_OK && cells != NULL) {
        rc = add_stage(j, sito_say(j->language, "wersja z katalogu", "the catalogue's version"),
                       "same", error);
        rc = rc == SITO_OK ? sito_db_text(j->db, &create, error, read_cells, "t", cells) : rc;
        rc = rc == SITO_OK ? sito_db_run(j->db, create, error) : rc;
        rc = rc == SITO_OK ? sito_db_run_written(j->db, write_revised, error) : rc;
        rc = rc == SITO_OK
                 ? sito_db_run(
                       j->db,
                       "UPDATE temp.table_stage SET relation = 'other', revised = 0"
                       " WHERE revised AND stage = (SELECT max(stage) FROM temp.table_stage)",
                       error)
                 : rc;
        rc = rc == SITO_OK ? compare_same(j, error) : rc;
    }
    sito_free(create);
    sito_free(cells);
    return rc;
}

int sito_table_compare(sqlite3 *facts, const char *folder, const char *remembered,
                       SitoLanguage language, SitoInputs *inputs, char **error) {
    Comparing j = {.db = facts, .folder = folder, .language = language, .inputs = inputs};
    int rc = compare_releases(&j, error);
    return rc == SITO_OK && remembered != NULL ? compare_remembered(&j, remembered, error) : rc;
}
