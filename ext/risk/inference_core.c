/*
** Guesses secrets class by class (inference.h).
*/
#include "inference.h"

#include <math.h>
#include <string.h>

RiskWilson risk_wilson(double right, double rows) {
    const double z = 1.959963984540054, square = z * z;
    double centre = (right + square / 2) / (rows + square);
    double half = z / (rows + square) * sqrt(right * (rows - right) / rows + square / 4);
    return (RiskWilson){.centre = centre, .low = centre - half, .high = centre + half};
}

int risk_secrets_make(const RiskColumn *column, RiskSecrets *secrets) {
    RiskCoarse coarse;
    *secrets = (RiskSecrets){.rows = column->rows};
    int rc = risk_coarse(column, &coarse);
    if (rc == SITO_OK) {
        secrets->count = coarse.values.count;
        secrets->codes = sito_malloc((column->rows + 1) * sizeof *secrets->codes);
        secrets->totals = sito_malloc((secrets->count + 1) * sizeof *secrets->totals);
        rc = secrets->codes != NULL && secrets->totals != NULL ? SITO_OK : SITO_NOMEM;
    }
    if (rc == SITO_OK) {
        memset(secrets->totals, 0, (secrets->count + 1) * sizeof *secrets->totals);
        for (size_t row = 0; row < column->rows; row++) {
            uint32_t code = coarse.codes[column->codes[row]];
            secrets->codes[row] = code;
            if (code != RISK_NO_VALUE) {
                secrets->totals[code]++;
            }
        }
        for (uint32_t code = 1; code < secrets->count; code++) {
            if (secrets->totals[code] > secrets->totals[secrets->likeliest]) {
                secrets->likeliest = code;
            }
        }
    }
    risk_coarse_free(&coarse);
    return rc;
}

void risk_secrets_free(RiskSecrets *secrets) {
    sito_free(secrets->codes);
    sito_free(secrets->totals);
    *secrets = (RiskSecrets){0};
}

static int group_rows(const RiskColumn *columns, uint64_t set, size_t rows, const SitoWatch *watch,
                      RiskGroups *groups) {
    RiskLog log = {0};
    int rc = SITO_OK;
    for (size_t row = 0; row < rows && rc == SITO_OK; row++) {
        uint32_t key[64];
        size_t size = 0;
        for (uint64_t left = set; left != 0; left &= left - 1) {
            key[size++] = columns[__builtin_ctzll(left)].codes[row];
        }
        rc = risk_log_add(&log, sito_hash128(key, size * sizeof *key));
    }
    rc = rc == SITO_OK ? risk_group(&log, true, watch, groups) : rc;
    risk_log_free(&log);
    return rc;
}

/* The secrets of one class, in two halves. */
typedef struct Tally {
    uint32_t *counts[2], *codes;
    size_t distinct;
} Tally;

/* The half of a row (R2): the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
static unsigned half_of(uint64_t row) {
    uint64_t x = row + UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((x ^ x >> 31) & 1);
}

static void count_class(const RiskSecrets *secrets, const uint32_t *rows, size_t size,
                        Tally *tally) {
    for (size_t i = 0; i < size; i++) {
        uint32_t code = secrets->codes[rows[i]];
        if (code == RISK_NO_VALUE) {
            continue;
        }
        if (tally->counts[0][code] + tally->counts[1][code] == 0) {
            tally->codes[tally->distinct++] = code;
        }
        tally->counts[half_of(rows[i])][code]++;
    }
}

/* Rows of one half that the other half's most frequent secret gets right. */
static double right_of_half(const RiskSecrets *secrets, const Tally *tally, unsigned half) {
    const uint32_t *mine = tally->counts[half], *other = tally->counts[1 - half];
    uint32_t most = 0, tied = 0;
    uint64_t right = 0;
    for (size_t i = 0; i < tally->distinct; i++) {
        uint32_t code = tally->codes[i];
        if (other[code] > most) {
            most = other[code];
            tied = 0;
            right = 0;
        }
        if (most > 0 && other[code] == most) {
            tied++;
            right += mine[code];
        }
    }
    return tied > 0 ? (double)right / tied : secrets->count > 0 ? mine[secrets->likeliest] : 0;
}

static void guess_class(const RiskSecrets *secrets, const uint32_t *rows, size_t size, Tally *tally,
                        RiskGuess *guess) {
    uint32_t most = 0, best = RISK_NO_VALUE;
    count_class(secrets, rows, size, tally);
    for (size_t i = 0; i < tally->distinct; i++) {
        uint32_t code = tally->codes[i], n = tally->counts[0][code] + tally->counts[1][code];
        bool more = n > most || (n == most && secrets->totals[code] < secrets->totals[best]);
        best = more ? code : best;
        most = n > most ? n : most;
    }
    guess->right += most;
    guess->control += right_of_half(secrets, tally, 0) + right_of_half(secrets, tally, 1);
    for (size_t i = 0; i < tally->distinct; i++) {
        tally->counts[0][tally->codes[i]] = tally->counts[1][tally->codes[i]] = 0;
    }
    tally->distinct = 0;
    if (most == 0) {
        return;
    }
    double p = (double)secrets->totals[best] / (double)secrets->rows;
    double low = risk_wilson(most, (double)size).low;
    double risk = p < 1 && low > p ? (low - p) / (1 - p) : 0;
    if (risk > guess->worst.risk || guess->worst.rows == 0) {
        guess->worst = (RiskSubgroup){
            .rows = size, .right = most, .first = rows[0], .baseline = p, .risk = risk};
    }
}

int risk_guess(const RiskColumn *columns, uint64_t set, const RiskSecrets *secrets,
               const SitoWatch *watch, RiskGuess *guess) {
    RiskGroups groups = {0};
    uint32_t *start = NULL, *ordered = NULL;
    Tally tally = {0};
    *guess = (RiskGuess){0};
    size_t bytes = (secrets->count + 1) * sizeof(uint32_t);
    tally.counts[0] = sito_malloc(bytes);
    tally.counts[1] = sito_malloc(bytes);
    tally.codes = sito_malloc(bytes);
    int rc = tally.counts[0] && tally.counts[1] && tally.codes ? SITO_OK : SITO_NOMEM;
    rc = rc == SITO_OK ? group_rows(columns, set, secrets->rows, watch, &groups) : rc;
    rc = rc == SITO_OK ? risk_group_order(&groups, secrets->rows, &start, &ordered) : rc;
    if (rc == SITO_OK) {
        memset(tally.counts[0], 0, bytes);
        memset(tally.counts[1], 0, bytes);
        for (size_t g = 0; g < groups.count; g++) {
            guess_class(secrets, ordered + start[g], start[g + 1] - start[g], &tally, guess);
        }
    }
    sito_free(tally.counts[0]);
    sito_free(tally.counts[1]);
    sito_free(tally.codes);
    sito_free(start);
    sito_free(ordered);
    risk_groups_free(&groups);
    return rc;
}
