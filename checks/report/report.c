/*
** The formats of reports by name, and what their writers share (report.h).
*/
#include "report/report.h"

#include <string.h>

#include "report/part.h"
#include "runner/rule.h"

const char *const sito_report_formats = "text concise json junit sarif github markdown html";

static const struct {
    const char *name;
    int (*write)(sqlite3 *, const SitoReportOptions *, SitoBuffer *, char **);
} formats[] = {
    {"text", sito_report_text},         {"concise", sito_report_concise},
    {"json", sito_report_json},         {"junit", sito_report_junit},
    {"sarif", sito_report_sarif},       {"github", sito_report_github},
    {"markdown", sito_report_markdown}, {"html", sito_report_html},
};

int sito_report(sqlite3 *db, const char *format, const SitoReportOptions *options, SitoBuffer *out,
                char **error) {
    for (size_t i = 0; i < SITO_COUNT(formats); i++) {
        if (strcmp(formats[i].name, format) == 0) {
            return formats[i].write(db, options, out, error);
        }
    }
    return sito_error(error, SITO_MISUSE, "unknown format '%s'; formats are %s", format,
                      sito_report_formats);
}

int sito_put(SitoBuffer *out, const char *text) {
    return sito_buffer_add(out, text, strlen(text));
}

SitoText sito_column_text(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return (SitoText){text != NULL ? text : "", (size_t)sqlite3_column_bytes(row, column)};
}

const char *sito_column_word(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL ? text : "";
}

int sito_each_row(sqlite3 *db, const char *sql, sito_row_writer write, void *context,
                  char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
    if (rc != SQLITE_OK) {
        return sito_error(error, rc, "report: %s", sqlite3_errmsg(db));
    }
    int written = SITO_OK, step = SQLITE_DONE;
    while (written == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        written = write(context, row);
    }
    int end = sqlite3_finalize(row);
    if (written != SITO_OK) {
        return written;
    }
    return step == SQLITE_DONE && end == SQLITE_OK
               ? SITO_OK
               : sito_error(error, end, "report: %s", sqlite3_errmsg(db));
}

/* columns: language, described, verdict, resources */
static int read_run(void *context, sqlite3_stmt *row) {
    ReportRun *run = context;
    run->language = strcmp(sito_column_word(row, 0), "en") == 0 ? SITO_EN : SITO_PL;
    run->described = sqlite3_column_int(row, 1) != 0;
    run->pass = run->described && strcmp(sito_column_word(row, 2), "PASS") == 0;
    run->resources = sqlite3_column_int64(row, 3);
    return SITO_OK;
}

/* columns: how many findings are waived, by whom */
static int read_waived(void *context, sqlite3_stmt *row) {
    ReportRun *run = context;
    SitoBuffer words = {0};
    char *error = NULL;
    if (sqlite3_column_int64(row, 0) == 0) {
        return SITO_OK;
    }
    int rc =
        sito_put_counted(run->language,
                         sito_say(run->language,
                                  " – z odstępstwem od {n, plural, one {# ustalenia} few {# "
                                  "ustaleń} many {# ustaleń} other {# ustalenia}}",
                                  " – with {n, plural, one {# finding} other {# findings}} waived"),
                         sqlite3_column_int64(row, 0), &words, &error);
    rc = rc == SITO_OK ? sito_buffer_print(&words, " (%s)", sito_column_word(row, 1)) : rc;
    if (rc == SITO_OK) {
        sqlite3_snprintf(sizeof run->waived, run->waived, "%.*s", (int)words.size, words.data);
        size_t size = strlen(run->waived);
        run->waived[sito_utf8_valid((SitoText){run->waived, size})] = 0; /* no half of a letter */
    }
    sito_free(error);
    sito_buffer_free(&words);
    return rc;
}

int sito_report_run(sqlite3 *db, ReportRun *run, char **error) {
    *run = (ReportRun){0};
    int rc = sito_each_row(db,
                           "SELECT language, described, verdict,"
                           " (SELECT count(*) FROM report.resource) FROM report.run",
                           read_run, run, error);
    return rc == SITO_OK
               ? sito_each_row(
                     db,
                     "SELECT (SELECT count(*) FROM report.finding WHERE waived),"
                     " group_concat(by, ', ') FROM (SELECT by FROM report.waiver GROUP BY by"
                     "  ORDER BY min(finding))",
                     read_waived, run, error)
               : rc;
}

const char *sito_verdict_words(SitoLanguage language, const char *verdict) {
    if (verdict == NULL) {
        return sito_say(language, "Bez opisu zbioru nie ma wyniku kontroli",
                        "Without a descriptor there is no verdict");
    }
    if (strcmp(verdict, "PASS") == 0) {
        return sito_say(language, "Spełnia ustalone progi kontroli",
                        "Meets the thresholds that were set for this check");
    }
    return strcmp(verdict, "FAIL") == 0 ? sito_say(language, "Nie spełnia progów kontroli",
                                                   "Does not meet the thresholds of this check")
                                        : sito_say(language, "Kontrola niepełna – wyniku nie ma",
                                                   "The check is incomplete – there is no result");
}

int sito_put_counted(SitoLanguage language, const char *pattern, int64_t number, SitoBuffer *out,
                     char **error) {
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = number};
    return sito_message_format(language, pattern, &value, 1, out, error);
}
