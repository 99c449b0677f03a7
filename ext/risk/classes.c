/*
** risk_histogram, risk_classes, risk_rows, risk_summary: the classes of a table, seen four ways.
**
**   SELECT * FROM risk_histogram('zgloszenia', 'osiedle, wiek');
**   SELECT * FROM risk_classes('zgloszenia', 'osiedle, wiek', 'osoba') WHERE size < 5;
**   SELECT * FROM risk_rows('zgloszenia', 'osiedle, wiek') ORDER BY size;
**   SELECT * FROM risk_summary('zgloszenia', 'osiedle, wiek', 'powod', 'osoba');
**
** R1  Sizes are counted in rows, or in distinct units where the unit column is named (measure.h R7).
** R2  Classes are numbered by their first rows, from 1. `row` is the rowid, or the number of the row
**     where the table has no rowids.
** R3  `key` is the JSON array of the quasi-identifiers' values; a blob stands as its hexadecimal text, a
**     real has 15 digits.
** R4  risk_summary gives every word of risk.h; with a hierarchy also t_closeness_hierarchical, and
**     k_anonymity_wildcard, k where NULL may stand for any value: for information, never for a gate,
**     as it is never below k.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "hierarchy.h"
#include "load.h"
#include "tables.h"
#include "wildcard.h"

int risk_histogram_run(SitoCall *call) {
    RiskLoad load = {0};
    RiskHistogram histogram = {0};
    int rc = risk_load_names(call, &load, 2);
    rc = rc == SITO_OK ? risk_load(call, &load, false) : rc;
    rc = rc == SITO_OK ? risk_histogram_make(&load.partition, &histogram) : rc;
    for (size_t i = 0; i < histogram.count && rc == SITO_OK; i++) {
        rc = sito_answer_integer(&call->answer, histogram.sizes[i].size);
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, (int64_t)histogram.sizes[i].classes)
                           : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, (int64_t)histogram.sizes[i].rows)
                           : rc;
    }
    risk_histogram_free(&histogram);
    risk_load_free(&load);
    return rc;
}

static int answer_classes(SitoCall *call, const RiskLoad *load) {
    const RiskPartition *partition = &load->partition;
    SitoBuffer key = {0};
    int rc = SITO_OK;
    for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
        uint32_t first = partition->ordered[partition->start[g]];
        key.size = 0;
        rc = risk_json_row(&key, load->gather.sensitive, load->gather.sensitive_count, first);
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, (int64_t)g + 1) : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, partition->sizes[g]) : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, partition->classes.sizes[g]) : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, load->rowids[first]) : rc;
        rc = rc == SITO_OK
                 ? sito_answer_text(&call->answer, (SitoText){.data = key.data, .size = key.size})
                 : rc;
    }
    sito_buffer_free(&key);
    return rc;
}

int risk_classes_run(SitoCall *call) {
    RiskLoad load = {.keep_rowids = true, .keep_quasi = true};
    int rc = risk_load_names(call, &load, 2);
    rc = rc == SITO_OK ? risk_load(call, &load, true) : rc;
    rc = rc == SITO_OK ? answer_classes(call, &load) : rc;
    risk_load_free(&load);
    return rc;
}

int risk_rows_run(SitoCall *call) {
    RiskLoad load = {.keep_rowids = true};
    int rc = risk_load_names(call, &load, 2);
    rc = rc == SITO_OK ? risk_load(call, &load, true) : rc;
    for (size_t row = 0; row < load.partition.rows && rc == SITO_OK; row++) {
        uint32_t class = load.partition.classes.ids[row];
        uint32_t size = load.partition.sizes[class];
        rc = sito_answer_integer(&call->answer, load.rowids[row]);
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, (int64_t) class + 1) : rc;
        rc = rc == SITO_OK ? sito_answer_integer(&call->answer, size) : rc;
        rc = rc == SITO_OK ? sito_answer_real(&call->answer, 1 / (double)size) : rc;
    }
    risk_load_free(&load);
    return rc;
}

/* ---- risk_summary ---- */

static int answer_measure(SitoCall *call, const char *word, const char *field, double value,
                          bool whole) {
    int rc = sito_answer_string(&call->answer, word);
    rc = rc == SITO_OK ? sito_answer_string(&call->answer, field) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    return whole && isfinite(value) ? sito_answer_integer(&call->answer, (int64_t)value)
                                    : sito_answer_real(&call->answer, value);
}

static int answer_summary(SitoCall *call, const RiskLoad *load) {
    RiskHistogram histogram;
    RiskSummary summary;
    int rc = risk_histogram_make(&load->partition, &histogram);
    if (rc == SITO_OK) {
        risk_summarise(&load->partition, &histogram, &summary);
    }
    for (size_t i = 0; i < risk_summary_word_count && rc == SITO_OK; i++) {
        const RiskWord *word = &risk_summary_words[i];
        const char *member = (const char *)&summary + word->offset;
        double value = word->whole ? (double)*(const uint64_t *)(const void *)member
                                   : *(const double *)(const void *)member;
        bool none = word->offset == offsetof(RiskSummary, k) && value == 0;
        rc = answer_measure(call, word->word, NULL, none ? NAN : value, word->whole);
    }
    risk_histogram_free(&histogram);
    return rc;
}

static int answer_sensitive(SitoCall *call, const RiskLoad *load, int field, size_t l) {
    RiskSensitive measured;
    const char *name = load->sensitive.names[field];
    int rc = risk_sensitive(&load->partition, &load->gather.sensitive[field], RISK_ALL, l,
                            &call->watch, &measured);
    for (size_t i = 0; i < risk_sensitive_word_count && rc == SITO_OK; i++) {
        const RiskWord *word = &risk_sensitive_words[i];
        double value = *(double *)(void *)((char *)&measured + word->offset);
        rc = answer_measure(call, word->word, name, value, word->whole);
    }
    return rc;
}

/* The levels are the columns behind the sensitive ones. */
static int answer_hierarchical(SitoCall *call, const RiskLoad *load, int levels) {
    double distance;
    size_t two_parents;
    int rc = risk_hierarchical(&load->partition, load->gather.sensitive, (size_t)levels + 1,
                               &call->watch, &distance, &two_parents);
    if (rc == SITO_OK && two_parents > 0) {
        rc = sito_error(&call->error, SITO_ERROR,
                        "no hierarchy: one value of %s has two values of %s",
                        load->sensitive.names[two_parents - 1], load->sensitive.names[two_parents]);
    }
    return rc == SITO_OK ? answer_measure(call, "t_closeness_hierarchical",
                                          load->sensitive.names[0], distance, false)
                         : rc;
}

static int answer_wildcard(SitoCall *call, const RiskLoad *load, int first_quasi) {
    uint64_t k;
    int rc = risk_wildcard(&load->partition, load->gather.sensitive + first_quasi,
                           (size_t)load->quasi.count, &call->watch, &k);
    return rc == SITO_OK
               ? answer_measure(call, "k_anonymity_wildcard", NULL, k > 0 ? (double)k : NAN, true)
               : rc;
}

int risk_summary_run(SitoCall *call) {
    RiskLoad load = {.keep_quasi = true};
    SitoText list;
    int levels = 0, sensitive = 0;
    int rc = risk_load_names(call, &load, 3);
    if (rc == SITO_OK && call->args[2] != NULL) {
        rc = sito_call_text(call, 2, &list);
        rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
        sensitive = load.sensitive.count;
    }
    if (rc == SITO_OK && call->args[4] != NULL) {
        rc = sensitive == 1 ? sito_call_text(call, 4, &list)
                            : sito_error(&call->error, SITO_ERROR,
                                         "a hierarchy belongs to one sensitive column");
        rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
        levels = load.sensitive.count - sensitive;
    }
    int first_quasi = load.sensitive.count;
    rc = rc == SITO_OK ? risk_load(call, &load, true) : rc;
    rc = rc == SITO_OK ? answer_summary(call, &load) : rc;
    rc = rc == SITO_OK ? answer_wildcard(call, &load, first_quasi) : rc;
    for (int i = 0; i < sensitive && rc == SITO_OK && load.partition.rows > 0; i++) {
        rc = answer_sensitive(call, &load, i, 2);
    }
    if (rc == SITO_OK && call->args[4] != NULL && load.partition.rows > 0) {
        rc = answer_hierarchical(call, &load, levels);
    }
    risk_load_free(&load);
    return rc;
}
