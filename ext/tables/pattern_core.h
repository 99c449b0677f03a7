/*
** What the two files behind pattern.h share.
*/
#ifndef SITO_TABLES_PATTERN_CORE_H
#define SITO_TABLES_PATTERN_CORE_H

#include "pattern.h"

enum {
    MOST_OPTIONS = 40,
    MOST_MOVES = 24,
    MOST_SUPPORT = 4096,
    MOST_PATTERNS = 8192,
    MOST_SIBLINGS = 512
};

/* What one dimension does: codes that go with the cell, and codes that go against it. */
typedef struct Option {
    uint32_t codes[MOST_MOVES];
    int count, with; /* the first `with` of them go with it; the first of all is the cell's own */
    int64_t weight;  /* what the cell against it could give */
} Option;

struct PatternSearch {
    const TablesSystem *system;
    const PatternGrid *grid;
    const uint8_t *hidden;
    const double *price;
    size_t steps[TABLES_MOST_DIMENSIONS];
    uint32_t codes[TABLES_MOST_DIMENSIONS]; /* of the cell that is searched for */
    size_t place;
    uint32_t *below[TABLES_MOST_DIMENSIONS]; /* of each code: its first code below, or none */
    uint32_t
        *beside[TABLES_MOST_DIMENSIONS]; /* the next code of the same parent, the last's first */
    Option *options[TABLES_MOST_DIMENSIONS];
    int counts[TABLES_MOST_DIMENSIONS];
    /* places of the product so far: level d holds those of dimensions before d */
    size_t *places[TABLES_MOST_DIMENSIONS + 1];
    int8_t *signs[TABLES_MOST_DIMENSIONS + 1];
    size_t support[TABLES_MOST_DIMENSIONS + 1];
    double cost[TABLES_MOST_DIMENSIONS + 1];
    /* the aim, and the best so far */
    bool only_hidden;
    int64_t down, up, width;
    double best;
    int64_t best_width;
    uint32_t *found, *moved; /* the cells to hide; the cells that go down, then those that go up */
    size_t found_count, moved_down, moved_up;
    size_t patterns;
    /* of each cell the equations that it stands in; a sum for each equation */
    size_t *touch_first;
    uint32_t *touches;
    int32_t *sums;
};

/* The cell can take part: it is hidden or, unless hidden ones alone are looked at, may be. */
static inline bool pattern_usable(const PatternSearch *search, uint32_t cell) {
    return cell != TABLES_NO_CELL &&
           (search->hidden[cell] != 0 || (!search->only_hidden && search->price[cell] >= 0));
}

/* Which codes lie below and beside each code of dimension d (pattern_options_core.c). */
int pattern_list_codes(PatternSearch *search, int d) SITO_MUST_CHECK;

/* The options of each dimension for the cell at search->place. */
void pattern_list_options(PatternSearch *search);

#endif
