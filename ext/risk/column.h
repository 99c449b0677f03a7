/*
** A column as codes: every distinct value is kept once, every row holds the number of its value.
**
** R1  Codes are given in the order of first appearance, from 0.
** R2  Two cells have one code when their keys agree (cell.h), by 128 keyed bits.
** R3  4 bytes a row, and at most RISK_MAX_VALUE_BYTES for the bytes of the distinct values; more is
**     SITO_TOOBIG.
*/
#ifndef SITO_RISK_COLUMN_H
#define SITO_RISK_COLUMN_H

#include "cell.h"
#include "group.h"

#define RISK_MAX_VALUE_BYTES ((size_t)1 << 30)

typedef struct RiskValue {
    SitoHash128 hash;
    RiskType type;
    int64_t integer;
    double real;
    size_t offset, size; /* of text and blobs, in RiskColumn.bytes */
} RiskValue;

typedef struct RiskColumn {
    uint32_t *codes; /* of each row */
    size_t rows, row_capacity;
    RiskValue *values; /* of each code */
    size_t count, value_capacity;
    uint32_t *slots; /* code + 1; 0 is empty */
    size_t slot_count;
    SitoBuffer bytes; /* of the texts; stays empty where names are not kept */
    bool forget;      /* set before the first row: only codes are wanted, not the values */
} RiskColumn;

/* Adds the cell of the next row. `key` is scratch space. */
int risk_column_add(RiskColumn *column, const RiskCell *cell, SitoBuffer *key) SITO_MUST_CHECK;

/* The value of a code, as a cell that points into the column. */
RiskCell risk_column_cell(const RiskColumn *column, uint32_t code);

void risk_column_free(RiskColumn *column);

#endif
