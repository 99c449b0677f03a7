/*
** The report as JUnit XML, for CI: one suite, one case for each rule.
**
** R1  FAIL is a failure, ERROR an error, NOT APPLICABLE skipped with its reason. Findings that do not
**     fail the check, and the verdict, stand in system-out.
** R2  Valid under the schemas in use, the strict one of Ant included: the order of elements is
**     properties, cases, system-out, system-err; a case holds one of skipped, error, failure.
** R3  Every character that XML 1.0 does not allow is U+FFFD (markup.c).
*/
#include "common/markup.h"
#include "report/part.h"

#include <string.h>

typedef struct Junit {
    sqlite3 *db;
    SitoBuffer *out;
    char **error;
    bool several; /* resources: a case then names its own */
} Junit;

static const char *const findings =
    "SELECT coalesce(file || coalesce(':' || line, '') || ' ', '') || message || char(10) || '  '"
    "       || hint || char(10), message"
    "  FROM report.finding"
    " WHERE code = ?1 AND (resource IS NULL OR ?2 IS NULL OR resource = ?2)"
    " ORDER BY id";

/* <failure message="the first finding" type="severity">all findings</failure> */
static int put_trouble(Junit *junit, sqlite3_stmt *rule, const char *element) {
    SitoBuffer *out = junit->out;
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(junit->db, findings, -1, &row, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_value(row, 1, sqlite3_column_value(rule, 0)) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_value(row, 2, sqlite3_column_value(rule, 2)) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(out, "      <%s", element) : rc;
    bool any = rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW;
    SitoText message = any ? sito_column_text(row, 1) : sito_column_text(rule, 6);
    rc = rc == SITO_OK ? sito_put_attribute(out, "message", message) : rc;
    rc = rc == SITO_OK ? sito_put_attribute(out, "type", sito_column_text(rule, 3)) : rc;
    rc = rc == SITO_OK ? sito_put(out, ">") : rc;
    if (rc == SITO_OK && sqlite3_column_type(rule, 6) != SQLITE_NULL) {
        rc = sito_put_markup(out, sito_column_text(rule, 6));
        rc = rc == SITO_OK ? sito_put(out, "&#10;") : rc;
    }
    while (rc == SITO_OK && any) {
        rc = sito_put_markup(out, sito_column_text(row, 0));
        any = sqlite3_step(row) == SQLITE_ROW;
    }
    int end = sqlite3_finalize(row);
    rc = rc == SITO_OK ? end : rc;
    return rc == SITO_OK ? sito_buffer_print(out, "</%s>\n", element) : rc;
}

/* columns: id, family, resource, severity, status, title, reason */
static int put_case(void *context, sqlite3_stmt *rule) {
    Junit *junit = context;
    SitoBuffer *out = junit->out;
    const char *status = sito_column_word(rule, 4);
    int rc = sito_put(out, "    <testcase");
    rc = rc == SITO_OK ? sito_put_attribute(out, "classname", sito_column_text(rule, 1)) : rc;
    if (rc == SITO_OK && junit->several && sqlite3_column_type(rule, 2) != SQLITE_NULL) {
        char *name = sito_print("%s (%s)", sito_column_word(rule, 0), sito_column_word(rule, 2));
        rc = name == NULL ? SITO_NOMEM
                          : sito_put_attribute(out, "name", (SitoText){name, strlen(name)});
        sito_free(name);
    } else if (rc == SITO_OK) {
        rc = sito_put_attribute(out, "name", sito_column_text(rule, 0));
    }
    rc = rc == SITO_OK ? sito_put(out, " time=\"0\"") : rc;
    if (rc != SITO_OK || strcmp(status, "PASS") == 0) {
        return rc == SITO_OK ? sito_put(out, "/>\n") : rc;
    }
    rc = sito_put(out, ">\n");
    if (rc == SITO_OK && strcmp(status, "NOT APPLICABLE") == 0) {
        rc = sito_put(out, "      <skipped");
        rc = rc == SITO_OK ? sito_put_attribute(out, "message", sito_column_text(rule, 6)) : rc;
        rc = rc == SITO_OK ? sito_put(out, "/>\n") : rc;
    } else if (rc == SITO_OK) {
        rc = put_trouble(junit, rule, strcmp(status, "FAIL") == 0 ? "failure" : "error");
    }
    return rc == SITO_OK ? sito_put(out, "    </testcase>\n") : rc;
}

/* columns: name, timestamp, tests, failures, errors, skipped, resources, program, digest, policy */
static int open_suite(void *context, sqlite3_stmt *run) {
    Junit *junit = context;
    SitoBuffer *out = junit->out;
    junit->several = sqlite3_column_int64(run, 6) > 1;
    int rc = sito_put(out, "  <testsuite id=\"0\" package=\"sito\"");
    rc = rc == SITO_OK ? sito_put_attribute(out, "name", sito_column_text(run, 0)) : rc;
    rc = rc == SITO_OK ? sito_put_attribute(out, "timestamp", sito_column_text(run, 1)) : rc;
    rc = rc == SITO_OK ? sito_put(out, " hostname=\"localhost\"") : rc;
    static const char *const counts[] = {"tests", "failures", "errors", "skipped"};
    for (int i = 0; i < 4 && rc == SITO_OK; i++) {
        rc = sito_put_attribute(out, counts[i], sito_column_text(run, 2 + i));
    }
    rc = rc == SITO_OK ? sito_put(out, " time=\"0\">\n    <properties>\n") : rc;
    static const char *const properties[] = {"program", "digest", "policy"};
    for (int i = 0; i < 3 && rc == SITO_OK; i++) {
        rc = sito_buffer_print(out, "      <property name=\"%s\"", properties[i]);
        rc = rc == SITO_OK ? sito_put_attribute(out, "value", sito_column_text(run, 7 + i)) : rc;
        rc = rc == SITO_OK ? sito_put(out, "/>\n") : rc;
    }
    return rc == SITO_OK ? sito_put(out, "    </properties>\n") : rc;
}

static int put_line(void *context, sqlite3_stmt *row) {
    Junit *junit = context;
    int rc = sito_put_markup(junit->out, sito_column_text(row, 0));
    return rc == SITO_OK ? sito_put(junit->out, "\n") : rc;
}

int sito_report_junit(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                      char **error) {
    (void)options;
    Junit junit = {.db = db, .out = out, .error = error};
    int rc = sito_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    rc = rc == SITO_OK
             ? sito_each_row(db,
                             "SELECT dataset, substr(checked_at, 1, 19),"
                             " (SELECT count(*) FROM report.rule),"
                             " (SELECT count(*) FROM report.rule WHERE status = 'FAIL'),"
                             " (SELECT count(*) FROM report.rule WHERE status = 'ERROR'),"
                             " (SELECT count(*) FROM report.rule WHERE status = 'NOT APPLICABLE'),"
                             " (SELECT count(*) FROM report.resource), program, digest, policy"
                             " FROM report.run",
                             open_suite, &junit, error)
             : rc;
    rc = rc == SITO_OK
             ? sito_each_row(db,
                             "SELECT id, family, resource, severity, status, title, reason"
                             " FROM report.rule ORDER BY position",
                             put_case, &junit, error)
             : rc;
    rc = rc == SITO_OK ? sito_put(out, "    <system-out>") : rc;
    rc =
        rc == SITO_OK
            ? sito_each_row(
                  db,
                  "SELECT iif(described, verdict, 'no verdict: there is no descriptor')"
                  " FROM report.run UNION ALL"
                  " SELECT coalesce(file || coalesce(':' || line, '') || ' ', '') || severity || ' '"
                  " || code || ' ' || message FROM (SELECT * FROM report.finding AS f WHERE NOT"
                  " EXISTS (SELECT 1 FROM report.rule AS r WHERE r.id = f.code AND r.status IN"
                  " ('FAIL', 'ERROR')) ORDER BY f.id)",
                  put_line, &junit, error)
            : rc;
    return rc == SITO_OK
               ? sito_put(out, "</system-out>\n    <system-err/>\n  </testsuite>\n</testsuites>\n")
               : rc;
}
