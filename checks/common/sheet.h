/*
** A CSV file that people filled in, in whatever encoding and with whatever delimiter their program saved
** it: its rows as a table of the gate's own.
*/
#ifndef SITO_SHEET_H
#define SITO_SHEET_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* A column by its headings, one of which is looked for; the table calls it `name`. */
typedef struct SitoSheetColumn {
    const char *name, *pl, *en;
    bool required;
} SitoSheetColumn;

/* Opens a database in memory with the table `sheet`: line (of the file), and the columns in their order,
** trimmed, NULL where a cell is empty. Columns that are not asked for are left out; a required one that is
** missing is SITO_MISUSE, a file that cannot be read or is damaged SITO_ERROR. The caller closes *db, also
** after an error where it is not NULL. */
int sito_sheet_open(struct sqlite3 **db, const char *path, const SitoSheetColumn *columns,
                    size_t count, SitoLanguage language, char **error) SITO_MUST_CHECK;

#endif
