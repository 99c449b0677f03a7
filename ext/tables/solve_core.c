/*
** The equations of a component become a tableau (tableau.h, tables_tableau_make): each equation in turn is
** rid of the variables that others are solved for, is solved for one of its own, and rids the others
** of that one. Short equations come first; of a row the variable is taken that fewest rows have.
*/
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "tableau.h"

typedef struct Solving {
    const TablesProblem *problem;
    TablesTableau *tableau;
    char **error;
    const uint32_t *variables; /* of the component */
    int64_t *work;             /* the equation in hand: a number for each variable */
    int64_t constant;
    uint32_t *uses;     /* of each variable: the rows that it stands in */
    int64_t *constants; /* of each row */
} Solving;

static int64_t common_of(int64_t a, int64_t b) {
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* ---- the equation in hand ---- */

static int load(Solving *solving, uint32_t equation) {
    const TablesProblem *problem = solving->problem;
    TablesWide constant = problem->constants[equation];
    memset(solving->work, 0, solving->tableau->variables * sizeof *solving->work);
    for (size_t i = problem->first[equation]; i < problem->first[equation + 1]; i++) {
        uint32_t v = problem->parts[i];
        if (problem->low[v] == problem->high[v]) {
            constant -= (TablesWide)problem->signs[i] * problem->low[v];
        } else {
            solving->work[problem->locals[v]] += problem->signs[i];
        }
    }
    solving->constant = (int64_t)constant;
    return constant == (int64_t)constant ? SITO_OK : TABLES_TOO_LARGE;
}

/* work = by_work * work - by_row * row i */
static int subtract_row(Solving *solving, size_t i, int64_t by_work, int64_t by_row) {
    const TablesTableau *tableau = solving->tableau;
    TablesWide constant =
        (TablesWide)by_work * solving->constant - (TablesWide)by_row * solving->constants[i];
    for (size_t k = 0; k < tableau->variables; k++) {
        int64_t entry = tableau->row[i][k];
        if (entry != 0 || (by_work != 1 && solving->work[k] != 0)) {
            solving->work[k] = by_work * solving->work[k] - by_row * entry;
            if (solving->work[k] != (int32_t)solving->work[k]) {
                return TABLES_TOO_LARGE;
            }
        }
    }
    solving->constant = (int64_t)constant;
    return constant < INT64_MAX / 2 && constant > INT64_MIN / 2 ? SITO_OK : TABLES_TOO_LARGE;
}

static int rid_of_solved(Solving *solving, uint32_t equation) {
    const TablesProblem *problem = solving->problem;
    int rc = SITO_OK;
    for (size_t i = problem->first[equation]; i < problem->first[equation + 1] && rc == SITO_OK;
         i++) {
        uint32_t v = problem->parts[i], local = problem->locals[v];
        if (problem->low[v] == problem->high[v] || solving->work[local] == 0 ||
            solving->tableau->place[local] == TABLES_IN_COLUMN) {
            continue;
        }
        size_t row = solving->tableau->place[local];
        int64_t d = solving->tableau->row[row][local], entry = solving->work[local];
        int64_t common = common_of(d, entry);
        rc = subtract_row(solving, row, d / common, entry / common);
    }
    return rc;
}

/* The variable to solve for; TABLES_NO_CELL: nothing is left of the equation. */
static uint32_t choose(const Solving *solving) {
    uint32_t best = TABLES_NO_CELL;
    int64_t best_size = 0;
    for (uint32_t k = 0; k < solving->tableau->variables; k++) {
        int64_t size = solving->work[k] < 0 ? -solving->work[k] : solving->work[k];
        if (size != 0 && (best == TABLES_NO_CELL || size < best_size ||
                          (size == best_size && solving->uses[k] < solving->uses[best]))) {
            best = k;
            best_size = size;
        }
    }
    return best;
}

/* ---- rows ---- */

static int new_row(Solving *solving, uint32_t solved) {
    TablesTableau *tableau = solving->tableau;
    size_t i = tableau->rows, n = tableau->variables;
    int64_t sign = solving->work[solved] < 0 ? -1 : 1, common = solving->constant;
    if ((i + 1) * n > TABLES_MOST_ENTRIES) {
        return TABLES_TOO_LARGE;
    }
    for (size_t k = 0; k < n && common != 1; k++) {
        common = solving->work[k] != 0 ? common_of(common, solving->work[k]) : common;
    }
    common = common == 0 ? sign : sign * common;
    tableau->row[i] = sito_malloc(n * sizeof(int32_t));
    if (tableau->row[i] == NULL) {
        return SITO_NOMEM;
    }
    for (size_t k = 0; k < n; k++) {
        tableau->row[i][k] = (int32_t)(solving->work[k] / common);
        solving->uses[k] += solving->work[k] != 0;
    }
    solving->constants[i] = solving->constant / common;
    tableau->basic[i] = solved;
    tableau->place[solved] = (uint32_t)i;
    tableau->rows++;
    return SITO_OK;
}

/* Rids row i of the variable that the last row is solved for. */
static int rid_row(Solving *solving, size_t i, uint32_t solved) {
    TablesTableau *tableau = solving->tableau;
    size_t last = tableau->rows - 1;
    int32_t *row = tableau->row[i];
    const int32_t *other = tableau->row[last];
    int64_t common = common_of(row[solved], other[solved]);
    int64_t by_row = other[solved] / common, by_other = row[solved] / common;
    TablesWide constant = (TablesWide)by_row * solving->constants[i] -
                          (TablesWide)by_other * solving->constants[last];
    for (size_t k = 0; k < tableau->variables; k++) {
        int64_t entry = by_row * row[k] - by_other * other[k];
        if (entry != (int32_t)entry) {
            return TABLES_TOO_LARGE;
        }
        solving->uses[k] += (uint32_t)((entry != 0) - (row[k] != 0));
        row[k] = (int32_t)entry;
    }
    solving->constants[i] = (int64_t)constant;
    return constant < INT64_MAX / 2 && constant > INT64_MIN / 2 ? SITO_OK : TABLES_TOO_LARGE;
}

static int solve_equation(Solving *solving, uint32_t equation) {
    TablesTableau *tableau = solving->tableau;
    int rc = load(solving, equation);
    rc = rc == SITO_OK ? rid_of_solved(solving, equation) : rc;
    uint32_t solved = rc == SITO_OK ? choose(solving) : TABLES_NO_CELL;
    if (rc != SITO_OK || solved == TABLES_NO_CELL) {
        return rc != SITO_OK || solving->constant == 0 ? rc : tables_no_table_fits(solving->error);
    }
    rc = new_row(solving, solved);
    for (size_t i = 0; i + 1 < tableau->rows && rc == SITO_OK && solving->uses[solved] > 1; i++) {
        rc = tableau->row[i][solved] != 0 ? rid_row(solving, i, solved) : SITO_OK;
    }
    return rc;
}

/* ---- order ---- */

typedef struct Length {
    size_t parts;
    uint32_t equation;
} Length;

static int shorter_first(const void *a, const void *b) {
    const Length *x = a, *y = b;
    if (x->parts != y->parts) {
        return x->parts < y->parts ? -1 : 1;
    }
    return x->equation < y->equation ? -1 : x->equation > y->equation;
}

static int solve_all(Solving *solving, size_t component, const SitoWatch *watch) {
    const TablesProblem *problem = solving->problem;
    const uint32_t *list = problem->component_equations + problem->equation_first[component];
    size_t count = problem->equation_first[component + 1] - problem->equation_first[component];
    Length *lengths = sito_malloc((count + 1) * sizeof *lengths);
    if (lengths == NULL) {
        return SITO_NOMEM;
    }
    for (size_t e = 0; e < count; e++) {
        lengths[e] = (Length){problem->first[list[e] + 1] - problem->first[list[e]], list[e]};
    }
    qsort(lengths, count, sizeof *lengths, shorter_first);
    int rc = SITO_OK;
    for (size_t e = 0; e < count && rc == SITO_OK; e++) {
        rc = (e & 0xf) == 0xf ? sito_watch_ask(watch) : SITO_OK;
        rc = rc == SITO_OK ? solve_equation(solving, lengths[e].equation) : rc;
    }
    sito_free(lengths);
    return rc;
}

/* ---- from equations to a tableau ---- */

static int allocate_work(Solving *solving, size_t variables, size_t rows) {
    int rc = tables_tableau_allocate(solving->tableau, variables, rows);
    solving->work = sito_malloc((variables + 1) * sizeof *solving->work);
    solving->uses = sito_malloc((variables + 1) * sizeof *solving->uses);
    solving->constants = sito_malloc((rows + 1) * sizeof *solving->constants);
    if (solving->work == NULL || solving->uses == NULL || solving->constants == NULL) {
        return SITO_NOMEM;
    }
    memset(solving->uses, 0, (variables + 1) * sizeof *solving->uses);
    return rc;
}

/* Where the search starts: at the true table, as far as it is known. */
static int64_t start_of(const TablesProblem *problem, uint32_t variable) {
    const TablesCell *cell = &problem->system->cells[problem->cells[variable]];
    int64_t value = cell->known ? cell->value : 0;
    value = value < problem->low[variable] ? problem->low[variable] : value;
    return value > problem->high[variable] ? problem->high[variable] : value;
}

typedef struct Fill {
    uint32_t rows, variable;
} Fill;

static int emptier_first(const void *a, const void *b) {
    const Fill *x = a, *y = b;
    if (x->rows != y->rows) {
        return x->rows < y->rows ? -1 : 1;
    }
    return x->variable < y->variable ? -1 : x->variable > y->variable;
}

/* The variables that no row is solved for become columns, those that stand in few rows first: a step along
** one of them moves little else. */
static int make_columns(Solving *solving) {
    TablesTableau *tableau = solving->tableau;
    Fill *fills = sito_malloc((tableau->variables + 1) * sizeof *fills);
    if (fills == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t v = 0; v < tableau->variables; v++) {
        tableau->low[v] = solving->problem->low[solving->variables[v]];
        tableau->high[v] = solving->problem->high[solving->variables[v]];
        if (tableau->place[v] == TABLES_IN_COLUMN) {
            fills[tableau->columns++] = (Fill){solving->uses[v], v};
        }
    }
    qsort(fills, tableau->columns, sizeof *fills, emptier_first);
    for (uint32_t k = 0; k < tableau->columns; k++) {
        uint32_t v = fills[k].variable;
        tableau->place[v] = TABLES_IN_COLUMN | k;
        tableau->value[k] = start_of(solving->problem, solving->variables[v]);
        tableau->column[k] = v;
    }
    sito_free(fills);
    return SITO_OK;
}

/* Leaves of each row the entries of the columns, and computes where it stands. */
static int finish(Solving *solving) {
    TablesTableau *tableau = solving->tableau;
    int32_t *kept = sito_malloc((tableau->columns + 1) * sizeof *kept);
    int rc = kept == NULL ? SITO_NOMEM : SITO_OK;
    for (size_t i = 0; i < tableau->rows && rc == SITO_OK; i++) {
        int32_t *row = tableau->row[i];
        TablesWide w = solving->constants[i];
        tableau->d[i] = row[tableau->basic[i]];
        tableau->large[i] = 0;
        for (size_t k = 0; k < tableau->columns; k++) {
            kept[k] = row[tableau->column[k]];
            w -= (TablesWide)kept[k] * tableau->value[k];
            int64_t size = kept[k] < 0 ? -(int64_t)kept[k] : kept[k];
            tableau->large[i] = size > tableau->large[i] ? size : tableau->large[i];
        }
        memcpy(row, kept, tableau->columns * sizeof *kept);
        tableau->w[i] = (int64_t)w;
        rc = w > INT64_MAX / 4 || w < INT64_MIN / 4 ? TABLES_TOO_LARGE : SITO_OK;
    }
    sito_free(kept);
    return rc;
}

int tables_tableau_make(const TablesProblem *problem, size_t component, const SitoWatch *watch,
                        TablesTableau *tableau, char **error) {
    size_t first = problem->variable_first[component];
    Solving solving = {.problem = problem,
                       .tableau = tableau,
                       .error = error,
                       .variables = problem->component_variables + first};
    size_t variables = problem->variable_first[component + 1] - first;
    *tableau = (TablesTableau){.variables = variables, .watch = watch};
    size_t rows = problem->equation_first[component + 1] - problem->equation_first[component];
    rows = rows < variables ? rows : variables;
    int rc =
        variables >= TABLES_IN_COLUMN ? TABLES_TOO_LARGE : allocate_work(&solving, variables, rows);
    for (size_t v = 0; v < variables && rc == SITO_OK; v++) {
        tableau->place[v] = TABLES_IN_COLUMN;
    }
    rc = rc == SITO_OK ? solve_all(&solving, component, watch) : rc;
    rc = rc == SITO_OK ? make_columns(&solving) : rc;
    rc = rc == SITO_OK ? finish(&solving) : rc;
    sito_free(solving.work);
    sito_free(solving.uses);
    sito_free(solving.constants);
    return rc;
}
