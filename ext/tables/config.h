/*
** A table of cells as SQL gives it (the JSON text: tables.h), and its rows.
**
**   JSON ─▶ tables_plan_read ─▶ plan ─▶ tables_rows_read ─▶ rows ─▶ tables_rows_add ─▶ system
**
** R1  Unknown keys, values of another type than the key has and names of columns that are not there are
**     errors with what is allowed.
** R2  A linked or earlier table has the keys of the main one, where its own do not say otherwise.
** R3  A cell is suppressed where its status says so, or its measure is a sign of suppression; then a number
**     is its true value, known to us and not to the reader.
** R4  An error about a row names it by its rowid, or by its place where the table has none, never by values.
** R5  The total that a dimension names must be there, unless the table is empty: a misspelt one would leave
**     no equations and make everything look safe.
*/
#ifndef SITO_TABLES_CONFIG_H
#define SITO_TABLES_CONFIG_H

#include "base/table.h"
#include "system.h"

enum { TABLES_MOST_SIGNS = 64 };

typedef enum TablesSign {
    TABLES_SIGN_SUPPRESSED,
    TABLES_SIGN_MISSING,
    TABLES_SIGN_ZERO,
    TABLES_SIGN_ABSENT
} TablesSign;

typedef struct TablesPlanDimension {
    char *name, *total;                         /* total NULL: there is none */
    char *as;                                   /* what other tables call it; else its name */
    char *hierarchies[TABLES_MOST_HIERARCHIES]; /* JSON objects, and names of tables */
    bool stored[TABLES_MOST_HIERARCHIES];
    int count;
} TablesPlanDimension;

typedef struct TablesPlan {
    char *table; /* NULL: the first argument of the call */
    TablesPlanDimension dimensions[TABLES_MOST_DIMENSIONS];
    int count;
    char *measure, *status, *contributors, *decimal; /* NULL: not named */
    char *signs[TABLES_MOST_SIGNS];
    uint8_t sign_kinds[TABLES_MOST_SIGNS];
    int sign_count;
    char *protection[3]; /* width, below, above; NULL: none */
    TablesRelation relation;
    bool negative, absent_unknown;
    bool verdicts, singles;
    int whole; /* -1: not said */
} TablesPlan;

int tables_plan_read(SitoCall *call, SitoText json, TablesPlan *plan) SITO_MUST_CHECK;
void tables_plan_free(TablesPlan *plan);

/* The texts of the plans of the linked tables, then of the earlier ones. Release each with sito_free. */
int tables_plan_others(SitoCall *call, SitoText json, char *plans[TABLES_MOST_SOURCES],
                       int *count) SITO_MUST_CHECK;

typedef struct TablesRows {
    struct AnonDictionary *codes; /* of each dimension */
    uint32_t *row_codes;
    TablesCell *cells; /* values in units of 10^-fraction, until they are added */
    uint8_t *fractions;
    int64_t *rowids;
    size_t count, code_room, cell_room, fraction_room, rowid_room;
    int fraction; /* the most digits behind a point */
    /* Once added, of each dimension of one hierarchy: the codes that rows show, and above each another of
    ** them, or TABLES_NO_CODE. NULL: there are several hierarchies, or neither these nor a total. */
    uint32_t *parents[TABLES_MOST_DIMENSIONS];
    uint32_t shown[TABLES_MOST_DIMENSIONS];
} TablesRows;

int tables_rows_read(SitoCall *call, SitoText table, const TablesPlan *plan,
                     TablesRows *rows) SITO_MUST_CHECK;
void tables_rows_free(const TablesPlan *plan, TablesRows *rows);

/* Adds the rows to the system, in units of 10^-scale. */
int tables_rows_add(SitoCall *call, const TablesPlan *plan, TablesRows *rows, int scale,
                    TablesSystem *system, TablesFault *fault) SITO_MUST_CHECK;

#endif
