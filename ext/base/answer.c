/*
** The rows that a table function answers with (table.h).
*/
#include "answer.h"

#include <math.h>
#include <string.h>

int sito_answer_expect(SitoAnswer *answer, size_t cells) {
    void *array = answer->cells;
    int rc = sito_grow(&array, &answer->capacity, cells, sizeof *answer->cells, SITO_MAX_ANSWER);
    answer->cells = array;
    sito_want_large_pages(array, answer->capacity * sizeof *answer->cells);
    return rc;
}

static int add(SitoAnswer *answer, SitoAnswerCell cell) {
    void *cells = answer->cells;
    int rc = SITO_OK;
    if (answer->count == answer->capacity) {
        rc = sito_grow(&cells, &answer->capacity, answer->count + 1, sizeof cell, SITO_MAX_ANSWER);
        answer->cells = cells;
    }
    if (rc == SITO_OK) {
        answer->cells[answer->count++] = cell;
    }
    return rc;
}

int sito_answer_null(SitoAnswer *answer) {
    return add(answer, (SitoAnswerCell){.type = SITO_ANSWER_NULL});
}

int sito_answer_integer(SitoAnswer *answer, int64_t integer) {
    return add(answer, (SitoAnswerCell){.type = SITO_ANSWER_INTEGER, .integer = integer});
}

int sito_answer_real(SitoAnswer *answer, double real) {
    return isnan(real) ? sito_answer_null(answer)
                       : add(answer, (SitoAnswerCell){.type = SITO_ANSWER_REAL, .real = real});
}

int sito_answer_text(SitoAnswer *answer, SitoText text) {
    int64_t offset = (int64_t)answer->texts.size;
    if (text.size > UINT32_MAX) {
        return SITO_TOOBIG;
    }
    int rc = sito_buffer_add(&answer->texts, text.data, text.size);
    return rc != SITO_OK ? rc
                         : add(answer, (SitoAnswerCell){.type = SITO_ANSWER_TEXT,
                                                        .size = (uint32_t)text.size,
                                                        .integer = offset});
}

int sito_answer_string(SitoAnswer *answer, const char *string) {
    return string == NULL
               ? sito_answer_null(answer)
               : sito_answer_text(answer, (SitoText){.data = string, .size = strlen(string)});
}

int sito_answer_again(SitoAnswer *answer, size_t cell) {
    return add(answer, answer->cells[cell]);
}

int sito_answer_row(SitoAnswer *answer, const char *format, ...) {
    int rc = SITO_OK;
    va_list args;
    va_start(args, format);
    for (const char *f = format; *f != 0 && rc == SITO_OK; f++) {
        switch (*f) {
        case 'i':
            rc = sito_answer_integer(answer, va_arg(args, int64_t));
            break;
        case 'r':
            rc = sito_answer_real(answer, va_arg(args, double));
            break;
        case 's':
            rc = sito_answer_string(answer, va_arg(args, const char *));
            break;
        default: {
            const SitoText *text = va_arg(args, const SitoText *);
            rc = text != NULL ? sito_answer_text(answer, *text) : sito_answer_null(answer);
            break;
        }
        }
    }
    va_end(args);
    return rc;
}

void sito_answer_free(SitoAnswer *answer) {
    sito_free(answer->cells);
    sito_buffer_free(&answer->texts);
    *answer = (SitoAnswer){0};
}
