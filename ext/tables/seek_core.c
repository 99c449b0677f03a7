/*
** A first table is sought (walk.h, tables_seek).
**
** A point of real numbers is brought near all equations within its bounds, each equation in turn sharing out
** what it lacks by the room that its parts have. It is rounded in the columns; the rows follow from
** them exactly, and some then lie beyond their bounds. Steps of one column at a time bring these back: always
** the step that leaves least beyond bounds, but not one that was taken back lately (tabu search, Glover
** 1989). Real numbers only choose the start; what is found is found by whole numbers.
*/
#include <math.h>
#include <string.h>

#include "walk.h"

enum { SWEEPS = 300, MOST_STEPS = 30000, REST = 12 };

typedef struct Seek {
    const TablesProblem *problem;
    TablesTableau *tableau;
    size_t component;
    TablesColumns columns;
    double *point;   /* of each variable */
    uint32_t *until; /* of each column: no step before this one */
    uint32_t step;
    size_t turn; /* where the search for a row beyond its bounds begins */
} Seek;

/* ---- a point of real numbers ---- */

static double end_of(const TablesTableau *tableau, uint32_t v, bool high) {
    int64_t bound = high ? tableau->high[v] : tableau->low[v];
    int64_t other = high ? tableau->low[v] : tableau->high[v];
    bool none = bound == TABLES_NO_LOWER || bound == TABLES_NO_UPPER;
    bool no_other = other == TABLES_NO_LOWER || other == TABLES_NO_UPPER;
    double far = 1e6;
    return !none ? (double)bound : (no_other ? 0.0 : (double)other) + (high ? far : -far);
}

/* Shares out what an equation lacks; how much that was. */
static double share_out(Seek *seek, uint32_t e) {
    const TablesProblem *problem = seek->problem;
    double lack = (double)problem->constants[e], room = 0;
    for (size_t i = problem->first[e]; i < problem->first[e + 1]; i++) {
        uint32_t v = problem->parts[i];
        lack -= problem->signs[i] * (problem->low[v] == problem->high[v]
                                         ? (double)problem->low[v]
                                         : seek->point[problem->locals[v]]);
    }
    for (int give = 0; give < 2; give++) {
        for (size_t i = problem->first[e]; i < problem->first[e + 1]; i++) {
            uint32_t v = problem->parts[i], local = problem->locals[v];
            if (problem->low[v] == problem->high[v]) {
                continue;
            }
            bool up = (lack > 0) == (problem->signs[i] > 0);
            double own = fabs(end_of(seek->tableau, local, up) - seek->point[local]);
            if (give && room > 0) {
                double part = fabs(lack) < room ? fabs(lack) * own / room : own;
                seek->point[local] += up ? part : -part;
            } else if (!give) {
                room += own;
            }
        }
    }
    return fabs(lack);
}

static int find_point(Seek *seek) {
    const TablesProblem *problem = seek->problem;
    TablesTableau *tableau = seek->tableau;
    size_t begin = problem->equation_first[seek->component];
    size_t end = problem->equation_first[seek->component + 1];
    double lack = 1;
    int rc = SITO_OK;
    for (uint32_t v = 0; v < tableau->variables; v++) {
        double low = end_of(tableau, v, false), high = end_of(tableau, v, true);
        seek->point[v] = high - low > 1e5 ? low + 1 : (low + high) / 2;
    }
    for (int sweep = 0; sweep < SWEEPS && lack > 0.01 && rc == SITO_OK; sweep++) {
        lack = 0;
        for (size_t e = begin; e < end; e++) {
            lack = fmax(lack, share_out(seek, problem->component_equations[e]));
        }
        rc = sito_watch_ask(tableau->watch);
    }
    return rc;
}

/* ---- whole numbers ---- */

static int64_t clamp(const TablesTableau *tableau, uint32_t v, int64_t value) {
    value = value < tableau->low[v] ? tableau->low[v] : value;
    return value > tableau->high[v] ? tableau->high[v] : value;
}

static int round_columns(Seek *seek) {
    TablesTableau *tableau = seek->tableau;
    for (size_t k = 0; k < tableau->columns; k++) {
        uint32_t v = tableau->column[k];
        double rounded = floor(seek->point[v] + 0.5);
        rounded = fabs(rounded) < 1e15 ? rounded : 0;
        int64_t by = clamp(tableau, v, (int64_t)rounded) - tableau->value[k];
        tableau->value[k] += by;
        for (size_t t = seek->columns.first[k]; t < seek->columns.first[k + 1]; t++) {
            TablesWide w =
                tableau->w[seek->columns.rows[t]] - (TablesWide)by * seek->columns.entries[t];
            if (w > INT64_MAX / 4 || w < INT64_MIN / 4) {
                return TABLES_TOO_LARGE;
            }
            tableau->w[seek->columns.rows[t]] = (int64_t)w;
        }
    }
    return SITO_OK;
}

/* How far a value lies beyond the bounds of the variable: above 0 where it is too great. */
static int64_t beyond(const TablesTableau *tableau, uint32_t v, int64_t value) {
    if (tableau->low[v] != TABLES_NO_LOWER && value < tableau->low[v]) {
        return value - tableau->low[v];
    }
    return tableau->high[v] != TABLES_NO_UPPER && value > tableau->high[v]
               ? value - tableau->high[v]
               : 0;
}

static int64_t size_of(int64_t number) {
    return number < 0 ? -number : number;
}

/* How much more lies beyond bounds after a step of a column. */
static int64_t change_of(const Seek *seek, size_t k, int64_t by) {
    const TablesTableau *tableau = seek->tableau;
    int64_t change = 0;
    for (size_t t = seek->columns.first[k]; t < seek->columns.first[k + 1]; t++) {
        size_t i = seek->columns.rows[t];
        uint32_t v = tableau->basic[i];
        change += size_of(beyond(tableau, v, tableau->w[i] - by * seek->columns.entries[t])) -
                  size_of(beyond(tableau, v, tableau->w[i]));
    }
    return change;
}

static size_t next_beyond(Seek *seek) {
    const TablesTableau *tableau = seek->tableau;
    for (size_t n = 0; n < tableau->rows; n++) {
        size_t i = seek->turn++ % tableau->rows;
        if (beyond(tableau, tableau->basic[i], tableau->w[i]) != 0) {
            return i;
        }
    }
    return tableau->rows;
}

/* The best step for a row that is beyond its bounds; 0: there is none. */
static int64_t best_step(const Seek *seek, size_t row, size_t *column) {
    const TablesTableau *tableau = seek->tableau;
    int64_t out = beyond(tableau, tableau->basic[row], tableau->w[row]), best = 0, best_change = 0;
    for (size_t k = 0; k < tableau->columns; k++) {
        int64_t entry = tableau->row[row][k], sizes[2];
        if (entry == 0 || seek->until[k] > seek->step) {
            continue;
        }
        int direction = (out > 0) == (entry > 0) ? 1 : -1;
        sizes[0] = 1;
        sizes[1] = (size_of(out) + size_of(entry) - 1) / size_of(entry);
        for (int s = 0; s < 2; s++) {
            int64_t by = direction * sizes[s], to = tableau->value[k] + by;
            int64_t change =
                clamp(tableau, tableau->column[k], to) == to ? change_of(seek, k, by) : INT64_MAX;
            if (change != INT64_MAX && (best == 0 || change < best_change)) {
                best = by;
                best_change = change;
                *column = k;
            }
        }
    }
    return best;
}

static void take(Seek *seek, size_t k, int64_t by) {
    TablesTableau *tableau = seek->tableau;
    tableau->value[k] += by;
    for (size_t t = seek->columns.first[k]; t < seek->columns.first[k + 1]; t++) {
        tableau->w[seek->columns.rows[t]] -= by * seek->columns.entries[t];
    }
    seek->until[k] = seek->step + REST + (seek->step * 7 + (uint32_t)k) % REST;
}

static int bring_back(Seek *seek, bool *found) {
    int rc = SITO_OK;
    for (seek->step = 1; seek->step < MOST_STEPS && rc == SITO_OK; seek->step++) {
        size_t row = next_beyond(seek), column = 0;
        *found = row == seek->tableau->rows;
        if (*found) {
            break;
        }
        int64_t by = best_step(seek, row, &column);
        if (by != 0) {
            take(seek, column, by);
        }
        rc = (seek->step & 0xff) == 0 ? sito_watch_ask(seek->tableau->watch) : SITO_OK;
    }
    return rc;
}

/* ---- the whole ---- */

static bool is_within(const TablesTableau *tableau) {
    for (size_t i = 0; i < tableau->rows; i++) {
        if (beyond(tableau, tableau->basic[i], tableau->w[i]) != 0) {
            return false;
        }
    }
    return true;
}

static int seek(Seek *search, bool *found) {
    int rc = tables_columns_make(search->tableau, &search->columns);
    rc = rc == SITO_OK ? find_point(search) : rc;
    rc = rc == SITO_OK ? round_columns(search) : rc;
    return rc == SITO_OK ? bring_back(search, found) : rc;
}

int tables_seek(const TablesProblem *problem, size_t component, TablesTableau *tableau,
                bool *found) {
    Seek search = {.problem = problem, .tableau = tableau, .component = component};
    int64_t *w = NULL, *value = NULL;
    *found = is_within(tableau);
    if (*found || !tables_tableau_is_plain(tableau) || tableau->columns == 0) {
        return SITO_OK;
    }
    search.point = sito_malloc(tableau->variables * sizeof *search.point);
    search.until = sito_malloc(tableau->columns * sizeof *search.until);
    w = sito_malloc((tableau->rows + 1) * sizeof *w);
    value = sito_malloc(tableau->columns * sizeof *value);
    int rc = SITO_NOMEM;
    if (search.point != NULL && search.until != NULL && w != NULL && value != NULL) {
        memset(search.until, 0, tableau->columns * sizeof *search.until);
        memcpy(w, tableau->w, tableau->rows * sizeof *w);
        memcpy(value, tableau->value, tableau->columns * sizeof *value);
        rc = seek(&search, found);
        if (!*found) {
            memcpy(tableau->w, w, tableau->rows * sizeof *w);
            memcpy(tableau->value, value, tableau->columns * sizeof *value);
        }
    }
    tables_columns_free(&search.columns);
    sito_free(search.point);
    sito_free(search.until);
    sito_free(w);
    sito_free(value);
    return rc == TABLES_TOO_LARGE ? SITO_OK : rc;
}
