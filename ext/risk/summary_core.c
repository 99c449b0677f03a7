/*
** Class sizes, their histogram and summary (summary.h), and the partition they come from (measure.h).
*/
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const uint32_t risk_bounds[RISK_BOUNDS] = {2, 3, 5, 10, 20};

/* Distinct units of each class: a unit counts in a class when it was not the last to stand there. */
static int count_units(RiskPartition *partition, size_t unit_missing) {
    size_t classes = partition->classes.count, units = partition->units.count;
    partition->sizes = sito_malloc((classes + 1) * sizeof *partition->sizes);
    uint32_t *last = sito_malloc((units + 1) * sizeof *last); /* class + 1 where it was seen last */
    if (partition->sizes == NULL || last == NULL) {
        sito_free(last);
        return SITO_NOMEM;
    }
    memset(last, 0, (units + 1) * sizeof *last);
    uint32_t nobody = unit_missing == SIZE_MAX ? UINT32_MAX : partition->units.ids[unit_missing];
    for (uint32_t g = 0; g < classes; g++) {
        uint32_t size = 0;
        for (uint32_t i = partition->start[g]; i < partition->start[g + 1]; i++) {
            uint32_t unit = partition->units.ids[partition->ordered[i]];
            size += unit != nobody && last[unit] != g + 1;
            last[unit] = g + 1;
        }
        partition->sizes[g] = size > 0 ? size : 1;
    }
    sito_free(last);
    return SITO_OK;
}

int risk_partition(const RiskLog *classes, const RiskLog *units, size_t unit_missing,
                   RiskWanted wanted, const SitoWatch *watch, RiskPartition *partition) {
    *partition = (RiskPartition){
        .rows = classes->rows, .counts_units = units != NULL, .unit_count = classes->rows};
    bool ids = wanted == RISK_IDS || units != NULL;
    int rc = ids || wanted == RISK_SIZES ? risk_group(classes, ids, watch, &partition->classes)
                                         : risk_group_rows(classes, watch, &partition->classes,
                                                           &partition->start, &partition->ordered);
    if (rc == SITO_OK && ids) {
        rc = risk_group_order(&partition->classes, classes->rows, &partition->start,
                              &partition->ordered);
    }
    if (rc != SITO_OK || units == NULL) {
        partition->sizes = units == NULL ? partition->classes.sizes : NULL;
        return rc;
    }
    rc = risk_group(units, true, watch, &partition->units);
    partition->unit_count = partition->units.count - (unit_missing != SIZE_MAX);
    return rc == SITO_OK ? count_units(partition, unit_missing) : rc;
}

int risk_partition_whole(size_t rows, bool rows_wanted, RiskPartition *partition) {
    RiskGroups *classes = &partition->classes;
    *partition = (RiskPartition){.rows = rows, .unit_count = rows};
    if (rows > RISK_MAX_ROWS) {
        return SITO_TOOBIG;
    }
    classes->sizes = sito_malloc(sizeof *classes->sizes);
    if (classes->sizes == NULL) {
        return SITO_NOMEM;
    }
    classes->count = 1;
    classes->sizes[0] = (uint32_t)rows;
    partition->sizes = classes->sizes;
    if (!rows_wanted) {
        return SITO_OK;
    }
    classes->ids = sito_malloc(rows * sizeof *classes->ids);
    if (classes->ids == NULL) {
        return SITO_NOMEM;
    }
    memset(classes->ids, 0, rows * sizeof *classes->ids);
    return risk_group_order(classes, rows, &partition->start, &partition->ordered);
}

void risk_partition_free(RiskPartition *partition) {
    if (partition->counts_units) {
        sito_free(partition->sizes);
    }
    risk_groups_free(&partition->classes);
    risk_groups_free(&partition->units);
    sito_free(partition->start);
    sito_free(partition->ordered);
    *partition = (RiskPartition){0};
}

enum { SMALL = 4096 };

static int compare_sizes(const void *left, const void *right) {
    const RiskSize *a = left, *b = right;
    return (a->size > b->size) - (a->size < b->size);
}

static int add_size(RiskHistogram *histogram, RiskSize size) {
    void *sizes = histogram->sizes;
    int rc =
        sito_grow(&sizes, &histogram->capacity, histogram->count + 1, sizeof size, RISK_MAX_ROWS);
    histogram->sizes = sizes;
    if (rc == SITO_OK) {
        histogram->sizes[histogram->count++] = size;
    }
    return rc;
}

/* Sorts the sizes and merges equal ones. */
static void merge_sizes(RiskHistogram *histogram) {
    size_t kept = 0;
    if (histogram->count == 0) {
        return;
    }
    qsort(histogram->sizes, histogram->count, sizeof *histogram->sizes, compare_sizes);
    for (size_t i = 1; i < histogram->count; i++) {
        RiskSize *last = &histogram->sizes[kept], *next = &histogram->sizes[i];
        if (last->size == next->size) {
            last->classes += next->classes;
            last->rows += next->rows;
        } else {
            histogram->sizes[++kept] = *next;
        }
    }
    histogram->count = kept + 1;
}

/* Small sizes are counted in a table; classes of SMALL or more are few, and sorted. */
int risk_histogram_make(const RiskPartition *partition, RiskHistogram *histogram) {
    int rc = SITO_OK;
    *histogram = (RiskHistogram){0};
    RiskSize *small = sito_malloc(SMALL * sizeof *small);
    if (small == NULL) {
        return SITO_NOMEM;
    }
    memset(small, 0, SMALL * sizeof *small);
    for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
        uint32_t size = partition->sizes[g], rows = partition->classes.sizes[g];
        if (size < SMALL) {
            small[size].classes++;
            small[size].rows += rows;
        } else {
            rc = add_size(histogram, (RiskSize){.size = size, .classes = 1, .rows = rows});
        }
    }
    for (uint32_t size = 0; size < SMALL && rc == SITO_OK; size++) {
        if (small[size].classes > 0) {
            small[size].size = size;
            rc = add_size(histogram, small[size]);
        }
    }
    merge_sizes(histogram);
    sito_free(small);
    return rc;
}

void risk_histogram_free(RiskHistogram *histogram) {
    sito_free(histogram->sizes);
    *histogram = (RiskHistogram){0};
}

void risk_summarise(const RiskPartition *partition, const RiskHistogram *histogram,
                    RiskSummary *summary) {
    double sizes = 0, squares = 0, row_pairs = 0, rows = (double)partition->rows;
    *summary = (RiskSummary){.rows = partition->rows, .classes = partition->classes.count};
    for (size_t i = 0; i < histogram->count; i++) {
        RiskSize bin = histogram->sizes[i];
        double size = bin.size, classes = (double)bin.classes;
        sizes += size * classes;
        squares += size * size * classes;
        summary->uniques += bin.size == 1 ? bin.classes : 0;
        for (int b = 0; b < RISK_BOUNDS; b++) {
            summary->rows_below[b] += bin.size < risk_bounds[b] ? bin.rows : 0;
        }
    }
    for (size_t g = 0; g < partition->classes.count; g++) {
        double n = partition->classes.sizes[g];
        row_pairs += n * (n - 1);
    }
    summary->units = partition->unit_count;
    summary->k = histogram->count > 0 ? histogram->sizes[0].size : 0;
    bool any = histogram->count > 0;
    double classes = (double)summary->classes;
    summary->prosecutor = any ? 1 / (double)summary->k : NAN;
    summary->marketer = any ? classes / sizes : NAN;
    summary->discernibility = any ? squares : NAN;
    summary->average_size = any ? sizes / classes : NAN;
    summary->distinction = any ? classes / rows : NAN;
    summary->separation = rows > 1 ? 1 - row_pairs / (rows * (rows - 1)) : NAN;
}
