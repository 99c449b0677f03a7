/*
** A walk through tables of whole numbers, from the true one: cheap witnesses before any programme.
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

/* Extends least and greatest of each variable, which hold the table at hand already; the tableau stays. */
int tables_walk(const TablesTableau *tableau, int64_t *least, int64_t *greatest) SITO_MUST_CHECK;

#endif
