/*
** Suppression that holds (protect.h).
*/
#include "protect_core.h"

#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "eliminate.h"

enum { MOST_ROUNDS = 24, MOST_FOR_ALL_WAYS = 20000 };

/* The reader does not see it. */
static bool is_hidden(const TablesCell *cell) {
    return cell->status != TABLES_PUBLISHED && !cell->told;
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
        protect->result->primary += protect_is_primary(cell);
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

double protect_loss(const Protect *protect, const uint8_t *hidden) {
    double loss = 0;
    for (size_t i = 0; i < protect->system->count; i++) {
        loss += hidden[i] != 0 && protect->forced[i] == 0 ? protect->price[i] : 0;
    }
    return loss;
}

size_t protect_count_held(const Protect *protect, const uint8_t *held) {
    size_t count = 0;
    for (size_t i = 0; i < protect->system->count; i++) {
        count += held[i] != 0 && protect_is_primary(&protect->system->cells[i]);
    }
    return count;
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
        return protect_is_primary(cell) ? ELIMINATE_GUARDED : ELIMINATE_HIDDEN;
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
    return protect_count_held(protect, protect->held) == protect->result->primary;
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
static int audit_rest(Protect *protect, uint64_t pivots, TablesAudit *audit) {
    size_t count = protect->system->count;
    const TablesAuditOptions options = {.verdicts = true, .most_pivots = pivots};
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

/* What the audit says of the rest: *more, whether anything more was hidden. */
static int answer_audit(Protect *protect, const TablesAudit *audit, bool *more) {
    Spread spread = {0};
    size_t open = 0, undecided = 0;
    int rc = protect_spread_start(protect->system, &spread);
    *more = false;
    for (size_t i = 0; i < audit->count && rc == SITO_OK; i++) {
        const TablesInterval *interval = &audit->intervals[i];
        bool primary = protect_is_primary(&protect->system->cells[interval->cell]);
        if (interval->verdict == TABLES_SAFE || protect->system->cells[interval->cell].told) {
            continue;
        }
        if (!primary && interval->verdict == TABLES_DISCLOSED) {
            if (protect->forced[interval->cell] == 0) {
                protect->hidden[interval->cell] = 0; /* R4 */
            }
            continue;
        }
        undecided += interval->verdict == TABLES_UNDECIDED;
        size_t hidden = protect_hide_near(protect, &spread, interval->cell);
        *more = *more || hidden > 0;
        open += hidden == 0 && primary;
    }
    protect->result->open = open;
    protect_spread_free(&spread);
    if (rc == SITO_OK && !*more && undecided > 0) {
        rc = sito_error(protect->error, SITO_ERROR,
                        "of %lld hidden cells it could not be decided in time how much of them is "
                        "given away; make dimensions coarser",
                        (long long)undecided);
    }
    return rc;
}

/* ---- elimination first ---- */

enum {
    MOST_FOR_ELIMINATION = 600,
    MOST_CELLS = 20000,
    MOST_TO_ELIMINATE = 200000,
    MOST_PIVOTS = 20000,
    MOST_TRIES = 6
};

typedef struct Saved {
    uint8_t *hidden, *pinned, *held;
} Saved;

static int save(const Protect *protect, Saved *saved) {
    size_t count = protect->system->count;
    saved->hidden = sito_malloc(count + 1);
    saved->pinned = sito_malloc(count + 1);
    saved->held = sito_malloc(count + 1);
    if (saved->hidden == NULL || saved->pinned == NULL || saved->held == NULL) {
        return SITO_NOMEM;
    }
    memcpy(saved->hidden, protect->hidden, count);
    memcpy(saved->pinned, protect->pinned, count);
    memcpy(saved->held, protect->held, count);
    return SITO_OK;
}

static void put_back(Protect *protect, const Saved *saved) {
    size_t count = protect->system->count;
    memcpy(protect->hidden, saved->hidden, count);
    memcpy(protect->pinned, saved->pinned, count);
    memcpy(protect->held, saved->held, count);
}

static void free_saved(Saved *saved) {
    sito_free(saved->hidden);
    sito_free(saved->pinned);
    sito_free(saved->held);
}

/* What the audit cannot show to be wide gets patterns: *narrow, how many cells did. */
static int widen_narrow(Protect *protect, size_t *narrow) {
    TablesAudit audit = {0};
    uint8_t *wanted = sito_malloc(protect->system->count + 1);
    int rc = wanted == NULL ? SITO_NOMEM : audit_rest(protect, MOST_PIVOTS, &audit);
    *narrow = 0;
    if (rc == SITO_OK) {
        memset(wanted, 0, protect->system->count + 1);
        for (size_t i = 0; i < audit.count; i++) {
            bool safe = audit.intervals[i].verdict == TABLES_SAFE;
            wanted[audit.intervals[i].cell] = !safe;
            *narrow += !safe;
        }
        rc = *narrow > 0 ? protect_widen(protect, wanted) : SITO_OK;
    }
    tables_audit_free(&audit);
    sito_free(wanted);
    return rc;
}

/* Elimination alone hides less than patterns do, and much of that is wide enough as it is: where the rest
** is cheaper than the patterns that there are, it is taken. The audit of the round proves it. */
static int try_elimination(Protect *protect, const uint8_t *before) {
    size_t count = protect->system->count, narrow = 1;
    double best = protect_loss(protect, protect->hidden);
    Saved saved = {NULL, NULL, NULL};
    int rc = save(protect, &saved);
    if (rc == SITO_OK) {
        memcpy(protect->hidden, before, count);
        memset(protect->held, 0, count);
        rc = eliminate(protect);
    }
    for (int i = 0; i < MOST_TRIES && narrow > 0 && rc == SITO_OK; i++) {
        rc = widen_narrow(protect, &narrow);
    }
    if (rc == SITO_OK && (narrow > 0 || protect_loss(protect, protect->hidden) >= best)) {
        put_back(protect, &saved);
    }
    free_saved(&saved);
    return rc;
}

static int hide(Protect *protect) {
    bool first = protect->result->rounds == 1;
    size_t primary = protect->result->primary;
    uint8_t *before = sito_malloc(protect->system->count + 1);
    if (before == NULL) {
        return SITO_NOMEM;
    }
    memcpy(before, protect->hidden, protect->system->count);
    int rc =
        protect_hide_patterns(protect, first && primary <= MOST_FOR_ALL_WAYS ? PROTECT_WAYS : 1);
    bool small = primary <= MOST_FOR_ELIMINATION && protect->system->count <= MOST_CELLS;
    bool simple = false;
    if (rc == SITO_OK && first && small && all_held(protect)) {
        rc = protect_owners_are_simple(protect, &simple);
        rc = rc == SITO_OK && simple ? try_elimination(protect, before) : rc;
    } else if (rc == SITO_OK && !all_held(protect) && protect->system->count <= MOST_TO_ELIMINATE) {
        rc = eliminate(protect); /* else the audit alone finds what is narrow */
    }
    sito_free(before);
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
    rc = protect->task->grid != NULL ? hide(protect) : eliminate(protect);
    if (rc == SITO_OK && anything_to_audit(protect)) {
        rc = audit_rest(protect, 0, &audit);
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
    protect->result->held = protect_count_held(protect, protect->held);
    protect->result->loss = protect_loss(protect, protect->hidden);
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
