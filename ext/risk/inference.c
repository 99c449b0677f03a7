/*
** risk_inference and risk_frequency: what a stranger guesses.
**
**   SELECT * FROM risk_inference('zgloszenia', 'osiedle, wiek, plec', 'powod');
**   SELECT * FROM risk_frequency('zgloszenia', 'pseudonim', 'wyborcy', 'nazwisko');
**
** R1  risk_inference, the first row: the guess from all quasi-identifiers for all rows; key NULL, the
**     baseline is the control, risk = (centre - centre of the control) / (1 - centre of the control),
**     at least 0 (inference.h).
** R2  Then, for each set of one and of two quasi-identifiers and for all of them, the subgroup that
**     gives most away, the largest risk first: its key (values of the columns), rows, how many the guess
**     gets right, the share with its interval, the baseline, the risk. The secret itself is not shown.
** R3  risk_frequency: pseudonyms that always stand for the same value keep its frequency. Both columns'
**     counts are ranked: distance is the variational distance of the two ranked distributions,
**     recognisable the pseudonyms whose count nobody else has, recognisable_rows their rows. A small
**     distance and many recognisable rows mean that the ranks can be read off.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inference.h"
#include "load.h"
#include "tables.h"

enum { MOST_QUASI = 20 };

typedef struct Finding {
    uint64_t set;
    RiskSubgroup worst;
} Finding;

static int by_risk(const void *left, const void *right) {
    const Finding *a = left, *b = right;
    if (a->worst.risk != b->worst.risk) {
        return a->worst.risk > b->worst.risk ? -1 : 1;
    }
    return (a->set > b->set) - (a->set < b->set);
}

static int print_subgroup(const RiskLoad *load, const Finding *finding, SitoBuffer *key) {
    const RiskColumn *columns = load->gather.sensitive;
    int rc = sito_buffer_add(key, "[", 1);
    bool first = true;
    for (uint64_t left = finding->set; left != 0 && rc == SITO_OK; left &= left - 1) {
        const RiskColumn *column = &columns[__builtin_ctzll(left)];
        RiskCell cell = risk_column_cell(column, column->codes[finding->worst.first]);
        rc = first ? SITO_OK : sito_buffer_add(key, ",", 1);
        rc = rc == SITO_OK ? risk_json_cell(key, &cell) : rc;
        first = false;
    }
    return rc == SITO_OK ? sito_buffer_add(key, "]", 1) : rc;
}

static int answer_finding(SitoCall *call, const RiskLoad *load, const Finding *finding) {
    SitoBuffer names = {0}, key = {0};
    const RiskSubgroup *worst = &finding->worst;
    double rows = (double)worst->rows, right = (double)worst->right;
    RiskWilson wilson = risk_wilson(right, rows);
    int rc = sito_columns_print(&load->sensitive, finding->set, &names);
    rc = rc == SITO_OK ? print_subgroup(load, finding, &key) : rc;
    SitoText name_text = {.data = names.data, .size = names.size};
    SitoText key_text = {.data = key.data, .size = key.size};
    rc = rc == SITO_OK ? sito_answer_row(&call->answer, "ttirrrrrr", &name_text, &key_text,
                                         (int64_t)worst->rows, right, right / rows, wilson.low,
                                         wilson.high, worst->baseline, worst->risk)
                       : rc;
    sito_buffer_free(&names);
    sito_buffer_free(&key);
    return rc;
}

static int answer_all(SitoCall *call, const RiskLoad *load, uint64_t set, const RiskGuess *guess,
                      double rows) {
    SitoBuffer names = {0};
    RiskWilson main = risk_wilson(guess->right, rows), control = risk_wilson(guess->control, rows);
    double risk = (main.centre - control.centre) / (1 - control.centre);
    int rc = sito_columns_print(&load->sensitive, set, &names);
    SitoText text = {.data = names.data, .size = names.size};
    rc = rc == SITO_OK ? sito_answer_row(&call->answer, "tsirrrrrr", &text, NULL, (int64_t)rows,
                                         guess->right, guess->right / rows, main.low, main.high,
                                         guess->control / rows, risk > 0 ? risk : 0.0)
                       : rc;
    sito_buffer_free(&names);
    return rc;
}

static int guess_all(SitoCall *call, RiskLoad *load, int quasi, const RiskSecrets *secrets) {
    const RiskColumn *columns = load->gather.sensitive;
    uint64_t all = ((uint64_t)1 << quasi) - 1;
    Finding findings[MOST_QUASI * (MOST_QUASI + 1) / 2 + 1];
    size_t count = 0;
    RiskGuess guess;
    int rc = risk_guess(columns, all, secrets, &call->watch, &guess);
    rc = rc == SITO_OK ? answer_all(call, load, all, &guess, (double)secrets->rows) : rc;
    findings[count++] = (Finding){.set = all, .worst = guess.worst};
    for (int i = 0; i < quasi && rc == SITO_OK; i++) {
        for (int j = i; j < quasi && rc == SITO_OK; j++) {
            uint64_t set = (uint64_t)1 << i | (uint64_t)1 << j;
            if (set == all) {
                continue;
            }
            rc = risk_guess(columns, set, secrets, &call->watch, &guess);
            findings[count++] = (Finding){.set = set, .worst = guess.worst};
        }
    }
    qsort(findings, count, sizeof *findings, by_risk);
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        if (findings[i].worst.rows > 0) {
            rc = answer_finding(call, load, &findings[i]);
        }
    }
    return rc;
}

int risk_inference_run(SitoCall *call) {
    RiskLoad load = {.codes_only = true};
    RiskSecrets secrets = {0};
    SitoText list;
    int rc = sito_call_text(call, 1, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
    int quasi = load.sensitive.count;
    rc = rc == SITO_OK ? sito_call_text(call, 2, &list) : rc;
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
    if (rc == SITO_OK && (quasi > MOST_QUASI || load.sensitive.count != quasi + 1)) {
        rc = sito_error(&call->error, SITO_ERROR,
                        "write at most %d quasi-identifiers and one secret column", MOST_QUASI);
    }
    rc = rc == SITO_OK ? risk_load(call, &load, false) : rc;
    if (rc == SITO_OK && load.gather.sensitive[quasi].rows > 0) {
        rc = risk_secrets_make(&load.gather.sensitive[quasi], &secrets);
        rc = rc == SITO_OK ? guess_all(call, &load, quasi, &secrets) : rc;
    }
    risk_secrets_free(&secrets);
    risk_load_free(&load);
    return rc;
}

/* ---- risk_frequency ---- */

static int descending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

/* The counts of the values of a column, NULL left out, largest first. */
static int rank_counts(SitoCall *call, int table_arg, uint32_t **counts, size_t *count,
                       uint64_t *rows) {
    RiskLoad load = {.codes_only = true};
    SitoText list;
    SitoCall part = *call; /* the table stands in another argument */
    part.args[0] = call->args[table_arg];
    int rc = sito_call_text(call, table_arg + 1, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
    if (rc == SITO_OK && load.sensitive.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "it compares one column with one column");
    }
    part.error = call->error;
    rc = rc == SITO_OK ? risk_load(&part, &load, false) : rc;
    call->error = part.error;
    const RiskColumn *column = load.gather.sensitive;
    *counts = rc == SITO_OK ? sito_malloc((column->count + 1) * sizeof **counts) : NULL;
    if (rc == SITO_OK && *counts == NULL) {
        rc = SITO_NOMEM;
    }
    if (rc == SITO_OK) {
        memset(*counts, 0, (column->count + 1) * sizeof **counts);
        for (size_t row = 0; row < column->rows; row++) {
            bool none = column->values[column->codes[row]].type == RISK_NULL;
            (*counts)[column->codes[row]] += !none;
            *rows += !none;
        }
        if (column->count > 1) {
            qsort(*counts, column->count, sizeof **counts, descending);
        }
        *count = column->count;
        while (*count > 0 && (*counts)[*count - 1] == 0) {
            (*count)--;
        }
    }
    risk_load_free(&load);
    return rc;
}

int risk_frequency_run(SitoCall *call) {
    uint32_t *counts[2] = {NULL, NULL};
    size_t count[2] = {0, 0};
    uint64_t rows[2] = {0, 0};
    int64_t recognisable = 0, recognisable_rows = 0;
    double distance = 0;
    int rc = rank_counts(call, 0, &counts[0], &count[0], &rows[0]);
    rc = rc == SITO_OK ? rank_counts(call, 2, &counts[1], &count[1], &rows[1]) : rc;
    for (size_t i = 0; rc == SITO_OK && (i < count[0] || i < count[1]); i++) {
        double p = i < count[0] ? (double)counts[0][i] / (double)rows[0] : 0;
        double r = i < count[1] ? (double)counts[1][i] / (double)rows[1] : 0;
        distance += fabs(p - r) / 2;
        bool alone = i < count[0] && (i == 0 || counts[0][i - 1] != counts[0][i]) &&
                     (i + 1 == count[0] || counts[0][i + 1] != counts[0][i]);
        recognisable += alone;
        recognisable_rows += alone ? counts[0][i] : 0;
    }
    if (rc == SITO_OK) {
        rc = sito_answer_row(&call->answer, "sisisrsisi", "values", (int64_t)count[0],
                             "reference_values", (int64_t)count[1], "distance",
                             rows[0] > 0 && rows[1] > 0 ? distance : NAN, "recognisable",
                             recognisable, "recognisable_rows", recognisable_rows);
    }
    sito_free(counts[0]);
    sito_free(counts[1]);
    return rc;
}
