/*
** A table of whole numbers is searched for: branch and bound, depth first (tableau.h, tables_search).
**
** A variable of a row that stands between two whole numbers is bounded by the one, then by the other. The
** table at hand is repaired, not made anew; a branch without a table leaves one that the branch above
** allows, so that going back costs nothing.
*/
#include "tableau.h"

#define MOST_DEPTH ((size_t)100000)

typedef struct Branch {
    uint32_t variable;
    int64_t low, high; /* before it was bounded */
    int64_t floor;
    bool up, second;
} Branch;

typedef struct Search {
    TablesTableau *tableau;
    Branch *branches;
    size_t depth, room;
} Search;

size_t tables_broken_row(const TablesTableau *tableau) {
    for (size_t i = 0; i < tableau->rows; i++) {
        if (tableau->d[i] != 1 && tableau->w[i] % tableau->d[i] != 0) {
            return i;
        }
    }
    return tableau->rows;
}

/* The broken row that is next to the middle between two whole numbers, as the one that says most. */
static size_t choose(const TablesTableau *tableau) {
    size_t best = tableau->rows;
    double best_distance = 1;
    for (size_t i = tables_broken_row(tableau); i < tableau->rows; i++) {
        int64_t rest = tableau->w[i] % tableau->d[i];
        if (rest == 0) {
            continue;
        }
        rest = rest < 0 ? rest + tableau->d[i] : rest;
        double middle = (double)rest / (double)tableau->d[i] - 0.5;
        double distance = middle < 0 ? -middle : middle;
        if (best == tableau->rows || distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    return best;
}

/* Bounds the variable of the top branch and brings it within; *possible: there is a table. */
static int enter(Search *search, bool *possible) {
    TablesTableau *tableau = search->tableau;
    const Branch *branch = &search->branches[search->depth - 1];
    uint32_t v = branch->variable;
    TablesDriven driven;
    tableau->low[v] = branch->up ? branch->floor + 1 : branch->low;
    tableau->high[v] = branch->up ? branch->high : branch->floor;
    int rc = branch->up ? tables_drive(tableau, v, 1, branch->floor + 1, &driven)
                        : tables_drive(tableau, v, -1, branch->floor, &driven);
    *possible = rc == SITO_OK && driven == TABLES_AT_GOAL;
    return rc;
}

static void restore(Search *search) {
    const Branch *branch = &search->branches[search->depth - 1];
    search->tableau->low[branch->variable] = branch->low;
    search->tableau->high[branch->variable] = branch->high;
}

static int descend(Search *search, size_t row, bool *possible) {
    TablesTableau *tableau = search->tableau;
    uint32_t v = tableau->basic[row];
    int64_t rest = tableau->w[row] % tableau->d[row], floor = tableau->w[row] / tableau->d[row];
    int rc = sito_grow((void **)&search->branches, &search->room, search->depth + 1,
                       sizeof *search->branches, MOST_DEPTH);
    if (rc != SITO_OK) {
        return rc == SITO_TOOBIG ? TABLES_GAVE_UP : rc;
    }
    floor -= rest < 0;
    rest = rest < 0 ? rest + tableau->d[row] : rest;
    search->branches[search->depth++] = (Branch){.variable = v,
                                                 .low = tableau->low[v],
                                                 .high = tableau->high[v],
                                                 .floor = floor,
                                                 .up = rest * 2 >= tableau->d[row]};
    return enter(search, possible);
}

/* To the nearest branch that has another side, and into that; *possible stays false where there is none. */
static int go_back(Search *search, bool *possible) {
    int rc = SITO_OK;
    while (rc == SITO_OK && !*possible && search->depth > 0) {
        Branch *branch = &search->branches[search->depth - 1];
        restore(search);
        if (branch->second) {
            search->depth--;
        } else {
            branch->second = true;
            branch->up = !branch->up;
            rc = enter(search, possible);
        }
    }
    return rc;
}

int tables_search(TablesTableau *tableau, uint64_t most_nodes, uint64_t *nodes, bool *found) {
    Search search = {.tableau = tableau};
    int rc = SITO_OK;
    uint64_t begun = *nodes;
    bool possible = true;
    *found = false;
    while (rc == SITO_OK && possible) {
        size_t row = choose(tableau);
        *found = row == tableau->rows;
        if (*found) {
            break;
        }
        rc = ++*nodes - begun > most_nodes ? TABLES_GAVE_UP : descend(&search, row, &possible);
        rc = rc == SITO_OK && !possible ? go_back(&search, &possible) : rc;
    }
    while (search.depth > 0) {
        restore(&search);
        search.depth--;
    }
    sito_free(search.branches);
    return rc;
}
