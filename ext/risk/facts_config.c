/*
** Reads the configuration of risk_facts with SQLite's own JSON functions (facts_config.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "facts_config.h"

enum { MOST_WITNESSES = 1000 };

static const char *const role_names[RISK_ROLES] = {[RISK_QUASI] = "quasi-identifier",
                                                   [RISK_SENSITIVE] = "sensitive",
                                                   [RISK_OTHER] = "other",
                                                   [RISK_UNIT] = "unit",
                                                   [RISK_RECORD] = "record",
                                                   [RISK_LINE] = "line",
                                                   [RISK_BYTE] = "byte"};

static int unknown_role(const char *role, char **error) {
    const char *nearest = NULL;
    if (role != NULL) {
        SitoText word = {.data = role, .size = strlen(role)};
        nearest = sito_nearest(word, role_names, RISK_ROLES);
    }
    return sito_error(error, SITO_ERROR,
                      "risk_facts: unknown role '%s'%s%s%s; roles are quasi-identifier, sensitive, "
                      "other, unit, record, line, byte",
                      role != NULL ? role : "(none)", nearest != NULL ? ", did you mean '" : "",
                      nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static int read_role(RiskConfig *config, const char *role, char **error) {
    int i = config->count, found = 0;
    while (found < RISK_ROLES && (role == NULL || strcmp(role, role_names[found]) != 0)) {
        found++;
    }
    if (found == RISK_ROLES) {
        return unknown_role(role, error);
    }
    config->roles[i] = (RiskRole)found;
    if (found == RISK_QUASI) {
        config->quasi[config->quasi_count++] = i;
    } else if (found == RISK_SENSITIVE) {
        config->sensitive[config->sensitive_count++] = i;
    } else if (found == RISK_OTHER) {
        config->others[config->others_count++] = i;
    } else if (config->place[found] >= 0) {
        return sito_error(error, SITO_ERROR, "risk_facts: two columns have the role '%s'", role);
    } else {
        config->place[found] = config->values;
    }
    config->values += !config->cells || found > RISK_OTHER;
    return SITO_OK;
}

/* With cells a column of the record says which one it is. */
static int read_position(RiskConfig *config, sqlite3_stmt *row, char **error) {
    int i = config->count;
    RiskRole role = config->roles[i];
    bool read = config->cells && role <= RISK_OTHER;
    config->position[i] = sqlite3_column_int64(row, 3) - 1;
    if (read && config->position[i] > config->furthest) {
        config->furthest = config->position[i];
    }
    if (read && config->position[i] < 0) {
        return sito_error(error, SITO_ERROR,
                          "risk_facts: with \"cells\": true every quasi-identifier, sensitive and "
                          "other column has a position, from 1");
    }
    return SITO_OK;
}

/* One element of "columns": name as JSON, role, t, and what kind of JSON it is. */
static int read_column(RiskConfig *config, sqlite3_stmt *row, char **error) {
    if (config->count == RISK_MOST_COLUMNS) {
        return sito_error(error, SITO_ERROR, "risk_facts: more than %d columns", RISK_MOST_COLUMNS);
    }
    const char *name = (const char *)sqlite3_column_text(row, 0);
    const char *t = (const char *)sqlite3_column_text(row, 2);
    int rc = read_role(config, (const char *)sqlite3_column_text(row, 1), error);
    rc = rc == SITO_OK ? read_position(config, row, error) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    if (t != NULL && strcmp(t, "equal") != 0 && strcmp(t, "ordered") != 0) {
        return sito_error(error, SITO_ERROR, "risk_facts: unknown t '%s'; it is equal or ordered",
                          t);
    }
    config->ordered[config->count] = t != NULL && strcmp(t, "ordered") == 0;
    config->names[config->count] = sito_print("%s", name != NULL ? name : "null");
    return config->names[config->count++] != NULL ? SITO_OK : SITO_NOMEM;
}

/* Prepares sql with the JSON text as its only parameter. */
static int prepare(sqlite3 *db, const char *sql, SitoText json, sqlite3_stmt **statement) {
    int rc = sqlite3_prepare_v2(db, sql, -1, statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text64(*statement, 1, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8);
    }
    return rc;
}

static int read_columns(sqlite3 *db, SitoText json, RiskConfig *config, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = prepare(db,
                     "SELECT json_quote(json_extract(value, '$.name')),"
                     " json_extract(value, '$.role'), json_extract(value, '$.t'),"
                     " coalesce(json_extract(value, '$.position'), 0)"
                     " FROM json_each(?1, '$.columns')",
                     json, &row);
    while (rc == SQLITE_OK && (rc = sqlite3_step(row)) == SQLITE_ROW) {
        rc = read_column(config, row, error);
    }
    sqlite3_finalize(row);
    return rc == SQLITE_DONE ? SITO_OK : rc;
}

static int read_limits(sqlite3 *db, SitoText json, RiskConfig *config, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = prepare(db,
                     "SELECT coalesce(json_extract(?1, '$.k'), 5),"
                     " coalesce(json_extract(?1, '$.witnesses'), 20),"
                     " coalesce(json_extract(?1, '$.doubts'), 0),"
                     " coalesce(json_extract(?1, '$.measures'), 1),"
                     " coalesce(json_extract(?1, '$.cells'), 0)"
                     " WHERE json_valid(?1) AND json_type(?1, '$.columns') = 'array'"
                     " AND NOT EXISTS (SELECT 1 FROM json_each(?1, '$.columns')"
                     "                  WHERE type <> 'object')",
                     json, &row);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(row);
    }
    if (rc == SQLITE_DONE || (rc & 0xff) == SQLITE_ERROR) {
        rc = sito_error(error, SITO_ERROR,
                        "risk_facts: the first argument is JSON, {\"columns\": [{\"name\": …, "
                        "\"role\": …}, …], \"k\": 5, \"witnesses\": 20}");
    } else if (rc == SQLITE_ROW) {
        config->k = sqlite3_column_int64(row, 0);
        config->witnesses = sqlite3_column_int64(row, 1);
        config->doubts = sqlite3_column_int(row, 2) != 0;
        config->measures = sqlite3_column_int(row, 3) != 0;
        config->cells = sqlite3_column_int(row, 4) != 0;
        config->values = config->cells;
        rc = SITO_OK;
        if (config->k < 1 || config->witnesses < 0 || config->witnesses > MOST_WITNESSES) {
            rc = sito_error(error, SITO_ERROR,
                            "risk_facts: k is a whole number from 1, witnesses one from 0 to %d",
                            MOST_WITNESSES);
        }
    }
    sqlite3_finalize(row);
    return rc;
}

int risk_config_read(sqlite3 *db, SitoText json, RiskConfig *config, char **error) {
    *config = (RiskConfig){.furthest = -1};
    for (int role = 0; role < RISK_ROLES; role++) {
        config->place[role] = -1;
    }
    int rc = read_limits(db, json, config, error);
    rc = rc == SITO_OK ? read_columns(db, json, config, error) : rc;
    if (rc == SITO_OK && config->cells && config->place[RISK_RECORD] < 0) {
        rc = sito_error(error, SITO_ERROR,
                        "risk_facts: with \"cells\": true one column has the role 'record'");
    }
    return rc;
}

void risk_config_free(RiskConfig *config) {
    for (int i = 0; i < config->count; i++) {
        sito_free(config->names[i]);
    }
    config->count = 0;
}
