/*
** Reads, judges and applies waivers (waiver.h). The states are decided by one SELECT, in the order in
** which a person would mend them.
*/
#include "runner/waiver.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/db.h"

#define WAIVER "$.waivers[]"

const char *const sito_waiver_roles = "local-data-controller custodian unit-coordinator "
                                      "open-data-officer administrator";

static const SitoKey keys[] = {
    {"$", "waivers", "*a", NULL},
    {WAIVER, "rule", "*t", NULL},
    {WAIVER, "dataset", "*t", NULL},
    {WAIVER, "resource", "t", NULL},
    {WAIVER, "sha256", "*t", NULL},
    {WAIVER, "scope", "o", NULL},
    {WAIVER, "by", "*t", NULL},
    {WAIVER, "role", "*t",
     "local-data-controller custodian unit-coordinator open-data-officer administrator"},
    {WAIVER, "why", "*t", NULL},
    {WAIVER, "basis", "t", NULL},
    {WAIVER, "case", "t", NULL},
    {WAIVER, "opinion", "o", NULL},
    {WAIVER, "way", "t", "15.2.2 15.2.3 statute"},
    {WAIVER, "granted", "t", NULL},
    {WAIVER, "expires", "t", NULL},
    {WAIVER ".scope", "fingerprints", "a", NULL},
    {WAIVER ".scope", "count", "i", NULL},
    {WAIVER ".scope", "records", "a", NULL},
    {WAIVER ".opinion", "case", "*t", NULL},
    {WAIVER ".opinion", "outcome", "*t", "positive negative"},
};

static const char *const closed[] = {"$", WAIVER, WAIVER ".scope", WAIVER ".opinion", NULL};

/* Each gives one row a problem: the number of the waiver, and one text. ?1 is the file. */
static const struct Lint {
    const char *sql, *pl, *en;
} lints[] = {
    {"SELECT w.key, w.value ->> '$.sha256' FROM json_each(?1, '$.waivers') AS w"
     " WHERE length(w.value ->> '$.sha256') <> 64 OR w.value ->> '$.sha256' GLOB '*[^0-9a-f]*'",
     "'%s' nie jest skrótem SHA-256 (64 cyfry szesnastkowe, małe litery)",
     "'%s' is no SHA-256 (64 hexadecimal digits in lower case)"},
    {"SELECT w.key, d.value FROM json_each(?1, '$.waivers') AS w, json_each(w.value) AS d"
     " WHERE d.key IN ('granted', 'expires') AND (d.value NOT GLOB"
     "   '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR date(d.value, '+0 days') IS NOT d.value)",
     "'%s' nie jest dniem w postaci RRRR-MM-DD", "'%s' is no day written YYYY-MM-DD"},
    {"SELECT w.key, d.key FROM json_each(?1, '$.waivers') AS w, json_each(w.value) AS d"
     " WHERE d.type = 'text' AND trim(d.value) = ''",
     "klucz '%s' jest pusty", "the key '%s' is empty"},
    {"SELECT w.key, '' FROM json_each(?1, '$.waivers') AS w,"
     "   json_each(w.value, '$.scope.fingerprints') AS f"
     " WHERE f.type <> 'text' OR length(f.value) <> 16 OR f.value GLOB '*[^0-9a-f]*'",
     "fingerprints: odcisk ustalenia ma 16 cyfr szesnastkowych (podaje go --format json)%s",
     "fingerprints: a fingerprint has 16 hexadecimal digits (--format json shows it)%s"},
    {"SELECT w.key, '' FROM json_each(?1, '$.waivers') AS w WHERE json_array_length(w.value,"
     "  '$.scope.records') > 20 OR EXISTS (SELECT 1 FROM json_each(w.value, '$.scope.records') AS r"
     "   WHERE r.type <> 'integer' OR r.value < 1)",
     "records: co najwyżej 20 numerów rekordów, od 1%s",
     "records: at most 20 numbers of records, from 1%s"},
    {"SELECT w.key, '' FROM json_each(?1, '$.waivers') AS w WHERE w.value ->> '$.scope.count' < 1",
     "count: liczba od 1%s", "count: a number from 1%s"},
};

int sito_waivers_check(sqlite3 *db, SitoText text, SitoProblems *problems, char **error) {
    size_t before = problems->count;
    int rc = sito_json_check(db, text, keys, SITO_COUNT(keys), closed, problems, error);
    for (size_t i = 0; i < SITO_COUNT(lints) && rc == SITO_OK && problems->count == before; i++) {
        sqlite3_stmt *rows = NULL;
        rc = sito_db_prepare(db, &rows, error, lints[i].sql, "t", text.data);
        while (rc == SITO_OK && sqlite3_step(rows) == SQLITE_ROW) {
            char where[40];
            sqlite3_snprintf(sizeof where, where, "waivers[%lld]", sqlite3_column_int64(rows, 0));
            rc = sito_problem(problems, where,
                              sito_say(problems->language, lints[i].pl, lints[i].en),
                              (const char *)sqlite3_column_text(rows, 1));
        }
        int closing = sqlite3_finalize(rows);
        if (rc == SITO_OK && closing != SQLITE_OK) {
            rc = sito_db_error(db, closing, error);
        }
    }
    return rc;
}

void sito_today(char day[11]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL && epoch[0] != 0 ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(day, 11, "%Y-%m-%d", &utc);
}

/* ---- what is wrong with each ---- */

static int list_rules(sqlite3 *facts, const SitoRules *rules, char **error) {
    int rc = sito_db_run(facts, "CREATE TEMP TABLE waivable(rule, class, package)", error);
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        const SitoRule *rule = &rules->items[i];
        rc = sito_db_do(facts, error, "INSERT INTO temp.waivable VALUES (?, ?, ?)", "tti", rule->id,
                        sito_waiver_word(rule->waiver), (int64_t)rule->scope_package);
    }
    return rc;
}

/* ?1 the file, ?2 the data set, ?3 the descriptor, ?4 its SHA-256, ?5 the place of the resource, ?6 today.
** The resource may be left out where there is only one. */
static const char states[] =
    "INSERT INTO waiver"
    " WITH item AS ("
    "   SELECT w.key + 1 AS number, w.value AS w, rule.class AS class,"
    "          coalesce(rule.package, 0) AS package,"
    "          (SELECT r.key FROM json_each(?3, '$.resources') AS r"
    "            WHERE r.value ->> '$.name' = coalesce(w.value ->> '$.resource',"
    "              iif(json_array_length(?3, '$.resources') = 1, ?3 ->> '$.resources[0].name', NULL)))"
    "            AS place"
    "     FROM json_each(?1, '$.waivers') AS w"
    "     LEFT JOIN temp.waivable AS rule ON rule.rule = w.value ->> '$.rule')"
    " SELECT number, w ->> '$.rule',"
    "   CASE WHEN class IS NULL THEN 'unknown'"
    "        WHEN class = 'never' THEN 'never'"
    "        WHEN w ->> '$.dataset' <> ?2 OR NOT package AND (place IS NULL OR w ->> '$.sha256' <>"
    "             (SELECT sha256 FROM resource)) OR package AND w ->> '$.sha256' <> ?4 THEN 'foreign'"
    "        WHEN w ->> '$.expires' IS NULL OR NOT (coalesce(json_array_length(w,"
    "             '$.scope.records'), 0) > 0 OR coalesce(json_array_length(w, '$.scope.fingerprints'),"
    "             0) > 0 AND w ->> '$.scope.count' IS NOT NULL) THEN 'unbounded'"
    "        WHEN w ->> '$.expires' < ?6 THEN 'expired'"
    "        WHEN class IN ('controller', 'ways') AND w ->> '$.role' <> 'local-data-controller'"
    "          THEN 'person'"
    "        WHEN class IN ('controller', 'ways') AND (w ->> '$.basis' IS NULL OR w ->> '$.case' IS NULL"
    "             OR w -> '$.opinion' IS NULL) THEN 'papers'"
    "        WHEN class = 'ways' AND w ->> '$.way' IS NULL THEN 'way'"
    "        ELSE 'valid' END,"
    "   package, w -> '$.scope', w ->> '$.by', w ->> '$.role', w ->> '$.why', w ->> '$.basis',"
    "   w ->> '$.case', w ->> '$.opinion.case', w ->> '$.opinion.outcome', w ->> '$.way',"
    "   w ->> '$.expires'"
    "  FROM item"
    " WHERE CASE WHEN package OR place IS NULL THEN ?5 = 0 ELSE place = ?5 END";

int sito_waivers_fill(sqlite3 *facts, const SitoPackage *package, const SitoRules *rules,
                      int64_t index, char **error) {
    char today[11];
    if (package->waivers == NULL) {
        return SITO_OK;
    }
    sito_today(today);
    int rc = list_rules(facts, rules, error);
    return rc == SITO_OK ? sito_db_do(facts, error, states, "ttttit", package->waivers,
                                      package->name, package->text, package->sha256, index, today)
                         : rc;
}

int sito_waivers_expired(sqlite3 *db, const SitoPackage *package, int64_t *count, char **error) {
    char today[11];
    *count = 0;
    sito_today(today);
    return package->waivers == NULL
               ? SITO_OK
               : sito_db_integer(db, count, error,
                                 "SELECT count(*) FROM json_each(?1, '$.waivers') AS w"
                                 " WHERE w.value ->> '$.expires' < ?2",
                                 "tt", package->waivers, today);
}

/* ---- applying ---- */

/* R1: ?1 rule, ?2 resource, ?3 scope. A rule over the package (NULL) may find something in a resource. */
static const char within[] =
    "SELECT id FROM report.finding AS f"
    " WHERE code = ?1 AND (?2 IS NULL OR resource IS ?2) AND severity <> 'fatal' AND NOT waived"
    "   AND (fingerprint IN (SELECT value FROM json_each(?3, '$.fingerprints'))"
    "        AND count <= ?3 ->> '$.count'"
    "     OR count = (SELECT count(DISTINCT record) FROM report.sample AS s WHERE s.finding = f.id"
    "          AND s.record IN (SELECT value FROM json_each(?3, '$.records'))))"
    " ORDER BY id";

/* columns of `waiver`: number, rule, scope, by, role, why, basis, case, opinion, outcome, way, expires */
static int waive(sqlite3 *report, sqlite3_stmt *waiver, int64_t finding, char **error) {
    const char *text[12];
    for (int i = 0; i < 12; i++) {
        text[i] = (const char *)sqlite3_column_text(waiver, i);
    }
    int rc = sito_db_do(report, error, "UPDATE report.finding SET waived = 1 WHERE id = ?", "i",
                        finding);
    return rc == SITO_OK
               ? sito_db_do(report, error,
                            "INSERT INTO report.waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            "iittttttttt", finding, sqlite3_column_int64(waiver, 0), text[3],
                            text[4], text[5], text[6], text[7], text[8], text[9], text[10],
                            text[11])
               : rc;
}

int sito_waivers_tell(sqlite3 *report, SitoLanguage language, char **error) {
    return sito_db_do(
        report, error,
        "UPDATE report.finding SET message = (SELECT printf(?1, finding.message, w.by,"
        "   w.expires, coalesce(', ' || w.case_mark, '')) FROM report.waiver AS w"
        "  WHERE w.finding = finding.id) WHERE waived",
        "t", sito_say(language, "%s – odstępstwo: %s, do %s%s", "%s – waived by %s, until %s%s"));
}

static int waive_within(sqlite3 *report, sqlite3_stmt *waiver, const char *resource, char **error) {
    for (;;) { /* one at a time: a finding that is waived is not found again */
        int64_t finding = 0;
        int rc = sito_db_integer(report, &finding, error, within, "ttt",
                                 (const char *)sqlite3_column_text(waiver, 1), resource,
                                 (const char *)sqlite3_column_text(waiver, 2));
        if (rc != SITO_OK || finding == 0) {
            return rc;
        }
        rc = waive(report, waiver, finding, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

int sito_waivers_apply(sqlite3 *facts, sqlite3 *report, const char *resource, SitoSeverity fail_on,
                       char **error) {
    sqlite3_stmt *waiver = NULL;
    int rc = sito_db_prepare(
        facts, &waiver, error,
        "SELECT number, rule, scope, by, role, why, basis, case_mark, opinion, outcome, way, expires"
        " FROM waiver WHERE state = 'valid' AND package = ?1 ORDER BY number",
        "i", (int64_t)(resource == NULL));
    while (rc == SITO_OK && sqlite3_step(waiver) == SQLITE_ROW) {
        rc = waive_within(report, waiver, resource, error);
    }
    int closing = sqlite3_finalize(waiver);
    rc = rc != SITO_OK ? rc : sito_db_error(facts, closing, error);
    return rc == SITO_OK
               ? sito_db_do(
                     report, error,
                     "WITH rank(severity, rank) AS (VALUES ('note', 0), ('warning', 1),"
                     "   ('error', 2), ('fatal', 3))"
                     "UPDATE report.rule SET status = 'PASS' WHERE status = 'FAIL'"
                     "   AND resource IS ?1 AND NOT EXISTS (SELECT 1 FROM report.finding AS f"
                     "     JOIN rank USING (severity) WHERE f.code = rule.id"
                     "      AND (?1 IS NULL OR f.resource IS ?1) AND NOT f.waived AND rank >= ?2)",
                     "ti", resource, (int64_t)fail_on)
               : rc;
}
