/*
** More suppression around a cell that the audit finds too narrow (protect_core.h).
*/
#include <string.h>

#include "protect_core.h"

int protect_spread_start(const TablesSystem *system, Spread *spread) {
    size_t count = system->count;
    spread->touch_first = sito_malloc((count + 2) * sizeof *spread->touch_first);
    spread->touches = sito_malloc((system->parts_count + 1) * sizeof *spread->touches);
    spread->queue = sito_malloc((count + 1) * sizeof *spread->queue);
    spread->seen = sito_malloc(count + 1);
    spread->fresh = sito_malloc(count + 1);
    if (spread->touch_first == NULL || spread->touches == NULL || spread->queue == NULL ||
        spread->seen == NULL || spread->fresh == NULL) {
        return SITO_NOMEM;
    }
    memset(spread->fresh, 0, count + 1);
    memset(spread->touch_first, 0, (count + 2) * sizeof *spread->touch_first);
    for (size_t i = 0; i < system->parts_count; i++) {
        spread->touch_first[system->parts[i] + 2]++;
    }
    for (size_t c = 2; c < count + 2; c++) {
        spread->touch_first[c] += spread->touch_first[c - 1];
    }
    for (uint32_t e = 0; e < system->equations; e++) {
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            spread->touches[spread->touch_first[system->parts[i] + 1]++] = e;
        }
    }
    return SITO_OK;
}

void protect_spread_free(Spread *spread) {
    sito_free(spread->touch_first);
    sito_free(spread->touches);
    sito_free(spread->queue);
    sito_free(spread->seen);
    sito_free(spread->fresh);
}

static bool better(const Protect *protect, uint32_t cell, uint32_t best, int64_t width) {
    const TablesCell *cells = protect->system->cells;
    if (best == TABLES_NO_CELL) {
        return true;
    }
    bool wide = cells[cell].value >= width, best_wide = cells[best].value >= width;
    if (wide != best_wide) {
        return wide;
    }
    return protect->price[cell] < protect->price[best] ||
           (protect->price[cell] <= protect->price[best] && cells[cell].value > cells[best].value);
}

/* The cheapest published cell of an equation, or TABLES_NO_CELL; *fresh: one of it is hidden anew. */
static uint32_t cheapest(const Protect *protect, const Spread *spread, uint32_t e, int64_t width,
                         bool *fresh) {
    const TablesSystem *system = protect->system;
    uint32_t best = TABLES_NO_CELL;
    *fresh = false;
    for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
        uint32_t part = system->parts[i];
        *fresh = *fresh || spread->fresh[part] != 0;
        if (protect->hidden[part] == 0 && protect->forced[part] == 0 && protect->price[part] >= 0 &&
            better(protect, part, best, width)) {
            best = part;
        }
    }
    return best;
}

/* One more cell of each equation of a hidden cell is hidden, where none is since the last audit. */
static size_t hide_beside(Protect *protect, Spread *spread, uint32_t cell, int64_t width) {
    size_t hidden = 0;
    for (size_t t = spread->touch_first[cell]; t < spread->touch_first[cell + 1]; t++) {
        bool fresh;
        uint32_t best = cheapest(protect, spread, spread->touches[t], width, &fresh);
        if (!fresh && best != TABLES_NO_CELL) {
            protect->hidden[best] = 1;
            protect->pinned[best] = 1;
            spread->fresh[best] = 1;
        }
        hidden += fresh || best != TABLES_NO_CELL;
    }
    return hidden;
}

size_t protect_hide_near(Protect *protect, Spread *spread, uint32_t cell) {
    const TablesSystem *system = protect->system;
    size_t head = 0, tail = 0, hidden = 0;
    memset(spread->seen, 0, system->count);
    spread->queue[tail++] = cell;
    spread->seen[cell] = 1;
    while (head < tail && hidden == 0) {
        uint32_t at = spread->queue[head++];
        hidden = hide_beside(protect, spread, at, protect_width(&system->cells[cell]));
        for (size_t t = spread->touch_first[at]; t < spread->touch_first[at + 1]; t++) {
            uint32_t e = spread->touches[t];
            for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
                uint32_t part = system->parts[i];
                if (spread->seen[part] == 0 && protect->hidden[part] != 0) {
                    spread->seen[part] = 1;
                    spread->queue[tail++] = part;
                }
            }
        }
    }
    return hidden;
}
