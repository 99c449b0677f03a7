/*
** A table of cells as one grid, for its patterns (cells_flat.h).
*/
#include <string.h>

#include "anonymise/anonymise.h"
#include "cells_flat.h"

void cells_free_flat(CellsFlat *flat) {
    for (int d = 0; d < TABLES_MOST_DIMENSIONS; d++) {
        sito_free(flat->parents[d]);
    }
    sito_free(flat->cells);
}

static int list_parents(const TablesSources *sources, int d, CellsFlat *flat) {
    const TablesRows *rows = &sources->rows[0];
    const char *total = sources->plans[0].dimensions[d].total;
    uint32_t count = (uint32_t)rows->codes[d].count, top = TABLES_NO_CODE;
    flat->parents[d] = sito_malloc(((size_t)count + 1) * sizeof(uint32_t));
    if (flat->parents[d] == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t code = 0; code < count && total != NULL; code++) {
        if (sito_text_equal(anon_dictionary_text(&rows->codes[d], code),
                            (SitoText){total, strlen(total)})) {
            top = code;
        }
    }
    for (uint32_t code = 0; code < count; code++) {
        flat->parents[d][code] = code == top ? TABLES_NO_CODE : top;
    }
    flat->grid.sizes[d] = count;
    flat->grid.parents[d] = flat->parents[d];
    return SITO_OK;
}

int cells_make_flat(const TablesSources *sources, const uint32_t *numbers, CellsFlat *flat,
                    bool *whole) {
    const TablesPlan *plan = &sources->plans[0];
    const TablesRows *rows = &sources->rows[0];
    size_t places = 1;
    int rc = SITO_OK;
    *whole = true;
    flat->grid.dimensions = plan->count;
    for (int d = 0; d < plan->count && *whole; d++) {
        size_t size = rows->codes[d].count;
        *whole = plan->dimensions[d].total != NULL && plan->dimensions[d].count == 0 && size > 0 &&
                 places <= ((size_t)1 << 22) / size;
        places *= size;
    }
    for (int d = 0; d < plan->count && *whole && rc == SITO_OK; d++) {
        rc = list_parents(sources, d, flat);
    }
    flat->cells = *whole ? sito_malloc((places + 1) * sizeof *flat->cells) : NULL;
    if (!*whole || rc != SITO_OK || flat->cells == NULL) {
        return *whole && rc == SITO_OK ? SITO_NOMEM : rc;
    }
    memset(flat->cells, 0xff, (places + 1) * sizeof *flat->cells);
    for (size_t r = 0; r < rows->count; r++) {
        size_t place = 0;
        for (int d = 0; d < plan->count; d++) {
            place =
                place * rows->codes[d].count + rows->row_codes[r * (size_t)plan->count + (size_t)d];
        }
        const TablesCell *cell = &sources->system.cells[numbers[r]];
        flat->cells[place] = cell->known ? numbers[r] : TABLES_NO_CELL;
    }
    flat->grid.cells = flat->cells;
    return SITO_OK;
}
