/*
** Suppression that holds: from primary cells to a table in which each hidden cell is as wide as asked.
**
**   primary ─▶ patterns (guards.h) ─▶ elimination (eliminate.h) ─▶ audit of the rest ─▶ more, or done
**                                             ▲                                            │
**                                             └────────────────────────────────────────────┘
**
** R1  Every primary cell ends up `held` by patterns or safe by the exact audit; else there is an error, or
**     result->open counts the cells for which nothing can be hidden any more.
** R2  What is hidden costs as little as several greedy ways find, elimination before patterns being one of
**     them in tables that are not large: cells have a cost, the sum counts.
** R3  Cells with a cost below 0 and cells that another table publishes are never hidden.
** R4  A reader does not know which hidden cells are primary, so secondary ones are to be as wide as their
**     own `width` asks. One that follows from what is published is published: nothing new is told.
** R5  The same input gives the same cells.
*/
#ifndef SITO_TABLES_PROTECT_H
#define SITO_TABLES_PROTECT_H

#include "base/watch.h"
#include "pattern.h"

/* What is to be protected. Statuses of the system say what is primary; `width` what a cell needs once it is
** hidden; secondary ones are the result (those that were there before stay hidden). */
typedef struct ProtectTask {
    TablesSystem *system;
    const PatternGrid *grid; /* NULL: none, then elimination and audit do it all */
    const uint32_t *owners;  /* of each cell: who stands alone in it, from 1; 0: nobody. Or NULL */
    const uint8_t *fixed;    /* of each cell: it stays published. Or NULL */
    int64_t narrower; /* what must stay hidden of a cell from one who stands alone in another */
} ProtectTask;

typedef struct ProtectResult {
    size_t primary, secondary;
    size_t held;    /* primary cells whose width patterns show */
    size_t audited; /* cells that the exact audit looked at */
    size_t
        open; /* primary cells that cannot be protected: what is published elsewhere gives them away */
    double loss; /* costs of the secondary cells */
    int rounds;
} ProtectResult;

int tables_protect(const ProtectTask *task, const SitoWatch *watch, ProtectResult *result,
                   char **error) SITO_MUST_CHECK;

#endif
