/*
** Reports: made from the tables of report.sql, attached as `report`, and from nothing else.
**
** R1  Equal tables give equal bytes; the time is a column like any other.
** R2  The language is that of report.run.
** R3  Nothing here reads the data: what the tables do not hold cannot be printed.
*/
#ifndef SITO_REPORT_H
#define SITO_REPORT_H

#include "base/sito.h"

struct sqlite3;

typedef struct SitoReportOptions {
    bool colour; /* escape sequences of a terminal */
} SitoReportOptions;

/* The names of all formats, separated by blanks, the default first. */
extern const char *const sito_report_formats;

/* Appends the report in that format to *out. An unknown format is SITO_MISUSE. */
int sito_report(struct sqlite3 *db, const char *format, const SitoReportOptions *options,
                SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* What each format is: a report for people; a line a finding; one JSON object; JUnit XML; SARIF 2.1.0;
** workflow commands of GitHub; Markdown; one page of HTML. */
int sito_report_text(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;
int sito_report_concise(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                        char **error) SITO_MUST_CHECK;
int sito_report_json(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;
int sito_report_junit(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                      char **error) SITO_MUST_CHECK;
int sito_report_sarif(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                      char **error) SITO_MUST_CHECK;
int sito_report_github(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                       char **error) SITO_MUST_CHECK;
int sito_report_markdown(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                         char **error) SITO_MUST_CHECK;

int sito_report_html(struct sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;

#endif
