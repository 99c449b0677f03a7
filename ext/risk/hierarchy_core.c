/*
** Hierarchical t-closeness (hierarchy.h).
*/
#include "hierarchy.h"

#include <string.h>

enum { ASK_EVERY = 1 << 14 };

/* The nodes of one level, level 0 being the values. Sums are of the class at hand. */
typedef struct Level {
    size_t count;
    uint32_t *parents;                          /* of each node, on the next level */
    double *p, *q, *positive, *negative, *held; /* held: p of the children that the class holds */
    uint32_t *nodes;                            /* those with q > 0 */
    size_t node_count;
} Level;

static int new_level(Level *level, size_t count) {
    double **sums[] = {&level->p, &level->q, &level->positive, &level->negative, &level->held};
    level->count = count;
    level->parents = sito_malloc((count + 1) * sizeof *level->parents);
    level->nodes = sito_malloc((count + 1) * sizeof *level->nodes);
    if (level->parents == NULL || level->nodes == NULL) {
        return SITO_NOMEM;
    }
    memset(level->parents, 0xff, (count + 1) * sizeof *level->parents);
    for (size_t i = 0; i < SITO_COUNT(sums); i++) {
        *sums[i] = sito_malloc((count + 1) * sizeof(double));
        if (*sums[i] == NULL) {
            return SITO_NOMEM;
        }
        memset(*sums[i], 0, (count + 1) * sizeof(double));
    }
    return SITO_OK;
}

static void free_level(Level *level) {
    sito_free(level->parents);
    sito_free(level->nodes);
    sito_free(level->p);
    sito_free(level->q);
    sito_free(level->positive);
    sito_free(level->negative);
    sito_free(level->held);
}

/* Links each node with its parent and spreads p upwards; the last level is the root. */
static bool link_levels(Level *levels, const RiskColumn *columns, size_t count,
                        size_t *two_parents) {
    size_t rows = columns[0].rows;
    for (size_t i = 0; i < count; i++) {
        for (size_t row = 0; row < rows; row++) {
            uint32_t node = columns[i].codes[row];
            uint32_t parent = i + 1 < count ? columns[i + 1].codes[row] : 0;
            if (levels[i].parents[node] != UINT32_MAX && levels[i].parents[node] != parent) {
                *two_parents = i + 1;
                return false;
            }
            levels[i].parents[node] = parent;
            levels[i].p[node] += 1 / (double)rows;
        }
    }
    levels[count].p[0] = 1;
    return true;
}

static void add_to_parent(Level *level, Level *above, uint32_t node) {
    uint32_t parent = level->parents[node];
    double extra = level->q[node] - level->p[node];
    if (above->q[parent] == 0) {
        above->nodes[above->node_count++] = parent;
    }
    above->q[parent] += level->q[node];
    above->held[parent] += level->p[node];
    above->positive[parent] += extra > 0 ? extra : 0;
    above->negative[parent] += extra < 0 ? -extra : 0;
    level->q[node] = 0;
}

/* Moves the class from one level to the next and gives what that costs, times H. */
static double climb(Level *level, Level *above, size_t height) {
    double cost = 0;
    for (size_t i = 0; i < level->node_count; i++) {
        add_to_parent(level, above, level->nodes[i]);
    }
    level->node_count = 0;
    for (size_t i = 0; i < above->node_count; i++) {
        uint32_t node = above->nodes[i];
        double negative = above->negative[node] + above->p[node] - above->held[node];
        cost +=
            (double)height * (above->positive[node] < negative ? above->positive[node] : negative);
        above->positive[node] = above->negative[node] = above->held[node] = 0;
    }
    return cost;
}

static double class_distance(const RiskPartition *partition, const RiskColumn *column,
                             Level *levels, size_t count, size_t class) {
    uint32_t from = partition->start[class], to = partition->start[class + 1];
    double cost = 0, share = 1 / (double)(to - from);
    for (uint32_t i = from; i < to; i++) {
        uint32_t node = column->codes[partition->ordered[i]];
        if (levels[0].q[node] == 0) {
            levels[0].nodes[levels[0].node_count++] = node;
        }
        levels[0].q[node] += share;
    }
    for (size_t i = 0; i < count; i++) {
        cost += climb(&levels[i], &levels[i + 1], i + 1);
    }
    levels[count].q[0] = 0;
    levels[count].node_count = 0;
    return cost / (double)count;
}

int risk_hierarchical(const RiskPartition *partition, const RiskColumn *columns, size_t count,
                      const SitoWatch *watch, double *distance, size_t *two_parents) {
    Level *levels = sito_malloc((count + 1) * sizeof *levels);
    int rc = levels != NULL ? SITO_OK : SITO_NOMEM;
    *distance = 0;
    *two_parents = 0;
    if (levels != NULL) {
        memset(levels, 0, (count + 1) * sizeof *levels);
    }
    for (size_t i = 0; i <= count && rc == SITO_OK; i++) {
        rc = new_level(&levels[i], i < count ? columns[i].count : 1);
    }
    if (rc == SITO_OK && link_levels(levels, columns, count, two_parents)) {
        for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
            double t = class_distance(partition, &columns[0], levels, count, g);
            *distance = t > *distance ? t : *distance;
            rc = g % ASK_EVERY == ASK_EVERY - 1 ? sito_watch_ask(watch) : SITO_OK;
        }
    }
    for (size_t i = 0; levels != NULL && i <= count; i++) {
        free_level(&levels[i]);
    }
    sito_free(levels);
    return rc;
}
