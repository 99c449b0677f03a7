/*
** Guarded cells and their patterns (guards.h).
*/
#include "guards.h"

#include <stdlib.h>
#include <string.h>

/* Cells by their owners. */
static int list_owned(Guards *guards) {
    size_t count = guards->system->count;
    for (size_t cell = 0; guards->owners != NULL && cell < count; cell++) {
        uint32_t owner = guards->owners[cell];
        guards->owner_count = owner > guards->owner_count ? owner : guards->owner_count;
    }
    guards->owned_first = sito_malloc(((size_t)guards->owner_count + 3) * sizeof(uint32_t));
    guards->owned = sito_malloc((count + 1) * sizeof(uint32_t));
    if (guards->owned_first == NULL || guards->owned == NULL) {
        return SITO_NOMEM;
    }
    memset(guards->owned_first, 0, ((size_t)guards->owner_count + 3) * sizeof(uint32_t));
    for (size_t cell = 0; guards->owners != NULL && cell < count; cell++) {
        guards->owned_first[guards->owners[cell] + 2]++;
    }
    uint32_t most = 0;
    for (uint32_t owner = 1; owner < guards->owner_count + 3; owner++) {
        most = guards->owned_first[owner] > most && owner > 2 ? guards->owned_first[owner] : most;
        guards->owned_first[owner] += guards->owned_first[owner - 1];
    }
    guards->kept = sito_malloc((size_t)most + 1);
    guards->prices = sito_malloc(((size_t)most + 1) * sizeof *guards->prices);
    if (guards->kept == NULL || guards->prices == NULL) {
        return SITO_NOMEM;
    }
    for (size_t cell = 0; guards->owners != NULL && cell < count; cell++) {
        guards->owned[guards->owned_first[guards->owners[cell] + 1]++] = (uint32_t)cell;
    }
    return SITO_OK;
}

static int list_places(Guards *guards) {
    size_t places = 1, count = guards->system->count;
    for (int d = 0; d < guards->grid->dimensions; d++) {
        places *= guards->grid->sizes[d];
    }
    guards->places = sito_malloc((count + 1) * sizeof *guards->places);
    if (guards->places == NULL) {
        return SITO_NOMEM;
    }
    memset(guards->places, 0xff, (count + 1) * sizeof *guards->places);
    for (size_t place = 0; place < places; place++) {
        if (guards->grid->cells[place] != TABLES_NO_CELL) {
            guards->places[guards->grid->cells[place]] = place;
        }
    }
    return SITO_OK;
}

int guards_start(Guards *guards, const TablesSystem *system, const PatternGrid *grid,
                 uint8_t *hidden, const double *price, const uint32_t *owners, int64_t narrower,
                 const SitoWatch *watch) {
    *guards = (Guards){.system = system,
                       .grid = grid,
                       .hidden = hidden,
                       .owners = owners,
                       .narrower = narrower,
                       .watch = watch};
    guards->price = sito_malloc((system->count + 1) * sizeof *guards->price);
    if (guards->price == NULL) {
        return SITO_NOMEM;
    }
    memcpy(guards->price, price, system->count * sizeof *price);
    int rc = list_places(guards);
    rc = rc == SITO_OK ? list_owned(guards) : rc;
    return rc == SITO_OK ? pattern_new(system, grid, hidden, guards->price, &guards->search) : rc;
}

int guards_add(Guards *guards, uint32_t cell, int64_t width) {
    int rc = sito_grow((void **)&guards->list, &guards->room, guards->count + 1,
                       sizeof *guards->list, TABLES_MOST_CELLS);
    if (rc == SITO_OK) {
        guards->list[guards->count++] = (Guard){.cell = cell, .width = width};
    }
    return rc;
}

void guards_free(Guards *guards) {
    for (size_t i = 0; i < guards->count; i++) {
        sito_free(guards->list[i].cells);
    }
    pattern_free(guards->search);
    sito_free(guards->places);
    sito_free(guards->list);
    sito_free(guards->spare.cells);
    sito_free(guards->price);
    sito_free(guards->owned_first);
    sito_free(guards->owned);
    sito_free(guards->kept);
    sito_free(guards->prices);
    *guards = (Guards){0};
}

/* ---- looking patterns up ---- */

/* Why a guard is not held: the width that its patterns lack, against everybody (owner 0) or one. */
typedef struct Lack {
    uint32_t owner;
    int64_t width;
    PatternReach reach;
} Lack;

/* What an owner knows is published to him: his cells can neither move nor be hidden from him. */
static void open_to(Guards *guards, uint32_t owner) {
    uint32_t first = guards->owned_first[owner], end = guards->owned_first[owner + 1];
    for (uint32_t i = first; i < end; i++) {
        uint32_t cell = guards->owned[i];
        guards->kept[i - first] = guards->hidden[cell];
        guards->prices[i - first] = guards->price[cell];
        guards->hidden[cell] = 0;
        guards->price[cell] = -1;
    }
}

static void close_to(Guards *guards, uint32_t owner) {
    uint32_t first = guards->owned_first[owner], end = guards->owned_first[owner + 1];
    for (uint32_t i = first; i < end; i++) {
        guards->hidden[guards->owned[i]] = guards->kept[i - first];
        guards->price[guards->owned[i]] = guards->prices[i - first];
    }
}

static int note(Guard *spare, const PatternReach *reach) {
    int rc = sito_grow((void **)&spare->cells, &spare->room, spare->count + reach->count + 1,
                       sizeof *spare->cells, TABLES_MOST_CELLS);
    if (rc == SITO_OK && reach->count > 0) {
        memcpy(spare->cells + spare->count, reach->cells, reach->count * sizeof *reach->cells);
        spare->count += reach->count;
    }
    return rc;
}

/* The same owner among the first i cells. */
static bool asked_before(const Guards *guards, size_t i) {
    uint32_t owner = guards->owners[guards->spare.cells[i]];
    for (size_t j = 0; j < i; j++) {
        if (guards->owners[guards->spare.cells[j]] == owner) {
            return true;
        }
    }
    return false;
}

/* Patterns for each reader who stands alone in a cell that the patterns against everybody move. */
static int look_up_owners(Guards *guards, const Guard *guard, Lack *lack) {
    size_t count = guards->spare.count;
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK && lack->width == 0; i++) {
        uint32_t owner = guards->owners[guards->spare.cells[i]];
        if (owner == 0 || owner == guards->owners[guard->cell] || asked_before(guards, i)) {
            continue;
        }
        int64_t width = guard->width < guards->narrower ? guard->width : guards->narrower;
        open_to(guards, owner);
        PatternReach reach = pattern_reach(guards->search, guards->places[guard->cell], width);
        close_to(guards, owner);
        rc = note(&guards->spare, &reach);
        if (reach.down + reach.up < width) {
            *lack = (Lack){owner, width, reach};
        }
    }
    return rc;
}

/* Into guards->spare, whose cells are the patterns; lack->width 0: the guard is held. */
static int look_up(Guards *guards, const Guard *guard, Lack *lack) {
    PatternReach reach = {0};
    *lack = (Lack){0, 0, {0}};
    guards->spare.count = 0;
    if (guards->places[guard->cell] != SIZE_MAX) {
        reach = pattern_reach(guards->search, guards->places[guard->cell], guard->width);
    }
    if (reach.down + reach.up < guard->width) {
        *lack = (Lack){0, guard->width, reach};
        return SITO_OK;
    }
    int rc = note(&guards->spare, &reach);
    return rc == SITO_OK && guards->owners != NULL && guards->narrower > 0
               ? look_up_owners(guards, guard, lack)
               : rc;
}

/* What was looked up becomes the guard's. */
static void hold(Guards *guards, Guard *guard) {
    uint32_t *cells = guard->cells;
    size_t room = guard->room;
    guard->cells = guards->spare.cells;
    guard->count = guards->spare.count;
    guard->room = guards->spare.room;
    guard->held = true;
    guards->spare.cells = cells;
    guards->spare.room = room;
    guards->spare.count = 0;
}

/* Hides the cheapest pattern that makes up for the lack; false where there is none. */
static bool make_up(Guards *guards, const Guard *guard, const Lack *lack) {
    const uint32_t *cells;
    if (guards->places[guard->cell] == SIZE_MAX) {
        return false;
    }
    if (lack->owner != 0) {
        open_to(guards, lack->owner);
    }
    size_t count = pattern_widen(guards->search, guards->places[guard->cell], &lack->reach,
                                 lack->width, &cells);
    if (lack->owner != 0) {
        close_to(guards, lack->owner);
    }
    for (size_t i = 0; i < count; i++) {
        guards->hidden[cells[i]] = 1;
    }
    return count > 0;
}

static int widen(Guards *guards, Guard *guard) {
    Lack lack;
    int rc = look_up(guards, guard, &lack);
    while (rc == SITO_OK && lack.width > 0 && make_up(guards, guard, &lack)) {
        rc = look_up(guards, guard, &lack);
    }
    if (rc == SITO_OK && lack.width == 0) {
        hold(guards, guard);
    }
    return rc;
}

int guards_widen(Guards *guards, const uint32_t *turns, size_t count) {
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = (i & 15) == 15 ? sito_watch_ask(guards->watch) : SITO_OK;
        rc = rc == SITO_OK ? widen(guards, &guards->list[turns[i]]) : rc;
    }
    return rc;
}

/* ---- publishing again ---- */

/* The guards whose patterns move a cell: a list for each cell, grown as patterns are replaced. */
typedef struct Users {
    uint32_t *heads; /* of each cell: a link, or UINT32_MAX */
    struct UserLink {
        uint32_t guard, next;
    } * links;
    size_t count, room;
} Users;

static int use(Users *users, const Guards *guards, uint32_t number) {
    const Guard *guard = &guards->list[number];
    int rc = SITO_OK;
    for (size_t i = 0; i < guard->count && guard->held && rc == SITO_OK; i++) {
        rc = sito_grow((void **)&users->links, &users->room, users->count + 1, sizeof *users->links,
                       (size_t)UINT32_MAX);
        if (rc == SITO_OK) {
            uint32_t *head = &users->heads[guard->cells[i]];
            users->links[users->count] = (struct UserLink){number, *head};
            *head = (uint32_t)users->count++;
        }
    }
    return rc;
}

static bool moves(const Guard *guard, uint32_t cell) {
    for (size_t i = 0; i < guard->count; i++) {
        if (guard->cells[i] == cell) {
            return true;
        }
    }
    return false;
}

/* Whether every guard that uses the cell finds patterns without it. */
static int can_go(Guards *guards, const Users *users, uint32_t cell, bool *ok) {
    int rc = SITO_OK;
    *ok = true;
    for (uint32_t link = users->heads[cell];
         link != UINT32_MAX && users->links != NULL && *ok && rc == SITO_OK;
         link = users->links[link].next) {
        const Guard *guard = &guards->list[users->links[link].guard];
        Lack lack;
        if (guard->cell != cell && guard->held && moves(guard, cell)) {
            rc = look_up(guards, guard, &lack);
            *ok = lack.width == 0;
        }
    }
    return rc;
}

static int let_go(Guards *guards, Users *users, uint32_t cell) {
    uint32_t link = users->heads[cell];
    int rc = SITO_OK;
    users->heads[cell] = UINT32_MAX;
    for (; link != UINT32_MAX && users->links != NULL && rc == SITO_OK;
         link = users->links[link].next) {
        uint32_t number = users->links[link].guard;
        Lack lack;
        if (guards->list[number].cell == cell) {
            guards->list[number].held = false; /* it needs no guard any more */
        } else if (guards->list[number].held && moves(&guards->list[number], cell)) {
            rc = look_up(guards, &guards->list[number], &lack);
            if (rc == SITO_OK) {
                hold(guards, &guards->list[number]);
                rc = use(users, guards, number);
            }
        }
    }
    return rc;
}

typedef struct Dear {
    double price;
    int64_t value;
    uint32_t cell;
} Dear;

static int dearest_first(const void *a, const void *b) {
    const Dear *x = a, *y = b;
    if (x->price < y->price || x->price > y->price) {
        return x->price < y->price ? 1 : -1;
    }
    if (x->value != y->value) {
        return x->value < y->value ? 1 : -1;
    }
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static size_t list_dear(const Guards *guards, const uint8_t *may, Dear *list) {
    size_t count = 0;
    for (uint32_t cell = 0; cell < guards->system->count; cell++) {
        if (may[cell] != 0 && guards->hidden[cell] != 0) {
            list[count++] = (Dear){guards->price[cell], guards->system->cells[cell].value, cell};
        }
    }
    qsort(list, count, sizeof *list, dearest_first);
    return count;
}

static int trim(Guards *guards, Users *users, const uint8_t *may, Dear *list) {
    size_t count = list_dear(guards, may, list);
    int rc = SITO_OK;
    for (uint32_t i = 0; i < guards->count && rc == SITO_OK; i++) {
        rc = use(users, guards, i);
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = (i & 15) == 15 ? sito_watch_ask(guards->watch) : SITO_OK;
        bool ok = false;
        guards->hidden[list[i].cell] = 0;
        rc = rc == SITO_OK ? can_go(guards, users, list[i].cell, &ok) : rc;
        if (rc == SITO_OK && ok) {
            rc = let_go(guards, users, list[i].cell);
        } else {
            guards->hidden[list[i].cell] = 1;
        }
    }
    return rc;
}

int guards_trim(Guards *guards, const uint8_t *may) {
    Users users = {.heads = sito_malloc((guards->system->count + 1) * sizeof *users.heads)};
    Dear *list = sito_malloc((guards->system->count + 1) * sizeof *list);
    int rc = SITO_NOMEM;
    if (users.heads != NULL && list != NULL) {
        memset(users.heads, 0xff, (guards->system->count + 1) * sizeof *users.heads);
        rc = trim(guards, &users, may, list);
    }
    sito_free(users.heads);
    sito_free(users.links);
    sito_free(list);
    return rc;
}
