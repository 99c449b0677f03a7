/*
** Patterns (pattern.h).
*/
#include "pattern_core.h"

#include <string.h>

/* ---- equations ---- */

static int list_touches(PatternSearch *search) {
    const TablesSystem *system = search->system;
    search->touch_first = sito_malloc((system->count + 2) * sizeof *search->touch_first);
    search->touches = sito_malloc((system->parts_count + 1) * sizeof *search->touches);
    search->sums = sito_malloc((system->equations + 1) * sizeof *search->sums);
    if (search->touch_first == NULL || search->touches == NULL || search->sums == NULL) {
        return SITO_NOMEM;
    }
    memset(search->touch_first, 0, (system->count + 2) * sizeof *search->touch_first);
    memset(search->sums, 0, (system->equations + 1) * sizeof *search->sums);
    for (size_t i = 0; i < system->parts_count; i++) {
        search->touch_first[system->parts[i] + 2]++;
    }
    for (size_t c = 2; c < system->count + 2; c++) {
        search->touch_first[c] += search->touch_first[c - 1];
    }
    for (uint32_t e = 0; e < system->equations; e++) {
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            int64_t entry = (int64_t)e * 2 + (system->signs[i] < 0);
            search->touches[search->touch_first[system->parts[i] + 1]++] = (uint32_t)entry;
        }
    }
    return SITO_OK;
}

static void add_touches(const PatternSearch *search, uint32_t cell, int sign) {
    for (size_t i = search->touch_first[cell]; i < search->touch_first[cell + 1]; i++) {
        search->sums[search->touches[i] >> 1] += (search->touches[i] & 1) != 0 ? -sign : sign;
    }
}

/* Every equation of the system still holds when the cells move together; leaves all sums at 0. */
static bool holds(const PatternSearch *search) {
    int d = search->grid->dimensions;
    bool ok = true;
    for (size_t i = 0; i < search->support[d]; i++) {
        add_touches(search, search->grid->cells[search->places[d][i]], search->signs[d][i]);
    }
    for (size_t i = 0; i < search->support[d]; i++) {
        uint32_t cell = search->grid->cells[search->places[d][i]];
        for (size_t j = search->touch_first[cell]; j < search->touch_first[cell + 1] && ok; j++) {
            ok = search->sums[search->touches[j] >> 1] == 0;
        }
    }
    for (size_t i = 0; i < search->support[d]; i++) {
        add_touches(search, search->grid->cells[search->places[d][i]], -search->signs[d][i]);
    }
    return ok;
}

int pattern_new(const TablesSystem *system, const PatternGrid *grid, const uint8_t *hidden,
                const double *price, PatternSearch **made) {
    PatternSearch *search = sito_malloc(sizeof *search);
    *made = search;
    if (search == NULL) {
        return SITO_NOMEM;
    }
    *search = (PatternSearch){.system = system, .grid = grid, .hidden = hidden, .price = price};
    size_t step = 1;
    for (int d = grid->dimensions; d-- > 0; step *= grid->sizes[d]) {
        search->steps[d] = step;
    }
    bool ok = true;
    for (int d = 0; d <= grid->dimensions; d++) {
        search->places[d] = sito_malloc(MOST_SUPPORT * sizeof *search->places[d]);
        search->signs[d] = sito_malloc(MOST_SUPPORT);
        ok = ok && search->places[d] != NULL && search->signs[d] != NULL;
        if (d < grid->dimensions) {
            search->options[d] = sito_malloc(MOST_OPTIONS * sizeof(Option));
            ok = ok && search->options[d] != NULL;
        }
    }
    search->found = sito_malloc(MOST_SUPPORT * sizeof *search->found);
    search->moved = sito_malloc(2 * MOST_SUPPORT * sizeof *search->moved);
    ok = ok && search->found != NULL && search->moved != NULL;
    for (int d = 0; d < grid->dimensions && ok; d++) {
        ok = pattern_list_codes(search, d) == SITO_OK;
    }
    return ok ? list_touches(search) : SITO_NOMEM;
}

void pattern_free(PatternSearch *search) {
    for (int d = 0; search != NULL && d <= search->grid->dimensions; d++) {
        sito_free(search->places[d]);
        sito_free(search->signs[d]);
        if (d < search->grid->dimensions) {
            sito_free(search->options[d]);
            sito_free(search->below[d]);
            sito_free(search->beside[d]);
        }
    }
    if (search != NULL) {
        sito_free(search->found);
        sito_free(search->moved);
        sito_free(search->touch_first);
        sito_free(search->touches);
        sito_free(search->sums);
        sito_free(search);
    }
}

static void aim(PatternSearch *search, size_t place) {
    size_t rest = place;
    search->place = place;
    for (int d = 0; d < search->grid->dimensions; d++) {
        search->codes[d] = (uint32_t)(rest / search->steps[d]);
        rest %= search->steps[d];
    }
    pattern_list_options(search);
    search->places[0][0] = place;
    search->signs[0][0] = 1;
    search->support[0] = 1;
    search->cost[0] = 0;
    search->patterns = 0;
    search->found_count = 0;
    search->best = -1;
}

/* ---- the search ---- */

/* The product of level d with an option; false where a cell cannot be hidden, or it costs too much. */
static bool extend(PatternSearch *search, int d, const Option *option) {
    size_t n = 0, count = search->support[d];
    double cost = 0;
    if (count * (size_t)option->count > MOST_SUPPORT) {
        return false;
    }
    for (int i = 0; i < option->count; i++) {
        int sign = i < option->with ? 1 : -1;
        for (size_t j = 0; j < count; j++) {
            size_t place = search->places[d][j] - search->codes[d] * search->steps[d] +
                           option->codes[i] * search->steps[d];
            uint32_t cell = search->grid->cells[place];
            if (cell == TABLES_NO_CELL) {
                return false;
            }
            if (search->hidden[cell] == 0) {
                if (search->price[cell] < 0 || search->only_hidden) {
                    return false;
                }
                cost += search->price[cell];
            }
            search->places[d + 1][n] = place;
            search->signs[d + 1][n++] = (int8_t)(search->signs[d][j] * sign);
        }
    }
    search->support[d + 1] = n;
    search->cost[d + 1] = cost;
    return search->best < 0 || search->only_hidden || cost <= search->best;
}

/* How far a cell can go down (sign -1) or up before it meets what the reader knows of it. */
static int64_t room_of(const TablesCell *cell, int sign) {
    int64_t bound = sign < 0 ? cell->lower : cell->upper;
    if (bound == TABLES_NO_LOWER || bound == TABLES_NO_UPPER) {
        return TABLES_MOST_VALUE;
    }
    return sign < 0 ? cell->value - bound : bound - cell->value;
}

static void measure(const PatternSearch *search, int64_t *down, int64_t *up) {
    int d = search->grid->dimensions;
    *down = *up = TABLES_MOST_VALUE;
    for (size_t i = 0; i < search->support[d]; i++) {
        const TablesCell *cell = &search->system->cells[search->grid->cells[search->places[d][i]]];
        bool with = search->signs[d][i] > 0;
        int sign = with ? 1 : -1;
        int64_t when_up = room_of(cell, sign), when_down = room_of(cell, -sign);
        *up = when_up < *up ? when_up : *up;
        *down = when_down < *down ? when_down : *down;
    }
}

static size_t list_support(const PatternSearch *search, bool all, uint32_t *cells) {
    int d = search->grid->dimensions;
    size_t count = 0;
    for (size_t i = 0; i < search->support[d]; i++) {
        uint32_t cell = search->grid->cells[search->places[d][i]];
        if (all || search->hidden[cell] == 0) {
            cells[count++] = cell;
        }
    }
    return count;
}

static void take_hidden(PatternSearch *search, int64_t down, int64_t up) {
    if ((down > search->down || up > search->up) && holds(search)) {
        if (down > search->down) {
            search->down = down;
            search->moved_down = list_support(search, true, search->moved);
        }
        if (up > search->up) {
            search->up = up;
            search->moved_up = list_support(search, true, search->moved + MOST_SUPPORT);
        }
    }
}

static void take(PatternSearch *search) {
    int64_t down, up;
    double cost = search->cost[search->grid->dimensions];
    search->patterns++;
    measure(search, &down, &up);
    if (search->only_hidden) {
        take_hidden(search, down, up);
        return;
    }
    int64_t width =
        (down > search->down ? down : search->down) + (up > search->up ? up : search->up);
    if (width >= search->width &&
        (search->best < 0 || cost < search->best ||
         (cost <= search->best && width > search->best_width)) &&
        holds(search)) {
        search->best = cost;
        search->best_width = width;
        search->found_count = list_support(search, false, search->found);
    }
}

static void walk(PatternSearch *search, int d) {
    if (d == search->grid->dimensions) {
        take(search);
        return;
    }
    for (int i = 0; i < search->counts[d] && search->patterns < 4 * MOST_PATTERNS; i++) {
        if (search->only_hidden && search->down + search->up >= search->width) {
            return;
        }
        if (extend(search, d, &search->options[d][i])) {
            walk(search, d + 1);
        }
    }
}

PatternReach pattern_reach(PatternSearch *search, size_t place, int64_t width) {
    search->only_hidden = true;
    search->down = search->up = 0;
    search->moved_down = search->moved_up = 0;
    search->width = width;
    aim(search, place);
    walk(search, 0);
    memmove(search->moved + search->moved_down, search->moved + MOST_SUPPORT,
            search->moved_up * sizeof *search->moved);
    return (PatternReach){search->down, search->up, search->moved,
                          search->moved_down + search->moved_up};
}

size_t pattern_widen(PatternSearch *search, size_t place, const PatternReach *reach, int64_t width,
                     const uint32_t **cells) {
    search->only_hidden = false;
    search->down = reach->down;
    search->up = reach->up;
    search->width = width;
    aim(search, place);
    walk(search, 0);
    *cells = search->found;
    return search->found_count;
}
