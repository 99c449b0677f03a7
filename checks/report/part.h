/*
** What the writers of reports share.
*/
#ifndef SITO_REPORT_PART_H
#define SITO_REPORT_PART_H

#include <sqlite3.h>

#include "common/language.h"
#include "report/report.h"

int sito_put(SitoBuffer *out, const char *text) SITO_MUST_CHECK;

/* A column of a row as text; NULL is the empty text. It lives until the next step. */
SitoText sito_column_text(sqlite3_stmt *row, int column);
const char *sito_column_word(sqlite3_stmt *row, int column);

/* Calls `write` for each row of a SELECT; its first result that is not SITO_OK ends it. */
typedef int (*sito_row_writer)(void *context, sqlite3_stmt *row);
int sito_each_row(sqlite3 *db, const char *sql, sito_row_writer write, void *context,
                  char **error) SITO_MUST_CHECK;

enum { SITO_WAIVED_ROOM = 400 };

/* The one row of report.run; described is false where there is no descriptor, so no verdict. */
typedef struct ReportRun {
    SitoLanguage language;
    bool described, pass;
    int64_t resources;
    char waived
        [SITO_WAIVED_ROOM]; /* " – z odstępstwem od 2 ustaleń (A. Nowak)"; "" where there is none */
} ReportRun;
int sito_report_run(sqlite3 *db, ReportRun *run, char **error) SITO_MUST_CHECK;

/* PASS, FAIL and ERROR in the words of the glossary; NULL: there is no descriptor. */
/* `waived` stands behind them, in every form. */
const char *sito_verdict_words(SitoLanguage language, const char *verdict);

/* A pattern of message.c over the one value n. */
int sito_put_counted(SitoLanguage language, const char *pattern, int64_t number, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;

/* JSON made by SQLite's functions (json.c): `before`, then the rows of a SELECT of one column; those
** of a list stand on lines of their own, with commas between them. */
typedef struct SitoReportList {
    const char *before;
    const char *sql; /* NULL: nothing more */
    bool list;
} SitoReportList;
int sito_put_list(sqlite3 *db, const SitoReportList *list, SitoBuffer *out,
                  char **error) SITO_MUST_CHECK;

/* The sentence on a measure against its threshold, from a row of (measure, field, value, target);
** nothing for a measure that has none (columns.c). */
int sito_put_measure(SitoLanguage language, sqlite3_stmt *row, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;

/* SQL: the path of a finding's file as one finds it from here, where the paths of files begin in
** the folder that the user named. */
#define SITO_SQL_FULL_PATH(path)                                                                   \
    "(SELECT iif(folder IS NULL OR folder = '.', '', rtrim(folder, '/') || '/') FROM report.run)"  \
    " || " path

#endif
