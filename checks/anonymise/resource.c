/*
** One resource: read, searched, written anew (anonymise.h).
**
** The work is SQL over the tables of record.sql and these, which live as long as the resource is at hand:
**   temp.data       the file          temp.unit(number, code)   its persons
**   temp.kept(row)  rows that stay    temp.candidate            generalised columns, sensitive ones, person
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/db.h"
#include "common/file.h"

enum { ROUNDS = 16 };

/* ---- reading ---- */

static char *path_of(const SitoMaking *m, const char *relative) {
    return sito_path_join(m->before->package.folder, relative);
}

static int drop_tables(SitoMaking *m, char **error) {
    return sito_db_run(m->db,
                       "DROP TABLE IF EXISTS temp.data; DROP TABLE IF EXISTS temp.persons;"
                       "DROP TABLE IF EXISTS temp.unit; DROP TABLE IF EXISTS temp.kept;"
                       "DROP TABLE IF EXISTS temp.candidate; DROP TABLE IF EXISTS temp.node;"
                       "DROP TABLE IF EXISTS temp.miss",
                       error);
}

static int open_data(SitoMaking *m, char **error) {
    char *create = NULL, *relative = NULL;
    int rc =
        sito_db_text(m->db, &relative, error, "SELECT resource ->> '$.path' FROM descriptor", "");
    char *path = rc == SITO_OK ? path_of(m, relative) : NULL;
    rc = rc == SITO_OK && path == NULL ? SITO_NOMEM : rc;
    rc =
        rc == SITO_OK
            ? sito_db_text(m->db, &create, error,
                           "SELECT printf('CREATE VIRTUAL TABLE temp.data USING csv(filename=%Q,"
                           " encoding=%Q, delimiter=%Q, quote=%Q, header=yes, trim=no, trailing=no,"
                           " on_error=keep)', ?1,"
                           "  coalesce(lower(resource ->> '$.encoding'), 'utf-8'),"
                           "  coalesce(resource ->> '$.dialect.delimiter', 'auto'),"
                           "  coalesce(resource ->> '$.dialect.quoteChar', '\"')) FROM descriptor",
                           "t", path)
            : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, create, error) : rc;
    sito_free(create);
    sito_free(path);
    sito_free(relative);
    return rc;
}

static int refuse_damage(SitoMaking *m, char **error) {
    int64_t damaged = 0, line = 0;
    int rc = sito_db_integer(m->db, &damaged, error,
                             "SELECT count(*) FROM temp.data WHERE _defect IS NOT NULL", "");
    rc = rc == SITO_OK && damaged > 0
             ? sito_db_integer(m->db, &line, error,
                               "SELECT min(_line) FROM temp.data WHERE _defect IS NOT NULL", "")
             : rc;
    return rc == SITO_OK && damaged > 0
               ? sito_error(
                     error, SITO_ERROR,
                     sito_say(m->language,
                              "uszkodzonych rekordów: %lld, pierwszy w wierszu %lld; popraw "
                              "plik, zanim powstanie z niego nowy (sito check mówi, co w nim "
                              "jest)",
                              "damaged records: %lld, the first in line %lld; mend the file "
                              "before a new one is made of it (sito check says what is wrong)"),
                     (long long)damaged, (long long)line)
               : rc;
}

static int open_persons(SitoMaking *m, char **error) {
    char *relative = NULL, *select = NULL;
    int rc = sito_db_text(m->db, &relative, error,
                          "SELECT resource ->> '$.disclosure.unit.companion' FROM descriptor"
                          " WHERE json_type(resource, '$.disclosure.unit') = 'object'",
                          "");
    rc = rc == SITO_OK
             ? sito_db_run(m->db, "CREATE TEMP TABLE unit(number INTEGER PRIMARY KEY, code)", error)
             : rc;
    if (rc == SITO_OK && relative != NULL) {
        char *path = path_of(m, relative);
        char *create = path == NULL ? NULL
                                    : sito_print("CREATE VIRTUAL TABLE temp.persons USING csv("
                                                 "filename=%Q, encoding='utf-8', header='yes')",
                                                 path);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(m->db, create, error);
        sito_free(create);
        sito_free(path);
        rc = rc == SITO_OK
                 ? sito_db_text(m->db, &select, error,
                                "SELECT printf('INSERT INTO temp.unit SELECT rowid, \"%w\" FROM"
                                " temp.persons', name) FROM pragma_table_xinfo('persons', 'temp')"
                                " WHERE cid = 0",
                                "")
                 : rc;
        rc = rc == SITO_OK ? sito_db_run(m->db, select, error) : rc;
    }
    sito_free(select);
    sito_free(relative);
    return rc;
}

/* ---- what becomes of each column ---- */

static int plan_columns(SitoMaking *m, char **error) {
    char *field = NULL;
    int rc = sito_db_do(
        m->db, error,
        "INSERT INTO treatment"
        " SELECT ?1, f.key + 1, f.value ->> '$.name', coalesce(f.value ->> '$.type', 'string'),"
        "   f.value ->> '$.disclosure.role' AS role,"
        "   CASE f.value ->> '$.disclosure.role' WHEN 'direct-identifier' THEN 'drop'"
        "     WHEN 'free-text' THEN 'drop' WHEN 'quasi-identifier' THEN 'generalise'"
        "     WHEN 'release-number' THEN iif(f.value ->> '$.type' = 'integer', 'renumber', 'keep')"
        "     ELSE 'keep' END,"
        "   f.value ->> '$.disclosure.hierarchy',"
        "   coalesce(f.value ->> '$.disclosure.hierarchy', CASE f.value ->> '$.type'"
        "     WHEN 'integer' THEN 'interval:5,10,20' WHEN 'date' THEN 'date:month,quarter,year'"
        "     WHEN 'datetime' THEN 'date:month,quarter,year' WHEN 'yearmonth' THEN 'date:quarter,year'"
        "     WHEN 'year' THEN 'date:decade' ELSE 'suppress' END), NULL, NULL"
        "   FROM descriptor, json_each(resource, '$.schema.fields') AS f",
        "i", m->number);
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &field, error,
                            "SELECT field FROM treatment WHERE resource = ?1 AND role IS NULL"
                            " ORDER BY position",
                            "i", m->number)
             : rc;
    if (rc == SITO_OK && field != NULL) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(m->language,
                                 "kolumna „%s” nie ma roli; nadaj role wszystkim kolumnom "
                                 "(disclosure.role), bo od nich zależy, co się z nimi stanie",
                                 "the column \"%s\" has no role; give every column one "
                                 "(disclosure.role): it decides what becomes of it"),
                        field);
    }
    sito_free(field);
    field = NULL;
    rc = rc == SITO_OK
             ? sito_db_text(
                   m->db, &field, error,
                   "SELECT field FROM treatment WHERE resource = ?1 AND NOT EXISTS (SELECT 1"
                   " FROM pragma_table_xinfo('data', 'temp') AS c WHERE c.name = field)"
                   " ORDER BY position",
                   "i", m->number)
             : rc;
    if (rc == SITO_OK && field != NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(m->language,
                                 "w pliku nie ma kolumny „%s”, którą podaje opis zbioru",
                                 "the file lacks the column \"%s\" of the descriptor"),
                        field);
    }
    sito_free(field);
    return rc;
}

/* A hierarchy in a file becomes a table, temp.h_RESOURCE_POSITION. */
static int open_hierarchies(SitoMaking *m, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(m->db, &row, error,
                             "SELECT position, spec FROM treatment WHERE resource = ?1 AND how ="
                             " 'generalise' AND spec <> 'suppress' AND spec NOT GLOB 'interval:*'"
                             " AND spec NOT GLOB 'date:*' AND spec NOT GLOB 'prefix:*'"
                             " AND spec NOT GLOB 'teryt:*' ORDER BY position",
                             "i", m->number);
    while (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        int64_t position = sqlite3_column_int64(row, 0);
        char *path = path_of(m, (const char *)sqlite3_column_text(row, 1));
        char *create =
            path == NULL ? NULL
                         : sito_print("CREATE VIRTUAL TABLE temp.h_%lld_%lld USING csv(filename=%Q,"
                                      " header=auto, on_error=fail)",
                                      (long long)m->number, (long long)position, path);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(m->db, create, error);
        rc = rc == SITO_OK ? sito_db_do(m->db, error,
                                        "UPDATE treatment SET spec = printf('temp.h_%d_%d', ?1, ?2)"
                                        " WHERE resource = ?1 AND position = ?2",
                                        "ii", m->number, position)
                           : rc;
        sito_free(create);
        sito_free(path);
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- the search ---- */

/* The plan of anon_release, with the thresholds that the gate uses. */
static int make_plan(SitoMaking *m, int64_t k, const char *sensitive, char **plan, char **error) {
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

/* The search counts rows and one sensitive column; what it offers is asked over persons and for all. Where
** that misses, the column that missed is searched by, and then a larger k, since persons have several rows. */
static int search(SitoMaking *m, char **error) {
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
        rc = make_plan(m, k, sensitive, &plan, error);
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
    return rc == SITO_OK && !found
               ? sito_error(
                     error, SITO_ERROR, "%s",
                     sito_say(m->language,
                              "żaden wybór poziomów nie spełnia progów; dodaj wyższe poziomy "
                              "hierarchii, zmień role albo poproś o wyższy maxSuppressed",
                              "no choice of levels meets the thresholds; add higher levels to a "
                              "hierarchy, change roles, or ask for a larger maxSuppressed"))
               : rc;
}

static int keep_frontier(SitoMaking *m, char **error) {
    return sito_db_do(
        m->db, error,
        "INSERT INTO frontier SELECT ?1, f.k, f.suppressed, f.share, f.loss, f.levels,"
        " f.k = json_extract(r.plan, '$.k') AND f.levels = (SELECT group_concat(level) FROM"
        "   (SELECT level FROM treatment WHERE resource = ?1 AND how = 'generalise'"
        "     ORDER BY position))"
        " FROM resource AS r, anon_frontier('temp.data', r.plan) AS f WHERE r.number = ?1",
        "i", m->number);
}

/* ---- writing ---- */

static const char make_output[] =
    "SELECT 'SELECT ' || group_concat(CASE WHEN how = 'renumber' THEN 'row_number() OVER (ORDER BY"
    "   d.rowid)' WHEN how = 'generalise' AND level > 0 THEN printf('anon_level(d.\"%w\", %Q, %d, %Q)',"
    "   field, spec, level, ?2) ELSE printf('d.\"%w\"', field) END || printf(' AS \"%w\"', field), ', ')"
    " || ' FROM temp.data AS d JOIN temp.kept AS k ON k.row = d.rowid ORDER BY d.rowid'"
    " FROM (SELECT * FROM treatment WHERE resource = ?1 AND how <> 'drop' ORDER BY position)";

static int put_cell(SitoBuffer *out, const char *text, size_t size, char delimiter) {
    bool quote = size > 0 && (text[0] == ' ' || text[size - 1] == ' ');
    for (size_t i = 0; i < size && !quote; i++) {
        quote = text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r';
    }
    int rc = quote ? sito_buffer_add(out, "\"", 1) : SITO_OK;
    for (size_t i = 0; i < size && quote && rc == SITO_OK; i++) {
        rc = sito_buffer_add(out, text[i] == '"' ? "\"\"" : text + i, text[i] == '"' ? 2 : 1);
    }
    return rc != SITO_OK ? rc
           : quote       ? sito_buffer_add(out, "\"", 1)
                         : sito_buffer_add(out, text, size);
}

/* The rows of a SELECT as CSV, with a heading. */
static int put_rows(SitoMaking *m, const char *select, char delimiter, SitoBuffer *out,
                    char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(m->db, &row, error, select, "");
    int columns = rc == SITO_OK ? sqlite3_column_count(row) : 0, step = SQLITE_ROW;
    for (int c = 0; c < columns && rc == SITO_OK; c++) {
        const char *name = sqlite3_column_name(row, c);
        rc = name == NULL ? SITO_NOMEM : put_cell(out, name, strlen(name), delimiter);
        rc = rc == SITO_OK ? sito_buffer_add(out, c + 1 < columns ? &delimiter : "\n", 1) : rc;
    }
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        for (int c = 0; c < columns && rc == SITO_OK; c++) {
            const char *text = (const char *)sqlite3_column_text(row, c);
            rc = put_cell(out, text != NULL ? text : "", (size_t)sqlite3_column_bytes(row, c),
                          delimiter);
            rc = rc == SITO_OK ? sito_buffer_add(out, c + 1 < columns ? &delimiter : "\n", 1) : rc;
        }
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(m->db, step, error);
    }
    sqlite3_finalize(row);
    return rc;
}

static int stage_rows(SitoMaking *m, const char *path, const char *select, char delimiter,
                      char **error) {
    SitoBuffer out = {0};
    char sha256[SITO_SHA256_HEX];
    int rc = put_rows(m, select, delimiter, &out, error);
    rc = rc == SITO_OK
             ? sito_stage_write(m->stage, path, (SitoText){out.data, out.size}, sha256, error)
             : rc;
    if (rc == SITO_TOOBIG && (error == NULL || *error == NULL)) {
        rc = sito_error(error, rc, "%s",
                        sito_say(m->language, "nowy plik byłby większy niż 1 GiB; podziel dane",
                                 "the new file would be larger than 1 GiB; split the data"));
    }
    sito_buffer_free(&out);
    return rc;
}

static int write_files(SitoMaking *m, char **error) {
    char *select = NULL, *path = NULL, *delimiter = NULL, *companion = NULL, *persons = NULL;
    int rc = sito_db_text(m->db, &select, error, make_output, "it", m->number,
                          sito_say(m->language, "pl", "en"));
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &path, error, "SELECT resource ->> '$.path' FROM descriptor", "")
             : rc;
    rc = rc == SITO_OK
             ? sito_db_text(
                   m->db, &delimiter, error,
                   "SELECT coalesce(resource ->> '$.dialect.delimiter', ';') FROM descriptor", "")
             : rc;
    rc = rc == SITO_OK ? stage_rows(m, path, select, delimiter[0], error) : rc;
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &companion, error,
                            "SELECT resource ->> '$.disclosure.unit.companion' FROM descriptor"
                            " WHERE json_type(resource, '$.disclosure.unit') = 'object'",
                            "")
             : rc;
    if (rc == SITO_OK && companion != NULL) {
        rc = sito_db_text(
            m->db, &persons, error,
            "SELECT printf('SELECT u.code AS \"%w\" FROM temp.unit AS u JOIN temp.kept AS"
            " k ON k.row = u.number ORDER BY u.number', name) FROM"
            " pragma_table_xinfo('persons', 'temp') WHERE cid = 0",
            "");
        rc = rc == SITO_OK ? stage_rows(m, companion, persons, ';', error) : rc;
    }
    sito_free(select);
    sito_free(path);
    sito_free(delimiter);
    sito_free(companion);
    sito_free(persons);
    return rc;
}

/* The resource in the new descriptor: columns that are there, of the type that they have now; what speaks
** of a column that is gone or was generalised goes, too. */
static int change_descriptor(SitoMaking *m, char **error) {
    return sito_db_do(
        m->db, error,
        "WITH changed AS (SELECT field FROM treatment WHERE resource = ?1 AND (how = 'drop' OR (how ="
        "   'generalise' AND level > 0))),"
        " fields AS (SELECT json_group_array(json(f)) AS list FROM (SELECT CASE WHEN how = 'generalise' AND"
        "   level > 0 THEN json_remove(json_set(v.value, '$.type', 'string'), '$.format', '$.decimalChar',"
        "   '$.groupChar', '$.bareNumber', '$.disclosure.hierarchy', '$.constraints.minimum',"
        "   '$.constraints.maximum', '$.constraints.exclusiveMinimum', '$.constraints.exclusiveMaximum',"
        "   '$.constraints.pattern', '$.constraints.enum', '$.constraints.minLength',"
        "   '$.constraints.maxLength', '$.constraints.unique', '$.categories') ELSE v.value END AS f"
        "   FROM descriptor AS d, json_each(d.resource, '$.schema.fields') AS v JOIN treatment AS t ON"
        "   t.resource = ?1 AND t.position = v.key + 1 WHERE t.how <> 'drop' ORDER BY v.key)),"
        " new AS (SELECT json_remove(json_set(resource, '$.encoding', 'utf-8', '$.dialect',"
        "   json_object('delimiter', coalesce(resource ->> '$.dialect.delimiter', ';')),"
        "   '$.schema.fields', json((SELECT list FROM fields))), '$.bytes', '$.hash',"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.primaryKey') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.primaryKey', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.uniqueKeys') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.uniqueKeys', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.foreignKeys') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.foreignKeys', '$.bytes'),"
        "   iif(resource ->> '$.coverage.temporal.field' IN (SELECT field FROM changed),"
        "     '$.coverage.temporal', '$.bytes'),"
        "   iif(resource ->> '$.coverage.spatial.field' IN (SELECT field FROM changed),"
        "     '$.coverage.spatial', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.consistency') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.consistency', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.quality') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.quality', '$.bytes')) AS r FROM descriptor)"
        " UPDATE descriptor SET doc = json_set(doc, '$.resources[' || ?1 || ']', json((SELECT r FROM"
        "   new)))",
        "i", m->number);
}

/* Files that the new descriptor still names: hierarchies of columns that stayed as they were. */
static int copy_lists(SitoMaking *m, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(
        m->db, &row, error,
        "SELECT DISTINCT p FROM (SELECT hierarchy AS p FROM treatment WHERE resource = ?1 AND how ="
        "   'generalise' AND level = 0 AND spec GLOB 'temp.h_*' UNION ALL SELECT"
        "   iif(instr(c, '#'), substr(c, 1, instr(c, '#') - 1), c) FROM (SELECT doc ->>"
        "   ('$.resources[' || ?1 || '].coverage.spatial.codelist') AS c FROM descriptor))"
        " WHERE p IS NOT NULL",
        "i", m->number);
    while (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        const char *relative = (const char *)sqlite3_column_text(row, 0);
        char *path = path_of(m, relative);
        SitoBuffer content = {0};
        char sha256[SITO_SHA256_HEX];
        rc = path == NULL ? SITO_NOMEM : sito_file_read(path, m->language, &content, sha256, error);
        rc = rc == SITO_OK ? sito_stage_write(m->stage, relative,
                                              (SitoText){content.data, content.size}, sha256, error)
                           : rc;
        sito_buffer_free(&content);
        sito_free(path);
    }
    sqlite3_finalize(row);
    return rc;
}

int sito_make_resource(SitoMaking *m, char **error) {
    int64_t generalised = 0;
    int rc = drop_tables(m, error);
    rc = rc == SITO_OK
             ? sito_db_do(m->db, error,
                          "UPDATE descriptor SET resource = json_extract(doc, '$.resources['"
                          " || ?1 || ']')",
                          "i", m->number)
             : rc;
    rc = rc == SITO_OK ? open_data(m, error) : rc;
    rc = rc == SITO_OK ? refuse_damage(m, error) : rc;
    rc = rc == SITO_OK ? open_persons(m, error) : rc;
    rc = rc == SITO_OK ? plan_columns(m, error) : rc;
    rc = rc == SITO_OK ? open_hierarchies(m, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_do(m->db, error,
                          "INSERT INTO resource SELECT ?1, resource ->> '$.name', resource ->>"
                          " '$.path', (SELECT count(*) FROM temp.data), 0, NULL, NULL, NULL"
                          " FROM descriptor",
                          "i", m->number)
             : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(m->db, &generalised, error,
                               "SELECT count(*) FROM treatment WHERE resource = ?1 AND how ="
                               " 'generalise'",
                               "i", m->number)
             : rc;
    if (rc == SITO_OK && generalised > 0) {
        rc = search(m, error);
        rc = rc == SITO_OK ? keep_frontier(m, error) : rc;
    } else if (rc == SITO_OK) {
        rc = sito_db_run(m->db,
                         "CREATE TEMP TABLE kept(row INTEGER PRIMARY KEY);"
                         "INSERT INTO temp.kept SELECT rowid FROM temp.data",
                         error);
    }
    rc = rc == SITO_OK ? write_files(m, error) : rc;
    rc = rc == SITO_OK ? change_descriptor(m, error) : rc;
    rc = rc == SITO_OK ? copy_lists(m, error) : rc;
    int dropped = drop_tables(m, error);
    return rc == SITO_OK ? dropped : rc;
}
