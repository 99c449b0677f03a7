/*
** Inside the audit of a component: the tables met so far, and the search for one end of an interval.
*/
#ifndef SITO_TABLES_BOUNDING_H
#define SITO_TABLES_BOUNDING_H

#include "component.h"
#include "tableau.h"

enum { TABLES_FEW_TRIES = 12, TABLES_MANY_TRIES = 120 }; /* columns looked at for a step */

/* One end of the interval of one variable. */
typedef struct End {
    TablesRational bound; /* nothing lies beyond */
    bool exact;           /* and it is attained (or there is no bound at all) */
    uint8_t proof;
} End;

typedef struct Bounding {
    const TablesProblem *problem;
    const TablesAuditOptions *options;
    size_t component;
    const uint32_t *variables;    /* of the component */
    TablesTableau tableau, first; /* as it is now, and as it was at the first table */
    int64_t *least, *greatest;    /* of each variable: the reach of the tables met */
    uint64_t nodes;
    bool any; /* a table was met */
} Bounding;

TablesRational tables_whole_number(int64_t number);

/* The table at hand belongs to the reach, unless it is broken and may not be. Between two tables of real
** numbers lie all others, so ends rounded inwards are attained as soon as the two ends are in order. */
void bounding_remember(Bounding *bounding);
void bounding_forget(Bounding *bounding);

/* What is known of an end without looking for it. */
End bounding_outer_end(const Bounding *bounding, uint32_t v, int sign);

/* Where numbers grow too large or a search takes too long, another way is tried from the first table: with
** more columns looked at for each step, there are fewer steps. After that the end stays open. */
int bounding_find_end(Bounding *bounding, uint32_t v, int sign, int64_t goal,
                      End *end) SITO_MUST_CHECK;

#endif
