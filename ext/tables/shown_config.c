/*
** Reads the configuration of risk_table with SQLite's own JSON functions (shown.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "shown.h"

static const char *const column_keys[SHOWN_COLUMNS] = {"measure", "contributors", "largest",
                                                       "second",  "absolute",     "status"};

/* Those of tables.h that others read. */
static const char *const keys[] = {
    "dimensions", "measure",  "status", "signs",  "contributors", "largest",    "second",
    "absolute",   "negative", "whole",  "absent", "decimal",      "protection", "linked",
    "earlier",    "rules",    "scale",  "cost",   "singles",      "bounds",     "table",
    "relation",   "cells",    "method", "base",   "loss",         "sign",       "secret"};

static const char *const rule_keys[] = {"least", "article38", "dominance", "p",
                                        "pq",    "zeros",     "group",     "protection"};

void shown_config_free(ShownConfig *config) {
    for (int i = 0; i < config->count; i++) {
        sito_free(config->dimensions[i].name);
        sito_free(config->dimensions[i].total);
    }
    for (int i = 0; i < SHOWN_COLUMNS; i++) {
        sito_free(config->columns[i]);
    }
    sito_free(config->zeros);
    sito_free(config->decimal);
}

/* Runs one SELECT of one row over the text; the caller finalizes. */
static int ask(SitoCall *call, const char *sql, SitoText json, sqlite3_stmt **row) {
    int rc = sqlite3_prepare_v2(call->db, sql, -1, row, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(*row, 1, json.data, (int)json.size, SQLITE_TRANSIENT)
                         : rc;
    return rc == SQLITE_OK ? SITO_OK : sito_error(&call->error, rc, "%s", sqlite3_errmsg(call->db));
}

static int refuse_unknown(SitoCall *call, const char *what, const char *key,
                          const char *const *known, size_t count) {
    const char *nearest = sito_nearest((SitoText){key, strlen(key)}, known, count);
    return sito_error(&call->error, SITO_ERROR, "unknown key '%s' in %s%s%s%s", key, what,
                      nearest != NULL ? ", did you mean '" : "", nearest != NULL ? nearest : "",
                      nearest != NULL ? "'?" : "");
}

static int check_keys(SitoCall *call, SitoText json, const char *sql, const char *what,
                      const char *const *known, size_t count) {
    sqlite3_stmt *row = NULL;
    int rc = ask(call, sql, json, &row), step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(row, 0);
        bool found = false;
        for (size_t i = 0; i < count && key != NULL; i++) {
            found = found || strcmp(key, known[i]) == 0;
        }
        rc = key == NULL ? SITO_NOMEM
             : found     ? SITO_OK
                         : refuse_unknown(call, what, key, known, count);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_error(&call->error, SITO_ERROR, "the configuration is no JSON object");
    }
    sqlite3_finalize(row);
    return rc;
}

static int copy(sqlite3_stmt *row, int column, char **text) {
    const char *value = (const char *)sqlite3_column_text(row, column);
    *text = value != NULL ? sito_print("%s", value) : NULL;
    return value != NULL && *text == NULL ? SITO_NOMEM : SITO_OK;
}

static int read_dimensions(SitoCall *call, SitoText json, ShownConfig *config) {
    sqlite3_stmt *row = NULL;
    int rc = ask(call,
                 "SELECT value ->> '$.name', value ->> '$.total' FROM json_each(?1, '$.dimensions')"
                 " ORDER BY key",
                 json, &row);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        if (config->count == TABLES_MOST_DIMENSIONS || sqlite3_column_type(row, 0) == SQLITE_NULL) {
            rc = sito_error(&call->error, SITO_ERROR,
                            "dimensions are at most %d objects, each with a name",
                            TABLES_MOST_DIMENSIONS);
        } else {
            rc = copy(row, 0, &config->dimensions[config->count].name);
            rc = rc == SITO_OK ? copy(row, 1, &config->dimensions[config->count].total) : rc;
            config->count++;
        }
    }
    if (rc == SITO_OK && (step != SQLITE_DONE || config->count == 0)) {
        rc = sito_error(&call->error, SITO_ERROR, "the configuration has no list of dimensions");
    }
    sqlite3_finalize(row);
    return rc;
}

static int read_columns(SitoCall *call, SitoText json, ShownConfig *config) {
    sqlite3_stmt *row = NULL;
    int rc = ask(call,
                 "SELECT ?1 ->> '$.measure', ?1 ->> '$.contributors', ?1 ->> '$.largest',"
                 " ?1 ->> '$.second', ?1 ->> '$.absolute', ?1 ->> '$.status',"
                 " coalesce(?1 -> '$.signs.zero', '[\"-\"]'), coalesce(?1 ->> '$.decimal', '.'),"
                 " coalesce(?1 ->> '$.negative', 0)",
                 json, &row);
    if (rc == SITO_OK && sqlite3_step(row) != SQLITE_ROW) {
        rc = sito_error(&call->error, SITO_ERROR, "the configuration is no JSON object");
    }
    for (int i = 0; i < SHOWN_COLUMNS && rc == SITO_OK; i++) {
        rc = copy(row, i, &config->columns[i]);
    }
    rc = rc == SITO_OK ? copy(row, SHOWN_COLUMNS, &config->zeros) : rc;
    rc = rc == SITO_OK ? copy(row, SHOWN_COLUMNS + 1, &config->decimal) : rc;
    config->negative = rc == SITO_OK && sqlite3_column_int(row, SHOWN_COLUMNS + 2) != 0;
    if (rc == SITO_OK && config->columns[SHOWN_MEASURE] == NULL) {
        rc = sito_error(&call->error, SITO_ERROR, "the configuration names no %s",
                        column_keys[SHOWN_MEASURE]);
    }
    sqlite3_finalize(row);
    return rc;
}

/* A number with a fraction of up to three digits, over 1,000. */
static int read_ratio(SitoCall *call, sqlite3_stmt *row, int column, const char *name,
                      TablesRatio *ratio) {
    if (sqlite3_column_type(row, column) == SQLITE_NULL) {
        return SITO_OK;
    }
    double value = sqlite3_column_double(row, column);
    if (!(value > 0 && value <= 1e9)) {
        return sito_error(&call->error, SITO_ERROR, "%s is a number above 0", name);
    }
    *ratio = (TablesRatio){(int64_t)(value * 1000 + 0.5), 1000};
    return SITO_OK;
}

static int read_numbers(SitoCall *call, sqlite3_stmt *row, TablesRules *rules) {
    rules->least = sqlite3_column_int64(row, 0);
    rules->article_38 = sqlite3_column_int(row, 1) != 0;
    rules->n = sqlite3_column_int(row, 2);
    rules->zeros = sqlite3_column_int(row, 7) != 0;
    rules->group = sqlite3_column_int(row, 8) != 0;
    if (rules->least < 0 || rules->n < 0 || rules->n > 2) {
        return sito_error(&call->error, SITO_ERROR,
                          "least is a whole number from 0, n of dominance 1 or 2");
    }
    int rc = read_ratio(call, row, 3, "k of dominance", &rules->k);
    rc = rc == SITO_OK ? read_ratio(call, row, 4, "p", &rules->p) : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 5) != SQLITE_NULL) {
        double p = sqlite3_column_double(row, 5), q = sqlite3_column_double(row, 6);
        if (!(p > 0 && p < q && q <= 100)) {
            return sito_error(&call->error, SITO_ERROR,
                              "pq is a list of two percentages, 0 < p < q <= 100");
        }
        rules->pq = (TablesRatio){(int64_t)(p * 1000 + 0.5), (int64_t)(q * 1000 + 0.5)};
    }
    return rc;
}

static int read_rules(SitoCall *call, SitoText json, ShownConfig *config) {
    sqlite3_stmt *row = NULL;
    int rc =
        ask(call,
            "SELECT ?1 ->> '$.rules.least', ?1 ->> '$.rules.article38',"
            " ?1 ->> '$.rules.dominance[0]', ?1 ->> '$.rules.dominance[1]', ?1 ->> '$.rules.p',"
            " ?1 ->> '$.rules.pq[0]', ?1 ->> '$.rules.pq[1]', ?1 ->> '$.rules.zeros',"
            " ?1 ->> '$.rules.group'",
            json, &row);
    if (rc == SITO_OK && sqlite3_step(row) != SQLITE_ROW) {
        rc = sito_error(&call->error, SITO_ERROR, "the configuration is no JSON object");
    }
    rc = rc == SITO_OK ? read_numbers(call, row, &config->rules) : rc;
    sqlite3_finalize(row);
    return rc;
}

int shown_config_read(SitoCall *call, SitoText json, ShownConfig *config) {
    int rc = check_keys(call, json, "SELECT key FROM json_each(?1)", "the configuration", keys,
                        SITO_COUNT(keys));
    rc = rc == SITO_OK ? check_keys(call, json, "SELECT key FROM json_each(?1, '$.rules')", "rules",
                                    rule_keys, SITO_COUNT(rule_keys))
                       : rc;
    rc = rc == SITO_OK ? read_dimensions(call, json, config) : rc;
    rc = rc == SITO_OK ? read_columns(call, json, config) : rc;
    return rc == SITO_OK ? read_rules(call, json, config) : rc;
}
