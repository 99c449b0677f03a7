/*
** The classes of one node of the lattice, and which of them must be left out (lattice.h, R1).
**
**   rows ──▶ entries: different rows with their count (sensitive value apart) ──▶ classes ──▶ AnonNode
*/
#ifndef SITO_ANONYMISE_CLASSES_H
#define SITO_ANONYMISE_CLASSES_H

#include "lattice.h"

/* Different rows. `key` is the sum of the keys of their codes. */
typedef struct AnonLayer {
    uint64_t *keys;
    uint64_t *fixed;  /* the sum of the keys of the columns that have their level already */
    uint32_t *row;    /* one of them */
    uint32_t *count;  /* how many */
    uint32_t *secret; /* their sensitive code; NULL where there is none */
    size_t size, room;
} AnonLayer;

typedef struct AnonSlot {
    uint64_t key;
    uint32_t index, round;
} AnonSlot;

/* What the search writes into, again and again. */
typedef struct AnonBench {
    const AnonPlan *plan;
    AnonSlot *slots;
    int bits; /* 2^bits slots */
    uint32_t round;
    AnonLayer rows;        /* the different rows as they are */
    AnonLayer all;         /* of a node, when not refined layer by layer */
    uint32_t *size;        /* of each class */
    uint32_t *class_row;   /* a row of it */
    uint32_t *class_of;    /* of each entry */
    uint32_t *distinct;    /* of each class: folded sensitive values */
    uint32_t *missing;     /* of each class: rows without a sensitive value */
    uint32_t *largest;     /* of each class: rows with the commonest one */
    double *distance;      /* of each class */
    unsigned char *failed; /* of each class */
    uint64_t *secret_rows; /* of each sensitive code: rows that stay */
    uint64_t *secret_key;  /* of each sensitive code */
    size_t classes;
    double factor[ANON_MOST_COLUMNS]; /* what one wholly lost row adds to the loss */
    double weights;                   /* sum */
} AnonBench;

int anon_bench_new(const AnonPlan *plan, AnonBench *bench) SITO_MUST_CHECK;
void anon_bench_free(AnonBench *bench);

/* The entries of `from` with one column moved from its leaves to a level; `to` has room for them. */
void anon_collapse(AnonBench *bench, const AnonLayer *from, int column, int level, AnonLayer *to);
int anon_layer_new(const AnonBench *bench, size_t room, AnonLayer *layer) SITO_MUST_CHECK;
void anon_layer_free(AnonLayer *layer);

/* Rows in classes below k when only the columns that have their level count: no node that fixes the
** others, too, has fewer. */
uint64_t anon_least_below(AnonBench *bench, const AnonLayer *entries, uint64_t k);

/* bench->all becomes the entries of a node. */
void anon_collapse_all(AnonBench *bench, const uint8_t *levels);

/* Judges the entries of a node; true where it meets the target. Fills *node, and bench->failed. */
bool anon_judge(AnonBench *bench, const AnonLayer *entries, const uint8_t *levels, AnonNode *node);

/* Loss and entropy of the levels with nothing left out: lower bounds of those of the node. */
double anon_least_loss(const AnonBench *bench, const uint8_t *levels);
double anon_least_entropy(const AnonBench *bench, const uint8_t *levels);

/* kept[row] is 1 where the class of the row, in the node that was judged last, stays. */
void anon_kept_rows(AnonBench *bench, const uint8_t *levels, unsigned char *kept);

/* What leaving out class c adds to the loss. */
double anon_class_loss(const AnonBench *bench, const uint8_t *levels, size_t c);

#endif
