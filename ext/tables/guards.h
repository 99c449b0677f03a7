/*
** Hidden cells and the patterns that keep them wide (pattern.h): which more to hide, which to publish
** again.
**
** R1  guards_widen hides, for every guarded cell that no pattern of hidden cells keeps wide enough, the
**     cheapest pattern that does. Where there is none the cell stays, for the audit to judge.
** R2  A reader who stands alone in cells knows them. For each such reader in the patterns of a guard there
**     are other patterns, without his cells, that still leave the guard `narrower` wide.
** R3  A guarded cell for which that is known is `held`: its patterns are tables that satisfy every
**     equation and bound, so that the reader's interval is proven to be that wide.
** R4  guards_trim publishes again, the dearest first, each of the cells it may whose patterns can be
**     replaced.
*/
#ifndef SITO_TABLES_GUARDS_H
#define SITO_TABLES_GUARDS_H

#include "pattern.h"

typedef struct Guard {
    uint32_t cell;
    int64_t width;
    uint32_t *cells; /* those whose moving shows the width, with some twice */
    size_t count, room;
    bool held;
} Guard;

typedef struct Guards {
    const TablesSystem *system;
    const PatternGrid *grid;
    PatternSearch *search;
    uint8_t *hidden; /* of each cell */
    double *price;   /* of hiding each cell; below 0: never */
    const uint32_t
        *owners; /* of each cell: who stands alone in it; 0: nobody. NULL: nobody anywhere */
    uint32_t *owned_first, *owned; /* the cells of owner o: owned[owned_first[o]] … */
    uint32_t owner_count;
    uint8_t *kept; /* of the cells of the owner to whom they are open: what they were */
    double *prices;
    int64_t narrower; /* R2; 0: not asked */
    size_t *places;   /* of each cell: its place in the grid, or SIZE_MAX */
    Guard *list;
    Guard spare; /* what is being looked up */
    size_t count, room;
    const SitoWatch *watch;
} Guards;

/* `hidden` and `owners` stay the caller's; `price` is copied. */
int guards_start(Guards *guards, const TablesSystem *system, const PatternGrid *grid,
                 uint8_t *hidden, const double *price, const uint32_t *owners, int64_t narrower,
                 const SitoWatch *watch) SITO_MUST_CHECK;
int guards_add(Guards *guards, uint32_t cell, int64_t width) SITO_MUST_CHECK;
void guards_free(Guards *guards);

/* In the order of `turns`, `count` numbers of guards. */
int guards_widen(Guards *guards, const uint32_t *turns, size_t count) SITO_MUST_CHECK;
/* Only cells with may[cell] are published again; such a cell needs no guard any more. */
int guards_trim(Guards *guards, const uint8_t *may) SITO_MUST_CHECK;

#endif
