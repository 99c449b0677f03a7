/*
** One JSON value as a value of SQLite (json_rows.h, R3).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "bdl_core.h"
#include "json_rows.h"

static bool is(SitoText text, const char *word) {
    return sito_text_equal(text, (SitoText){.data = word, .size = strlen(word)});
}

static void result_text(sqlite3_context *context, SitoText text) {
    sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static bool is_number(SitoText raw) {
    return raw.data[0] == '-' || (raw.data[0] >= '0' && raw.data[0] <= '9');
}

static bool is_finite(double number) {
    return number - number == 0;
}

/* A number as JSON spells one, which is how numbers in quotes must look too. */
static bool spells_number(SitoText text, bool *whole) {
    size_t i = text.size > 0 && text.data[0] == '-' ? 1 : 0, from = i;
    *whole = true;
    while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9') {
        i++;
    }
    if (i == from || (i - from > 1 && text.data[from] == '0')) {
        return false;
    }
    for (const char *mark = ".e"; *mark != 0 && i < text.size; mark++) {
        if ((text.data[i] | (*mark == 'e' ? 32 : 0)) != *mark) {
            continue;
        }
        *whole = false;
        i++;
        i += *mark == 'e' && i < text.size && (text.data[i] == '-' || text.data[i] == '+');
        from = i;
        while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9') {
            i++;
        }
        if (i == from) {
            return false;
        }
    }
    return i == text.size;
}

/* What SQLite gives for it, unless that loses something: it is then as it is spelled. */
static void result_auto(sqlite3_context *context, SitoText raw, sqlite3_value *value) {
    bool whole, exact = raw.data[0] != '{' && raw.data[0] != '[';
    if (is_number(raw)) {
        exact = spells_number(raw, &whole) && (whole ? sqlite3_value_type(value) == SQLITE_INTEGER
                                                     : is_finite(sqlite3_value_double(value)));
    }
    if (exact) {
        sqlite3_result_value(context, value);
    } else {
        result_text(context, raw);
    }
}

/* A number, also one in quotes: whole ones as INTEGER or not at all, or all of them as REAL. */
static int result_number(sqlite3_context *context, bool integer, sqlite3_value *value, bool *fits) {
    SitoText text;
    int rc = sito_value_text(value, &text);
    bool whole, quoted = sqlite3_value_type(value) == SQLITE_TEXT;
    if (rc != SITO_OK || text.size == 0 || (quoted && !integer && is(text, "NaN"))) {
        return rc;
    }
    *fits = !quoted || spells_number(text, &whole);
    sqlite3_value *number = *fits ? sqlite3_value_dup(value) : NULL;
    if (*fits && number == NULL) {
        return SITO_NOMEM;
    }
    int type = *fits ? sqlite3_value_numeric_type(number) : SQLITE_NULL;
    double real = *fits ? sqlite3_value_double(number) : 0;
    enum { EXACT = 1 << 30 }; /* times 2^23: whole numbers below it are exact as REAL */
    double limit = (double)EXACT * (1 << 23);
    bool whole_real = type == SQLITE_FLOAT && real >= -limit && real <= limit &&
                      (double)(sqlite3_int64)real == real;
    if (!*fits) {
        return SITO_OK;
    }
    if (integer) {
        *fits = type == SQLITE_INTEGER || whole_real;
        if (*fits) {
            sqlite3_result_int64(context, type == SQLITE_INTEGER ? sqlite3_value_int64(number)
                                                                 : (sqlite3_int64)real);
        }
    } else {
        *fits = is_finite(real);
        if (*fits) {
            sqlite3_result_double(context, real);
        }
    }
    sqlite3_value_free(number);
    return SITO_OK;
}

static int result_teryt(sqlite3_context *context, sqlite3_value *value) {
    char teryt[SITO_TERYT_SIZE];
    SitoText id;
    int rc = sito_value_text(value, &id);
    size_t size = rc == SITO_OK ? sito_bdl_teryt(id, teryt) : 0;
    if (size > 0) {
        result_text(context, (SitoText){.data = teryt, .size = size});
    }
    return rc;
}

int sito_json_result(sqlite3_context *context, SitoJsonType type, SitoText raw,
                     sqlite3_value *value, bool *fits) {
    bool container = raw.data[0] == '{' || raw.data[0] == '[';
    bool truth = raw.data[0] == 't' || raw.data[0] == 'f';
    *fits = true;
    switch (type) {
    case SITO_JSON_TEXT:
        if (raw.data[0] == '"') {
            sqlite3_result_value(context, value);
        } else {
            result_text(context, raw);
        }
        return SITO_OK;
    case SITO_JSON_JSON:
        result_text(context, raw);
        return SITO_OK;
    case SITO_JSON_INTEGER:
    case SITO_JSON_NUMBER:
        *fits = !container && !truth;
        return *fits ? result_number(context, type == SITO_JSON_INTEGER, value, fits) : SITO_OK;
    case SITO_JSON_BOOLEAN:
        *fits = truth || is(raw, "0") || is(raw, "1");
        if (*fits) {
            sqlite3_result_int(context, is(raw, "true") || is(raw, "1"));
        }
        return SITO_OK;
    case SITO_JSON_TERYT:
        return result_teryt(context, value);
    default:
        result_auto(context, raw, value);
        return SITO_OK;
    }
}
