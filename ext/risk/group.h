/*
** Equal rows found: a log of row hashes, partitioned at the end.
**
** Appending costs one store a row; a hash table filled row by row costs two or three times the scan,
** because each row misses the cache. At the end the log is split by its leading bits into parts that
** fit into the nearest cache, and each part is counted in a small table. O(rows), 16 bytes a row.
**
** R1  Two rows are one class when their 128 keyed bits agree. The key is random and never leaves the
**     process, so nobody can prepare a file in which different rows collide.
** R2  At most RISK_MAX_ROWS rows; one more is SITO_TOOBIG, never an approximation.
** R3  Classes are numbered by their first row, so no order depends on the random key.
*/
#ifndef SITO_RISK_GROUP_H
#define SITO_RISK_GROUP_H

#include "base/sito.h"
#include "base/watch.h"

/* 100 million rows: 1.6 GB of hashes, as much as one SQLite allocation may hold. */
#define RISK_MAX_ROWS ((size_t)100000000)

typedef struct RiskLog {
    SitoHash128 *hashes;
    size_t rows, capacity;
} RiskLog;

int risk_log_grow(RiskLog *log) SITO_MUST_CHECK; /* room for one more row */

static inline int risk_log_add(RiskLog *log, SitoHash128 hash) {
    int rc = log->rows < log->capacity ? SITO_OK : risk_log_grow(log);
    if (rc == SITO_OK) {
        log->hashes[log->rows++] = hash;
    }
    return rc;
}

void risk_log_free(RiskLog *log);

typedef struct RiskGroups {
    size_t count;    /* groups */
    uint32_t *sizes; /* of each group, in rows */
    uint32_t *ids;   /* of each row; NULL unless asked for */
} RiskGroups;

/* The groups of equal hashes. Without ids the groups come in no stated order. Release the result
** with risk_groups_free, after a failure too. */
int risk_group(const RiskLog *log, bool ids, const SitoWatch *watch,
               RiskGroups *groups) SITO_MUST_CHECK;
void risk_groups_free(RiskGroups *groups);

/* The groups in no stated order, and the rows in the order of their groups, as risk_group_order gives
** them: without numbering the groups by their first rows, which costs as much as finding them. */
int risk_group_rows(const RiskLog *log, const SitoWatch *watch, RiskGroups *groups,
                    uint32_t **start, uint32_t **ordered) SITO_MUST_CHECK;

/* Rows in the order of their groups: the rows of group g are rows[start[g]] .. rows[start[g+1]-1],
** in their own order. Release both with sito_free. */
int risk_group_order(const RiskGroups *groups, size_t rows, uint32_t **start,
                     uint32_t **ordered) SITO_MUST_CHECK;

#endif
