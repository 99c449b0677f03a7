/*
** The search through full-domain generalisations: one level for each column, the same for all rows.
**
**   nodes of the lattice ──▶ classes of each ──▶ what must be left out ──▶ utility ──▶ the best
**
** R1  A class that misses the target is left out whole; a node meets the target where at most the
**     allowed share of the rows is left out. t, alpha, beta and delta are measured on the rows that stay,
**     again and again until no class fails any more.
** R2  Up to ANON_EXHAUSTIVE nodes the search is exhaustive: what is not looked at lies under columns that
**     leave out too many rows already, or is worse than all that are kept. Beyond, the nodes are
**     taken in the order of a lower bound of their utility; the result is the best where the bound
**     has passed it (`proven`), else the best that was found among `looked_at`.
** R3  Ties: smaller utility, fewer rows left out, then the node that comes first by its levels.
** R4  Classes are told apart by sums of random 64-bit keys; the risk engine measures the result again.
**
** Utility, smaller is better: loss 0..1 (plan_core.c), a row left out counting as wholly lost;
** discernibility, sum of the squares of the sizes + rows * rows left out; entropy 0..1, bits lost / bits
** that there are; average class size, rows / classes, the rows left out being one class (as ARX).
*/
#ifndef SITO_ANONYMISE_LATTICE_H
#define SITO_ANONYMISE_LATTICE_H

#include "plan.h"

enum { ANON_EXHAUSTIVE = 200000, ANON_STEPS = 20000, ANON_FRONTIER_K = 6 };

typedef struct AnonNode {
    uint8_t levels[ANON_MOST_COLUMNS];
    uint32_t suppressed; /* rows */
    uint32_t classes;    /* that stay */
    uint32_t smallest;   /* size of the smallest of them */
    double loss, discernibility, entropy, average;
} AnonNode;

/* One point of the frontier: no other node has less of both for this k. */
typedef struct AnonPoint {
    uint8_t levels[ANON_MOST_COLUMNS];
    uint32_t k, suppressed;
    double loss;
} AnonPoint;

typedef struct AnonResult {
    AnonNode *nodes; /* that meet the target, best first, at most `most` */
    size_t count, room;
    AnonPoint *frontier; /* by k, then by rows left out */
    size_t points, point_room;
    int64_t looked_at, all; /* all: 0 where above 2^40 */
    bool proven;
} AnonResult;

double anon_utility(const AnonTarget *target, const AnonNode *node);

/* The `most` best nodes, and the frontier where it is wanted (then, beyond ANON_EXHAUSTIVE, of the nodes
** looked at). */
int anon_search(const AnonPlan *plan, size_t most, bool frontier, const SitoWatch *watch,
                AnonResult *result) SITO_MUST_CHECK;
void anon_result_free(AnonResult *result);

/* Of one node: kept[row] is 1 where the row stays. */
int anon_keep(const AnonPlan *plan, const uint8_t *levels, unsigned char *kept,
              AnonNode *node) SITO_MUST_CHECK;

#endif
