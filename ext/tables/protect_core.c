/*
** Suppression that holds (protect.h).
*/
#include "protect.h"

#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "eliminate.h"
#include "guards.h"

enum { MOST_ROUNDS = 24 };

typedef struct Protect {
    const ProtectTask *task;
    TablesSystem *system;
    const SitoWatch *watch;
    char **error;
    ProtectResult *result;
    uint8_t *hidden, *forced; /* of each cell; forced: hidden before anything was done */
    uint8_t *pinned;          /* hidden for the sake of cells that no pattern holds */
    uint8_t *held;            /* wide enough by patterns */
    uint8_t *roles, *suppress;
    double *price;
    uint32_t *order;
} Protect;

static bool is_primary(const TablesCell *cell) {
    return cell->status == TABLES_PRIMARY && !cell->told;
}

/* The reader does not see it. */
static bool is_hidden(const TablesCell *cell) {
    return cell->status != TABLES_PUBLISHED && !cell->told;
}

static int64_t width_of(const TablesCell *cell) {
    return cell->width > 1 ? cell->width : 1;
}

static int start(Protect *protect) {
    size_t count = protect->system->count;
    uint8_t **bytes[] = {&protect->hidden, &protect->forced, &protect->pinned,
                         &protect->held,   &protect->roles,  &protect->suppress};
    for (size_t i = 0; i < SITO_COUNT(bytes); i++) {
        *bytes[i] = sito_malloc(count + 1);
        if (*bytes[i] == NULL) {
            return SITO_NOMEM;
        }
        memset(*bytes[i], 0, count + 1);
    }
    protect->price = sito_malloc((count + 1) * sizeof *protect->price);
    protect->order = sito_malloc((count + 1) * sizeof *protect->order);
    if (protect->price == NULL || protect->order == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        const TablesCell *cell = &protect->system->cells[i];
        bool fixed = cell->told || (protect->task->fixed != NULL && protect->task->fixed[i] != 0);
        protect->price[i] = fixed || cell->status == TABLES_MISSING ? -1 : cell->cost;
        protect->forced[i] = is_hidden(cell);
        protect->hidden[i] = cell->status != TABLES_MISSING && protect->forced[i];
        protect->result->primary += is_primary(cell);
    }
    return SITO_OK;
}

static void release(Protect *protect) {
    sito_free(protect->hidden);
    sito_free(protect->forced);
    sito_free(protect->pinned);
    sito_free(protect->held);
    sito_free(protect->roles);
    sito_free(protect->suppress);
    sito_free(protect->price);
    sito_free(protect->order);
}

static double loss_of(const Protect *protect, const uint8_t *hidden) {
    double loss = 0;
    for (size_t i = 0; i < protect->system->count; i++) {
        loss += hidden[i] != 0 && protect->forced[i] == 0 ? protect->price[i] : 0;
    }
    return loss;
}

/* ---- patterns ---- */

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
enum { LAST_FIRST, SMALL_FIRST, LARGE_FIRST, FIRST_FIRST, ORDERS };

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

/* One way of hiding patterns: `hidden` and `held` as it leaves them. */
static int try_order(Protect *protect, int kind, uint8_t *hidden, uint8_t *held) {
    const ProtectTask *task = protect->task;
    size_t count = protect->system->count;
    Guards guards;
    uint8_t *may = sito_malloc(count + 1);
    uint32_t *turns = sito_malloc((count + 1) * sizeof *turns);
    int rc = guards_start(&guards, protect->system, task->grid, hidden, protect->price,
                          task->owners, task->narrower, protect->watch);
    rc = rc == SITO_OK && (may == NULL || turns == NULL) ? SITO_NOMEM : rc;
    for (uint32_t i = 0; i < count && rc == SITO_OK; i++) {
        if (is_primary(&protect->system->cells[i])) {
            rc = guards_add(&guards, i, width_of(&protect->system->cells[i]));
        }
    }
    rc = rc == SITO_OK ? order_guards(&guards, kind, turns) : rc;
    rc = rc == SITO_OK ? guards_widen(&guards, turns) : rc;
    if (rc == SITO_OK) {
        list_free(protect, hidden, may);
        rc = guards_trim(&guards, may);
    }
    memset(held, 0, count);
    for (size_t i = 0; i < guards.count && rc == SITO_OK; i++) {
        held[guards.list[i].cell] = guards.list[i].held;
        for (size_t j = 0; j < guards.list[i].count && guards.list[i].held; j++) {
            uint32_t cell = guards.list[i].cells[j];
            held[cell] |= !is_primary(&protect->system->cells[cell]);
        }
    }
    guards_free(&guards);
    sito_free(may);
    sito_free(turns);
    return rc;
}

static size_t count_held(const Protect *protect, const uint8_t *held) {
    size_t count = 0;
    for (size_t i = 0; i < protect->system->count; i++) {
        count += held[i] != 0 && is_primary(&protect->system->cells[i]);
    }
    return count;
}

/* The best of several ways, by cells held and then by loss. */
static int hide_patterns(Protect *protect, int orders) {
    size_t count = protect->system->count, best_held = 0;
    uint8_t *hidden = sito_malloc(count + 1), *held = sito_malloc(count + 1);
    uint8_t *first = sito_malloc(count + 1);
    double best = -1;
    int rc = hidden == NULL || held == NULL || first == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memcpy(first, protect->hidden, count);
    }
    for (int kind = 0; kind < orders && rc == SITO_OK; kind++) {
        memcpy(hidden, first, count);
        rc = try_order(protect, kind, hidden, held);
        double loss = rc == SITO_OK ? loss_of(protect, hidden) : 0;
        size_t now = rc == SITO_OK ? count_held(protect, held) : 0;
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

/* ---- elimination ---- */

typedef struct Wanted {
    double price;
    int64_t value;
    uint32_t cell;
} Wanted;

static int most_wanted_first(const void *a, const void *b) {
    const Wanted *x = a, *y = b;
    if (x->price < y->price || x->price > y->price) {
        return x->price < y->price ? 1 : -1;
    }
    if (x->value != y->value) {
        return x->value < y->value ? 1 : -1;
    }
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static EliminateRole role_of(const Protect *protect, size_t i) {
    const TablesCell *cell = &protect->system->cells[i];
    if (protect->hidden[i] != 0) {
        return is_primary(cell) ? ELIMINATE_GUARDED : ELIMINATE_HIDDEN;
    }
    if (protect->forced[i] != 0) {
        return ELIMINATE_HIDDEN;
    }
    return protect->price[i] < 0 ? ELIMINATE_KNOWN : ELIMINATE_CANDIDATE;
}

static int eliminate(Protect *protect) {
    size_t count = protect->system->count, candidates = 0;
    Wanted *wanted = sito_malloc((count + 1) * sizeof *wanted);
    if (wanted == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t i = 0; i < count; i++) {
        protect->roles[i] = (uint8_t)role_of(protect, i);
        if (protect->roles[i] == ELIMINATE_CANDIDATE) {
            wanted[candidates++] = (Wanted){protect->price[i], protect->system->cells[i].value, i};
        }
    }
    if (candidates > 1) {
        qsort(wanted, candidates, sizeof *wanted, most_wanted_first);
    }
    for (size_t i = 0; i < candidates; i++) {
        protect->order[i] = wanted[i].cell;
    }
    sito_free(wanted);
    int rc = tables_eliminate(protect->system, protect->roles, protect->order, candidates,
                              protect->suppress, protect->watch, protect->error);
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        protect->hidden[i] |= protect->suppress[i];
        protect->pinned[i] |= protect->suppress[i];
    }
    return rc;
}

/* Whether patterns leave something to do for elimination: a primary cell that none holds. */
static bool all_held(const Protect *protect) {
    return count_held(protect, protect->held) == protect->result->primary;
}

/* ---- audit ---- */

static void write_statuses(const Protect *protect, bool for_audit) {
    for (size_t i = 0; i < protect->system->count; i++) {
        TablesCell *cell = &protect->system->cells[i];
        if (protect->forced[i] == 0) {
            cell->status = protect->hidden[i] != 0 ? TABLES_SECONDARY : TABLES_PUBLISHED;
        }
        if (for_audit && protect->held[i] != 0) {
            cell->status = TABLES_MISSING;
        }
    }
}

/* The exact audit of the cells that no pattern holds. Statuses are put back. */
static int audit_rest(Protect *protect, TablesAudit *audit) {
    size_t count = protect->system->count;
    const TablesAuditOptions options = {.verdicts = true};
    uint8_t *statuses = sito_malloc(count + 1);
    if (statuses == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        statuses[i] = protect->system->cells[i].status;
    }
    write_statuses(protect, true);
    int rc = tables_audit(protect->system, &options, protect->watch, audit, protect->error);
    for (size_t i = 0; i < count; i++) {
        protect->system->cells[i].status = statuses[i];
    }
    sito_free(statuses);
    return rc;
}

/* ---- more suppression ---- */

typedef struct Spread {
    size_t *touch_first;
    uint32_t *touches; /* equations of each cell */
    uint32_t *queue;
    uint8_t *seen;
} Spread;

static int list_touches(const TablesSystem *system, Spread *spread) {
    size_t count = system->count;
    spread->touch_first = sito_malloc((count + 2) * sizeof *spread->touch_first);
    spread->touches = sito_malloc((system->parts_count + 1) * sizeof *spread->touches);
    spread->queue = sito_malloc((count + 1) * sizeof *spread->queue);
    spread->seen = sito_malloc(count + 1);
    if (spread->touch_first == NULL || spread->touches == NULL || spread->queue == NULL ||
        spread->seen == NULL) {
        return SITO_NOMEM;
    }
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

static void free_spread(Spread *spread) {
    sito_free(spread->touch_first);
    sito_free(spread->touches);
    sito_free(spread->queue);
    sito_free(spread->seen);
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

/* The cheapest published cell of each equation of a hidden cell is hidden: how many were. */
static size_t hide_beside(Protect *protect, const Spread *spread, uint32_t cell, int64_t width) {
    const TablesSystem *system = protect->system;
    size_t hidden = 0;
    for (size_t t = spread->touch_first[cell]; t < spread->touch_first[cell + 1]; t++) {
        uint32_t e = spread->touches[t], best = TABLES_NO_CELL;
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            uint32_t part = system->parts[i];
            if (protect->hidden[part] == 0 && protect->forced[part] == 0 &&
                protect->price[part] >= 0 && better(protect, part, best, width)) {
                best = part;
            }
        }
        if (best != TABLES_NO_CELL) {
            protect->hidden[best] = 1;
            protect->pinned[best] = 1;
            hidden++;
        }
    }
    return hidden;
}

/* From a cell that is too narrow outwards over hidden cells, to the first that has something beside it. */
static size_t hide_near(Protect *protect, Spread *spread, uint32_t cell) {
    const TablesSystem *system = protect->system;
    size_t head = 0, tail = 0, hidden = 0;
    memset(spread->seen, 0, system->count);
    spread->queue[tail++] = cell;
    spread->seen[cell] = 1;
    while (head < tail && hidden == 0) {
        uint32_t at = spread->queue[head++];
        hidden = hide_beside(protect, spread, at, width_of(&system->cells[cell]));
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

/* What the audit says of the rest: *more, whether anything more was hidden. */
static int answer_audit(Protect *protect, const TablesAudit *audit, bool *more) {
    Spread spread = {0};
    size_t open = 0, undecided = 0;
    int rc = list_touches(protect->system, &spread);
    *more = false;
    for (size_t i = 0; i < audit->count && rc == SITO_OK; i++) {
        const TablesInterval *interval = &audit->intervals[i];
        bool primary = is_primary(&protect->system->cells[interval->cell]);
        if (interval->verdict == TABLES_SAFE || protect->system->cells[interval->cell].told) {
            continue;
        }
        if (!primary) {
            if (interval->verdict == TABLES_DISCLOSED && protect->forced[interval->cell] == 0) {
                protect->hidden[interval->cell] = 0; /* R4 */
            }
            continue;
        }
        undecided += interval->verdict == TABLES_UNDECIDED;
        size_t hidden = hide_near(protect, &spread, interval->cell);
        *more = *more || hidden > 0;
        open += hidden == 0;
    }
    protect->result->open = open;
    free_spread(&spread);
    if (rc == SITO_OK && !*more && undecided > 0) {
        rc = sito_error(protect->error, SITO_ERROR,
                        "of %lld hidden cells it could not be decided in time how much of them is "
                        "given away; make dimensions coarser",
                        (long long)undecided);
    }
    return rc;
}

static bool anything_to_audit(const Protect *protect) {
    for (size_t i = 0; i < protect->system->count; i++) {
        if (protect->hidden[i] != 0 && protect->held[i] == 0) {
            return true;
        }
    }
    return false;
}

static int round_of(Protect *protect, bool *more) {
    TablesAudit audit = {0};
    int rc = SITO_OK;
    *more = false;
    if (protect->task->grid != NULL) {
        rc = hide_patterns(protect, protect->result->rounds == 1 ? ORDERS : 1);
    }
    if (rc == SITO_OK && !all_held(protect)) {
        rc = eliminate(protect);
    }
    if (rc == SITO_OK && anything_to_audit(protect)) {
        rc = audit_rest(protect, &audit);
        protect->result->audited += audit.count;
        rc = rc == SITO_OK ? answer_audit(protect, &audit, more) : rc;
        tables_audit_free(&audit);
    }
    return rc;
}

static void finish(Protect *protect) {
    write_statuses(protect, false);
    for (size_t i = 0; i < protect->system->count; i++) {
        protect->result->secondary += protect->hidden[i] != 0 && protect->forced[i] == 0;
    }
    protect->result->held = count_held(protect, protect->held);
    protect->result->loss = loss_of(protect, protect->hidden);
}

int tables_protect(const ProtectTask *task, const SitoWatch *watch, ProtectResult *result,
                   char **error) {
    Protect protect = {
        .task = task, .system = task->system, .watch = watch, .error = error, .result = result};
    bool more = true;
    *result = (ProtectResult){0};
    int rc = start(&protect);
    while (rc == SITO_OK && more && result->primary > 0) {
        if (++result->rounds > MOST_ROUNDS) {
            rc = sito_error(error, SITO_ERROR,
                            "hidden cells stay too narrow after %d rounds; make dimensions coarser "
                            "or ask for less protection",
                            MOST_ROUNDS);
            break;
        }
        rc = round_of(&protect, &more);
    }
    if (rc == SITO_OK) {
        finish(&protect);
    }
    release(&protect);
    return rc;
}
