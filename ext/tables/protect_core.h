/*
** What the files behind protect.h share.
*/
#ifndef SITO_TABLES_PROTECT_CORE_H
#define SITO_TABLES_PROTECT_CORE_H

#include "protect.h"

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
    double *price; /* of hiding each cell; below 0: never */
    uint32_t *order;
} Protect;

static inline bool protect_is_primary(const TablesCell *cell) {
    return cell->status == TABLES_PRIMARY && !cell->told;
}

/* What a cell needs when it is hidden. */
static inline int64_t protect_width(const TablesCell *cell) {
    return cell->width > 1 ? cell->width : 1;
}

double protect_loss(const Protect *protect, const uint8_t *hidden);
size_t protect_count_held(const Protect *protect, const uint8_t *held);

/* Hides patterns in the best of several ways: by primary cells held, then by loss
** (protect_patterns_core.c). */
int protect_hide_patterns(Protect *protect, int ways) SITO_MUST_CHECK;
enum { PROTECT_WAYS = 4 };

/* Patterns for some hidden cells, beside all else that is hidden: wanted[cell]. Those that patterns then hold
** are held, and what patterns hide anew is as wide as it has to be. */
int protect_widen(Protect *protect, const uint8_t *wanted) SITO_MUST_CHECK;

/* Elimination reckons with readers who know one cell, and those that are the same by an equation of two.
** *simple: nobody stands alone in two others (protect_owners_core.c). */
int protect_owners_are_simple(const Protect *protect, bool *simple) SITO_MUST_CHECK;

/* Hides more around cells that are too narrow (protect_more_core.c). */
typedef struct Spread {
    size_t *touch_first;
    uint32_t *touches; /* equations of each cell */
    uint32_t *queue;
    uint8_t *seen;
    uint8_t *fresh; /* hidden since the last audit */
} Spread;

int protect_spread_start(const TablesSystem *system, Spread *spread) SITO_MUST_CHECK;
void protect_spread_free(Spread *spread);
/* From a cell outwards over hidden cells, to the first that has something beside it to hide: how many
** cells are hidden there since the last audit. */
size_t protect_hide_near(Protect *protect, Spread *spread, uint32_t cell);

#endif
