/*
** A resource with disclosure.table: a safe statistical table in its place (private.h).
**
**   records, or the inner cells of a table of counts ─▶ temp.table_source ─▶ anon_table, one measure after
**   the other ─▶ temp.made_cell ─▶ the new file, its companion and its part of the descriptor
**
** R1  Of records: each measure is a count of persons or a sum over them. A value that is missing in a
**     dimension is a code of its own.
** R2  Of a table of counts: each inner cell is taken apart into as many persons, so that totals are made
**     anew. A table with hidden cells, with totals that do not add up, or of sums has to come from records.
** R3  Along a dimension with the role sensitive nobody's place may follow from a whole row.
** R4  A hidden cell holds the sign that the descriptor gives the meaning `suppressed`, else '*'; '#' only under
**     declared secrecy.
** R5  A dimension without the word of a total gets no totals.
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/db.h"
#include "common/file.h"
#include "runner/table_sign.h"

enum { MOST_PERSONS = 5000000 };

/* ---- what is asked ---- */

/* A hierarchy in a file becomes the table temp.tree_N. */
static const char asked[] =
    "DROP TABLE IF EXISTS temp.dim; DROP TABLE IF EXISTS temp.measure; DROP TABLE IF EXISTS temp.made_cell;"
    "DROP TABLE IF EXISTS temp.table_sign; DROP TABLE IF EXISTS temp.made_row;"
    "CREATE TEMP TABLE table_sign(sign TEXT, meaning TEXT, token TEXT);"
    "INSERT INTO temp.table_sign SELECT '-', 'zero', '0' FROM descriptor WHERE resource ->>"
    "  '$.disclosure.kind' = 'table';"
    "CREATE TEMP TABLE dim AS SELECT d.key AS number, d.value ->> '$.field' AS name,"
    "   coalesce(d.value ->> '$.total', '(*)') AS total,"
    "   d.value ->> '$.total' IS NOT NULL AS totals, d.value ->> '$.hierarchy' AS given,"
    "   d.value ->> '$.hierarchy' GLOB '[a-z]*:*' AS form,"
    "   coalesce(f.value ->> '$.disclosure.role' = 'sensitive', 0) AS sensitive"
    "   FROM descriptor, json_each(resource, '$.disclosure.table.dimensions') AS d"
    "   LEFT JOIN json_each(resource, '$.schema.fields') AS f ON f.value ->> '$.name' = d.value ->> '$.field';"
    "CREATE TEMP TABLE measure AS SELECT m.key AS number, m.value ->> '$.field' AS name,"
    "   m.value ->> '$.kind' AS kind, coalesce(f.value ->> '$.decimalChar', '.') AS decimal,"
    "   coalesce(f.value ->> '$.groupChar', '') AS grouping, coalesce(f.value ->> '$.type', 'integer') AS type"
    "   FROM descriptor, json_each(resource, '$.disclosure.table.measures') AS m"
    "   LEFT JOIN json_each(resource, '$.schema.fields') AS f ON f.value ->> '$.name' = m.value ->> '$.field';"
    "CREATE TEMP TABLE made_cell(measure INTEGER, place INTEGER, dimensions TEXT, value, status TEXT, reason TEXT)";

static int open_tree(SitoMaking *m, int64_t number, char **error) {
    char *given = NULL;
    int rc = sito_db_text(m->db, &given, error,
                          "SELECT given FROM temp.dim WHERE number = ? AND NOT form", "i", number);
    if (rc == SITO_OK && given != NULL) {
        char *path = sito_path_join(m->before->package.folder, given);
        char *create = path == NULL
                           ? NULL
                           : sito_print("DROP TABLE IF EXISTS temp.tree_%lld; CREATE VIRTUAL TABLE"
                                        " temp.tree_%lld USING csv(filename=%Q, header=auto,"
                                        " on_error=fail)",
                                        number, number, path);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(m->db, create, error);
        sito_free(create);
        sito_free(path);
    }
    sito_free(given);
    return rc;
}

static int open_trees(SitoMaking *m, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(m->db, &count, error, "SELECT count(*) FROM temp.dim", "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = open_tree(m, i, error);
    }
    return rc;
}

/* ---- R1 ---- */

/* Columns: the dimensions, who, amount. */
static const char write_records[] =
    "SELECT 'CREATE TEMP TABLE table_source AS SELECT '"
    "  || group_concat(printf('coalesce(nullif(trim(d.\"%w\"), ''''), %Q) AS \"%w\"', name, ?2, name), ', ')"
    "  || ', coalesce(u.code, d.rowid) AS \"who \"'"
    "  || (SELECT iif(kind = 'sum', printf(', table_plain(d.\"%w\", %Q, %Q) AS \"amount \"', name, decimal,"
    "             grouping), '') FROM temp.measure WHERE number = ?1)"
    "  || ' FROM temp.data AS d LEFT JOIN temp.unit AS u ON u.number = d.rowid'"
    "  FROM temp.dim";

/* ---- R2 ---- */

/* Inner cells: no total, and no code that others stand under. */
static const char write_inner[] =
    "SELECT 'CREATE TEMP TABLE inner_cell AS SELECT '"
    "  || group_concat(printf('trim(d.\"%w\") AS \"%w\"', name, name), ', ')"
    "  || (SELECT printf(', table_token(d.\"%w\", %Q, %Q) AS \"amount \"', name, decimal, grouping)"
    "        FROM temp.measure WHERE number = ?1)"
    "  || ' FROM temp.data AS d WHERE '"
    "  || group_concat(printf('trim(d.\"%w\") <> %Q', name, total)"
    "       || iif(given IS NULL OR form, '', printf(' AND trim(d.\"%w\") NOT IN (SELECT parent FROM"
    " temp.tree_parent WHERE dim = %d)', name, number)), ' AND ')"
    "  FROM temp.dim";

static const char write_parents[] =
    "SELECT printf('INSERT INTO temp.tree_parent SELECT %d, trim(\"%w\") FROM temp.tree_%d', d.number, c.name,"
    "   d.number) FROM temp.dim AS d, pragma_table_xinfo('tree_' || d.number, 'temp') AS c"
    " WHERE d.given IS NOT NULL AND NOT d.form AND c.cid > 0 AND c.hidden = 0";

static const char write_persons[] =
    "SELECT 'CREATE TEMP TABLE table_source AS SELECT '"
    "  || group_concat(printf('c.\"%w\" AS \"%w\"', name, name), ', ')"
    "  || ', row_number() OVER () AS \"who \" FROM temp.inner_cell AS c JOIN temp.one AS n ON n.number <="
    " CAST(c.\"amount \" AS INTEGER)' FROM temp.dim";

static int refuse_cells(SitoMaking *m, const char *measure, char **error) {
    int64_t bad = 0, persons = 0;
    int rc = sito_db_integer(m->db, &bad, error,
                             "SELECT count(*) FROM temp.inner_cell WHERE \"amount \" = '' OR"
                             " \"amount \" GLOB '*[^0-9]*'",
                             "");
    rc = rc == SITO_OK ? sito_db_integer(m->db, &persons, error,
                                         "SELECT coalesce(sum(CAST(\"amount \" AS INTEGER)), 0)"
                                         " FROM temp.inner_cell",
                                         "")
                       : rc;
    if (rc == SITO_OK && bad > 0) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(m->language,
                     "kolumna „%s”: komórki ukryte, puste albo inne niż liczba całkowita "
                     "od 0: %lld; bezpieczną tabelę da się zrobić tylko z pełnej albo z "
                     "rekordów",
                     "column \"%s\": cells that are hidden, empty or no whole number from "
                     "0: %lld; a safe table is made of a full one, or of records"),
            measure, (long long)bad);
    }
    return rc != SITO_OK || persons <= MOST_PERSONS
               ? rc
               : sito_error(
                     error, SITO_ERROR,
                     sito_say(m->language,
                              "kolumna „%s” liczy ponad %d osób; zrób tabelę z rekordów",
                              "column \"%s\" counts more than %d; make the table of records"),
                     measure, MOST_PERSONS);
}

static int take_apart(SitoMaking *m, int64_t number, const char *measure, char **error) {
    char *inner = NULL;
    int rc = sito_db_run(m->db,
                         "DROP TABLE IF EXISTS temp.inner_cell; DROP TABLE IF EXISTS temp.one;"
                         "DROP TABLE IF EXISTS temp.tree_parent;"
                         "CREATE TEMP TABLE tree_parent(dim, parent)",
                         error);
    rc = rc == SITO_OK ? sito_db_run_written(m->db, write_parents, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &inner, error, write_inner, "i", number) : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, inner, error) : rc;
    sito_free(inner);
    rc = rc == SITO_OK ? refuse_cells(m, measure, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_run(m->db,
                           "CREATE TEMP TABLE one(number INTEGER PRIMARY KEY);"
                           "INSERT INTO temp.one WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT"
                           " i + 1 FROM n WHERE i < (SELECT max(CAST(\"amount \" AS INTEGER)) FROM"
                           " temp.inner_cell)) SELECT i FROM n",
                           error)
             : rc;
    return rc == SITO_OK ? sito_db_run_written(m->db, write_persons, error) : rc;
}

static int read_source(SitoMaking *m, int64_t number, const char *measure, const char *kind,
                       bool records, char **error) {
    char *create = NULL;
    int rc = sito_db_run(m->db, "DROP TABLE IF EXISTS temp.table_source", error);
    if (rc == SITO_OK && !records && kind[0] == 's') {
        return sito_error(error, SITO_ERROR,
                          sito_say(m->language,
                                   "„%s” to sumy: bezpieczną tabelę sum robi się z rekordów "
                                   "(disclosure.table w zasobie rekordów)",
                                   "\"%s\" holds sums: a safe table of sums is made of records "
                                   "(disclosure.table in a resource of records)"),
                          measure);
    }
    if (rc == SITO_OK && !records) {
        return take_apart(m, number, measure, error);
    }
    rc = rc == SITO_OK ? sito_db_text(m->db, &create, error, write_records, "it", number,
                                      sito_say(m->language, "nieznane", "unknown"))
                       : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, create, error) : rc;
    sito_free(create);
    return rc;
}

/* ---- the table ---- */

/* ?1 the measure, ?2 the sign */
static const char write_plan[] =
    "SELECT json_patch('{}', json_object('dimensions', (SELECT json_group_array(json_patch('{}', json_object("
    "    'name', name, 'total', total, 'hierarchy', iif(form, given, iif(given IS NULL, NULL, 'temp.tree_' ||"
    "    number)), 'least', iif(form, 1, NULL)))) FROM (SELECT * FROM temp.dim ORDER BY number)),"
    "  'measure', iif(m.kind = 'sum', 'amount ', NULL), 'contributors', 'who ', 'sign', ?2,"
    "  'secret', iif(?2 = '#', json('true'), NULL),"
    "  'rules', json_patch('{}', json_object('least', (SELECT threshold FROM temp.limits),"
    "     'article38', iif(m.kind = 'sum', json('true'), NULL), 'p', iif(m.kind = 'sum', 10, NULL),"
    "     'zeros', iif(m.kind = 'sum', json('true'), NULL),"
    "     'group', (SELECT iif(count(*) = 0 OR m.kind = 'sum', NULL, json_group_array(name)) FROM temp.dim"
    "                WHERE sensitive)))))"
    "  FROM temp.measure AS m WHERE m.number = ?1";

static const char limits[] =
    "DROP TABLE IF EXISTS temp.limits;"
    "CREATE TEMP TABLE limits AS SELECT t ->> '$.about' AS about, max(coalesce(t ->> '$.threshold', 0),"
    "   coalesce((SELECT CAST(max(effective) AS INTEGER) FROM before.threshold WHERE name = 'smallCell.' || (t ->>"
    "     '$.about')), iif(t ->> '$.about' = 'entities', 3, 5))) AS threshold,"
    "   iif(t -> '$.secrecy' IS NOT NULL, '#', coalesce((SELECT s.key FROM json_each(t, '$.signs') AS s"
    "     WHERE s.value = 'suppressed' AND s.key <> '' LIMIT 1), '*')) AS sign"
    "  FROM (SELECT resource -> '$.disclosure.table' AS t FROM descriptor)";

/* What the engine says, in words of the office. */
static const struct {
    const char *sign, *pl, *en;
} troubles[] = {
    {"no records",
     "kolumna „%s”: nie ma z czego zrobić tabeli (żadnych rekordów ani komórek poza sumami)",
     "column \"%s\": there is nothing to make a table of (no records, no cells but totals)"},
    {"not in the hierarchy",
     "kolumna „%s”: w tabeli jest wartość, której nie ma w pliku hierarchii wymiaru (brak wartości liczy "
     "się jako „nieznane”); dopisz ją",
     "column \"%s\": a value is not in the hierarchy of its dimension (a missing one counts as "
     "\"unknown\"); add it to the file"},
    {"too narrow",
     "kolumna „%s”: nie udało się ukryć komórek tak, żeby żadnej nie dało się zbyt dokładnie oszacować; "
     "zmniejsz liczbę wymiarów, uogólnij je (hierarchy) albo zrób osobną tabelę",
     "column \"%s\": cells could not be hidden so that none can be estimated too closely; take fewer "
     "dimensions, make them coarser (hierarchy), or make a table of its own"},
};

static int explain(SitoMaking *m, const char *measure, int rc, char *message, char **error) {
    for (size_t i = 0; i < SITO_COUNT(troubles) && message != NULL; i++) {
        if (strstr(message, troubles[i].sign) != NULL) {
            sito_free(message);
            return sito_error(error, SITO_ERROR,
                              sito_say(m->language, troubles[i].pl, troubles[i].en), measure);
        }
    }
    rc = sito_error(error, rc, "%s", message != NULL ? message : "");
    sito_free(message);
    return rc;
}

/* Who stands behind the cells: of sums, and of counts of records of which one person may have several. */
static int stand_behind(SitoMaking *m, int64_t number, bool sum, char **error) {
    int64_t persons = 0;
    int rc = sito_db_integer(m->db, &persons, error, "SELECT EXISTS (SELECT 1 FROM temp.unit)", "");
    return rc == SITO_OK && (sum || persons) ? sito_make_contributions(m, number, sum, error) : rc;
}

static int make_measure(SitoMaking *m, int64_t number, const char *name, const char *kind,
                        bool records, char **error) {
    char *plan = NULL, *sign = NULL;
    int rc = read_source(m, number, name, kind, records, error);
    rc = rc == SITO_OK ? sito_db_text(m->db, &sign, error, "SELECT sign FROM temp.limits", "") : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &plan, error, write_plan, "it", number, sign) : rc;
    if (rc == SITO_OK) {
        char *message = NULL;
        rc = sito_db_do(m->db, &message,
                        "INSERT INTO temp.made_cell SELECT ?1, row_number() OVER (), dimensions,"
                        " value, status, reason FROM anon_table('temp.table_source', ?2)",
                        "it", number, plan);
        rc = rc == SITO_OK ? rc : explain(m, name, rc, message, error);
    }
    rc = rc == SITO_OK ? stand_behind(m, number, kind[0] == 's', error) : rc;
    sito_free(sign);
    sito_free(plan);
    return rc;
}

static int make_measures(SitoMaking *m, bool records, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(m->db, &count, error, "SELECT count(*) FROM temp.measure", "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *name = NULL, *kind = NULL;
        rc = sito_db_text(m->db, &name, error, "SELECT name FROM temp.measure WHERE number = ?",
                          "i", i);
        rc = rc == SITO_OK ? sito_db_text(m->db, &kind, error,
                                          "SELECT kind FROM temp.measure WHERE number = ?", "i", i)
                           : rc;
        rc = rc == SITO_OK ? make_measure(m, i, name, kind, records, error) : rc;
        sito_free(kind);
        sito_free(name);
    }
    return rc;
}

/* Numbers that contradict one another cannot be made anew. */
static int refuse_table(SitoMaking *m, char **error) {
    char *rules = NULL;
    int rc = sito_db_text(m->before->report, &rules, error,
                          "SELECT group_concat(id, ', ') FROM (SELECT DISTINCT id FROM report.rule"
                          " WHERE id IN ('table-total', 'table-cell', 'table-sign')"
                          "   AND status IN ('FAIL', 'ERROR'))",
                          "");
    if (rc == SITO_OK && rules != NULL) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(m->language,
                     "tabela ma błędy, które trzeba najpierw poprawić (%s); powie o nich "
                     "sito check",
                     "the table has mistakes that must be mended first (%s); sito check "
                     "tells them"),
            rules);
    }
    sito_free(rules);
    return rc;
}

int sito_make_table(SitoMaking *m, char **error) {
    int64_t table = 0;
    int rc =
        sito_db_integer(m->db, &table, error,
                        "SELECT resource ->> '$.disclosure.kind' IS 'table' FROM descriptor", "");
    rc = rc == SITO_OK && table ? refuse_table(m, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, asked, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, limits, error) : rc;
    rc = rc == SITO_OK ? sito_table_signs(m->db, error) : rc;
    rc = rc == SITO_OK ? open_trees(m, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db,
                                     "DROP TABLE IF EXISTS temp.contribution;"
                                     "CREATE TEMP TABLE contribution(measure, dimensions,"
                                     " contributors, largest, second)",
                                     error)
                       : rc;
    rc = rc == SITO_OK ? make_measures(m, table == 0, error) : rc;
    return rc == SITO_OK ? sito_make_table_files(m, error) : rc;
}
