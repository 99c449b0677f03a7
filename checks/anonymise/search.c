/*
** The levels of one resource (private.h): what anon_release offers is asked over persons and for every
** sensitive column, by the thresholds of the gate.
**
**   treatment ─▶ plan ─▶ anon_release ─▶ temp.kept, temp.candidate ─▶ risk_summary ─▶ temp.miss
*/
#include <sqlite3.h>

#include "anonymise/private.h"
#include "common/db.h"

enum { ROUNDS = 16 };

int sito_make_plan(SitoMaking *m, int64_t k, const char *sensitive, char **plan, char **error) {
    return sito_db_text(
        m->db, plan, error,
        "WITH t AS (SELECT name, effective FROM before.threshold WHERE resource = (SELECT"
        "   resource ->> '$.name' FROM descriptor)),"
        " s AS (SELECT ?3 AS field WHERE ?3 IS NOT NULL)"
        " SELECT json_patch(json_object('columns', (SELECT json_group_array(json_object('name', field,"
        "     'hierarchy', spec)) FROM (SELECT * FROM treatment WHERE resource = ?1 AND how ="
        "     'generalise' ORDER BY position)),"
        "   'k', ?2, 'maxSuppressed', (SELECT effective FROM t WHERE name = 'maxSuppressed')),"
        "  iif((SELECT count(*) FROM s), json_object('sensitive', (SELECT field FROM s),"
        "   'l', (SELECT CAST(effective AS INTEGER) FROM t WHERE name = 'l'),"
        "   't', (SELECT effective FROM t WHERE name = 't'),"
        "   'alpha', (SELECT effective FROM t WHERE name = 'alpha'),"
        "   'beta', (SELECT effective FROM t WHERE name = 'beta')), '{}'))",
        "iit", m->number, k, sensitive);
}

/* SELECT list of the generalised columns at these levels, the sensitive ones, and the person. */
static const char make_candidate[] =
    "SELECT 'CREATE TEMP TABLE candidate AS SELECT ' || group_concat(CASE WHEN how = 'generalise'"
    "   THEN printf('anon_level(d.\"%w\", %Q, %d, %Q) AS \"%w\"', field, spec, level, ?2, field)"
    "   ELSE printf('d.\"%w\"', field) END, ', ') || ', u.code AS _person FROM temp.data AS d JOIN"
    "   temp.kept AS k ON k.row = d.rowid LEFT JOIN temp.unit AS u ON u.number = d.rowid'"
    " FROM (SELECT * FROM treatment WHERE resource = ?1 AND (how = 'generalise' OR role = 'sensitive')"
    "        ORDER BY how <> 'generalise', position)";

/* Writes the statement that lists what a candidate misses, over persons and for each sensitive column. */
static const char make_question[] =
    "SELECT 'CREATE TEMP TABLE miss AS ' || group_concat(q, ' UNION ALL ') FROM (SELECT printf("
    "  'SELECT r.measure AS measure, r.field AS field FROM risk_summary(''temp.candidate'', %Q, %Q, %s) AS r JOIN before.threshold AS t ON"
    "   t.resource = %Q AND CASE r.measure WHEN ''k_anonymity'' THEN t.name = ''k'' AND r.value < t.effective"
    "   WHEN ''l_diversity'' THEN t.name = ''l'' AND r.field IS NOT NULL AND r.value < t.effective"
    "   WHEN ''t_closeness'' THEN t.name = ''t'' AND r.field IS NOT NULL AND r.value > t.effective"
    "   WHEN ''alpha_k'' THEN t.name = ''alpha'' AND r.field IS NOT NULL AND r.value > t.effective"
    "   WHEN ''beta_likeness'' THEN t.name = ''beta'' AND r.field IS NOT NULL AND r.value > t.effective"
    "   ELSE 0 END', (SELECT group_concat(printf('\"%w\"', field), ', ') FROM treatment WHERE resource ="
    "   ?1 AND how = 'generalise'), s.field, iif((SELECT count(*) FROM temp.unit), '''_person''', 'NULL'),"
    "   (SELECT resource ->> '$.name' FROM descriptor)) AS q"
    "  FROM (SELECT printf('\"%w\"', field) AS field FROM treatment WHERE resource = ?1 AND role ="
    "         'sensitive' UNION ALL SELECT NULL WHERE NOT EXISTS (SELECT 1 FROM treatment WHERE resource ="
    "         ?1 AND role = 'sensitive')) AS s)";

static int set_levels(SitoMaking *m, const char *levels, char **error) {
    return sito_db_do(
        m->db, error,
        "UPDATE treatment SET level = (SELECT l.value FROM json_each('[' || ?2 || ']') AS"
        " l WHERE l.key = (SELECT count(*) FROM treatment AS o WHERE o.resource = ?1 AND"
        " o.how = 'generalise' AND o.position < treatment.position))"
        " WHERE resource = ?1 AND how = 'generalise'",
        "it", m->number, levels);
}

/* Whether a candidate meets every threshold: *misses counts those it does not. */
static int try_levels(SitoMaking *m, const char *plan, const char *levels, int64_t *misses,
                      char **error) {
    char *create = NULL, *question = NULL;
    int rc = sito_db_run(m->db,
                         "DROP TABLE IF EXISTS temp.kept; DROP TABLE IF EXISTS temp.candidate;"
                         "DROP TABLE IF EXISTS temp.miss",
                         error);
    rc = rc == SITO_OK ? set_levels(m, levels, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_run(m->db, "CREATE TEMP TABLE kept(row INTEGER PRIMARY KEY)", error)
             : rc;
    rc = rc == SITO_OK ? sito_db_do(m->db, error,
                                    "INSERT INTO temp.kept SELECT row FROM"
                                    " anon_release_rows('temp.data', ?1, ?2) WHERE kept",
                                    "tt", plan, levels)
                       : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &create, error, make_candidate, "it", m->number,
                                      sito_say(m->language, "pl", "en"))
                       : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, create, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(m->db, &question, error, make_question, "i", m->number) : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, question, error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(m->db, misses, error, "SELECT count(*) FROM temp.miss", "")
                       : rc;
    sito_free(create);
    sito_free(question);
    return rc;
}

/* The best candidate of one plan that meets everything; *found false where none does. */
static int try_plan(SitoMaking *m, const char *plan, bool *found, char **error) {
    int64_t misses = 1, count = 0;
    int rc = sito_db_run(m->db, "DROP TABLE IF EXISTS temp.node", error);
    rc = rc == SITO_OK
             ? sito_db_do(m->db, error,
                          "CREATE TEMP TABLE node AS SELECT rank, levels, suppressed, loss,"
                          " proven FROM anon_release('temp.data', ?1)",
                          "t", plan)
             : rc;
    rc = rc == SITO_OK ? sito_db_integer(m->db, &count, error, "SELECT count(*) FROM temp.node", "")
                       : rc;
    for (int64_t rank = 1; rank <= count && rc == SITO_OK && misses > 0; rank++) {
        char *levels = NULL;
        rc = sito_db_text(m->db, &levels, error, "SELECT levels FROM temp.node WHERE rank = ?1",
                          "i", rank);
        rc = rc == SITO_OK ? try_levels(m, plan, levels, &misses, error) : rc;
        sito_free(levels);
        if (rc == SITO_OK && misses == 0) {
            rc = sito_db_do(
                m->db, error,
                "UPDATE resource SET (suppressed, loss, proven, plan) = (SELECT suppressed,"
                " loss, proven, ?2 FROM temp.node WHERE rank = ?3) WHERE number = ?1",
                "iti", m->number, plan, rank);
        }
    }
    *found = rc == SITO_OK && misses == 0;
    return rc;
}

/* Another sensitive column whose measure the last candidate missed becomes the one that is searched by. */
static int next_sensitive(SitoMaking *m, char **sensitive, bool *changed, char **error) {
    char *other = NULL;
    int rc = sito_db_text(m->db, &other, error,
                          "SELECT field FROM temp.miss WHERE field IS NOT ?1 AND field IS NOT NULL",
                          "t", *sensitive);
    *changed = rc == SITO_OK && other != NULL;
    if (*changed) {
        sito_free(*sensitive);
        *sensitive = other;
    }
    return rc;
}

static int refuse(SitoMaking *m, char **error) {
    char *blame = NULL;
    int rc = sito_make_blame(m, false, &blame, error);
    rc = rc != SITO_OK
             ? rc
             : sito_error(error, SITO_ERROR, "%s",
                          blame != NULL ? blame
                                        : sito_say(m->language,
                                                   "żaden wybór poziomów nie spełnia progów; dodaj "
                                                   "wyższe poziomy hierarchii, zmień role albo "
                                                   "poproś o wyższy maxSuppressed",
                                                   "no choice of levels meets the thresholds; add "
                                                   "higher levels to a hierarchy, change roles, or "
                                                   "ask for a larger maxSuppressed"));
    sito_free(blame);
    return rc;
}

/* A release that lost everything says why. */
static int note_loss(SitoMaking *m, char **error) {
    int64_t lost = 0;
    char *blame = NULL;
    int rc = sito_db_integer(m->db, &lost, error,
                             "SELECT loss > 0.999 FROM resource WHERE number = ?1", "i", m->number);
    rc = rc == SITO_OK && lost ? sito_make_blame(m, true, &blame, error) : rc;
    rc = rc == SITO_OK ? sito_db_do(m->db, error, "UPDATE resource SET note = ?2 WHERE number = ?1",
                                    "it", m->number, blame)
                       : rc;
    sito_free(blame);
    return rc;
}

/* The search counts rows and one sensitive column; what it offers is asked over persons and for all. Where
** that misses, the column that missed is searched by, and then a larger k, since persons have several rows. */
int sito_make_levels(SitoMaking *m, char **error) {
    int64_t k = 0, tried = 0;
    bool found = false, changed = false;
    char *sensitive = NULL;
    int rc =
        sito_db_integer(m->db, &k, error,
                        "SELECT CAST(effective AS INTEGER) FROM before.threshold WHERE name = 'k'"
                        " AND resource = (SELECT resource ->> '$.name' FROM descriptor)",
                        "");
    rc = rc == SITO_OK ? sito_db_text(m->db, &sensitive, error,
                                      "SELECT field FROM treatment WHERE resource = ?1 AND role ="
                                      " 'sensitive' ORDER BY position LIMIT 1",
                                      "i", m->number)
                       : rc;
    for (int round = 0; round < ROUNDS && rc == SITO_OK && !found; round++) {
        char *plan = NULL;
        rc = sito_make_plan(m, k, sensitive, &plan, error);
        rc = rc == SITO_OK ? try_plan(m, plan, &found, error) : rc;
        sito_free(plan);
        if (rc == SITO_OK && !found) {
            rc = sito_db_integer(m->db, &tried, error, "SELECT count(*) FROM temp.node", "");
            changed = false;
            rc = rc == SITO_OK && tried > 0 ? next_sensitive(m, &sensitive, &changed, error) : rc;
            k += changed ? 0 : 1 + k / 3;
            round = tried > 0 ? round : ROUNDS; /* a larger k finds nothing, either */
        }
    }
    sito_free(sensitive);
    return rc != SITO_OK ? rc : found ? note_loss(m, error) : refuse(m, error);
}

int sito_make_frontier(SitoMaking *m, char **error) {
    return sito_db_do(
        m->db, error,
        "INSERT INTO frontier SELECT ?1, f.k, f.suppressed, f.share, f.loss, f.levels,"
        " f.k = json_extract(r.plan, '$.k') AND f.levels = (SELECT group_concat(level) FROM"
        "   (SELECT level FROM treatment WHERE resource = ?1 AND how = 'generalise'"
        "     ORDER BY position))"
        " FROM resource AS r, anon_frontier('temp.data', r.plan) AS f WHERE r.number = ?1",
        "i", m->number);
}
