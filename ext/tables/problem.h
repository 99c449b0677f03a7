/*
** What the reader does not see of a system: one variable for each hidden cell, and the equations with
** the published values summed up. Bounds are made as narrow as propagation can.
**
** R1  low and high hold for every table that the reader has to reckon with. TABLES_NO_LOWER and
**     TABLES_NO_UPPER stand for no bound.
** R2  Propagation stops at a fixpoint or after PASSES visits of an equation on average: its bounds are
**     right wherever it stops.
** R3  A variable with no room between its bounds belongs to no component.
*/
#ifndef SITO_TABLES_PROBLEM_H
#define SITO_TABLES_PROBLEM_H

#include "system_core.h"

typedef struct TablesProblem {
    const TablesSystem *system;
    size_t variables;
    uint32_t *cells;   /* of each variable */
    uint32_t *numbers; /* of each cell: its variable, or TABLES_NO_CELL */
    size_t equations;  /* sum of sign * variable = constant */
    size_t *first;
    uint32_t *parts;
    int8_t *signs;
    int64_t *constants;
    uint32_t *origins;   /* the equations of the system */
    size_t *touch_first; /* of each variable: the equations that it stands in */
    uint32_t *touches;
    int64_t *low, *high;
    /* Components: variables listed[component_first[c]] … and equations likewise. */
    size_t components;
    size_t *variable_first, *equation_first;
    uint32_t *component_variables, *component_equations;
    uint32_t *locals; /* of each variable: its place in its component */
} TablesProblem;

int tables_problem_make(const TablesSystem *system, TablesProblem *problem,
                        char **error) SITO_MUST_CHECK;
int tables_problem_propagate(TablesProblem *problem, const SitoWatch *watch,
                             char **error) SITO_MUST_CHECK;
int tables_problem_split(TablesProblem *problem) SITO_MUST_CHECK;
void tables_problem_free(TablesProblem *problem);

/* The error that no table fits, naming nothing but the fact. */
int tables_no_table_fits(char **error);

#endif
