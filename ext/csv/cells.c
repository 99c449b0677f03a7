/*
** What the hidden column _cells hands on: all cells of the record on which a cursor stands (table.h).
**
** R1  The object belongs to the table, not to the cursor: SQLite may keep a pointer in a register after
**     the cursor was closed (SELECT max(a), _cells …). Such a pointer points at an object that stands on
**     no record, or on another one, and its number says so.
** R2  An object that a closed cursor left behind is taken again: there are as many as cursors at once.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "csv/table.h"

static int read_cell(const SitoCells *base, size_t i, SitoText *text) {
    SitoCsvScan *scan = ((const SitoCsvCells *)base)->scan;
    bool bare;
    if (scan->plan->options.nulls.size == 0) {
        return sito_reader_field(scan->reader, i, text, &bare);
    }
    SitoCell cell;
    int rc = sito_scan_cell(scan, i, &cell);
    *text = cell.kind == SITO_CELL_TEXT ? cell.text : (SitoText){0};
    return rc;
}

int sito_csv_cells_take(SitoCsvTable *table, SitoCsvScan *scan, int64_t number,
                        SitoCsvCells **taken) {
    SitoCsvCells *cells = table->cells;
    while (cells != NULL && cells->scan != NULL) {
        cells = cells->next;
    }
    if (cells == NULL) {
        cells = sito_malloc(sizeof *cells);
        if (cells == NULL) {
            return SITO_NOMEM;
        }
        cells->next = table->cells;
        table->cells = cells;
    }
    cells->scan = scan;
    cells->base =
        (SitoCells){.number = number, .count = table->plan->headings.count, .read = read_cell};
    *taken = cells;
    return SITO_OK;
}

void sito_csv_cells_leave(SitoCsvCells *cells) {
    if (cells != NULL) {
        cells->scan = NULL;
        cells->base.number = 0;
    }
}

void sito_csv_cells_free(SitoCsvTable *table) {
    while (table->cells != NULL) {
        SitoCsvCells *next = table->cells->next;
        sito_free(table->cells);
        table->cells = next;
    }
}
