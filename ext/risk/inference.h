/*
** Guessing a secret from the quasi-identifiers: how often the likeliest value is right.
**
** R1  The guess for a row is the most frequent secret of its class. What means no value (coarse.h) is
**     no secret: such rows count, but no guess is right for them.
** R2  The control is the same guess learned from rows other than those it is tried on: the rows are
**     split into two halves by a fixed mixing of their numbers, each half is guessed from the other
**     (values that tie share; where the other half of a class has no secret, the most frequent one of
**     the table is the guess). What the guess gains over the control, it gains from the rows' presence.
** R3  Shares have Wilson's interval at 95 %: centre (s + z^2/2) / (n + z^2).
** R4  The risk of a subgroup is (low - p) / (1 - p), at least 0: low the lower end of the interval of
**     the share that its guess gets right, p the share of that value in the table. An average hides a
**     homogeneous street; the worst subgroup shows it.
*/
#ifndef SITO_RISK_INFERENCE_H
#define SITO_RISK_INFERENCE_H

#include "coarse.h"
#include "base/watch.h"

typedef struct RiskWilson {
    double centre, low, high;
} RiskWilson;

RiskWilson risk_wilson(double right, double rows);

typedef struct RiskSubgroup {
    uint64_t rows, right; /* of the worst class */
    uint32_t first;       /* a row of it */
    double baseline, risk;
} RiskSubgroup;

typedef struct RiskGuess {
    double right, control; /* of all rows */
    RiskSubgroup worst;
} RiskGuess;

/* The secrets as coarse codes of each row, RISK_NO_VALUE where there is none. */
typedef struct RiskSecrets {
    uint32_t *codes, *totals; /* of each row; of each code */
    size_t rows, count;
    uint32_t likeliest;
} RiskSecrets;

int risk_secrets_make(const RiskColumn *column, RiskSecrets *secrets) SITO_MUST_CHECK;
void risk_secrets_free(RiskSecrets *secrets);

/* Guesses from the columns whose bits are set. At least one row. */
int risk_guess(const RiskColumn *columns, uint64_t set, const RiskSecrets *secrets,
               const SitoWatch *watch, RiskGuess *guess) SITO_MUST_CHECK;

#endif
