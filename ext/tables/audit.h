/*
** The audit: the interval of every suppressed cell that follows from what is published.
**
**   system ─▶ problem (what the reader does not see) ─▶ propagation ─▶ components ─▶ exact bounds
**
** R1  An interval is proven on both sides. Inside: its ends are attained by tables that satisfy every
**     equation and bound, and `low` and `high` are values of such tables. Outside: no such table goes
**     beyond, by propagation, by an equation that follows from the equations (a linear programme at its
**     optimum), or by a complete search through whole numbers.
** R2  All arithmetic is of whole numbers. A number that would not fit stops the component that it stands
**     in: its cells are undecided, not guessed.
** R3  A cell whose interval is not known within the limits (pivots, nodes, size) is undecided, unless the
**     part of the interval that is attained is as wide as asked. Undecided is never a pass.
** R4  With `verdicts` alone a cell is left as soon as tables are known that lie as far apart as asked:
**     `exact` then says whether low and high are the whole interval.
** R5  Of a system with `whole` the tables are of whole numbers; else of real numbers, and an end of an
**     interval is a ratio.
** R6  With `singles` each contributor that stands alone in a cell also knows that cell, and the verdict of
**     every other cell is the worst over what these readers can derive (`by_single`).
** R7  A system that no table satisfies is an error; so is an interrupt.
**
** Sources: Fischetti and Salazar (2001), Buzzigoli and Giusti (1998, the shuttle), Edmonds (1967, pivots
** of whole numbers).
*/
#ifndef SITO_TABLES_AUDIT_H
#define SITO_TABLES_AUDIT_H

#include "system.h"

typedef enum TablesVerdict {
    TABLES_SAFE,      /* the interval is as wide as asked */
    TABLES_NARROW,    /* not disclosed, but narrower than asked */
    TABLES_DISCLOSED, /* only one value is possible */
    TABLES_UNDECIDED  /* within the limits neither is proven */
} TablesVerdict;

/* What the proof of the interval needed most of. */
typedef enum TablesProof {
    TABLES_BY_TABLE,       /* another table publishes the cell */
    TABLES_BY_PROPAGATION, /* one equation after the other */
    TABLES_BY_PROGRAMME,   /* a linear programme */
    TABLES_BY_SEARCH,      /* whole numbers, searched through */
    TABLES_BY_NOTHING      /* undecided */
} TablesProof;

/* protected narrow disclosed undecided; table propagation programme search none */
extern const char *const tables_verdict_words[];
extern const char *const tables_proof_words[];

/* over / under, under >= 1; over TABLES_NO_LOWER or TABLES_NO_UPPER (under 1): no bound. */
typedef struct TablesRational {
    int64_t over, under;
} TablesRational;

typedef struct TablesInterval {
    uint32_t cell;
    TablesRational low, high; /* in units of 10^-scale */
    uint8_t verdict, proof;
    bool exact;         /* low and high are the whole interval */
    uint32_t by_single; /* the cell whose contributor can derive this one; TABLES_NO_CELL */
} TablesInterval;

typedef struct TablesAuditOptions {
    bool verdicts;        /* R4 */
    bool singles;         /* R6 */
    uint64_t most_pivots; /* in all; 0: TABLES_MOST_PIVOTS */
    uint64_t most_nodes;  /* of one search; 0: TABLES_MOST_NODES */
} TablesAuditOptions;

#define TABLES_MOST_PIVOTS ((uint64_t)200000)
#define TABLES_MOST_WORK ((uint64_t)40000000000) /* entries changed, in all: half a minute or so */
#define TABLES_MOST_NODES ((uint64_t)2000)
#define TABLES_MOST_ENTRIES ((size_t)1 << 27) /* of the tableau of one component, 4 bytes each */

typedef struct TablesAudit {
    TablesInterval *intervals; /* of every suppressed cell, in the order of the cells */
    size_t count;
    size_t disclosed, narrow, undecided;
    size_t components, largest; /* what propagation leaves; the cells of the largest */
    uint64_t pivots, nodes, work;
} TablesAudit;

/* Totals must add up (tables_system_check). Release with tables_audit_free, also after an error. */
int tables_audit(const TablesSystem *system, const TablesAuditOptions *options,
                 const SitoWatch *watch, TablesAudit *audit, char **error) SITO_MUST_CHECK;
void tables_audit_free(TablesAudit *audit);

/* The cells of primary or secondary suppression, by the interval that protection asks for. */
bool tables_interval_suffices(const TablesCell *cell, TablesRational low, TablesRational high);

#endif
