/*
** The default-deny authorizer of rules (authorize.h).
*/
#include "authorize.h"

#include <sqlite3.h>

#include <string.h>
#include <time.h>

#include "common/db.h"

/* The first use of an eponymous table asks for a write to sqlite_master, so these are prepared once
** before the watch begins. */
static const char *const table_functions[] = {"json_each", "json_tree"};

static const char *const refused_functions[] = {"load_extension", "fts3_tokenizer"};

static bool is_among(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sqlite3_stricmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool touches_outside(const char *function) {
    if (is_among(function, refused_functions, SITO_COUNT(refused_functions))) {
        return true;
    }
    for (size_t m = 0; sito_modules[m] != NULL; m++) {
        for (size_t i = 0; i < sito_modules[m]->count; i++) {
            const SitoFunction *f = &sito_modules[m]->functions[i];
            if (f->power == SITO_DIRECT && sqlite3_stricmp(f->name, function) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Whether |name| stands in a list made by list_names. */
static bool is_listed(const char *list, const char *name) {
    size_t size = strlen(name);
    for (const char *at = list; at != NULL && *at == '|' && at[1] != 0;) {
        const char *end = strchr(at + 1, '|');
        if (end == NULL) {
            return false;
        }
        if ((size_t)(end - at) - 1 == size && sqlite3_strnicmp(at + 1, name, (int)size) == 0) {
            return true;
        }
        at = end;
    }
    return false;
}

static bool is_data(const char *schema, const char *table) {
    return sqlite3_stricmp(table, "data") == 0 ||
           (schema != NULL && sqlite3_stricmp(schema, "data") == 0);
}

/* What counts the rows of a table and reads none of its columns is a read of the column "". There
** the name may also be that of a table expression of the rule (WITH), which is nobody's secret; a
** table or module that there is, is not. */
static bool is_own_name(const SitoWatch *watch, const char *table) {
    return !is_listed(watch->others, table) && sqlite3_strnicmp(table, "sqlite_", 7) != 0 &&
           sqlite3_strnicmp(table, "pragma_", 7) != 0;
}

/* The data: temp.data of one resource, or the schema `data` with a table for each. */
static int read_column(SitoWatch *watch, const char *schema, const char *table,
                       const char *column) {
    if (is_data(schema, table)) {
        watch->values =
            watch->values || (column[0] != '_' && column[0] != 0) || strcmp(column, "_record") == 0;
        return SQLITE_OK;
    }
    bool extremes = strcmp(column, "min") == 0 || strcmp(column, "max") == 0;
    bool profile =
        sqlite3_stricmp(table, "profile") == 0 || sqlite3_stricmp(table, "previous") == 0;
    bool quartiles =
        sqlite3_stricmp(table, "spread") == 0 || sqlite3_stricmp(table, "previous_spread") == 0;
    watch->values = watch->values || (extremes && profile) || quartiles;
    bool known = is_listed(watch->facts, table) ||
                 is_among(table, table_functions, SITO_COUNT(table_functions)) ||
                 (column[0] == 0 && is_own_name(watch, table));
    return known ? SQLITE_OK : SQLITE_DENY;
}

static void name_refusal(SitoWatch *watch, int action) {
    static const struct {
        int action;
        const char *pl, *en;
    } words[] = {
        {SQLITE_READ, "odczyt tabeli, która nie należy do faktów",
         "reading a table that is not among the facts"},
        {SQLITE_FUNCTION, "funkcja, która sięga poza dane", "a function that touches the outside"},
        {SQLITE_ATTACH, "ATTACH", "ATTACH"},
        {SQLITE_PRAGMA, "PRAGMA", "PRAGMA"},
    };
    watch->denied[SITO_PL] = "polecenie inne niż SELECT";
    watch->denied[SITO_EN] = "a statement that is no SELECT";
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (words[i].action == action) {
            watch->denied[SITO_PL] = words[i].pl;
            watch->denied[SITO_EN] = words[i].en;
        }
    }
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *schema, const char *trigger) {
    SitoWatch *watch = context;
    (void)trigger;
    int answer = SQLITE_DENY;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        answer = read_column(watch, schema, first, second);
        break;
    case SQLITE_FUNCTION:
        answer = touches_outside(second) ? SQLITE_DENY : SQLITE_OK;
        break;
    default:
        break;
    }
    if (answer == SQLITE_DENY && watch->denied[SITO_EN] == NULL) {
        name_refusal(watch, action);
    }
    return answer;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool sito_watch_late(const SitoWatch *watch) {
    return now() > watch->deadline;
}

static int progress(void *context) {
    return sito_watch_late(context);
}

/* The names that a SELECT gives, as |a|b|. */
static int list_names(sqlite3 *db, const char *select, char **list, char **error) {
    char *sql =
        sito_print("SELECT '|' || coalesce(group_concat(name, '|') || '|', '') FROM (%s)", select);
    int rc = sql == NULL ? SITO_NOMEM : sito_db_text(db, list, error, sql, "");
    sito_free(sql);
    return rc;
}

int sito_watch_begin(SitoWatch *watch, sqlite3 *db, int64_t milliseconds, char **error) {
    *watch = (SitoWatch){.db = db, .deadline = now() + milliseconds};
    for (size_t i = 0; i < SITO_COUNT(table_functions); i++) {
        char sql[80];
        sqlite3_snprintf(sizeof sql, sql, "SELECT 1 FROM %s('[]') LIMIT 0", table_functions[i]);
        int rc = sito_db_run(db, sql, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    int rc = list_names(db, "SELECT name FROM main.sqlite_master WHERE type = 'table'",
                        &watch->facts, error);
    if (rc == SITO_OK) {
        rc = list_names(db,
                        "SELECT name FROM pragma_table_list UNION SELECT name FROM"
                        " pragma_module_list",
                        &watch->others, error);
    }
    if (rc == SITO_OK) {
        sqlite3_set_authorizer(db, authorize, watch);
        sqlite3_progress_handler(db, 1000, progress, watch);
    }
    return rc;
}

void sito_watch_end(SitoWatch *watch) {
    sqlite3_set_authorizer(watch->db, NULL, NULL);
    sqlite3_progress_handler(watch->db, 0, NULL, NULL);
    sito_free(watch->facts);
    sito_free(watch->others);
    watch->facts = watch->others = NULL;
}
