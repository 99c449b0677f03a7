/*
** t-closeness over a hierarchy of the sensitive values (Li et al. 2007, section 4.2).
**
** The distance between two values is level(lowest common ancestor) / H. The earth mover's distance of
** a class from the table is then a sum over the inner nodes N: level(N) / H * min(pos, neg), where a
** child's extra is q - p of all values under it, pos the sum of the positive extras of N's children,
** neg that of the negative ones.
**
** R1  The levels are columns of the same table, from the nearest to the furthest; above the last one
**     stands a common root. H is the number of levels + 1; without levels it is the equal distance.
** R2  A value with two parents is an error.
** R3  O(values in the class * H): children that the class does not hold have extra -p, and their sum
**     is p of the parent minus p of the children that it holds.
*/
#ifndef SITO_RISK_HIERARCHY_H
#define SITO_RISK_HIERARCHY_H

#include "measure.h"

/* columns[0] is the sensitive column, columns[1 .. count - 1] its levels. *two_parents is the level
** whose values are ambiguous, or 0. */
int risk_hierarchical(const RiskPartition *partition, const RiskColumn *columns, size_t count,
                      const SitoWatch *watch, double *distance,
                      size_t *two_parents) SITO_MUST_CHECK;

#endif
