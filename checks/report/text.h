/*
** The parts of the report for people: report_text.c writes the frame, report_findings.c the findings,
** report_columns.c measures and columns.
*/
#ifndef SITO_REPORT_TEXT_H
#define SITO_REPORT_TEXT_H

#include "common/language.h"
#include "report/part.h"

typedef struct TextReport {
    sqlite3 *db;
    SitoBuffer *out;
    char **error;
    SitoLanguage language;
    bool colour, described, pass;
} TextReport;

/* A pattern of message.c over the one value n. */
int sito_text_counted(TextReport *report, const char *pattern, int64_t number) SITO_MUST_CHECK;

/* The escape sequence of these codes, or text between it and its end, where colours are on. */
int sito_text_colour(TextReport *report, const char *codes) SITO_MUST_CHECK;
int sito_text_coloured(TextReport *report, const char *codes, const char *text) SITO_MUST_CHECK;

/* An empty line and a heading. */
int sito_text_heading(TextReport *report, const char *pl, const char *en) SITO_MUST_CHECK;

int sito_text_findings(TextReport *report) SITO_MUST_CHECK;
int sito_text_measures(TextReport *report) SITO_MUST_CHECK;
int sito_text_columns(TextReport *report) SITO_MUST_CHECK;

#endif
