/*
** The formats of reports by name, and what their writers share (report.h).
*/
#include "report/report.h"

#include <string.h>

#include "report/part.h"

const char *const sito_report_formats = "text json junit";

static const struct {
    const char *name;
    int (*write)(sqlite3 *, const SitoReportOptions *, SitoBuffer *, char **);
} formats[] = {
    {"text", sito_report_text},
    {"json", sito_report_json},
    {"junit", sito_report_junit},
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
