/*
** Which cells of a table say too much of those who stand behind them. Plain C, exact: shares are
** compared as whole numbers of 128 bits.
**
**   facts of a cell (value, contributors, the largest contributions) + rules ──▶ reasons
**
** R1  least: fewer contributors than asked, and at least one (5 for persons, 3 for entities).
** R2  article 38: fewer than three contributors, or the largest strictly above 3/4 of the whole
**     (Public Statistics Act, art. 38 (2)); three at exactly 3/4 pass.
** R3  (n,k): the n largest together are strictly above k percent of the whole.
** R4  p percent: the whole less the two largest is below p/100 of the largest, so that the second may
**     estimate the largest within p percent. pq: the same with p/q in place of p/100.
** R5  zeros: a value of zero behind which somebody stands says that each of them has nothing (where no
**     contribution is negative); an empty cell of a row that is not empty says that nobody of the row
**     is there.
** R6  group: all of a row stand in one cell, so that who is in the row is in the cell; or none.
** R7  Shares are of absolute values: the whole is the sum of the contributions without their signs.
** R8  A rule whose facts are not known is reported as undecided, never passed over. A bound that is met
**     exactly is no finding: every comparison is strict.
**
** Conventions of others: sdcTable's frequency rule finds cells of *at most* maxN, one more than `least`.
*/
#ifndef SITO_TABLES_PRIMARY_H
#define SITO_TABLES_PRIMARY_H

#include "base/sito.h"

enum { TABLES_MOST_LARGEST = 8 };

/* A share or a number with a fraction: over / under, under from 1 to 10^9, over from 0 to 10^15. */
typedef struct TablesRatio {
    int64_t over, under;
} TablesRatio;

typedef enum TablesReason {
    TABLES_FEW,        /* fewer contributors than asked */
    TABLES_ARTICLE_38, /* fewer than three, or one above three quarters */
    TABLES_DOMINANCE,  /* (n,k) */
    TABLES_P_PERCENT,
    TABLES_PQ,
    TABLES_ZERO,      /* a zero that says something */
    TABLES_GROUP_ALL, /* the whole row stands in this cell */
    TABLES_GROUP_NONE,
    TABLES_REASON_COUNT
} TablesReason;

/* few article-38 dominance p-percent pq zero group-all group-none */
extern const char *const tables_reason_words[TABLES_REASON_COUNT];

/* What is not asked is 0 (under 0 in a ratio). */
typedef struct TablesRules {
    int64_t least;
    bool article_38;
    int n; /* of (n,k): 1 to TABLES_MOST_LARGEST */
    TablesRatio k;
    TablesRatio p;      /* percent */
    TablesRatio pq;     /* p/q, as a share */
    bool zeros;         /* R5 */
    bool group;         /* R6 */
    int64_t protection; /* the least width of a hidden cell's interval; 0: see tables_protection */
} TablesRules;

/* Facts of one cell. Numbers with a fraction are whole numbers of their common unit. */
typedef struct TablesFacts {
    int64_t value;
    int64_t contributors; /* different persons or entities; -1: not known */
    int64_t whole;        /* the sum of the contributions without their signs; -1: not known */
    int64_t largest[TABLES_MOST_LARGEST]; /* without signs, the largest first */
    int known;                            /* how many of them are known, or all of them … */
    bool all_known;                       /* … where no other contributor has more than nothing */
    int64_t row;   /* contributors of the row (or column) that the cell is a part of; -1: none */
    bool negative; /* some contribution is below zero */
} TablesFacts;

#define TABLES_BIT(reason) (1u << (reason))

/* The reasons for which a cell is hidden, a bit each. *undecided: rules whose facts are not known. */
unsigned tables_primary(const TablesRules *rules, const TablesFacts *facts, unsigned *undecided);

/* The width that the interval of a hidden cell must have, so that nobody who is in it knows another: the
** largest over the reasons, at least 1. A count, or a reason of numbers of contributors, asks for
** `least` (3 of article 38) of the cell's unit; a reason of shares for what its rule lacks; in magnitude
** tables an interval of p percent of its larger end (10 where no p is asked, at most the value) stands in
** place of `least`. */
int64_t tables_protection(const TablesRules *rules, const TablesFacts *facts, unsigned reasons,
                          bool counts);

/* True where over/under of the two ratios is a percentage from 0 to 100 and the like: within bounds. */
bool tables_ratio_valid(TablesRatio ratio);

/* The first reason of a set as a word; NULL where there is none. */
const char *tables_reason_word(unsigned reasons);

#endif
