/*
** What the SQL glue of the csv module shares: the table, how one is found by its name,
** interruption.
** For files that include sqlite3ext.h.
*/
#ifndef SITO_CSV_TABLE_H
#define SITO_CSV_TABLE_H

#include "base/sito.h"
#include "csv/scan_core.h"

/* Where a record begins: a scan leaves such marks behind, so that a rowid is found without reading
** the file from its beginning. */
typedef struct SitoCsvMark {
    int64_t number, line, byte;
} SitoCsvMark;

/* What the column _cells hands on. They belong to the table, so that a pointer that outlives its
** cursor points at an object that says so. */
typedef struct SitoCsvCells {
    SitoCells base;
    struct SitoCsvCells *next;
    SitoCsvScan *scan; /* NULL: free to be taken by another cursor */
} SitoCsvCells;

typedef struct SitoCsvTable {
    sqlite3_vtab base;
    struct SitoCsvTable *next; /* in the list of all tables */
    sqlite3 *db;
    char *schema, *name;
    SitoCsvPlan *plan;
    SitoCsvMark *marks; /* ascending */
    size_t mark_count, marks_capacity;
    SitoCsvCells *cells;          /* of all cursors that were ever asked for them at once */
    char sha256[SITO_SHA256_HEX]; /* "": no scan has come to the end */
} SitoCsvTable;

void sito_csv_list(SitoCsvTable *table);
void sito_csv_unlist(const SitoCsvTable *table);

/* The csv table that text names. `function` is for the message where there is none. */
int sito_csv_locate(sqlite3 *db, SitoText text, const char *function, SitoCsvTable **table,
                    char **error) SITO_MUST_CHECK;

/* An object for a cursor that stands on record `number` (cells.c). */
int sito_csv_cells_take(SitoCsvTable *table, SitoCsvScan *scan, int64_t number,
                        SitoCsvCells **cells) SITO_MUST_CHECK;
void sito_csv_cells_leave(SitoCsvCells *cells); /* the cursor is closed; NULL: it had none */
void sito_csv_cells_free(SitoCsvTable *table);

/* A poll that ends long reading when the connection is interrupted. */
SitoPoll sito_csv_poll(sqlite3 *db);

extern const sqlite3_module sito_csv_rejects_module; /* rejects.c */
extern const sqlite3_module sito_csv_sniff_module;   /* sniff.c */

#endif
