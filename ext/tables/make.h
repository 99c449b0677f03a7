/*
** From records to a table of cells that is ready to be protected.
**
**   make_records_read ─▶ records in memory ─▶ make_table_build (levels of hierarchies) ─▶ cells, reasons,
**                                                                     the system that a reader sees
**
** R1  One scan of the records, through one inner SELECT of an aggregate.
** R2  Amounts are decimal numbers, exact, of the finest scale that a record has.
** R3  A record without an amount has no part in a table of amounts; how many there are is counted.
** R4  Empty cells that no rule finds are zeros that everybody sees: the system leaves them out.
*/
#ifndef SITO_TABLES_MAKE_H
#define SITO_TABLES_MAKE_H

#include "make_config.h"
#include "pattern.h"
#include "tally.h"
#include "tree.h"

typedef struct MakeRecords {
    AnonDictionary values[TABLES_MOST_DIMENSIONS];
    uint32_t *codes[TABLES_MOST_DIMENSIONS]; /* of each record */
    size_t code_room[TABLES_MOST_DIMENSIONS];
    AnonDictionary people;
    uint32_t *contributors; /* NULL without a column for them */
    int64_t *amounts;       /* NULL where records are counted; units of 10^-scale */
    uint8_t *scales;
    size_t contributor_room, amount_room, scale_room;
    size_t count, missing;
    int scale;
    bool negative; /* some amount is below zero */
} MakeRecords;

/* Records as the plan names their columns (make_records.c). */
int make_records_read(SitoCall *call, SitoText table, const MakePlan *plan,
                      MakeRecords *records) SITO_MUST_CHECK;
void make_records_free(MakeRecords *records);

typedef struct MakeTable {
    TablesTree trees[TABLES_MOST_DIMENSIONS];
    int dimensions;
    Tally tally;
    uint8_t *reasons; /* of each place: a bit for each TablesReason */
    size_t primary;   /* places with a reason */
    size_t empty;     /* places with nobody */
    bool negative;    /* values may be */
    TablesSystem system;
    uint32_t *cells;  /* of each place: its cell in the system, or TABLES_NO_CELL */
    uint32_t *owners; /* of each cell of the system */
    PatternGrid grid;
} MakeTable;

/* The cells and the reasons; `least` gives for each dimension the first level that is shown. */
int make_table_build(const MakePlan *plan, const MakeRecords *records, const int *least,
                     const SitoWatch *watch, MakeTable *table, char **error) SITO_MUST_CHECK;
/* The system of a built table. */
int make_table_system(const MakePlan *plan, MakeTable *table, const SitoWatch *watch,
                      char **error) SITO_MUST_CHECK;
void make_table_free(MakeTable *table);

/* The code of dimension d at a place. */
uint32_t make_table_code(const MakeTable *table, size_t place, int d);

#endif
