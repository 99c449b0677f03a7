/*
** The headings as they stand in the file: the csv table has given names to blank and repeated ones.
*/
#ifndef SITO_HEADINGS_H
#define SITO_HEADINGS_H

#include "base/sito.h"

struct sqlite3;

/* Fills the table heading of the facts from the first record behind `titles` lines, where the file is read as
** one with headings: at most `columns` of them. */
int sito_headings_read(struct sqlite3 *db, const char *file, int64_t titles, int64_t columns,
                       char **error) SITO_MUST_CHECK;

#endif
