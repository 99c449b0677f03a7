/*
** Reads the cells of a statistical table (table.h).
*/
#include "runner/table.h"

#include <sqlite3.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "runner/scan.h"
#include "runner/table_sign.h"

typedef struct Reading {
    sqlite3 *db;
    const char *folder;
    SitoLanguage language;
    SitoInputs *inputs;
} Reading;

/* ---- R2 ---- */

static int open_companion(Reading *r, const char *path, char **error) {
    int64_t size, rows = 0, records = 0;
    char *full = sito_path_join(r->folder, path), *create = NULL, *sha256 = NULL;
    int rc = full == NULL ? SITO_NOMEM : sito_file_size(full, r->language, &size, error);
    if (rc == SITO_OK) {
        create = sito_print("CREATE VIRTUAL TABLE temp.table_companion USING csv(filename=%Q,"
                            " header='yes', trim='no', sha256='compute')",
                            full);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(r->db, create, error);
    }
    rc = rc == SITO_OK
             ? sito_db_integer(r->db, &rows, error, "SELECT count(*) FROM temp.table_companion", "")
             : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(r->db, &records, error, "SELECT count(*) FROM temp.data", "")
             : rc;
    if (rc == SITO_OK && rows != records) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(r->language,
                                 "plik pomocniczy %s ma rekordów: %lld, a tabela: %lld; potrzebny "
                                 "jest jeden na komórkę, w tej samej kolejności",
                                 "the companion file %s has %lld records, the table %lld; one a "
                                 "cell is needed, in the same order"),
                        path, rows, records);
    }
    rc = rc == SITO_OK
             ? sito_db_text(r->db, &sha256, error, "SELECT csv_sha256('temp.table_companion')", "")
             : rc;
    rc = rc == SITO_OK ? sito_inputs_add(r->inputs, "companion", path, sha256) : rc;
    sito_free(sha256);
    sito_free(create);
    sito_free(full);
    return rc;
}

/* Where contributors, largest and second stand: temp.table_extra, one row a column. */
static const char find_extra[] =
    "CREATE TEMP TABLE table_extra AS"
    " SELECT m.number, m.name || ' (' || e.what || ')' AS name, e.what, e.asked,"
    "        d.heading AS heading, c.name AS companion,"
    "        coalesce(d.field ->> '$.decimalChar', m.decimal) AS decimal, m.grouping"
    "   FROM temp.table_measure AS m"
    "   JOIN (SELECT number, 'contributors' AS what, contributors AS asked FROM temp.table_measure"
    "         UNION ALL SELECT number, 'largest', largest FROM temp.table_measure"
    "         UNION ALL SELECT number, 'second', second FROM temp.table_measure) AS e"
    "     ON e.number = m.number AND e.asked IS NOT NULL"
    "   LEFT JOIN temp.matched AS d ON d.name = e.asked"
    "   LEFT JOIN temp.table_companion_column AS c ON c.name = e.asked AND d.name IS NULL";

static int find_columns(Reading *r, const char *companion, char **error) {
    char *lost = NULL;
    int rc = sito_db_run(r->db, "CREATE TEMP TABLE table_companion_column(name)", error);
    if (rc == SITO_OK && companion != NULL) {
        rc = sito_db_run(r->db,
                         "INSERT INTO temp.table_companion_column SELECT name"
                         " FROM pragma_table_xinfo('table_companion', 'temp') WHERE hidden = 0",
                         error);
    }
    rc = rc == SITO_OK ? sito_db_run(r->db, find_extra, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(r->db, &lost, error,
                                      "SELECT asked FROM temp.table_extra WHERE heading IS NULL"
                                      " AND companion IS NULL LIMIT 1",
                                      "")
                       : rc;
    if (rc == SITO_OK && lost != NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(r->language,
                                 "ani tabela, ani plik pomocniczy %s nie ma kolumny '%s'",
                                 "neither the table nor the companion file %s has a column '%s'"),
                        companion != NULL ? companion : "", lost);
    }
    sito_free(lost);
    return rc;
}

/* ---- R1 ---- */

/* The cells: temp.table_cell, whose rowid is the number of the record and whose columns are named as in
** the descriptor; temp.table_place, where they stand. */
static const char make_cells[] =
    "SELECT 'CREATE TEMP TABLE table_cell('"
    "  || group_concat(printf('\"%w\" TEXT', name), ', ') || ')'"
    "  FROM (SELECT name FROM temp.table_dimension UNION ALL SELECT name FROM temp.table_measure"
    "        UNION ALL SELECT name FROM temp.table_extra)";

static const char read_cells[] =
    "SELECT 'INSERT INTO temp.table_cell(_rowid_, ' || group_concat(printf('\"%w\"', name), ', ')"
    "  || ') SELECT data.rowid, ' || group_concat(expression, ', ') || ' FROM temp.data'"
    "  || iif((SELECT count(*) FROM temp.table_companion_column) > 0,"
    "         ' LEFT JOIN temp.table_companion AS x ON x.rowid = data.rowid', '')"
    "  || ' WHERE data._defect IS NULL'"
    "  FROM (SELECT name, printf('trim(data.\"%w\")', heading) AS expression"
    "          FROM temp.table_dimension"
    "        UNION ALL SELECT name, printf('table_token(data.\"%w\", %Q, %Q)', heading, decimal,"
    "                 grouping) FROM temp.table_measure"
    "        UNION ALL SELECT name, printf('table_plain(%s.\"%w\", %Q, %Q)',"
    "                 iif(heading IS NULL, 'x', 'data'), coalesce(heading, companion), decimal,"
    "                 grouping) FROM temp.table_extra)";

static const char read_places[] =
    "CREATE TEMP TABLE table_place(number INTEGER PRIMARY KEY, line, byte);"
    "INSERT INTO temp.table_place SELECT rowid, _line, _byte FROM temp.data;"
    "CREATE TEMP TABLE table_codes(name, codes);"
    "CREATE TEMP TABLE found(kind, measure, source, sensitive, number)";

/* ---- what is the matter ---- */

#define FOUND "INSERT INTO temp.found SELECT "

/* Each writes statements that fill temp.found. */
static const char *const searches[] = {
    "SELECT '" FOUND "''unnamed'', NULL, NULL, NULL, _rowid_ FROM temp.table_cell WHERE '"
    "  || group_concat(printf('coalesce(\"%w\", '''') = ''''', name), ' OR ')"
    "  FROM temp.table_dimension",
    "SELECT '" FOUND "''repeated'', NULL, NULL, NULL, _rowid_ FROM temp.table_cell"
    " WHERE _rowid_ NOT IN (SELECT min(_rowid_) FROM temp.table_cell GROUP BY '"
    "  || group_concat(printf('\"%w\"', name), ', ') || ')' FROM temp.table_dimension",
    "SELECT printf('" FOUND "''sign-unknown'', %Q, NULL, NULL, _rowid_ FROM temp.table_cell"
    " WHERE \"%w\" = ''?''', name, name) FROM temp.table_measure",
    "SELECT printf('" FOUND "''sign-empty'', %Q, NULL, NULL, _rowid_ FROM temp.table_cell"
    " WHERE \"%w\" = ''''', name, name) FROM temp.table_measure",
    "SELECT printf('" FOUND "''sign-secrecy'', %Q, NULL, NULL, rowid FROM temp.data"
    " WHERE trim(\"%w\") = ''#'' AND _defect IS NULL', name, heading)"
    "  FROM temp.table_measure, tabulated WHERE NOT secrecy",
};

static const char tell_damage[] =
    FOUND "'damaged', NULL, NULL, NULL, rowid FROM temp.data WHERE _defect IS NOT NULL";

/* A total that no record has: misspelt, or not there; no equation would be left. */
static const char tell_totals[] =
    "SELECT printf('INSERT INTO cell(kind, source, count) SELECT ''no-total'', %Q, 1 WHERE NOT EXISTS"
    " (SELECT 1 FROM temp.table_cell WHERE \"%w\" = %Q) AND EXISTS (SELECT 1 FROM temp.table_cell)', name,"
    " name, total) FROM temp.table_dimension WHERE total IS NOT NULL ORDER BY number";

/* How many codes a dimension has, its total among them. */
static const char count_codes[] =
    "SELECT printf('INSERT INTO temp.table_codes SELECT %Q, count(DISTINCT \"%w\") FROM temp.table_cell',"
    " name, name) FROM temp.table_dimension";

static const char count_cells[] =
    "SELECT printf('INSERT INTO tally SELECT %Q, %Q, count(*), coalesce(sum(\"%w\" IN (''#'', ''?'', '''')), 0), 0,"
    " %d, %d FROM temp.table_cell', name, kind, name, kind = 'count' OR contributors IS NOT NULL,"
    " largest IS NOT NULL) FROM temp.table_measure ORDER BY number";

static const char tell_cells[] =
    "INSERT INTO cell SELECT f.kind, f.measure, f.source, f.sensitive, count(*), min(p.line)"
    "  FROM temp.found AS f LEFT JOIN temp.table_place AS p USING (number)"
    " GROUP BY f.kind, f.measure, f.source, f.sensitive";

static const char tell_witnesses[] =
    "INSERT INTO witness SELECT kind, measure, line, number, byte, NULL FROM"
    " (SELECT DISTINCT f.kind, f.measure, p.line, p.number, p.byte,"
    "    dense_rank() OVER (PARTITION BY f.kind, f.measure ORDER BY p.number) AS place"
    "    FROM temp.found AS f JOIN temp.table_place AS p USING (number))"
    "  WHERE place <= ? ORDER BY kind, measure, number";

int sito_table_tell(sqlite3 *facts, char **error) {
    int rc = sito_db_run(facts, tell_cells, error);
    rc = rc == SITO_OK ? sito_db_do(facts, error, tell_witnesses, "i", (int64_t)SITO_SAMPLES) : rc;
    return rc == SITO_OK ? sito_db_run(facts, "DELETE FROM temp.found", error) : rc;
}

/* ---- all of it ---- */

int sito_table_is(sqlite3 *facts, bool *table, char **error) {
    int64_t is = 0;
    int rc = sito_db_integer(facts, &is, error,
                             "SELECT EXISTS (SELECT 1 FROM dataset WHERE kind = 'table')", "");
    *table = is != 0;
    return rc;
}

/* A column that the file lacks: header-mismatch says so, and no cell was judged. */
static const char tell_unjudged[] =
    "INSERT INTO cell(kind, measure, count) SELECT 'unjudged', m.name, max(1, r.rows)"
    "  FROM temp.table_measure AS m, resource AS r";

static int is_whole(Reading *r, int64_t *whole, char **error) {
    return sito_db_integer(
        r->db, whole, error,
        "SELECT NOT EXISTS (SELECT 1 FROM temp.table_dimension WHERE heading IS"
        " NULL) AND NOT EXISTS (SELECT 1 FROM temp.table_measure WHERE heading IS"
        " NULL)",
        "");
}

static int read_table(Reading *r, char **error) {
    char *companion = NULL;
    int rc =
        sito_db_text(r->db, &companion, error,
                     "SELECT resource ->> '$.disclosure.table.companion' FROM temp.descriptor", "");
    rc = rc == SITO_OK && companion != NULL ? open_companion(r, companion, error) : rc;
    rc = rc == SITO_OK ? find_columns(r, companion, error) : rc;
    sito_free(companion);
    rc = rc == SITO_OK ? sito_table_signs(r->db, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(r->db, make_cells, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(r->db, read_cells, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(r->db, read_places, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(r->db, tell_damage, error) : rc;
    for (size_t i = 0; i < SITO_COUNT(searches) && rc == SITO_OK; i++) {
        rc = sito_db_run_written(r->db, searches[i], error);
    }
    rc = rc == SITO_OK ? sito_db_run_written(r->db, tell_totals, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(r->db, count_codes, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(r->db, count_cells, error) : rc;
    return rc == SITO_OK ? sito_table_tell(r->db, error) : rc;
}

int sito_table_read_cells(sqlite3 *facts, const char *folder, SitoLanguage language,
                          SitoInputs *inputs, bool *sound, char **error) {
    Reading r = {.db = facts, .folder = folder, .language = language, .inputs = inputs};
    const SitoEmbedded *sql = sito_embedded_find(sito_embedded_runner, "table.sql");
    int64_t whole = 0, bad = 0;
    *sound = false;
    int rc = sql == NULL ? sito_error(error, SITO_ERROR, "table.sql is missing in the program")
                         : sito_db_run(facts, sql->data, error);
    rc = rc == SITO_OK ? is_whole(&r, &whole, error) : rc;
    if (rc == SITO_OK && !whole) {
        return sito_db_run(facts, tell_unjudged, error);
    }
    rc = rc == SITO_OK ? read_table(&r, error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(facts, &bad, error,
                                         "SELECT EXISTS (SELECT 1 FROM cell WHERE kind IN"
                                         " ('damaged', 'repeated', 'unnamed', 'no-total'))",
                                         "")
                       : rc;
    *sound = bad == 0;
    return rc;
}
