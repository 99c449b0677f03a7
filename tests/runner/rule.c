/*
** Records of the form `rule ID [pl]` (rule.h): the rule runs as the gate runs it, over the facts that
** the records before it wrote.
**
** R1  Each finding is one line: severity, field, line, count and message, as `.mode quote` prints
**     them, in English or, with `pl`, in Polish.
** R2  A rule that does not apply, or could not be evaluated, is one line: its status and the reason.
** R3  A rule with scope: package finds the column `resource` in every table, from the first such
**     record on.
** R4  The database starts with one data set about persons, described, and one resource of 100 records.
*/
#include "rule.h"

#include <string.h>

#include "common/embedded.h"
#include "runner/run.h"
#include "runner/whole.h"

static const char *const start =
    "INSERT INTO dataset(name, persons, unit, kind, described)"
    " VALUES ('zgloszenia', 'others', 'row', 'records', 1);"
    "INSERT INTO resource(name, path, sha256, bytes, rows, encoding, encoding_from, delimiter,"
    " delimiter_from, quote, header)"
    " VALUES ('zgloszenia', 'zgloszenia.csv', '', 5000, 100, 'utf-8', 'declared', ';', 'declared',"
    " '\"', 1);";

static int run_sql(sqlite3 *db, const char *sql, char **error) {
    return sqlite3_exec(db, sql, NULL, NULL, error);
}

int rule_open(sqlite3 *db, char **error) {
    const SitoEmbedded *facts = sito_embedded_find(sito_embedded_runner, "facts.sql");
    if (facts == NULL) {
        *error = sqlite3_mprintf("no facts.sql");
        return SQLITE_ERROR;
    }
    int rc = run_sql(db, facts->data, error);
    return rc == SQLITE_OK ? run_sql(db, start, error) : rc;
}

static int open_report(sqlite3 **report, char **error) {
    const SitoEmbedded *schema = sito_embedded_find(sito_embedded_runner, "report.sql");
    int rc = sqlite3_open(":memory:", report);
    rc = rc == SQLITE_OK ? run_sql(*report, "ATTACH ':memory:' AS report", error) : rc;
    return rc == SQLITE_OK ? run_sql(*report, schema->data, error) : rc;
}

static const char *const lines =
    "SELECT quote(severity) || ',' || quote(field) || ',' || quote(line) || ',' || count || ','"
    "       || quote(message)"
    "       || coalesce((SELECT ',' || group_concat(line) FROM report.sample WHERE finding = id), '')"
    "  FROM report.finding"
    " UNION ALL SELECT status || ': ' || reason FROM report.rule WHERE reason IS NOT NULL";

static int print(sqlite3 *report, FILE *out) {
    sqlite3_stmt *select = NULL;
    int rc = sqlite3_prepare_v2(report, lines, -1, &select, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        fprintf(out, "%s\n", (const char *)sqlite3_column_text(select, 0));
        rc = SQLITE_OK;
    }
    int end = sqlite3_finalize(select);
    return rc == SQLITE_DONE ? end : rc;
}

/* "ID" or "ID pl"; the bytes of the id. */
static size_t id_size(const char *arguments, SitoLanguage *language, char **error) {
    size_t size = strcspn(arguments, " ");
    if (arguments[size] != '\0' && strcmp(arguments + size, " pl") != 0) {
        *error = sqlite3_mprintf("a record is `rule ID` or `rule ID pl`");
        return 0;
    }
    *language = arguments[size] == '\0' ? SITO_EN : SITO_PL;
    return size;
}

/* Reads the one rule of that id. */
static int read_rule(SitoRule *rule, const char *id, size_t size, char **error) {
    for (const SitoEmbedded *file = sito_embedded_rules; file->path != NULL; file++) {
        const char *slash = strrchr(file->path, '/');
        if (slash != NULL && strncmp(slash + 1, id, size) == 0 &&
            strcmp(slash + 1 + size, ".sql") == 0) {
            return sito_rule_read(rule, file->path, (SitoText){file->data, file->size}, error);
        }
    }
    return sito_error(error, SITO_ERROR, "no rule %s", id);
}

/* R3 */
static int prepare_package(sqlite3 *db, char **error) {
    int rc = sito_whole_extend(db, error);
    return rc != SQLITE_OK ? rc
                           : run_sql(db,
                                     "UPDATE dataset SET resource = 'zgloszenia';"
                                     "UPDATE resource SET resource = name;"
                                     "UPDATE field SET resource = 'zgloszenia'"
                                     " WHERE resource IS NULL",
                                     error);
}

int rule_run(sqlite3 *db, const char *arguments, const char *body, FILE *out, char **error) {
    (void)body;
    SitoLanguage language;
    size_t size = id_size(arguments, &language, error);
    if (size == 0) {
        return SQLITE_ERROR;
    }
    SitoRule rule = {0};
    sqlite3 *report = NULL;
    int rc = read_rule(&rule, arguments, size, error);
    rc = rc == SITO_OK ? open_report(&report, error) : rc;
    rc = rc == SITO_OK && rule.scope_package ? prepare_package(db, error) : rc;
    if (rc == SITO_OK) {
        SitoRules rules = {.items = &rule, .count = 1};
        SitoRunner runner = {.facts = db,
                             .report = report,
                             .package = rule.scope_package,
                             .resource = rule.scope_package ? NULL : "zgloszenia",
                             .file = rule.scope_package ? "datapackage.json" : "zgloszenia.csv",
                             .language = language,
                             .fail_on = SITO_SEVERE,
                             .time_limit = 10000};
        rc = sito_run_rules(&runner, &rules, error);
    }
    rc = rc == SITO_OK ? print(report, out) : rc;
    sqlite3_close(report);
    sito_rule_free(&rule);
    if (rc != SITO_OK && *error == NULL) {
        *error = sqlite3_mprintf("%s", sqlite3_errstr(rc));
    }
    return rc;
}
