/*
** Controlled rounding: every cell to a multiple of the base next to it, so that every total stays the sum
** of its parts.
**
** R1  A cell moves by less than the base: one that is a multiple already stays as it is.
** R2  Every equation of the system holds after rounding. The finest cells are searched over; where no such
**     rounding is found there is an error. In two dimensions there always is one (Cox 1987), in more there
**     need not be.
** R3  The same input gives the same cells.
*/
#ifndef SITO_TABLES_ROUND_H
#define SITO_TABLES_ROUND_H

#include "base/watch.h"
#include "system.h"

/* rounded: of each cell of the system. Totals must add up (tables_system_check). */
int tables_round(const TablesSystem *system, int64_t base, int64_t *rounded, const SitoWatch *watch,
                 char **error) SITO_MUST_CHECK;

#endif
