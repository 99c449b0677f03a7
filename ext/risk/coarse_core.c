/*
** The coarse reading of a column (coarse.h).
*/
#include "coarse.h"

#include <math.h>
#include <string.h>

#include "polish/polish.h"
#include "risk.h"

/* What offices write where they have no value, folded. */
static const char *const no_value_words[] = {
    "brak",
    "brak danych",
    "brak informacji",
    "brak odpowiedzi",
    "nie dotyczy",
    "nie podano",
    "nie ustalono",
    "nie wiadomo",
    "nieznany",
    "nieznana",
    "nieznane",
    "nieustalony",
    "nieustalona",
    "nieustalone",
    "bd",
    "b.d.",
    "b/d",
    "b. d.",
    "nd",
    "n.d.",
    "n/d",
    "n/a",
    "na",
    "null",
    "none",
    "nan",
    "unknown",
    "missing",
};

/* Letters and digits, as far as "a value stands here" needs them: ASCII's own and everything beyond
** the punctuation blocks (dashes, bullets and the ellipsis lie in U+2000..U+2BFF and U+3000..U+303F,
** Latin-1 signs below U+00C0). */
static bool has_substance(SitoText text) {
    for (size_t i = 0; i < text.size;) {
        uint32_t c = sito_utf8_next(text, &i);
        bool ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool sign = c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
                    c == 0xD7 || c == 0xF7 || c == 0xFFFD;
        if (ascii || !sign) {
            return true;
        }
    }
    return false;
}

bool risk_means_no_value(SitoText folded) {
    if (!has_substance(folded)) {
        return true;
    }
    for (size_t i = 0; i < SITO_COUNT(no_value_words); i++) {
        SitoText word = {.data = no_value_words[i], .size = strlen(no_value_words[i])};
        if (sito_text_equal(folded, word)) {
            return true;
        }
    }
    return false;
}

static int number_text(const RiskCell *cell, SitoBuffer *out) {
    if (cell->type == RISK_INTEGER) {
        return sito_buffer_print(out, "%lld", (long long)cell->integer);
    }
    if (isinf(cell->real)) {
        return sito_buffer_print(out, cell->real > 0 ? "inf" : "-inf"); /* as its text folds */
    }
    return sito_buffer_print(out, "%!.15g", cell->real);
}

/* The coarse cell of a value: a text, a blob, or no value (RISK_NULL). */
static int read_coarse(const RiskColumn *column, uint32_t code, SitoBuffer *scratch,
                       RiskCell *cell) {
    *cell = risk_column_cell(column, code);
    int rc = SITO_OK;
    scratch->size = 0;
    switch (cell->type) {
    case RISK_INTEGER:
    case RISK_REAL:
        rc = number_text(cell, scratch);
        break;
    case RISK_TEXT:
        rc = sito_polish_fold(cell->text, scratch);
        break;
    default:
        return SITO_OK;
    }
    SitoText text = {.data = scratch->data, .size = scratch->size};
    bool missing = cell->type == RISK_TEXT && risk_means_no_value(text);
    *cell = (RiskCell){.type = missing ? RISK_NULL : RISK_TEXT, .text = text};
    return rc;
}

int risk_coarse(const RiskColumn *column, RiskCoarse *coarse) {
    SitoBuffer scratch = {0}, key = {0};
    *coarse = (RiskCoarse){.same = true};
    coarse->codes = sito_malloc((column->count + 1) * sizeof *coarse->codes);
    int rc = coarse->codes != NULL ? SITO_OK : SITO_NOMEM;
    for (uint32_t code = 0; code < column->count && rc == SITO_OK; code++) {
        RiskCell cell;
        rc = read_coarse(column, code, &scratch, &cell);
        coarse->codes[code] = RISK_NO_VALUE;
        if (rc == SITO_OK && cell.type != RISK_NULL) {
            rc = risk_column_add(&coarse->values, &cell, &key);
            if (rc == SITO_OK) {
                coarse->codes[code] = coarse->values.codes[coarse->values.rows - 1];
            }
        }
        coarse->same = coarse->same && coarse->codes[code] == code;
    }
    sito_buffer_free(&scratch);
    sito_buffer_free(&key);
    return rc;
}

void risk_coarse_free(RiskCoarse *coarse) {
    sito_free(coarse->codes);
    risk_column_free(&coarse->values);
    *coarse = (RiskCoarse){0};
}
