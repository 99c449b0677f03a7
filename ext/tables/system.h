/*
** A statistical table as its reader sees it: cells, and equations between them.
**
**   tables of cells ──▶ tables_system_add (one call a table) ──▶ cells · equations ──▶ audit, suppression
**
** What the reader (the intruder) is taken to know, and nothing else:
**   – every cell that is published, in any of the tables that were added;
**   – every equation: a total is the sum of its parts, in each dimension and hierarchy, for every
**     combination of the other dimensions that the table shows;
**   – of every cell its bounds: 0 or more, unless the source says that values may be negative;
**   – of a system with `whole`: that all values are whole numbers (in units of 10^-scale).
** He does not know which cells are suppressed for their own sake and which to protect others, nor the
** thresholds. Whoever contributes to a cell alone knows that cell: see `single` and audit.h.
**
** R1  A cell has a key: the measure and the codes of its dimensions without those that are totals. Cells
**     of several tables with one key are one cell, so linked tables and earlier versions need no more
**     than to be added. Dimensions and codes are compared by their text.
** R2  A cell that another table publishes is `told`. Two published values of one key that differ are an
**     error (the row of each is named): such tables do not speak of the same thing.
** R3  Values are exact: whole numbers in units of 10^-scale, at most TABLES_MOST_VALUE either way.
** R4  Where a table shows no cell for a combination, the cell is 0, or with absent_unknown a suppressed
**     one. Where it shows no part of a total at all, nothing is said of that total.
** R5  Totals that do not add up are an error (tables_system_check): also where all parts but some are
**     known and those known exceed the total of cells that cannot be negative.
** R6  An earlier table may be cumulative: every value then was at most what it is now. Its cells are cells
**     of their own, and "now = before + growth, growth >= 0" are equations.
*/
#ifndef SITO_TABLES_SYSTEM_H
#define SITO_TABLES_SYSTEM_H

#include "base/sito.h"
#include "base/watch.h"

/* Bounds at infinity, and the widest value. */
#define TABLES_NO_LOWER INT64_MIN
#define TABLES_NO_UPPER INT64_MAX
#define TABLES_MOST_VALUE ((int64_t)1000000000000000)
#define TABLES_MOST_CELLS ((size_t)1 << 26)
#define TABLES_NO_CODE UINT32_MAX
#define TABLES_NO_CELL UINT32_MAX

enum { TABLES_MOST_DIMENSIONS = 16, TABLES_MOST_HIERARCHIES = 8, TABLES_MOST_SOURCES = 64 };

typedef enum TablesStatus {
    TABLES_PUBLISHED,
    TABLES_PRIMARY,   /* suppressed: small, dominated, … */
    TABLES_SECONDARY, /* suppressed to protect others */
    TABLES_MISSING    /* nobody knows it; it is not audited */
} TablesStatus;

typedef struct TablesCell {
    int64_t value;        /* in units of 10^-scale; of use only where `known` */
    int64_t lower, upper; /* what the reader knows beforehand; TABLES_NO_LOWER, TABLES_NO_UPPER */
    /* The protection that is asked: the reader's interval must reach down to value - below and up to
    ** value + above and be at least `width` wide. 0: nothing more than not being disclosed. */
    int64_t below, above, width;
    double cost;  /* of suppressing it, for secondary suppression */
    uint32_t row; /* in its source, from 0 */
    uint8_t source;
    uint8_t status; /* TablesStatus, as in the first source that shows the cell */
    bool known;     /* the value is known to us: always, but for tables that carry signs only */
    bool told;      /* another source publishes it */
    bool single;    /* one contributor, who knows it */
} TablesCell;

/* Equation e: the sum of sign[i] * cell[part[i]] over first[e] <= i < first[e + 1] is 0. The first
** part is the total, with sign -1. */
typedef struct TablesSystem {
    TablesCell *cells;
    size_t count, room;
    size_t *first; /* equations + 1 of them */
    size_t equations, first_room;
    uint32_t *parts;
    int8_t *signs;
    size_t parts_count, parts_room, signs_room;
    bool whole;
    int sources;
    size_t shared; /* cells of a source that earlier ones have, too; of all sources together */
    /* Key to cell: open addressing. */
    SitoHash128 *keys; /* of each cell */
    size_t keys_room;
    uint32_t *slots;
    size_t slot_count;
} TablesSystem;

/* One dimension of a source. parents[h][code] is the code above it in hierarchy h, the total being the
** top; TABLES_NO_CODE: above it is nothing, or it does not belong to that hierarchy. */
typedef struct TablesDimension {
    SitoText name;
    const SitoText *codes; /* their texts */
    uint32_t count;
    uint32_t total; /* the code of the total, or TABLES_NO_CODE */
    int hierarchies;
    const uint32_t *parents[TABLES_MOST_HIERARCHIES];
} TablesDimension;

typedef enum TablesRelation {
    TABLES_SAME,      /* of the same things: linked, or an earlier version */
    TABLES_CUMULATIVE /* earlier, and values only grew since */
} TablesRelation;

typedef struct TablesSource {
    SitoText measure;
    const TablesDimension *dimensions;
    int dimension_count;
    const uint32_t *codes;   /* of row r and dimension d: codes[r * dimension_count + d] */
    const TablesCell *cells; /* one a row; `row`, `source`, `told` are filled in */
    size_t rows;
    TablesRelation relation;
    bool absent_unknown;
    bool negative; /* values may be negative: absent and missing cells are not bounded by 0 */
} TablesSource;

/* Where an error lies: rows from 0, TABLES_NO_CELL where none; of sources in the order they were added. */
typedef struct TablesFault {
    uint32_t row, other_row;
    int source, other_source;
} TablesFault;

/* Start from {.whole = …}. After an error the system can only be freed. */
int tables_system_add(TablesSystem *system, const TablesSource *source, const SitoWatch *watch,
                      TablesFault *fault, char **error) SITO_MUST_CHECK;
void tables_system_free(TablesSystem *system);

/* An equation, or a cell, of one's own. The total comes first. */
int tables_system_cell(TablesSystem *system, const TablesCell *cell,
                       uint32_t *number) SITO_MUST_CHECK;
int tables_system_equation(TablesSystem *system, const uint32_t *parts, const int8_t *signs,
                           size_t count) SITO_MUST_CHECK;

/* What the reader sees as a number. */
static inline bool tables_cell_public(const TablesCell *cell) {
    return cell->status == TABLES_PUBLISHED || cell->told;
}

/* Whether all totals add up, as far as values are known to us (R5); fault: the total and a part. */
int tables_system_check(const TablesSystem *system, TablesFault *fault,
                        char **error) SITO_MUST_CHECK;

#endif
