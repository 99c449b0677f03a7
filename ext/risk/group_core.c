/*
** Partitions a log of row hashes into groups (group.h).
*/
#include "group.h"

#include <string.h>

enum {
    PART_ROWS = 1024, /* rows in a part, on average: a table for them fits into the L1 cache */
    MOST_BITS = 16,
    LEAST_SLOTS = 2048,
    SMALL_LOG = 1 << 16, /* rows; from here to LARGE_LOG a log grows fourfold, for large pages */
    LARGE_LOG = 1 << 20,
    ASK_EVERY = 1 << 16 /* rows between two questions to the watch */
};

int risk_log_grow(RiskLog *log) {
    void *hashes = log->hashes;
    bool leap = log->rows >= SMALL_LOG && log->rows < LARGE_LOG;
    int rc = sito_grow(&hashes, &log->capacity, leap ? log->rows * 4 : log->rows + 1,
                       sizeof *log->hashes, RISK_MAX_ROWS);
    log->hashes = hashes;
    sito_want_large_pages(hashes, log->capacity * sizeof *log->hashes);
    return rc;
}

void risk_log_free(RiskLog *log) {
    sito_free(log->hashes);
    *log = (RiskLog){0};
}

/* The log split into parts: part i is hashes[start[i]] .. hashes[start[i + 1] - 1]; rows[j] is the
** row from which hashes[j] came and groups[j] its group, NULL where nobody asked. */
typedef struct Parts {
    size_t count;
    uint32_t *start;
    SitoHash128 *hashes;
    uint32_t *rows;
    uint32_t *groups;
} Parts;

static void free_parts(Parts *parts) {
    sito_free(parts->start);
    sito_free(parts->hashes);
    sito_free(parts->rows);
    sito_free(parts->groups);
}

static unsigned part_bits(size_t rows) {
    unsigned bits = 1;
    while (bits < MOST_BITS && rows >> bits > PART_ROWS) {
        bits++;
    }
    return bits;
}

static int split(const RiskLog *log, bool with_rows, Parts *parts) {
    unsigned shift = 64 - part_bits(log->rows);
    parts->count = (size_t)1 << (64 - shift);
    parts->start = sito_malloc((parts->count + 2) * sizeof *parts->start);
    parts->hashes = sito_malloc(log->rows * sizeof *parts->hashes);
    parts->rows = with_rows ? sito_malloc(log->rows * sizeof *parts->rows) : NULL;
    if (parts->start == NULL || parts->hashes == NULL || (with_rows && parts->rows == NULL)) {
        return SITO_NOMEM;
    }
    sito_want_large_pages(parts->hashes, log->rows * sizeof *parts->hashes);
    sito_want_large_pages(parts->rows, with_rows ? log->rows * sizeof *parts->rows : 0);
    /* Counted two places further on, so that the filling below leaves start as it is wanted. */
    uint32_t *next = parts->start + 1;
    memset(parts->start, 0, (parts->count + 2) * sizeof *parts->start);
    for (size_t i = 0; i < log->rows; i++) {
        next[(log->hashes[i].low >> shift) + 1]++;
    }
    for (size_t i = 1; i <= parts->count; i++) {
        next[i] += next[i - 1];
    }
    for (size_t i = 0; i < log->rows; i++) {
        uint32_t to = next[log->hashes[i].low >> shift]++;
        parts->hashes[to] = log->hashes[i];
        if (with_rows) {
            parts->rows[to] = (uint32_t)i;
        }
    }
    return SITO_OK;
}

/* Counting within one part. A slot holds a group's number plus 1; 0 is an empty slot. */
typedef struct Counter {
    uint32_t *slots;
    size_t slot_count;
    uint32_t *first; /* of each group of the part: where in parts->hashes it was met first */
    size_t first_capacity, size_capacity;
} Counter;

static void find_slots(Counter *counter, const Parts *parts, size_t count) {
    memset(counter->slots, 0, counter->slot_count * sizeof *counter->slots);
    for (size_t g = 0; g < count; g++) {
        size_t slot = parts->hashes[counter->first[g]].high & (counter->slot_count - 1);
        while (counter->slots[slot] != 0) {
            slot = (slot + 1) & (counter->slot_count - 1);
        }
        counter->slots[slot] = (uint32_t)g + 1;
    }
}

static int widen(Counter *counter, const Parts *parts, size_t count) {
    size_t slot_count = counter->slot_count * 2;
    uint32_t *slots = sito_malloc(slot_count * sizeof *slots);
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    sito_free(counter->slots);
    counter->slots = slots;
    counter->slot_count = slot_count;
    find_slots(counter, parts, count);
    return SITO_OK;
}

static int grow_groups(Counter *counter, size_t in_part, RiskGroups *groups) {
    void *first = counter->first, *sizes = groups->sizes;
    int rc =
        sito_grow(&first, &counter->first_capacity, in_part + 1, sizeof(uint32_t), RISK_MAX_ROWS);
    counter->first = first;
    if (rc == SITO_OK) {
        rc = sito_grow(&sizes, &counter->size_capacity, groups->count + 1, sizeof(uint32_t),
                       RISK_MAX_ROWS);
        groups->sizes = sizes;
    }
    return rc;
}

static inline int add_group(Counter *counter, size_t in_part, RiskGroups *groups, size_t position) {
    if (in_part >= counter->first_capacity || groups->count >= counter->size_capacity) {
        int rc = grow_groups(counter, in_part, groups);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    counter->first[in_part] = (uint32_t)position;
    groups->sizes[groups->count++] = 0;
    return SITO_OK;
}

static int count_part(Counter *counter, const Parts *parts, size_t part, RiskGroups *groups) {
    size_t base = groups->count;
    memset(counter->slots, 0, counter->slot_count * sizeof *counter->slots);
    for (size_t i = parts->start[part]; i < parts->start[part + 1]; i++) {
        SitoHash128 hash = parts->hashes[i];
        size_t slot = hash.high & (counter->slot_count - 1);
        uint32_t group;
        while ((group = counter->slots[slot]) != 0) {
            SitoHash128 other = parts->hashes[counter->first[group - 1]];
            if (other.low == hash.low && other.high == hash.high) {
                break;
            }
            slot = (slot + 1) & (counter->slot_count - 1);
        }
        if (group == 0) {
            int rc = add_group(counter, groups->count - base, groups, i);
            if (rc == SITO_OK) {
                group = counter->slots[slot] = (uint32_t)(groups->count - base);
                if ((groups->count - base) * 2 > counter->slot_count) {
                    rc = widen(counter, parts, groups->count - base);
                }
            }
            if (rc != SITO_OK) {
                return rc;
            }
        }
        groups->sizes[base + group - 1]++;
        if (parts->groups != NULL) {
            parts->groups[i] = (uint32_t)(base + group - 1);
        } else if (parts->rows != NULL) {
            groups->ids[parts->rows[i]] = (uint32_t)(base + group - 1);
        }
    }
    return SITO_OK;
}

/* Numbers the groups by their first rows (R3). */
static int number_by_first_row(RiskGroups *groups, size_t rows) {
    uint32_t *sizes = sito_malloc(groups->count * sizeof *sizes);
    uint32_t *numbers = sito_malloc(groups->count * sizeof *numbers);
    if (sizes == NULL || numbers == NULL) {
        sito_free(sizes);
        sito_free(numbers);
        return SITO_NOMEM;
    }
    memset(numbers, 0xff, groups->count * sizeof *numbers);
    uint32_t next = 0;
    for (size_t i = 0; i < rows; i++) {
        uint32_t *number = &numbers[groups->ids[i]];
        if (*number == UINT32_MAX) {
            sizes[next] = groups->sizes[groups->ids[i]];
            *number = next++;
        }
        groups->ids[i] = *number;
    }
    sito_free(numbers);
    sito_free(groups->sizes);
    groups->sizes = sizes;
    return SITO_OK;
}

static int count_parts(const Parts *parts, size_t rows, const SitoWatch *watch,
                       RiskGroups *groups) {
    Counter counter = {.slot_count = LEAST_SLOTS, .first_capacity = LEAST_SLOTS / 2};
    size_t asked = 0;
    counter.slots = sito_malloc(counter.slot_count * sizeof *counter.slots);
    counter.first = sito_malloc(counter.first_capacity * sizeof *counter.first);
    int rc = counter.slots != NULL && counter.first != NULL ? SITO_OK : SITO_NOMEM;
    for (size_t part = 0; part < parts->count && rc == SITO_OK; part++) {
        rc = count_part(&counter, parts, part, groups);
        if (rc == SITO_OK && parts->start[part + 1] - asked >= ASK_EVERY) {
            asked = parts->start[part + 1];
            rc = sito_watch_ask(watch);
        }
    }
    if (rc == SITO_OK && groups->ids != NULL) {
        rc = number_by_first_row(groups, rows);
    }
    sito_free(counter.slots);
    sito_free(counter.first);
    return rc;
}

int risk_group(const RiskLog *log, bool ids, const SitoWatch *watch, RiskGroups *groups) {
    *groups = (RiskGroups){0};
    if (log->rows == 0) {
        return SITO_OK;
    }
    Parts parts = {0};
    if (ids) {
        groups->ids = sito_malloc(log->rows * sizeof *groups->ids);
        if (groups->ids == NULL) {
            return SITO_NOMEM;
        }
    }
    int rc = split(log, ids, &parts);
    if (rc == SITO_OK) {
        rc = count_parts(&parts, log->rows, watch, groups);
    }
    free_parts(&parts);
    return rc;
}

/* Groups of one part stand together, so that filling stays within the nearest cache. */
static int order_parts(const Parts *parts, const RiskGroups *groups, size_t rows, uint32_t **start,
                       uint32_t **ordered) {
    *start = sito_malloc((groups->count + 2) * sizeof **start);
    *ordered = sito_malloc((rows + 1) * sizeof **ordered);
    if (*start == NULL || *ordered == NULL) {
        return SITO_NOMEM;
    }
    sito_want_large_pages(*ordered, rows * sizeof **ordered);
    uint32_t *next = *start + 1; /* as in split: filling moves every start on by one group */
    (*start)[0] = 0;
    next[0] = 0;
    for (size_t g = 0; g < groups->count; g++) {
        next[g + 1] = next[g] + groups->sizes[g];
    }
    for (size_t i = 0; i < rows; i++) {
        (*ordered)[next[parts->groups[i]]++] = parts->rows[i];
    }
    return SITO_OK;
}

int risk_group_rows(const RiskLog *log, const SitoWatch *watch, RiskGroups *groups,
                    uint32_t **start, uint32_t **ordered) {
    *groups = (RiskGroups){0};
    Parts parts = {.groups = sito_malloc((log->rows + 1) * sizeof *parts.groups)};
    int rc = parts.groups != NULL ? SITO_OK : SITO_NOMEM;
    if (rc == SITO_OK && log->rows > 0) {
        sito_want_large_pages(parts.groups, log->rows * sizeof *parts.groups);
        rc = split(log, true, &parts);
        rc = rc == SITO_OK ? count_parts(&parts, log->rows, watch, groups) : rc;
    }
    rc = rc == SITO_OK ? order_parts(&parts, groups, log->rows, start, ordered) : rc;
    free_parts(&parts);
    return rc;
}

void risk_groups_free(RiskGroups *groups) {
    sito_free(groups->sizes);
    sito_free(groups->ids);
    *groups = (RiskGroups){0};
}

int risk_group_order(const RiskGroups *groups, size_t rows, uint32_t **start, uint32_t **ordered) {
    size_t count = groups->count;
    *start = sito_malloc((count + 2) * sizeof **start);
    *ordered = sito_malloc((rows + 1) * sizeof **ordered);
    if (*start == NULL || *ordered == NULL) {
        return SITO_NOMEM;
    }
    /* As in split: filling moves every start on by one group. */
    uint32_t *next = *start + 1;
    (*start)[0] = 0;
    next[0] = 0;
    for (size_t g = 0; g < count; g++) {
        next[g + 1] = next[g] + groups->sizes[g];
    }
    for (size_t i = 0; i < rows; i++) {
        (*ordered)[next[groups->ids[i]]++] = (uint32_t)i;
    }
    return SITO_OK;
}
