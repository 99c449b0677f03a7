/*
** The classes of one node (classes.h).
*/
#include "classes.h"

#include <math.h>
#include <string.h>

void anon_layer_free(AnonLayer *layer) {
    sito_free(layer->keys);
    sito_free(layer->fixed);
    sito_free(layer->row);
    sito_free(layer->count);
    sito_free(layer->secret);
    *layer = (AnonLayer){0};
}

int anon_layer_new(const AnonBench *bench, size_t room, AnonLayer *layer) {
    bool secret = bench->plan->secret.codes != NULL;
    *layer = (AnonLayer){.keys = sito_malloc(room * sizeof(uint64_t)),
                         .fixed = sito_malloc(room * sizeof(uint64_t)),
                         .row = sito_malloc(room * sizeof(uint32_t)),
                         .count = sito_malloc(room * sizeof(uint32_t)),
                         .secret = secret ? sito_malloc(room * sizeof(uint32_t)) : NULL,
                         .room = room};
    return layer->keys == NULL || layer->fixed == NULL || layer->row == NULL ||
                   layer->count == NULL || (secret && layer->secret == NULL)
               ? SITO_NOMEM
               : SITO_OK;
}

void anon_bench_free(AnonBench *bench) {
    sito_free(bench->slots);
    sito_free(bench->size);
    sito_free(bench->class_row);
    sito_free(bench->class_of);
    sito_free(bench->distinct);
    sito_free(bench->missing);
    sito_free(bench->largest);
    sito_free(bench->distance);
    sito_free(bench->failed);
    sito_free(bench->secret_rows);
    sito_free(bench->secret_key);
    anon_layer_free(&bench->rows);
    anon_layer_free(&bench->all);
    *bench = (AnonBench){0};
}

/* ---- the hash table of a round ---- */

static void next_round(AnonBench *bench) {
    if (++bench->round == 0) {
        memset(bench->slots, 0, sizeof *bench->slots << bench->bits);
        bench->round = 1;
    }
}

/* The slot of a key: of this round, or free. */
static AnonSlot *slot_of(const AnonBench *bench, uint64_t key) {
    size_t mask = ((size_t)1 << bench->bits) - 1, i = (size_t)(key >> (64 - bench->bits));
    while (bench->slots[i].round == bench->round && bench->slots[i].key != key) {
        i = (i + 1) & mask;
    }
    return &bench->slots[i];
}

static void add_entry(AnonBench *bench, AnonLayer *to, uint64_t key, uint64_t fixed, uint32_t row,
                      uint32_t count, uint32_t secret) {
    uint64_t full = to->secret != NULL ? key + bench->secret_key[secret] : key;
    AnonSlot *slot = slot_of(bench, full);
    if (slot->round != bench->round) {
        *slot = (AnonSlot){full, (uint32_t)to->size, bench->round};
        to->keys[to->size] = key;
        to->fixed[to->size] = fixed;
        to->row[to->size] = row;
        to->count[to->size] = 0;
        if (to->secret != NULL) {
            to->secret[to->size] = secret;
        }
        to->size++;
    }
    to->count[slot->index] += count;
}

void anon_collapse(AnonBench *bench, const AnonLayer *from, int column, int level, AnonLayer *to) {
    const AnonColumn *c = &bench->plan->columns[column];
    const uint32_t *leaves = c->codes, *leaf_map = c->map[0], *map = c->map[level];
    next_round(bench);
    to->size = 0;
    for (size_t e = 0; e < from->size; e++) {
        uint32_t leaf = leaves[from->row[e]];
        uint64_t code = c->code[level][map[leaf]].key;
        uint64_t key = from->keys[e] - c->code[0][leaf_map[leaf]].key + code;
        add_entry(bench, to, key, from->fixed[e] + code, from->row[e], from->count[e],
                  from->secret != NULL ? from->secret[e] : 0);
    }
}

static uint64_t key_of(const AnonPlan *plan, const uint8_t *levels, uint32_t row) {
    uint64_t key = 0;
    for (int c = 0; c < plan->count; c++) {
        const AnonColumn *column = &plan->columns[c];
        key += column->code[levels[c]][column->map[levels[c]][column->codes[row]]].key;
    }
    return key;
}

void anon_collapse_all(AnonBench *bench, const uint8_t *levels) {
    next_round(bench);
    bench->all.size = 0;
    for (size_t e = 0; e < bench->rows.size; e++) {
        uint32_t row = bench->rows.row[e];
        add_entry(bench, &bench->all, key_of(bench->plan, levels, row), 0, row,
                  bench->rows.count[e], bench->rows.secret != NULL ? bench->rows.secret[e] : 0);
    }
}

uint64_t anon_least_below(AnonBench *bench, const AnonLayer *entries, uint64_t k) {
    uint64_t below = 0;
    next_round(bench);
    for (size_t e = 0; e < entries->size; e++) {
        AnonSlot *slot = slot_of(bench, entries->fixed[e]);
        if (slot->round != bench->round) {
            *slot = (AnonSlot){entries->fixed[e], 0, bench->round};
        }
        uint64_t before = slot->index, after = before + entries->count[e];
        slot->index = (uint32_t)after;
        below += after < k ? entries->count[e] : 0;
        below -= after >= k && before < k ? before : 0;
    }
    return below;
}

/* ---- a new bench ---- */

static int collect_rows(AnonBench *bench) {
    const AnonPlan *plan = bench->plan;
    static const uint8_t bottom[ANON_MOST_COLUMNS] = {0};
    int rc = anon_layer_new(bench, (size_t)plan->rows + 1, &bench->rows);
    if (rc != SITO_OK) {
        return rc;
    }
    next_round(bench);
    for (uint32_t row = 0; row < plan->rows; row++) {
        add_entry(bench, &bench->rows, key_of(plan, bottom, row), 0, row, 1,
                  plan->secret.codes != NULL ? plan->secret.codes[row] : 0);
    }
    return SITO_OK;
}

static int prepare_secret(AnonBench *bench) {
    uint32_t values = bench->plan->secret.values;
    bench->secret_rows = sito_malloc(((size_t)values + 1) * sizeof *bench->secret_rows);
    bench->secret_key = sito_malloc(((size_t)values + 1) * sizeof *bench->secret_key);
    if (bench->secret_rows == NULL || bench->secret_key == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t s = 0; s < values; s++) {
        uint32_t name[2] = {UINT32_MAX, s};
        bench->secret_key[s] = sito_hash128(name, sizeof name).low;
    }
    return SITO_OK;
}

int anon_bench_new(const AnonPlan *plan, AnonBench *bench) {
    size_t rows = (size_t)plan->rows + 1;
    *bench = (AnonBench){.plan = plan, .bits = 8};
    while ((size_t)1 << bench->bits < 2 * rows) {
        bench->bits++;
    }
    bench->slots = sito_malloc(sizeof *bench->slots << bench->bits);
    bench->size = sito_malloc(rows * sizeof *bench->size);
    bench->class_row = sito_malloc(rows * sizeof *bench->class_row);
    bench->class_of = sito_malloc(rows * sizeof *bench->class_of);
    bench->distinct = sito_malloc(rows * sizeof *bench->distinct);
    bench->missing = sito_malloc(rows * sizeof *bench->missing);
    bench->largest = sito_malloc(rows * sizeof *bench->largest);
    bench->distance = sito_malloc(rows * sizeof *bench->distance);
    bench->failed = sito_malloc(rows);
    if (bench->slots == NULL || bench->size == NULL || bench->class_row == NULL ||
        bench->class_of == NULL || bench->distinct == NULL || bench->missing == NULL ||
        bench->largest == NULL || bench->distance == NULL || bench->failed == NULL) {
        return SITO_NOMEM;
    }
    memset(bench->slots, 0, sizeof *bench->slots << bench->bits);
    for (int c = 0; c < plan->count; c++) {
        bench->weights += plan->columns[c].weight;
    }
    for (int c = 0; c < plan->count; c++) {
        double leaves = plan->columns[c].leaves, n = plan->rows;
        bench->factor[c] = leaves > 1 && bench->weights > 0
                               ? plan->columns[c].weight / bench->weights / (n - n / leaves)
                               : 0;
    }
    int rc = plan->secret.codes != NULL ? prepare_secret(bench) : SITO_OK;
    rc = rc == SITO_OK ? collect_rows(bench) : rc;
    return rc == SITO_OK ? anon_layer_new(bench, bench->rows.size + 1, &bench->all) : rc;
}

/* ---- utility ---- */

double anon_least_loss(const AnonBench *bench, const uint8_t *levels) {
    double loss = 0;
    for (int c = 0; c < bench->plan->count; c++) {
        const AnonColumn *column = &bench->plan->columns[c];
        loss += bench->factor[c] *
                (column->loss[levels[c]] - (double)bench->plan->rows / column->leaves);
    }
    return loss > 0 ? loss : 0; /* not what rounding makes of nothing lost */
}

/* Bits lost, and all the bits that there are. */
static double bits_of(const AnonBench *bench, const uint8_t *levels, double *most) {
    double bits = 0;
    *most = 0;
    for (int c = 0; c < bench->plan->count; c++) {
        const AnonColumn *column = &bench->plan->columns[c];
        bits += column->weight * column->entropy[levels[c]];
        *most += column->weight * column->entropy[anon_hierarchy_height(column->hierarchy)];
    }
    return bits;
}

double anon_least_entropy(const AnonBench *bench, const uint8_t *levels) {
    double most, bits = bits_of(bench, levels, &most);
    return most > 0 ? bits / most : 0;
}

static const AnonCode *code_of(const AnonBench *bench, const uint8_t *levels, size_t class, int c) {
    const AnonColumn *column = &bench->plan->columns[c];
    return &column->code[levels[c]][column->map[levels[c]][column->codes[bench->class_row[class]]]];
}

double anon_class_loss(const AnonBench *bench, const uint8_t *levels, size_t class) {
    double sum = 0;
    for (int c = 0; c < bench->plan->count; c++) {
        sum += bench->factor[c] * (1 - code_of(bench, levels, class, c)->share);
    }
    return sum * bench->size[class];
}

static void measure(const AnonBench *bench, const uint8_t *levels, AnonNode *node) {
    double n = bench->plan->rows, most, bits = bits_of(bench, levels, &most);
    *node = (AnonNode){.smallest = UINT32_MAX, .loss = anon_least_loss(bench, levels)};
    memcpy(node->levels, levels, sizeof node->levels);
    for (size_t class = 0; class < bench->classes; class ++) {
        uint32_t size = bench->size[class];
        if (bench->failed[class]) {
            node->suppressed += size;
            node->loss += anon_class_loss(bench, levels, class);
            for (int c = 0; c < bench->plan->count; c++) {
                bits += bench->plan->columns[c].weight * size *
                        code_of(bench, levels, class, c)->rarity;
            }
        } else {
            node->classes++;
            node->smallest = size < node->smallest ? size : node->smallest;
            node->discernibility += (double)size * size;
        }
    }
    node->smallest = node->classes > 0 ? node->smallest : 0;
    node->discernibility += n * node->suppressed;
    node->entropy = most > 0 ? bits / most : 0;
    node->average = n / (node->classes + (node->suppressed > 0));
}

/* ---- the target ---- */

/* Without a sensitive column each entry is a class. */
static void take_classes(AnonBench *bench, const AnonLayer *entries) {
    if (entries->secret == NULL) {
        bench->classes = entries->size;
        memcpy(bench->size, entries->count, entries->size * sizeof *bench->size);
        memcpy(bench->class_row, entries->row, entries->size * sizeof *bench->class_row);
        return;
    }
    next_round(bench);
    bench->classes = 0;
    for (size_t e = 0; e < entries->size; e++) {
        AnonSlot *slot = slot_of(bench, entries->keys[e]);
        if (slot->round != bench->round) {
            *slot = (AnonSlot){entries->keys[e], (uint32_t)bench->classes, bench->round};
            bench->size[bench->classes] = 0;
            bench->class_row[bench->classes++] = entries->row[e];
        }
        bench->class_of[e] = slot->index;
        bench->size[slot->index] += entries->count[e];
    }
}

/* Distinct values of each class, and the share of the commonest, read coarsely as the risk engine does:
** spellings of one value are one, no value is none; alpha is the larger of the share of the commonest
** value among those there are and the share of those that are missing. */
static void count_values(AnonBench *bench, const AnonLayer *entries) {
    const AnonSecret *secret = &bench->plan->secret;
    memset(bench->distinct, 0, bench->classes * sizeof *bench->distinct);
    memset(bench->missing, 0, bench->classes * sizeof *bench->missing);
    memset(bench->largest, 0, bench->classes * sizeof *bench->largest);
    next_round(bench);
    for (size_t e = 0; e < entries->size; e++) {
        uint32_t folded = secret->folded[entries->secret[e]], class = bench->class_of[e];
        if (folded == UINT32_MAX) {
            bench->missing[class] += entries->count[e];
            continue;
        }
        uint64_t key = entries->keys[e] + bench->secret_key[folded];
        AnonSlot *slot = slot_of(bench, key);
        if (slot->round != bench->round) {
            *slot = (AnonSlot){key, 0, bench->round};
            bench->distinct[class]++;
        }
        slot->index += entries->count[e];
        if (slot->index > bench->largest[class]) {
            bench->largest[class] = slot->index;
        }
    }
}

static bool too_alike(const AnonBench *bench, size_t class) {
    double size = bench->size[class], missing = bench->missing[class];
    double alpha = size > missing ? bench->largest[class] / (size - missing) : 0;
    double limit = bench->plan->target.alpha;
    return bench->distinct[class] < bench->plan->target.l ||
           (limit > 0 && (alpha > limit || missing / size > limit));
}

/* Fails the classes in which one value says too much, measured on the rows that stay; true where one
** was added. `distance` of a class gathers sum(|q - p| - p) over its values. */
static bool fail_by_share(AnonBench *bench, const AnonLayer *entries, double kept) {
    const AnonTarget *target = &bench->plan->target;
    bool added = false;
    memset(bench->distance, 0, bench->classes * sizeof *bench->distance);
    for (size_t e = 0; e < entries->size; e++) {
        uint32_t class = bench->class_of[e];
        if (bench->failed[class] == 1) {
            continue;
        }
        double q = (double)entries->count[e] / bench->size[class];
        double p = (double)bench->secret_rows[entries->secret[e]] / kept;
        bench->distance[class] += fabs(q - p) - p;
        if ((target->beta > 0 && (q - p) / p > target->beta) ||
            (target->delta > 0 && fabs(log(q / p)) > target->delta)) {
            bench->failed[class] = 2; /* now, to be taken out below */
        }
    }
    for (size_t class = 0; class < bench->classes; class ++) {
        bool far = target->t > 0 && bench->failed[class] == 0 &&
                   (1 + bench->distance[class]) / 2 > target->t;
        if (far || bench->failed[class] == 2) {
            bench->failed[class] = 2;
            added = true;
        }
    }
    return added;
}

/* Takes the rows of the classes that failed just now out of the counts; returns how many stay. */
static double take_out(AnonBench *bench, const AnonLayer *entries, double kept) {
    for (size_t e = 0; e < entries->size; e++) {
        if (bench->failed[bench->class_of[e]] == 2) {
            bench->secret_rows[entries->secret[e]] -= entries->count[e];
            kept -= entries->count[e];
        }
    }
    for (size_t class = 0; class < bench->classes; class ++) {
        bench->failed[class] = bench->failed[class] != 0;
    }
    return kept;
}

static void fail_classes(AnonBench *bench, const AnonLayer *entries) {
    const AnonTarget *target = &bench->plan->target;
    take_classes(bench, entries);
    for (size_t class = 0; class < bench->classes; class ++) {
        bench->failed[class] = bench->size[class] < target->k ? 2 : 0;
    }
    if (entries->secret == NULL) {
        for (size_t class = 0; class < bench->classes; class ++) {
            bench->failed[class] = bench->failed[class] != 0;
        }
        return;
    }
    count_values(bench, entries);
    memset(bench->secret_rows, 0, bench->plan->secret.values * sizeof *bench->secret_rows);
    for (size_t e = 0; e < entries->size; e++) {
        bench->secret_rows[entries->secret[e]] += entries->count[e];
    }
    for (size_t class = 0; class < bench->classes; class ++) {
        bench->failed[class] = bench->failed[class] != 0 || too_alike(bench, class) ? 2 : 0;
    }
    double kept = take_out(bench, entries, bench->plan->rows);
    while (kept > 0 && fail_by_share(bench, entries, kept)) {
        kept = take_out(bench, entries, kept);
    }
}

bool anon_judge(AnonBench *bench, const AnonLayer *entries, const uint8_t *levels, AnonNode *node) {
    fail_classes(bench, entries);
    uint64_t suppressed = 0,
             most = (uint64_t)(bench->plan->target.suppressed * bench->plan->rows + 1e-6);
    for (size_t class = 0; class < bench->classes; class ++) {
        suppressed += bench->failed[class] ? bench->size[class] : 0;
    }
    if (suppressed > most || suppressed == bench->plan->rows) {
        return false;
    }
    measure(bench, levels, node);
    return true;
}

void anon_kept_rows(AnonBench *bench, const uint8_t *levels, unsigned char *kept) {
    next_round(bench);
    for (size_t class = 0; class < bench->classes; class ++) {
        uint64_t key = key_of(bench->plan, levels, bench->class_row[class]);
        *slot_of(bench, key) = (AnonSlot){key, (uint32_t) class, bench->round};
    }
    for (uint32_t row = 0; row < bench->plan->rows; row++) {
        kept[row] = !bench->failed[slot_of(bench, key_of(bench->plan, levels, row))->index];
    }
}
