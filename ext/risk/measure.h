/*
** Rows in classes, and the measures of what the classes give away.
**
** Sources: k Samarati & Sweeney 1998; l Machanavajjhala et al. 2007; (alpha, k) Wong et al. 2006;
** t Li et al. 2007; beta Cao & Karras 2012; delta-disclosure Brickell & Shmatikov 2008; distinction
** and separation Motwani & Xu 2007; discernibility Bayardo & Agrawal 2005; average class size LeFevre
** et al. 2006. Where peers differ:
**
** R1  Entropy l is a real number, exp of the entropy in nats; it is not cut to an integer.
** R2  Recursive (c, l) ranks the counts in descending order and is strict: the value reported is
**     max over classes of r_1 / (r_l + r_{l+1} + …), so that (c, l) holds for every c above it. A
**     class with fewer than l values makes it infinite.
** R3  beta is Cao & Karras' basic beta, max (q - p) / p over q > p. Enhanced beta-likeness asks
**     (q - p) / p <= min(beta, -ln p); a pair above -ln p cannot be mended by any beta.
** R4  delta uses natural logarithms and runs over the values that a class holds; the strict
**     definition is infinite as soon as a class lacks one.
** R5  t, beta and delta read the finest values, NULL among them (cell.h). l and alpha read the coarse
**     ones (coarse.h), twice: without "no value", and with it as one value; the worse reading is
**     reported (for distinct l always the first). A class without any value has l 0.
** R6  Ordered t is the larger of two readings: the finest values with NULL lowest, and the coarse
**     values without those that mean none.
** R7  With units, several rows of one unit count once: a size is a number of distinct units (NULL
**     counts as none, but a class holds at least 1), q and p are shares of distinct pairs of unit and
**     value, in the class and in the table.
*/
#ifndef SITO_RISK_MEASURE_H
#define SITO_RISK_MEASURE_H

#include "coarse.h"
#include "group.h"
#include "base/watch.h"

/* Rows in classes. Filled by risk_partition from logs of the same length. */
typedef struct RiskPartition {
    size_t rows;
    RiskGroups classes;
    RiskGroups units;  /* without units: empty */
    uint32_t *start;   /* class g holds rows ordered[start[g]] .. ordered[start[g + 1] - 1] */
    uint32_t *ordered; /* both NULL where nobody needs them */
    uint32_t *sizes;   /* of each class in units; without units the same as classes.sizes */
    bool counts_units;
    size_t unit_count; /* distinct units, NULL not counted; without units the rows */
} RiskPartition;

/* `units` may be NULL. unit_missing is a row whose unit is NULL, or SIZE_MAX. `wanted`: the sizes; also
** the order of the rows; also the class of each row, the classes then numbered by their first rows. With
** units all of it is there. Release with risk_partition_free, after a failure too. */
typedef enum RiskWanted { RISK_SIZES, RISK_ORDER, RISK_IDS } RiskWanted;
int risk_partition(const RiskLog *classes, const RiskLog *units, size_t unit_missing,
                   RiskWanted wanted, const SitoWatch *watch,
                   RiskPartition *partition) SITO_MUST_CHECK;
/* All rows in one class, without a log of them. Without rows_wanted it holds no ids. */
int risk_partition_whole(size_t rows, bool rows_wanted, RiskPartition *partition) SITO_MUST_CHECK;
void risk_partition_free(RiskPartition *partition);

/* What is measured of a sensitive column. Bits, so that a function that gives one measure does the
** work of one. */
enum {
    RISK_L_DISTINCT = 1,
    RISK_L_ENTROPY = 2,
    RISK_L_RECURSIVE = 4,
    RISK_ALPHA = 8,
    RISK_T_EQUAL = 16,
    RISK_T_ORDERED = 32,
    RISK_BETA = 64,
    RISK_BETA_ENHANCED = 128,
    RISK_DELTA = 256,
    RISK_FINE = RISK_T_EQUAL | RISK_BETA | RISK_BETA_ENHANCED | RISK_DELTA,
    RISK_COARSE = RISK_L_DISTINCT | RISK_L_ENTROPY | RISK_L_RECURSIVE | RISK_ALPHA,
    RISK_ALL = 511
};

typedef struct RiskSensitive {
    double l_distinct, l_entropy, l_recursive, alpha, t_equal, t_ordered;
    double beta, beta_enhanced, enhanced_violations, delta, delta_strict; /* may be infinite */
} RiskSensitive;

/* Measures `what` of a column over the classes; l is that of (c, l)-diversity. The partition has at
** least one row and was made with rows_wanted. */
int risk_sensitive(const RiskPartition *partition, const RiskColumn *column, unsigned what,
                   size_t l, const SitoWatch *watch, RiskSensitive *result) SITO_MUST_CHECK;

#endif
