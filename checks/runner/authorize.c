/*
** The default-deny authorizer of rules (authorize.h).
*/
#include "authorize.h"

#include <sqlite3.h>

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

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

/* ---- limits (R1, R2) ---- */

enum { GRACE = 2, INCOMPLETE = 3 };

static const char *volatile last_words;

static void give_up(int number) {
    (void)number;
    ssize_t written = write(STDERR_FILENO, last_words, strlen(last_words));
    (void)written;
    _exit(INCOMPLETE);
}

/* In seconds of processor time, so that a busy machine ends nothing that would have ended. */
static void set_timer(int64_t seconds) {
    struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds}};
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static void set_limits(SitoWatch *watch, SitoLanguage language) {
    last_words = sito_say(language, "sito: reguła nie dała się zatrzymać w porę; wyniku nie ma\n",
                          "sito: a rule could not be stopped in time; there is no result\n");
    struct sigaction action = {.sa_handler = give_up};
    sigemptyset(&action.sa_mask);
    sigaction(SIGVTALRM, &action, NULL);
    set_timer(watch->limit / 1000 + GRACE);
    watch->text = sqlite3_limit(watch->db, SQLITE_LIMIT_LENGTH, SITO_RULE_TEXT);
    watch->allowed = sqlite3_memory_used() + SITO_RULE_MEMORY;
    watch->memory = sqlite3_hard_heap_limit64(watch->allowed);
    sqlite3_memory_highwater(1);
}

static void lift_limits(const SitoWatch *watch) {
    set_timer(0);
    sqlite3_limit(watch->db, SQLITE_LIMIT_LENGTH, watch->text);
    sqlite3_hard_heap_limit64(watch->memory);
}

/* One request is at most a text, or a doubled buffer of texts. */
static bool used_its_memory(const SitoWatch *watch) {
    return sqlite3_memory_highwater(0) > watch->allowed - 4 * (int64_t)SITO_RULE_TEXT;
}

int sito_watch_begin(SitoWatch *watch, sqlite3 *db, int64_t milliseconds, SitoLanguage language,
                     char **error) {
    *watch = (SitoWatch){.db = db, .limit = milliseconds, .deadline = now() + milliseconds};
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
        set_limits(watch, language);
        sqlite3_set_authorizer(db, authorize, watch);
        sqlite3_progress_handler(db, 1000, progress, watch);
    }
    return rc;
}

void sito_watch_end(SitoWatch *watch) {
    sqlite3_set_authorizer(watch->db, NULL, NULL);
    sqlite3_progress_handler(watch->db, 0, NULL, NULL);
    if (watch->allowed > 0) {
        lift_limits(watch);
    }
    sito_free(watch->facts);
    sito_free(watch->others);
    watch->facts = watch->others = NULL;
}

int sito_watch_explain(const SitoWatch *watch, int rc, SitoLanguage language, char **reason) {
    int kind = rc & 0xFF;
    if (sito_watch_late(watch)) {
        *reason =
            sito_print(sito_say(language, "przerwana po upływie %lld s", "stopped after %lld s"),
                       watch->limit / 1000);
    } else if (watch->denied[language] != NULL) {
        *reason =
            sito_print(sito_say(language, "odmówiono: %s", "refused: %s"), watch->denied[language]);
    } else if (kind == SQLITE_NOMEM && used_its_memory(watch)) {
        *reason =
            sito_print("%s", sito_say(language, "przerwana: zabrakło pamięci dla reguły (1 GiB)",
                                      "stopped: out of the memory of a rule (1 GiB)"));
    } else if (kind == SQLITE_NOMEM) {
        return SITO_NOMEM;
    } else if (kind == SQLITE_TOOBIG) {
        *reason = sito_print("%s", sito_say(language, "przerwana: tekst dłuższy niż 64 MiB",
                                            "stopped: a text longer than 64 MiB"));
    } else if (kind == SQLITE_INTERRUPT) {
        *reason = sito_print("%s", sito_say(language, "przerwana", "interrupted"));
    } else if (watch->values) {
        *reason = sito_print(
            sito_say(language, "błąd SQLite %d; treści nie pokazano, bo reguła czyta wartości",
                     "SQLite error %d; its text is not shown, since the rule reads values"),
            rc);
    } else {
        *reason = sito_print(sito_say(language, "SQLite nie wykonuje tego SELECT („%s”)",
                                      "SQLite does not run this SELECT (\"%s\")"),
                             sqlite3_errmsg(watch->db));
    }
    return *reason == NULL ? SITO_NOMEM : SITO_OK;
}
