/*
** Patterns for the hidden cells of a table, in the best of several orders (protect_core.h).
*/
#include <stdlib.h>
#include <string.h>

#include "guards.h"
#include "protect_core.h"

typedef struct Turn {
    int64_t value;
    uint32_t guard, cell;
} Turn;

static int small_first(const void *a, const void *b) {
    const Turn *x = a, *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return (x->cell < y->cell) - (x->cell > y->cell);
}

static int large_first(const void *a, const void *b) {
    const Turn *x = a, *y = b;
    return x->value != y->value ? -small_first(a, b) : (x->cell < y->cell) - (x->cell > y->cell);
}

/* Orders in which guards are taken; which is best cannot be told beforehand. */
enum { LAST_FIRST, SMALL_FIRST, LARGE_FIRST, FIRST_FIRST };

static int order_guards(const Guards *guards, int kind, uint32_t *turns) {
    Turn *list = sito_malloc((guards->count + 1) * sizeof *list);
    if (list == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t i = 0; i < guards->count; i++) {
        uint32_t cell = guards->list[i].cell;
        list[i] = (Turn){guards->system->cells[cell].value, i, cell};
        list[i].value = kind == LAST_FIRST ? 0 : kind == FIRST_FIRST ? cell : list[i].value;
    }
    if (guards->count > 1) {
        qsort(list, guards->count, sizeof *list, kind == LARGE_FIRST ? large_first : small_first);
    }
    for (size_t i = 0; i < guards->count; i++) {
        turns[i] = list[i].guard;
    }
    sito_free(list);
    return SITO_OK;
}

/* What may be published again. */
static void list_free(const Protect *protect, const uint8_t *hidden, uint8_t *may) {
    for (size_t i = 0; i < protect->system->count; i++) {
        may[i] = hidden[i] != 0 && protect->forced[i] == 0 && protect->pinned[i] == 0;
    }
}

/* Guards for hidden cells that have none yet: those of primary cells, or of the others. */
static int guard_cells(const Protect *protect, Guards *guards, uint8_t *guarded, bool primary) {
    int rc = SITO_OK;
    for (uint32_t i = 0; i < protect->system->count && rc == SITO_OK; i++) {
        const TablesCell *cell = &protect->system->cells[i];
        if (guards->hidden[i] != 0 && guarded[i] == 0 && protect_is_primary(cell) == primary) {
            guarded[i] = 1;
            rc = guards_add(guards, i, protect_width(cell));
        }
    }
    return rc;
}

/* What is hidden to protect others is seen as hidden, and nobody tells it from the rest: it has to be wide
** too. That hides more, which has to be wide again. */
static int guard_others(const Protect *protect, Guards *guards, uint8_t *guarded, uint32_t *turns) {
    int rc = SITO_OK;
    size_t before = SIZE_MAX;
    while (rc == SITO_OK && guards->count != before) {
        before = guards->count;
        rc = guard_cells(protect, guards, guarded, false);
        for (size_t i = before; i < guards->count; i++) {
            turns[i - before] = (uint32_t)i;
        }
        rc = rc == SITO_OK ? guards_widen(guards, turns, guards->count - before) : rc;
    }
    return rc;
}

typedef struct Room {
    uint8_t *may, *guarded; /* of each cell */
    uint32_t *turns;
} Room;

static int guard_all(const Protect *protect, int kind, Guards *guards, Room *room) {
    int rc = guard_cells(protect, guards, room->guarded, true);
    rc = rc == SITO_OK ? order_guards(guards, kind, room->turns) : rc;
    rc = rc == SITO_OK ? guards_widen(guards, room->turns, guards->count) : rc;
    if (rc == SITO_OK) {
        list_free(protect, guards->hidden, room->may);
        rc = guards_trim(guards, room->may);
    }
    rc = rc == SITO_OK ? guard_others(protect, guards, room->guarded, room->turns) : rc;
    if (rc == SITO_OK) {
        list_free(protect, guards->hidden, room->may);
        rc = guards_trim(guards, room->may);
    }
    return rc;
}

/* One way of hiding patterns: `hidden` and `held` as it leaves them. */
static int try_order(Protect *protect, int kind, uint8_t *hidden, uint8_t *held) {
    const ProtectTask *task = protect->task;
    size_t count = protect->system->count;
    Guards guards;
    Room room = {.may = sito_malloc(count + 1),
                 .guarded = sito_malloc(count + 1),
                 .turns = sito_malloc((count + 1) * sizeof *room.turns)};
    int rc = guards_start(&guards, protect->system, task->grid, hidden, protect->price,
                          task->owners, task->narrower, protect->watch);
    if (rc == SITO_OK && (room.may == NULL || room.guarded == NULL || room.turns == NULL)) {
        rc = SITO_NOMEM;
    }
    if (rc == SITO_OK) {
        memset(room.guarded, 0, count + 1);
        rc = guard_all(protect, kind, &guards, &room);
    }
    memset(held, 0, count);
    for (size_t i = 0; i < guards.count && rc == SITO_OK; i++) {
        held[guards.list[i].cell] = guards.list[i].held;
    }
    guards_free(&guards);
    sito_free(room.may);
    sito_free(room.guarded);
    sito_free(room.turns);
    return rc;
}

/* The best of several ways, by cells held and then by loss. */
int protect_hide_patterns(Protect *protect, int ways) {
    size_t count = protect->system->count, best_held = 0;
    uint8_t *hidden = sito_malloc(count + 1), *held = sito_malloc(count + 1);
    uint8_t *first = sito_malloc(count + 1);
    double best = -1;
    int rc = hidden == NULL || held == NULL || first == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memcpy(first, protect->hidden, count);
    }
    for (int kind = 0; kind < ways && rc == SITO_OK; kind++) {
        memcpy(hidden, first, count);
        rc = try_order(protect, kind, hidden, held);
        double loss = rc == SITO_OK ? protect_loss(protect, hidden) : 0;
        size_t now = rc == SITO_OK ? protect_count_held(protect, held) : 0;
        if (rc == SITO_OK && (best < 0 || now > best_held || (now == best_held && loss < best))) {
            best = loss;
            best_held = now;
            memcpy(protect->hidden, hidden, count);
            memcpy(protect->held, held, count);
        }
    }
    sito_free(hidden);
    sito_free(held);
    sito_free(first);
    return rc;
}

/* Guards for the wanted cells, and then for what their patterns hide. */
static int widen_wanted(Protect *protect, const uint8_t *wanted, Guards *guards, Room *room) {
    size_t count = protect->system->count;
    int rc = SITO_OK;
    for (uint32_t i = 0; i < count && rc == SITO_OK; i++) {
        room->may[i] = protect->hidden[i] == 0;
        room->guarded[i] = protect->hidden[i] != 0;
        if (wanted[i] != 0) {
            rc = guards_add(guards, i, protect_width(&protect->system->cells[i]));
        }
    }
    rc = rc == SITO_OK ? order_guards(guards, LAST_FIRST, room->turns) : rc;
    rc = rc == SITO_OK ? guards_widen(guards, room->turns, guards->count) : rc;
    rc = rc == SITO_OK ? guard_others(protect, guards, room->guarded, room->turns) : rc;
    rc = rc == SITO_OK ? guards_trim(guards, room->may) : rc;
    for (size_t i = 0; i < guards->count && rc == SITO_OK; i++) {
        protect->held[guards->list[i].cell] |= guards->list[i].held;
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        protect->pinned[i] |= protect->hidden[i] != 0 && protect->forced[i] == 0;
    }
    return rc;
}

int protect_widen(Protect *protect, const uint8_t *wanted) {
    const ProtectTask *task = protect->task;
    size_t count = protect->system->count;
    Guards guards;
    Room room = {.may = sito_malloc(count + 1),
                 .guarded = sito_malloc(count + 1),
                 .turns = sito_malloc((count + 1) * sizeof *room.turns)};
    int rc = guards_start(&guards, protect->system, task->grid, protect->hidden, protect->price,
                          task->owners, task->narrower, protect->watch);
    if (rc == SITO_OK && (room.may == NULL || room.guarded == NULL || room.turns == NULL)) {
        rc = SITO_NOMEM;
    }
    rc = rc == SITO_OK ? widen_wanted(protect, wanted, &guards, &room) : rc;
    guards_free(&guards);
    sito_free(room.may);
    sito_free(room.guarded);
    sito_free(room.turns);
    return rc;
}
