/*
** What each dimension of a pattern may do (pattern_core.h).
**
** The cell's own code, one code a level below it, and those above it up to a code that has siblings; against
** it one of these, with one code a level below. Or the cell's own code with all codes above it, and
** nothing against it.
*/
#include <string.h>

#include "pattern_core.h"

#define NONE TABLES_NO_CODE

int pattern_list_codes(PatternSearch *search, int d) {
    const uint32_t *parents = search->grid->parents[d];
    uint32_t size = search->grid->sizes[d];
    uint32_t *below = sito_malloc(((size_t)size + 1) * sizeof *below);
    uint32_t *beside = sito_malloc(((size_t)size + 1) * sizeof *beside);
    uint32_t *last = sito_malloc(((size_t)size + 1) * sizeof *last);
    search->below[d] = below;
    search->beside[d] = beside;
    if (below == NULL || beside == NULL || last == NULL) {
        sito_free(last);
        return SITO_NOMEM;
    }
    memset(below, 0xff, ((size_t)size + 1) * sizeof *below);
    for (uint32_t code = 0; code < size; code++) {
        uint32_t parent = parents[code];
        beside[code] = code;
        if (parent != NONE && below[parent] == NONE) {
            below[parent] = code;
        } else if (parent != NONE) {
            beside[last[parent]] = code;
            beside[code] = below[parent];
        }
        if (parent != NONE) {
            last[parent] = code;
        }
    }
    sito_free(last);
    return SITO_OK;
}

/* The cell at the place where its dimension d has another code. */
static uint32_t cell_with(const PatternSearch *search, int d, uint32_t code) {
    size_t place = search->place - search->codes[d] * search->steps[d] + code * search->steps[d];
    return search->grid->cells[place];
}

/* How welcome a cell is: hidden ones first, then by their value. */
static int64_t welcome(const PatternSearch *search, uint32_t cell) {
    return search->hidden[cell] != 0 ? TABLES_MOST_VALUE : search->system->cells[cell].value;
}

static bool add_code(const PatternSearch *search, int d, uint32_t code, Option *option) {
    uint32_t cell = cell_with(search, d, code);
    if (option->count == MOST_MOVES || !pattern_usable(search, cell)) {
        return false;
    }
    int64_t weight = welcome(search, cell);
    option->weight = weight < option->weight ? weight : option->weight;
    option->codes[option->count++] = code;
    return true;
}

/* The code and, below it, one code a level: the most welcome. */
static bool add_chain(const PatternSearch *search, int d, uint32_t code, Option *option) {
    while (code != NONE) {
        uint32_t first = search->below[d][code], best = NONE, child = first;
        int64_t most = 0;
        if (!add_code(search, d, code, option)) {
            return false;
        }
        for (int i = 0; i < MOST_SIBLINGS && child != NONE; i++) {
            uint32_t cell = cell_with(search, d, child);
            if (pattern_usable(search, cell) && (best == NONE || welcome(search, cell) > most)) {
                best = child;
                most = welcome(search, cell);
            }
            child = search->beside[d][child];
            child = child == first ? NONE : child;
        }
        if (first != NONE && best == NONE) {
            return false;
        }
        code = best;
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

/* `base` against each sibling of `top`. */
static void list_against(PatternSearch *search, int d, uint32_t top, const Option *base) {
    uint32_t other = search->beside[d][top];
    for (int i = 0; i < MOST_SIBLINGS && other != top; i++, other = search->beside[d][other]) {
        Option option = *base;
        if (pattern_usable(search, cell_with(search, d, other)) &&
            add_chain(search, d, other, &option)) {
            keep_option(search, d, &option);
        }
    }
}

/* All options in which the cell's code goes with this code below it (NONE: it has none). */
static void list_with(PatternSearch *search, int d, uint32_t child) {
    const uint32_t *parents = search->grid->parents[d];
    uint32_t top = search->codes[d];
    Option base = {.weight = TABLES_MOST_VALUE};
    bool ok =
        add_code(search, d, top, &base) && (child == NONE || add_chain(search, d, child, &base));
    while (ok && parents[top] != NONE && search->beside[d][top] == top) {
        top = parents[top];
        ok = add_code(search, d, top, &base);
    }
    if (!ok) {
        return;
    }
    base.with = base.count;
    if (parents[top] != NONE) {
        list_against(search, d, top, &base);
    }
    while (ok && parents[top] != NONE) {
        top = parents[top];
        ok = add_code(search, d, top, &base);
    }
    if (ok) { /* totals move: what is hidden already is welcome, the rest comes last */
        base.with = base.count;
        base.weight = base.weight == TABLES_MOST_VALUE ? base.weight : -1;
        keep_option(search, d, &base);
    }
}

static void list_of(PatternSearch *search, int d) {
    uint32_t first = search->below[d][search->codes[d]], child = first;
    search->counts[d] = 0;
    if (first == NONE) {
        list_with(search, d, NONE);
    }
    for (int i = 0; i < MOST_SIBLINGS && child != NONE; i++) {
        if (pattern_usable(search, cell_with(search, d, child))) {
            list_with(search, d, child);
        }
        child = search->beside[d][child];
        child = child == first ? NONE : child;
    }
}

/* As many patterns as can be looked at: the last options of the longest lists go, but the very last, which
** moves the totals. */
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
        Option *options = search->options[longest];
        options[search->counts[longest] - 2] = options[search->counts[longest] - 1];
        search->counts[longest]--;
    }
}

void pattern_list_options(PatternSearch *search) {
    for (int d = 0; d < search->grid->dimensions; d++) {
        list_of(search, d);
    }
    limit_options(search);
}
