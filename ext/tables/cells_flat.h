/*
** A table of cells that is whole and without hierarchies is one grid, whose patterns can be looked up.
*/
#ifndef SITO_TABLES_CELLS_FLAT_H
#define SITO_TABLES_CELLS_FLAT_H

#include "pattern.h"
#include "sources.h"

typedef struct CellsFlat {
    PatternGrid grid;
    uint32_t *parents[TABLES_MOST_DIMENSIONS];
    uint32_t *cells;
} CellsFlat;

/* numbers: of each row its cell. *whole: the table is one grid, and not too large. */
int cells_make_flat(const TablesSources *sources, const uint32_t *numbers, CellsFlat *flat,
                    bool *whole) SITO_MUST_CHECK;
void cells_free_flat(CellsFlat *flat);

#endif
