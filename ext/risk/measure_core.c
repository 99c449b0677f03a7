/*
** The measures of a sensitive column (measure.h). Each class is a slice of codes; counting touches
** only the values that the slice holds, so the work is O(rows) for all classes together.
*/
#include "measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"

enum { ASK_EVERY = 1 << 14, LOGS = 1024 };

/* Frequencies of values within one class. frequency[] is all zero between two classes. */
typedef struct Tally {
    uint32_t *frequency; /* of each value */
    uint32_t *values;    /* those that occur */
    size_t count;
    uint64_t size; /* sum of the frequencies */
} Tally;

/* One reading of the column: the value of each code (its rank, where the order matters), and how
** often each value occurs in the table. */
typedef struct Reading {
    uint32_t *value_of; /* of each code; RISK_NO_VALUE: none */
    size_t count;       /* values */
    uint32_t *totals;   /* of each value, in rows or in pairs of unit and value */
    uint64_t total;     /* their sum */
    RiskOrder order;
    Tally tally; /* of the class at hand */
} Reading;

/* What is known of classes that hold one value only: every measure of them depends on that value
** alone, so the second such class needs no look. Most classes of a table at risk are of this kind. */
typedef enum Alone { UNSEEN, SEEN, SEEN_VIOLATING } Alone;

typedef struct Measurer {
    unsigned what;
    size_t l;
    Reading fine, coarse;
    bool same_values;                       /* coarse values are fine values under other names */
    bool same_order;                        /* … and stand in the same order */
    uint64_t missing;                       /* of the class at hand: items without a value */
    uint8_t *alone;                         /* of each code: an Alone */
    uint32_t *counts;                       /* scratch: the frequencies of a class */
    double logarithm[LOGS], weighted[LOGS]; /* ln n, n ln n */
    double most, least;                     /* of q / p */
    RiskSensitive *result;
} Measurer;

static inline void tally_add(Tally *tally, uint32_t value) {
    if (tally->frequency[value]++ == 0) {
        tally->values[tally->count++] = value;
    }
    tally->size++;
}

static inline void tally_clear(Tally *tally) {
    for (size_t i = 0; i < tally->count; i++) {
        tally->frequency[tally->values[i]] = 0;
    }
    tally->count = 0;
    tally->size = 0;
}

/* ---- one class ---- */

static double logarithm(const Measurer *m, uint64_t n) {
    return n < LOGS ? m->logarithm[n] : log((double)n);
}

static double weighted(const Measurer *m, uint64_t n) {
    return n < LOGS ? m->weighted[n] : (double)n * log((double)n);
}

/* t = sum over q > p of (q - p): the positive part alone, which equals half of the sum of |q - p|,
** so that values absent from the class need no visit. */
static void measure_fine(Measurer *m) {
    const Tally *tally = &m->fine.tally;
    double distance = 0;
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t value = tally->values[i];
        double here = (double)tally->frequency[value], size = (double)tally->size;
        double there = (double)m->fine.totals[value], total = (double)m->fine.total;
        double ratio = (here * total) / (there * size);
        if (ratio > 1) {
            distance += here / size - there / total;
        }
        m->most = ratio > m->most ? ratio : m->most;
        m->least = ratio < m->least ? ratio : m->least;
        if ((m->what & RISK_BETA_ENHANCED) != 0 && ratio > 1 && ratio - 1 > log(total / there)) {
            m->result->enhanced_violations++;
        }
    }
    if (distance > m->result->t_equal) {
        m->result->t_equal = distance;
    }
    if (tally->count < m->fine.count) {
        m->result->delta_strict = INFINITY;
    }
}

static int descending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

static int ascending(const void *left, const void *right) {
    return descending(right, left);
}

static void measure_recursive(Measurer *m, const Tally *tally) {
    for (int with_missing = 0; with_missing <= (m->missing > 0); with_missing++) {
        size_t count = tally->count;
        for (size_t i = 0; i < count; i++) {
            m->counts[i] = tally->frequency[tally->values[i]];
        }
        if (with_missing) {
            m->counts[count++] = (uint32_t)m->missing;
        }
        if (count > 1) {
            qsort(m->counts, count, sizeof *m->counts, descending);
        }
        uint64_t rest = 0;
        for (size_t i = m->l - 1; i < count; i++) {
            rest += m->counts[i];
        }
        double c = rest > 0 ? (double)m->counts[0] / (double)rest : INFINITY;
        m->result->l_recursive = c > m->result->l_recursive ? c : m->result->l_recursive;
    }
}

static void measure_coarse(Measurer *m, const Tally *tally) {
    RiskSensitive *result = m->result;
    uint64_t size = tally->size, all = size + m->missing, largest = 0;
    double sum = 0;
    for (size_t i = 0; i < tally->count; i++) {
        uint64_t n = tally->frequency[tally->values[i]];
        largest = n > largest ? n : largest;
        sum += weighted(m, n);
    }
    double entropy = size > 0 ? logarithm(m, size) - sum / (double)size : 0;
    double alpha = size > 0 ? (double)largest / (double)size : 0;
    if (m->missing > 0) {
        double other = logarithm(m, all) - (sum + weighted(m, m->missing)) / (double)all;
        entropy = other < entropy ? other : entropy;
        double share = (double)m->missing / (double)all;
        alpha = share > alpha ? share : alpha;
    }
    /* One value alone has entropy 0, not what rounding makes of it. */
    double l = size == 0 ? 0 : tally->count == 1 || entropy < 0 ? 1 : exp(entropy);
    result->l_entropy = l < result->l_entropy ? l : result->l_entropy;
    result->alpha = alpha > result->alpha ? alpha : result->alpha;
    if ((double)tally->count < result->l_distinct) {
        result->l_distinct = (double)tally->count;
    }
    if ((m->what & RISK_L_RECURSIVE) != 0) {
        measure_recursive(m, tally);
    }
}

static void measure_ordered(Measurer *m, Reading *reading) {
    Tally *tally = &reading->tally;
    if (tally->size == 0) {
        return;
    }
    if (tally->count > 1) {
        qsort(tally->values, tally->count, sizeof *tally->values, ascending);
    }
    double t = risk_order_distance(&reading->order, tally->values, tally->frequency, tally->count,
                                   (double)tally->size);
    m->result->t_ordered = t > m->result->t_ordered ? t : m->result->t_ordered;
}

static void measure_values(Measurer *m, const uint32_t *codes, size_t count) {
    bool fold = (m->what & RISK_COARSE) != 0 && !m->same_values;
    bool order = (m->what & RISK_T_ORDERED) != 0;
    Reading *coarse = fold || (order && !m->same_order) ? &m->coarse : NULL;
    m->missing = 0;
    for (size_t i = 0; i < count; i++) {
        tally_add(&m->fine.tally, m->fine.value_of[codes[i]]);
        if (coarse != NULL) {
            uint32_t value = coarse->value_of[codes[i]];
            if (value == RISK_NO_VALUE) {
                m->missing++;
            } else {
                tally_add(&coarse->tally, value);
            }
        }
    }
    if ((m->what & RISK_FINE) != 0) {
        measure_fine(m);
    }
    if ((m->what & RISK_COARSE) != 0) {
        measure_coarse(m, coarse != NULL ? &coarse->tally : &m->fine.tally);
    }
    if (order) {
        measure_ordered(m, &m->fine);
        if (coarse != NULL) {
            measure_ordered(m, coarse);
        }
    }
    tally_clear(&m->fine.tally);
    if (coarse != NULL) {
        tally_clear(&coarse->tally);
    }
}

static void measure_class(Measurer *m, const uint32_t *codes, size_t count) {
    uint32_t differing = 0;
    for (size_t i = 1; i < count; i++) {
        differing |= codes[i] ^ codes[0];
    }
    if (differing != 0) {
        measure_values(m, codes, count);
        return;
    }
    uint8_t *alone = &m->alone[codes[0]];
    double violations = m->result->enhanced_violations;
    if (*alone == UNSEEN) {
        measure_values(m, codes, count);
        *alone = m->result->enhanced_violations > violations ? SEEN_VIOLATING : SEEN;
    } else {
        m->result->enhanced_violations += *alone == SEEN_VIOLATING;
    }
}

/* ---- slices ---- */

static int compare_pairs(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* The codes of a class: of its rows, or of its distinct pairs of unit and code. */
static size_t gather(const RiskPartition *partition, const RiskColumn *column, size_t class,
                     uint64_t *pairs, uint32_t *codes) {
    size_t count = 0;
    uint32_t from = partition->start[class], to = partition->start[class + 1];
    if (!partition->counts_units) {
        for (uint32_t i = from; i < to; i++) {
            codes[count++] = column->codes[partition->ordered[i]];
        }
        return count;
    }
    for (uint32_t i = from; i < to; i++) {
        uint32_t row = partition->ordered[i];
        pairs[i - from] = (uint64_t)partition->units.ids[row] << 32 | column->codes[row];
    }
    qsort(pairs, to - from, sizeof *pairs, compare_pairs);
    for (uint32_t i = 0; i < to - from; i++) {
        if (i == 0 || pairs[i] != pairs[i - 1]) {
            codes[count++] = (uint32_t)pairs[i];
        }
    }
    return count;
}

/* How often each code occurs in the table: in rows, or in distinct pairs of unit and code. */
static int count_codes(const RiskPartition *partition, const RiskColumn *column,
                       uint32_t *frequency) {
    memset(frequency, 0, (column->count + 1) * sizeof *frequency);
    if (!partition->counts_units) {
        for (size_t i = 0; i < column->rows; i++) {
            frequency[column->codes[i]]++;
        }
        return SITO_OK;
    }
    uint32_t *start = NULL, *ordered = NULL;
    uint32_t *last =
        sito_malloc((column->count + 1) * sizeof *last); /* unit + 1 that had it last */
    int rc = last == NULL ? SITO_NOMEM
                          : risk_group_order(&partition->units, column->rows, &start, &ordered);
    if (rc == SITO_OK) {
        memset(last, 0, (column->count + 1) * sizeof *last);
        for (size_t i = 0; i < column->rows; i++) {
            uint32_t code = column->codes[ordered[i]];
            uint32_t unit = partition->units.ids[ordered[i]] + 1;
            frequency[code] += last[code] != unit;
            last[code] = unit;
        }
    }
    sito_free(last);
    sito_free(start);
    sito_free(ordered);
    return rc;
}

/* ---- setting up ---- */

static int count_values(Reading *reading, const uint32_t *frequency, size_t codes) {
    size_t room = (reading->count + 1) * sizeof(uint32_t);
    reading->totals = sito_malloc(room);
    reading->tally.frequency = sito_malloc(room);
    reading->tally.values = sito_malloc(room);
    if (reading->totals == NULL || reading->tally.frequency == NULL ||
        reading->tally.values == NULL) {
        return SITO_NOMEM;
    }
    memset(reading->totals, 0, room);
    memset(reading->tally.frequency, 0, room);
    for (size_t code = 0; code < codes; code++) {
        if (reading->value_of[code] != RISK_NO_VALUE) {
            reading->totals[reading->value_of[code]] += frequency[code];
            reading->total += frequency[code];
        }
    }
    return SITO_OK;
}

/* Values are named by their ranks where the order matters, by their codes elsewhere. */
static int name_values(Measurer *m, const RiskColumn *column, const RiskCoarse *coarse) {
    m->fine.count = column->count;
    m->coarse.count = coarse->values.count;
    m->fine.value_of = sito_malloc((column->count + 1) * sizeof(uint32_t));
    m->coarse.value_of = sito_malloc((column->count + 1) * sizeof(uint32_t));
    if (m->fine.value_of == NULL || m->coarse.value_of == NULL) {
        return SITO_NOMEM;
    }
    uint32_t *ranks = NULL, *coarse_ranks = NULL;
    int rc = SITO_OK;
    if ((m->what & RISK_T_ORDERED) != 0) {
        rc = risk_ranks(column, coarse->codes, &ranks);
        rc = rc == SITO_OK ? risk_ranks(&coarse->values, NULL, &coarse_ranks) : rc;
    }
    m->same_values = m->same_order = coarse->same;
    for (uint32_t code = 0; code < column->count && rc == SITO_OK; code++) {
        uint32_t folded = coarse->codes[code];
        m->fine.value_of[code] = ranks != NULL ? ranks[code] : code;
        m->coarse.value_of[code] =
            coarse_ranks != NULL && folded != RISK_NO_VALUE ? coarse_ranks[folded] : folded;
        m->same_order = m->same_order && m->fine.value_of[code] == m->coarse.value_of[code];
    }
    sito_free(ranks);
    sito_free(coarse_ranks);
    return rc;
}

static int make_reading(Measurer *m, Reading *reading, const uint32_t *frequency, size_t codes) {
    int rc = count_values(reading, frequency, codes);
    if (rc == SITO_OK && (m->what & RISK_T_ORDERED) != 0 && reading->total > 0) {
        rc = risk_order_make(reading->totals, reading->count, (double)reading->total,
                             &reading->order);
    }
    return rc;
}

static void free_reading(Reading *reading) {
    sito_free(reading->value_of);
    sito_free(reading->totals);
    sito_free(reading->tally.frequency);
    sito_free(reading->tally.values);
    risk_order_free(&reading->order);
}

static int set_up(Measurer *m, const RiskPartition *partition, const RiskColumn *column) {
    RiskCoarse coarse = {0};
    uint32_t *frequency = sito_malloc((column->count + 1) * sizeof *frequency);
    m->counts = sito_malloc((column->count + 2) * sizeof *m->counts);
    m->alone = sito_malloc(column->count + 1);
    int rc = frequency && m->counts && m->alone ? SITO_OK : SITO_NOMEM;
    if (m->alone != NULL) {
        memset(m->alone, UNSEEN, column->count + 1);
    }
    rc = rc == SITO_OK ? risk_coarse(column, &coarse) : rc;
    rc = rc == SITO_OK ? count_codes(partition, column, frequency) : rc;
    rc = rc == SITO_OK ? name_values(m, column, &coarse) : rc;
    rc = rc == SITO_OK ? make_reading(m, &m->fine, frequency, column->count) : rc;
    rc = rc == SITO_OK ? make_reading(m, &m->coarse, frequency, column->count) : rc;
    for (int n = 1; n < LOGS; n++) {
        m->logarithm[n] = log(n);
        m->weighted[n] = n * log(n);
    }
    sito_free(frequency);
    risk_coarse_free(&coarse);
    return rc;
}

static int measure_classes(Measurer *m, const RiskPartition *partition, const RiskColumn *column,
                           const SitoWatch *watch) {
    size_t largest = 0;
    for (size_t g = 0; g < partition->classes.count; g++) {
        size_t size = partition->classes.sizes[g];
        largest = size > largest ? size : largest;
    }
    uint32_t *codes = sito_malloc((largest + 1) * sizeof *codes);
    uint64_t *pairs = partition->counts_units ? sito_malloc((largest + 1) * sizeof *pairs) : NULL;
    int rc = codes == NULL || (partition->counts_units && pairs == NULL) ? SITO_NOMEM : SITO_OK;
    for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
        measure_class(m, codes, gather(partition, column, g, pairs, codes));
        if (g % ASK_EVERY == ASK_EVERY - 1) {
            rc = sito_watch_ask(watch);
        }
    }
    sito_free(codes);
    sito_free(pairs);
    return rc;
}

int risk_sensitive(const RiskPartition *partition, const RiskColumn *column, unsigned what,
                   size_t l, const SitoWatch *watch, RiskSensitive *result) {
    Measurer *m = sito_malloc(sizeof *m);
    if (m == NULL) {
        return SITO_NOMEM;
    }
    *m = (Measurer){.what = what, .l = l, .most = 0, .least = INFINITY, .result = result};
    *result = (RiskSensitive){.l_distinct = INFINITY, .l_entropy = INFINITY};
    int rc = set_up(m, partition, column);
    if (rc == SITO_OK) {
        rc = measure_classes(m, partition, column, watch);
    }
    if (rc == SITO_OK) {
        result->beta = m->most - 1;
        result->beta_enhanced = result->enhanced_violations > 0 ? INFINITY : result->beta;
        result->delta = fmax(log(m->most), -log(m->least));
        result->delta_strict = fmax(result->delta, result->delta_strict);
    }
    free_reading(&m->fine);
    free_reading(&m->coarse);
    sito_free(m->counts);
    sito_free(m->alone);
    sito_free(m);
    return rc;
}
