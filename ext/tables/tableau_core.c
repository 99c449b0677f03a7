/*
** Pivots of whole numbers (tableau.h).
*/
#include "audit.h"
#include "tableau.h"

#include <string.h>

enum { WORTH_A_LOOK = 1 << 12 };
static const int64_t most_w = (int64_t)1 << 62;

/* ---- numbers ---- */

static uint64_t magnitude(int64_t number) {
    return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

static uint64_t divisor(uint64_t a, uint64_t b) {
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool fits(TablesWide number) {
    return number < most_w && number > -most_w;
}

/* ---- one column ---- */

int tables_tableau_move(TablesTableau *tableau, size_t column, int64_t value) {
    TablesWide by = (TablesWide)value - tableau->value[column];
    for (size_t t = 0; t < tableau->touched_count; t++) {
        TablesWide w = tableau->w[tableau->touched[t]] - by * tableau->entries[t];
        if (!fits(w)) {
            return TABLES_TOO_LARGE; /* moved in part: whoever is stopped uses the tableau no more */
        }
        tableau->w[tableau->touched[t]] = (int64_t)w;
    }
    tableau->value[column] = value;
    return SITO_OK;
}

/* ---- pivots ---- */

/* Divides a row by what its numbers have in common. */
static void reduce(TablesTableau *tableau, size_t i) {
    int32_t *row = tableau->row[i];
    uint64_t common = divisor(magnitude(tableau->d[i]), magnitude(tableau->w[i]));
    int64_t large = 0;
    for (size_t k = 0; k < tableau->columns && common != 1; k++) {
        if (row[k] != 0) {
            common = divisor(magnitude(row[k]), common);
        }
    }
    if (common == 1 && tableau->large[i] < WORTH_A_LOOK) {
        return;
    }
    tableau->d[i] /= (int64_t)common;
    tableau->w[i] /= (int64_t)common;
    for (size_t k = 0; k < tableau->columns; k++) {
        row[k] = common > 1 && row[k] != 0 ? (int32_t)(row[k] / (int64_t)common) : row[k];
        large = (int64_t)magnitude(row[k]) > large ? (int64_t)magnitude(row[k]) : large;
    }
    tableau->large[i] = large;
}

/* Eight entries at once: compilers do not find out by themselves at the levels that packages use. */
enum { LANES = 8 };
typedef int32_t Lanes __attribute__((vector_size(LANES * sizeof(int32_t))));

/* row = p * row - a * pivot for all columns, where nothing can overflow. The result is at least the size of
** each entry, and at most twice the largest. */
static int64_t combine_all(int32_t *row, const int32_t *pivot, size_t columns, int32_t p,
                           int32_t a) {
    Lanes bits = {0}, x, y;
    int32_t all = 0;
    size_t k = 0;
    for (; k + LANES <= columns; k += LANES) {
        memcpy(&x, row + k, sizeof x);
        memcpy(&y, pivot + k, sizeof y);
        x = (p == 1 ? x : x * p) - (a == 1 ? y : y * a);
        bits |= x ^ (x >> 31);
        memcpy(row + k, &x, sizeof x);
    }
    for (; k < columns; k++) {
        row[k] = row[k] * p - pivot[k] * a;
        all |= row[k] < 0 ? ~row[k] : row[k];
    }
    for (int lane = 0; lane < LANES; lane++) {
        all |= bits[lane];
    }
    return (int64_t)all + 1;
}

/* The same at the columns that the pivot row fills, with a look at each entry. */
static bool combine_filled(TablesTableau *tableau, size_t i, const int32_t *pivot, size_t filled,
                           int64_t p, int64_t a) {
    int32_t *row = tableau->row[i];
    int64_t large = tableau->large[i] * p;
    for (size_t k = 0; p != 1 && k < tableau->columns; k++) {
        int64_t entry = row[k] * p;
        if (entry != (int32_t)entry) {
            return false;
        }
        row[k] = (int32_t)entry;
    }
    for (size_t f = 0; f < filled; f++) {
        uint32_t k = tableau->filled[f];
        int64_t entry = row[k] - a * pivot[k];
        if (entry != (int32_t)entry) {
            return false;
        }
        row[k] = (int32_t)entry;
        large = (int64_t)magnitude(entry) > large ? (int64_t)magnitude(entry) : large;
    }
    tableau->large[i] = large;
    return true;
}

/* row i = p * row i - a * the pivot row; the entry of the column is of no account afterwards. False: a number does not fit. */
static bool combine(TablesTableau *tableau, size_t i, size_t pivot, size_t filled, int64_t p,
                    int64_t a) {
    TablesWide most = (TablesWide)tableau->large[i] * p +
                      (TablesWide)tableau->large[pivot] * (int64_t)magnitude(a);
    bool few = filled < tableau->columns / LANES && p == 1;
    if (most < INT32_MAX && !few) {
        tableau->large[i] = combine_all(tableau->row[i], tableau->row[pivot], tableau->columns,
                                        (int32_t)p, (int32_t)a);
    } else if (!combine_filled(tableau, i, tableau->row[pivot], filled, p, a)) {
        return false;
    }
    if (tableau->large[i] > tableau->largest) {
        tableau->largest = tableau->large[i];
    }
    return true;
}

static size_t list_filled(TablesTableau *tableau, size_t row, size_t column) {
    const int32_t *entries = tableau->row[row];
    size_t filled = 0;
    for (size_t k = 0; k < tableau->columns; k++) {
        if (entries[k] != 0 && k != column) {
            tableau->filled[filled++] = (uint32_t)k;
        }
    }
    return filled;
}

/* Makes the entry of the pivot positive. */
static void turn_row(TablesTableau *tableau, size_t row) {
    int32_t *entries = tableau->row[row];
    tableau->d[row] = -tableau->d[row];
    tableau->w[row] = -tableau->w[row];
    for (size_t k = 0; k < tableau->columns; k++) {
        entries[k] = -entries[k];
    }
}

/* One row that is not the pivot row: its entry in the column is a, that of the pivot row p > 0. The pivot
** row's d and w are still the old ones; rest is its right side without the two variables. */
static int exchange_in_row(TablesTableau *tableau, size_t i, size_t row, size_t column, int64_t a,
                           int64_t leaving, TablesWide rest, size_t filled) {
    int64_t p = tableau->row[row][column];
    int64_t common = (int64_t)divisor(magnitude(p), magnitude(a));
    int64_t by_row = p / common, by_pivot = a / common;
    TablesWide own = tableau->w[i] + (TablesWide)a * tableau->value[column];
    TablesWide entry = -(TablesWide)by_pivot * tableau->d[row];
    TablesWide w = own * by_row - rest * by_pivot - entry * leaving;
    TablesWide d = (TablesWide)tableau->d[i] * by_row;
    tableau->row[i][column] = 0;
    if (!fits(w) || !fits(d) || entry != (int32_t)entry ||
        !combine(tableau, i, row, filled, by_row, by_pivot)) {
        return TABLES_TOO_LARGE;
    }
    tableau->row[i][column] = (int32_t)entry;
    if ((int64_t)magnitude((int64_t)entry) > tableau->large[i]) {
        tableau->large[i] = (int64_t)magnitude((int64_t)entry);
    }
    tableau->w[i] = (int64_t)w;
    tableau->d[i] = (int64_t)d;
    if (by_row != 1 || tableau->large[i] > WORTH_A_LOOK) {
        reduce(tableau, i);
    }
    return SITO_OK;
}

int tables_tableau_pivot(TablesTableau *tableau, size_t row, size_t column, int64_t leaving) {
    int rc = (tableau->pivots & 0x3f) == 0 ? sito_watch_ask(tableau->watch) : SITO_OK;
    tableau->work += (uint64_t)tableau->touched_count * tableau->columns + 64 * tableau->rows;
    if (rc == SITO_OK &&
        (tableau->pivots++ >= tableau->most_pivots || tableau->work > TABLES_MOST_WORK)) {
        rc = TABLES_STOPPED;
    }
    bool turned = tableau->row[row][column] < 0;
    if (turned) {
        turn_row(tableau, row);
    }
    int64_t p = tableau->row[row][column];
    TablesWide rest = tableau->w[row] + (TablesWide)p * tableau->value[column];
    size_t filled = list_filled(tableau, row, column);
    for (size_t t = 0; t < tableau->touched_count && rc == SITO_OK; t++) {
        if (tableau->touched[t] != row) {
            rc = exchange_in_row(tableau, tableau->touched[t], row, column, tableau->entries[t],
                                 leaving, rest, filled);
        }
    }
    TablesWide w = rest - (TablesWide)tableau->d[row] * leaving;
    if (rc != SITO_OK || !fits(w) || tableau->d[row] != (int32_t)tableau->d[row]) {
        return rc == SITO_OK ? TABLES_TOO_LARGE : rc;
    }
    uint32_t in = tableau->column[column], out = tableau->basic[row];
    tableau->row[row][column] = (int32_t)tableau->d[row];
    tableau->d[row] = p;
    tableau->w[row] = (int64_t)w;
    tableau->basic[row] = in;
    tableau->column[column] = out;
    tableau->value[column] = leaving;
    tableau->place[in] = (uint32_t)row;
    tableau->place[out] = TABLES_IN_COLUMN | (uint32_t)column;
    int64_t entry = (int64_t)magnitude(tableau->row[row][column]);
    tableau->large[row] = entry > tableau->large[row] ? entry : tableau->large[row];
    if (p != 1) {
        reduce(tableau, row);
    }
    return SITO_OK;
}

void tables_value_of(const TablesTableau *tableau, uint32_t variable, int64_t *over,
                     int64_t *under) {
    uint32_t place = tableau->place[variable];
    bool in_column = (place & TABLES_IN_COLUMN) != 0;
    *over = in_column ? tableau->value[place & ~TABLES_IN_COLUMN] : tableau->w[place];
    *under = in_column ? 1 : tableau->d[place];
}
