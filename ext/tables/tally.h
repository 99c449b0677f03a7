/*
** From records to the facts of all cells of a table, totals included.
**
** R1  Sums are exact: whole numbers of the records' common unit. A sum, or a sum without signs, above
**     TABLES_MOST_VALUE is SITO_TOOBIG.
** R2  A contributor counts once in a cell, however many records it has there; its contribution is their
**     sum, and what is compared is that sum without its sign.
** R3  Cells are mixed radix over the codes of the dimensions, the last one fastest; all of them are there,
**     empty ones too, at most TABLES_MOST_MADE.
*/
#ifndef SITO_TABLES_TALLY_H
#define SITO_TABLES_TALLY_H

#include "base/watch.h"
#include "primary.h"
#include "system.h"

#define TABLES_MOST_MADE ((size_t)1 << 21)

/* One dimension: `codes` of them, `parents` (0 is the total), how many steps each is below the total, and
** of each record its finest code. */
typedef struct TallyDimension {
    const uint32_t *parents;
    const uint8_t *depths;
    const uint32_t *records;
    uint32_t codes;
    int depth; /* the greatest of them */
} TallyDimension;

typedef struct TallyInput {
    const TallyDimension *dimensions;
    int dimension_count;
    size_t records;
    const int64_t *amounts;       /* NULL: each record counts one */
    const uint32_t *contributors; /* below contributor_count; NULL: each record is one's own */
    uint32_t contributor_count;
} TallyInput;

typedef struct Tally {
    TablesFacts *facts; /* of each cell; `row` is -1 */
    uint32_t *owners;   /* who stands alone in it: the contributor + 1; 0: nobody does */
    size_t cells;
} Tally;

int tables_tally(const TallyInput *input, const SitoWatch *watch, Tally *tally,
                 char **error) SITO_MUST_CHECK;
void tables_tally_free(Tally *tally);

#endif
