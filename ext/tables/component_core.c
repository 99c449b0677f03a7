/*
** Exact bounds of the cells of one component (component.h).
*/
#include "component.h"

#include <string.h>

#include "tableau.h"
#include "walk.h"

enum { FRESH = 8, FEW_TRIES = 12, MANY_TRIES = 120 };

/* One end of the interval of one variable. */
typedef struct End {
    TablesRational bound; /* nothing lies beyond */
    bool exact;           /* and it is attained (or there is no bound at all) */
    uint8_t proof;
} End;

typedef struct Bounding {
    const TablesProblem *problem;
    const TablesAuditOptions *options;
    const uint32_t *variables;    /* of the component */
    TablesTableau tableau, first; /* as it is now, and as it was at the first table */
    int64_t *least, *greatest;    /* of each variable: the reach of the tables met */
    uint64_t nodes;
    bool any; /* a table was met */
} Bounding;

/* ---- the reach ---- */

static int64_t floor_of(int64_t over, int64_t under) {
    int64_t rest = over % under;
    return over / under - (rest < 0);
}

static void extend(Bounding *bounding, uint32_t v, int64_t over, int64_t under) {
    int64_t floor = floor_of(over, under), ceiling = floor + (over % under != 0);
    if (ceiling < bounding->least[v]) {
        bounding->least[v] = ceiling;
    }
    if (floor > bounding->greatest[v]) {
        bounding->greatest[v] = floor;
    }
}

/* The table at hand belongs to the reach, unless it is broken and may not be. Between two tables of real
** numbers lie all others, so ends rounded inwards are attained as soon as the two ends are in order. */
static void remember(Bounding *bounding) {
    const TablesTableau *tableau = &bounding->tableau;
    if (bounding->problem->system->whole && tables_broken_row(tableau) < tableau->rows) {
        return;
    }
    for (size_t i = 0; i < tableau->rows; i++) {
        extend(bounding, tableau->basic[i], tableau->w[i], tableau->d[i]);
    }
    for (size_t k = 0; k < tableau->columns; k++) {
        extend(bounding, tableau->column[k], tableau->value[k], 1);
    }
    bounding->any = true;
}

static void forget(Bounding *bounding) {
    for (size_t v = 0; v < bounding->tableau.variables; v++) {
        bounding->least[v] = TABLES_NO_UPPER;
        bounding->greatest[v] = TABLES_NO_LOWER;
    }
    bounding->any = false;
}

/* ---- one end ---- */

static TablesRational whole_number(int64_t number) {
    return (TablesRational){number, 1};
}

static End outer_end(const Bounding *bounding, uint32_t v, int sign) {
    const TablesTableau *tableau = &bounding->tableau;
    int64_t outer = sign > 0 ? tableau->high[v] : tableau->low[v];
    int64_t none = sign > 0 ? TABLES_NO_UPPER : TABLES_NO_LOWER;
    bool met = bounding->any && outer == (sign > 0 ? bounding->greatest[v] : bounding->least[v]);
    return (End){
        .bound = {outer, 1}, .exact = met && outer != none, .proof = TABLES_BY_PROPAGATION};
}

static End no_end(int sign) {
    return (End){.bound = {sign > 0 ? TABLES_NO_UPPER : TABLES_NO_LOWER, 1},
                 .exact = true,
                 .proof = TABLES_BY_PROGRAMME};
}

/* Whether whole numbers reach `goal`, which the table at hand does; then the reach does too. */
static int search_goal(Bounding *bounding, uint32_t v, int sign, int64_t goal, bool *found) {
    TablesTableau *tableau = &bounding->tableau;
    int64_t *limit = sign > 0 ? &tableau->low[v] : &tableau->high[v], before = *limit;
    *limit = goal;
    int rc = tables_search(tableau, bounding->options->most_nodes, &bounding->nodes, found);
    *limit = before;
    if (rc == SITO_OK && *found) {
        remember(bounding);
    }
    return rc;
}

/* No table lies beyond `bound`, which the table at hand reaches: looks for one of whole numbers at it, then
** below it, until the reach is met. */
static int search_end(Bounding *bounding, uint32_t v, int sign, int64_t bound, End *end) {
    const int64_t *reach = sign > 0 ? bounding->greatest : bounding->least;
    int rc = SITO_OK;
    while (rc == SITO_OK && reach[v] != bound) {
        bool found;
        rc = search_goal(bounding, v, sign, bound, &found);
        bound -= rc == SITO_OK && !found ? sign : 0;
        end->proof = TABLES_BY_SEARCH;
    }
    end->bound = whole_number(bound);
    end->exact = rc == SITO_OK;
    return rc;
}

/* The table at hand is as far as any goes. */
static int at_end(Bounding *bounding, uint32_t v, int sign, End *end) {
    int64_t over, under;
    tables_value_of(&bounding->tableau, v, &over, &under);
    end->proof = TABLES_BY_PROGRAMME;
    if (!bounding->problem->system->whole) {
        end->bound = (TablesRational){over, under};
        end->exact = true;
        return SITO_OK;
    }
    int64_t bound = floor_of(over, under);
    bound += sign < 0 && over % under != 0;
    return search_end(bounding, v, sign, bound, end);
}

/* Drives to the end, or to a goal where going on would prove nothing that is asked. */
static int try_end(Bounding *bounding, uint32_t v, int sign, int64_t goal, End *end) {
    TablesTableau *tableau = &bounding->tableau;
    TablesDriven driven;
    if (tableau->largest > FRESH) {
        tables_tableau_set_back(&bounding->first, tableau);
    }
    int rc = tables_drive(tableau, v, sign, goal, &driven);
    if (rc != SITO_OK) {
        return rc;
    }
    remember(bounding);
    if (driven == TABLES_WITHOUT_END) {
        *end = no_end(sign);
    } else if (driven == TABLES_AT_END) {
        rc = at_end(bounding, v, sign, end);
    } else if (sign > 0 ? bounding->greatest[v] < goal : bounding->least[v] > goal) {
        bool found;
        rc = search_goal(bounding, v, sign, goal, &found);
    }
    return rc;
}

/* Where numbers grew too large or a search took too long, another way is tried from the first table: with
** more columns looked at for each step, there are fewer steps. After that the end stays open. */
static int find_end(Bounding *bounding, uint32_t v, int sign, int64_t goal, End *end) {
    TablesTableau *tableau = &bounding->tableau;
    int rc = SITO_OK;
    for (int attempt = 0; attempt < 2; attempt++) {
        *end = outer_end(bounding, v, sign);
        tableau->tries = attempt == 0 ? FEW_TRIES : MANY_TRIES;
        rc = end->exact ? SITO_OK : try_end(bounding, v, sign, goal, end);
        if (rc != TABLES_TOO_LARGE && rc != TABLES_GAVE_UP) {
            break;
        }
        end->exact = false;
        tables_tableau_set_back(&bounding->first, tableau);
    }
    tableau->tries = FEW_TRIES;
    return rc == TABLES_TOO_LARGE || rc == TABLES_GAVE_UP ? SITO_OK : rc;
}

/* ---- one cell ---- */

/* What the reach alone proves. */
static bool reach_suffices(const Bounding *bounding, uint32_t v, const TablesCell *cell) {
    return bounding->any && bounding->least[v] < bounding->greatest[v] &&
           tables_interval_suffices(cell, whole_number(bounding->least[v]),
                                    whole_number(bounding->greatest[v]));
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
        interval->low = whole_number(bounding->least[v]);
        interval->high = whole_number(bounding->greatest[v]);
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
    End ends[2] = {outer_end(bounding, v, 1), outer_end(bounding, v, -1)};
    int rc = SITO_OK;
    for (int e = 0; e < 2 && rc == SITO_OK; e++) {
        int sign = e == 0 ? 1 : -1;
        if (!(verdicts && reach_suffices(bounding, v, cell))) {
            rc = find_end(bounding, v, sign, goal_of(bounding, v, sign, verdicts, cell), &ends[e]);
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
    forget(bounding);
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
        remember(bounding);
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
    forget(bounding);
    int rc = tables_tableau_copy(&bounding->tableau, &bounding->first);
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
    Bounding bounding = {
        .problem = problem, .options = options, .variables = problem->component_variables + first};
    bounding.least = sito_malloc((count + 1) * sizeof *bounding.least);
    bounding.greatest = sito_malloc((count + 1) * sizeof *bounding.greatest);
    int rc = bounding.least == NULL || bounding.greatest == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        rc = tables_tableau_make(problem, component, watch, &bounding.tableau, error);
        bounding.tableau.pivots = audit->pivots;
        bounding.tableau.most_pivots = options->most_pivots;
        bounding.tableau.tries = FEW_TRIES;
        rc = rc == SITO_OK ? run(&bounding, places, audit, error) : rc;
        if (rc >= TABLES_STOPPED) {
            leave_undecided(&bounding, places, audit);
            rc = SITO_OK;
        }
        audit->pivots = bounding.tableau.pivots;
        audit->nodes += bounding.nodes;
    }
    tables_tableau_free(&bounding.tableau);
    tables_tableau_free(&bounding.first);
    sito_free(bounding.least);
    sito_free(bounding.greatest);
    return rc;
}
