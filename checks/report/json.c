/*
** The report as one JSON object, for programs. SQLite's JSON functions write every part.
**
** R1  "schema" is the version of this form: it grows when a key goes or changes its meaning, not when
**     one is added.
** R2  "verdict" is null where there is no descriptor, so no verdict.
** R3  Keys and rows have a fixed order; every row of a list is a line of its own.
** R4  A number that JSON cannot say (infinite) is null. Bytes that are no UTF-8 are U+FFFD.
*/
#include "report/part.h"

typedef struct Part {
    const char *key;
    const char *sql; /* one column of JSON: one row, or a row for each item of the list */
    bool list;
} Part;

#define FINITE(column) "iif(abs(" column ") < 9e999, " column ", NULL)"

static const Part parts[] = {
    {"schema", "SELECT 1", false},
    {"program", "SELECT json_quote(program) FROM report.run", false},
    {"checked_at", "SELECT json_quote(checked_at) FROM report.run", false},
    {"language", "SELECT json_quote(language) FROM report.run", false},
    {"dataset",
     "SELECT json_object('name', dataset, 'version', version, 'path', path, 'described',"
     " json(iif(described, 'true', 'false'))) FROM report.run",
     false},
    {"verdict", "SELECT json_quote(iif(described, verdict, NULL)) FROM report.run", false},
    {"exit_status", "SELECT exit_status FROM report.run", false},
    {"fail_on", "SELECT json_quote(fail_on) FROM report.run", false},
    {"digest", "SELECT json_quote(digest) FROM report.run", false},
    {"profile", "SELECT json_quote(profile) FROM report.run", false},
    {"policy", "SELECT json_object('path', policy, 'sha256', policy_sha256) FROM report.run",
     false},
    {"summary",
     "SELECT json_object('findings', count(*),"
     " 'fatal', count(*) FILTER (WHERE severity = 'fatal'),"
     " 'error', count(*) FILTER (WHERE severity = 'error'),"
     " 'warning', count(*) FILTER (WHERE severity = 'warning'),"
     " 'note', count(*) FILTER (WHERE severity = 'note'),"
     " 'waived', count(*) FILTER (WHERE waived <> 0),"
     " 'rules', (SELECT json_object("
     "  'pass', count(*) FILTER (WHERE status = 'PASS'),"
     "  'fail', count(*) FILTER (WHERE status = 'FAIL'),"
     "  'error', count(*) FILTER (WHERE status = 'ERROR'),"
     "  'not_applicable', count(*) FILTER (WHERE status = 'NOT APPLICABLE')) FROM report.rule))"
     " FROM report.finding",
     false},
    {"resources",
     "SELECT json_object('name', name, 'path', path, 'sha256', sha256, 'bytes', bytes, 'rows', rows,"
     " 'columns', columns, 'encoding', encoding, 'delimiter', delimiter, 'units', units,"
     " 'verdict', iif((SELECT described FROM report.run), verdict, NULL))"
     " FROM report.resource ORDER BY rowid",
     true},
    {"findings",
     "SELECT json_object('code', code, 'severity', severity, 'file', file, 'line', line,"
     " 'record', record, 'byte', byte, 'field', field, 'column', column_number, 'count', count,"
     " 'message', message, 'why', why, 'hint', hint, 'basis', basis, 'fingerprint', fingerprint,"
     " 'waived', json(iif(waived, 'true', 'false')), 'resource', resource,"
     " 'samples', (SELECT json_group_array(json_object('line', line, 'record', record, 'byte', byte,"
     "  'shape', shape)) FROM (SELECT * FROM report.sample WHERE finding = id ORDER BY rowid)),"
     " 'excerpt', (SELECT json_object('line', e.line, 'record', e.record, 'caret', e.caret,"
     "  'width', e.width) FROM report.excerpt AS e WHERE e.finding = finding.id))"
     " FROM report.finding ORDER BY id",
     true},
    {"waivers",
     "SELECT json_object('finding', (SELECT fingerprint FROM report.finding WHERE id = finding),"
     " 'number', number, 'by', by, 'role', role, 'why', why, 'basis', basis, 'case', case_mark,"
     " 'opinion', opinion, 'opinion_outcome', outcome, 'way', way, 'expires', expires)"
     " FROM report.waiver ORDER BY finding",
     true},
    {"rules",
     "SELECT json_object('id', id, 'family', family, 'resource', resource, 'severity', severity,"
     " 'status', status, 'title', title, 'reason', reason, 'follows', follows) FROM report.rule ORDER BY position",
     true},
    {"measures",
     "SELECT json_object('resource', resource, 'measure', measure, 'field', field,"
     " 'value', " FINITE("value") ", 'target', " FINITE(
         "target") ")"
                   " FROM report.measure ORDER BY rowid",
     true},
    {"classes",
     "SELECT json_object('resource', resource, 'size', size, 'classes', classes, 'rows', rows)"
     " FROM report.class ORDER BY rowid",
     true},
    {"thresholds",
     "SELECT json_object('resource', resource, 'name', name, 'policy', policy, 'declared', declared,"
     " 'effective', effective) FROM report.threshold ORDER BY rowid",
     true},
    {"columns",
     "SELECT json_object('resource', resource, 'position', position, 'name', name, 'type', type,"
     " 'role', role, 'rows', rows, 'missing', missing, 'distinct', distinct_values,"
     " 'personal', personal, 'integers', integers, 'numbers', numbers, 'dates', dates,"
     " 'texts', texts) FROM report.field ORDER BY rowid",
     true},
    {"history",
     "SELECT json_object('at', at, 'version', version, 'verdict', verdict, 'digest', digest,"
     " 'rows', rows, 'findings', findings, 'k', " FINITE(
         "k") ", 'published',"
              " json(iif(published, 'true', 'false'))) FROM report.history ORDER BY position",
     true},
    {"not_covered", "SELECT json_quote(sentence) FROM report.not_covered ORDER BY position", true},
    {"next_steps", "SELECT json_quote(sentence) FROM report.next_step ORDER BY position", true},
};

typedef struct Writer {
    SitoBuffer *out;
    bool list;
    size_t items;
} Writer;

/* R4: the valid stretches as they are, each byte between them U+FFFD. */
static int put_valid(SitoBuffer *out, SitoText text) {
    int rc = SITO_OK;
    while (text.size > 0 && rc == SITO_OK) {
        size_t valid = sito_utf8_valid(text);
        rc = sito_buffer_add(out, text.data, valid);
        text = (SitoText){text.data + valid, text.size - valid};
        if (rc == SITO_OK && text.size > 0) {
            rc = sito_buffer_add(out, "\xEF\xBF\xBD", 3);
            text = (SitoText){text.data + 1, text.size - 1};
        }
    }
    return rc;
}

static int write_row(void *context, sqlite3_stmt *row) {
    Writer *writer = context;
    SitoText json = sito_column_text(row, 0);
    if (json.size == 0) {
        return SITO_NOMEM; /* every part gives JSON */
    }
    int rc = SITO_OK;
    if (writer->list) {
        rc = sito_put(writer->out, writer->items++ > 0 ? ",\n    " : "\n    ");
    }
    return rc == SITO_OK ? put_valid(writer->out, json) : rc;
}

int sito_put_list(sqlite3 *db, const SitoReportList *list, SitoBuffer *out, char **error) {
    Writer writer = {.out = out, .list = list->list};
    int rc = sito_put(out, list->before);
    rc = rc == SITO_OK && list->sql != NULL
             ? sito_each_row(db, list->sql, write_row, &writer, error)
             : rc;
    return rc == SITO_OK && writer.items > 0 ? sito_put(out, "\n  ") : rc;
}

int sito_report_json(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out, char **error) {
    (void)options;
    int rc = sito_put(out, "{");
    for (size_t i = 0; i < SITO_COUNT(parts) && rc == SITO_OK; i++) {
        SitoReportList list = {parts[i].list ? "[" : "", parts[i].sql, parts[i].list};
        rc = sito_buffer_print(out, "%s\n  \"%s\": ", i > 0 ? "," : "", parts[i].key);
        rc = rc == SITO_OK ? sito_put_list(db, &list, out, error) : rc;
        rc = rc == SITO_OK && list.list ? sito_put(out, "]") : rc;
    }
    return rc == SITO_OK ? sito_put(out, "\n}\n") : rc;
}
