/*
** The order of a column's values, and the earth mover's distance over it.
**
** The distance between neighbouring values is 1 / (m - 1), m distinct values in the table (Li, Li,
** Venkatasubramanian 2007, section 4.1): t = 1/(m-1) * sum over i of |sum over j <= i of (q_j - p_j)|.
**
** R1  NULL first, then numbers, text, blobs; numbers by value, the others by their bytes.
** R2  Where every text reads as a number ('12', '-3,5', '1 000.25'), texts are ordered as numbers, so
**     that a column read from CSV has the order its author meant. What means no value (coarse.h)
**     counts as NULL here.
** R3  A column with one value has distance 0.
** R4  O(L log m) for a class with L values: between two values that are present the cumulated q is
**     constant, so the sum over the gap has a closed form around one crossing, which is found by
**     binary search.
*/
#ifndef SITO_RISK_ORDER_H
#define SITO_RISK_ORDER_H

#include "coarse.h"

/* ranks[code] of each value of the column, from 0. coarse[code] is RISK_NO_VALUE where it
** means none; coarse may be NULL. Release with sito_free. */
int risk_ranks(const RiskColumn *column, const uint32_t *coarse, uint32_t **ranks) SITO_MUST_CHECK;

typedef struct RiskOrder {
    size_t count;          /* m */
    double *cumulated;     /* of rank i: p_0 + … + p_i */
    double *cumulated_sum; /* of rank i: cumulated[0] + … + cumulated[i - 1]; m + 1 of them */
} RiskOrder;

/* From the frequency of each rank; the sum of all is total > 0. */
int risk_order_make(const uint32_t *frequencies, size_t count, double total,
                    RiskOrder *order) SITO_MUST_CHECK;
void risk_order_free(RiskOrder *order);

/* The distance of a class: the ranks it holds, ascending, and the frequency of every rank in it;
** size is the sum of the frequencies. */
double risk_order_distance(const RiskOrder *order, const uint32_t *ranks,
                           const uint32_t *frequencies, size_t count, double size);

/* A text as a number: sign, digits with single spaces between, one decimal point or comma, a power of
** ten (e+3). */
bool risk_text_number(SitoText text, double *number);

#endif
