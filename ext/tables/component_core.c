/*
** Exact bounds of the cells of one component (component.h).
*/
#include "component.h"

#include <string.h>

#include "bounding.h"
#include "walk.h"

/* ---- one cell ---- */

/* What the reach alone proves. */
static bool reach_suffices(const Bounding *bounding, uint32_t v, const TablesCell *cell) {
    return bounding->any && bounding->least[v] < bounding->greatest[v] &&
           tables_interval_suffices(cell, tables_whole_number(bounding->least[v]),
                                    tables_whole_number(bounding->greatest[v]));
}

static bool same(TablesRational a, TablesRational b) {
    return (TablesWide)a.over * b.under == (TablesWide)b.over * a.under;
}

static void judge(const Bounding *bounding, uint32_t v, const End *low, const End *high,
                  TablesInterval *interval) {
    const TablesCell *cell = &bounding->problem->system->cells[interval->cell];
    interval->exact = low->exact && high->exact;
    interval->proof = high->proof > low->proof ? high->proof : low->proof;
    if (interval->exact || !bounding->any) {
        interval->low = low->bound;
        interval->high = high->bound;
    } else {
        interval->low = tables_whole_number(bounding->least[v]);
        interval->high = tables_whole_number(bounding->greatest[v]);
    }
    bool enough = tables_interval_suffices(cell, low->bound, high->bound);
    if (same(low->bound, high->bound)) {
        interval->verdict = TABLES_DISCLOSED;
    } else if (!enough) {
        interval->verdict = TABLES_NARROW;
    } else if (interval->exact || reach_suffices(bounding, v, cell)) {
        interval->verdict = TABLES_SAFE;
    } else {
        interval->verdict = TABLES_UNDECIDED;
        interval->proof = TABLES_BY_NOTHING;
    }
}

/* Where the variable has to come so that the interval is wide enough on this side, by what is known of the
** other; no goal where the whole interval is asked. */
static int64_t goal_of(const Bounding *bounding, uint32_t v, int sign, bool verdicts,
                       const TablesCell *cell) {
    int64_t width = cell->width > 0 ? cell->width : 1;
    if (!verdicts || !bounding->any) {
        return sign > 0 ? TABLES_NO_UPPER : TABLES_NO_LOWER;
    }
    int64_t goal = sign > 0 ? bounding->least[v] + width : bounding->greatest[v] - width;
    if (cell->known && sign > 0 && goal < cell->value + cell->above) {
        goal = cell->value + cell->above;
    } else if (cell->known && sign < 0 && goal > cell->value - cell->below) {
        goal = cell->value - cell->below;
    }
    return goal;
}

/* With verdicts alone the first drive goes up, where there is more room, and the second only makes up for
** what the first could not reach. */
static int bound_cell(Bounding *bounding, uint32_t v, bool verdicts, TablesInterval *interval) {
    const TablesCell *cell = &bounding->problem->system->cells[interval->cell];
    End ends[2] = {bounding_outer_end(bounding, v, 1), bounding_outer_end(bounding, v, -1)};
    int rc = SITO_OK;
    for (int e = 0; e < 2 && rc == SITO_OK; e++) {
        int sign = e == 0 ? 1 : -1;
        if (!(verdicts && reach_suffices(bounding, v, cell))) {
            rc = bounding_find_end(bounding, v, sign, goal_of(bounding, v, sign, verdicts, cell),
                                   &ends[e]);
        }
    }
    judge(bounding, v, &ends[1], &ends[0], interval);
    return rc;
}

/* ---- readers who know a cell ---- */

/* Moves the table at hand to where the variable is `value`, and holds it there. */
static int hold(Bounding *bounding, uint32_t v, int64_t value, bool *possible) {
    TablesTableau *tableau = &bounding->tableau;
    int64_t over, under;
    TablesDriven driven = TABLES_AT_GOAL;
    tables_value_of(tableau, v, &over, &under);
    TablesWide goal = (TablesWide)value * under;
    int rc = SITO_OK;
    tableau->low[v] = tableau->high[v] = value;
    if (over < goal) {
        rc = tables_drive(tableau, v, 1, value, &driven);
    } else if (over > goal) {
        rc = tables_drive(tableau, v, -1, value, &driven);
    }
    *possible = driven == TABLES_AT_GOAL;
    return rc;
}

static int start(Bounding *bounding, bool *possible);

/* What whoever knows variable v can derive of the others: their verdicts become the worst of all. */
static int audit_single(Bounding *bounding, uint32_t v, const uint32_t *places,
                        TablesAudit *audit) {
    TablesTableau *tableau = &bounding->tableau;
    const TablesProblem *problem = bounding->problem;
    uint32_t single = problem->cells[bounding->variables[v]];
    int64_t low = tableau->low[v], high = tableau->high[v];
    bool possible;
    int rc = hold(bounding, v, problem->system->cells[single].value, &possible);
    bounding_forget(bounding);
    rc = rc == SITO_OK && possible ? start(bounding, &possible) : rc;
    for (uint32_t j = 0; j < tableau->variables && rc == SITO_OK && possible; j++) {
        uint32_t place = places[problem->cells[bounding->variables[j]]];
        if (j == v || place == TABLES_NO_CELL ||
            audit->intervals[place].verdict == TABLES_DISCLOSED) {
            continue;
        }
        TablesInterval *interval = &audit->intervals[place], derived = *interval;
        rc = bound_cell(bounding, j, true, &derived);
        if (rc == SITO_OK && derived.verdict != TABLES_SAFE &&
            (interval->verdict == TABLES_SAFE || derived.verdict == TABLES_DISCLOSED)) {
            interval->verdict = derived.verdict;
            interval->by_single = single;
        }
    }
    tableau->low[v] = low;
    tableau->high[v] = high;
    return rc;
}

static int audit_singles(Bounding *bounding, const uint32_t *places, TablesAudit *audit) {
    const TablesProblem *problem = bounding->problem;
    int rc = SITO_OK;
    for (uint32_t v = 0; v < bounding->tableau.variables && rc == SITO_OK; v++) {
        const TablesCell *cell = &problem->system->cells[problem->cells[bounding->variables[v]]];
        if (cell->single && cell->known) {
            rc = audit_single(bounding, v, places, audit);
        }
    }
    return rc;
}

/* ---- the component ---- */

/* Stands at a table, of whole numbers where it has to be, and remembers it. */
static int start(Bounding *bounding, bool *possible) {
    TablesTableau *tableau = &bounding->tableau;
    int rc = tables_repair(tableau, possible);
    if (rc == SITO_OK && *possible && bounding->problem->system->whole) {
        rc = tables_search(tableau, bounding->options->most_nodes, &bounding->nodes, possible);
    }
    if (rc == SITO_OK && *possible) {
        bounding_remember(bounding);
    }
    return rc;
}

static int audit_cells(Bounding *bounding, const uint32_t *places, TablesAudit *audit) {
    int rc = SITO_OK;
    for (uint32_t v = 0; v < bounding->tableau.variables && rc == SITO_OK; v++) {
        uint32_t place = places[bounding->problem->cells[bounding->variables[v]]];
        if (place != TABLES_NO_CELL) {
            rc = bound_cell(bounding, v, bounding->options->verdicts, &audit->intervals[place]);
        }
    }
    return rc;
}

/* A limit was reached: cells that were not judged yet get what is known of them without a tableau. */
static void leave_undecided(const Bounding *bounding, const uint32_t *places, TablesAudit *audit) {
    const TablesProblem *problem = bounding->problem;
    for (size_t v = 0; v < bounding->tableau.variables; v++) {
        uint32_t variable = bounding->variables[v], place = places[problem->cells[variable]];
        if (place == TABLES_NO_CELL || audit->intervals[place].proof != TABLES_BY_NOTHING) {
            continue;
        }
        TablesInterval *interval = &audit->intervals[place];
        End low = {.bound = {problem->low[variable], 1}, .proof = TABLES_BY_NOTHING};
        End high = {.bound = {problem->high[variable], 1}, .proof = TABLES_BY_NOTHING};
        judge(bounding, (uint32_t)v, &low, &high, interval);
    }
}

/* Not all readers were tried, so nothing is proven to be safe. */
static void doubt_all(const Bounding *bounding, const uint32_t *places, TablesAudit *audit) {
    for (size_t v = 0; v < bounding->tableau.variables; v++) {
        uint32_t place = places[bounding->problem->cells[bounding->variables[v]]];
        if (place != TABLES_NO_CELL && audit->intervals[place].verdict == TABLES_SAFE) {
            audit->intervals[place].verdict = TABLES_UNDECIDED;
        }
    }
}

/* Stands at the first table with the numbers that the tableau had before it was looked for. */
static int settle(Bounding *bounding, char **error) {
    bool possible;
    bounding_forget(bounding);
    int rc = tables_tableau_copy(&bounding->tableau, &bounding->first);
    rc = rc == SITO_OK
             ? tables_seek(bounding->problem, bounding->component, &bounding->tableau, &possible)
             : rc;
    rc = rc == SITO_OK ? start(bounding, &possible) : rc;
    if (rc != SITO_OK || !possible) {
        return rc != SITO_OK ? rc : tables_no_table_fits(error);
    }
    if (tables_tableau_move_copy(&bounding->tableau, &bounding->first)) {
        tables_tableau_set_back(&bounding->first, &bounding->tableau);
        return SITO_OK;
    }
    tables_tableau_free(&bounding->first);
    return tables_tableau_copy(&bounding->tableau, &bounding->first);
}

static int run(Bounding *bounding, const uint32_t *places, TablesAudit *audit, char **error) {
    int rc = settle(bounding, error);
    rc = rc == SITO_OK ? tables_walk(&bounding->tableau, bounding->least, bounding->greatest) : rc;
    rc = rc == SITO_OK ? audit_cells(bounding, places, audit) : rc;
    if (rc == SITO_OK && bounding->options->singles) {
        rc = audit_singles(bounding, places, audit);
        if (rc >= TABLES_STOPPED) {
            doubt_all(bounding, places, audit);
        }
    }
    return rc;
}

int tables_component_audit(const TablesProblem *problem, size_t component,
                           const TablesAuditOptions *options, const SitoWatch *watch,
                           const uint32_t *places, TablesAudit *audit, char **error) {
    size_t first = problem->variable_first[component];
    size_t count = problem->variable_first[component + 1] - first;
    Bounding bounding = {.problem = problem,
                         .options = options,
                         .component = component,
                         .variables = problem->component_variables + first};
    bounding.least = sito_malloc((count + 1) * sizeof *bounding.least);
    bounding.greatest = sito_malloc((count + 1) * sizeof *bounding.greatest);
    int rc = bounding.least == NULL || bounding.greatest == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        rc = tables_tableau_make(problem, component, watch, &bounding.tableau, error);
        bounding.tableau.pivots = audit->pivots;
        bounding.tableau.work = audit->work;
        bounding.tableau.most_pivots = options->most_pivots;
        bounding.tableau.tries = TABLES_FEW_TRIES;
        rc = rc == SITO_OK ? run(&bounding, places, audit, error) : rc;
        if (rc >= TABLES_STOPPED) {
            leave_undecided(&bounding, places, audit);
            rc = SITO_OK;
        }
        audit->pivots = bounding.tableau.pivots;
        audit->work = bounding.tableau.work;
        audit->nodes += bounding.nodes;
    }
    tables_tableau_free(&bounding.tableau);
    tables_tableau_free(&bounding.first);
    sito_free(bounding.least);
    sito_free(bounding.greatest);
    return rc;
}
