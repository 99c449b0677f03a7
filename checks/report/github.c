/*
** The report as workflow commands of GitHub Actions: annotations on the lines of the CSV file.
**
**   ::error file=zgloszenia/zgloszenia.csv,line=78,title=required-missing::5 rekordów …
**
** R1  fatal and error are error, warning is warning, note is notice; a waived finding is a notice.
** R2  In values of properties % , : and line ends are written %25 %2C %3A %0D %0A, in the text % and
**     line ends: nothing from data ends a command or begins another.
** R3  Of one rule the first 20 findings; one more line tells how many there are.
** R4  A rule without a result is an error without a place. The last command is the verdict.
**     (The step summary is the report in Markdown; output.c of the program appends it.)
*/
#include <string.h>

#include "common/wrap.h"
#include "report/part.h"

enum { A_RULE = 20 };

typedef struct Github {
    SitoBuffer *out;
    ReportRun run;
    char **error;
} Github;

/* R2 */
static int put_escaped(SitoBuffer *out, SitoText text, bool property) {
    int rc = SITO_OK;
    for (size_t at = 0; at < text.size && rc == SITO_OK;) {
        size_t start = at;
        uint32_t c = sito_utf8_next(text, &at);
        bool escaped = c == '%' || c < 0x20 || c == 0x7F || (property && (c == ':' || c == ','));
        rc = escaped ? sito_buffer_print(out, "%%%02X", (unsigned)c)
                     : sito_put_plain(out, (SitoText){text.data + start, at - start});
    }
    return rc;
}

static int put_property(SitoBuffer *out, const char *name, SitoText value) {
    int rc = sito_buffer_print(out, "%s=", name);
    return rc == SITO_OK ? put_escaped(out, value, true) : rc;
}

/* columns: command, path, line, title, message, hint */
static int put_annotation(void *context, sqlite3_stmt *row) {
    Github *github = context;
    SitoBuffer *out = github->out;
    int rc = sito_buffer_print(out, "::%s ", sito_column_word(row, 0));
    if (rc == SITO_OK && sqlite3_column_type(row, 1) != SQLITE_NULL) {
        rc = put_property(out, "file", sito_column_text(row, 1));
        rc = rc == SITO_OK ? sito_put(out, ",") : rc;
    }
    if (rc == SITO_OK && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        rc = put_property(out, "line", sito_column_text(row, 2));
        rc = rc == SITO_OK ? sito_put(out, ",") : rc;
    }
    rc = rc == SITO_OK ? put_property(out, "title", sito_column_text(row, 3)) : rc;
    rc = rc == SITO_OK ? sito_put(out, "::") : rc;
    rc = rc == SITO_OK ? put_escaped(out, sito_column_text(row, 4), false) : rc;
    if (rc == SITO_OK && sqlite3_column_bytes(row, 5) > 0) {
        rc = sito_put(out, "%0A");
        rc = rc == SITO_OK ? put_escaped(out, sito_column_text(row, 5), false) : rc;
    }
    return rc == SITO_OK ? sito_put(out, "\n") : rc;
}

/* columns: code, findings beyond the first */
static int put_more(void *context, sqlite3_stmt *row) {
    Github *github = context;
    int rc = sito_buffer_print(github->out, "::notice title=%s::", sito_column_word(row, 0));
    rc = rc == SITO_OK
             ? sito_put_counted(github->run.language,
                                sito_say(github->run.language,
                                         "… i jeszcze {n, plural, one {# ustalenie} few {# "
                                         "ustalenia} many {# ustaleń} other {# ustalenia}}",
                                         "… and {n, plural, one {# more finding} other {# more "
                                         "findings}}"),
                                sqlite3_column_int64(row, 1), github->out, github->error)
             : rc;
    return rc == SITO_OK ? sito_put(github->out, "\n") : rc;
}

/* columns: verdict (NULL: none), dataset */
static int put_verdict(void *context, sqlite3_stmt *row) {
    Github *github = context;
    bool none = sqlite3_column_type(row, 0) == SQLITE_NULL;
    const char *words =
        sito_verdict_words(github->run.language, none ? NULL : sito_column_word(row, 0));
    int rc =
        sito_buffer_print(github->out, "::%s title=sito::", github->run.pass ? "notice" : "error");
    rc = rc == SITO_OK ? put_escaped(github->out, sito_column_text(row, 1), false) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(github->out, ": %s", words) : rc;
    const char *waived = github->run.waived;
    rc = rc == SITO_OK ? put_escaped(github->out, (SitoText){waived, strlen(waived)}, false) : rc;
    return rc == SITO_OK ? sito_put(github->out, "\n") : rc;
}

int sito_report_github(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                       char **error) {
    (void)options;
    Github github = {.out = out, .error = error};
    char *findings = sito_print(
        "SELECT CASE WHEN waived THEN 'notice' WHEN severity IN ('fatal', 'error') THEN 'error'"
        "            WHEN severity = 'warning' THEN 'warning' ELSE 'notice' END,"
        " " SITO_SQL_FULL_PATH(
            "file") ", line, code, message, hint"
                    " FROM (SELECT *, row_number() OVER (PARTITION BY code ORDER BY id) AS place"
                    "         FROM report.finding) WHERE place <= %d ORDER BY id",
        (int)A_RULE);
    char *more = sito_print("SELECT code, count(*) - %d FROM report.finding GROUP BY code"
                            " HAVING count(*) > %d ORDER BY min(id)",
                            (int)A_RULE, (int)A_RULE);
    int rc =
        findings == NULL || more == NULL ? SITO_NOMEM : sito_report_run(db, &github.run, error);
    rc = rc == SITO_OK ? sito_each_row(db, findings, put_annotation, &github, error) : rc;
    rc = rc == SITO_OK ? sito_each_row(db, more, put_more, &github, error) : rc;
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT 'error', NULL, NULL, id, coalesce(reason, title), ''"
                                       " FROM report.rule WHERE status = 'ERROR'"
                                       " AND reason IS NOT NULL ORDER BY position",
                                       put_annotation, &github, error)
                       : rc;
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT iif(described, verdict, NULL), dataset"
                                       " FROM report.run",
                                       put_verdict, &github, error)
                       : rc;
    sito_free(findings);
    sito_free(more);
    return rc;
}
