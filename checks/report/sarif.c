/*
** The report as SARIF 2.1.0 (OASIS), for code-scanning services.
**
** R1  One run. Every rule that was asked is in tool.driver.rules, in the order of the report; a result names
**     its rule by id and index. Several resources ask a rule several times; it is listed once.
** R2  A result has the line of its first place; what a column is, SARIF has no word for: the heading
**     is a logical location. The fingerprint is that of the finding, stable over runs.
** R3  A waived finding is a suppressed result. A rule without a result is a notification of the tool,
**     and the run was not successful.
** R4  Paths are relative references, percent-encoded as RFC 3986 asks.
** R5  SQLite's JSON functions write every part. Every row of a list is a line of its own.
*/
#include <string.h>

#include "report/part.h"

/* R4: path(P), or NULL for NULL */
static void write_uri(sqlite3_context *context, int count, sqlite3_value **values) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-._~/";
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return;
    }
    const char *path = (const char *)sqlite3_value_text(values[0]);
    SitoBuffer uri = {0};
    int rc = path == NULL ? SITO_NOMEM : SITO_OK;
    for (const char *at = path; rc == SITO_OK && *at != 0; at++) {
        rc = strchr(plain, *at) != NULL
                 ? sito_buffer_add(&uri, at, 1)
                 : sito_buffer_print(&uri, "%%%02X", (unsigned)(unsigned char)*at);
    }
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, uri.data != NULL ? uri.data : "", uri.size, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    } else {
        sqlite3_result_error_nomem(context);
    }
    sito_buffer_free(&uri);
}

#define LEVEL                                                                                      \
    "CASE WHEN severity IN ('fatal', 'error') THEN 'error'"                                        \
    " WHEN severity = 'warning' THEN 'warning' ELSE 'note' END"
#define URI(path) "sarif_uri(" SITO_SQL_FULL_PATH(path) ") AS uri"

/* What stands between the lists, and the lists: one column of JSON. json_patch leaves out what is not
** there. */
static const char rules[] =
    "SELECT json_object('id', id, 'shortDescription', json_object('text', title),"
    " 'fullDescription', json_object('text', coalesce(why, title)),"
    " 'help', json_object('text', coalesce(hint, 'sito explain ' || id)),"
    " 'defaultConfiguration', json_object('level', " LEVEL "),"
    " 'properties', json_object('family', family, 'severity', severity))"
    " FROM (SELECT *, (SELECT why FROM report.finding WHERE code = rule.id) AS why,"
    "              (SELECT hint FROM report.finding WHERE code = rule.id) AS hint"
    "         FROM report.rule AS rule)"
    " GROUP BY id ORDER BY min(position)";

static const char invocation[] =
    "SELECT json_object('executionSuccessful', json(iif(verdict = 'ERROR', 'false', 'true')),"
    " 'exitCode', exit_status, 'endTimeUtc', checked_at, 'toolExecutionNotifications',"
    " (SELECT json_group_array(json_object('level', 'error',"
    "   'message', json_object('text', coalesce(reason, title)),"
    "   'associatedRule', json_object('id', id)))"
    "  FROM (SELECT * FROM report.rule WHERE status = 'ERROR' ORDER BY position)))"
    " FROM report.run";

static const char artifacts[] =
    "SELECT json_patch(json_object('location', json_object('uri', uri), 'roles',"
    "  json_array('analysisTarget')), json_object('length', bytes, 'hashes',"
    "  iif(sha256 IS NULL, NULL, json_object('sha-256', sha256))))"
    " FROM (SELECT rowid AS place, *, " URI("path") " FROM report.resource) ORDER BY place";

static const char results[] =
    "SELECT json_patch(json_object('ruleId', code, 'level', " LEVEL ", 'kind', 'fail',"
    " 'message', json_object('text', message || char(10) || hint), 'occurrenceCount', f.count,"
    " 'partialFingerprints', json_object('sito/v1', fingerprint), 'ruleIndex',"
    " (SELECT count(*) FROM (SELECT min(position) AS first FROM report.rule GROUP BY id)"
    "   WHERE first < (SELECT min(position) FROM report.rule WHERE id = f.code))),"
    " json_object('suppressions',"
    "   json(iif(waived, json_array(json_patch(json_object('kind', 'external', 'status', 'accepted'),"
    "    json_object('justification', (SELECT by || ': ' || why FROM report.waiver"
    "      WHERE finding = f.id ORDER BY number LIMIT 1)))), 'null')),"
    "  'locations', iif(file IS NULL, NULL, json_array(json_patch("
    "   json_object('physicalLocation', json_patch(json_object('artifactLocation',"
    "     json_object('uri', uri)), json_object('region',"
    "     iif(line IS NULL, NULL, json_object('startLine', line))))),"
    "   json_object('logicalLocations', iif(field IS NULL, NULL,"
    "     json_array(json_object('name', field, 'kind', 'member')))))))))"
    " FROM (SELECT *, " URI("file") " FROM report.finding) AS f ORDER BY id";

static const SitoReportList lists[] = {
    {"{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
     "  \"version\": \"2.1.0\",\n  \"runs\": [{\n    \"tool\": {\"driver\": {\"name\": \"sito\", "
     "\"version\": ",
     "SELECT json_quote(replace(program, 'sito ', '')) FROM report.run", false},
    {", \"language\": ", "SELECT json_quote(language) FROM report.run", false},
    {", \"rules\": [", rules, true},
    {"]}},\n    \"language\": ", "SELECT json_quote(language) FROM report.run", false},
    {",\n    \"columnKind\": \"unicodeCodePoints\",\n    \"invocations\": [", invocation, true},
    {"],\n    \"artifacts\": [", artifacts, true},
    {"],\n    \"results\": [", results, true},
    {"],\n    \"properties\": ",
     "SELECT json_object('dataset', dataset, 'verdict', iif(described, verdict, NULL), 'digest',"
     " digest) FROM report.run",
     false},
    {"\n  }]\n}\n", NULL, false},
};

int sito_report_sarif(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                      char **error) {
    (void)options;
    int rc = sqlite3_create_function_v2(db, "sarif_uri", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                        NULL, write_uri, NULL, NULL, NULL);
    for (size_t i = 0; i < SITO_COUNT(lists) && rc == SITO_OK; i++) {
        rc = sito_put_list(db, &lists[i], out, error);
    }
    return rc;
}
