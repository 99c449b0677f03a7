/*
** What a search for a release knows: the columns of a table as codes, what each code becomes at each
** level, and what is asked of the result. Plain C; plan.c reads it from SQL.
*/
#ifndef SITO_ANONYMISE_PLAN_H
#define SITO_ANONYMISE_PLAN_H

#include "base/watch.h"
#include "dictionary.h"
#include "hierarchy.h"

enum { ANON_MOST_COLUMNS = 32, ANON_LEVELS = ANON_MOST_LEVELS + 1 };

/* What one code is at one level. */
typedef struct AnonCode {
    uint64_t key;  /* random, of this column, level and code */
    double share;  /* of the leaves of the hierarchy that lie under it: 1 / leaves … 1 */
    double rarity; /* log2(rows / rows that have it); 0 at the highest level */
} AnonCode;

typedef struct AnonColumn {
    char *name, *spec; /* spec: the hierarchy as it was written */
    AnonHierarchy *hierarchy;
    double weight;              /* of its loss, 0 or more */
    int least, most;            /* levels that may be chosen */
    uint32_t *codes;            /* of each row: the leaf */
    uint32_t leaves;            /* how many; those of the hierarchy that no row has included */
    uint32_t *map[ANON_LEVELS]; /* of each leaf: its code at the level */
    AnonCode *code[ANON_LEVELS];
    double loss[ANON_LEVELS]; /* sum of the shares over all rows */
    double entropy
        [ANON_LEVELS]; /* sum over all rows of log2(rows with the code / rows with the leaf) */
} AnonColumn;

/* A sensitive column: raw codes for t, alpha, beta, delta; folded ones for l. */
typedef struct AnonSecret {
    char *name;
    uint32_t *codes;
    uint32_t values;
    uint32_t *folded; /* of each code: another code, or UINT32_MAX for no value */
} AnonSecret;

typedef enum AnonUtility { ANON_LOSS, ANON_DISCERNIBILITY, ANON_ENTROPY, ANON_AVERAGE } AnonUtility;

/* What a release has to meet. 0 or less: not asked. */
typedef struct AnonTarget {
    int64_t k;
    int64_t l;                    /* distinct values in a class */
    double t, alpha, beta, delta; /* equal distance; largest share; (q-p)/p; |ln(q/p)| */
    double suppressed;            /* the largest share of the rows that may be left out */
    AnonUtility utility;
} AnonTarget;

typedef struct AnonPlan {
    AnonColumn columns[ANON_MOST_COLUMNS];
    int count;
    AnonSecret secret; /* name NULL: none */
    AnonTarget target;
    uint32_t rows;
    int64_t *rowids;
    size_t room, rowid_room; /* of the codes, of the rowids */
} AnonPlan;

void anon_plan_free(AnonPlan *plan);

/* Works out what every leaf becomes at every level. `leaves` holds the leaves of each column, those of
** the rows first, `first` the row (from 1) in which each of these came; leaves that only a hierarchy
** lists are added here. SITO_ERROR with the column and the row of a value that is not covered. */
int anon_plan_finish(AnonPlan *plan, AnonDictionary *leaves, uint32_t *const *first,
                     char **error) SITO_MUST_CHECK;

/* The number of nodes of the lattice, or 0 where it is above 2^40. */
int64_t anon_plan_nodes(const AnonPlan *plan);

#endif
