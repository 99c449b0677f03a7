/*
** Dictionary codes of a column (column.h).
*/
#include "column.h"

#include <string.h>

enum { FIRST_SLOTS = 256 };

static void find_slots(RiskColumn *column) {
    memset(column->slots, 0, column->slot_count * sizeof *column->slots);
    for (size_t code = 0; code < column->count; code++) {
        size_t slot = column->values[code].hash.low & (column->slot_count - 1);
        while (column->slots[slot] != 0) {
            slot = (slot + 1) & (column->slot_count - 1);
        }
        column->slots[slot] = (uint32_t)code + 1;
    }
}

/* Keeps the slots at most half full, with room for one more. */
static int make_slots(RiskColumn *column) {
    if (column->slots != NULL && (column->count + 1) * 2 <= column->slot_count) {
        return SITO_OK;
    }
    size_t slot_count = column->slots == NULL ? FIRST_SLOTS : column->slot_count * 2;
    uint32_t *slots = sito_malloc(slot_count * sizeof *slots);
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    sito_free(column->slots);
    column->slots = slots;
    column->slot_count = slot_count;
    find_slots(column);
    return SITO_OK;
}

static int add_value(RiskColumn *column, const RiskCell *cell, SitoHash128 hash) {
    void *values = column->values;
    int rc = sito_grow(&values, &column->value_capacity, column->count + 1, sizeof(RiskValue),
                       RISK_MAX_ROWS);
    column->values = values;
    if (rc != SITO_OK) {
        return rc;
    }
    RiskValue value = {.hash = hash,
                       .type = cell->type,
                       .integer = cell->integer,
                       .real = cell->real,
                       .offset = column->bytes.size,
                       .size = column->forget ? 0 : cell->text.size};
    column->bytes.limit = RISK_MAX_VALUE_BYTES;
    rc = sito_buffer_add(&column->bytes, cell->text.data, value.size);
    if (rc == SITO_OK) {
        column->values[column->count++] = value;
    }
    return rc;
}

static int find_code(RiskColumn *column, const RiskCell *cell, SitoBuffer *key, uint32_t *code) {
    key->size = 0;
    int rc = risk_cell_key(cell, key);
    if (rc == SITO_OK) {
        rc = make_slots(column);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    SitoHash128 hash = sito_hash128(key->data, key->size);
    size_t slot = hash.low & (column->slot_count - 1);
    for (; column->slots[slot] != 0; slot = (slot + 1) & (column->slot_count - 1)) {
        *code = column->slots[slot] - 1;
        const SitoHash128 other = column->values[*code].hash;
        if (other.low == hash.low && other.high == hash.high) {
            return SITO_OK;
        }
    }
    *code = (uint32_t)column->count;
    rc = add_value(column, cell, hash);
    if (rc == SITO_OK) {
        column->slots[slot] = *code + 1;
    }
    return rc;
}

int risk_column_add(RiskColumn *column, const RiskCell *cell, SitoBuffer *key) {
    uint32_t code = 0;
    void *codes = column->codes;
    int rc = SITO_OK;
    if (column->rows == column->row_capacity) {
        rc = sito_grow(&codes, &column->row_capacity, column->rows + 1, sizeof code, RISK_MAX_ROWS);
        column->codes = codes;
    }
    if (rc == SITO_OK) {
        rc = find_code(column, cell, key, &code);
    }
    if (rc == SITO_OK) {
        column->codes[column->rows++] = code;
    }
    return rc;
}

RiskCell risk_column_cell(const RiskColumn *column, uint32_t code) {
    const RiskValue *value = &column->values[code];
    return (RiskCell){.type = value->type,
                      .integer = value->integer,
                      .real = value->real,
                      .text = {.data = column->bytes.data + value->offset, .size = value->size}};
}

void risk_column_free(RiskColumn *column) {
    sito_free(column->codes);
    sito_free(column->values);
    sito_free(column->slots);
    sito_buffer_free(&column->bytes);
    *column = (RiskColumn){0};
}
