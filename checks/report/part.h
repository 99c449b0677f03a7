/*
** What the writers of report_*.c share.
*/
#ifndef SITO_REPORT_PART_H
#define SITO_REPORT_PART_H

#include <sqlite3.h>

#include "report/report.h"

int sito_put(SitoBuffer *out, const char *text) SITO_MUST_CHECK;

/* A column of a row as text; NULL is the empty text. It lives until the next step. */
SitoText sito_column_text(sqlite3_stmt *row, int column);
const char *sito_column_word(sqlite3_stmt *row, int column);

/* Calls `write` for each row of a SELECT; its first result that is not SITO_OK ends it. */
typedef int (*sito_row_writer)(void *context, sqlite3_stmt *row);
int sito_each_row(sqlite3 *db, const char *sql, sito_row_writer write, void *context,
                  char **error) SITO_MUST_CHECK;

#endif
