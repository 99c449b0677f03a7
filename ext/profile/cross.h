/*
** What the cells of one record say to each other, and records that come twice (cross.c).
*/
#ifndef SITO_PROFILE_CROSS_H
#define SITO_PROFILE_CROSS_H

#include "column.h"

typedef struct SitoPair {
    size_t first, last; /* columns */
    SitoTally broken;   /* records in which the last comes before the first */
} SitoPair;

typedef struct SitoSum {
    size_t total, *parts, count;
    double tolerance;
    SitoTally broken;
} SitoSum;

/* Hashes of records, of their bytes or of their folded texts. */
typedef struct SitoRecords {
    uint64_t *slots; /* 0: free */
    size_t capacity, count;
    bool full; /* too many: nothing is known */
    SitoTally repeated;
} SitoRecords;

typedef struct SitoCompared {
    bool there;
    SitoOrder order;
    SitoNumber number;
    SitoMoment moment;
} SitoCompared;

typedef struct SitoCross {
    SitoPair *pairs;
    size_t pair_count;
    SitoSum *sums;
    size_t sum_count;
    bool repeats; /* count records that come twice */
    SitoRecords exact, near;
    SitoCompared *cells; /* of the present record, one a column; NULL: nothing compares cells */
    bool *wanted;        /* one a column */
    uint64_t hash, folded_hash;
    SitoBuffer folded;
} SitoCross;

/* A cell of the present record; `missing`: it stands for no value. */
int sito_cross_take(SitoCross *cross, const SitoColumn *column, size_t index, SitoText value,
                    bool missing) SITO_MUST_CHECK;

/* The record is complete. */
int sito_cross_judge(SitoCross *cross, const SitoPlace *place, size_t witnesses) SITO_MUST_CHECK;
void sito_cross_free(SitoCross *cross);

/* ---- cross_config.c ---- */

struct sqlite3;

/* Reads {"order": [["od", "do"], …], "sums": [{"total", "parts": [...], "tolerance"}, …],
** "duplicates": true} over the columns, which are known. */
int sito_cross_read(SitoCross *cross, const SitoColumn *columns, size_t count, struct sqlite3 *db,
                    SitoText config, char **error) SITO_MUST_CHECK;

#endif
