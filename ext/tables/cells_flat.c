/*
** A table of cells as one grid, for its patterns (cells_flat.h).
*/
#include <string.h>

#include "cells_flat.h"

int cells_make_flat(const TablesSources *sources, const uint32_t *numbers, CellsFlat *flat,
                    bool *whole) {
    const TablesPlan *plan = &sources->plans[0];
    const TablesRows *rows = &sources->rows[0];
    size_t places = 1;
    *whole = true;
    flat->grid.dimensions = plan->count;
    for (int d = 0; d < plan->count && *whole; d++) {
        size_t size = rows->shown[d];
        *whole = rows->parents[d] != NULL && size > 0 && places <= ((size_t)1 << 22) / size;
        places *= size;
        flat->grid.sizes[d] = rows->shown[d];
        flat->grid.parents[d] = rows->parents[d];
    }
    flat->cells = *whole ? sito_malloc((places + 1) * sizeof *flat->cells) : NULL;
    if (!*whole || flat->cells == NULL) {
        return *whole ? SITO_NOMEM : SITO_OK;
    }
    memset(flat->cells, 0xff, (places + 1) * sizeof *flat->cells);
    for (size_t r = 0; r < rows->count; r++) {
        size_t place = 0;
        for (int d = 0; d < plan->count; d++) {
            place = place * rows->shown[d] + rows->row_codes[r * (size_t)plan->count + (size_t)d];
        }
        const TablesCell *cell = &sources->system.cells[numbers[r]];
        flat->cells[place] = cell->known ? numbers[r] : TABLES_NO_CELL;
    }
    flat->grid.cells = flat->cells;
    return SITO_OK;
}
