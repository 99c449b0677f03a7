/*
** Two versions of a file or of a data set, compared: columns, records, shares of missing values and
** distributions. Counts and names of columns alone, never a value.
**
**   old ─▶ scan ┐
**   new ─▶ scan ┴▶ temp.side (columns and profiles), old_data, new_data ─▶ temp.change
**
** R1  Resources are known by their names, columns by theirs; two files are one resource.
** R2  Records are known by the key: the columns that were named, else the primary key of the new, else
**     of the old descriptor. Where there is none, or it is repeated, equal records are counted against one another:
**     a changed record is then one that is gone and one that is new.
** R3  Cells are compared as text, byte by byte; damaged records are left out and counted.
** R4  A distribution is told for a column of at most 1,000 different values in both versions that are not all
**     different (of the first 100 such columns): the share of the records that would have to change their value,
**     from 0.05 % on.
*/
#ifndef SITO_COMPARE_H
#define SITO_COMPARE_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* Fills temp.change of `result` (a connection with all of sito) in the order of a report:
**   kind       identical, resource-added, resource-removed, column-added, column-removed, column-moved,
**              type-changed, role-changed, records, records-added, records-removed, records-changed,
**              values-changed, damaged, key-repeated, missing, distinct, distribution
**   resource, field    of which; NULL: of all
**   before, after      numbers or words of the two versions; of missing and distribution shares
** `key`: names of columns with ',' between them, or NULL. */
int sito_compare(struct sqlite3 *result, const char *old_path, const char *new_path,
                 const char *key, SitoLanguage language, char **error) SITO_MUST_CHECK;

#endif
