/*
** Title lines that a spreadsheet padded with delimiters: "Raport dzienny;;" above "kod;kwota;data".
**
** R1  Titles are the records from the beginning of the table on of which at most half of the cells
**     are filled, at most 20, and the record under them has all cells filled and can be a heading: no
**     cell is a number, a date or a word for a missing value, none repeats another one or occurs
**     again in its column.
** R2  That record is a heading only if something proves it: a column of two or more values that are
**     all numbers or dates under it (a line of units is left out of the count); or a record with no
**     filled cell right above it; or that no record above it has a filled cell.
** R3  A record above with a number or date where its column has such values, and no text in a column
**     of such values, is data: then there are no titles. What is doubtful is never left out.
*/
#ifndef SITO_CSV_TITLE_CORE_H
#define SITO_CSV_TITLE_CORE_H

#include "csv.h"
#include "reader_core.h"

typedef struct SitoTitles {
    int64_t skip;      /* physical lines above the heading; where count is 0: as it was */
    size_t count;      /* records above the heading */
    const char *proof; /* an English phrase */
} SitoTitles;

/* dialect: what shape_core.h found; `fields` is the number of columns. */
int sito_titles_find(SitoText sample, SitoCsvDialect dialect, size_t fields, size_t max_field,
                     SitoTitles *titles, char **error) SITO_MUST_CHECK;

#endif
