/*
** A table read into classes for a table function: quasi-identifiers, sensitive columns, a unit.
*/
#ifndef SITO_RISK_LOAD_H
#define SITO_RISK_LOAD_H

#include "gather.h"
#include "base/table.h"

typedef struct RiskLoad {
    SitoColumns quasi, sensitive, unit; /* unit: one name or none */
    RiskGather gather;
    RiskPartition partition;
    bool
        keep_quasi; /* the quasi-identifiers' values are wanted, too: behind the sensitive columns */
    bool keep_rowids, codes_only; /* codes_only: no classes, the columns of `sensitive` alone */
    int64_t *rowids; /* of each row; the number of the row where the table has no rowids */
    size_t rowid_count, rowid_capacity;
} RiskLoad;

/* Reads the table that the first argument names. The lists are filled by the caller (or left empty),
** and keep_rowids set; `ids`: the class of each row is wanted. */
int risk_load(SitoCall *call, RiskLoad *load, bool ids) SITO_MUST_CHECK;
/* Reads only the codes of the columns that argument `arg` names, or of all columns, into
** load->gather.sensitive; load->sensitive has their names. */
int risk_load_columns(SitoCall *call, RiskLoad *load, int arg) SITO_MUST_CHECK;

void risk_load_free(RiskLoad *load);

/* The lists of the usual arguments: 0 the table (not read here), 1 quasi-identifiers; `unit` is the
** number of the argument with the unit column. */
int risk_load_names(SitoCall *call, RiskLoad *load, int unit) SITO_MUST_CHECK;

#endif
