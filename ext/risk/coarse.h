/*
** The coarse reading of a sensitive column: what a reader would take for one value is one value.
**
** 'HIV' and 'hiv ' must not pass for two diagnoses, and a class of 'flu' and '-' knows one diagnosis,
** not two. Diversity is therefore counted over texts that are trimmed, folded and normalised
** (sito_polish_fold), and what means "no value" is no value at all.
**
** R1  A number reads as its text: 1 and '1' are one coarse value. Blobs stay as they are.
** R2  No value: NULL; a text without a letter or digit ('', '-', '.', '???'); the words of the list
**     in coarse_core.c ('brak danych', 'n/d', 'null', 'NaN', …).
** R3  Worked out once for each distinct value, not for each row.
*/
#ifndef SITO_RISK_COARSE_H
#define SITO_RISK_COARSE_H

#include "column.h"

#define RISK_NO_VALUE UINT32_MAX

typedef struct RiskCoarse {
    uint32_t *codes;   /* of each code of the column: its coarse code, or RISK_NO_VALUE */
    RiskColumn values; /* the coarse values, as texts and blobs; holds no rows */
    bool same;         /* the coarse codes are the codes themselves: nothing merged or missing */
} RiskCoarse;

int risk_coarse(const RiskColumn *column, RiskCoarse *coarse) SITO_MUST_CHECK;
void risk_coarse_free(RiskCoarse *coarse);

#endif
