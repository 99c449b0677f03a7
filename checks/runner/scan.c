/*
** One scan of one resource (scan.h).
*/
#include "scan.h"

#include <sqlite3.h>

#include <string.h>

#include "runner/attack.h"
#include "runner/codelist.h"
#include "runner/coverage.h"
#include "runner/headings.h"
#include "runner/entity.h"
#include "runner/keys.h"
#include "runner/quality.h"
#include "runner/population.h"
#include "runner/published.h"
#include "common/clock.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/trouble.h"

enum { RISK_COLUMNS = 120 };

typedef struct Scan {
    sqlite3 *db;
    const SitoPackage *package;
    int64_t index;
    SitoLanguage language;
    SitoInputs *inputs;
    char *file;      /* full path of the data */
    char *companion; /* relative path of the companion file, or NULL */
    int64_t size;    /* bytes of the file */
    int64_t titles;  /* lines above the heading */
    int64_t columns; /* of the file */
    int64_t rows;
    char sha256[SITO_SHA256_HEX];
} Scan;

/* ---- the tables to read from ---- */

static int run_embedded(Scan *scan, const char *path, char **error) {
    const SitoEmbedded *file = sito_embedded_find(sito_embedded_runner, path);
    return file == NULL ? sito_error(error, SITO_ERROR, "%s is missing in the program", path)
                        : sito_db_run(scan->db, file->data, error);
}

static int keep_descriptor(Scan *scan, char **error) {
    int rc = sito_db_run(scan->db,
                         "CREATE TEMP TABLE descriptor(doc, resource, described, today);"
                         "CREATE TEMP TABLE unit(number INTEGER PRIMARY KEY, code);"
                         "CREATE TEMP TABLE scanned(result)",
                         error);
    if (rc == SITO_OK) {
        char now[SITO_CLOCK_SIZE];
        sito_clock_now(now);
        rc = sito_db_do(scan->db, error,
                        "INSERT INTO temp.descriptor"
                        " SELECT ?1, json_extract(?1, '$.resources[' || ?2 || ']'), ?3,"
                        "        substr(?4, 1, 10)",
                        "tiit", scan->package->text, scan->index,
                        (int64_t)(scan->package->descriptor != NULL), now);
    }
    return rc;
}

/* How the bytes look by themselves, before anything is believed of the descriptor. */
static int sniff(Scan *scan, char **error) {
    return sito_db_do(scan->db, error, "CREATE TEMP TABLE sniffed AS SELECT * FROM csv_sniff(?1)",
                      "t", scan->file);
}

/* Lines above the heading would make every record a damaged one: they are left to read_titles. A
** file that is said to have no heading, or another delimiter than was seen, has none. */
static int count_titles(Scan *scan, char **error) {
    return sito_db_integer(
        scan->db, &scan->titles, error,
        "SELECT iif(coalesce(resource ->> '$.dialect.header', 1)"
        "    AND coalesce(resource ->> '$.dialect.delimiter', s.delimiter) = s.delimiter,"
        "  s.preamble, 0) FROM temp.descriptor, temp.sniffed AS s",
        "");
}

/* The data as a table. What the descriptor states is taken at its word (rules compare it with what
** was sniffed); a described file has headings unless the descriptor says that it has none. Nothing
** is left out or trimmed: what will be published is what is looked at. */
static int open_data(Scan *scan, char **error) {
    char *create = NULL;
    int rc = count_titles(scan, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_db_text(
        scan->db, &create, error,
        "SELECT printf('CREATE VIRTUAL TABLE temp.data USING csv(filename=%Q, encoding=%Q,'"
        "  || ' delimiter=%Q, quote=%Q, header=%Q, skip=%d, trim=no, trailing=%Q,'"
        "  || ' on_error=''keep'', sha256=''compute'')', ?1,"
        "  CASE WHEN described THEN coalesce(lower(resource ->> '$.encoding'), 'utf-8') ELSE 'auto' END,"
        "  coalesce(resource ->> '$.dialect.delimiter', iif(?2 > 0, s.delimiter, 'auto')),"
        "  coalesce(resource ->> '$.dialect.quoteChar', '\"'),"
        "  CASE WHEN resource ->> '$.dialect.header' = 0 THEN 'no' WHEN described THEN 'yes'"
        "       ELSE 'auto' END, ?2,"
        "  iif(s.trailing AND coalesce(resource ->> '$.dialect.delimiter', s.delimiter) = s.delimiter,"
        "      'yes', 'no'))"
        " FROM temp.descriptor, temp.sniffed AS s",
        "ti", scan->file, scan->titles);
    if (rc == SITO_OK) {
        rc = sito_db_run(scan->db, create, error);
    }
    sito_free(create);
    if (rc == SITO_OK) {
        rc =
            sito_db_run(scan->db,
                        "UPDATE temp.sniffed SET header = 0"
                        " WHERE (SELECT resource ->> '$.dialect.header' FROM temp.descriptor) = 0;"
                        "UPDATE temp.sniffed SET header = 1 WHERE (SELECT described"
                        "   AND coalesce(resource ->> '$.dialect.header', 1) FROM temp.descriptor);"
                        "CREATE TEMP TABLE file_column AS SELECT cid + 1 AS position, name"
                        "  FROM pragma_table_xinfo('data', 'temp') WHERE hidden = 0",
                        error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(scan->db, &scan->columns, error,
                             "SELECT count(*) FROM temp.file_column", "");
    }
    return rc;
}

/* The persons: one code a record, in the order of the file, under the heading of a single column.
** */
static int open_companion(Scan *scan, char **error) {
    char *full = sito_path_join(scan->package->folder, scan->companion), *sha256 = NULL;
    int64_t columns = 0, empty = 0, size = 0;
    int rc = full == NULL ? SITO_NOMEM : sito_file_size(full, scan->language, &size, error);
    if (rc == SITO_OK) {
        char *create = sito_print("CREATE VIRTUAL TABLE temp.companion USING csv(filename=%Q,"
                                  " encoding='utf-8', header='yes', sha256='compute')",
                                  full);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(scan->db, create, error);
        sito_free(create);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(scan->db, &columns, error,
                             "SELECT count(*) FROM pragma_table_xinfo('companion', 'temp')"
                             " WHERE hidden = 0",
                             "");
    }
    if (rc == SITO_OK && columns != 1) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(scan->language, "plik osób %s ma mieć jedną kolumnę (kod osoby), a ma %lld",
                     "the companion file %s must have one column (the person's code), it "
                     "has %lld"),
            scan->companion, columns);
    }
    if (rc == SITO_OK) {
        char *name = NULL;
        rc = sito_db_text(
            scan->db, &name, error,
            "SELECT printf('INSERT INTO temp.unit SELECT rowid, \"%w\" FROM temp.companion', name)"
            " FROM pragma_table_xinfo('companion', 'temp') WHERE cid = 0",
            "");
        rc = rc == SITO_OK ? sito_db_run(scan->db, name, error) : rc;
        sito_free(name);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(scan->db, &empty, error,
                             "SELECT count(*) FROM temp.unit WHERE code IS NULL OR trim(code) = ''",
                             "");
    }
    if (rc == SITO_OK && empty > 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(scan->language, "plik osób %s: puste kody osób: %lld",
                                 "the companion file %s: empty codes: %lld"),
                        scan->companion, empty);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(scan->db, &sha256, error, "SELECT csv_sha256('temp.companion')", "");
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(scan->inputs, "companion", scan->companion, sha256);
    }
    sito_free(sha256);
    sito_free(full);
    return rc;
}

/* ---- the one SELECT ---- */

/* The configuration of profile_facts. */
static const char profile_config[] =
    "SELECT json_object('fields', json_group_array(json(f)), 'missingValues',"
    "  json(coalesce((SELECT resource -> '$.schema.missingValues' FROM temp.descriptor), '[\"\"]')),"
    "  'defects', json('true'), 'witnesses', ?1, 'cells', json('true'),"
    "  'order', (SELECT json_group_array(json_array(o.value ->> '$.first', o.value ->> '$.last'))"
    "     FROM temp.descriptor, json_each(resource, '$.consistency.order') AS o"
    "    WHERE o.value ->> '$.first' IN (SELECT name FROM field WHERE position IS NOT NULL)"
    "      AND o.value ->> '$.last' IN (SELECT name FROM field WHERE position IS NOT NULL)),"
    "  'sums', (SELECT json_group_array(json(s.value))"
    "     FROM temp.descriptor, json_each(resource, '$.consistency.sums') AS s"
    "    WHERE NOT EXISTS (SELECT 1 FROM json_tree(s.value) AS n WHERE n.type = 'text'"
    "      AND n.atom NOT IN (SELECT name FROM field WHERE position IS NOT NULL))),"
    /* a key already tells repeats; classes of k-anonymous data repeat by intent */
    "  'duplicates', json(iif(EXISTS (SELECT 1 FROM field WHERE is_unique"
    "      OR role IN ('quasi-identifier', 'sensitive', 'release-number')), 'false', 'true')))"
    " FROM (SELECT json_object('name', field.name, 'type', coalesce(field.type, 'string'),"
    "         'format', field.format,"
    "         'required', json(iif(required, 'true', 'false')),"
    "         'unique', json(iif(is_unique, 'true', 'false')),"
    "         'decimalChar', coalesce(m.field ->> '$.decimalChar',"
    "            CASE WHEN m.field IS NULL THEN (SELECT decimal FROM temp.sniffed) END),"
    "         'groupChar', m.field ->> '$.groupChar', 'bareNumber', m.field -> '$.bareNumber',"
    "         'delimiter', m.field ->> '$.delimiter', 'itemType', m.field ->> '$.itemType',"
    "         'missingValues', m.field -> '$.missingValues', 'trueValues', m.field -> '$.trueValues',"
    "         'falseValues', m.field -> '$.falseValues', 'constraints', m.field -> '$.constraints',"
    "         'categories', m.field -> '$.categories', 'axis', x.axis, 'kind', x.kind,"
    "         'codes', json(x.codes), 'today', dataset.today) AS f"
    "         FROM dataset, field JOIN temp.matched AS m ON m.position = field.position"
    "         LEFT JOIN temp.asked AS x ON x.position = field.position"
    "        ORDER BY field.position)";

static int add_profile_call(Scan *scan, SitoBuffer *sql, char **error) {
    char *config = NULL;
    int rc = sito_db_text(scan->db, &config, error, profile_config, "i", (int64_t)SITO_SAMPLES);
    if (rc == SITO_OK) {
        rc = sito_buffer_print(
            sql,
            ", profile_facts(%Q, data.rowid, _line, _byte,"
            " coalesce(_defect, _warning), CASE WHEN _defect IS NOT NULL THEN _record END, _cells)",
            config);
    }
    sito_free(config);
    return rc;
}

/* The columns of one call of risk_facts: the quasi-identifiers, in the first call (?3) the sensitive
** ones, and the others from ?4 + 1 to ?5, in the order in which others are listed. Without a statement
** that nobody is concerned, each sensitive and each public column is also tried as a quasi-identifier. */
#define RISK_MEMBERS                                                                                \
    "(SELECT position, name, iif(role = 'public', 'other', role) AS role, number FROM ("            \
    "   SELECT *, iif(role = 'public', row_number() OVER (PARTITION BY role ORDER BY position), 0)" \
    "     AS number FROM field WHERE position IS NOT NULL"                                          \
    "      AND role IN ('quasi-identifier', 'sensitive', 'public'))"                                \
    "  WHERE CASE role WHEN 'quasi-identifier' THEN 1 WHEN 'sensitive' THEN ?3"                     \
    "    ELSE number BETWEEN ?4 + 1 AND ?5 END"                                                     \
    "  ORDER BY role = 'other', position)"

static int add_risk_part(Scan *scan, SitoBuffer *sql, bool first, int64_t from, int64_t to,
                         char **error) {
    char *config = NULL;
    int rc = sito_db_text(
        scan->db, &config, error,
        "SELECT json_object('cells', json('true'), 'columns', json_group_array(json(c)), 'k',"
        "  (SELECT CAST(effective AS INTEGER) FROM threshold WHERE name = 'k'), 'witnesses', ?2,"
        "  'measures', json(iif(?3, 'true', 'false')),"
        "  'doubts', json((SELECT iif(persons IS NOT 'none' AND described, 'true', 'false')"
        "                    FROM dataset)))"
        " FROM (SELECT json_object('name', name, 'role', role, 'position', position, 't',"
        "         coalesce((SELECT resource ->> '$.disclosure.t.model' FROM temp.descriptor"
        "                    WHERE json_type(resource, '$.disclosure.t') = 'object'), 'equal')) AS c"
        "         FROM " RISK_MEMBERS "       UNION ALL SELECT '{\"role\":\"unit\"}' WHERE ?1"
        "       UNION ALL VALUES ('{\"role\":\"record\"}'), ('{\"role\":\"line\"}'),"
        "                        ('{\"role\":\"byte\"}'))",
        "iiiii", (int64_t)(scan->companion != NULL), (int64_t)SITO_SAMPLES, (int64_t)first, from,
        to);
    if (rc == SITO_OK) {
        rc = sito_buffer_print(sql, ", risk_facts(%Q, _cells%s, data.rowid, _line, _byte)", config,
                               scan->companion != NULL ? ", unit.code" : "");
    }
    sito_free(config);
    return rc;
}

/* One call has room for RISK_COLUMNS columns; where there are more others than that, more calls. */
static int add_risk_call(Scan *scan, SitoBuffer *sql, char **error) {
    int64_t count = 0, quasi = 0, others = 0;
    int rc = sito_db_integer(scan->db, &count, error,
                             "SELECT count(*) FROM field WHERE position IS NOT NULL"
                             " AND role IN ('quasi-identifier', 'sensitive')",
                             "");
    if (rc == SITO_OK && count > RISK_COLUMNS) {
        return sito_error(
            error, SITO_MISUSE,
            sito_say(scan->language,
                     "kolumn o rolach quasi-identifier i sensitive może być %d, a jest %lld",
                     "at most %d columns may be quasi-identifier or sensitive; there are "
                     "%lld"),
            RISK_COLUMNS, count);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(scan->db, &quasi, error,
                             "SELECT count(*) FROM field WHERE position IS NOT NULL"
                             " AND role = 'quasi-identifier'",
                             "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(
            scan->db, &others, error,
            "SELECT count(*) FROM field WHERE position IS NOT NULL AND role = 'public'"
            " AND (SELECT persons IS NOT 'none' AND described FROM dataset)",
            "");
    }
    int64_t room = RISK_COLUMNS - count, from = 0;
    if (rc == SITO_OK) {
        rc = add_risk_part(scan, sql, true, from, others < room ? others : room, error);
    }
    for (from = room; from < others && quasi < RISK_COLUMNS && rc == SITO_OK; from += room) {
        room = RISK_COLUMNS - quasi;
        rc = add_risk_part(scan, sql, false, from, from + room < others ? from + room : others,
                           error);
    }
    return rc;
}

/* SELECT count(*), profile_facts(…), risk_facts(…) FROM temp.data */
static int write_select(Scan *scan, SitoBuffer *sql, char **error) {
    int rc = sito_buffer_print(sql, "SELECT count(*)");
    if (rc == SITO_OK) {
        rc = add_profile_call(scan, sql, error);
    }
    if (rc == SITO_OK) {
        rc = add_risk_call(scan, sql, error);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(
            sql, " FROM temp.data%s",
            scan->companion != NULL ? " LEFT JOIN temp.unit ON unit.number = data.rowid" : "");
    }
    return rc == SITO_OK ? sito_buffer_add(sql, "", 1) : rc;
}

/* Lines above the heading are published with the file: each counts as a record out of place, and is
** searched like a damaged one. Without quotes every line is a record. */
static int read_titles(Scan *scan, char **error) {
    char *create = NULL;
    if (scan->titles == 0) {
        return SITO_OK;
    }
    int rc = sito_db_text(
        scan->db, &create, error,
        "SELECT printf('CREATE VIRTUAL TABLE temp.title USING csv(filename=%Q, encoding=%Q,'"
        "  || ' delimiter=%Q, quote=none, header=no, skip=0, trim=no, trailing=no,'"
        "  || ' on_error=keep)', ?1,"
        "  CASE WHEN described THEN coalesce(lower(resource ->> '$.encoding'), 'utf-8')"
        "       ELSE s.encoding END, s.delimiter)"
        " FROM temp.descriptor, temp.sniffed AS s",
        "t", scan->file);
    if (rc == SITO_OK) {
        rc = sito_db_run(scan->db, create, error);
    }
    sito_free(create);
    return rc != SITO_OK
               ? rc
               : sito_db_do(scan->db, error,
                            "INSERT INTO temp.scanned SELECT json_remove(profile_facts(json_object("
                            "  'fields', json('[{\"name\":\"\",\"type\":\"string\"}]'),"
                            "  'defects', json('true'), 'witnesses', ?2),"
                            " NULL, _line, _byte, 'title', _record, NULL), '$.profile')"
                            " FROM temp.title WHERE rowid <= ?1 AND _line <= ?1",
                            "ii", scan->titles, (int64_t)SITO_SAMPLES);
}

static int run_select(Scan *scan, char **error) {
    SitoBuffer sql = {0};
    sqlite3_stmt *row = NULL;
    int rc = write_select(scan, &sql, error);
    if (rc == SITO_OK) {
        rc = sito_db_prepare(scan->db, &row, error, sql.data, "");
    }
    sito_buffer_free(&sql);
    if (rc != SITO_OK) {
        return rc;
    }
    if (sqlite3_step(row) != SQLITE_ROW) {
        rc = sito_db_error(scan->db, sqlite3_errcode(scan->db), error);
    } else {
        int last = sqlite3_column_count(row) - 1;
        scan->rows = sqlite3_column_int64(row, 0);
        for (int i = 1; i <= last && rc == SITO_OK; i++) {
            const char *json = (const char *)sqlite3_column_text(row, i);
            rc = json == NULL ? SITO_NOMEM
                              : sito_db_do(scan->db, error, "INSERT INTO temp.scanned VALUES (?)",
                                           "t", json);
        }
    }
    sqlite3_finalize(row);
    if (rc == SITO_OK) {
        rc = read_titles(scan, error);
    }
    return rc == SITO_OK ? run_embedded(scan, "gather.sql", error) : rc;
}

/* ---- what was read, and whether it fits together ---- */

static int check_companion(Scan *scan, char **error) {
    int64_t codes;
    int rc = sito_db_integer(scan->db, &codes, error, "SELECT count(*) FROM temp.unit", "");
    if (rc == SITO_OK && codes != scan->rows) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(scan->language,
                     "plik osób %s ma kody osób: %lld, a plik danych ma rekordy: %lld; "
                     "potrzebny jest jeden kod na rekord, w tej samej kolejności",
                     "the companion file %s has %lld codes, the data have %lld records; one "
                     "code a record is needed, in the same order"),
            scan->companion, codes, scan->rows);
    }
    return rc;
}

static int keep_resource(Scan *scan, char **error) {
    char *sha256 = NULL, *path = NULL;
    int rc = sito_db_text(scan->db, &sha256, error, "SELECT csv_sha256('temp.data')", "");
    if (rc == SITO_OK && sha256 == NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(scan->language, "pliku %s nie odczytano do końca",
                                 "the file %s was not read to its end"),
                        scan->file);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(scan->db, &path, error,
                          "SELECT resource ->> '$.path' FROM temp.descriptor", "");
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(scan->inputs, "data", path, sha256);
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(
            scan->db, error,
            "INSERT INTO resource SELECT resource ->> '$.name', resource ->> '$.path', ?1, ?4, ?2,"
            "  CASE WHEN described THEN coalesce(lower(resource ->> '$.encoding'), 'utf-8')"
            "       ELSE s.encoding END,"
            "  iif(described, 'declared', s.encoding_from),"
            "  iif(described, coalesce(lower(resource ->> '$.encoding'), 'utf-8'), NULL),"
            /* bytes that are the same text in the declared encoding say nothing against it */
            "  CASE WHEN s.evidence LIKE '%only ASCII bytes%' THEN NULL"
            "       WHEN s.evidence LIKE '%none of the letters that differ%'"
            "        AND lower(resource ->> '$.encoding') IN ('windows-1250', 'iso-8859-2')"
            "         THEN lower(resource ->> '$.encoding')"
            "       ELSE s.encoding END,"
            "  coalesce(resource ->> '$.dialect.delimiter', s.delimiter),"
            "  iif(resource ->> '$.dialect.delimiter' IS NULL, 'detected', 'declared'),"
            "  coalesce(resource ->> '$.dialect.quoteChar', '\"'), s.header,"
            "  CASE WHEN ?3 THEN (SELECT count(DISTINCT code) FROM temp.unit) END"
            " FROM temp.descriptor, temp.sniffed AS s",
            "tiii", sha256, scan->rows, (int64_t)(scan->companion != NULL), scan->size);
    }
    sito_free(path);
    sito_free(sha256);
    return rc;
}

/* ---- all of it ---- */

static int scan_file(Scan *scan, const SitoPolicy *policy, char **error) {
    char *disclosure = NULL;
    int rc = sito_file_size(scan->file, scan->language, &scan->size, error);
    if (rc == SITO_OK) {
        rc = keep_descriptor(scan, error);
    }
    if (rc == SITO_OK) {
        rc = sniff(scan, error);
    }
    if (rc == SITO_OK) {
        rc = open_data(scan, error);
    }
    if (rc == SITO_OK) {
        rc = run_embedded(scan, "describe.sql", error);
    }
    if (rc == SITO_OK) {
        rc = run_embedded(scan, "metadata.sql", error);
    }
    if (rc == SITO_OK) {
        rc = sito_headings_read(scan->db, scan->file, scan->titles, scan->columns, error);
    }
    if (rc == SITO_OK) {
        rc = sito_codelists_load(scan->db, scan->package->folder, scan->language, scan->inputs,
                                 error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(scan->db, &disclosure, error,
                          "SELECT resource -> '$.disclosure' FROM temp.descriptor", "");
    }
    if (rc == SITO_OK) {
        rc = sito_policy_fill(scan->db, policy, disclosure, error);
    }
    sito_free(disclosure);
    if (rc == SITO_OK && scan->companion != NULL) {
        rc = open_companion(scan, error);
    }
    if (rc == SITO_OK) {
        rc = run_select(scan, error);
    }
    if (rc == SITO_OK && scan->companion != NULL) {
        rc = check_companion(scan, error);
    }
    if (rc == SITO_OK) {
        rc = keep_resource(scan, error);
    }
    if (rc == SITO_OK) {
        rc = sito_coverage_fill(scan->db, scan->package->folder, scan->language, scan->inputs,
                                error);
    }
    if (rc == SITO_OK) {
        rc = sito_keys_fill(scan->db, error);
    }
    if (rc == SITO_OK) {
        rc = sito_quality_fill(scan->db, scan->language, error);
    }
    rc = rc == SITO_OK ? sito_attack_fill(scan->db, error) : rc;
    rc = rc == SITO_OK ? sito_entity_fill(scan->db, error) : rc;
    rc = rc == SITO_OK ? sito_population_fill(scan->db, scan->package->folder, scan->language,
                                              scan->inputs, error)
                       : rc;
    return rc == SITO_OK ? sito_published_fill(scan->db, scan->package, policy, scan->language,
                                               scan->inputs, error)
                         : rc;
}

int sito_scan(sqlite3 **db, const SitoPackage *package, const SitoPolicy *policy, int64_t index,
              SitoLanguage language, SitoInputs *inputs, char **error) {
    Scan scan = {.package = package, .index = index, .language = language, .inputs = inputs};
    char *path = NULL;
    int rc = sito_db_open(&scan.db, error);
    *db = scan.db;
    if (rc == SITO_OK) {
        rc = run_embedded(&scan, "facts.sql", error);
    }
    if (rc == SITO_OK) {
        rc = sito_package_text(scan.db, package, &path, error, "$.resources[%lld].path", index);
    }
    if (rc == SITO_OK) {
        rc = sito_package_text(scan.db, package, &scan.companion, error,
                               "$.resources[%lld].disclosure.unit.companion", index);
    }
    if (rc == SITO_OK) {
        scan.file = sito_path_join(package->folder, path);
        rc = scan.file == NULL ? SITO_NOMEM : scan_file(&scan, policy, error);
    }
    if (rc != SITO_OK && sito_trouble_translate(language, error) != SITO_OK) {
        rc = SITO_NOMEM;
    }
    sito_free(path);
    sito_free(scan.file);
    sito_free(scan.companion);
    return rc;
}
