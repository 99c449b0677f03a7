/*
** The report as one line a finding, for editors and for `grep`:
**
**   zgloszenia.csv:78:12: required-missing: 5 rekordów nie ma wartości w wymaganej kolumnie „powod”
**
** R1  FILE:LINE:COLUMN: CODE: MESSAGE, as compilers write; what is not known is left out. COLUMN is the
**     number of the column of the table. The path is the one that opens the file from here.
** R2  Severities below error stand in parentheses before the message, a waiver too.
** R3  A rule without a result is a line without a file. The last line is the verdict, and it alone
**     stands where there is nothing to find.
*/
#include <string.h>

#include "common/wrap.h"
#include "report/part.h"
#include "runner/rule.h"

typedef struct Concise {
    SitoBuffer *out;
    ReportRun run;
} Concise;

/* columns: path, line, column, code, severity, waived, message */
static int put_finding(void *context, sqlite3_stmt *row) {
    Concise *concise = context;
    SitoBuffer *out = concise->out;
    int rc = SITO_OK;
    for (int i = 0; i < 3 && rc == SITO_OK && sqlite3_column_type(row, i) != SQLITE_NULL; i++) {
        rc = sito_put_plain(out, sito_column_text(row, i));
        rc = rc == SITO_OK ? sito_put(out, ":") : rc;
    }
    rc = rc == SITO_OK && sqlite3_column_type(row, 0) != SQLITE_NULL ? sito_put(out, " ") : rc;
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s: ", sito_column_word(row, 3)) : rc;
    SitoSeverity severity = SITO_SEVERE;
    (void)sito_severity_parse(sito_column_text(row, 4), &severity);
    if (rc == SITO_OK && severity != SITO_SEVERE) {
        rc = sito_buffer_print(out, "(%s) ", sito_severity_title(severity, concise->run.language));
    }
    if (rc == SITO_OK && sqlite3_column_int(row, 5) != 0) {
        rc = sito_put(out, sito_say(concise->run.language, "(odstępstwo) ", "(waived) "));
    }
    rc = rc == SITO_OK ? sito_put_plain(out, sito_column_text(row, 6)) : rc;
    return rc == SITO_OK ? sito_put(out, "\n") : rc;
}

/* columns: dataset, verdict (NULL: none), findings */
static int put_verdict(void *context, sqlite3_stmt *row) {
    Concise *concise = context;
    SitoBuffer *out = concise->out;
    SitoLanguage language = concise->run.language;
    int rc = sito_put_plain(out, sito_column_text(row, 0));
    const char *verdict =
        sqlite3_column_type(row, 1) == SQLITE_NULL ? NULL : sito_column_word(row, 1);
    rc = rc == SITO_OK ? sito_buffer_print(out, ": %s", sito_verdict_words(language, verdict)) : rc;
    const char *waived = concise->run.waived;
    rc = rc == SITO_OK ? sito_put_plain(out, (SitoText){waived, strlen(waived)}) : rc;
    if (rc == SITO_OK && sqlite3_column_int64(row, 2) > 0) {
        rc = sito_buffer_print(out, sito_say(language, " (ustalenia: %lld)", " (findings: %lld)"),
                               (long long)sqlite3_column_int64(row, 2));
    }
    return rc == SITO_OK ? sito_put(out, "\n") : rc;
}

int sito_report_concise(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                        char **error) {
    (void)options;
    Concise concise = {.out = out};
    int rc = sito_report_run(db, &concise.run, error);
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT " SITO_SQL_FULL_PATH(
                                           "file") ", line, iif(line IS NULL, NULL, column_number),"
                                                   " code, severity, waived, message"
                                                   " FROM report.finding ORDER BY id",
                                       put_finding, &concise, error)
                       : rc;
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT NULL, NULL, NULL, id, 'fatal', 0, reason"
                                       " FROM report.rule WHERE status = 'ERROR'"
                                       " AND reason IS NOT NULL ORDER BY position",
                                       put_finding, &concise, error)
                       : rc;
    return rc == SITO_OK ? sito_each_row(db,
                                         "SELECT dataset, iif(described, verdict, NULL),"
                                         " (SELECT count(*) FROM report.finding) FROM report.run",
                                         put_verdict, &concise, error)
                         : rc;
}
