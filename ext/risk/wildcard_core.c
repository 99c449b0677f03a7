/*
** k with NULL as a wildcard (wildcard.h). Rows with the same set of NULL columns have one pattern. Of
** a pair of patterns only the columns that are NULL in neither decide, so the classes of the second
** are grouped by those and the classes of the first find their partners there.
*/
#include "wildcard.h"

#include <string.h>

typedef struct Pattern {
    bool is_null[SITO_MANY];
    uint32_t *classes; /* its classes, in their order */
    size_t count;
} Pattern;

typedef struct Wildcard {
    const RiskPartition *partition;
    const RiskColumn *columns;
    size_t column_count;
    Pattern *patterns;
    size_t pattern_count;
    uint32_t *members;  /* room for the classes of all patterns */
    uint64_t *partners; /* of each class: rows compatible with it */
    SitoBuffer key;
} Wildcard;

static uint32_t code_of(const Wildcard *w, uint32_t class, size_t column) {
    return w->columns[column].codes[w->partition->ordered[w->partition->start[class]]];
}

static bool is_null(const Wildcard *w, uint32_t class, size_t column) {
    return w->columns[column].values[code_of(w, class, column)].type == RISK_NULL;
}

static bool fits(const Wildcard *w, const Pattern *pattern, uint32_t class) {
    size_t i = 0;
    while (i < w->column_count && pattern->is_null[i] == is_null(w, class, i)) {
        i++;
    }
    return i == w->column_count;
}

/* The pattern of each class; false when there are too many. */
static bool find_patterns(Wildcard *w, uint8_t *pattern_of) {
    for (uint32_t g = 0; g < w->partition->classes.count; g++) {
        size_t p = 0;
        while (p < w->pattern_count && !fits(w, &w->patterns[p], g)) {
            p++;
        }
        if (p == w->pattern_count) {
            if (p == RISK_MOST_PATTERNS) {
                return false;
            }
            w->pattern_count++;
            for (size_t i = 0; i < w->column_count; i++) {
                w->patterns[p].is_null[i] = is_null(w, g, i);
            }
        }
        pattern_of[g] = (uint8_t)p;
        w->patterns[p].count++;
    }
    return true;
}

static void list_members(Wildcard *w, const uint8_t *pattern_of) {
    uint32_t *next = w->members;
    for (size_t p = 0; p < w->pattern_count; p++) {
        w->patterns[p].classes = next;
        next += w->patterns[p].count;
        w->patterns[p].count = 0;
    }
    for (uint32_t g = 0; g < w->partition->classes.count; g++) {
        Pattern *pattern = &w->patterns[pattern_of[g]];
        pattern->classes[pattern->count++] = g;
    }
}

/* Logs the classes of `from` by the columns that are NULL neither in a nor in b. */
static int log_classes(Wildcard *w, const Pattern *from, const Pattern *a, const Pattern *b,
                       RiskLog *log) {
    int rc = SITO_OK;
    for (size_t m = 0; m < from->count && rc == SITO_OK; m++) {
        w->key.size = 0;
        for (size_t i = 0; i < w->column_count && rc == SITO_OK; i++) {
            if (!a->is_null[i] && !b->is_null[i]) {
                uint32_t code = code_of(w, from->classes[m], i);
                rc = sito_buffer_add(&w->key, (const char *)&code, sizeof code);
            }
        }
        rc = rc == SITO_OK ? risk_log_add(log, sito_hash128(w->key.data, w->key.size)) : rc;
    }
    return rc;
}

/* Adds to the classes of a the rows of b that are compatible with them. */
static int add_partners(Wildcard *w, const Pattern *a, const Pattern *b, const SitoWatch *watch) {
    RiskLog log = {0};
    RiskGroups groups = {0};
    int rc = log_classes(w, a, a, b, &log);
    rc = rc == SITO_OK ? log_classes(w, b, a, b, &log) : rc;
    rc = rc == SITO_OK ? risk_group(&log, true, watch, &groups) : rc;
    uint64_t *rows = rc == SITO_OK ? sito_malloc((groups.count + 1) * sizeof *rows) : NULL;
    if (rows != NULL) {
        memset(rows, 0, (groups.count + 1) * sizeof *rows);
        for (size_t m = 0; m < b->count; m++) {
            rows[groups.ids[a->count + m]] += w->partition->classes.sizes[b->classes[m]];
        }
        for (size_t m = 0; m < a->count; m++) {
            w->partners[a->classes[m]] += rows[groups.ids[m]];
        }
    } else if (rc == SITO_OK) {
        rc = SITO_NOMEM;
    }
    sito_free(rows);
    risk_groups_free(&groups);
    risk_log_free(&log);
    return rc;
}

static int count_partners(Wildcard *w, const SitoWatch *watch, uint64_t *k) {
    int rc = SITO_OK;
    for (size_t a = 0; a < w->pattern_count && rc == SITO_OK; a++) {
        for (size_t b = 0; b < w->pattern_count && rc == SITO_OK; b++) {
            rc = add_partners(w, &w->patterns[a], &w->patterns[b], watch);
        }
    }
    for (size_t g = 0; g < w->partition->classes.count && rc == SITO_OK; g++) {
        *k = *k == 0 || w->partners[g] < *k ? w->partners[g] : *k;
    }
    return rc;
}

int risk_wildcard(const RiskPartition *partition, const RiskColumn *columns, size_t count,
                  const SitoWatch *watch, uint64_t *k) {
    size_t classes = partition->classes.count;
    Wildcard w = {.partition = partition, .columns = columns, .column_count = count};
    *k = 0;
    uint8_t *pattern_of = sito_malloc(classes + 1);
    w.patterns = sito_malloc(RISK_MOST_PATTERNS * sizeof *w.patterns);
    w.members = sito_malloc((classes + 1) * sizeof *w.members);
    w.partners = sito_malloc((classes + 1) * sizeof *w.partners);
    int rc = pattern_of != NULL && w.patterns != NULL && w.members != NULL && w.partners != NULL
                 ? SITO_OK
                 : SITO_NOMEM;
    if (rc == SITO_OK) {
        memset(w.patterns, 0, RISK_MOST_PATTERNS * sizeof *w.patterns);
        memset(w.partners, 0, (classes + 1) * sizeof *w.partners);
        if (find_patterns(&w, pattern_of)) {
            list_members(&w, pattern_of);
            rc = count_partners(&w, watch, k);
        }
    }
    sito_free(pattern_of);
    sito_free(w.patterns);
    sito_free(w.members);
    sito_free(w.partners);
    sito_buffer_free(&w.key);
    return rc;
}
