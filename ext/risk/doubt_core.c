/*
** Splits classes by one more column (doubt.h).
*/
#include "doubt.h"

#include <string.h>

/* One hash for each row that tells both its class and its value; equal only where both are. */
static int write_log(const RiskPartition *partition, const uint64_t *codes, RiskLog *log) {
    log->hashes = sito_malloc((partition->rows + 1) * sizeof *log->hashes);
    if (log->hashes == NULL) {
        return SITO_NOMEM;
    }
    log->rows = log->capacity = partition->rows;
    for (size_t row = 0; row < partition->rows; row++) {
        uint64_t class = partition->classes.ids[row];
        log->hashes[row] =
            (SitoHash128){.low = codes[row] * 0x9E3779B97F4A7C15u ^ class * 0xC2B2AE3D27D4EB4Fu,
                          .high = codes[row]};
    }
    return SITO_OK;
}

/* The sizes of the parts in units, as summary_core.c counts those of classes. */
static int count_units(const RiskPartition *partition, const RiskGroups *parts, uint32_t nobody,
                       uint32_t *sizes) {
    uint32_t *start = NULL, *ordered = NULL;
    uint32_t *last = sito_malloc((partition->units.count + 1) * sizeof *last);
    int rc = last == NULL ? SITO_NOMEM : risk_group_order(parts, partition->rows, &start, &ordered);
    if (rc == SITO_OK) {
        memset(last, 0, (partition->units.count + 1) * sizeof *last);
    }
    for (uint32_t part = 0; rc == SITO_OK && part < parts->count; part++) {
        uint32_t size = 0;
        for (uint32_t i = start[part]; i < start[part + 1]; i++) {
            uint32_t unit = partition->units.ids[ordered[i]];
            size += unit != nobody && last[unit] != part + 1;
            last[unit] = part + 1;
        }
        sizes[part] = size > 0 ? size : 1;
    }
    sito_free(last);
    sito_free(start);
    sito_free(ordered);
    return rc;
}

static void judge(const RiskPartition *partition, const RiskGroups *parts, uint32_t *sizes,
                  uint32_t k, RiskDoubt *doubt) {
    for (size_t part = 0; part < parts->count; part++) {
        doubt->k = doubt->k == 0 || sizes[part] < doubt->k ? sizes[part] : doubt->k;
    }
    for (size_t row = 0; row < partition->rows; row++) {
        uint32_t part = parts->ids[row], size = sizes[part] & INT32_MAX;
        if (partition->sizes[partition->classes.ids[row]] < k || size >= k) {
            continue;
        }
        doubt->rows++;
        doubt->uniques += size == 1 && sizes[part] <= INT32_MAX;
        sizes[part] |= (uint32_t)INT32_MAX + 1; /* counted */
        doubt->marks[row / 64] |= (uint64_t)1 << row % 64;
    }
}

int risk_doubt(const RiskPartition *partition, const uint64_t *codes, uint32_t nobody, uint32_t k,
               const SitoWatch *watch, RiskDoubt *doubt) {
    RiskLog log = {0};
    RiskGroups parts = {0};
    uint32_t *sizes = NULL;
    size_t words = partition->rows / 64 + 1;
    *doubt = (RiskDoubt){.marks = sito_malloc(words * sizeof *doubt->marks)};
    int rc = doubt->marks == NULL ? SITO_NOMEM : write_log(partition, codes, &log);
    if (rc == SITO_OK) {
        memset(doubt->marks, 0, words * sizeof *doubt->marks);
        rc = risk_group(&log, true, watch, &parts);
    }
    risk_log_free(&log);
    if (rc == SITO_OK && partition->counts_units) {
        sizes = sito_malloc((parts.count + 1) * sizeof *sizes);
        rc = sizes == NULL ? SITO_NOMEM : count_units(partition, &parts, nobody, sizes);
    }
    if (rc == SITO_OK) {
        judge(partition, &parts, sizes != NULL ? sizes : parts.sizes, k, doubt);
    } else {
        sito_free(doubt->marks);
        doubt->marks = NULL;
    }
    sito_free(sizes);
    risk_groups_free(&parts);
    return rc;
}
