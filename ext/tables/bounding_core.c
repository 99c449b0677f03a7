/*
** The ends of intervals: driven to, and searched for among whole numbers (bounding.h).
*/
#include "bounding.h"

enum { FRESH = 8 }; /* entries up to this do no harm */

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

void bounding_remember(Bounding *bounding) {
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

void bounding_forget(Bounding *bounding) {
    for (size_t v = 0; v < bounding->tableau.variables; v++) {
        bounding->least[v] = TABLES_NO_UPPER;
        bounding->greatest[v] = TABLES_NO_LOWER;
    }
    bounding->any = false;
}

/* ---- one end ---- */

TablesRational tables_whole_number(int64_t number) {
    return (TablesRational){number, 1};
}

End bounding_outer_end(const Bounding *bounding, uint32_t v, int sign) {
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
        bounding_remember(bounding);
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
    end->bound = tables_whole_number(bound);
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
    bounding_remember(bounding);
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

int bounding_find_end(Bounding *bounding, uint32_t v, int sign, int64_t goal, End *end) {
    TablesTableau *tableau = &bounding->tableau;
    int rc = SITO_OK;
    for (int attempt = 0; attempt < 2; attempt++) {
        *end = bounding_outer_end(bounding, v, sign);
        tableau->tries = attempt == 0 ? TABLES_FEW_TRIES : TABLES_MANY_TRIES;
        rc = end->exact ? SITO_OK : try_end(bounding, v, sign, goal, end);
        if (rc != TABLES_TOO_LARGE && rc != TABLES_GAVE_UP) {
            break;
        }
        end->exact = false;
        tables_tableau_set_back(&bounding->first, tableau);
    }
    tableau->tries = TABLES_FEW_TRIES;
    return rc == TABLES_TOO_LARGE || rc == TABLES_GAVE_UP ? SITO_OK : rc;
}
