/*
** Reads cells from SQLite and makes their keys (cell.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "cell.h"

enum { KEY_HEAD = 9, SHORT_ROW = 512 };

/* A REAL that is exactly a 64-bit integer becomes one; -0.0 becomes 0. The bounds are powers of two
** and so exact: -2^63 is an integer, 2^63 is not. */
static void read_real(double real, RiskCell *cell) {
    if (real >= -9223372036854775808.0 && real < 9223372036854775808.0 &&
        (double)(int64_t)real == real) {
        *cell = (RiskCell){.type = RISK_INTEGER, .integer = (int64_t)real};
    } else {
        *cell = (RiskCell){.type = RISK_REAL, .real = real};
    }
}

int risk_cell_read(sqlite3_value *value, RiskCell *cell) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        *cell = (RiskCell){.type = RISK_INTEGER, .integer = sqlite3_value_int64(value)};
        return SITO_OK;
    case SQLITE_FLOAT:
        read_real(sqlite3_value_double(value), cell);
        return SITO_OK;
    case SQLITE_TEXT:
        *cell = (RiskCell){.type = RISK_TEXT};
        return sito_value_text(value, &cell->text);
    case SQLITE_BLOB:
        *cell = (RiskCell){.type = RISK_BLOB};
        cell->text.data = sqlite3_value_blob(value);
        cell->text.size = (size_t)sqlite3_value_bytes(value);
        return cell->text.data == NULL && cell->text.size > 0 ? SITO_NOMEM : SITO_OK;
    default:
        *cell = (RiskCell){.type = RISK_NULL};
        return SITO_OK;
    }
}

/* The length goes before the bytes of text; 4 bytes hold it, as SQLite's values are below 2^31. */
int risk_cell_key(const RiskCell *cell, SitoBuffer *key) {
    if (key->capacity - key->size < KEY_HEAD + cell->text.size) {
        int rc = sito_buffer_reserve(key, KEY_HEAD + cell->text.size);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    char *out = key->data + key->size;
    uint32_t length = (uint32_t)cell->text.size;
    *out = (char)cell->type;
    switch (cell->type) {
    case RISK_NULL:
        key->size += 1;
        break;
    case RISK_INTEGER:
        memcpy(out + 1, &cell->integer, 8);
        key->size += 9;
        break;
    case RISK_REAL:
        memcpy(out + 1, &cell->real, 8);
        key->size += 9;
        break;
    case RISK_TEXT:
    case RISK_BLOB:
        memcpy(out + 1, &length, 4);
        if (length > 0) {
            memcpy(out + 5, cell->text.data, length);
        }
        key->size += 5 + length;
        break;
    }
    return SITO_OK;
}

/* ---- rows ---- */

/* Copies without a call where the text is short, as nearly all of them are. */
static inline void copy_short(char *to, const char *from, size_t size) {
    if (size >= 8 && size <= 16) {
        memcpy(to, from, 8);
        memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4 && size < 8) {
        memcpy(to, from, 4);
        memcpy(to + size - 4, from + size - 4, 4);
    } else if (size < 4) {
        for (size_t i = 0; i < size; i++) {
            to[i] = from[i];
        }
    } else {
        memcpy(to, from, size);
    }
}

/* The key of one cell at `to`, which has KEY_HEAD bytes of room and `room` for text. The same bytes
** as risk_cell_key writes. Returns the length, 0 where the general way has to be taken. */
static inline size_t short_key(sqlite3_value *value, char *to, size_t room) {
    int64_t integer;
    uint32_t length;
    const char *text;
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        integer = sqlite3_value_int64(value);
        to[0] = RISK_INTEGER;
        memcpy(to + 1, &integer, 8);
        return 9;
    case SQLITE_TEXT:
        text = (const char *)sqlite3_value_text(value);
        length = (uint32_t)sqlite3_value_bytes(value);
        if (text == NULL || length > room) {
            return 0;
        }
        to[0] = RISK_TEXT;
        memcpy(to + 1, &length, 4);
        copy_short(to + 5, text, length);
        return 5 + length;
    case SQLITE_NULL:
        to[0] = RISK_NULL;
        return 1;
    default:
        return 0;
    }
}

static int long_row_hash(sqlite3_value **values, int count, SitoBuffer *key, SitoHash128 *hash) {
    key->size = 0;
    for (int i = 0; i < count; i++) {
        RiskCell cell;
        int rc = risk_cell_read(values[i], &cell);
        if (rc == SITO_OK) {
            rc = risk_cell_key(&cell, key);
        }
        if (rc != SITO_OK) {
            return rc;
        }
    }
    *hash = sito_hash128(key->data, key->size);
    return SITO_OK;
}

int risk_row_hash(sqlite3_value **values, int count, SitoBuffer *key, SitoHash128 *hash) {
    char row[SHORT_ROW + KEY_HEAD];
    size_t size = 0;
    for (int i = 0; i < count; i++) {
        size_t length = size > SHORT_ROW ? 0 : short_key(values[i], row + size, SHORT_ROW - size);
        if (length == 0) {
            return long_row_hash(values, count, key, hash);
        }
        size += length;
    }
    *hash = sito_hash128(row, size);
    return SITO_OK;
}
