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
    "  'signs', json('{\"suppressed\": [\"#\", \"?\", \"\"], \"missing\": [\".\"], \"absent\": [\"X\"]}'),"
    "  'contributors', (SELECT name FROM temp.table_extra AS e WHERE e.number = m.number AND what ="
    "     'contributors'),"
    "  'bounds', iif(m.kind = 'count', 'verdict', NULL), 'protection', iif(m.kind = 'count', t.threshold, NULL))) AS"
    "  audit,"
    " iif(m.kind = 'count', 0, coalesce((SELECT effective FROM parameter WHERE rule = 'p-percent' AND"
    "   parameter.name = 'p'), 10) / 100.0) AS share,"
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
    /* a dimension of one code says nothing of a row that stands in it */
    "    AND NOT (r.reason = 'group-all' AND (SELECT codes <= 2 FROM temp.table_codes AS c WHERE c.name = r.dimension))"
    "    AND NOT (r.reason IN ('article-38', 'p-percent') AND EXISTS (SELECT 1 FROM temp.table_reason AS o"
    "       WHERE o.measure = r.measure AND o.number = r.number"
    "         AND (o.reason = 'few' OR (o.reason = 'article-38' AND r.reason = 'p-percent'))))";

/* ---- the cells that are hidden ---- */

static const char make_intervals[] =
    "CREATE TEMP TABLE table_interval(measure, stage INTEGER, number INTEGER, verdict TEXT,"
    "  lo, hi);"
    "CREATE TEMP TABLE table_stage(stage INTEGER PRIMARY KEY, source TEXT, relation TEXT, revised INTEGER);"
    "CREATE TEMP TABLE table_trouble(measure, stage INTEGER, message TEXT);"
    "INSERT INTO temp.table_stage VALUES (0, NULL, NULL, 0)";

static const char run_audit[] =
    "INSERT INTO temp.table_interval SELECT ?1, ?2, a.row, a.verdict, a.lo, a.hi FROM risk_table_audit(?3, ?4) AS a";

/* One audit. Where it cannot be made the reason is kept, and the cells stay undecided (R3). */
static int audit(sqlite3 *db, const char *measure, int64_t stage, const char *table,
                 const char *config, char **error) {
    char *message = NULL;
    int rc = sito_db_do(db, &message, run_audit, "titt", measure, stage, table, config);
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
int sito_table_audit_all(sqlite3 *db, int64_t stage, const char *more, char **error) {
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

/* ---- what the audits found ---- */

/* A cell that is hidden to protect others needs no room of its own: a count of which everybody sees that it
** is not small; a sum with contributors enough, of which the largest has no more than the presets allow even of
** the least that the sum can be. Any other hidden sum needs an interval of a share of its larger end. */
static const char write_guards[] =
    "WITH extra AS (SELECT number, max(iif(what = 'contributors', printf('CAST(c.\"%w\" AS INTEGER)', name), NULL)) AS n,"
    "    max(iif(what = 'largest', printf('c.\"%w\" + 0', name), NULL)) AS l,"
    "    max(iif(what = 'second', printf('c.\"%w\" + 0', name), NULL)) AS s FROM temp.table_extra GROUP BY number)"
    " SELECT printf('UPDATE temp.table_interval SET verdict = (SELECT CASE WHEN %s THEN ''protected'' WHEN"
    " table_interval.hi - table_interval.lo < %!.15g * max(abs(table_interval.lo), abs(table_interval.hi)) THEN"
    " ''narrow'' ELSE table_interval.verdict END FROM temp.table_cell AS c WHERE c._rowid_ ="
    " table_interval.number) WHERE measure = %Q AND verdict IN (''narrow'', ''protected'')"
    " AND stage NOT IN (SELECT stage FROM temp.table_stage WHERE relation = ''cumulative'')',"
    "    coalesce(e.n || ' >= ' || t.threshold, 'table_interval.lo >= ' || t.threshold)"
    "    || coalesce(' AND ' || e.l || ' <= 0.75 * table_interval.lo', '')"
    "    || iif(e.s IS NULL, '', printf(' AND table_interval.lo - (%s) - coalesce(%s, 0) >= %!.15g * (%s)', e.l, e.s,"
    "       c.share, e.l)),"
    "    c.share, c.measure)"
    "  FROM temp.table_config AS c LEFT JOIN extra AS e USING (number), tabulated AS t ORDER BY c.number";

/* A cell is named at the first stage at which it is found; later ones would say the same again. */
static const char tell_hidden[] =
    "INSERT INTO temp.found"
    " SELECT CASE i.verdict WHEN 'disclosed' THEN 'recoverable' WHEN 'narrow' THEN 'narrow' ELSE 'undecided' END,"
    "        i.measure, s.source, NULL, i.number"
    "   FROM temp.table_interval AS i JOIN temp.table_stage AS s USING (stage)"
    "  WHERE i.verdict IN ('disclosed', 'narrow', 'undecided')"
    "    AND NOT EXISTS (SELECT 1 FROM temp.table_interval AS o WHERE o.measure = i.measure AND o.number = i.number"
    "          AND o.stage < i.stage AND (o.verdict = i.verdict OR o.verdict = 'disclosed'));"
    "INSERT INTO cell SELECT iif(contrary, 'mismatch', 'undecided'), t.measure, s.source, NULL,"
    "    iif(contrary, 1, max(1, y.hidden)), p.line FROM (SELECT *, message LIKE '%not the sum%'"
    "      OR message LIKE '%no table%' AS contrary, CAST(substr(message, instr(message, 'row ') + 4) AS INTEGER) AS number"
    "      FROM temp.table_trouble) AS t JOIN temp.table_stage AS s USING (stage)"
    "    JOIN tally AS y ON y.measure = t.measure LEFT JOIN temp.table_place AS p ON p.number = t.number AND t.stage = 0;"
    /* where the numbers contradict one another nothing was audited: a waiver for that is none for this */
    "INSERT INTO cell(kind, measure, count) SELECT 'undecided', t.measure, y.hidden FROM temp.table_trouble AS t"
    "    JOIN tally AS y USING (measure) WHERE y.hidden > 0 AND NOT EXISTS (SELECT 1 FROM cell AS c WHERE"
    "      c.kind = 'undecided' AND c.measure = t.measure) GROUP BY t.measure;"
    "UPDATE tally SET audited = (SELECT count(*) FROM temp.table_interval AS i WHERE i.measure = tally.measure"
    "    AND i.stage = 0 AND i.verdict <> 'undecided');"
    "UPDATE tabulated SET decided = NOT EXISTS (SELECT 1 FROM temp.table_trouble)"
    "    AND NOT EXISTS (SELECT 1 FROM temp.table_interval WHERE verdict = 'undecided')";

static const char index_intervals[] =
    "CREATE INDEX temp.table_interval_place ON table_interval(number, measure, stage)";

int sito_table_fill(sqlite3 *facts, const SitoPackage *package, SitoLanguage language,
                    const char *remembered, SitoInputs *inputs, char **error) {
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
    rc = rc == SITO_OK ? sito_table_audit_all(facts, 0, "{}", error) : rc;
    rc = rc == SITO_OK
             ? sito_table_compare(facts, package->folder, remembered, language, inputs, error)
             : rc;
    rc = rc == SITO_OK ? sito_db_run_written(facts, write_guards, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, index_intervals, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, tell_hidden, error) : rc;
    return rc == SITO_OK ? sito_table_tell(facts, error) : rc;
}
