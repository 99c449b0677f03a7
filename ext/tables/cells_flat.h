/*
** A table of cells with one hierarchy a dimension is one grid, whose patterns can be looked up.
*/
#ifndef SITO_TABLES_CELLS_FLAT_H
#define SITO_TABLES_CELLS_FLAT_H

#include "pattern.h"
#include "sources.h"

typedef struct CellsFlat {
    PatternGrid grid; /* its parents are those of the rows */
    uint32_t *cells;
} CellsFlat;

/* numbers: of each row its cell. Release flat->cells with sito_free. *whole: the table is one grid, and not too large. */
int cells_make_flat(const TablesSources *sources, const uint32_t *numbers, CellsFlat *flat,
                    bool *whole) SITO_MUST_CHECK;

#endif
