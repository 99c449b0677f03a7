/*
** Ways in which the values of one table could move together: a hidden cell up by one, others up or down
** by one, and every total still the sum of its parts.
**
** A pattern is a product of one choice a dimension: the code of the cell against a sibling (and below
** both, one code a level, down to the finest), or the code with all those above it. Values move along a
** pattern of hidden cells as far as none of them passes its bounds; so far at least reaches what a
** reader has to reckon with (hypercubes: Giessing and Repsilber 2002).
**
** R1  Only patterns within one table are known here; cells that other tables share, or a second hierarchy
**     splits, take part in none.
** R2  What is promised is a lower bound of a reader's interval; the audit says the rest.
*/
#ifndef SITO_TABLES_PATTERN_H
#define SITO_TABLES_PATTERN_H

#include "system.h"

/* One table of the system, whole: cells[…] is mixed radix, the last dimension fastest. */
typedef struct PatternGrid {
    int dimensions;
    uint32_t sizes[TABLES_MOST_DIMENSIONS];
    const uint32_t *parents[TABLES_MOST_DIMENSIONS]; /* of each code; TABLES_NO_CODE of the total */
    const uint32_t *cells;                           /* of the system; TABLES_NO_CELL: none */
} PatternGrid;

typedef struct PatternSearch PatternSearch;

/* `hidden` and `price` (of hiding a cell; below 0: it cannot be hidden) may change between searches. */
int pattern_new(const TablesSystem *system, const PatternGrid *grid, const uint8_t *hidden,
                const double *price, PatternSearch **search) SITO_MUST_CHECK;
void pattern_free(PatternSearch *search);

/* How far the cell at a place of the grid can move over hidden cells alone, down and up; the search ends
** once that makes `width` together. The cells that move, one twice where both ways need it. */
typedef struct PatternReach {
    int64_t down, up;
    const uint32_t *cells;
    size_t count;
} PatternReach;

PatternReach pattern_reach(PatternSearch *search, size_t place, int64_t width);

/* The cheapest pattern that widens what is reached already to `width`: its cells that are not hidden
** yet. 0: there is none. */
size_t pattern_widen(PatternSearch *search, size_t place, const PatternReach *reach, int64_t width,
                     const uint32_t **cells);

#endif
