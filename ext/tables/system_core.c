/*
** Cells, their keys, equations, and whether totals add up (system.h).
*/
#include "system_core.h"

#include <string.h>

/* ---- cells ---- */

static int check_cell(const TablesCell *cell) {
    bool ok =
        !cell->known || (cell->value <= TABLES_MOST_VALUE && cell->value >= -TABLES_MOST_VALUE);
    return ok ? SITO_OK : SITO_TOOBIG;
}

int tables_system_cell(TablesSystem *system, const TablesCell *cell, uint32_t *number) {
    int rc = check_cell(cell);
    rc = rc == SITO_OK ? sito_grow((void **)&system->cells, &system->room, system->count + 1,
                                   sizeof *system->cells, TABLES_MOST_CELLS)
                       : rc;
    rc = rc == SITO_OK ? sito_grow((void **)&system->keys, &system->keys_room, system->count + 1,
                                   sizeof *system->keys, TABLES_MOST_CELLS)
                       : rc;
    if (rc == SITO_OK) {
        system->cells[system->count] = *cell;
        system->keys[system->count] = (SitoHash128){0, 0};
        *number = (uint32_t)system->count++;
    }
    return rc;
}

/* ---- keys ---- */

static size_t slot_of(const TablesSystem *system, SitoHash128 key) {
    size_t mask = system->slot_count - 1, slot = (size_t)key.low & mask;
    while (system->slots[slot] != TABLES_NO_CELL) {
        const SitoHash128 *other = &system->keys[system->slots[slot]];
        if (other->low == key.low && other->high == key.high) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

uint32_t tables_key_find(const TablesSystem *system, SitoHash128 key) {
    return system->slot_count == 0 ? TABLES_NO_CELL : system->slots[slot_of(system, key)];
}

static int grow_slots(TablesSystem *system) {
    size_t count = system->slot_count == 0 ? 64 : system->slot_count * 2;
    uint32_t *slots = sito_malloc(count * sizeof *slots), *old = system->slots;
    size_t old_count = system->slot_count;
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    memset(slots, 0xff, count * sizeof *slots);
    system->slots = slots;
    system->slot_count = count;
    for (size_t i = 0; i < old_count; i++) {
        if (old[i] != TABLES_NO_CELL) {
            slots[slot_of(system, system->keys[old[i]])] = old[i];
        }
    }
    sito_free(old);
    return SITO_OK;
}

int tables_key_add(TablesSystem *system, SitoHash128 key, uint32_t number) {
    int rc = (system->count + 1) * 2 > system->slot_count ? grow_slots(system) : SITO_OK;
    if (rc == SITO_OK) {
        system->keys[number] = key;
        system->slots[slot_of(system, key)] = number;
    }
    return rc;
}

/* ---- equations ---- */

int tables_system_equation(TablesSystem *system, const uint32_t *parts, const int8_t *signs,
                           size_t count) {
    size_t limit = (size_t)1 << 30, have = system->parts_count;
    int rc = sito_grow((void **)&system->first, &system->first_room, system->equations + 2,
                       sizeof *system->first, limit);
    rc = rc == SITO_OK ? sito_grow((void **)&system->parts, &system->parts_room, have + count,
                                   sizeof *system->parts, limit)
                       : rc;
    rc = rc == SITO_OK ? sito_grow((void **)&system->signs, &system->signs_room, have + count,
                                   sizeof *system->signs, limit)
                       : rc;
    if (rc != SITO_OK || count == 0) {
        return rc;
    }
    memcpy(system->parts + have, parts, count * sizeof *parts);
    memcpy(system->signs + have, signs, count * sizeof *signs);
    system->parts_count += count;
    system->first[system->equations++] = have;
    system->first[system->equations] = system->parts_count;
    return SITO_OK;
}

void tables_system_free(TablesSystem *system) {
    sito_free(system->cells);
    sito_free(system->keys);
    sito_free(system->slots);
    sito_free(system->first);
    sito_free(system->parts);
    sito_free(system->signs);
    *system = (TablesSystem){.whole = system->whole};
}

/* ---- totals ---- */

/* The least and the greatest sum that an equation can have; false where one of them is infinite. */
typedef struct Reach {
    TablesWide least, most;
    bool no_least, no_most;
} Reach;

static void reach_add(Reach *reach, const TablesCell *cell, int sign) {
    int64_t low = cell->known ? cell->value : cell->lower;
    int64_t high = cell->known ? cell->value : cell->upper;
    bool no_low = !cell->known && cell->lower == TABLES_NO_LOWER;
    bool no_high = !cell->known && cell->upper == TABLES_NO_UPPER;
    reach->no_least = reach->no_least || (sign > 0 ? no_low : no_high);
    reach->no_most = reach->no_most || (sign > 0 ? no_high : no_low);
    reach->least += sign > 0 ? (TablesWide)low : -(TablesWide)high;
    reach->most += sign > 0 ? (TablesWide)high : -(TablesWide)low;
}

static int does_not_add_up(const TablesSystem *system, size_t equation, TablesFault *fault,
                           char **error) {
    const uint32_t *parts = system->parts + system->first[equation];
    size_t count = system->first[equation + 1] - system->first[equation];
    const TablesCell *total = &system->cells[parts[0]];
    const TablesCell *part = count > 1 ? &system->cells[parts[1]] : total;
    *fault = (TablesFault){total->row, part->row, total->source, part->source};
    return sito_error(error, SITO_ERROR, "a total is not the sum of its parts");
}

int tables_system_check(const TablesSystem *system, TablesFault *fault, char **error) {
    *fault = (TablesFault){TABLES_NO_CELL, TABLES_NO_CELL, 0, 0};
    for (size_t e = 0; e < system->equations; e++) {
        Reach reach = {.no_least = false};
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            reach_add(&reach, &system->cells[system->parts[i]], system->signs[i]);
        }
        if ((!reach.no_least && reach.least > 0) || (!reach.no_most && reach.most < 0)) {
            return does_not_add_up(system, e, fault, error);
        }
    }
    return SITO_OK;
}
