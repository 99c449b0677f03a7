/*
** Multidimensional generalisation: Mondrian (LeFevre, DeWitt, Ramakrishnan 2006).
**
** The rows are cut in two, and each part again, as long as every part meets the target by itself. Each
** time the column is cut in which the part is widest, measured against the whole table; a column that
** cannot be cut gives way to the next.
**
** R1  Numbers are cut at the median. Other columns are cut along the children of their node in the
**     hierarchy, all at once, never in the order of their letters.
** R2  NULL is parted from the numbers first; where that cannot be, the column is '*' in that part.
** R3  l counts folded values, t and alpha are those of the risk engine; p is of the whole table, since
**     no row is left out.
** R4  A table that does not meet the target as a whole has no result.
*/
#ifndef SITO_ANONYMISE_MONDRIAN_H
#define SITO_ANONYMISE_MONDRIAN_H

#include "plan.h"

/* The order of the leaves of a column of numbers: NULL first. */
typedef struct AnonOrder {
    uint32_t *rank; /* of each leaf */
    uint32_t *leaf; /* of each rank */
    double *value;  /* of each rank */
    uint32_t null;  /* 1 where rank 0 is NULL */
    bool number;    /* false: cut along the hierarchy */
} AnonOrder;

/* What a class knows of a column: ranks `low` to `high`, or a code at a level. */
typedef struct AnonExtent {
    uint32_t low, high;
    int level;
} AnonExtent;

typedef struct AnonSpan {
    uint32_t from, to;
} AnonSpan;

typedef struct AnonMondrian {
    AnonOrder orders[ANON_MOST_COLUMNS];
    uint32_t *row;       /* the numbers of the rows, those of a class together */
    AnonSpan *spans;     /* of each class: its part of `row` */
    AnonExtent *extents; /* count of columns of each class */
    size_t classes, room, extent_room;
} AnonMondrian;

/* The leaves of each column, as they were read. *meets false: R4. */
int anon_mondrian(const AnonPlan *plan, const AnonDictionary *leaves, const SitoWatch *watch,
                  AnonMondrian *result, bool *meets) SITO_MUST_CHECK;
void anon_mondrian_free(AnonMondrian *result);

/* Appends what a class says of a column; *is_null where it is NULL. */
int anon_mondrian_label(const AnonPlan *plan, const AnonDictionary *leaves,
                        const AnonMondrian *result, size_t class, int column, SitoBuffer *out,
                        bool *is_null) SITO_MUST_CHECK;

#endif
