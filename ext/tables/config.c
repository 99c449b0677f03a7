/*
** Reads the plan of a table of cells with SQLite's own JSON functions (config.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "config.h"

static const char *const keys[] = {
    "dimensions", "measure",  "status", "signs",  "contributors", "largest",    "second",
    "absolute",   "negative", "whole",  "absent", "decimal",      "protection", "linked",
    "earlier",    "rules",    "scale",  "cost",   "singles",      "bounds",     "table",
    "relation",   "cells",    "method", "base",   "loss",         "sign",       "secret"};
static const char *const dimension_keys[] = {"name", "total", "hierarchy", "as"};
static const char *const sign_keys[] = {[TABLES_SIGN_SUPPRESSED] = "suppressed",
                                        [TABLES_SIGN_MISSING] = "missing",
                                        [TABLES_SIGN_ZERO] = "zero",
                                        [TABLES_SIGN_ABSENT] = "absent"};

void tables_plan_free(TablesPlan *plan) {
    for (int d = 0; d < plan->count; d++) {
        sito_free(plan->dimensions[d].name);
        sito_free(plan->dimensions[d].total);
        sito_free(plan->dimensions[d].as);
        for (int h = 0; h < plan->dimensions[d].count; h++) {
            sito_free(plan->dimensions[d].hierarchies[h]);
        }
    }
    for (int s = 0; s < plan->sign_count; s++) {
        sito_free(plan->signs[s]);
    }
    for (int p = 0; p < 3; p++) {
        sito_free(plan->protection[p]);
    }
    sito_free(plan->table);
    sito_free(plan->measure);
    sito_free(plan->status);
    sito_free(plan->contributors);
    sito_free(plan->decimal);
    *plan = (TablesPlan){.count = 0};
}

/* ---- rows of a SELECT over the text ---- */

typedef struct Asking {
    SitoCall *call;
    SitoText json;
    TablesPlan *plan;
    char **others;
    int other_count;
} Asking;

static int failure(SitoCall *call, int rc) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(&call->error, SITO_ERROR, "%s", sqlite3_errmsg(call->db));
}

static int each(Asking *asking, const char *sql, int number,
                int (*take)(Asking *asking, sqlite3_stmt *row)) {
    sqlite3_stmt *row = NULL;
    sqlite3 *db = asking->call->db;
    int step = SQLITE_DONE, rc = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(row, 1, asking->json.data, asking->json.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK && number >= 0 ? sqlite3_bind_int(row, 2, number) : rc;
    rc = rc == SQLITE_OK ? SITO_OK : failure(asking->call, rc);
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = take(asking, row);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = failure(asking->call, step);
    }
    sqlite3_finalize(row);
    return rc;
}

static int wrong(const Asking *asking, const char *what, const char *allowed) {
    return sito_error(&asking->call->error, SITO_ERROR, "%s is %s", what, allowed);
}

/* The text in a column of the row, copied; NULL stays NULL. Its type is asked first: where memory is short
** SQLite makes it NULL. */
static int copy(sqlite3_stmt *row, int column, char **text) {
    bool none = sqlite3_column_type(row, column) == SQLITE_NULL;
    const char *value = (const char *)sqlite3_column_text(row, column);
    *text = value == NULL ? NULL : sito_print("%s", value);
    return *text == NULL && !none ? SITO_NOMEM : SITO_OK;
}

static bool one_of(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int check_key(const Asking *asking, sqlite3_stmt *row, const char *const *known,
                     size_t count) {
    const char *key = (const char *)sqlite3_column_text(row, 0);
    if (key == NULL || one_of(key, known, count)) {
        return key == NULL ? SITO_NOMEM : SITO_OK;
    }
    const char *near = sito_nearest((SitoText){key, strlen(key)}, known, count);
    return sito_error(&asking->call->error, SITO_ERROR, "unknown key '%s'%s%s%s", key,
                      near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
                      near != NULL ? "'?" : "");
}

/* ---- keys of the whole ---- */

static bool has_type(const char *type, const char *allowed) {
    return strcmp(type, allowed) == 0 || strcmp(type, "null") == 0;
}

/* key, type, value as text, value */
static int take_name(Asking *asking, sqlite3_stmt *row, const char *key, const char *type,
                     char **to) {
    if (!has_type(type, "text")) {
        return wrong(asking, key, strcmp(key, "decimal") == 0 ? "a text" : "a name, as a text");
    }
    sito_free(*to);
    return copy(row, 2, to);
}

static int take_flag(const Asking *asking, const char *key, const char *type, bool *to) {
    if (strcmp(type, "true") != 0 && strcmp(type, "false") != 0 && strcmp(type, "null") != 0) {
        return wrong(asking, key, "true or false");
    }
    *to = strcmp(type, "true") == 0;
    return SITO_OK;
}

static int take_word(const Asking *asking, sqlite3_stmt *row, const char *key, const char *first,
                     const char *second, bool *is_second) {
    const char *word = (const char *)sqlite3_column_text(row, 2);
    bool is_first = word == NULL || strcmp(word, first) == 0;
    *is_second = word != NULL && strcmp(word, second) == 0;
    return is_first || *is_second ? SITO_OK
                                  : sito_error(&asking->call->error, SITO_ERROR,
                                               "%s is \"%s\" or \"%s\"", key, first, second);
}

static int take_key(Asking *asking, sqlite3_stmt *row) {
    TablesPlan *plan = asking->plan;
    const char *key = (const char *)sqlite3_column_text(row, 0);
    const char *type = (const char *)sqlite3_column_text(row, 1);
    const struct {
        const char *key;
        char **to;
    } names[] = {{"measure", &plan->measure},
                 {"status", &plan->status},
                 {"contributors", &plan->contributors},
                 {"decimal", &plan->decimal},
                 {"table", &plan->table}};
    bool flag = false;
    int rc =
        key == NULL || type == NULL ? SITO_NOMEM : check_key(asking, row, keys, SITO_COUNT(keys));
    if (rc != SITO_OK) {
        return rc;
    }
    for (size_t i = 0; i < SITO_COUNT(names); i++) {
        if (strcmp(key, names[i].key) == 0) {
            return take_name(asking, row, key, type, names[i].to);
        }
    }
    if (strcmp(key, "negative") == 0) {
        return take_flag(asking, key, type, &plan->negative);
    }
    if (strcmp(key, "singles") == 0) {
        return take_flag(asking, key, type, &plan->singles);
    }
    if (strcmp(key, "whole") == 0) {
        rc = take_flag(asking, key, type, &flag);
        plan->whole = strcmp(type, "null") == 0 ? -1 : flag;
    } else if (strcmp(key, "absent") == 0) {
        rc = take_word(asking, row, key, "zero", "unknown", &plan->absent_unknown);
    } else if (strcmp(key, "bounds") == 0) {
        rc = take_word(asking, row, key, "exact", "verdict", &plan->verdicts);
    } else if (strcmp(key, "relation") == 0) {
        rc = take_word(asking, row, key, "same", "cumulative", &flag);
        plan->relation = flag ? TABLES_CUMULATIVE : TABLES_SAME;
    }
    return rc;
}

/* ---- signs and protection ---- */

static int take_sign(Asking *asking, sqlite3_stmt *row) {
    TablesPlan *plan = asking->plan;
    if (plan->sign_count == TABLES_MOST_SIGNS || sqlite3_column_type(row, 1) != SQLITE_TEXT) {
        return wrong(asking, "each of the signs", "a text or a list of texts, 64 in all");
    }
    plan->sign_kinds[plan->sign_count] = (uint8_t)sqlite3_column_int(row, 0);
    int rc = copy(row, 1, &plan->signs[plan->sign_count]);
    plan->sign_count += rc == SITO_OK;
    return rc;
}

static int take_sign_key(Asking *asking, sqlite3_stmt *row) {
    return check_key(asking, row, sign_keys, SITO_COUNT(sign_keys));
}

/* what, value as text, type */
static int take_protection(Asking *asking, sqlite3_stmt *row) {
    const char *type = (const char *)sqlite3_column_text(row, 2);
    int what = sqlite3_column_int(row, 0);
    if (type == NULL || strcmp(type, "null") == 0) {
        return SITO_OK;
    }
    if ((strcmp(type, "integer") != 0 && strcmp(type, "real") != 0) ||
        sqlite3_column_double(row, 1) < 0) {
        return wrong(asking, "protection",
                     "a number from 0, or an object of width, below and above");
    }
    sito_free(asking->plan->protection[what]);
    asking->plan->protection[what] = NULL;
    return copy(row, 1, &asking->plan->protection[what]);
}

static int read_signs(Asking *asking) {
    int rc = each(asking, "SELECT key FROM json_each(?1, '$.signs')", -1, take_sign_key);
    return rc == SITO_OK
               ? each(asking,
                      "SELECT 0, value FROM json_each(coalesce(?1 -> '$.signs.suppressed',"
                      " '[\"#\", \"*\"]'))"
                      " UNION ALL SELECT 1, value FROM json_each(coalesce(?1 -> '$.signs.missing',"
                      " '[\".\", \":\"]'))"
                      " UNION ALL SELECT 2, value FROM json_each(coalesce(?1 -> '$.signs.zero',"
                      " '[\"-\"]'))"
                      " UNION ALL SELECT 3, value FROM json_each(coalesce(?1 -> '$.signs.absent',"
                      " '[\"X\"]'))",
                      -1, take_sign)
               : rc;
}

static int read_protection(Asking *asking) {
    return each(asking,
                "SELECT 0, ?1 ->> '$.protection', json_type(?1, '$.protection')"
                " WHERE coalesce(json_type(?1, '$.protection'), 'null') <> 'object'"
                " UNION ALL SELECT 0, ?1 ->> '$.protection.width',"
                "  json_type(?1, '$.protection.width')"
                " UNION ALL SELECT 1, ?1 ->> '$.protection.below',"
                "  json_type(?1, '$.protection.below')"
                " UNION ALL SELECT 2, ?1 ->> '$.protection.above',"
                "  json_type(?1, '$.protection.above')",
                -1, take_protection);
}

/* ---- dimensions ---- */

/* type, the JSON or the text */
static int take_hierarchy(Asking *asking, sqlite3_stmt *row) {
    TablesPlanDimension *dimension = &asking->plan->dimensions[asking->plan->count - 1];
    const char *type = (const char *)sqlite3_column_text(row, 0);
    bool stored = type != NULL && strcmp(type, "text") == 0;
    if (type == NULL || strcmp(type, "null") == 0) {
        return SITO_OK;
    }
    if ((!stored && strcmp(type, "object") != 0) || dimension->count == TABLES_MOST_HIERARCHIES) {
        return wrong(asking, "a hierarchy",
                     "an object, {\"code\": \"the code above it\"}, or the name of a table, or a "
                     "list of up to 8 of them");
    }
    dimension->stored[dimension->count] = stored;
    int rc = copy(row, 1, &dimension->hierarchies[dimension->count]);
    dimension->count += rc == SITO_OK;
    return rc;
}

static int take_dimension_key(Asking *asking, sqlite3_stmt *row) {
    return check_key(asking, row, dimension_keys, SITO_COUNT(dimension_keys));
}

/* number, name, type of name, total, type of total, as */
static int take_dimension(Asking *asking, sqlite3_stmt *row) {
    TablesPlan *plan = asking->plan;
    const char *type = (const char *)sqlite3_column_text(row, 2);
    const char *total = (const char *)sqlite3_column_text(row, 4);
    int number = sqlite3_column_int(row, 0);
    if (plan->count == TABLES_MOST_DIMENSIONS || type == NULL || strcmp(type, "text") != 0 ||
        (total != NULL && !has_type(total, "text"))) {
        return wrong(
            asking, "each of the dimensions",
            "{\"name\": \"column\", \"total\": \"code of the total\", \"hierarchy\": …}, 16 "
            "in all");
    }
    TablesPlanDimension *dimension = &plan->dimensions[plan->count++];
    *dimension = (TablesPlanDimension){.name = NULL};
    int rc = copy(row, 1, &dimension->name);
    rc = rc == SITO_OK ? copy(row, 3, &dimension->total) : rc;
    bool renamed = sqlite3_column_type(row, 5) != SQLITE_NULL;
    rc = rc == SITO_OK ? copy(row, renamed ? 5 : 1, &dimension->as) : rc;
    bool lost = dimension->name == NULL || dimension->as == NULL ||
                (total != NULL && strcmp(total, "text") == 0 && dimension->total == NULL);
    rc = rc == SITO_OK && lost ? SITO_NOMEM : rc; /* SQLite says NULL where memory was short */
    for (int d = 0; d + 1 < plan->count && rc == SITO_OK; d++) {
        if (sqlite3_stricmp(plan->dimensions[d].name, dimension->name) == 0 ||
            strcmp(plan->dimensions[d].as, dimension->as) == 0) {
            rc = sito_error(&asking->call->error, SITO_ERROR, "the dimension \"%w\" is named twice",
                            dimension->name);
        }
    }
    rc = rc == SITO_OK ? each(asking, "SELECT key FROM json_each(?1, '$.dimensions[' || ?2 || ']')",
                              number, take_dimension_key)
                       : rc;
    return rc == SITO_OK
               ? each(
                     asking,
                     "SELECT type, value FROM json_each(?1, '$.dimensions[' || ?2 || '].hierarchy')"
                     " WHERE json_type(?1, '$.dimensions[' || ?2 || '].hierarchy') = 'array'"
                     " UNION ALL SELECT json_type(?1, '$.dimensions[' || ?2 || '].hierarchy'),"
                     "  ?1 ->> ('$.dimensions[' || ?2 || '].hierarchy')"
                     " WHERE json_type(?1, '$.dimensions[' || ?2 || '].hierarchy') <> 'array'",
                     number, take_hierarchy)
               : rc;
}

/* ---- the plan ---- */

static int take_validity(Asking *asking, sqlite3_stmt *row) {
    return sqlite3_column_int(row, 0) == 1
               ? SITO_OK
               : wrong(asking, "the configuration",
                       "a JSON object, as {\"dimensions\": [{\"name\": \"wiek\", \"total\": "
                       "\"Ogółem\"}], \"measure\": \"liczba\"}");
}

static int check_object(Asking *asking) {
    return each(asking,
                "SELECT CASE WHEN NOT json_valid(?1) THEN 0 ELSE json_type(?1) = 'object' AND"
                " json_type(?1, '$.dimensions') IS 'array' END",
                -1, take_validity);
}

int tables_plan_read(SitoCall *call, SitoText json, TablesPlan *plan) {
    Asking asking = {.call = call, .json = json, .plan = plan};
    *plan = (TablesPlan){.whole = -1};
    int rc = check_object(&asking);
    rc = rc == SITO_OK ? each(&asking, "SELECT key, type, value FROM json_each(?1)", -1, take_key)
                       : rc;
    rc = rc == SITO_OK ? read_signs(&asking) : rc;
    rc = rc == SITO_OK ? read_protection(&asking) : rc;
    rc = rc == SITO_OK ? each(&asking,
                              "SELECT key, value ->> '$.name', json_type(value, '$.name'),"
                              " value ->> '$.total', json_type(value, '$.total'), value ->> '$.as'"
                              " FROM json_each(?1, '$.dimensions') WHERE type = 'object'"
                              " UNION ALL SELECT key, NULL, NULL, NULL, NULL, NULL"
                              " FROM json_each(?1, '$.dimensions') WHERE type <> 'object'",
                              -1, take_dimension)
                       : rc;
    if (rc == SITO_OK && (plan->count == 0 || plan->measure == NULL)) {
        rc = sito_error(&call->error, SITO_ERROR,
                        "the configuration names at least one dimension, and the measure");
    }
    return rc;
}

static int take_other(Asking *asking, sqlite3_stmt *row) {
    if (sqlite3_column_type(row, 0) == SQLITE_NULL || asking->other_count == TABLES_MOST_SOURCES) {
        return wrong(asking, "each of the linked and earlier tables",
                     "an object with the name of a table, as {\"table\": \"maj\"}, 63 in all");
    }
    int rc = copy(row, 0, &asking->others[asking->other_count]);
    asking->other_count += rc == SITO_OK;
    return rc;
}

int tables_plan_others(SitoCall *call, SitoText json, char *plans[TABLES_MOST_SOURCES],
                       int *count) {
    Asking asking = {.call = call, .json = json, .others = plans};
    int rc = each(&asking,
                  "SELECT CASE WHEN type = 'object' AND json_type(value, '$.table') IS 'text'"
                  " THEN json_patch(json_remove(?1, '$.linked', '$.earlier'), value) END"
                  " FROM (SELECT 0 AS list, key, type, value FROM json_each(?1, '$.linked')"
                  "  UNION ALL SELECT 1, key, type, value FROM json_each(?1, '$.earlier'))"
                  " ORDER BY list, key",
                  -1, take_other);
    *count = asking.other_count;
    return rc;
}
