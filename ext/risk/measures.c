/*
** k_anonymity(q…), l_diversity(s, q…) and the others, and risk_measures(s, q…): all in one pass.
**
** R1  NULL over no rows: a rule that compares sees that nothing was measured.
** R2  Values are compared as cell.h says; a collation or affinity of the column takes no part.
** R3  No argument, or too few: an error that shows how to write the call.
** R4  risk_measures gives one JSON object, its keys the words of risk.h; infinity is 9e999.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "base/register.h"
#include "gather.h"
#include "measures.h"

/* The state of one group. SQLite gives it zeroed. */
typedef struct Measures {
    RiskGather gather;
    int64_t l; /* of recursive (c, l)-diversity */
    bool started, failed;
} Measures;

/* The state, or NULL after an error that has been reported. */
static Measures *take_state(sqlite3_context *context, int nargs, size_t sensitive_count) {
    Measures *state = sqlite3_aggregate_context(context, sizeof *state);
    if (state == NULL) {
        sqlite3_result_error_nomem(context);
        return NULL;
    }
    if (state->failed) {
        return NULL;
    }
    if (!state->started) {
        if (!sito_args_ok(context, nargs)) {
            state->failed = true;
            return NULL;
        }
        state->started = true;
        state->l = 2;
        int rc = risk_gather_start(&state->gather, sensitive_count);
        if (rc != SITO_OK) {
            state->failed = true;
            risk_result_failure(context, rc, NULL);
            return NULL;
        }
    }
    return state;
}

static void fail(sqlite3_context *context, Measures *state, int rc, char *error) {
    state->failed = true;
    risk_result_failure(context, rc, error);
}

void risk_quasi_step(sqlite3_context *context, int nargs, sqlite3_value **args) {
    Measures *state = take_state(context, nargs, 0);
    if (state == NULL) {
        return;
    }
    int rc = risk_gather_class(&state->gather, args, nargs);
    if (rc != SITO_OK) {
        fail(context, state, rc, NULL);
    }
}

static void add_sensitive(sqlite3_context *context, Measures *state, int nargs,
                          sqlite3_value **args) {
    int rc = risk_gather_sensitive(&state->gather, 0, args[0]);
    if (rc == SITO_OK) {
        rc = risk_gather_class(&state->gather, args + 1, nargs - 1);
    }
    if (rc != SITO_OK) {
        fail(context, state, rc, NULL);
    }
}

void risk_sensitive_step(sqlite3_context *context, int nargs, sqlite3_value **args) {
    Measures *state = take_state(context, nargs, 1);
    if (state != NULL) {
        add_sensitive(context, state, nargs, args);
    }
}

void risk_recursive_step(sqlite3_context *context, int nargs, sqlite3_value **args) {
    Measures *state = take_state(context, nargs, 1);
    if (state == NULL) {
        return;
    }
    int64_t l = sqlite3_value_int64(args[0]);
    bool first = state->gather.classes.rows == 0;
    if (sqlite3_value_type(args[0]) != SQLITE_INTEGER || l < 1 || l > INT32_MAX ||
        (!first && l != state->l)) {
        char *error = NULL;
        int rc = sito_error(&error, SITO_ERROR,
                            "l_diversity_recursive: l must be one whole number from 1 up; write "
                            "l_diversity_recursive(2, sensitive, quasi, …)");
        fail(context, state, rc, error);
        return;
    }
    state->l = l;
    add_sensitive(context, state, nargs - 1, args + 1);
}

/* Begins a final call: false when there is nothing to compute; NULL is the result then. */
static bool begin(sqlite3_context *context, Measures **state, SitoWatch *watch) {
    *state = sqlite3_aggregate_context(context, 0);
    *watch = sito_watch_database(sqlite3_context_db_handle(context));
    return *state != NULL && (*state)->started && !(*state)->failed &&
           (*state)->gather.classes.rows > 0;
}

static void finish(Measures *state, RiskPartition *partition) {
    risk_partition_free(partition);
    if (state != NULL) {
        risk_gather_free(&state->gather);
    }
}

void risk_k_final(sqlite3_context *context) {
    Measures *state;
    SitoWatch watch;
    RiskPartition partition = {0};
    if (begin(context, &state, &watch)) {
        int rc = risk_gather_partition(&state->gather, false, &watch, &partition);
        if (rc == SITO_OK) {
            uint32_t k = UINT32_MAX;
            for (size_t g = 0; g < partition.classes.count; g++) {
                k = partition.sizes[g] < k ? partition.sizes[g] : k;
            }
            sqlite3_result_int64(context, k);
        } else {
            risk_result_failure(context, rc, NULL);
        }
    }
    finish(state, &partition);
}

static const RiskWord *word_of(sqlite3_context *context) {
    const SitoFunction *f = sqlite3_user_data(context);
    size_t i = 0;
    while (strcmp(risk_sensitive_words[i].word, f->name) != 0) {
        i++;
    }
    return &risk_sensitive_words[i];
}

void risk_sensitive_final(sqlite3_context *context) {
    Measures *state;
    SitoWatch watch;
    RiskPartition partition = {0};
    RiskSensitive measured;
    const RiskWord *word = word_of(context);
    if (begin(context, &state, &watch)) {
        int rc = risk_gather_partition(&state->gather, false, &watch, &partition);
        if (rc == SITO_OK) {
            rc = risk_sensitive(&partition, &state->gather.sensitive[0], word->what,
                                (size_t)state->l, &watch, &measured);
        }
        if (rc == SITO_OK) {
            double value = *(double *)(void *)((char *)&measured + word->offset);
            if (word->whole) {
                sqlite3_result_int64(context, (sqlite3_int64)value);
            } else {
                sqlite3_result_double(context, value);
            }
        } else {
            risk_result_failure(context, rc, NULL);
        }
    }
    finish(state, &partition);
}

static int write_measures(const RiskSummary *summary, const RiskSensitive *sensitive,
                          SitoBuffer *json) {
    int rc = SITO_OK;
    for (size_t i = 0; i < risk_summary_word_count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(json, "%s\"%s\":", i == 0 ? "{" : ",", risk_summary_words[i].word);
        rc = rc == SITO_OK ? risk_json_summary(json, &risk_summary_words[i], summary) : rc;
    }
    for (size_t i = 0; i < risk_sensitive_word_count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(json, ",\"%s\":", risk_sensitive_words[i].word);
        rc = rc == SITO_OK ? risk_json_sensitive(json, &risk_sensitive_words[i], sensitive) : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(json, "}", 1) : rc;
}

static int measure_all(Measures *state, const SitoWatch *watch, RiskPartition *partition,
                       SitoBuffer *json) {
    RiskHistogram histogram = {0};
    RiskSummary summary;
    RiskSensitive sensitive;
    int rc = risk_gather_partition(&state->gather, false, watch, partition);
    if (rc == SITO_OK) {
        rc = risk_histogram_make(partition, &histogram);
    }
    if (rc == SITO_OK) {
        risk_summarise(partition, &histogram, &summary);
        rc = risk_sensitive(partition, &state->gather.sensitive[0], RISK_ALL, (size_t)state->l,
                            watch, &sensitive);
    }
    if (rc == SITO_OK) {
        rc = write_measures(&summary, &sensitive, json);
    }
    risk_histogram_free(&histogram);
    return rc;
}

void risk_measures_final(sqlite3_context *context) {
    Measures *state;
    SitoWatch watch;
    RiskPartition partition = {0};
    SitoBuffer json = {0};
    if (begin(context, &state, &watch)) {
        int rc = measure_all(state, &watch, &partition, &json);
        if (rc == SITO_OK) {
            sqlite3_result_text64(context, json.data, json.size, SQLITE_TRANSIENT, SQLITE_UTF8);
        } else {
            risk_result_failure(context, rc, NULL);
        }
    }
    sito_buffer_free(&json);
    finish(state, &partition);
}
