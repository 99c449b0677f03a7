/*
** The walk (walk.h), on columns that list only the rows in which they stand.
*/
#include "walk.h"

#include <string.h>

enum { MOST_ROUNDS = 400, MOST_IDLE = 6 };
static const uint64_t most_work = 100000000; /* entries looked at */
static const int64_t longest = 1 << 20;      /* a step where nothing bounds it */

typedef struct Walk {
    const TablesTableau *tableau;
    TablesColumns columns;
    int64_t *w, *value;
    int64_t *least, *greatest;
    uint64_t state, work;
    bool extended; /* in this round */
} Walk;

/* A fixed sequence (xorshift, Marsaglia 2003): equal tables are walked through equally. */
static uint64_t next(Walk *walk) {
    walk->state ^= walk->state << 13;
    walk->state ^= walk->state >> 7;
    walk->state ^= walk->state << 17;
    return walk->state;
}

bool tables_tableau_is_plain(const TablesTableau *tableau) {
    for (size_t i = 0; i < tableau->rows; i++) {
        if (tableau->d[i] != 1) {
            return false;
        }
    }
    return true;
}

void tables_columns_free(TablesColumns *columns) {
    sito_free(columns->first);
    sito_free(columns->rows);
    sito_free(columns->entries);
    *columns = (TablesColumns){.first = NULL};
}

int tables_columns_make(const TablesTableau *tableau, TablesColumns *columns) {
    size_t count = 0, at = 0;
    for (size_t i = 0; i < tableau->rows; i++) {
        for (size_t k = 0; k < tableau->columns; k++) {
            count += tableau->row[i][k] != 0;
        }
    }
    columns->first = sito_malloc((tableau->columns + 1) * sizeof *columns->first);
    columns->rows = sito_malloc((count + 1) * sizeof *columns->rows);
    columns->entries = sito_malloc((count + 1) * sizeof *columns->entries);
    if (columns->first == NULL || columns->rows == NULL || columns->entries == NULL) {
        return SITO_NOMEM;
    }
    for (size_t k = 0; k < tableau->columns; k++) {
        columns->first[k] = at;
        for (size_t i = 0; i < tableau->rows; i++) {
            if (tableau->row[i][k] != 0) {
                columns->rows[at] = (uint32_t)i;
                columns->entries[at++] = tableau->row[i][k];
            }
        }
    }
    columns->first[tableau->columns] = at;
    return SITO_OK;
}

static int prepare(Walk *walk) {
    const TablesTableau *tableau = walk->tableau;
    int rc = tables_columns_make(tableau, &walk->columns);
    walk->w = sito_malloc((tableau->rows + 1) * sizeof *walk->w);
    walk->value = sito_malloc((tableau->columns + 1) * sizeof *walk->value);
    if (rc != SITO_OK || walk->w == NULL || walk->value == NULL) {
        return SITO_NOMEM;
    }
    memcpy(walk->w, tableau->w, tableau->rows * sizeof *walk->w);
    memcpy(walk->value, tableau->value, tableau->columns * sizeof *walk->value);
    return SITO_OK;
}

static int64_t lesser(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* How far up a variable at `value` may go (down: sign -1). */
static int64_t room_of(const TablesTableau *tableau, uint32_t v, int64_t value, int sign) {
    if (sign > 0) {
        return tableau->high[v] == TABLES_NO_UPPER ? longest : tableau->high[v] - value;
    }
    return tableau->low[v] == TABLES_NO_LOWER ? longest : value - tableau->low[v];
}

/* The longest step of a column's variable in one direction; at most 0: none. */
static int64_t longest_step(Walk *walk, size_t k, int sign) {
    const TablesTableau *tableau = walk->tableau;
    int64_t step = lesser(longest, room_of(tableau, tableau->column[k], walk->value[k], sign));
    for (size_t t = walk->columns.first[k]; t < walk->columns.first[k + 1] && step > 0; t++) {
        int64_t entry = walk->columns.entries[t], size = entry < 0 ? -entry : entry;
        int to = (entry < 0) == (sign > 0) ? 1 : -1;
        size_t i = walk->columns.rows[t];
        step = lesser(step, room_of(tableau, tableau->basic[i], walk->w[i], to) / size);
        walk->work++;
    }
    return step;
}

static void extend(Walk *walk, uint32_t v, int64_t value) {
    if (value < walk->least[v]) {
        walk->least[v] = value;
        walk->extended = true;
    }
    if (value > walk->greatest[v]) {
        walk->greatest[v] = value;
        walk->extended = true;
    }
}

static void move(Walk *walk, size_t k, int64_t by) {
    const TablesTableau *tableau = walk->tableau;
    walk->value[k] += by;
    extend(walk, tableau->column[k], walk->value[k]);
    for (size_t t = walk->columns.first[k]; t < walk->columns.first[k + 1]; t++) {
        size_t i = walk->columns.rows[t];
        walk->w[i] -= by * walk->columns.entries[t];
        extend(walk, tableau->basic[i], walk->w[i]);
    }
    walk->work += walk->columns.first[k + 1] - walk->columns.first[k];
}

/* Every column once, mostly as far as it goes. */
static void walk_round(Walk *walk) {
    for (size_t k = 0; k < walk->tableau->columns; k++) {
        uint64_t chance = next(walk);
        int sign = (chance & 1) != 0 ? 1 : -1;
        int64_t step = longest_step(walk, k, sign);
        if (step <= 0) {
            sign = -sign;
            step = longest_step(walk, k, sign);
        }
        if (step > 0) {
            step = (chance & 6) != 0 ? step : 1 + (int64_t)((chance >> 3) % (uint64_t)step);
            move(walk, k, sign * step);
        }
    }
}

int tables_walk(const TablesTableau *tableau, int64_t *least, int64_t *greatest) {
    Walk walk = {
        .tableau = tableau, .least = least, .greatest = greatest, .state = 0x9E3779B97F4A7C15u};
    if (!tables_tableau_is_plain(tableau) || tableau->columns == 0) {
        return SITO_OK;
    }
    int rc = prepare(&walk), idle = 0;
    for (int round = 0; round < MOST_ROUNDS && idle < MOST_IDLE && rc == SITO_OK; round++) {
        walk.extended = false;
        walk_round(&walk);
        idle = walk.extended ? 0 : idle + 1;
        rc = walk.work > most_work ? SITO_OK : sito_watch_ask(tableau->watch);
        if (walk.work > most_work) {
            break;
        }
    }
    tables_columns_free(&walk.columns);
    sito_free(walk.w);
    sito_free(walk.value);
    return rc;
}
