/*
** What the parts of the report in HTML share: html.c writes the frame, html_risk.c what was measured,
** html_findings.c findings and rules, html_columns.c the columns, html_trend.c earlier checks.
*/
#ifndef SITO_REPORT_PAGE_H
#define SITO_REPORT_PAGE_H

#include "common/markup.h"
#include "report/part.h"

typedef struct Page {
    SitoMarkup m;
    sqlite3 *db;
    char **error;
    ReportRun run;
} Page;

/* The text in the language of the report; the second form writes it. */
const char *sito_page_words(const Page *page, const char *pl, const char *en);
void sito_page_say(Page *page, const char *pl, const char *en);
void sito_page_heading(Page *page, const char *id, const char *pl, const char *en);

void sito_page_integer(Page *page, int64_t number);
void sito_page_percent(Page *page, double share);
/* Patterns of message.c over the one value n. */
void sito_page_counted(Page *page, const char *pl, const char *en, int64_t number);
void sito_page_column(Page *page, sqlite3_stmt *row, int column);

/* Calls `write` for each row of a SELECT, whose first parameter, if any, is `name` (may be NULL). */
typedef void (*sito_page_writer)(Page *page, sqlite3_stmt *row, void *context);
void sito_page_each(Page *page, const char *sql, const char *name, sito_page_writer write,
                    void *context);

/* The title of a severity, and the word of its class in style.css. */
void sito_page_badge(Page *page, const char *severity);

/* Of one resource; `name` is its name. */
void sito_page_risk(Page *page, const char *name);
void sito_page_columns(Page *page, const char *name);
/* Of the whole. */
void sito_page_findings(Page *page);
void sito_page_waivers(Page *page);
void sito_page_rules(Page *page);
void sito_page_trend(Page *page);

#endif
