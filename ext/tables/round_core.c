/*
** Controlled rounding (round.h), as a walk: the finest cells are rounded to the nearest multiple; while a
** total has moved too far, one of its cells is turned the other way, that after which the totals together
** are the least too far (WalkSAT: Selman, Kautz, Cohen 1994).
*/
#include "round.h"

#include <string.h>

enum { RESTARTS = 12, NOISE = 16 };

typedef struct Rounding {
    const TablesSystem *system;
    int64_t base;
    int64_t *rounded, *moved; /* of each cell; moved: rounded - value */
    uint32_t *defined;        /* of each cell: an equation whose total it is, or NONE */
    /* of each cell the totals above it: above[above_first[c]] … ; and of each total its finest cells */
    size_t *above_first, *below_first;
    uint32_t *above, *below;
    size_t links;
    uint32_t *wrong; /* totals that moved too far */
    uint32_t *wrong_at;
    size_t wrong_count;
    uint64_t drawn;
} Rounding;

#define NONE UINT32_MAX

static uint64_t draw(Rounding *rounding) { /* xorshift64*, the same each time */
    rounding->drawn ^= rounding->drawn >> 12;
    rounding->drawn ^= rounding->drawn << 25;
    rounding->drawn ^= rounding->drawn >> 27;
    return (rounding->drawn * 0x2545f4914f6cdd1du) >> 16;
}

/* ---- what is above what ---- */

static int find_totals(Rounding *rounding, char **error) {
    const TablesSystem *system = rounding->system;
    memset(rounding->defined, 0xff, (system->count + 1) * sizeof *rounding->defined);
    for (uint32_t e = 0; e < system->equations; e++) {
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            if ((system->signs[i] < 0) != (i == system->first[e])) {
                return sito_error(error, SITO_ERROR, "a total is no sum of its parts");
            }
        }
        rounding->defined[system->parts[system->first[e]]] = e;
    }
    return SITO_OK;
}

typedef struct Walk {
    uint32_t *stack;
    size_t room, depth;
} Walk;

static int push(Walk *walk, uint32_t cell) {
    int rc = sito_grow((void **)&walk->stack, &walk->room, walk->depth + 1, sizeof *walk->stack,
                       TABLES_MOST_CELLS);
    if (rc == SITO_OK) {
        walk->stack[walk->depth++] = cell;
    }
    return rc;
}

/* The finest cells of a total: into `below` at *at, or counted where it is NULL. */
static int expand(const Rounding *rounding, Walk *walk, uint32_t total, uint32_t *below,
                  size_t *at) {
    const TablesSystem *system = rounding->system;
    int rc = push(walk, total);
    while (walk->depth > 0 && rc == SITO_OK) {
        uint32_t cell = walk->stack[--walk->depth], e = rounding->defined[cell];
        if (e == NONE) {
            if (below != NULL) {
                below[*at] = cell;
            }
            ++*at;
        }
        for (size_t i = e == NONE ? 0 : system->first[e] + 1;
             e != NONE && i < system->first[e + 1] && rc == SITO_OK; i++) {
            rc = push(walk, system->parts[i]);
        }
    }
    return rc;
}

static int list_below(Rounding *rounding) {
    size_t count = rounding->system->count, at = 0;
    Walk walk = {0};
    int rc = SITO_OK;
    rounding->below_first = sito_malloc((count + 1) * sizeof *rounding->below_first);
    if (rounding->below_first == NULL) {
        return SITO_NOMEM;
    }
    for (int pass = 0; pass < 2 && rc == SITO_OK; pass++) {
        at = 0;
        for (uint32_t cell = 0; cell < count && rc == SITO_OK; cell++) {
            rounding->below_first[cell] = at;
            if (rounding->defined[cell] != NONE) {
                rc = expand(rounding, &walk, cell, rounding->below, &at);
            }
        }
        rounding->below_first[count] = at;
        if (pass == 0 && rc == SITO_OK) {
            rounding->below = sito_malloc((at + 1) * sizeof *rounding->below);
            rc = rounding->below == NULL ? SITO_NOMEM : SITO_OK;
        }
    }
    rounding->links = at;
    sito_free(walk.stack);
    return rc;
}

static int list_above(Rounding *rounding) {
    size_t count = rounding->system->count;
    rounding->above_first = sito_malloc((count + 3) * sizeof *rounding->above_first);
    rounding->above = sito_malloc((rounding->links + 1) * sizeof *rounding->above);
    if (rounding->above_first == NULL || rounding->above == NULL) {
        return SITO_NOMEM;
    }
    memset(rounding->above_first, 0, (count + 3) * sizeof *rounding->above_first);
    for (size_t i = 0; i < rounding->links; i++) {
        rounding->above_first[rounding->below[i] + 2]++;
    }
    for (size_t cell = 2; cell < count + 2; cell++) {
        rounding->above_first[cell] += rounding->above_first[cell - 1];
    }
    for (uint32_t cell = 0; cell < count; cell++) {
        for (size_t i = rounding->below_first[cell]; i < rounding->below_first[cell + 1]; i++) {
            rounding->above[rounding->above_first[rounding->below[i] + 1]++] = cell;
        }
    }
    return SITO_OK;
}

/* ---- the walk ---- */

/* By how much a total has moved too far. */
static int64_t excess(const Rounding *rounding, int64_t moved) {
    int64_t size = moved < 0 ? -moved : moved;
    return size < rounding->base ? 0 : size - rounding->base + 1;
}

static void note(Rounding *rounding, uint32_t total) {
    bool wrong = excess(rounding, rounding->moved[total]) > 0;
    uint32_t at = rounding->wrong_at[total];
    if (wrong && at == NONE) {
        rounding->wrong_at[total] = (uint32_t)rounding->wrong_count;
        rounding->wrong[rounding->wrong_count++] = total;
    } else if (!wrong && at != NONE) {
        uint32_t last = rounding->wrong[--rounding->wrong_count];
        rounding->wrong[at] = last;
        rounding->wrong_at[last] = at;
        rounding->wrong_at[total] = NONE;
    }
}

/* What turning a cell moves it by; 0: it is a multiple. */
static int64_t turn_of(const Rounding *rounding, uint32_t cell) {
    int64_t moved = rounding->moved[cell];
    return moved == 0 ? 0 : moved < 0 ? rounding->base : -rounding->base;
}

static void turn(Rounding *rounding, uint32_t cell, int64_t by) {
    rounding->moved[cell] += by;
    for (size_t i = rounding->above_first[cell]; i < rounding->above_first[cell + 1]; i++) {
        rounding->moved[rounding->above[i]] += by;
        note(rounding, rounding->above[i]);
    }
}

static int64_t gain_of(const Rounding *rounding, uint32_t cell, int64_t by) {
    int64_t gain = 0;
    for (size_t i = rounding->above_first[cell]; i < rounding->above_first[cell + 1]; i++) {
        int64_t moved = rounding->moved[rounding->above[i]];
        gain += excess(rounding, moved) - excess(rounding, moved + by);
    }
    return gain;
}

/* Of the cells of a total that would bring it nearer, the one to turn; NONE where there is none. */
static uint32_t choose(Rounding *rounding, uint32_t total) {
    size_t first = rounding->below_first[total], count = rounding->below_first[total + 1] - first;
    size_t most = count < 64 ? count : 64, start = (size_t)(draw(rounding) % count);
    bool any = draw(rounding) % NOISE == 0;
    uint32_t best = NONE;
    int64_t best_gain = 0;
    for (size_t i = 0, tried = 0; i < count && tried < most; i++) {
        uint32_t cell = rounding->below[first + (start + i) % count];
        int64_t by = turn_of(rounding, cell);
        if (by == 0 || (by < 0) == (rounding->moved[total] < 0)) {
            continue;
        }
        int64_t gain = gain_of(rounding, cell, by);
        tried++;
        if (best == NONE || gain > best_gain) {
            best = cell;
            best_gain = gain;
        }
        if (any) {
            break;
        }
    }
    return best;
}

static void start(Rounding *rounding, int attempt) {
    const TablesSystem *system = rounding->system;
    rounding->drawn = 0x9e3779b97f4a7c15u + (uint64_t)attempt;
    rounding->wrong_count = 0;
    memset(rounding->wrong_at, 0xff, (system->count + 1) * sizeof *rounding->wrong_at);
    memset(rounding->moved, 0, (system->count + 1) * sizeof *rounding->moved);
    for (uint32_t cell = 0; cell < system->count; cell++) {
        int64_t rest = system->cells[cell].value % rounding->base;
        rest = rest < 0 ? rest + rounding->base : rest;
        if (rounding->defined[cell] == NONE && rest != 0) {
            bool up = attempt == 0 ? 2 * rest > rounding->base
                                   : (int64_t)(draw(rounding) % (uint64_t)rounding->base) < rest;
            turn(rounding, cell, up ? rounding->base - rest : -rest);
        }
    }
}

static int walk(Rounding *rounding, const SitoWatch *watch, bool *found) {
    size_t steps = 20000 + 8 * rounding->system->count;
    int rc = SITO_OK;
    int attempts = rounding->system->count > 2000 ? RESTARTS / 4 : RESTARTS;
    for (int attempt = 0; attempt < attempts && rc == SITO_OK; attempt++) {
        start(rounding, attempt);
        for (size_t i = 0; i < steps && rounding->wrong_count > 0 && rc == SITO_OK; i++) {
            uint32_t total = rounding->wrong[draw(rounding) % rounding->wrong_count];
            uint32_t cell = choose(rounding, total);
            if (cell == NONE) {
                break;
            }
            turn(rounding, cell, turn_of(rounding, cell));
            rc = (i & 0x3ff) == 0x3ff ? sito_watch_ask(watch) : SITO_OK;
        }
        if (rounding->wrong_count == 0) {
            *found = true;
            return rc;
        }
    }
    return rc;
}

/* A total that is a multiple and has moved by nothing, or not: by less than the base in any case. */
static int write_down(Rounding *rounding, bool found, char **error) {
    if (!found) {
        return sito_error(error, SITO_ERROR,
                          "no rounding to base %lld was found in which every total is the sum of "
                          "its parts and nothing moves by %lld or more; take fewer dimensions, the "
                          "other base, or suppression",
                          (long long)rounding->base, (long long)rounding->base);
    }
    for (size_t cell = 0; cell < rounding->system->count; cell++) {
        rounding->rounded[cell] = rounding->system->cells[cell].value + rounding->moved[cell];
    }
    return SITO_OK;
}

int tables_round(const TablesSystem *system, int64_t base, int64_t *rounded, const SitoWatch *watch,
                 char **error) {
    Rounding rounding = {.system = system, .base = base, .rounded = rounded};
    size_t count = system->count + 1;
    bool found = false;
    rounding.moved = sito_malloc(count * sizeof *rounding.moved);
    rounding.defined = sito_malloc(count * sizeof *rounding.defined);
    rounding.wrong = sito_malloc(count * sizeof *rounding.wrong);
    rounding.wrong_at = sito_malloc(count * sizeof *rounding.wrong_at);
    int rc = rounding.moved == NULL || rounding.defined == NULL || rounding.wrong == NULL ||
                     rounding.wrong_at == NULL
                 ? SITO_NOMEM
                 : find_totals(&rounding, error);
    rc = rc == SITO_OK ? list_below(&rounding) : rc;
    rc = rc == SITO_OK ? list_above(&rounding) : rc;
    rc = rc == SITO_OK ? walk(&rounding, watch, &found) : rc;
    rc = rc == SITO_OK ? write_down(&rounding, found, error) : rc;
    sito_free(rounding.moved);
    sito_free(rounding.defined);
    sito_free(rounding.wrong);
    sito_free(rounding.wrong_at);
    sito_free(rounding.above_first);
    sito_free(rounding.above);
    sito_free(rounding.below_first);
    sito_free(rounding.below);
    return rc;
}
