/*
** The cells behind a SitoAnswer (table.h).
*/
#ifndef SITO_ANSWER_H
#define SITO_ANSWER_H

#include "table.h"

typedef struct SitoAnswerCell {
    enum { SITO_ANSWER_NULL, SITO_ANSWER_INTEGER, SITO_ANSWER_REAL, SITO_ANSWER_TEXT } type;
    uint32_t size; /* of a text */
    union {
        int64_t integer; /* of a text: its offset in SitoAnswer.texts */
        double real;
    };
} SitoAnswerCell;

void sito_answer_free(SitoAnswer *answer);

#endif
