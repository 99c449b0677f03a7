/*
** From a system to intervals (audit.h): what is told, what propagation closes, then each component.
*/
#include "component.h"

#include <string.h>

const char *const tables_verdict_words[] = {[TABLES_SAFE] = "protected",
                                            [TABLES_NARROW] = "narrow",
                                            [TABLES_DISCLOSED] = "disclosed",
                                            [TABLES_UNDECIDED] = "undecided"};
const char *const tables_proof_words[] = {[TABLES_BY_TABLE] = "table",
                                          [TABLES_BY_PROPAGATION] = "propagation",
                                          [TABLES_BY_PROGRAMME] = "programme",
                                          [TABLES_BY_SEARCH] = "search",
                                          [TABLES_BY_NOTHING] = "none"};

/* ---- what suffices ---- */

static bool no_low(TablesRational low) {
    return low.over == TABLES_NO_LOWER;
}

static bool no_high(TablesRational high) {
    return high.over == TABLES_NO_UPPER;
}

bool tables_interval_suffices(const TablesCell *cell, TablesRational low, TablesRational high) {
    bool open = no_low(low) || no_high(high);
    TablesWide width =
        open ? 0 : (TablesWide)high.over * low.under - (TablesWide)low.over * high.under;
    if (!open && (width <= 0 || width < (TablesWide)cell->width * low.under * high.under)) {
        return false;
    }
    if (!cell->known) {
        return true;
    }
    bool down = no_low(low) || cell->below == 0 ||
                low.over <= ((TablesWide)cell->value - cell->below) * low.under;
    bool up = no_high(high) || cell->above == 0 ||
              high.over >= ((TablesWide)cell->value + cell->above) * high.under;
    return down && up;
}

/* ---- intervals ---- */

static int make_intervals(const TablesSystem *system, TablesAudit *audit, uint32_t **places) {
    size_t count = 0;
    for (size_t c = 0; c < system->count; c++) {
        uint8_t status = system->cells[c].status;
        count += status == TABLES_PRIMARY || status == TABLES_SECONDARY;
    }
    audit->intervals = sito_malloc((count + 1) * sizeof *audit->intervals);
    *places = sito_malloc((system->count + 1) * sizeof **places);
    if (audit->intervals == NULL || *places == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t c = 0; c < system->count; c++) {
        uint8_t status = system->cells[c].status;
        (*places)[c] = TABLES_NO_CELL;
        if (status == TABLES_PRIMARY || status == TABLES_SECONDARY) {
            (*places)[c] = (uint32_t)audit->count;
            audit->intervals[audit->count++] = (TablesInterval){
                .cell = c, .low = {0, 1}, .high = {0, 1}, .by_single = TABLES_NO_CELL};
        }
    }
    return SITO_OK;
}

/* What another table says, and what propagation leaves one value. */
static void close_intervals(const TablesProblem *problem, TablesAudit *audit) {
    for (size_t i = 0; i < audit->count; i++) {
        TablesInterval *interval = &audit->intervals[i];
        uint32_t v = problem->numbers[interval->cell];
        bool told = v == TABLES_NO_CELL;
        interval->proof = TABLES_BY_NOTHING;
        interval->verdict = TABLES_UNDECIDED;
        if (told || problem->low[v] == problem->high[v]) {
            int64_t value = told ? problem->system->cells[interval->cell].value : problem->low[v];
            interval->low = interval->high = (TablesRational){value, 1};
            interval->exact = true;
            interval->verdict = TABLES_DISCLOSED;
            interval->proof = told ? TABLES_BY_TABLE : TABLES_BY_PROPAGATION;
        }
    }
}

static void count_verdicts(TablesAudit *audit) {
    for (size_t i = 0; i < audit->count; i++) {
        audit->disclosed += audit->intervals[i].verdict == TABLES_DISCLOSED;
        audit->narrow += audit->intervals[i].verdict == TABLES_NARROW;
        audit->undecided += audit->intervals[i].verdict == TABLES_UNDECIDED;
    }
}

/* ---- the whole ---- */

static int audit_components(const TablesProblem *problem, const TablesAuditOptions *options,
                            const SitoWatch *watch, const uint32_t *places, TablesAudit *audit,
                            char **error) {
    int rc = SITO_OK;
    audit->components = problem->components;
    for (size_t c = 0; c < problem->components && rc == SITO_OK; c++) {
        size_t size = problem->variable_first[c + 1] - problem->variable_first[c];
        audit->largest = size > audit->largest ? size : audit->largest;
        rc = (c & 0xff) == 0xff ? sito_watch_ask(watch) : SITO_OK;
        rc = rc == SITO_OK
                 ? tables_component_audit(problem, c, options, watch, places, audit, error)
                 : rc;
    }
    return rc;
}

int tables_audit(const TablesSystem *system, const TablesAuditOptions *options,
                 const SitoWatch *watch, TablesAudit *audit, char **error) {
    TablesAuditOptions limits = *options;
    TablesProblem problem = {.system = NULL};
    uint32_t *places = NULL;
    limits.most_pivots = limits.most_pivots == 0 ? TABLES_MOST_PIVOTS : limits.most_pivots;
    limits.most_nodes = limits.most_nodes == 0 ? TABLES_MOST_NODES : limits.most_nodes;
    *audit = (TablesAudit){.count = 0};
    int rc = make_intervals(system, audit, &places);
    rc = rc == SITO_OK ? tables_problem_make(system, &problem, error) : rc;
    rc = rc == SITO_OK ? tables_problem_propagate(&problem, watch, error) : rc;
    rc = rc == SITO_OK ? tables_problem_split(&problem) : rc;
    if (rc == SITO_OK) {
        close_intervals(&problem, audit);
        rc = audit_components(&problem, &limits, watch, places, audit, error);
    }
    if (rc == SITO_OK) {
        count_verdicts(audit);
    }
    tables_problem_free(&problem);
    sito_free(places);
    return rc;
}

void tables_audit_free(TablesAudit *audit) {
    sito_free(audit->intervals);
    *audit = (TablesAudit){.count = 0};
}
