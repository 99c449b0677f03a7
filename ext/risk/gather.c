/*
** Gathers rows for the aggregates, and writes measures as JSON (gather.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "base/register.h"
#include "gather.h"

int risk_gather_start(RiskGather *gather, size_t sensitive_count) {
    *gather = (RiskGather){.unit_missing = SIZE_MAX, .sensitive_count = sensitive_count};
    if (sensitive_count == 0) {
        return SITO_OK;
    }
    gather->sensitive = sito_malloc(sensitive_count * sizeof *gather->sensitive);
    if (gather->sensitive == NULL) {
        gather->sensitive_count = 0;
        return SITO_NOMEM;
    }
    memset(gather->sensitive, 0, sensitive_count * sizeof *gather->sensitive);
    return SITO_OK;
}

int risk_gather_class(RiskGather *gather, sqlite3_value **values, int count) {
    SitoHash128 hash;
    int rc = risk_row_hash(values, count, &gather->key, &hash);
    return rc == SITO_OK ? risk_log_add(&gather->classes, hash) : rc;
}

int risk_gather_key(RiskGather *gather) {
    return risk_log_add(&gather->classes, sito_hash128(gather->key.data, gather->key.size));
}

int risk_gather_unit(RiskGather *gather, sqlite3_value *value) {
    SitoHash128 hash;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        gather->unit_missing = gather->units.rows;
    }
    int rc = risk_row_hash(&value, 1, &gather->key, &hash);
    return rc == SITO_OK ? risk_log_add(&gather->units, hash) : rc;
}

int risk_gather_sensitive(RiskGather *gather, size_t i, sqlite3_value *value) {
    RiskCell cell;
    int rc = risk_cell_read(value, &cell);
    return rc == SITO_OK ? risk_column_add(&gather->sensitive[i], &cell, &gather->key) : rc;
}

void risk_gather_free(RiskGather *gather) {
    risk_log_free(&gather->classes);
    risk_log_free(&gather->units);
    for (size_t i = 0; i < gather->sensitive_count; i++) {
        risk_column_free(&gather->sensitive[i]);
    }
    sito_free(gather->sensitive);
    sito_buffer_free(&gather->key);
    *gather = (RiskGather){0};
}

int risk_gather_partition(RiskGather *gather, bool ids, const SitoWatch *watch,
                          RiskPartition *partition) {
    bool units = gather->units.rows > 0;
    int rc = risk_partition(&gather->classes, units ? &gather->units : NULL, gather->unit_missing,
                            ids                           ? RISK_IDS
                            : gather->sensitive_count > 0 ? RISK_ORDER
                                                          : RISK_SIZES,
                            watch, partition);
    risk_log_free(&gather->classes);
    risk_log_free(&gather->units);
    return rc;
}

void risk_result_failure(sqlite3_context *context, int rc, char *error) {
    const SitoFunction *f = sqlite3_user_data(context);
    if (rc == SITO_TOOBIG) {
        rc = sito_error(&error, rc,
                        "%s: more than %lld rows, or more than %lld bytes of different values in "
                        "one column; measure the table in parts, for example by district",
                        f->name, (long long)RISK_MAX_ROWS, (long long)RISK_MAX_VALUE_BYTES);
    }
    sito_result_failure(context, rc, error);
}

int risk_json_real(SitoBuffer *json, double value) {
    if (isnan(value)) {
        return sito_buffer_print(json, "null");
    }
    if (isinf(value)) {
        return sito_buffer_print(json, value > 0 ? "9e999" : "-9e999");
    }
    return sito_buffer_print(json, "%!.15g", value);
}

/* Control characters and the two signs that JSON asks for are escaped; ill-formed bytes are U+FFFD. */
static int json_string(SitoBuffer *json, SitoText text) {
    int rc = sito_buffer_add(json, "\"", 1);
    for (size_t i = 0; i < text.size && rc == SITO_OK;) {
        char utf8[4];
        uint32_t c = sito_utf8_next(text, &i);
        if (c < 0x20) {
            rc = sito_buffer_print(json, "\\u%04x", c);
        } else if (c == '"' || c == '\\') {
            rc = sito_buffer_print(json, "\\%c", (int)c);
        } else {
            rc = sito_buffer_add(json, utf8, sito_utf8_encode(c, utf8));
        }
    }
    return rc == SITO_OK ? sito_buffer_add(json, "\"", 1) : rc;
}

int risk_json_cell(SitoBuffer *json, const RiskCell *cell) {
    int rc = SITO_OK;
    switch (cell->type) {
    case RISK_INTEGER:
        return sito_buffer_print(json, "%lld", (long long)cell->integer);
    case RISK_REAL:
        return risk_json_real(json, cell->real);
    case RISK_TEXT:
        return json_string(json, cell->text);
    case RISK_BLOB:
        rc = sito_buffer_add(json, "\"", 1);
        for (size_t i = 0; i < cell->text.size && rc == SITO_OK; i++) {
            rc = sito_buffer_print(json, "%02x", (unsigned char)cell->text.data[i]);
        }
        return rc == SITO_OK ? sito_buffer_add(json, "\"", 1) : rc;
    default:
        return sito_buffer_print(json, "null");
    }
}

int risk_json_row(SitoBuffer *json, const RiskColumn *columns, size_t count, size_t row) {
    int rc = sito_buffer_add(json, "[", 1);
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        RiskCell cell = risk_column_cell(&columns[i], columns[i].codes[row]);
        rc = i > 0 ? sito_buffer_add(json, ",", 1) : SITO_OK;
        rc = rc == SITO_OK ? risk_json_cell(json, &cell) : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(json, "]", 1) : rc;
}

#define SUMMARY(word, member, whole)                                                               \
    { word, 0, offsetof(RiskSummary, member), whole }

const RiskWord risk_summary_words[] = {
    SUMMARY("rows", rows, true),
    SUMMARY("units", units, true),
    SUMMARY("classes", classes, true),
    SUMMARY("uniques", uniques, true),
    SUMMARY("k_anonymity", k, true),
    SUMMARY("rows_below_2", rows_below[0], true),
    SUMMARY("rows_below_3", rows_below[1], true),
    SUMMARY("rows_below_5", rows_below[2], true),
    SUMMARY("rows_below_10", rows_below[3], true),
    SUMMARY("rows_below_20", rows_below[4], true),
    SUMMARY("prosecutor_risk", prosecutor, false),
    SUMMARY("marketer_risk", marketer, false),
    SUMMARY("discernibility", discernibility, false),
    SUMMARY("average_class_size", average_size, false),
    SUMMARY("distinction", distinction, false),
    SUMMARY("separation", separation, false),
};
const size_t risk_summary_word_count = SITO_COUNT(risk_summary_words);

#define SENSITIVE(word, what, member, whole)                                                       \
    { word, what, offsetof(RiskSensitive, member), whole }

const RiskWord risk_sensitive_words[] = {
    SENSITIVE("l_diversity", RISK_L_DISTINCT, l_distinct, true),
    SENSITIVE("l_diversity_entropy", RISK_L_ENTROPY, l_entropy, false),
    SENSITIVE("l_diversity_recursive", RISK_L_RECURSIVE, l_recursive, false),
    SENSITIVE("alpha_k", RISK_ALPHA, alpha, false),
    SENSITIVE("t_closeness", RISK_T_EQUAL, t_equal, false),
    SENSITIVE("t_closeness_ordered", RISK_T_ORDERED, t_ordered, false),
    SENSITIVE("beta_likeness", RISK_BETA, beta, false),
    SENSITIVE("beta_likeness_enhanced", RISK_BETA_ENHANCED, beta_enhanced, false),
    SENSITIVE("beta_enhanced_violations", RISK_BETA_ENHANCED, enhanced_violations, true),
    SENSITIVE("delta_disclosure", RISK_DELTA, delta, false),
    SENSITIVE("delta_disclosure_strict", RISK_DELTA, delta_strict, false),
};
const size_t risk_sensitive_word_count = SITO_COUNT(risk_sensitive_words);

int risk_json_summary(SitoBuffer *json, const RiskWord *word, const RiskSummary *summary) {
    const char *member = (const char *)summary + word->offset;
    if (!word->whole) {
        return risk_json_real(json, *(const double *)(const void *)member);
    }
    uint64_t n = *(const uint64_t *)(const void *)member;
    bool none = n == 0 && word->offset == offsetof(RiskSummary, k);
    return none ? sito_buffer_print(json, "null")
                : sito_buffer_print(json, "%llu", (unsigned long long)n);
}

int risk_json_sensitive(SitoBuffer *json, const RiskWord *word, const RiskSensitive *sensitive) {
    double value = *(const double *)(const void *)((const char *)sensitive + word->offset);
    return word->whole && isfinite(value) ? sito_buffer_print(json, "%lld", (long long)value)
                                          : risk_json_real(json, value);
}
