/*
** Variables, equations and components of a problem (problem.h).
*/
#include "problem.h"

#include <string.h>

int tables_no_table_fits(char **error) {
    return sito_error(
        error, SITO_ERROR,
        "no table fits all published numbers: totals do not add up, or a bound is wrong");
}

void tables_problem_free(TablesProblem *problem) {
    void *const all[] = {problem->cells,
                         problem->numbers,
                         problem->first,
                         problem->parts,
                         problem->signs,
                         problem->constants,
                         problem->origins,
                         problem->touch_first,
                         problem->touches,
                         problem->low,
                         problem->high,
                         problem->variable_first,
                         problem->equation_first,
                         problem->component_variables,
                         problem->component_equations,
                         problem->locals};
    for (size_t i = 0; i < SITO_COUNT(all); i++) {
        sito_free(all[i]);
    }
    *problem = (TablesProblem){.system = NULL};
}

/* ---- variables ---- */

static int make_variables(TablesProblem *problem) {
    const TablesSystem *system = problem->system;
    size_t count = system->count + 1;
    problem->cells = sito_malloc(count * sizeof *problem->cells);
    problem->numbers = sito_malloc(count * sizeof *problem->numbers);
    problem->low = sito_malloc(count * sizeof *problem->low);
    problem->high = sito_malloc(count * sizeof *problem->high);
    if (problem->cells == NULL || problem->numbers == NULL || problem->low == NULL ||
        problem->high == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t c = 0; c < system->count; c++) {
        const TablesCell *cell = &system->cells[c];
        problem->numbers[c] = TABLES_NO_CELL;
        if (!tables_cell_public(cell)) {
            size_t v = problem->variables++;
            problem->numbers[c] = (uint32_t)v;
            problem->cells[v] = c;
            problem->low[v] = cell->lower;
            problem->high[v] = cell->upper;
        }
    }
    return SITO_OK;
}

/* ---- equations ---- */

static int allocate_equations(TablesProblem *problem) {
    const TablesSystem *system = problem->system;
    size_t hidden = 0;
    for (size_t i = 0; i < system->parts_count; i++) {
        hidden += problem->numbers[system->parts[i]] != TABLES_NO_CELL;
    }
    problem->first = sito_malloc((system->equations + 1) * sizeof *problem->first);
    problem->constants = sito_malloc((system->equations + 1) * sizeof *problem->constants);
    problem->origins = sito_malloc((system->equations + 1) * sizeof *problem->origins);
    problem->parts = sito_malloc((hidden + 1) * sizeof *problem->parts);
    problem->signs = sito_malloc(hidden + 1);
    problem->touches = sito_malloc((hidden + 1) * sizeof *problem->touches);
    problem->touch_first = sito_malloc((problem->variables + 2) * sizeof *problem->touch_first);
    return problem->first == NULL || problem->constants == NULL || problem->origins == NULL ||
                   problem->parts == NULL || problem->signs == NULL || problem->touches == NULL ||
                   problem->touch_first == NULL
               ? SITO_NOMEM
               : SITO_OK;
}

/* The equation e of the system without what is published. */
static int make_equation(TablesProblem *problem, size_t e, size_t *at, char **error) {
    const TablesSystem *system = problem->system;
    TablesWide constant = 0;
    size_t begin = *at;
    for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
        uint32_t variable = problem->numbers[system->parts[i]];
        if (variable == TABLES_NO_CELL) {
            constant -= (TablesWide)system->signs[i] * system->cells[system->parts[i]].value;
        } else {
            problem->parts[*at] = variable;
            problem->signs[(*at)++] = system->signs[i];
        }
    }
    if (*at == begin) {
        return constant == 0 ? SITO_OK : tables_no_table_fits(error);
    }
    if (constant > INT64_MAX / 4 || constant < INT64_MIN / 4) {
        return sito_error(error, SITO_TOOBIG, "the sum of a total's parts is too large");
    }
    problem->constants[problem->equations] = (int64_t)constant;
    problem->origins[problem->equations] = (uint32_t)e;
    problem->first[problem->equations++] = begin;
    return SITO_OK;
}

static void list_touches(TablesProblem *problem, size_t parts) {
    size_t *first = problem->touch_first;
    memset(first, 0, (problem->variables + 2) * sizeof *first);
    for (size_t i = 0; i < parts; i++) {
        first[problem->parts[i] + 2]++;
    }
    for (size_t v = 2; v < problem->variables + 2; v++) {
        first[v] += first[v - 1];
    }
    for (size_t e = 0; e < problem->equations; e++) {
        for (size_t i = problem->first[e]; i < problem->first[e + 1]; i++) {
            problem->touches[first[problem->parts[i] + 1]++] = (uint32_t)e;
        }
    }
}

int tables_problem_make(const TablesSystem *system, TablesProblem *problem, char **error) {
    size_t at = 0;
    *problem = (TablesProblem){.system = system};
    int rc = make_variables(problem);
    rc = rc == SITO_OK ? allocate_equations(problem) : rc;
    for (size_t e = 0; e < system->equations && rc == SITO_OK; e++) {
        rc = make_equation(problem, e, &at, error);
    }
    if (rc == SITO_OK) {
        problem->first[problem->equations] = at;
        list_touches(problem, at);
    }
    return rc;
}

/* ---- components ---- */

static uint32_t root_of(uint32_t *up, uint32_t v) {
    while (up[v] != v) {
        up[v] = up[up[v]];
        v = up[v];
    }
    return v;
}

static bool is_open(const TablesProblem *problem, uint32_t v) {
    return problem->low[v] != problem->high[v];
}

static uint32_t first_open(const TablesProblem *problem, size_t e) {
    for (size_t i = problem->first[e]; i < problem->first[e + 1]; i++) {
        if (is_open(problem, problem->parts[i])) {
            return problem->parts[i];
        }
    }
    return TABLES_NO_CELL;
}

static void join_all(const TablesProblem *problem, uint32_t *up) {
    for (uint32_t v = 0; v < problem->variables; v++) {
        up[v] = v;
    }
    for (size_t e = 0; e < problem->equations; e++) {
        uint32_t first = first_open(problem, e);
        for (size_t i = problem->first[e]; i < problem->first[e + 1]; i++) {
            if (is_open(problem, problem->parts[i])) {
                up[root_of(up, problem->parts[i])] = root_of(up, first);
            }
        }
    }
}

/* Numbers the roots: names[root] is the component. */
static size_t number_roots(const TablesProblem *problem, uint32_t *up, uint32_t *names) {
    size_t count = 0;
    for (uint32_t v = 0; v < problem->variables; v++) {
        if (is_open(problem, v) && root_of(up, v) == v) {
            names[v] = (uint32_t)count++;
        }
    }
    return count;
}

/* Counts in first[c + 2], then sums, so that filling through first[c + 1] leaves first[c] right. */
static void sum_up(size_t *first, size_t count) {
    for (size_t c = 2; c < count + 2; c++) {
        first[c] += first[c - 1];
    }
}

static void gather(TablesProblem *problem, uint32_t *up, const uint32_t *names) {
    size_t *variables = problem->variable_first, *equations = problem->equation_first;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t v = 0; v < problem->variables; v++) {
            if (is_open(problem, v) && fill) {
                problem->component_variables[variables[names[root_of(up, v)] + 1]++] = v;
            } else if (is_open(problem, v)) {
                variables[names[root_of(up, v)] + 2]++;
            }
        }
        for (size_t e = 0; e < problem->equations; e++) {
            uint32_t v = first_open(problem, e);
            if (v != TABLES_NO_CELL && fill) {
                problem->component_equations[equations[names[root_of(up, v)] + 1]++] = (uint32_t)e;
            } else if (v != TABLES_NO_CELL) {
                equations[names[root_of(up, v)] + 2]++;
            }
        }
        if (!fill) {
            sum_up(variables, problem->components);
            sum_up(equations, problem->components);
        }
    }
}

static void number_locals(TablesProblem *problem) {
    for (size_t c = 0; c < problem->components; c++) {
        size_t first = problem->variable_first[c];
        for (size_t i = first; i < problem->variable_first[c + 1]; i++) {
            problem->locals[problem->component_variables[i]] = (uint32_t)(i - first);
        }
    }
}

int tables_problem_split(TablesProblem *problem) {
    uint32_t *up = sito_malloc((problem->variables + 1) * sizeof *up);
    uint32_t *names = sito_malloc((problem->variables + 1) * sizeof *names);
    int rc = up == NULL || names == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        join_all(problem, up);
        problem->components = number_roots(problem, up, names);
        size_t size = (problem->components + 2) * sizeof(size_t);
        problem->variable_first = sito_malloc(size);
        problem->equation_first = sito_malloc(size);
        problem->component_variables = sito_malloc((problem->variables + 1) * sizeof(uint32_t));
        problem->component_equations = sito_malloc((problem->equations + 1) * sizeof(uint32_t));
        problem->locals = sito_malloc((problem->variables + 1) * sizeof(uint32_t));
        rc = problem->locals == NULL || problem->variable_first == NULL ||
                     problem->equation_first == NULL || problem->component_variables == NULL ||
                     problem->component_equations == NULL
                 ? SITO_NOMEM
                 : SITO_OK;
        if (rc == SITO_OK) {
            memset(problem->variable_first, 0, size);
            memset(problem->equation_first, 0, size);
            gather(problem, up, names);
            number_locals(problem);
        }
    }
    sito_free(up);
    sito_free(names);
    return rc;
}
