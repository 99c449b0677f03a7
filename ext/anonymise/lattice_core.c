/*
** The search through full-domain generalisations (lattice.h).
**
** Every node is looked at in the order of a tree: one column after the other is moved to each of its
** levels, and what has become one row is one row from then on, so that the later columns work on ever
** fewer entries. Columns with many values come first. Sources: Prasser et al. (ARX), Samarati 2001.
*/
#include "lattice.h"

#include <math.h>
#include <string.h>

#include "classes.h"

enum { LARGEST_K = 4096 };
static const double most_work = 2e10; /* entries looked at by an exhaustive search */

typedef struct Search {
    AnonBench bench;
    AnonResult *result;
    const SitoWatch *watch;
    size_t most;
    bool frontier;
    int order[ANON_MOST_COLUMNS];
    AnonLayer layers[ANON_MOST_COLUMNS];
    uint8_t levels[ANON_MOST_COLUMNS];
    uint32_t ks[ANON_FRONTIER_K]; /* ascending */
} Search;

double anon_utility(const AnonTarget *target, const AnonNode *node) {
    switch (target->utility) {
    case ANON_DISCERNIBILITY:
        return node->discernibility;
    case ANON_ENTROPY:
        return node->entropy;
    case ANON_AVERAGE:
        return node->average;
    default:
        return node->loss;
    }
}

void anon_result_free(AnonResult *result) {
    sito_free(result->nodes);
    sito_free(result->frontier);
    *result = (AnonResult){.count = 0};
}

/* ---- the best nodes ---- */

static bool better(const AnonTarget *target, const AnonNode *a, const AnonNode *b) {
    double ua = anon_utility(target, a), ub = anon_utility(target, b);
    if (fabs(ua - ub) > 1e-12 * fmax(fabs(ua), fabs(ub))) {
        return ua < ub;
    }
    if (a->suppressed != b->suppressed) {
        return a->suppressed < b->suppressed;
    }
    return memcmp(a->levels, b->levels, sizeof a->levels) < 0;
}

static int keep_node(Search *search, const AnonNode *node) {
    AnonResult *result = search->result;
    const AnonTarget *target = &search->bench.plan->target;
    for (size_t i = 0; i < result->count; i++) {
        if (memcmp(result->nodes[i].levels, node->levels, sizeof node->levels) == 0) {
            return SITO_OK;
        }
    }
    if (result->count == search->most && !better(target, node, &result->nodes[result->count - 1])) {
        return SITO_OK;
    }
    if (result->count < search->most) {
        int rc = sito_grow((void **)&result->nodes, &result->room, result->count + 1,
                           sizeof *result->nodes, search->most);
        if (rc != SITO_OK) {
            return rc;
        }
        result->count++;
    }
    size_t at = result->count - 1;
    for (; at > 0 && better(target, node, &result->nodes[at - 1]); at--) {
        result->nodes[at] = result->nodes[at - 1];
    }
    result->nodes[at] = *node;
    return SITO_OK;
}

/* ---- the frontier ---- */

static bool dominates(const AnonPoint *a, const AnonPoint *b) {
    return a->k == b->k && a->suppressed <= b->suppressed && a->loss <= b->loss;
}

static int keep_point(AnonResult *result, const AnonPoint *point) {
    size_t kept = 0;
    for (size_t i = 0; i < result->points; i++) {
        if (dominates(&result->frontier[i], point)) {
            return SITO_OK;
        }
    }
    for (size_t i = 0; i < result->points; i++) {
        if (!dominates(point, &result->frontier[i])) {
            result->frontier[kept++] = result->frontier[i];
        }
    }
    result->points = kept;
    int rc = sito_grow((void **)&result->frontier, &result->point_room, kept + 1,
                       sizeof *result->frontier, (size_t)1 << 20);
    if (rc == SITO_OK) {
        result->frontier[result->points++] = *point;
    }
    return rc;
}

/* Of the classes that anon_judge has just seen: what each k would cost. */
static int keep_points(Search *search, const uint8_t *levels) {
    AnonBench *bench = &search->bench;
    uint64_t rows = bench->plan->rows;
    uint64_t most = (uint64_t)(bench->plan->target.suppressed * (double)rows + 1e-6);
    uint64_t below[ANON_FRONTIER_K] = {0};
    double loss[ANON_FRONTIER_K] = {0}, least = anon_least_loss(bench, levels);
    for (size_t class = 0; class < bench->classes; class ++) {
        for (int i = 0; i < ANON_FRONTIER_K && bench->size[class] < search->ks[ANON_FRONTIER_K - 1];
             i++) {
            below[i] += bench->size[class] < search->ks[i] ? bench->size[class] : 0;
        }
    }
    int last = ANON_FRONTIER_K - 1;
    while (last >= 0 && (below[last] > most || below[last] == rows)) {
        last--;
    }
    for (size_t class = 0; class < bench->classes && last >= 0; class ++) {
        if (bench->size[class] < search->ks[last]) {
            double lost = anon_class_loss(bench, levels, class);
            for (int i = last; i >= 0 && bench->size[class] < search->ks[i]; i--) {
                loss[i] += lost;
            }
        }
    }
    int rc = SITO_OK;
    for (int i = 0; i <= last && rc == SITO_OK; i++) {
        AnonPoint point = {
            .k = search->ks[i], .suppressed = (uint32_t)below[i], .loss = least + loss[i]};
        memcpy(point.levels, levels, sizeof point.levels);
        rc = keep_point(search->result, &point);
    }
    return rc;
}

static int look_at(Search *search, const AnonLayer *entries, const uint8_t *levels, bool *meets) {
    AnonNode node;
    *meets = anon_judge(&search->bench, entries, levels, &node);
    int rc = *meets ? keep_node(search, &node) : SITO_OK;
    rc = rc == SITO_OK && search->frontier ? keep_points(search, levels) : rc;
    if (rc == SITO_OK && (++search->result->looked_at & 255) == 0) {
        rc = sito_watch_ask(search->watch);
    }
    return rc;
}

/* ---- bounds ---- */

static double bound_of(const Search *search, const uint8_t *levels) {
    return search->bench.plan->target.utility == ANON_ENTROPY
               ? anon_least_entropy(&search->bench, levels)
               : anon_least_loss(&search->bench, levels);
}

/* True where utility never lies below bound_of(). */
static bool is_bounded(const Search *search) {
    AnonUtility utility = search->bench.plan->target.utility;
    return utility == ANON_LOSS || utility == ANON_ENTROPY;
}

/* From the top down: the column whose next finer level serves best is taken down, while that meets the
** target. Gives the search its first good node. */
static int dive(Search *search) {
    const AnonPlan *plan = search->bench.plan;
    uint8_t levels[ANON_MOST_COLUMNS] = {0};
    bool meets;
    for (int c = 0; c < plan->count; c++) {
        levels[c] = (uint8_t)plan->columns[c].most;
    }
    anon_collapse_all(&search->bench, levels);
    int rc = look_at(search, &search->bench.all, levels, &meets);
    while (rc == SITO_OK && meets) {
        int best = -1;
        double least = 0;
        for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
            if (levels[c] == plan->columns[c].least) {
                continue;
            }
            levels[c]--;
            anon_collapse_all(&search->bench, levels);
            bool ok;
            rc = look_at(search, &search->bench.all, levels, &ok);
            double bound = bound_of(search, levels);
            if (ok && (best < 0 || bound < least)) {
                best = c;
                least = bound;
            }
            levels[c]++;
        }
        meets = best >= 0;
        if (meets) {
            levels[best]--;
        }
    }
    return rc;
}

/* ---- all nodes ---- */

/* True where every node under the fixed columns leaves out too many rows: classes only shrink as the other
** columns become finer. */
static bool is_too_fine(Search *search, const AnonLayer *entries) {
    const AnonTarget *target = &search->bench.plan->target;
    uint64_t most = (uint64_t)(target->suppressed * (double)search->bench.plan->rows + 1e-6);
    bool least_k = search->frontier && target->k > search->ks[0];
    uint64_t k = least_k ? search->ks[0] : (uint64_t)target->k;
    return anon_least_below(&search->bench, entries, k) > most;
}

/* True where every node under the first `depth` columns is worse than all that are kept. */
static bool is_worse(const Search *search, int depth) {
    const AnonPlan *plan = search->bench.plan;
    const AnonResult *result = search->result;
    if (search->frontier || result->count < search->most || !is_bounded(search)) {
        return false;
    }
    uint8_t levels[ANON_MOST_COLUMNS];
    memcpy(levels, search->levels, sizeof levels);
    for (int d = depth; d < plan->count; d++) {
        levels[search->order[d]] = (uint8_t)plan->columns[search->order[d]].least;
    }
    double worst = anon_utility(&plan->target, &result->nodes[result->count - 1]);
    return bound_of(search, levels) > worst * (1 + 1e-9);
}

/* Each level of the next column, from coarse to fine. */
static int descend(Search *search, int depth, const AnonLayer *entries) {
    const AnonPlan *plan = search->bench.plan;
    bool meets;
    if (depth == plan->count) {
        return look_at(search, entries, search->levels, &meets);
    }
    int column = search->order[depth], rc = SITO_OK;
    for (int level = plan->columns[column].most;
         level >= plan->columns[column].least && rc == SITO_OK; level--) {
        search->levels[column] = (uint8_t)level;
        anon_collapse(&search->bench, entries, column, level, &search->layers[depth]);
        if (is_too_fine(search, &search->layers[depth])) {
            break;
        }
        if (!is_worse(search, depth + 1)) {
            rc = descend(search, depth + 1, &search->layers[depth]);
        }
    }
    return rc;
}

static int search_all(Search *search) {
    const AnonPlan *plan = search->bench.plan;
    int rc = SITO_OK;
    for (int c = 0; c < plan->count; c++) {
        int at = c;
        for (; at > 0 && plan->columns[search->order[at - 1]].leaves < plan->columns[c].leaves;
             at--) {
            search->order[at] = search->order[at - 1];
        }
        search->order[at] = c;
    }
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        rc = anon_layer_new(&search->bench, search->bench.rows.size + 1, &search->layers[c]);
    }
    rc = rc == SITO_OK && !search->frontier ? dive(search) : rc;
    rc = rc == SITO_OK ? descend(search, 0, &search->bench.rows) : rc;
    search->result->proven = true;
    return rc;
}

/* ---- the best first ---- */

typedef struct Waiting {
    double bound;
    uint8_t levels[ANON_MOST_COLUMNS];
} Waiting;

typedef struct Queue {
    Waiting *heap;
    size_t count, room;
} Queue;

static bool before(const Waiting *a, const Waiting *b) {
    return a->bound != b->bound ? a->bound < b->bound
                                : memcmp(a->levels, b->levels, sizeof a->levels) < 0;
}

static int push(Queue *queue, Waiting waiting) {
    int rc = sito_grow((void **)&queue->heap, &queue->room, queue->count + 1, sizeof *queue->heap,
                       (size_t)1 << 24);
    if (rc != SITO_OK) {
        return rc;
    }
    size_t at = queue->count++;
    for (; at > 0 && before(&waiting, &queue->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        queue->heap[at] = queue->heap[(at - 1) / 2];
    }
    queue->heap[at] = waiting;
    return SITO_OK;
}

static Waiting pop(Queue *queue) {
    Waiting top = queue->heap[0], last = queue->heap[--queue->count];
    size_t at = 0;
    for (size_t child = 1; child < queue->count; child = 2 * at + 1) {
        child += child + 1 < queue->count && before(&queue->heap[child + 1], &queue->heap[child]);
        if (!before(&queue->heap[child], &last)) {
            break;
        }
        queue->heap[at] = queue->heap[child];
        at = child;
    }
    queue->heap[at] = last;
    return top;
}

/* The steps up from a node; each node has one parent (only columns from its last raised one on are
** raised), so that none comes twice. */
static int push_above(const Search *search, Queue *queue, const Waiting *waiting) {
    const AnonPlan *plan = search->bench.plan;
    int from = plan->count - 1, rc = SITO_OK;
    while (from > 0 && waiting->levels[from] == plan->columns[from].least) {
        from--;
    }
    for (int c = from; c < plan->count && rc == SITO_OK; c++) {
        if (waiting->levels[c] < plan->columns[c].most) {
            Waiting above = *waiting;
            above.levels[c]++;
            above.bound = bound_of(search, above.levels);
            rc = push(queue, above);
        }
    }
    return rc;
}

static int search_best_first(Search *search) {
    const AnonPlan *plan = search->bench.plan;
    AnonResult *result = search->result;
    double work = (double)search->bench.rows.size * plan->count;
    int64_t steps = work * ANON_STEPS < most_work ? ANON_STEPS : (int64_t)(most_work / work) + 1;
    Queue queue = {.heap = NULL};
    Waiting bottom = {.bound = 0};
    bool meets;
    for (int c = 0; c < plan->count; c++) {
        bottom.levels[c] = (uint8_t)plan->columns[c].least;
    }
    int rc = dive(search);
    rc = rc == SITO_OK ? push(&queue, bottom) : rc;
    while (rc == SITO_OK && queue.count > 0 && result->looked_at < steps) {
        Waiting next = pop(&queue);
        if (is_bounded(search) && result->count > 0 &&
            next.bound > anon_utility(&plan->target, &result->nodes[0])) {
            queue.count = 0;
            break;
        }
        anon_collapse_all(&search->bench, next.levels);
        rc = look_at(search, &search->bench.all, next.levels, &meets);
        rc = rc == SITO_OK ? push_above(search, &queue, &next) : rc;
    }
    result->proven = queue.count == 0;
    sito_free(queue.heap);
    return rc;
}

/* ---- a search ---- */

static void choose_ks(Search *search) {
    static const uint32_t usual[ANON_FRONTIER_K] = {2, 3, 5, 10, 20, 50};
    int64_t k = search->bench.plan->target.k;
    int n = 0;
    bool asked = k > 1 && k <= LARGEST_K;
    for (int i = 0; i < ANON_FRONTIER_K; i++) {
        asked = asked && usual[i] != k;
    }
    for (int i = 0; i < ANON_FRONTIER_K && n < ANON_FRONTIER_K; i++) {
        if (asked && k < usual[i]) {
            search->ks[n++] = (uint32_t)k;
            asked = false;
        }
        if (n < ANON_FRONTIER_K) {
            search->ks[n++] = usual[i];
        }
    }
    if (asked) {
        search->ks[ANON_FRONTIER_K - 1] = (uint32_t)k;
    }
}

static int compare_points(const AnonPoint *a, const AnonPoint *b) {
    if (a->k != b->k) {
        return a->k < b->k ? -1 : 1;
    }
    return a->suppressed < b->suppressed ? -1 : a->suppressed > b->suppressed;
}

static void sort_points(AnonResult *result) {
    for (size_t i = 1; i < result->points; i++) {
        AnonPoint point = result->frontier[i];
        size_t at = i;
        for (; at > 0 && compare_points(&point, &result->frontier[at - 1]) < 0; at--) {
            result->frontier[at] = result->frontier[at - 1];
        }
        result->frontier[at] = point;
    }
}

int anon_search(const AnonPlan *plan, size_t most, bool frontier, const SitoWatch *watch,
                AnonResult *result) {
    Search search = {.result = result, .watch = watch, .most = most, .frontier = frontier};
    *result = (AnonResult){.all = anon_plan_nodes(plan)};
    int rc = anon_bench_new(plan, &search.bench);
    if (rc == SITO_OK) {
        choose_ks(&search);
        bool all = result->all > 0 && result->all <= ANON_EXHAUSTIVE &&
                   (double)result->all * (double)search.bench.rows.size <= most_work;
        rc = all ? search_all(&search) : search_best_first(&search);
    }
    for (int c = 0; c < plan->count; c++) {
        anon_layer_free(&search.layers[c]);
    }
    anon_bench_free(&search.bench);
    sort_points(result);
    return rc;
}

int anon_keep(const AnonPlan *plan, const uint8_t *levels, unsigned char *kept, AnonNode *node) {
    AnonBench bench;
    int rc = anon_bench_new(plan, &bench);
    if (rc == SITO_OK) {
        anon_collapse_all(&bench, levels);
        memset(kept, 0, plan->rows);
        if (anon_judge(&bench, &bench.all, levels, node)) {
            anon_kept_rows(&bench, levels, kept);
        }
    }
    anon_bench_free(&bench);
    return rc;
}
