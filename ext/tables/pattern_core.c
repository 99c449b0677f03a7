/*
** Patterns (pattern.h).
*/
#include "pattern.h"

#include <string.h>

enum { MOST_OPTIONS = 24, MOST_MOVES = 24, MOST_SUPPORT = 4096, MOST_PATTERNS = 8192 };

/* What one dimension does: codes that go with the cell, and codes that go against it. */
typedef struct Option {
    uint32_t codes[MOST_MOVES];
    int count, with; /* the first `with` of them go with it; the first of all is the cell's own */
    int64_t weight;  /* what the cell against it could give */
} Option;

struct PatternSearch {
    const TablesSystem *system;
    const PatternGrid *grid;
    const uint8_t *hidden;
    const double *price;
    size_t steps[TABLES_MOST_DIMENSIONS];
    uint32_t codes[TABLES_MOST_DIMENSIONS]; /* of the cell that is searched for */
    size_t place;
    Option *options[TABLES_MOST_DIMENSIONS];
    int counts[TABLES_MOST_DIMENSIONS];
    /* places of the product so far: level d holds those of dimensions before d */
    size_t *places[TABLES_MOST_DIMENSIONS + 1];
    int8_t *signs[TABLES_MOST_DIMENSIONS + 1];
    size_t support[TABLES_MOST_DIMENSIONS + 1];
    double cost[TABLES_MOST_DIMENSIONS + 1];
    /* the aim, and the best so far */
    bool only_hidden;
    int64_t down, up, width;
    double best;
    int64_t best_width;
    uint32_t *found, *moved; /* the cells to hide; the cells that go down, then those that go up */
    size_t found_count, moved_down, moved_up;
    size_t patterns;
    /* of each cell the equations that it stands in; a sum for each equation */
    size_t *touch_first;
    uint32_t *touches;
    int32_t *sums;
};

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
    return ok ? list_touches(search) : SITO_NOMEM;
}

void pattern_free(PatternSearch *search) {
    for (int d = 0; search != NULL && d <= search->grid->dimensions; d++) {
        sito_free(search->places[d]);
        sito_free(search->signs[d]);
        if (d < search->grid->dimensions) {
            sito_free(search->options[d]);
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

/* ---- cells ---- */

/* The cell at a place where its dimension d has another code. */
static uint32_t cell_with(const PatternSearch *search, int d, uint32_t code) {
    size_t place = search->place - search->codes[d] * search->steps[d] + code * search->steps[d];
    return search->grid->cells[place];
}

static bool usable(const PatternSearch *search, uint32_t cell) {
    return cell != TABLES_NO_CELL && (search->hidden[cell] != 0 || search->price[cell] >= 0);
}

/* How far a cell can go down (sign -1) or up before it meets what the reader knows of it. */
static int64_t room_of(const TablesCell *cell, int sign) {
    int64_t bound = sign < 0 ? cell->lower : cell->upper;
    if (bound == TABLES_NO_LOWER || bound == TABLES_NO_UPPER) {
        return TABLES_MOST_VALUE;
    }
    return sign < 0 ? cell->value - bound : bound - cell->value;
}

/* ---- options ---- */

/* The code and, below it, one code a level: the one whose cell is the largest. */
static bool add_chain(const PatternSearch *search, int d, uint32_t code, Option *option) {
    const uint32_t *parents = search->grid->parents[d];
    while (code != TABLES_NO_CODE) {
        uint32_t below = TABLES_NO_CODE;
        int64_t most = 0;
        if (option->count == MOST_MOVES) {
            return false;
        }
        option->codes[option->count++] = code;
        for (uint32_t c = 0; c < search->grid->sizes[d]; c++) {
            uint32_t cell = parents[c] == code ? cell_with(search, d, c) : TABLES_NO_CELL;
            if (cell != TABLES_NO_CELL &&
                (below == TABLES_NO_CODE || search->system->cells[cell].value > most)) {
                below = c;
                most = search->system->cells[cell].value;
            }
        }
        code = below;
    }
    return true;
}

static void keep_option(PatternSearch *search, int d, const Option *option) {
    int *count = &search->counts[d], at = *count < MOST_OPTIONS ? (*count)++ : MOST_OPTIONS;
    while (at > 0 && search->options[d][at - 1].weight < option->weight) {
        if (at < MOST_OPTIONS) {
            search->options[d][at] = search->options[d][at - 1];
        }
        at--;
    }
    if (at < MOST_OPTIONS) {
        search->options[d][at] = *option;
    }
}

/* All cells that the option alone touches can be hidden. */
static bool option_usable(const PatternSearch *search, int d, const Option *option) {
    for (int i = 0; i < option->count; i++) {
        if (!usable(search, cell_with(search, d, option->codes[i]))) {
            return false;
        }
    }
    return true;
}

static bool has_sibling(const PatternSearch *search, int d, uint32_t code) {
    const uint32_t *parents = search->grid->parents[d];
    for (uint32_t c = 0; c < search->grid->sizes[d]; c++) {
        if (c != code && parents[c] == parents[code]) {
            return true;
        }
    }
    return false;
}

/* From the cell's code up to `top`, and down from it. */
static bool start_option(const PatternSearch *search, int d, uint32_t top, Option *option) {
    const uint32_t *parents = search->grid->parents[d];
    *option = (Option){.count = 0};
    if (!add_chain(search, d, search->codes[d], option)) {
        return false;
    }
    for (uint32_t code = search->codes[d]; code != top && code != TABLES_NO_CODE;) {
        code = parents[code];
        if (code == TABLES_NO_CODE) {
            break;
        }
        if (option->count == MOST_MOVES) {
            return false;
        }
        option->codes[option->count++] = code;
    }
    option->with = option->count;
    return true;
}

static void list_options(PatternSearch *search, int d) {
    const uint32_t *parents = search->grid->parents[d];
    uint32_t top = search->codes[d];
    Option base, option;
    search->counts[d] = 0;
    while (parents[top] != TABLES_NO_CODE && !has_sibling(search, d, top)) {
        top = parents[top];
    }
    if (parents[top] != TABLES_NO_CODE && start_option(search, d, top, &base) &&
        option_usable(search, d, &base)) {
        for (uint32_t c = 0; c < search->grid->sizes[d]; c++) {
            uint32_t cell =
                c != top && parents[c] == parents[top] ? cell_with(search, d, c) : TABLES_NO_CELL;
            option = base;
            if (usable(search, cell) && add_chain(search, d, c, &option) &&
                option_usable(search, d, &option)) {
                const TablesCell *other = &search->system->cells[cell];
                option.weight = search->hidden[cell] != 0 ? TABLES_MOST_VALUE : other->value;
                keep_option(search, d, &option);
            }
        }
    }
    if (start_option(search, d, TABLES_NO_CODE, &option) && option_usable(search, d, &option)) {
        option.weight = -1;
        keep_option(search, d, &option);
    }
}

static void limit_options(PatternSearch *search) {
    for (;;) {
        double product = 1;
        int longest = 0;
        for (int d = 0; d < search->grid->dimensions; d++) {
            product *= search->counts[d];
            longest = search->counts[d] > search->counts[longest] ? d : longest;
        }
        if (product <= MOST_PATTERNS || search->counts[longest] <= 2) {
            return;
        }
        /* the dearest go, but the last: it is the one that moves the totals */
        Option *options = search->options[longest];
        options[search->counts[longest] - 2] = options[search->counts[longest] - 1];
        search->counts[longest]--;
    }
}

static void aim(PatternSearch *search, size_t place) {
    size_t rest = place;
    search->place = place;
    for (int d = 0; d < search->grid->dimensions; d++) {
        search->codes[d] = (uint32_t)(rest / search->steps[d]);
        rest %= search->steps[d];
    }
    for (int d = 0; d < search->grid->dimensions; d++) {
        list_options(search, d);
    }
    limit_options(search);
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
