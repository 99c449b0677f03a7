/*
** k where NULL may stand for any value (the reading of sdcMicro with alpha = 1).
**
** Two rows are compatible when they agree in every column in which neither is NULL; k is the least
** number of rows that are compatible with a row, itself included.
**
** R1  0 over no rows, and where the rows have more than RISK_MOST_PATTERNS different sets of NULL
**     columns: the number is information, not worth more.
*/
#ifndef SITO_RISK_WILDCARD_H
#define SITO_RISK_WILDCARD_H

#include "measure.h"

enum { RISK_MOST_PATTERNS = 64 };

/* The columns are the quasi-identifiers of the partition, which has ids and order. */
int risk_wildcard(const RiskPartition *partition, const RiskColumn *columns, size_t count,
                  const SitoWatch *watch, uint64_t *k) SITO_MUST_CHECK;

#endif
