/*
** Ordered values and the earth mover's distance over them (order.h).
*/
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Ranked {
    RiskCell cell;
    double number; /* of a text that reads as one */
    uint32_t code;
} Ranked;

/* The power of ten behind "e": up to three digits with a sign, to the end of the text. */
static bool read_exponent(SitoText text, size_t i, double *power) {
    int exponent = 0;
    bool minus = i < text.size && text.data[i] == '-';
    i += i < text.size && (text.data[i] == '-' || text.data[i] == '+');
    bool well_formed = i < text.size && text.size - i <= 3;
    for (; i < text.size && well_formed; i++) {
        well_formed = text.data[i] >= '0' && text.data[i] <= '9';
        exponent = exponent * 10 + (text.data[i] - '0');
    }
    *power = well_formed ? pow(10, minus ? -exponent : exponent) : 1;
    return well_formed;
}

bool risk_text_number(SitoText text, double *number) {
    const double most_scale = 1e18; /* further decimals change nothing */
    size_t i = 0;
    bool minus = false, digits = false, point = false;
    double value = 0, scale = 1, power = 1;
    if (i < text.size && (text.data[i] == '-' || text.data[i] == '+')) {
        minus = text.data[i++] == '-';
    }
    for (; i < text.size; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9') {
            digits = true;
            if (scale < most_scale) {
                value = value * 10 + (c - '0');
                scale = point ? scale * 10 : scale;
            }
        } else if ((c == '.' || c == ',') && !point) {
            point = true;
        } else if ((c == 'e' || c == 'E') && digits) {
            if (!read_exponent(text, i + 1, &power)) {
                return false;
            }
            break;
        } else if (c != ' ' || !digits || point || text.data[i - 1] == ' ') {
            return false;
        }
    }
    *number = (minus ? -value : value) / scale * power;
    return digits && text.data[text.size - 1] != ' ';
}

static int class_of_type(RiskType type) {
    return type == RISK_REAL ? RISK_INTEGER : (int)type;
}

static int compare_double(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_numbers(const RiskCell *a, const RiskCell *b) {
    if (a->type != RISK_REAL && b->type != RISK_REAL) {
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    /* At most one is an integer; a REAL here is no integer or lies beyond 64 bits, so that the
    ** rounding of the integer never makes unequal values equal in the wrong order. */
    double x = a->type == RISK_REAL ? a->real : (double)a->integer;
    double y = b->type == RISK_REAL ? b->real : (double)b->integer;
    return compare_double(x, y);
}

static int compare_bytes(SitoText a, SitoText b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int compare(const void *left, const void *right) {
    const Ranked *a = left, *b = right;
    int order = class_of_type(a->cell.type) - class_of_type(b->cell.type);
    if (order == 0 && a->cell.type == RISK_TEXT) {
        order = compare_double(a->number, b->number);
    }
    if (order == 0 && class_of_type(a->cell.type) <= RISK_INTEGER) {
        order = compare_numbers(&a->cell, &b->cell);
    }
    if (order == 0) {
        order = compare_bytes(a->cell.text, b->cell.text);
    }
    return order != 0 ? order : (a->code > b->code) - (a->code < b->code);
}

int risk_ranks(const RiskColumn *column, const uint32_t *coarse, uint32_t **ranks) {
    Ranked *sorted = sito_malloc((column->count + 1) * sizeof *sorted);
    *ranks = sito_malloc((column->count + 1) * sizeof **ranks);
    if (sorted == NULL || *ranks == NULL) {
        sito_free(sorted);
        return SITO_NOMEM;
    }
    bool numbers = true;
    for (uint32_t code = 0; code < column->count; code++) {
        sorted[code] = (Ranked){.cell = risk_column_cell(column, code), .code = code};
        if (coarse != NULL && coarse[code] == RISK_NO_VALUE) {
            sorted[code].cell.integer = sorted[code].cell.type != RISK_NULL; /* NULL goes first */
            sorted[code].cell.type = RISK_NULL;
        }
        numbers = numbers && (sorted[code].cell.type != RISK_TEXT ||
                              risk_text_number(sorted[code].cell.text, &sorted[code].number));
    }
    for (size_t i = 0; i < column->count && !numbers; i++) {
        sorted[i].number = 0;
    }
    qsort(sorted, column->count, sizeof *sorted, compare);
    for (uint32_t i = 0; i < column->count; i++) {
        (*ranks)[sorted[i].code] = i;
    }
    sito_free(sorted);
    return SITO_OK;
}

int risk_order_make(const uint32_t *frequencies, size_t count, double total, RiskOrder *order) {
    *order = (RiskOrder){.count = count};
    order->cumulated = sito_malloc((count + 1) * sizeof(double));
    order->cumulated_sum = sito_malloc((count + 1) * sizeof(double));
    if (order->cumulated == NULL || order->cumulated_sum == NULL) {
        return SITO_NOMEM;
    }
    uint64_t sum = 0;
    order->cumulated_sum[0] = 0;
    for (size_t i = 0; i < count; i++) {
        sum += frequencies[i];
        order->cumulated[i] = (double)sum / total;
        order->cumulated_sum[i + 1] = order->cumulated_sum[i] + order->cumulated[i];
    }
    return SITO_OK;
}

void risk_order_free(RiskOrder *order) {
    sito_free(order->cumulated);
    sito_free(order->cumulated_sum);
    *order = (RiskOrder){0};
}

/* The sum of |q - cumulated[i]| over from <= i < to. */
static double gap(const RiskOrder *order, size_t from, size_t to, double q) {
    size_t low = from, high = to; /* the first rank whose cumulated p is at least q */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order->cumulated[middle] < q) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const double *sum = order->cumulated_sum;
    return q * (double)(low - from) - (sum[low] - sum[from]) + (sum[to] - sum[low]) -
           q * (double)(to - low);
}

double risk_order_distance(const RiskOrder *order, const uint32_t *ranks,
                           const uint32_t *frequencies, size_t count, double size) {
    if (order->count < 2) {
        return 0;
    }
    double distance = 0;
    size_t from = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        distance += gap(order, from, ranks[i], (double)seen / size);
        seen += frequencies[ranks[i]];
        from = ranks[i];
    }
    distance += gap(order, from, order->count, 1);
    return distance / (double)(order->count - 1);
}
