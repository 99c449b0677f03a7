/*
** The plan of a search as JSON.
**
**   {"columns": [{"name": "wiek", "hierarchy": "interval:5,10,20", "weight": 1, "least": 0, "most": 2},
**                {"name": "osiedle", "hierarchy": "osiedla"}],
**    "k": 5, "maxSuppressed": 0.05, "utility": "loss",
**    "sensitive": "powod", "l": 2, "t": 0.3, "alpha": 0.8, "beta": 4, "delta": 2}
**
** R1  columns are the quasi-identifiers, at most ANON_MOST_COLUMNS; without a hierarchy a column is kept
**     or suppressed whole.
** R2  k is at least 1 and has no default; what is not named is not asked. maxSuppressed is 0.
** R3  utility: loss (the default), discernibility, entropy, average.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "config.h"
#include "functions.h"
#include "polish/polish.h"
#include "risk/risk.h"
#include "stored.h"

static const char *const keys[] = {
    "columns", "k", "l", "t", "alpha", "beta", "delta", "maxSuppressed", "sensitive", "utility"};
static const char *const column_keys[] = {"name", "hierarchy", "weight", "least", "most"};
static const char *const utilities[] = {[ANON_LOSS] = "loss",
                                        [ANON_DISCERNIBILITY] = "discernibility",
                                        [ANON_ENTROPY] = "entropy",
                                        [ANON_AVERAGE] = "average"};

/* ---- rows of json_each ---- */

typedef struct Rows {
    sqlite3 *db;
    SitoText json;
    AnonPlan *plan;
    char **error;
} Rows;

static int each(Rows *rows, const char *sql, int number, int (*take)(Rows *, sqlite3_stmt *)) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(rows->db, sql, -1, &statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(statement, 1, rows->json.data, rows->json.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK && number >= 0 ? sqlite3_bind_int(statement, 2, number) : rc;
    int step = SQLITE_DONE;
    while (rc == SQLITE_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        rc = take(rows, statement);
    }
    if (rc == SQLITE_OK && step != SQLITE_DONE) {
        rc = (step & 0xff) == SQLITE_NOMEM
                 ? SITO_NOMEM
                 : sito_error(rows->error, SITO_ERROR, "%s", sqlite3_errmsg(rows->db));
    }
    sqlite3_finalize(statement);
    return rc;
}

static int unknown_key(Rows *rows, const char *key, const char *const *known, size_t count) {
    const char *near = sito_nearest((SitoText){key, strlen(key)}, known, count);
    return sito_error(rows->error, SITO_ERROR, "unknown key '%s'%s%s%s", key,
                      near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
                      near != NULL ? "'?)" : "");
}

static bool is_one_of(const char *key, const char *const *known, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(key, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static char *copy(const char *text) {
    return sito_print("%s", text);
}

/* A number of the value in column 1; false where it is none or lies outside. */
static bool number_of(sqlite3_stmt *row, double least, double most, double *number) {
    int type = sqlite3_column_type(row, 1);
    *number = sqlite3_column_double(row, 1);
    return (type == SQLITE_INTEGER || type == SQLITE_FLOAT) && *number >= least && *number <= most;
}

static int take_utility(Rows *rows, sqlite3_stmt *row) {
    const char *word = (const char *)sqlite3_column_text(row, 1);
    for (size_t i = 0; word != NULL && i < SITO_COUNT(utilities); i++) {
        if (strcmp(word, utilities[i]) == 0) {
            rows->plan->target.utility = (AnonUtility)i;
            return SITO_OK;
        }
    }
    return sito_error(rows->error, SITO_ERROR,
                      "utility is loss, discernibility, entropy or average");
}

/* key, value, type of the whole object. */
static int take_key(Rows *rows, sqlite3_stmt *row) {
    const char *key = (const char *)sqlite3_column_text(row, 0);
    AnonTarget *target = &rows->plan->target;
    const struct {
        const char *key, *allowed;
        double least, most;
        double *real;
        int64_t *whole;
    } numbers[] = {
        {"k", "a whole number from 1", 1, 4e9, NULL, &target->k},
        {"l", "a whole number from 1", 1, 4e9, NULL, &target->l},
        {"t", "a number from 0 to 1", 0, 1, &target->t, NULL},
        {"alpha", "a number above 0, at most 1", 1e-9, 1, &target->alpha, NULL},
        {"beta", "a number above 0", 1e-9, 1e300, &target->beta, NULL},
        {"delta", "a number above 0", 1e-9, 1e300, &target->delta, NULL},
        {"maxSuppressed", "a share from 0 to 1", 0, 1, &target->suppressed, NULL},
    };
    if (key == NULL) {
        return SITO_NOMEM;
    }
    if (strcmp(key, "utility") == 0) {
        return take_utility(rows, row);
    }
    for (size_t i = 0; i < SITO_COUNT(numbers); i++) {
        double number;
        if (strcmp(key, numbers[i].key) != 0) {
            continue;
        }
        if (!number_of(row, numbers[i].least, numbers[i].most, &number) ||
            (numbers[i].whole != NULL && number != (double)(int64_t)number)) {
            return sito_error(rows->error, SITO_ERROR, "%s is %s", key, numbers[i].allowed);
        }
        if (numbers[i].whole != NULL) {
            *numbers[i].whole = (int64_t)number;
        } else {
            *numbers[i].real = number > 0 ? number : 1e-12; /* t = 0 is asked, not "not asked" */
        }
        return SITO_OK;
    }
    if (strcmp(key, "sensitive") == 0) {
        const char *name = (const char *)sqlite3_column_text(row, 1);
        if (sqlite3_column_type(row, 1) != SQLITE_TEXT || name == NULL) {
            return sito_error(rows->error, SITO_ERROR, "sensitive is the name of a column");
        }
        sito_free(rows->plan->secret.name);
        rows->plan->secret.name = copy(name);
        return rows->plan->secret.name == NULL ? SITO_NOMEM : SITO_OK;
    }
    return is_one_of(key, keys, SITO_COUNT(keys)) ? SITO_OK
                                                  : unknown_key(rows, key, keys, SITO_COUNT(keys));
}

/* ---- columns ---- */

static int take_column_key(Rows *rows, sqlite3_stmt *row) {
    const char *key = (const char *)sqlite3_column_text(row, 0);
    const char *text = (const char *)sqlite3_column_text(row, 1);
    AnonColumn *column = &rows->plan->columns[rows->plan->count - 1];
    double number;
    if (key == NULL) {
        return SITO_NOMEM;
    }
    if (strcmp(key, "name") == 0 || strcmp(key, "hierarchy") == 0) {
        char **to = key[0] == 'n' ? &column->name : &column->spec;
        if (sqlite3_column_type(row, 1) != SQLITE_TEXT || text == NULL) {
            return sito_error(rows->error, SITO_ERROR, "the %s of a column is a text", key);
        }
        sito_free(*to);
        *to = copy(text);
        return *to == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (strcmp(key, "weight") == 0) {
        return number_of(row, 0, 1e6, &column->weight)
                   ? SITO_OK
                   : sito_error(rows->error, SITO_ERROR, "the weight of a column is 0 or more");
    }
    if (strcmp(key, "least") == 0 || strcmp(key, "most") == 0) {
        if (!number_of(row, 0, ANON_MOST_LEVELS, &number) || number != (double)(int)number) {
            return sito_error(rows->error, SITO_ERROR, "%s is the number of a level", key);
        }
        *(key[0] == 'l' ? &column->least : &column->most) = (int)number;
        return SITO_OK;
    }
    return unknown_key(rows, key, column_keys, SITO_COUNT(column_keys));
}

static int finish_column(Rows *rows, AnonColumn *column) {
    if (column->name == NULL) {
        return sito_error(rows->error, SITO_ERROR, "each column has a name");
    }
    for (const AnonColumn *other = rows->plan->columns; other < column; other++) {
        if (sqlite3_stricmp(other->name, column->name) == 0) {
            return sito_error(rows->error, SITO_ERROR, "the column \"%w\" is named twice",
                              column->name);
        }
    }
    if (column->spec == NULL && (column->spec = copy("suppress")) == NULL) {
        return SITO_NOMEM;
    }
    char *cause = NULL;
    int rc = anon_hierarchy_load(rows->db, (SitoText){column->spec, strlen(column->spec)},
                                 ANON_POLISH, NULL, &column->hierarchy, &cause);
    if (rc != SITO_OK && cause != NULL) {
        rc = sito_error(rows->error, rc, "column \"%w\": %s", column->name, cause);
    }
    sito_free(cause);
    if (rc != SITO_OK) {
        return rc;
    }
    int height = anon_hierarchy_height(column->hierarchy);
    column->most = column->most < 0 || column->most > height ? height : column->most;
    return column->least <= column->most
               ? SITO_OK
               : sito_error(rows->error, SITO_ERROR, "column \"%w\": least is above most, %d",
                            column->name, column->most);
}

static int take_column(Rows *rows, sqlite3_stmt *row) {
    if (rows->plan->count == ANON_MOST_COLUMNS) {
        return sito_error(rows->error, SITO_ERROR, "more than %d columns", ANON_MOST_COLUMNS);
    }
    AnonColumn *column = &rows->plan->columns[rows->plan->count++];
    *column = (AnonColumn){.weight = 1, .most = -1};
    int rc =
        each(rows, "SELECT key, value FROM json_each(json_extract(?1, '$.columns[' || ?2 || ']'))",
             sqlite3_column_int(row, 0), take_column_key);
    return rc == SITO_OK ? finish_column(rows, column) : rc;
}

int anon_config_read(sqlite3 *db, SitoText json, AnonPlan *plan, char **error) {
    Rows rows = {.db = db, .json = json, .plan = plan, .error = error};
    sqlite3_stmt *statement = NULL;
    int rc =
        sqlite3_prepare_v2(db,
                           "SELECT CASE WHEN NOT json_valid(?1) THEN 0"
                           " WHEN json_type(?1) <> 'object' THEN 0"
                           " WHEN coalesce(json_type(?1, '$.columns'), '') <> 'array' THEN 0"
                           " ELSE json_array_length(?1, '$.columns') > 0 AND NOT EXISTS (SELECT"
                           " 1 FROM json_each(?1, '$.columns') WHERE type <> 'object') END",
                           -1, &statement, NULL);
    rc = rc == SQLITE_OK
             ? sqlite3_bind_text64(statement, 1, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8)
             : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(statement) : rc;
    bool valid = rc == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1;
    sqlite3_finalize(statement);
    if (rc != SQLITE_ROW) {
        return (rc & 0xff) == SQLITE_NOMEM
                   ? SITO_NOMEM
                   : sito_error(error, SITO_ERROR, "%s", sqlite3_errmsg(db));
    }
    if (!valid) {
        return sito_error(error, SITO_ERROR,
                          "the plan is a JSON object, as {\"columns\": [{\"name\": \"wiek\", "
                          "\"hierarchy\": \"interval:5,10\"}], \"k\": 5}");
    }
    rc = each(&rows, "SELECT key, value FROM json_each(?1)", -1, take_key);
    rc = rc == SITO_OK ? each(&rows, "SELECT key FROM json_each(?1, '$.columns')", -1, take_column)
                       : rc;
    const AnonTarget *target = &plan->target;
    bool secret = target->l > 1 || target->t > 0 || target->alpha > 0 || target->beta > 0 ||
                  target->delta > 0;
    if (rc == SITO_OK && target->k == 0) {
        rc = sito_error(error, SITO_ERROR, "k is missing: the smallest class that may stay");
    }
    if (rc == SITO_OK && secret != (plan->secret.name != NULL)) {
        rc = sito_error(error, SITO_ERROR,
                        "l, t, alpha, beta and delta go with the name of a sensitive column");
    }
    return rc;
}

/* ---- rows ---- */

typedef struct Reading {
    AnonPlan *plan;
    AnonDictionary leaves[ANON_MOST_COLUMNS], values;
    uint32_t *first[ANON_MOST_COLUMNS]; /* of each leaf: the row it came in, from 1 */
    size_t first_room[ANON_MOST_COLUMNS];
    size_t code_room[ANON_MOST_COLUMNS + 1], rowid_room;
} Reading;

static int take_code(Reading *reading, int c, sqlite3_value *value, AnonDictionary *texts,
                     uint32_t **codes) {
    AnonPlan *plan = reading->plan;
    SitoText text;
    uint32_t code;
    bool fresh = false, known = sqlite3_value_type(value) == SQLITE_INTEGER &&
                                anon_dictionary_integer(texts, sqlite3_value_int64(value), &code);
    char real[32];
    int rc = known    ? SITO_OK
             : c >= 0 ? anon_value_text(value, real, &text) /* as anon_level reads it */
                      : sito_value_text(value, &text);
    int at = c >= 0 ? c : ANON_MOST_COLUMNS;
    if (rc == SITO_OK && !known) {
        rc = anon_dictionary_code(texts, text, &code, &fresh);
        if (rc == SITO_OK && sqlite3_value_type(value) == SQLITE_INTEGER) {
            anon_dictionary_remember(texts, sqlite3_value_int64(value), code);
        }
    }
    rc = rc == SITO_OK ? sito_grow((void **)codes, &reading->code_room[at], (size_t)plan->rows + 1,
                                   sizeof **codes, (size_t)1 << 31)
                       : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    (*codes)[plan->rows] = code;
    if (fresh && c >= 0) {
        rc = sito_grow((void **)&reading->first[c], &reading->first_room[c], texts->count,
                       sizeof *reading->first[c], (size_t)1 << 31);
        if (rc == SITO_OK) {
            reading->first[c][code] = plan->rows + 1;
        }
    }
    return rc;
}

static int take_row(void *data, int count, sqlite3_value **values) {
    Reading *reading = data;
    AnonPlan *plan = reading->plan;
    (void)count;
    int rc = sito_grow((void **)&plan->rowids, &reading->rowid_room, (size_t)plan->rows + 1,
                       sizeof *plan->rowids, (size_t)1 << 31);
    if (rc == SITO_OK) {
        plan->rowids[plan->rows] = sqlite3_value_type(values[0]) == SQLITE_INTEGER
                                       ? sqlite3_value_int64(values[0])
                                       : (int64_t)plan->rows + 1;
    }
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        rc = take_code(reading, c, values[c + 1], &reading->leaves[c], &plan->columns[c].codes);
    }
    if (rc == SITO_OK && plan->secret.name != NULL) {
        rc = take_code(reading, -1, values[plan->count + 1], &reading->values, &plan->secret.codes);
    }
    plan->rows += rc == SITO_OK;
    return rc;
}

/* Two spellings of one value are one for l, and nothing, or a word for nothing, is none. */
static int fold_values(const AnonDictionary *values, AnonSecret *secret) {
    AnonDictionary folded = {.count = 0};
    SitoBuffer text = {0};
    int rc = SITO_OK;
    secret->values = (uint32_t)values->count;
    secret->folded = sito_malloc((values->count + 1) * sizeof *secret->folded);
    if (secret->folded == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t v = 0; v < values->count && rc == SITO_OK; v++) {
        bool fresh, none = anon_dictionary_text(values, v).data == NULL;
        text.size = 0;
        rc = sito_polish_fold(anon_dictionary_text(values, v), &text);
        SitoText form = {text.data != NULL ? text.data : "", text.size};
        none = none || risk_means_no_value(form);
        rc = rc == SITO_OK ? anon_dictionary_code(&folded, form, &secret->folded[v], &fresh) : rc;
        secret->folded[v] = none ? UINT32_MAX : secret->folded[v];
    }
    sito_buffer_free(&text);
    anon_dictionary_free(&folded);
    return rc;
}

static int add_name(SitoColumns *columns, const char *name, char **error) {
    return sito_columns_add(columns, (SitoText){name, strlen(name)}, error);
}

int anon_plan_read(SitoCall *call, SitoText table, AnonPlan *plan, AnonDictionary *leaves) {
    SitoColumns quasi = {.count = 0}, secret = {.count = 0};
    const SitoColumns *lists[] = {&quasi, &secret};
    Reading reading = {.plan = plan};
    SitoSink sink = {.row = take_row, .data = &reading};
    int rc = SITO_OK;
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        rc = add_name(&quasi, plan->columns[c].name, &call->error);
    }
    if (rc == SITO_OK && plan->secret.name != NULL) {
        rc = add_name(&secret, plan->secret.name, &call->error);
    }
    rc = rc == SITO_OK ? sito_table_read(call, table, lists, 2, true, &sink) : rc;
    if (rc == SITO_OK && plan->rows == 0) {
        rc = sito_error(&call->error, SITO_ERROR, "the table has no rows");
    }
    rc = rc == SITO_OK ? anon_plan_finish(plan, reading.leaves, reading.first, &call->error) : rc;
    rc = rc == SITO_OK && plan->secret.name != NULL ? fold_values(&reading.values, &plan->secret)
                                                    : rc;
    for (int c = 0; c < plan->count; c++) {
        if (leaves != NULL) {
            leaves[c] = reading.leaves[c];
        } else {
            anon_dictionary_free(&reading.leaves[c]);
        }
        sito_free(reading.first[c]);
    }
    anon_dictionary_free(&reading.values);
    sito_columns_free(&quasi);
    sito_columns_free(&secret);
    return rc;
}
