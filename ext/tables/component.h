/*
** The audit of one component: exact bounds of its cells, with the tables that attain them.
**
** R1  A table that is met on the way is kept as how far it lies apart from the others, cell by cell: the
**     reach. A cell whose reach meets its outer bounds needs no programme.
** R2  Tables of a whole system count only where every variable is a whole number.
*/
#ifndef SITO_TABLES_COMPONENT_H
#define SITO_TABLES_COMPONENT_H

#include "audit.h"
#include "problem.h"

/* Fills in the intervals of the component's cells: places[cell] is their number, or TABLES_NO_CELL. A limit
** that was reached is no error: the cells stay undecided, or what their reach proves. */
int tables_component_audit(const TablesProblem *problem, size_t component,
                           const TablesAuditOptions *options, const SitoWatch *watch,
                           const uint32_t *places, TablesAudit *audit,
                           char **error) SITO_MUST_CHECK;

#endif
