/*
** A cell as the risk module sees it, and the key by which two cells are the same.
**
** R1  Of the types only INTEGER and REAL meet: 1 = 1.0, 0.0 = -0.0. TEXT '1' is another value than
**     1, a BLOB another than the TEXT of the same bytes, NULL a value of its own.
** R2  Nothing is rounded: 2^53 and 2^53 + 1 differ, and a REAL that is no exact 64-bit integer keeps
**     its own bits.
** R3  Text is compared byte for byte in UTF-8; no collation and no affinity takes part.
** R4  The key of a row is the keys of its cells one after the other, each with type and length, so
**     that ('ab', 'c') and ('a', 'bc') differ.
*/
#ifndef SITO_RISK_CELL_H
#define SITO_RISK_CELL_H

#include "base/sito.h"

struct sqlite3_value;

typedef enum RiskType { RISK_NULL, RISK_INTEGER, RISK_REAL, RISK_TEXT, RISK_BLOB } RiskType;

typedef struct RiskCell {
    RiskType type;
    int64_t integer; /* RISK_INTEGER */
    double real;     /* RISK_REAL */
    SitoText text;   /* RISK_TEXT and RISK_BLOB; lives as long as the value it was read from */
} RiskCell;

int risk_cell_read(struct sqlite3_value *value, RiskCell *cell) SITO_MUST_CHECK;

/* Adds the key of a cell to key. */
int risk_cell_key(const RiskCell *cell, SitoBuffer *key) SITO_MUST_CHECK;

/* The keyed hash of a row of cells; `key` is scratch space that is reused from row to row. */
int risk_row_hash(struct sqlite3_value **values, int count, SitoBuffer *key,
                  SitoHash128 *hash) SITO_MUST_CHECK;

#endif
