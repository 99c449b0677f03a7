/*
** A query over the warehouse that can do nothing but read it: of a data set that is exported, of an indicator.
**
** R1  A connection of its own, read-only, in one read transaction: all queries of one export see one state.
** R2  Default deny. Allowed are SELECT, the tables that fetch brought (present and kept versions), the values
**     of indicators, and views over these; functions but those that touch files, keys, the clock or chance.
**     What was brought in by hand has no lineage, so it is not read.
** R3  What was read is noted: the versions of the tables are the lineage of the result.
** R4  A query ends after ten minutes.
*/
#include <string.h>
#include <time.h>

#include "warehouse/private.h"

enum { LIMIT_MS = 10 * 60 * 1000 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Whether |name| stands in a list of such. */
static bool is_listed(const SitoBuffer *list, const char *name) {
    size_t size = strlen(name);
    for (const char *at = list->data; at != NULL && *at == '|' && at[1] != 0;) {
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

static bool is_refused_function(const char *name) {
    static const char *const refused[] = {"load_extension",   "fts3_tokenizer", "random",
                                          "randomblob",       "changes",        "total_changes",
                                          "current_date",     "current_time",   "current_timestamp",
                                          "last_insert_rowid"};
    for (size_t i = 0; i < SITO_COUNT(refused); i++) {
        if (sqlite3_stricmp(name, refused[i]) == 0) {
            return true;
        }
    }
    for (size_t m = 0; sito_modules[m] != NULL; m++) {
        for (size_t i = 0; i < sito_modules[m]->count; i++) {
            const SitoFunction *f = &sito_modules[m]->functions[i];
            if (f->power == SITO_DIRECT && sqlite3_stricmp(f->name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

static int refuse(Guard *guard, const char *pl, const char *en, const char *name) {
    if (guard->refusal == NULL) {
        guard->refusal = sito_print(sito_say(guard->language, pl, en), name);
    }
    return SQLITE_DENY;
}

static int read_table(Guard *guard, const char *table, const char *column) {
    static const char *const always[] = {"json_each", "json_tree", "sito_reason"};
    for (size_t i = 0; i < SITO_COUNT(always); i++) {
        if (sqlite3_stricmp(table, always[i]) == 0) {
            return SQLITE_OK;
        }
    }
    if (is_listed(&guard->allowed, table)) {
        if (is_listed(&guard->read, table)) {
            return SQLITE_OK;
        }
        if (guard->read.size > 0) {
            guard->read.size--; /* the NUL */
        }
        int rc = sito_buffer_print(&guard->read, "%s%s|", guard->read.size == 0 ? "|" : "", table);
        rc = rc == SITO_OK ? sito_buffer_add(&guard->read, "", 1) : rc;
        return rc == SITO_OK ? SQLITE_OK : SQLITE_DENY;
    }
    /* counting the rows of a table expression of the query itself reads its column "" */
    if (column[0] == 0 && !is_listed(&guard->others, table) &&
        sqlite3_strnicmp(table, "sqlite_", 7) != 0 && sqlite3_strnicmp(table, "pragma_", 7) != 0) {
        return SQLITE_OK;
    }
    return refuse(
        guard,
        "tabela „%s” nie pochodzi z sito fetch ani ze wskaźników, więc jej pochodzenia nie "
        "znamy; zapisz jej źródło (sito fetch --answers)",
        "the table \"%s\" was brought neither by sito fetch nor by the indicators, so its "
        "lineage is unknown; declare its source (sito fetch --answers)",
        table);
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *schema, const char *within) {
    Guard *guard = context;
    (void)schema;
    (void)within;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return read_table(guard, first, second == NULL ? "" : second);
    case SQLITE_FUNCTION:
        return is_refused_function(second)
                   ? refuse(guard, "funkcja %s sięga poza dane albo daje za każdym razem co innego",
                            "the function %s touches the outside or answers differently each time",
                            second)
                   : SQLITE_OK;
    default:
        return refuse(guard, "to nie jest samo zapytanie SELECT%s", "this is no plain SELECT%s",
                      "");
    }
}

static int progress(void *context) {
    Guard *guard = context;
    guard->late = now() > guard->deadline;
    return guard->late;
}

/* ---- opening ---- */

static const char allowed_names[] =
    "SELECT '|' || coalesce(group_concat(name, '|') || '|', '') FROM"
    " (SELECT stored_in AS name FROM sito_version"
    "  UNION SELECT name FROM sqlite_schema WHERE type = 'view' AND name NOT GLOB 'sito_*')";

static const char other_names[] =
    "SELECT '|' || coalesce(group_concat(name, '|') || '|', '') FROM"
    " (SELECT name FROM sqlite_schema UNION SELECT name FROM pragma_module_list)";

static int list_names(Guard *guard, const char *sql, SitoBuffer *out, char **error) {
    char *names = NULL;
    int rc = sito_db_text(guard->db, &names, error, sql, "");
    rc = rc == SITO_OK ? sito_buffer_add(out, names, strlen(names) + 1) : rc;
    sito_free(names);
    return rc;
}

static int connect(Guard *guard, const SitoWarehouse *warehouse, char **error) {
    int rc = sqlite3_open_v2(sqlite3_db_filename(warehouse->db, "main"), &guard->db,
                             SQLITE_OPEN_READONLY, NULL);
    if (rc != SQLITE_OK) {
        return sito_error(error, rc & 0xff, "%s", sqlite3_errstr(rc));
    }
    sqlite3_db_config(guard->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(guard->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(guard->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_busy_timeout(guard->db, 30000);
    rc = sito_register(guard->db, sito_modules, false, error);
    return rc == SITO_OK ? sito_db_run(guard->db,
                                       "SELECT 1 FROM json_each('[]') LIMIT 0;"
                                       "SELECT 1 FROM json_tree('[]') LIMIT 0; BEGIN",
                                       error)
                         : rc;
}

int sito_guard_open(Guard *guard, const SitoWarehouse *warehouse, char **error) {
    *guard = (Guard){.language = warehouse->language};
    char *raw = NULL;
    int rc = connect(guard, warehouse, &raw);
    rc = rc == SITO_OK ? list_names(guard, allowed_names, &guard->allowed, &raw) : rc;
    rc = rc == SITO_OK ? list_names(guard, other_names, &guard->others, &raw) : rc;
    return sito_warehouse_explain(warehouse, rc, raw, error);
}

static void watch(Guard *guard, bool on) {
    guard->deadline = now() + LIMIT_MS;
    sqlite3_set_authorizer(guard->db, on ? authorize : NULL, guard);
    sqlite3_progress_handler(guard->db, on ? 10000 : 0, on ? progress : NULL, guard);
}

int sito_guard_error(const Guard *guard, int rc, char **error) {
    if ((rc & 0xff) == SQLITE_NOMEM) {
        return SITO_NOMEM;
    }
    return sito_error(error, SITO_ERROR, sito_say(guard->language, "zapytanie: %s", "query: %s"),
                      guard->late ? sito_say(guard->language, "przerwano je po dziesięciu minutach",
                                             "it was stopped after ten minutes")
                      : guard->refusal != NULL ? guard->refusal
                                               : sqlite3_errmsg(guard->db));
}

int sito_guard_prepare(Guard *guard, const char *sql, sqlite3_stmt **statement, char **error) {
    const char *rest = NULL;
    sqlite3_stmt *more = NULL;
    sito_free(guard->refusal);
    guard->refusal = NULL;
    watch(guard, true);
    int rc = sqlite3_prepare_v2(guard->db, sql, -1, statement, &rest);
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(guard->db, rest, -1, &more, NULL);
    }
    bool one = *statement != NULL && more == NULL && sqlite3_column_count(*statement) > 0 &&
               sqlite3_stmt_readonly(*statement);
    sqlite3_finalize(more);
    if (rc != SQLITE_OK) {
        rc = sito_guard_error(guard, rc, error);
    } else if (!one) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(guard->language, "zapytanie ma być jednym poleceniem SELECT",
                                 "the query has to be one SELECT"));
    } else if (sqlite3_bind_parameter_count(*statement) > 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(guard->language, "zapytanie nie może mieć parametrów (? : @ $)",
                                 "the query may have no parameters (? : @ $)"));
    }
    if (rc != SITO_OK) {
        sqlite3_finalize(*statement);
        *statement = NULL;
    }
    return rc;
}

int sito_guard_lineage(Guard *guard, char **json, char **error) {
    watch(guard, false);
    int rc =
        sito_db_text(guard->db, json, error,
                     "SELECT json_group_array(json_object('table', source, 'load', load, 'at', at,"
                     "         'item', item, 'rows', rows, 'sha256', sha256))"
                     "  FROM (SELECT * FROM sito_version"
                     "         WHERE instr(?1, '|' || stored_in || '|') > 0 ORDER BY stored_in)",
                     "t", guard->read.size == 0 ? "|" : guard->read.data);
    guard->read.size = 0;
    if (guard->read.data != NULL) {
        guard->read.data[0] = 0;
    }
    return rc;
}

void sito_guard_close(Guard *guard) {
    if (guard->db != NULL) {
        watch(guard, false);
        sqlite3_close(guard->db);
    }
    sito_buffer_free(&guard->allowed);
    sito_buffer_free(&guard->others);
    sito_buffer_free(&guard->read);
    sito_free(guard->refusal);
    *guard = (Guard){0};
}
