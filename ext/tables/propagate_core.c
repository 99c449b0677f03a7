/*
** Bounds made narrower, one equation after the other (problem.h, tables_problem_propagate).
**
** Of an equation sum(s * x) = c each x lies between what the others leave of c at their greatest and at
** their least. All coefficients are 1 or -1, so bounds stay whole numbers.
*/
#include <string.h>

#include "problem.h"

enum { PASSES = 64 };

/* Equations that wait for a visit: a ring with room for each of them once. */
typedef struct Queue {
    uint32_t *ring;
    unsigned char *waits;
    size_t size, begin, count;
} Queue;

static void enqueue(Queue *queue, uint32_t equation) {
    if (!queue->waits[equation]) {
        queue->waits[equation] = 1;
        queue->ring[(queue->begin + queue->count++) % queue->size] = equation;
    }
}

static uint32_t dequeue(Queue *queue) {
    uint32_t equation = queue->ring[queue->begin];
    queue->begin = (queue->begin + 1) % queue->size;
    queue->count--;
    queue->waits[equation] = 0;
    return equation;
}

/* The least and the greatest of the sum, and how many parts have none. */
typedef struct Reach {
    TablesWide least, most;
    size_t no_least, no_most;
} Reach;

/* What one part contributes at its least and greatest. */
static void part_reach(const TablesProblem *problem, size_t i, Reach *part) {
    uint32_t v = problem->parts[i];
    bool up = problem->signs[i] > 0;
    bool no_low = problem->low[v] == TABLES_NO_LOWER, no_high = problem->high[v] == TABLES_NO_UPPER;
    TablesWide low = no_low ? 0 : problem->low[v], high = no_high ? 0 : problem->high[v];
    part->least = up ? low : -high;
    part->most = up ? high : -low;
    part->no_least = up ? no_low : no_high;
    part->no_most = up ? no_high : no_low;
}

static Reach reach_of(const TablesProblem *problem, size_t equation) {
    Reach sum = {.no_least = 0}, part;
    for (size_t i = problem->first[equation]; i < problem->first[equation + 1]; i++) {
        part_reach(problem, i, &part);
        sum.least += part.least;
        sum.most += part.most;
        sum.no_least += part.no_least;
        sum.no_most += part.no_most;
    }
    return sum;
}

/* Bounds beyond this say no more than none, and leave room for sums. */
static bool is_small(TablesWide bound) {
    return bound < ((TablesWide)1 << 61) && bound > -((TablesWide)1 << 61);
}

static bool raise_low(TablesProblem *problem, uint32_t v, TablesWide bound) {
    if (!is_small(bound) || (int64_t)bound <= problem->low[v]) {
        return false;
    }
    problem->low[v] = (int64_t)bound;
    return true;
}

static bool lower_high(TablesProblem *problem, uint32_t v, TablesWide bound) {
    if (!is_small(bound) || (int64_t)bound >= problem->high[v]) {
        return false;
    }
    problem->high[v] = (int64_t)bound;
    return true;
}

/* Tightens part i; true where a bound moved. */
static bool tighten(TablesProblem *problem, size_t i, const Reach *sum, int64_t constant) {
    Reach part;
    uint32_t v = problem->parts[i];
    bool moved = false, up = problem->signs[i] > 0;
    part_reach(problem, i, &part);
    if (sum->no_least == part.no_least) { /* the others have a least: this part has a greatest */
        TablesWide most = constant - (sum->least - part.least);
        moved = up ? lower_high(problem, v, most) : raise_low(problem, v, -most);
    }
    if (sum->no_most == part.no_most) {
        TablesWide least = constant - (sum->most - part.most);
        moved = (up ? raise_low(problem, v, least) : lower_high(problem, v, -least)) || moved;
    }
    return moved;
}

static int visit(TablesProblem *problem, size_t equation, Queue *queue, char **error) {
    Reach sum = reach_of(problem, equation);
    int64_t constant = problem->constants[equation];
    for (size_t i = problem->first[equation]; i < problem->first[equation + 1]; i++) {
        uint32_t v = problem->parts[i];
        if (!tighten(problem, i, &sum, constant)) {
            continue;
        }
        if (problem->low[v] > problem->high[v]) {
            return tables_no_table_fits(error);
        }
        for (size_t t = problem->touch_first[v]; t < problem->touch_first[v + 1]; t++) {
            if (problem->touches[t] != equation) {
                enqueue(queue, problem->touches[t]);
            }
        }
    }
    return SITO_OK;
}

int tables_problem_propagate(TablesProblem *problem, const SitoWatch *watch, char **error) {
    Queue queue = {.size = problem->equations + 1};
    uint64_t visits = 0, most = (uint64_t)PASSES * problem->equations;
    queue.ring = sito_malloc(queue.size * sizeof *queue.ring);
    queue.waits = sito_malloc(queue.size);
    int rc = queue.ring == NULL || queue.waits == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memset(queue.waits, 0, queue.size);
        for (uint32_t e = 0; e < problem->equations; e++) {
            enqueue(&queue, e);
        }
    }
    while (rc == SITO_OK && queue.count > 0 && visits++ < most) {
        rc = (visits & 0x3ff) == 0 ? sito_watch_ask(watch) : SITO_OK;
        rc = rc == SITO_OK ? visit(problem, dequeue(&queue), &queue, error) : rc;
    }
    sito_free(queue.ring);
    sito_free(queue.waits);
    return rc;
}
