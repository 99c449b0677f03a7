/*
** The rows that a table function answers with (table.h).
*/
#include "answer.h"

#include <math.h>
#include <string.h>

static int add(RiskAnswer *answer, RiskAnswerCell cell) {
    void *cells = answer->cells;
    int rc = SITO_OK;
    if (answer->count == answer->capacity) {
        rc = sito_grow(&cells, &answer->capacity, answer->count + 1, sizeof cell, RISK_MAX_CELLS);
        answer->cells = cells;
    }
    if (rc == SITO_OK) {
        answer->cells[answer->count++] = cell;
    }
    return rc;
}

int risk_answer_null(RiskAnswer *answer) {
    return add(answer, (RiskAnswerCell){.type = RISK_ANSWER_NULL});
}

int risk_answer_integer(RiskAnswer *answer, int64_t integer) {
    return add(answer, (RiskAnswerCell){.type = RISK_ANSWER_INTEGER, .integer = integer});
}

int risk_answer_real(RiskAnswer *answer, double real) {
    return isnan(real) ? risk_answer_null(answer)
                       : add(answer, (RiskAnswerCell){.type = RISK_ANSWER_REAL, .real = real});
}

int risk_answer_text(RiskAnswer *answer, SitoText text) {
    int64_t offset = (int64_t)answer->texts.size;
    if (text.size > UINT32_MAX) {
        return SITO_TOOBIG;
    }
    int rc = sito_buffer_add(&answer->texts, text.data, text.size);
    return rc != SITO_OK ? rc
                         : add(answer, (RiskAnswerCell){.type = RISK_ANSWER_TEXT,
                                                        .size = (uint32_t)text.size,
                                                        .integer = offset});
}

int risk_answer_string(RiskAnswer *answer, const char *string) {
    return string == NULL
               ? risk_answer_null(answer)
               : risk_answer_text(answer, (SitoText){.data = string, .size = strlen(string)});
}

int risk_answer_row(RiskAnswer *answer, const char *format, ...) {
    int rc = SITO_OK;
    va_list args;
    va_start(args, format);
    for (const char *f = format; *f != 0 && rc == SITO_OK; f++) {
        switch (*f) {
        case 'i':
            rc = risk_answer_integer(answer, va_arg(args, int64_t));
            break;
        case 'r':
            rc = risk_answer_real(answer, va_arg(args, double));
            break;
        case 's':
            rc = risk_answer_string(answer, va_arg(args, const char *));
            break;
        default:
            rc = risk_answer_text(answer, *va_arg(args, const SitoText *));
            break;
        }
    }
    va_end(args);
    return rc;
}

void risk_answer_free(RiskAnswer *answer) {
    sito_free(answer->cells);
    sito_buffer_free(&answer->texts);
    *answer = (RiskAnswer){0};
}
