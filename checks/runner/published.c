/*
** Compares the data with what was published before (published.h). The shared columns are read into
** temp.mine and temp.theirs under the names c1, c2, …, their positions here; other columns of the
** published file are p1, p2, …, their positions there.
*/
#include "published.h"

#include <openssl/crypto.h>
#include <sqlite3.h>

#include <string.h>

#include "base/key.h"
#include "common/db.h"
#include "common/file.h"

typedef struct Published {
    sqlite3 *db;
    const SitoPackage *package;
    SitoLanguage language;
    SitoInputs *inputs;
    char *path; /* as the descriptor has it */
} Published;

/* ---- a published file ---- */

static int open_file(Published *p, char **error) {
    int64_t size;
    char *full = sito_path_join(p->package->folder, p->path), *create = NULL;
    int rc = full == NULL ? SITO_NOMEM : sito_file_size(full, p->language, &size, error);
    if (rc == SITO_OK) {
        create = sito_print("CREATE VIRTUAL TABLE temp.published_file USING csv(filename=%Q,"
                            " header='yes', trim=no, on_error='keep', sha256='compute')",
                            full);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(p->db, create, error);
    }
    sito_free(create);
    sito_free(full);
    return rc;
}

/* ?1: the number of the file in disclosure.published */
static const char share[] =
    "CREATE TEMP TABLE theirs_column AS SELECT cid + 1 AS place, name"
    "  FROM pragma_table_xinfo('published_file', 'temp') WHERE hidden = 0;"
    "CREATE TEMP TABLE shared AS SELECT m.position, m.heading, m.name, f.role, t.place"
    "  FROM temp.matched AS m JOIN field AS f ON f.position = m.position"
    "  JOIN temp.theirs_column AS t ON lower(trim(t.name)) = lower(trim(m.heading))"
    " WHERE f.role IS NOT 'release-number' AND (m.name IN (SELECT value FROM temp.compared)"
    "    OR NOT EXISTS (SELECT 1 FROM temp.compared)) ORDER BY m.position LIMIT 100";

/* Without a shared column there are still rows to count, and to hash. */
static const char copy_mine[] =
    "SELECT 'CREATE TEMP TABLE mine AS SELECT '"
    "  || coalesce(group_concat(printf('data.\"%w\" AS c%d', heading, position), ', '), '1 AS none')"
    "  || ' FROM temp.data WHERE _defect IS NULL' FROM temp.shared";

static const char copy_theirs[] =
    "SELECT 'CREATE TEMP TABLE theirs AS SELECT '"
    "  || coalesce(group_concat(printf('t.\"%w\" AS %s', name, known), ', '), '1 AS none')"
    "  || ' FROM temp.published_file AS t WHERE _defect IS NULL'"
    "  FROM (SELECT t.name, coalesce('c' || s.position, 'p' || t.place) AS known"
    "          FROM temp.theirs_column AS t LEFT JOIN temp.shared AS s USING (place)"
    "         WHERE s.place IS NOT NULL OR (t.place <= 40 AND EXISTS (SELECT 1 FROM temp.pseudonym))"
    "         ORDER BY t.place LIMIT 1000)";

static int read_tables(Published *p, int64_t number, char **error) {
    char *sha256 = NULL;
    int rc = sito_db_do(p->db, error,
                        "CREATE TEMP TABLE compared AS SELECT f.value FROM temp.descriptor,"
                        " json_each(resource, '$.disclosure.published[' || ? || '].fields') AS f",
                        "i", number);
    rc = rc == SITO_OK ? sito_db_run(p->db, share, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(p->db, copy_mine, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(p->db, copy_theirs, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_text(p->db, &sha256, error, "SELECT csv_sha256('temp.published_file')", "")
             : rc;
    if (rc == SITO_OK && sha256 == NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(p->language, "pliku %s nie odczytano do końca",
                                 "the file %s was not read to its end"),
                        p->path);
    }
    rc = rc == SITO_OK ? sito_inputs_add(p->inputs, "published", p->path, sha256) : rc;
    sito_free(sha256);
    return rc;
}

/* ---- R2 ---- */

/* ?1 name, ?2 relation */
static const char link[] =
    "INSERT INTO published"
    " SELECT ?1, ?2, (SELECT count(*) FROM temp.theirs),"
    "        (SELECT group_concat(name, ', ') FROM temp.shared),"
    "        coalesce((SELECT l.value FROM (SELECT group_concat('c' || position, ', ') AS list"
    "                                         FROM temp.shared HAVING count(*) > 0) AS q,"
    "                         risk_linkage('temp.mine', 'temp.theirs', q.list) AS l"
    "                   WHERE l.measure = 'certain_links'), 0),"
    "        (SELECT count(*) FROM temp.theirs_column WHERE place NOT IN (SELECT place FROM temp.shared))"
    "        + (SELECT count(*) FROM field WHERE position IS NOT NULL AND role IS NOT 'release-number'"
    "             AND position NOT IN (SELECT position FROM temp.shared))";

static const char unlink_columns[] =
    "INSERT INTO unlinked"
    " SELECT ?1, s.name, (SELECT l.value FROM risk_linkage('temp.mine', 'temp.theirs',"
    "          (SELECT group_concat('c' || o.position, ', ') FROM temp.shared AS o"
    "            WHERE o.position <> s.position)) AS l WHERE l.measure = 'certain_links')"
    "   FROM temp.shared AS s"
    "  WHERE (SELECT count(*) FROM temp.shared) BETWEEN 2 AND 20"
    "    AND EXISTS (SELECT 1 FROM published WHERE name = ?1 AND certain > 0 AND revealed > 0)";

/* ---- R3 ---- */

static const char differ[] =
    "WITH list AS ("
    "  SELECT group_concat('c' || position, ', ') AS columns, sum(role = 'quasi-identifier') AS quasi,"
    "         group_concat(iif(role = 'quasi-identifier', name, NULL), ', ') AS names,"
    "         group_concat(iif(role = 'sensitive', name, NULL), ', ') AS secrets"
    "    FROM (SELECT * FROM temp.shared WHERE role IN ('quasi-identifier', 'sensitive')"
    "           ORDER BY role, position)"
    "), limits AS (SELECT CAST(effective AS INTEGER) AS k FROM threshold WHERE name = 'k'"
    "), change AS ("
    "  SELECT sum(max(d.change, 0)) AS came, sum(max(-d.change, 0)) AS went"
    "    FROM list, risk_difference('temp.theirs', 'temp.mine', list.columns) AS d"
    "   GROUP BY (SELECT json_group_array(v.value) FROM json_each(d.key) AS v WHERE v.key < list.quasi))"
    "INSERT INTO difference"
    " SELECT ?1, names, secrets, count(*),"
    "        sum(iif(came < k, came, 0) + iif(went < k, went, 0)), k"
    "   FROM change, list, limits"
    "  WHERE came BETWEEN 1 AND k - 1 OR went BETWEEN 1 AND k - 1"
    " HAVING count(*) > 0";

/* Without a shared quasi-identifier there are no classes to compare. */
static int find_differences(Published *p, char **error) {
    int64_t quasi = 0;
    int rc =
        sito_db_integer(p->db, &quasi, error,
                        "SELECT count(*) FROM temp.shared WHERE role = 'quasi-identifier'", "");
    return rc == SITO_OK && quasi > 0 ? sito_db_do(p->db, error, differ, "t", p->path) : rc;
}

/* ---- R4 ---- */

static const char pseudonyms[] =
    "CREATE TEMP TABLE pseudonym AS SELECT f.position, f.name, m.heading"
    "  FROM field AS f JOIN profile AS p ON p.field = f.name"
    "  JOIN temp.matched AS m ON m.position = f.position"
    " WHERE p.distinct_values BETWEEN 2 AND p.rows - p.missing - 1"
    "   AND (f.role = 'release-number' OR (f.role IS NOT 'direct-identifier'"
    "        AND (f.name IN (SELECT field FROM reversal) OR f.name IN (SELECT field FROM temp.withstood))))"
    " ORDER BY f.position LIMIT 10";

static const char copy_pseudonyms[] =
    "SELECT 'CREATE TEMP TABLE coded AS SELECT '"
    "  || group_concat(printf('data.\"%w\" AS c%d', heading, position), ', ')"
    "  || ' FROM temp.data WHERE _defect IS NULL' FROM temp.pseudonym HAVING count(*) > 0";

static const char rank_counts[] =
    "WITH reference AS ("
    "  SELECT t.name, coalesce('c' || s.position, 'p' || t.place) AS known, s.position"
    "    FROM temp.theirs_column AS t LEFT JOIN temp.shared AS s USING (place)"
    "   WHERE s.place IS NOT NULL OR t.place <= 40"
    ")"
    "INSERT INTO frequency"
    " SELECT c.name, ?1, r.name, max(iif(f.measure = 'values', f.value, NULL)),"
    "        max(iif(f.measure = 'distance', f.value, NULL)),"
    "        max(iif(f.measure = 'recognisable', f.value, NULL)),"
    "        max(iif(f.measure = 'recognisable_rows', f.value, NULL))"
    "   FROM temp.pseudonym AS c, reference AS r,"
    "        risk_frequency('temp.coded', 'c' || c.position, 'temp.theirs', r.known) AS f"
    "  WHERE r.position IS NOT c.position"
    "  GROUP BY c.position, r.known"
    " HAVING max(iif(f.measure = 'distance', f.value, NULL)) IS NOT NULL";

static int compare_counts(Published *p, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(p->db, &count, error, "SELECT count(*) FROM temp.pseudonym", "");
    if (rc != SITO_OK || count == 0) {
        return rc;
    }
    rc = sito_db_run_written(p->db, copy_pseudonyms, error);
    return rc == SITO_OK ? sito_db_do(p->db, error, rank_counts, "t", p->path) : rc;
}

static const char drop[] = "DROP TABLE IF EXISTS temp.published_file;"
                           "DROP TABLE IF EXISTS temp.compared;"
                           "DROP TABLE IF EXISTS temp.theirs_column;"
                           "DROP TABLE IF EXISTS temp.shared;"
                           "DROP TABLE IF EXISTS temp.mine;"
                           "DROP TABLE IF EXISTS temp.theirs;"
                           "DROP TABLE IF EXISTS temp.coded";

static int compare_file(Published *p, int64_t number, const char *relation, char **error) {
    int rc = open_file(p, error);
    rc = rc == SITO_OK ? read_tables(p, number, error) : rc;
    rc = rc == SITO_OK ? sito_db_do(p->db, error, link, "tt", p->path, relation) : rc;
    rc = rc == SITO_OK ? sito_db_do(p->db, error, unlink_columns, "t", p->path) : rc;
    if (rc == SITO_OK && strcmp(relation, "earlier-release") == 0) {
        rc = find_differences(p, error);
    }
    rc = rc == SITO_OK ? compare_counts(p, error) : rc;
    return rc == SITO_OK ? sito_db_run(p->db, drop, error) : rc;
}

static int compare_files(Published *p, char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(p->db, &count, error,
                             "SELECT json_array_length(resource, '$.disclosure.published')"
                             " FROM temp.descriptor",
                             "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *relation = NULL;
        rc = sito_db_text(p->db, &p->path, error,
                          "SELECT resource ->> ('$.disclosure.published[' || ? || '].path')"
                          " FROM temp.descriptor",
                          "i", i);
        rc = rc == SITO_OK
                 ? sito_db_text(p->db, &relation, error,
                                "SELECT coalesce(resource ->> ('$.disclosure.published[' || ? ||"
                                " '].relation'), 'other') FROM temp.descriptor",
                                "i", i)
                 : rc;
        rc = rc == SITO_OK ? compare_file(p, i, relation, error) : rc;
        sito_free(relation);
        sito_free(p->path);
    }
    return rc;
}

/* ---- R5 ---- */

static const char registry_columns[] =
    "SELECT count(*) FROM pragma_table_xinfo('registry_file', 'temp')"
    " WHERE name IN ('dataset', 'columns', 'key', 'hash', 'rows')";

static const char read_registry[] =
    "CREATE TEMP TABLE registry AS SELECT dataset, columns, key, hash, CAST(rows AS INTEGER) AS rows"
    "  FROM temp.registry_file WHERE dataset <> (SELECT name FROM dataset);"
    "CREATE TEMP TABLE own(columns, key, hash, rows);"
    "CREATE TEMP TABLE recorded AS SELECT DISTINCT columns FROM temp.registry AS r"
    "  WHERE iif(json_valid(columns), json_type(columns), '') = 'array'"
    "    AND NOT EXISTS (SELECT 1 FROM json_each(r.columns) AS c"
    "                     WHERE c.value NOT IN (SELECT lower(heading) FROM temp.matched"
    "                                            WHERE heading IS NOT NULL))";

/* ?1: the key file */
static const char hash_own[] =
    "INSERT INTO temp.own SELECT r.columns, o.key, o.hash, o.rows"
    "  FROM temp.recorded AS r, risk_registry('temp.data',"
    "       (SELECT group_concat(printf('\"%w\"', m.heading), ', ') FROM json_each(r.columns) AS c"
    "          JOIN temp.matched AS m ON lower(m.heading) = c.value), ?1) AS o";

static const char other_key[] =
    "SELECT EXISTS (SELECT 1 FROM temp.registry AS r JOIN temp.own AS o ON o.columns = r.columns"
    "                WHERE r.key IS NOT o.key)";

static const char link_registry[] =
    "INSERT INTO published"
    " SELECT r.dataset, 'registry', sum(r.rows),"
    "        iif(r.columns IN (SELECT columns FROM temp.recorded),"
    "            (SELECT group_concat(c.value, ', ') FROM json_each(r.columns) AS c), NULL),"
    "        count(o.hash), 1"
    "   FROM temp.registry AS r LEFT JOIN temp.own AS o"
    "        ON o.columns = r.columns AND o.hash = r.hash AND o.rows = 1 AND r.rows = 1"
    "  GROUP BY r.dataset, r.columns";

static int open_registry(Published *p, const SitoPolicy *policy, char **error) {
    int64_t known = 0;
    char *create = sito_print("CREATE VIRTUAL TABLE temp.registry_file USING csv(filename=%Q,"
                              " header='yes', sha256=%Q)",
                              policy->registry, policy->registry_sha256);
    int rc = create == NULL ? SITO_NOMEM : sito_db_run(p->db, create, error);
    sito_free(create);
    rc = rc == SITO_OK ? sito_db_integer(p->db, &known, error, registry_columns, "") : rc;
    if (rc == SITO_OK && known != 5) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(p->language,
                                 "rejestr %s ma mieć kolumny dataset, columns, key, hash, rows "
                                 "(zapisuje je risk_registry)",
                                 "the registry %s must have the columns dataset, columns, key, "
                                 "hash, rows (risk_registry writes them)"),
                        policy->registry);
    }
    return rc == SITO_OK ? sito_db_run(p->db, read_registry, error) : rc;
}

/* Whether the key is there, asked in the reader's language. */
static int find_key(const Published *p, const SitoPolicy *policy, char **error) {
    unsigned char key[SITO_KEY_SIZE];
    if (policy->registry_key == NULL) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(p->language,
                     "polityka wskazuje rejestr %s, a nie mówi, jaki jest jego klucz; "
                     "dopisz „registryKey”: nazwę klucza z sito key",
                     "the policy names the registry %s, but not its key; add "
                     "\"registryKey\", the name of a key of sito key"),
            policy->registry);
    }
    int rc = sito_key_read((SitoText){policy->registry_key, strlen(policy->registry_key)}, key,
                           p->language == SITO_PL, error);
    OPENSSL_cleanse(key, sizeof key);
    return rc;
}

static int compare_registry(Published *p, const SitoPolicy *policy, char **error) {
    int64_t other = 0;
    int rc = find_key(p, policy, error);
    rc = rc == SITO_OK ? open_registry(p, policy, error) : rc;
    rc = rc == SITO_OK ? sito_db_do(p->db, error, hash_own, "t", policy->registry_key) : rc;
    rc = rc == SITO_OK ? sito_db_integer(p->db, &other, error, other_key, "") : rc;
    if (rc == SITO_OK && other) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(p->language,
                                 "rejestr %s zapisano innym kluczem niż %s (registryKey)",
                                 "the registry %s was written under another key than %s "
                                 "(registryKey)"),
                        policy->registry, policy->registry_key);
    }
    rc = rc == SITO_OK ? sito_db_run(p->db, link_registry, error) : rc;
    return rc == SITO_OK ? sito_db_run(p->db,
                                       "DROP TABLE temp.registry_file; DROP TABLE temp.registry;"
                                       "DROP TABLE temp.recorded; DROP TABLE temp.own",
                                       error)
                         : rc;
}

int sito_published_fill(sqlite3 *db, const SitoPackage *package, const SitoPolicy *policy,
                        SitoLanguage language, SitoInputs *inputs, char **error) {
    Published p = {.db = db, .package = package, .language = language, .inputs = inputs};
    int rc = sito_db_run(db, pseudonyms, error);
    rc = rc == SITO_OK ? compare_files(&p, error) : rc;
    return rc == SITO_OK && policy->registry != NULL ? compare_registry(&p, policy, error) : rc;
}
