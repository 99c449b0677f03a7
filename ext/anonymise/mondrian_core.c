/*
** Mondrian (mondrian.h). The columns are kept in the order of the parts, so that every pass over a part
** reads memory straight on.
*/
#include "mondrian.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "polish/polish.h"

typedef struct Part {
    uint32_t from, to;
    uint8_t level[ANON_MOST_COLUMNS]; /* of the node of a column that is cut along its hierarchy */
    uint32_t low[ANON_MOST_COLUMNS], high[ANON_MOST_COLUMNS]; /* ranks of a column of numbers */
} Part;

typedef struct Mondrian {
    const AnonPlan *plan;
    AnonMondrian *result;
    const SitoWatch *watch;
    uint32_t *column[ANON_MOST_COLUMNS]; /* ranks or leaves, in the order of the parts */
    uint32_t *row, *secret;              /* row: that of the result */
    uint32_t *counts;                    /* room for a histogram of ranks or codes */
    uint32_t *tally, *folded;            /* of each sensitive code; of each folded one */
    uint64_t *total;                     /* rows of the table with each sensitive code */
    uint32_t *moved;                     /* room for a part */
    Part *stack;
    size_t depth, room;
} Mondrian;

void anon_mondrian_free(AnonMondrian *result) {
    for (int c = 0; c < ANON_MOST_COLUMNS; c++) {
        sito_free(result->orders[c].rank);
        sito_free(result->orders[c].leaf);
        sito_free(result->orders[c].value);
    }
    sito_free(result->row);
    sito_free(result->spans);
    sito_free(result->extents);
    *result = (AnonMondrian){.classes = 0};
}

/* ---- the order of numbers ---- */

typedef struct Ranked {
    double value;
    uint32_t leaf;
} Ranked;

static int compare_ranked(const void *left, const void *right) {
    const Ranked *a = left, *b = right;
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return a->leaf < b->leaf ? -1 : a->leaf > b->leaf;
}

/* The values of the leaves, NULL and nothing as -infinity; false where one is no number. */
static bool read_values(const AnonDictionary *leaves, Ranked *ranked) {
    for (uint32_t leaf = 0; leaf < leaves->count; leaf++) {
        SitoText text = anon_dictionary_text(leaves, leaf);
        AnonDecimal number;
        ranked[leaf] = (Ranked){-INFINITY, leaf};
        if (text.size == 0) {
            continue;
        }
        if (!anon_decimal_read(text, &number)) {
            return false;
        }
        ranked[leaf].value = (double)number.digits / pow(10, number.scale);
    }
    return true;
}

static int make_order(const AnonColumn *column, const AnonDictionary *leaves, AnonOrder *order) {
    size_t count = leaves->count;
    if (!anon_hierarchy_is_ordered(column->hierarchy)) {
        return SITO_OK;
    }
    Ranked *ranked = sito_malloc((count + 1) * sizeof *ranked);
    order->rank = sito_malloc((count + 1) * sizeof *order->rank);
    order->leaf = sito_malloc((count + 1) * sizeof *order->leaf);
    order->value = sito_malloc((count + 1) * sizeof *order->value);
    if (ranked == NULL || order->rank == NULL || order->leaf == NULL || order->value == NULL) {
        sito_free(ranked);
        return SITO_NOMEM;
    }
    order->number = read_values(leaves, ranked);
    if (order->number) {
        qsort(ranked, count, sizeof *ranked, compare_ranked);
        for (uint32_t r = 0; r < count; r++) {
            order->rank[ranked[r].leaf] = r;
            order->leaf[r] = ranked[r].leaf;
            order->value[r] = ranked[r].value;
            order->null += isinf(ranked[r].value) ? 1 : 0;
        }
    }
    sito_free(ranked);
    return SITO_OK;
}

/* ---- the target ---- */

/* Whether rows [from, to) meet the target. */
static bool meets(Mondrian *m, uint32_t from, uint32_t to) {
    const AnonPlan *plan = m->plan;
    const AnonTarget *target = &plan->target;
    double size = to - from, distance = 1;
    uint32_t distinct = 0, largest = 0, missing = 0;
    bool ok = to - from >= target->k;
    if (!ok || m->secret == NULL) {
        return ok;
    }
    for (uint32_t i = from; i < to; i++) {
        uint32_t code = m->secret[i], folded = plan->secret.folded[code];
        m->tally[code]++;
        if (folded == UINT32_MAX) {
            missing++;
        } else {
            distinct += m->folded[folded]++ == 0;
            largest = m->folded[folded] > largest ? m->folded[folded] : largest;
        }
    }
    for (uint32_t i = from; i < to; i++) {
        uint32_t code = m->secret[i], folded = plan->secret.folded[code];
        if (m->tally[code] > 0) {
            double q = m->tally[code] / size, p = (double)m->total[code] / plan->rows;
            distance += fabs(q - p) - p;
            ok = ok && (target->beta <= 0 || (q - p) / p <= target->beta) &&
                 (target->delta <= 0 || fabs(log(q / p)) <= target->delta);
            m->tally[code] = 0;
        }
        if (folded != UINT32_MAX) {
            m->folded[folded] = 0;
        }
    }
    double alpha = size > missing ? largest / (size - missing) : 0;
    return ok && distinct >= target->l && (target->t <= 0 || distance / 2 <= target->t) &&
           (target->alpha <= 0 || (alpha <= target->alpha && missing / size <= target->alpha));
}

/* ---- cutting ---- */

static void swap(uint32_t *array, uint32_t i, uint32_t j) {
    uint32_t kept = array[i];
    array[i] = array[j];
    array[j] = kept;
}

static void swap_rows(Mondrian *m, uint32_t i, uint32_t j) {
    for (int c = 0; c < m->plan->count; c++) {
        swap(m->column[c], i, j);
    }
    swap(m->row, i, j);
    if (m->secret != NULL) {
        swap(m->secret, i, j);
    }
}

/* Rows with a rank up to `last` come first; returns where the others begin. */
static uint32_t split(Mondrian *m, const Part *part, int c, uint32_t last) {
    const uint32_t *ranks = m->column[c];
    uint32_t i = part->from, j = part->to;
    while (i < j) {
        if (ranks[i] <= last) {
            i++;
        } else if (ranks[--j] <= last) {
            swap_rows(m, i++, j);
        }
    }
    return i;
}

static int push(Mondrian *m, Part part, uint32_t from, uint32_t to) {
    int rc = sito_grow((void **)&m->stack, &m->room, m->depth + 1, sizeof *m->stack, UINT32_MAX);
    if (rc == SITO_OK) {
        part.from = from;
        part.to = to;
        m->stack[m->depth++] = part;
    }
    return rc;
}

/* The ranks that the part has. They lie within those of the part that it was cut from, so the look ends
** where both of them were seen. */
static void narrow(const Mondrian *m, Part *part, int c) {
    const uint32_t *ranks = m->column[c];
    uint32_t least = ranks[part->from], most = least;
    for (uint32_t i = part->from + 1; i < part->to; i++) {
        uint32_t rank = ranks[i];
        if (rank < least || rank > most) {
            least = rank < least ? rank : least;
            most = rank > most ? rank : most;
            if (least == part->low[c] && most == part->high[c]) {
                break;
            }
        }
    }
    part->low[c] = least;
    part->high[c] = most;
}

/* The last ranks of the lower part for the two cuts next to the median; equal where there is one. */
static void medians(Mondrian *m, const Part *part, int c, uint32_t low, uint32_t high,
                    uint32_t cuts[2]) {
    uint32_t size = part->to - part->from, below = 0, rank = low;
    memset(m->counts, 0, ((size_t)(high - low) + 1) * sizeof *m->counts);
    for (uint32_t i = part->from; i < part->to; i++) {
        m->counts[m->column[c][i] - low]++;
    }
    for (; rank < high && below + m->counts[rank - low] < size / 2; rank++) {
        below += m->counts[rank - low];
    }
    uint32_t through = below + m->counts[rank - low];
    bool lower_first = rank > low && (rank == high || size / 2 - below < through - size / 2);
    uint32_t before = rank > low ? rank - 1 : rank, after = rank < high ? rank : high - 1;
    while (before > low && m->counts[before - low] == 0) {
        before--; /* the cut behind `before` and behind `rank - 1` is the same */
    }
    cuts[0] = lower_first ? before : after;
    cuts[1] = lower_first ? after : before;
}

static int cut_numbers(Mondrian *m, const Part *part, int c, bool *done) {
    const AnonOrder *order = &m->result->orders[c];
    uint32_t low = part->low[c], high = part->high[c], cuts[2];
    *done = false;
    if (low == high) {
        return SITO_OK;
    }
    if (low < order->null) {
        cuts[0] = cuts[1] = order->null - 1;
        if (high < order->null) {
            return SITO_OK;
        }
    } else {
        medians(m, part, c, low, high, cuts);
    }
    for (int i = 0; i < 2 && !*done; i++) {
        if (i == 1 && cuts[1] == cuts[0]) {
            break;
        }
        uint32_t middle = split(m, part, c, cuts[i]);
        *done = meets(m, part->from, middle) && meets(m, middle, part->to);
        if (*done) {
            int rc = push(m, *part, part->from, middle);
            return rc == SITO_OK ? push(m, *part, middle, part->to) : rc;
        }
    }
    return SITO_OK;
}

/* Sorts the rows of a part by their codes at a level (a counting sort through m->moved). */
static void sort_by_code(Mondrian *m, const Part *part, int c, int level, uint32_t codes) {
    const uint32_t *map = m->plan->columns[c].map[level];
    uint32_t size = part->to - part->from, at = 0;
    uint32_t *place = m->moved, *other = m->moved + m->plan->rows;
    for (uint32_t code = 0; code < codes; code++) {
        uint32_t here = m->counts[code];
        m->counts[code] = at;
        at += here;
    }
    for (uint32_t i = 0; i < size; i++) {
        place[i] = m->counts[map[m->column[c][part->from + i]]]++;
    }
    for (int k = -2; k < m->plan->count; k++) {
        uint32_t *array = k == -2 ? m->row : k == -1 ? m->secret : m->column[k];
        for (uint32_t i = 0; array != NULL && i < size; i++) {
            other[place[i]] = array[part->from + i];
        }
        if (array != NULL) {
            memcpy(array + part->from, other, size * sizeof *array);
        }
    }
}

static uint32_t codes_at(const AnonColumn *column, int level) {
    uint32_t most = 0;
    for (uint32_t leaf = 0; leaf < column->leaves; leaf++) {
        most = column->map[level][leaf] > most ? column->map[level][leaf] : most;
    }
    return most + 1;
}

/* Cuts into the children of the node; a node with one child is gone down without a cut. */
static int cut_tree(Mondrian *m, Part *part, int c, bool *done) {
    const AnonColumn *column = &m->plan->columns[c];
    *done = false;
    for (int level = part->level[c] - 1; level >= column->least; level--) {
        const uint32_t *map = column->map[level];
        uint32_t codes = codes_at(column, level), children = 0;
        memset(m->counts, 0, (size_t)codes * sizeof *m->counts);
        for (uint32_t i = part->from; i < part->to; i++) {
            children += m->counts[map[m->column[c][i]]]++ == 0;
        }
        if (children == 1) {
            part->level[c] = (uint8_t)level;
            continue;
        }
        for (uint32_t code = 0; code < codes; code++) {
            if (m->counts[code] > 0 && m->counts[code] < m->plan->target.k) {
                return SITO_OK;
            }
        }
        sort_by_code(m, part, c, level, codes);
        Part child = *part;
        child.level[c] = (uint8_t)level;
        size_t depth = m->depth;
        for (uint32_t from = part->from, to; from < part->to; from = to) {
            uint32_t code = map[m->column[c][from]];
            for (to = from + 1; to < part->to && map[m->column[c][to]] == code;) {
                to++;
            }
            int rc = meets(m, from, to) ? push(m, child, from, to) : SITO_ERROR;
            if (rc != SITO_OK) {
                m->depth = depth;
                return rc == SITO_ERROR ? SITO_OK : rc;
            }
        }
        *done = true;
        return SITO_OK;
    }
    return SITO_OK;
}

/* How wide a part is in a column, against the whole table: 0..1. */
static double width(const Mondrian *m, const Part *part, int c) {
    const AnonOrder *order = &m->result->orders[c];
    const AnonColumn *column = &m->plan->columns[c];
    if (!order->number) {
        uint32_t code = column->map[part->level[c]][m->column[c][part->from]];
        return column->leaves > 1 ? column->code[part->level[c]][code].share : 0;
    }
    uint32_t low = part->low[c], high = part->high[c], last = column->leaves - 1;
    if (low < order->null) {
        return high >= order->null ? 2 : 0; /* R2 */
    }
    double all = order->value[last] - order->value[order->null];
    return all > 0 ? (order->value[high] - order->value[low]) / all : 0;
}

/* ---- parts become classes ---- */

static int add_class(Mondrian *m, const Part *part) {
    AnonMondrian *result = m->result;
    size_t count = (size_t)m->plan->count;
    int rc = sito_grow((void **)&result->spans, &result->room, result->classes + 1,
                       sizeof *result->spans, UINT32_MAX);
    rc = rc == SITO_OK
             ? sito_grow((void **)&result->extents, &result->extent_room,
                         (result->classes + 1) * count, sizeof *result->extents, SIZE_MAX / 64)
             : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    for (int c = 0; c < m->plan->count; c++) {
        bool number = result->orders[c].number;
        result->extents[result->classes * count + (size_t)c] = (AnonExtent){
            .low = number ? part->low[c] : m->column[c][part->from], /* or a leaf under the node */
            .high = number ? part->high[c] : 0,
            .level = part->level[c],
        };
    }
    result->spans[result->classes++] = (AnonSpan){part->from, part->to};
    return SITO_OK;
}

static int cut(Mondrian *m, Part part) {
    int order[ANON_MOST_COLUMNS];
    double widths[ANON_MOST_COLUMNS];
    for (int c = 0; c < m->plan->count; c++) {
        int at = c;
        if (m->result->orders[c].number) {
            narrow(m, &part, c);
        }
        double w = width(m, &part, c);
        for (; at > 0 && widths[at - 1] < w; at--) {
            widths[at] = widths[at - 1];
            order[at] = order[at - 1];
        }
        widths[at] = w;
        order[at] = c;
    }
    bool done = false, divisible = (int64_t)(part.to - part.from) >= 2 * m->plan->target.k;
    int rc = SITO_OK;
    for (int i = 0; i < m->plan->count && divisible && !done && rc == SITO_OK; i++) {
        int c = order[i];
        rc = m->result->orders[c].number ? cut_numbers(m, &part, c, &done)
                                         : cut_tree(m, &part, c, &done);
    }
    return rc == SITO_OK && !done ? add_class(m, &part) : rc;
}

/* ---- a run ---- */

/* Numbers for `count` rows. */
static uint32_t *new_numbers(size_t count) {
    uint32_t *numbers = sito_malloc(count * sizeof *numbers);
    sito_want_large_pages(numbers, count * sizeof *numbers);
    return numbers;
}

static int prepare(Mondrian *m, const AnonDictionary *leaves) {
    const AnonPlan *plan = m->plan;
    size_t rows = (size_t)plan->rows + 1, widest = 1, values = (size_t)plan->secret.values + 1;
    int rc = SITO_OK;
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        const AnonColumn *column = &plan->columns[c];
        widest = column->leaves > widest ? column->leaves : widest;
        m->column[c] = new_numbers(rows);
        rc = m->column[c] == NULL ? SITO_NOMEM
                                  : make_order(column, &leaves[c], &m->result->orders[c]);
        for (uint32_t row = 0; row < plan->rows && rc == SITO_OK; row++) {
            m->column[c][row] = m->result->orders[c].number
                                    ? m->result->orders[c].rank[column->codes[row]]
                                    : column->codes[row];
        }
    }
    if (rc != SITO_OK) {
        return rc;
    }
    m->row = m->result->row = new_numbers(rows);
    m->moved = new_numbers(2 * rows);
    m->counts = sito_malloc((widest + 1) * sizeof(uint32_t));
    m->tally = sito_malloc(values * sizeof(uint32_t));
    m->folded = sito_malloc(values * sizeof(uint32_t));
    m->total = sito_malloc(values * sizeof(uint64_t));
    m->secret = plan->secret.codes != NULL ? new_numbers(rows) : NULL;
    if (m->row == NULL || m->moved == NULL || m->counts == NULL || m->tally == NULL ||
        m->folded == NULL || m->total == NULL ||
        (plan->secret.codes != NULL && m->secret == NULL)) {
        return SITO_NOMEM;
    }
    memset(m->tally, 0, values * sizeof *m->tally);
    memset(m->folded, 0, values * sizeof *m->folded);
    memset(m->total, 0, values * sizeof *m->total);
    for (uint32_t row = 0; row < plan->rows; row++) {
        m->row[row] = row;
        if (m->secret != NULL) {
            m->secret[row] = plan->secret.codes[row];
            m->total[m->secret[row]]++;
        }
    }
    return SITO_OK;
}

int anon_mondrian(const AnonPlan *plan, const AnonDictionary *leaves, const SitoWatch *watch,
                  AnonMondrian *result, bool *meets_target) {
    Mondrian m = {.plan = plan, .result = result, .watch = watch};
    Part all = {.from = 0, .to = plan->rows};
    *result = (AnonMondrian){.classes = 0};
    int rc = prepare(&m, leaves);
    for (int c = 0; c < plan->count; c++) {
        all.level[c] = (uint8_t)plan->columns[c].most;
        all.high[c] = plan->columns[c].leaves - 1;
    }
    *meets_target = rc == SITO_OK && meets(&m, 0, plan->rows);
    rc = rc == SITO_OK && *meets_target ? push(&m, all, 0, plan->rows) : rc;
    for (uint64_t steps = 0; rc == SITO_OK && m.depth > 0; steps++) {
        rc = (steps & 1023) == 0 ? sito_watch_ask(watch) : SITO_OK;
        rc = rc == SITO_OK ? cut(&m, m.stack[--m.depth]) : rc;
    }
    for (int c = 0; c < plan->count; c++) {
        sito_free(m.column[c]);
    }
    sito_free(m.secret);
    sito_free(m.counts);
    sito_free(m.tally);
    sito_free(m.folded);
    sito_free(m.total);
    sito_free(m.moved);
    sito_free(m.stack);
    return rc;
}

/* ---- labels ---- */

static int add_text(SitoBuffer *out, SitoText text) {
    return sito_buffer_add(out, text.data, text.size);
}

int anon_mondrian_label(const AnonPlan *plan, const AnonDictionary *leaves,
                        const AnonMondrian *result, size_t class, int column, SitoBuffer *out,
                        bool *is_null) {
    const AnonExtent *extent = &result->extents[class * (size_t)plan->count + (size_t)column];
    const AnonOrder *order = &result->orders[column];
    const char *reason;
    *is_null = false;
    if (!order->number) {
        SitoText leaf = anon_dictionary_text(&leaves[column], extent->low);
        return anon_hierarchy_level(plan->columns[column].hierarchy, leaf, extent->level, out,
                                    is_null, &reason);
    }
    if (extent->low < order->null && extent->high >= order->null) {
        return sito_buffer_add(out, "*", 1);
    }
    SitoText low = anon_dictionary_text(&leaves[column], order->leaf[extent->low]);
    SitoText high = anon_dictionary_text(&leaves[column], order->leaf[extent->high]);
    *is_null = low.data == NULL && extent->low == extent->high;
    if (order->value[extent->low] == order->value[extent->high]) {
        return add_text(out, low);
    }
    bool words = order->value[extent->low] < 0;
    int rc = words ? sito_buffer_print(out, "od ") : SITO_OK;
    rc = rc == SITO_OK ? add_text(out, low) : rc;
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s", words ? " do " : "–") : rc;
    return rc == SITO_OK ? add_text(out, high) : rc;
}
