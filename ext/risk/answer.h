/*
** The cells behind a RiskAnswer (table.h).
*/
#ifndef SITO_RISK_ANSWER_H
#define SITO_RISK_ANSWER_H

#include "table.h"

typedef struct RiskAnswerCell {
    enum { RISK_ANSWER_NULL, RISK_ANSWER_INTEGER, RISK_ANSWER_REAL, RISK_ANSWER_TEXT } type;
    uint32_t size; /* of a text */
    union {
        int64_t integer; /* of a text: its offset in RiskAnswer.texts */
        double real;
    };
} RiskAnswerCell;

void risk_answer_free(RiskAnswer *answer);

#endif
