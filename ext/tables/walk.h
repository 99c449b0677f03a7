/*
** A walk through tables of whole numbers: cheap witnesses before any programme; and how a first one is sought
** where the true one is not known.
**
** R1  Where every row of a tableau has d = 1 and stands at a whole number, moving one column's variable by a
**     whole number, within what all bounds allow, gives another table of whole numbers. The walk takes such
**     steps, in the order of a fixed sequence, and keeps how far the tables lie apart.
** R2  It proves nothing by failing to reach. It stops when a few rounds gave nothing new, or after a
**     number of steps that depends on the tableau alone.
*/
#ifndef SITO_TABLES_WALK_H
#define SITO_TABLES_WALK_H

#include "tableau.h"

/* The rows in which each column stands, and its entries there: rows[first[k]] to rows[first[k + 1] - 1]. */
typedef struct TablesColumns {
    size_t *first;
    uint32_t *rows;
    int32_t *entries;
} TablesColumns;

/* Release with tables_columns_free, also after an error. */
int tables_columns_make(const TablesTableau *tableau, TablesColumns *columns) SITO_MUST_CHECK;
void tables_columns_free(TablesColumns *columns);

/* Whether every row has d = 1. */
bool tables_tableau_is_plain(const TablesTableau *tableau);

/* ---- seek_core.c ---- */

/* Looks for a table of whole numbers within all bounds, where the tableau is plain and its columns stand
** within theirs: *found, and the tableau stands at it; else the tableau stands where it stood. Nothing is
** proven by not finding one. */
int tables_seek(const TablesProblem *problem, size_t component, TablesTableau *tableau,
                bool *found) SITO_MUST_CHECK;

/* ---- walk_core.c ---- */

/* Extends least and greatest of each variable, which hold the table at hand already; the tableau stays. */
int tables_walk(const TablesTableau *tableau, int64_t *least, int64_t *greatest) SITO_MUST_CHECK;

#endif
