/*
** Refines partitions (refine.h).
*/
#include "refine.h"

#include <string.h>

int risk_refiner_make(RiskRefiner *refiner, const RiskColumn *columns, size_t count,
                      const uint32_t *units) {
    size_t values = 0;
    for (size_t i = 0; i < count; i++) {
        values = columns[i].count > values ? columns[i].count : values;
    }
    refiner->counts = sito_malloc((values + 1) * sizeof *refiner->counts);
    refiner->places = sito_malloc((values + 1) * sizeof *refiner->places);
    refiner->codes = sito_malloc((values + 1) * sizeof *refiner->codes);
    refiner->units = units;
    refiner->first_units =
        units != NULL ? sito_malloc((values + 1) * sizeof *refiner->first_units) : NULL;
    bool lacking = units != NULL && refiner->first_units == NULL;
    if (!refiner->counts || !refiner->places || !refiner->codes || lacking) {
        return SITO_NOMEM;
    }
    memset(refiner->counts, 0, (values + 1) * sizeof *refiner->counts);
    return SITO_OK;
}

void risk_refiner_free(RiskRefiner *refiner) {
    sito_free(refiner->counts);
    sito_free(refiner->places);
    sito_free(refiner->codes);
    sito_free(refiner->first_units);
    *refiner = (RiskRefiner){0};
}

int risk_slices_make(RiskSlices *slices, size_t rows) {
    slices->rows = sito_malloc((rows + 1) * sizeof *slices->rows);
    slices->ends = sito_malloc((rows + 1) * sizeof *slices->ends);
    return slices->rows != NULL && slices->ends != NULL ? SITO_OK : SITO_NOMEM;
}

void risk_slices_free(RiskSlices *slices) {
    sito_free(slices->rows);
    sito_free(slices->ends);
    *slices = (RiskSlices){0};
}

void risk_slices_fill(RiskSlices *slices, size_t rows) {
    for (uint32_t row = 0; row < rows; row++) {
        slices->rows[row] = row;
    }
    slices->ends[0] = (uint32_t)rows;
    slices->classes = rows > 0;
    slices->count = rows;
    slices->alone = 0;
    slices->pairs = (double)rows * ((double)rows - 1);
}

static size_t count_codes(RiskRefiner *refiner, const uint32_t *codes, const uint32_t *rows,
                          size_t size) {
    size_t distinct = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t code = codes[rows[i]];
        if (refiner->counts[code]++ == 0) {
            refiner->codes[distinct++] = code;
        }
    }
    return distinct;
}

/* A code of one unit alone counts as one row. */
static size_t count_units(RiskRefiner *refiner, const uint32_t *codes, const uint32_t *rows,
                          size_t size) {
    size_t distinct = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t code = codes[rows[i]], unit = refiner->units[rows[i]];
        if (refiner->counts[code] == 0) {
            refiner->counts[code] = 1;
            refiner->places[code] = 0; /* until place_codes: how many rows */
            refiner->first_units[code] = unit;
            refiner->codes[distinct++] = code;
        } else if (refiner->first_units[code] == RISK_NO_UNIT) {
            refiner->first_units[code] = unit;
        } else if (unit != RISK_NO_UNIT && unit != refiner->first_units[code]) {
            refiner->counts[code] = 2;
        }
        refiner->places[code]++;
    }
    for (size_t i = 0; i < distinct; i++) {
        uint32_t code = refiner->codes[i];
        refiner->counts[code] = refiner->counts[code] > 1 ? refiner->places[code] : 1;
    }
    return distinct;
}

/* Gives each code that occurs more than once its place in `to`. */
static void place_codes(RiskRefiner *refiner, size_t distinct, RiskSlices *to) {
    for (size_t i = 0; i < distinct; i++) {
        uint32_t n = refiner->counts[refiner->codes[i]];
        if (n == 1) {
            to->alone++;
            continue;
        }
        refiner->places[refiner->codes[i]] = (uint32_t)to->count;
        to->count += n;
        to->classes++;
        to->pairs += (double)n * ((double)n - 1);
    }
}

void risk_refine(RiskRefiner *refiner, const RiskSlices *from, const uint32_t *codes,
                 uint64_t *alone_bits, bool with_rows, RiskSlices *to) {
    size_t begin = 0;
    to->classes = to->count = 0;
    to->alone = from->alone;
    to->pairs = 0;
    for (size_t c = 0; c < from->classes; begin = from->ends[c++]) {
        const uint32_t *rows = from->rows + begin;
        size_t size = from->ends[c] - begin, class = to->classes;
        size_t distinct = refiner->units != NULL ? count_units(refiner, codes, rows, size)
                                                 : count_codes(refiner, codes, rows, size);
        place_codes(refiner, distinct, to);
        bool alone = distinct > 1 || refiner->counts[refiner->codes[0]] == 1;
        bool look = with_rows || (alone_bits != NULL && alone);
        for (size_t i = 0; i < size && look; i++) {
            uint32_t code = codes[rows[i]];
            if (refiner->counts[code] > 1) {
                if (with_rows) {
                    to->rows[refiner->places[code]++] = rows[i];
                }
            } else if (alone_bits != NULL) {
                alone_bits[rows[i] / 64] |= (uint64_t)1 << rows[i] % 64;
            }
        }
        for (size_t i = 0; i < distinct; i++) {
            uint32_t code = refiner->codes[i];
            if (with_rows && refiner->counts[code] > 1) {
                to->ends[class ++] = refiner->places[code];
            }
            refiner->counts[code] = 0;
        }
    }
}
