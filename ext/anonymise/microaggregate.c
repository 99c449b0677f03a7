/*
** anon_microaggregate(source, fields, k): groups of at least k rows that lie close together, each value
** replaced by the mean of its group.
**
** R1  One column: the grouping with the least squared error, by Hansen and Mukherjee's shortest path
**     (2003); groups of k to 2k - 1 neighbours in the order of the values. Several: MDAV (Domingo-Ferrer and
**     Torra 2005) over standardised columns, at most ANON_MOST_ROWS rows, since its work grows with the
**     square of the rows.
** R2  Every value is a number; NULL and anything else is an error that names the row.
** R3  The means of all rows stay; groups have k to 2k - 1 rows, so that k-anonymity over the replaced
**     columns holds.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/register.h"
#include "functions.h"
#include "release.h"

enum { MOST_ROWS = 100000, MOST_FIELDS = 16 };

typedef struct Micro {
    SitoCall *call;
    SitoColumns fields;
    double *values; /* fields.count of each row */
    int64_t *rowids;
    uint32_t *group, *sizes;
    size_t rows, value_room, rowid_room, k;
    uint32_t groups;
} Micro;

static int take_row(void *data, int count, sqlite3_value **args) {
    Micro *m = data;
    (void)count;
    size_t width = (size_t)m->fields.count;
    int rc = sito_grow((void **)&m->values, &m->value_room, (m->rows + 1) * width,
                       sizeof *m->values, (size_t)1 << 28);
    rc = rc == SITO_OK ? sito_grow((void **)&m->rowids, &m->rowid_room, m->rows + 1,
                                   sizeof *m->rowids, (size_t)1 << 28)
                       : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    m->rowids[m->rows] = sqlite3_value_type(args[0]) == SQLITE_INTEGER
                             ? sqlite3_value_int64(args[0])
                             : (int64_t)m->rows + 1;
    for (size_t c = 0; c < width; c++) {
        SitoText text;
        AnonDecimal number;
        int type = sqlite3_value_type(args[c + 1]);
        double *value = &m->values[m->rows * width + c];
        if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
            *value = sqlite3_value_double(args[c + 1]);
        } else if (sito_value_text(args[c + 1], &text) != SITO_OK) {
            return SITO_NOMEM;
        } else if (text.data != NULL && anon_decimal_read(text, &number)) {
            *value = (double)number.digits / pow(10, number.scale);
        } else {
            return sito_error(&m->call->error, SITO_ERROR,
                              "column \"%w\", row %lld: the value is no number, or could be two",
                              m->fields.names[c], (long long)m->rows + 1);
        }
    }
    m->rows++;
    return SITO_OK;
}

/* ---- one column: Hansen and Mukherjee ---- */

typedef struct Sorted {
    double value;
    uint32_t row;
} Sorted;

static int compare_sorted(const void *left, const void *right) {
    const Sorted *a = left, *b = right;
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* cost[i]: the least squared error of the first i values; from[i]: where their last group begins. */
static void shortest_path(const Sorted *sorted, size_t n, size_t k, double *cost, uint32_t *from) {
    cost[0] = 0;
    for (size_t i = 1; i <= n; i++) {
        double sum = 0, mean = 0, error = 0;
        cost[i] = INFINITY;
        for (size_t size = 1; size < 2 * k && size <= i; size++) {
            double value = sorted[i - size].value, step = value - mean;
            sum += value;
            mean = sum / (double)size;
            error += step * (value - mean);
            if (size >= k && cost[i - size] + error < cost[i]) {
                cost[i] = cost[i - size] + error;
                from[i] = (uint32_t)(i - size);
            }
        }
    }
}

static int group_line(Micro *m) {
    size_t n = m->rows;
    Sorted *sorted = sito_malloc((n + 1) * sizeof *sorted);
    double *cost = sito_malloc((n + 1) * sizeof *cost);
    uint32_t *from = sito_malloc((n + 1) * sizeof *from);
    int rc = sorted == NULL || cost == NULL || from == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        for (uint32_t row = 0; row < n; row++) {
            sorted[row] = (Sorted){m->values[row], row};
        }
        qsort(sorted, n, sizeof *sorted, compare_sorted);
        shortest_path(sorted, n, m->k, cost, from);
        for (size_t end = n; end > 0; end = from[end]) {
            for (size_t i = from[end]; i < end; i++) {
                m->group[sorted[i].row] = m->groups;
            }
            m->sizes[m->groups++] = (uint32_t)(end - from[end]);
        }
    }
    sito_free(sorted);
    sito_free(cost);
    sito_free(from);
    return rc;
}

/* ---- several columns: MDAV ---- */

static void standardise(const Micro *m, double *points) {
    size_t width = (size_t)m->fields.count;
    for (size_t c = 0; c < width; c++) {
        double mean = 0, square = 0;
        for (size_t row = 0; row < m->rows; row++) {
            double step = m->values[row * width + c] - mean;
            mean += step / (double)(row + 1);
            square += step * (m->values[row * width + c] - mean);
        }
        double deviation = sqrt(square / (double)m->rows);
        for (size_t row = 0; row < m->rows; row++) {
            points[row * width + c] =
                deviation > 0 ? (m->values[row * width + c] - mean) / deviation : 0;
        }
    }
}

static double distance(const double *a, const double *b, size_t width) {
    double sum = 0;
    for (size_t c = 0; c < width; c++) {
        sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
}

/* Distances of the rows that are left to a point; returns the number of the furthest. */
static size_t measure_all(const double *points, const uint32_t *left, size_t count, size_t width,
                          const double *point, Sorted *found) {
    size_t furthest = 0;
    for (size_t i = 0; i < count; i++) {
        found[i] = (Sorted){distance(points + left[i] * width, point, width), left[i]};
        furthest = found[i].value > found[furthest].value ? i : furthest;
    }
    return furthest;
}

/* Makes a group of the k rows next to a point, and takes them out of those that are left. */
static size_t take_group(Micro *m, const double *points, uint32_t *left, size_t count,
                         const double *point, Sorted *found, size_t k) {
    size_t width = (size_t)m->fields.count, kept = 0;
    (void)measure_all(points, left, count, width, point, found);
    qsort(found, count, sizeof *found, compare_sorted);
    for (size_t i = 0; i < k; i++) {
        m->group[found[i].row] = m->groups;
    }
    m->sizes[m->groups] = (uint32_t)k;
    for (size_t i = 0; i < count; i++) {
        if (m->group[left[i]] != m->groups) {
            left[kept++] = left[i];
        }
    }
    m->groups++;
    return kept;
}

static void centre(const double *points, const uint32_t *left, size_t count, size_t width,
                   double *point) {
    memset(point, 0, width * sizeof *point);
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < width; c++) {
            point[c] += points[left[i] * width + c] / (double)count;
        }
    }
}

static int mdav(Micro *m, double *points, uint32_t *left, Sorted *found) {
    size_t count = m->rows, width = (size_t)m->fields.count;
    double point[MOST_FIELDS], other[MOST_FIELDS];
    int rc = SITO_OK;
    while (count >= 2 * m->k && rc == SITO_OK) {
        centre(points, left, count, width, point);
        uint32_t far = left[measure_all(points, left, count, width, point, found)];
        memcpy(point, points + far * width, width * sizeof *point);
        uint32_t opposite = left[measure_all(points, left, count, width, point, found)];
        memcpy(other, points + opposite * width, width * sizeof *other);
        bool two = count >= 3 * m->k;
        count = take_group(m, points, left, count, point, found, m->k);
        if (two) {
            count = take_group(m, points, left, count, other, found, m->k);
        }
        rc = sito_watch_ask(&m->call->watch);
    }
    if (count > 0 && rc == SITO_OK) {
        centre(points, left, count, width, point);
        (void)take_group(m, points, left, count, point, found, count);
    }
    return rc;
}

static int group_space(Micro *m) {
    if (m->rows > MOST_ROWS) {
        return sito_error(&m->call->error, SITO_ERROR,
                          "more than %d rows with several columns; group them in parts, or one "
                          "column at a time",
                          MOST_ROWS);
    }
    double *points = sito_malloc((m->rows + 1) * (size_t)m->fields.count * sizeof *points);
    uint32_t *left = sito_malloc((m->rows + 1) * sizeof *left);
    Sorted *found = sito_malloc((m->rows + 1) * sizeof *found);
    int rc = points == NULL || left == NULL || found == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        standardise(m, points);
        for (uint32_t row = 0; row < m->rows; row++) {
            left[row] = row;
            m->group[row] = UINT32_MAX;
        }
        rc = mdav(m, points, left, found);
    }
    sito_free(points);
    sito_free(left);
    sito_free(found);
    return rc;
}

/* ---- a call ---- */

static int answer(Micro *m) {
    size_t width = (size_t)m->fields.count;
    double *means = sito_malloc((m->groups + 1) * width * sizeof *means);
    int rc = means == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memset(means, 0, (m->groups + 1) * width * sizeof *means);
        for (size_t row = 0; row < m->rows; row++) {
            for (size_t c = 0; c < width; c++) {
                means[m->group[row] * width + c] +=
                    m->values[row * width + c] / m->sizes[m->group[row]];
            }
        }
    }
    for (size_t row = 0; row < m->rows && rc == SITO_OK; row++) {
        SitoBuffer json = {0};
        rc = sito_buffer_print(&json, "[");
        for (size_t c = 0; c < width && rc == SITO_OK; c++) {
            rc = sito_buffer_print(&json, "%s%!.15g", c > 0 ? "," : "",
                                   means[m->group[row] * width + c]);
        }
        rc = rc == SITO_OK ? sito_buffer_print(&json, "]") : rc;
        SitoText text = {json.data, json.size};
        rc = rc == SITO_OK ? sito_answer_row(&m->call->answer, "iiit", m->rowids[row],
                                             (int64_t)m->group[row] + 1,
                                             (int64_t)m->sizes[m->group[row]], &text)
                           : rc;
        sito_buffer_free(&json);
    }
    sito_free(means);
    return rc;
}

static int read_all(Micro *m, int64_t *k) {
    SitoText table;
    const SitoColumns *lists[] = {&m->fields};
    SitoSink sink = {.row = take_row, .data = m};
    int rc = sito_call_text(m->call, 0, &table);
    rc = rc == SITO_OK ? sito_call_columns(m->call, 1, table, &m->fields) : rc;
    rc = rc == SITO_OK ? sito_call_integer(m->call, 2, "k", 2, 1 << 20, 0, k) : rc;
    if (rc == SITO_OK && m->fields.count > MOST_FIELDS) {
        rc = sito_error(&m->call->error, SITO_ERROR, "more than %d columns", MOST_FIELDS);
    }
    rc = rc == SITO_OK ? sito_table_read(m->call, table, lists, 1, true, &sink) : rc;
    if (rc == SITO_OK && m->rows < (size_t)*k) {
        rc = sito_error(&m->call->error, SITO_ERROR, "the table has fewer rows than k");
    }
    return rc;
}

int anon_microaggregate_run(SitoCall *call) {
    Micro m = {.call = call};
    int64_t k = 0;
    int rc = read_all(&m, &k);
    if (rc == SITO_OK) {
        m.k = (size_t)k;
        m.group = sito_malloc((m.rows + 1) * sizeof *m.group);
        m.sizes = sito_malloc((m.rows + 1) * sizeof *m.sizes);
        rc = m.group == NULL || m.sizes == NULL ? SITO_NOMEM
             : m.fields.count == 1              ? group_line(&m)
                                                : group_space(&m);
    }
    rc = rc == SITO_OK ? answer(&m) : rc;
    sito_free(m.values);
    sito_free(m.rowids);
    sito_free(m.group);
    sito_free(m.sizes);
    sito_columns_free(&m.fields);
    return rc;
}
