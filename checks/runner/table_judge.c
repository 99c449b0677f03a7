/*
** Judges the cells of one table, and of linked tables (table_judge.h).
*/
#include "runner/table_judge.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/file.h"

typedef struct Judging {
    sqlite3 *db;
    const char *folder;
    SitoLanguage language;
    SitoInputs *inputs;
} Judging;

/* ---- R1 ---- */

/* Rows leaf;level;level… as pairs of a code and the code above it: temp.table_parent_N(code, parent). */
static const char write_parents[] =
    "SELECT printf('INSERT INTO temp.table_parent_%d SELECT DISTINCT trim(\"%w\"), trim(\"%w\") FROM"
    " temp.table_tree WHERE coalesce(trim(\"%w\"), '''') NOT IN ('''', ''*'', %Q) AND"
    " coalesce(trim(\"%w\"), '''') NOT IN ('''', ''*'', %Q) AND trim(\"%w\") <> trim(\"%w\")', d.number,"
    " a.name, b.name, a.name, coalesce(d.total, ''), b.name, coalesce(d.total, ''), a.name, b.name)"
    "  FROM temp.table_dimension AS d, pragma_table_xinfo('table_tree', 'temp') AS a"
    "  JOIN pragma_table_xinfo('table_tree', 'temp') AS b ON b.cid = a.cid + 1"
    " WHERE a.hidden = 0 AND b.hidden = 0 AND d.number = (SELECT number FROM temp.table_tree_of)";

static int read_tree(Judging *j, int64_t number, const char *path, char **error) {
    int64_t size;
    char *sha256 = NULL, *create = NULL, *full = sito_path_join(j->folder, path);
    int rc = full == NULL ? SITO_NOMEM : sito_file_size(full, j->language, &size, error);
    if (rc == SITO_OK) {
        create =
            sito_print("CREATE VIRTUAL TABLE temp.table_tree USING csv(filename=%Q, header=auto,"
                       " on_error=fail, sha256='compute');"
                       "CREATE TEMP TABLE table_parent_%lld(code TEXT, parent TEXT);"
                       "CREATE TEMP TABLE table_tree_of AS SELECT %lld AS number",
                       full, number, number);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(j->db, create, error);
    }
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_parents, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(j->db, &sha256, error,
                                      "SELECT csv_sha256('temp.table_tree') FROM (SELECT count(*)"
                                      " FROM temp.table_tree)",
                                      "")
                       : rc;
    rc = rc == SITO_OK ? sito_inputs_add(j->inputs, "hierarchy", path, sha256) : rc;
    rc =
        rc == SITO_OK
            ? sito_db_run(j->db, "DROP TABLE temp.table_tree; DROP TABLE temp.table_tree_of", error)
            : rc;
    sito_free(sha256);
    sito_free(create);
    sito_free(full);
    return rc;
}

static int read_trees(Judging *j, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(j->db, &count, error, "SELECT count(*) FROM temp.table_dimension", "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *path = NULL;
        rc = sito_db_text(j->db, &path, error,
                          "SELECT hierarchy FROM temp.table_dimension WHERE number = ?", "i", i);
        rc = rc == SITO_OK && path != NULL ? read_tree(j, i, path, error) : rc;
        sito_free(path);
    }
    return rc;
}

/* Nulls are keys that are not there (json_patch). A count is its own number of contributors. */
static const char write_configs[] =
    "CREATE TEMP TABLE table_config AS SELECT m.number, m.name AS measure, json_patch('{}', json_object("
    "  'dimensions', (SELECT json_group_array(json_patch('{}', json_object('name', name, 'total', total,"
    "     'hierarchy', iif(hierarchy IS NULL, NULL, 'temp.table_parent_' || number))))"
    "     FROM (SELECT * FROM temp.table_dimension ORDER BY number)),"
    "  'measure', m.name, 'negative', json(iif(m.negative, 'true', 'false')), 'whole', json('true'),"
    "  'signs', json('{\"suppressed\": [\"#\"], \"missing\": [\".\", \"?\", \"\"], \"absent\": [\"X\"]}'),"
    "  'contributors', (SELECT name FROM temp.table_extra AS e WHERE e.number = m.number AND what ="
    "     'contributors'),"
    "  'protection', iif(m.kind = 'count', t.threshold, NULL))) AS audit,"
    " json_patch('{}', json_object('contributors', iif(m.kind = 'count' AND m.contributors IS NULL, m.name, NULL),"
    "  'largest', (SELECT name FROM temp.table_extra AS e WHERE e.number = m.number AND what = 'largest'),"
    "  'second', (SELECT name FROM temp.table_extra AS e WHERE e.number = m.number AND what = 'second'),"
    "  'rules', json_patch('{}', json_object('least', t.threshold,"
    "     'article38', iif(m.largest IS NULL, NULL, json('true')),"
    "     'p', iif(m.second IS NULL, NULL, coalesce((SELECT effective FROM parameter WHERE rule ="
    "        'p-percent' AND parameter.name = 'p'), 10)),"
    "     'zeros', iif(m.kind = 'sum', json('true'), NULL),"
    "     'group', iif(m.kind = 'count', json('true'), NULL))))) AS rules"
    "  FROM temp.table_measure AS m, tabulated AS t";

/* ---- the cells that are shown ---- */

/* A cell is found for its first reason only: few, then article 38, then p percent. */
static const char judge_shown[] =
    "CREATE TEMP TABLE table_reason AS SELECT c.measure, r.row AS number, r.reason, r.dimension, r.state"
    "   FROM temp.table_config AS c,"
    "        risk_table('temp.table_cell', json_patch(c.audit, c.rules)) AS r;"
    "CREATE INDEX temp.table_reason_place ON table_reason(measure, number);"
    "INSERT INTO temp.found SELECT iif(r.state = 'unknown', 'unjudged', r.reason), r.measure, r.dimension,"
    "    d.sensitive, r.number"
    "   FROM temp.table_reason AS r LEFT JOIN temp.table_dimension AS d ON d.name = r.dimension"
    "  WHERE (r.state = 'found' OR r.reason IN ('few', 'article-38'))"
    "    AND NOT (r.reason IN ('article-38', 'p-percent') AND EXISTS (SELECT 1 FROM temp.table_reason AS o"
    "       WHERE o.measure = r.measure AND o.number = r.number"
    "         AND (o.reason = 'few' OR (o.reason = 'article-38' AND r.reason = 'p-percent'))))";

/* ---- the cells that are hidden ---- */

static const char make_intervals[] =
    "CREATE TEMP TABLE table_interval(measure, stage INTEGER, number INTEGER, verdict TEXT);"
    "CREATE TEMP TABLE table_stage(stage INTEGER PRIMARY KEY, source TEXT, relation TEXT, revised INTEGER);"
    "CREATE TEMP TABLE table_trouble(measure, stage INTEGER, message TEXT);"
    "INSERT INTO temp.table_stage VALUES (0, NULL, NULL, 0)";

/* One audit. Where it cannot be made the reason is kept, and the cells stay undecided (R3). */
static int audit(sqlite3 *db, const char *measure, int64_t stage, const char *table,
                 const char *config, char **error) {
    char *message = NULL;
    int rc = sito_db_do(db, &message,
                        "INSERT INTO temp.table_interval SELECT ?1, ?2, a.row, a.verdict"
                        "  FROM risk_table_audit(?3, ?4) AS a",
                        "titt", measure, stage, table, config);
    int primary = rc & 0xFF;
    if (rc == SITO_OK || primary == SITO_NOMEM || primary == SITO_INTERRUPT) {
        rc = rc == SITO_OK ? rc : sito_error(error, rc, "%s", message != NULL ? message : "");
        sito_free(message);
        return rc;
    }
    rc = sito_db_do(db, error, "INSERT INTO temp.table_trouble VALUES (?, ?, ?)", "tit", measure,
                    stage, message);
    sito_free(message);
    return rc;
}

/* Every measure, with the keys of `more` added to its configuration. */
static int audit_all(sqlite3 *db, int64_t stage, const char *more, char **error) {
    sqlite3_stmt *rows = NULL;
    int rc = sito_db_prepare(db, &rows, error,
                             "SELECT measure, json_patch(audit, ?) FROM temp.table_config"
                             " ORDER BY number",
                             "t", more);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *measure = (const char *)sqlite3_column_text(rows, 0);
        const char *config = (const char *)sqlite3_column_text(rows, 1);
        rc = measure == NULL || config == NULL
                 ? SITO_NOMEM
                 : audit(db, measure, stage, "temp.table_cell", config, error);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(db, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}

/* ---- R2 ---- */

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

/* The digest that the file had when it was compared before (published.c): the same bytes, or an error. */
static const char *digest_of(const Judging *j, const char *path) {
    const char *digest = "compute";
    for (size_t i = 0; i < j->inputs->count; i++) {
        const SitoInput *input = &j->inputs->items[i];
        if (strcmp(input->kind, "published") == 0 && strcmp(input->path, path) == 0) {
            digest = input->sha256;
        }
    }
    return digest;
}

static int open_release(Judging *j, const char *path, char **error) {
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

static int compare_release(Judging *j, const char *path, const char *relation, char **error) {
    char *more = NULL;
    int64_t stage = 0;
    int rc = open_release(j, path, error);
    rc = rc == SITO_OK ? sito_db_do(j->db, error,
                                    "INSERT INTO temp.table_stage(source, relation, revised)"
                                    " VALUES (?1, ?2, 0)",
                                    "tt", path, relation)
                       : rc;
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_release, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_revised, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(j->db, write_told, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_text(j->db, &more, error,
                            "SELECT json_object('earlier', json_array(json_object('table',"
                            " 'temp.table_earlier_' || stage, 'relation', relation)))"
                            "  FROM temp.table_stage WHERE NOT revised"
                            "   AND stage = (SELECT max(stage) FROM temp.table_stage)",
                            "")
             : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(j->db, &stage, error, "SELECT max(stage) FROM temp.table_stage", "")
             : rc;
    rc = rc == SITO_OK && more != NULL ? audit_all(j->db, stage, more, error) : rc;
    sito_free(more);
    return rc == SITO_OK ? sito_db_run(j->db,
                                       "DROP TABLE temp.table_release;"
                                       "DROP TABLE temp.table_release_column",
                                       error)
                         : rc;
}

static int compare_releases(Judging *j, char **error) {
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

/* ---- what the audits found ---- */

/* A cell is named at the first stage at which it is found; later ones would say the same again. */
static const char tell_hidden[] =
    "INSERT INTO temp.found"
    " SELECT CASE i.verdict WHEN 'disclosed' THEN 'recoverable' WHEN 'narrow' THEN 'narrow' ELSE 'undecided' END,"
    "        i.measure, s.source, NULL, i.number"
    "   FROM temp.table_interval AS i JOIN temp.table_stage AS s USING (stage)"
    "  WHERE i.verdict IN ('disclosed', 'narrow', 'undecided')"
    "    AND NOT EXISTS (SELECT 1 FROM temp.table_interval AS o WHERE o.measure = i.measure AND o.number = i.number"
    "          AND o.stage < i.stage AND (o.verdict = i.verdict OR o.verdict = 'disclosed'));"
    "INSERT INTO cell SELECT iif(t.message LIKE '%add up%', 'mismatch', 'undecided'), t.measure, s.source, NULL,"
    "    max(1, y.hidden), NULL FROM temp.table_trouble AS t JOIN temp.table_stage AS s USING (stage)"
    "    JOIN tally AS y ON y.measure = t.measure;"
    "UPDATE tally SET audited = (SELECT count(*) FROM temp.table_interval AS i WHERE i.measure = tally.measure"
    "    AND i.stage = 0 AND i.verdict <> 'undecided');"
    "UPDATE tabulated SET decided = NOT EXISTS (SELECT 1 FROM temp.table_trouble)"
    "    AND NOT EXISTS (SELECT 1 FROM temp.table_interval WHERE verdict = 'undecided')";

static const char index_intervals[] =
    "CREATE INDEX temp.table_interval_place ON table_interval(number, measure, stage)";

int sito_table_fill(sqlite3 *facts, const SitoPackage *package, SitoLanguage language,
                    SitoInputs *inputs, char **error) {
    Judging j = {.db = facts, .folder = package->folder, .language = language, .inputs = inputs};
    bool table = false, sound = false;
    int rc = sito_table_is(facts, &table, error);
    if (rc != SITO_OK || !table) {
        return rc;
    }
    rc = sito_table_read_cells(facts, package->folder, language, inputs, &sound, error);
    if (rc != SITO_OK || !sound) {
        return rc;
    }
    rc = read_trees(&j, error);
    rc = rc == SITO_OK ? sito_db_run(facts, write_configs, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, judge_shown, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, make_intervals, error) : rc;
    rc = rc == SITO_OK ? audit_all(facts, 0, "{}", error) : rc;
    rc = rc == SITO_OK ? compare_releases(&j, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, index_intervals, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, tell_hidden, error) : rc;
    return rc == SITO_OK ? sito_table_tell(facts, error) : rc;
}
