/*
** Which records a statement wants of a csv table (R7 of csv.c): the plan, its arguments, the test.
** For files that include sqlite3ext.h.
*/
#ifndef SITO_CSV_WANTED_H
#define SITO_CSV_WANTED_H

#include "csv/table.h"

enum { SITO_CSV_MOST_EQUAL = 4 };

typedef struct SitoCsvWanted {
    int64_t from, to; /* rowids */
    struct {
        size_t column;
        SitoBuffer text;
    } equal[SITO_CSV_MOST_EQUAL]; /* cells that are these texts */
    size_t equals;
} SitoCsvWanted;

/* xBestIndex. */
int sito_csv_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info);

/* Takes what xFilter was given for a plan of sito_csv_best_index. */
int sito_csv_wanted_take(SitoCsvWanted *wanted, int plan, const char *columns,
                         sqlite3_value **argv) SITO_MUST_CHECK;
void sito_csv_wanted_forget(SitoCsvWanted *wanted);

/* *is: the record may be one that the statement asks for. */
int sito_csv_wanted_is(const SitoCsvWanted *wanted, SitoCsvReader *reader,
                       const SitoCsvRecord *record, bool *is) SITO_MUST_CHECK;

#endif
