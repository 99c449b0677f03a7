/*
** A variable is driven as far as tables go: the simplex method with bounds (tableau.h, tables_drive).
**
** Of the columns that would move the variable the right way some are tried, and the one that moves it
** furthest is taken. After a streak of steps that moved nothing the rule of Bland (1977) chooses until
** something moves, so that the search ends.
*/
#include "tableau.h"

enum { STREAK = 64 };

/* How far a column's variable can go: by over / under, until the variable of `row` is at `leaving`, or
** to its own other bound (row is TABLES_OWN_BOUND). */
typedef struct Step {
    size_t row;
    TablesWide over;
    int64_t under;
    int64_t leaving;
    int64_t entry; /* of the row, without its sign */
    bool endless;
} Step;

#define TABLES_OWN_BOUND SIZE_MAX

typedef struct Drive {
    TablesTableau *tableau;
    uint32_t variable;
    int sign;
    int64_t goal;
    size_t streak; /* steps that moved nothing */
} Drive;

/* Whether a row's variable, moving up or down, meets a bound, and which. A variable that is beyond a bound
** is held only by the bound that it has not reached yet; the driven one stops at the one it is driven to. */
static bool bound_ahead(const Drive *drive, size_t row, bool up, int64_t *bound) {
    const TablesTableau *tableau = drive->tableau;
    uint32_t v = tableau->basic[row];
    TablesWide w = tableau->w[row], low = tableau->low[v], high = tableau->high[v];
    int64_t d = tableau->d[row];
    bool below = tableau->low[v] != TABLES_NO_LOWER && w < low * d;
    bool above = tableau->high[v] != TABLES_NO_UPPER && w > high * d;
    bool driven = v == drive->variable;
    if (up) {
        *bound = driven && below ? tableau->low[v] : tableau->high[v];
        return *bound != TABLES_NO_UPPER && !above;
    }
    *bound = driven && above ? tableau->high[v] : tableau->low[v];
    return *bound != TABLES_NO_LOWER && !below;
}

static int compare_steps(TablesWide over, int64_t under, const Step *step) {
    TablesWide left = over * step->under, right = step->over * under;
    return left < right ? -1 : left > right;
}

/* Between rows that stop at once: the driven one, else the smallest pivot, else (and always by Bland's
** rule) the variable that comes first. */
static bool better_row(const Drive *drive, size_t row, int64_t entry, const Step *step) {
    const TablesTableau *tableau = drive->tableau;
    if (step->row == TABLES_OWN_BOUND || tableau->basic[step->row] == drive->variable) {
        return false;
    }
    if (tableau->basic[row] == drive->variable) {
        return true;
    }
    if (drive->streak <= STREAK && entry != step->entry) {
        return entry < step->entry;
    }
    return tableau->basic[row] < tableau->basic[step->row];
}

/* Shortens the step to where the variable of a row meets its bound. */
static void meet(const Drive *drive, size_t row, int64_t entry, int direction, Step *step) {
    const TablesTableau *tableau = drive->tableau;
    int64_t bound, size = entry < 0 ? -entry : entry;
    bool up = (entry < 0) == (direction > 0);
    if (!bound_ahead(drive, row, up, &bound)) {
        return;
    }
    TablesWide room = (TablesWide)bound * tableau->d[row] - tableau->w[row];
    room = up ? room : -room;
    int order = step->endless ? -1 : compare_steps(room, size, step);
    if (order < 0 || (order == 0 && better_row(drive, row, size, step))) {
        *step = (Step){.row = row, .over = room, .under = size, .leaving = bound, .entry = size};
    }
}

/* Reads the column and finds the step of its variable; at a glance, no further than where it is 0. */
static Step step_of(const Drive *drive, size_t column, int direction, bool glance) {
    TablesTableau *tableau = drive->tableau;
    uint32_t own = tableau->column[column];
    int64_t bound = direction > 0 ? tableau->high[own] : tableau->low[own];
    Step step = {.row = TABLES_OWN_BOUND, .under = 1, .leaving = bound};
    size_t count = 0;
    step.endless = direction > 0 ? bound == TABLES_NO_UPPER : bound == TABLES_NO_LOWER;
    step.over = step.endless ? 0 : ((TablesWide)bound - tableau->value[column]) * direction;
    for (size_t i = 0; i < tableau->rows; i++) {
        int32_t entry = tableau->row[i][column];
        if (entry == 0) {
            continue;
        }
        tableau->touched[count] = (uint32_t)i;
        tableau->entries[count++] = entry;
        meet(drive, i, entry, direction, &step);
        if (glance && step.over == 0 && !step.endless) {
            break;
        }
    }
    tableau->touched_count = count;
    return step;
}

static int take_step(Drive *drive, size_t column, const Step *step) {
    drive->streak = step->over > 0 ? 0 : drive->streak + 1;
    return step->row == TABLES_OWN_BOUND
               ? tables_tableau_move(drive->tableau, column, step->leaving)
               : tables_tableau_pivot(drive->tableau, step->row, column, step->leaving);
}

/* ---- which column ---- */

/* Whether moving the column's variable moves that of the row the right way, and in which direction. */
static int direction_of(const Drive *drive, size_t row, size_t column) {
    const TablesTableau *tableau = drive->tableau;
    int32_t entry = tableau->row[row][column];
    uint32_t v = tableau->column[column];
    if (entry == 0) {
        return 0;
    }
    bool up = (entry < 0) == (drive->sign > 0);
    if (up) {
        return tableau->value[column] < tableau->high[v] ? 1 : 0;
    }
    return tableau->value[column] > tableau->low[v] ? -1 : 0;
}

/* The column whose variable comes first, of those that move the row's the right way. */
static size_t first_by_bland(const Drive *drive, size_t row) {
    const TablesTableau *tableau = drive->tableau;
    size_t best = tableau->columns;
    for (size_t k = 0; k < tableau->columns; k++) {
        if (direction_of(drive, row, k) != 0 &&
            (best == tableau->columns || tableau->column[k] < tableau->column[best])) {
            best = k;
        }
    }
    return best;
}

/* A step is better where it needs no pivot, or one of 1 (numbers stay small), and then by how far it moves. */
static bool better_step(const Step *step, double gain, const Step *best, double best_gain) {
    bool plain = step->entry <= 1, best_plain = best->entry <= 1;
    if ((gain > 0) != (best_gain > 0) || plain == best_plain) {
        return gain > best_gain;
    }
    return plain;
}

/* The best column of those tried; columns: none moves the row's variable at all. */
static size_t furthest(const Drive *drive, size_t row) {
    Step best = {.row = 0};
    TablesTableau *tableau = drive->tableau;
    size_t columns = tableau->columns, chosen = columns;
    double best_gain = -1;
    int tries = 0, moving = 0;
    for (size_t n = 0; n < columns && moving < tableau->tries && tries < 4 * tableau->tries; n++) {
        size_t k = tableau->turn++ % columns;
        int direction = direction_of(drive, row, k);
        if (direction == 0) {
            continue;
        }
        Step step = step_of(drive, k, direction, true);
        int32_t entry = tableau->row[row][k];
        double gain = (double)step.over / (double)step.under * (entry < 0 ? -entry : entry);
        tries++;
        moving += step.over > 0 && step.entry <= 1;
        if (step.endless) {
            return k;
        }
        if (chosen == columns || better_step(&step, gain, &best, best_gain)) {
            best_gain = gain;
            chosen = k;
            best = step;
        }
    }
    return chosen;
}

static size_t choose(const Drive *drive, size_t row, Step *step) {
    size_t column = drive->streak <= STREAK ? furthest(drive, row) : first_by_bland(drive, row);
    if (column < drive->tableau->columns) {
        *step = step_of(drive, column, direction_of(drive, row, column), false);
    }
    return column;
}

/* ---- the drive ---- */

static bool has_goal(const Drive *drive) {
    return drive->goal != (drive->sign > 0 ? TABLES_NO_UPPER : TABLES_NO_LOWER);
}

static bool at_goal(const Drive *drive) {
    int64_t over, under;
    if (!has_goal(drive)) {
        return false;
    }
    tables_value_of(drive->tableau, drive->variable, &over, &under);
    TablesWide goal = (TablesWide)drive->goal * under;
    return drive->sign > 0 ? over >= goal : over <= goal;
}

static bool at_own_bound(const Drive *drive, size_t column) {
    const TablesTableau *tableau = drive->tableau;
    return drive->sign > 0 ? tableau->value[column] >= tableau->high[drive->variable]
                           : tableau->value[column] <= tableau->low[drive->variable];
}

int tables_drive(TablesTableau *tableau, uint32_t variable, int sign, int64_t goal,
                 TablesDriven *driven) {
    Drive drive = {.tableau = tableau, .variable = variable, .sign = sign, .goal = goal};
    int rc = SITO_OK;
    while (rc == SITO_OK) {
        uint32_t place = tableau->place[variable];
        size_t column = place & ~TABLES_IN_COLUMN;
        Step step = {0};
        *driven = TABLES_AT_GOAL;
        if (at_goal(&drive)) {
            break;
        }
        *driven = TABLES_AT_END;
        if ((place & TABLES_IN_COLUMN) != 0) {
            if (at_own_bound(&drive, column)) {
                break;
            }
            step = step_of(&drive, column, sign, false);
        } else {
            column = choose(&drive, place, &step);
            if (column == tableau->columns) {
                break;
            }
        }
        *driven = TABLES_WITHOUT_END;
        if (step.endless && has_goal(&drive) && (place & TABLES_IN_COLUMN) != 0) {
            step.endless = false;
            step.leaving = goal;
        }
        if (step.endless) {
            break;
        }
        rc = take_step(&drive, column, &step);
    }
    return rc;
}

int tables_repair(TablesTableau *tableau, bool *possible) {
    *possible = true;
    for (size_t i = 0; i < tableau->rows; i++) {
        uint32_t v = tableau->basic[i];
        bool below = tableau->low[v] != TABLES_NO_LOWER &&
                     tableau->w[i] < (TablesWide)tableau->low[v] * tableau->d[i];
        bool above = tableau->high[v] != TABLES_NO_UPPER &&
                     tableau->w[i] > (TablesWide)tableau->high[v] * tableau->d[i];
        TablesDriven driven = TABLES_AT_GOAL;
        if (!below && !above) {
            continue;
        }
        int rc = below ? tables_drive(tableau, v, 1, tableau->low[v], &driven)
                       : tables_drive(tableau, v, -1, tableau->high[v], &driven);
        if (rc != SITO_OK || driven != TABLES_AT_GOAL) {
            *possible = rc == SITO_OK && driven == TABLES_WITHOUT_END;
            return rc;
        }
        i = SIZE_MAX; /* rows have changed places: from the beginning */
    }
    return SITO_OK;
}
