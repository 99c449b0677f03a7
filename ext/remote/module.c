/*
** The module remote: its one table of functions, and the cache as SQL sees it.
**
**   SELECT url, age, bytes, state FROM remote_cache();
**   SELECT remote_cache_clean(1000000000);
**
** R1  Nothing here fetches. The URL is shown with the values of keys in it replaced by ***; secrets
**     are not in the cache at all.
** R2  state is good, missing or damaged, by the length of the file; its digest is computed where it
**     is opened.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <time.h>

#include "base/register.h"
#include "base/table.h"
#include "cache.h"
#include "remote.h"
#include "table.h"

/* ---- remote_cache ---- */

enum { ARG_CACHE };

static int64_t now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 2026-11-22T14:05:00Z; "" for none. */
static void write_time(int64_t ms, char text[32]) {
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    text[0] = 0;
    if (ms > 0 && gmtime_r(&seconds, &parts) != NULL) {
        (void)strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
}

static const char *or_null(const char *text) {
    return text[0] != 0 ? text : NULL;
}

static int add_row(void *data, const char *key, SitoStored *stored, int64_t used,
                   SitoBodyState state, bool open) {
    static const char *const states[] = {
        [BODY_GOOD] = "good", [BODY_MISSING] = "missing", [BODY_DAMAGED] = "damaged"};
    SitoCall *call = data;
    char fetched[32], expires[32], last[32];
    (void)key;
    write_time(stored->number[STORED_FETCHED], fetched);
    write_time(stored->number[STORED_EXPIRES], expires);
    write_time(used, last);
    int64_t age = (now_ms() - stored->number[STORED_FETCHED]) / 1000;
    return sito_answer_row(&call->answer, "siiisssssssi", sito_stored_get(stored, STORED_URL),
                           stored->number[STORED_STATUS], age > 0 ? age : (int64_t)0,
                           stored->number[STORED_BYTES], sito_stored_get(stored, STORED_SHA256),
                           or_null(sito_stored_get(stored, STORED_TYPE)),
                           or_null(sito_stored_get(stored, STORED_ETAG)), fetched, or_null(expires),
                           last, states[state], (int64_t)open);
}

/* The folder as an argument gives it; *path is NULL where none is given. */
static int copy_path(SitoText text, char **path, char **error) {
    if (text.data == NULL) {
        return SITO_OK;
    }
    if (text.size == 0 || sqlite3_strglob("*[\x01-\x1f]*", text.data) == 0) {
        return sito_error(error, SITO_ERROR, "remote: the cache is the path of a folder");
    }
    *path = sito_print("%.*s", (int)text.size, text.data);
    return *path == NULL ? SITO_NOMEM : SITO_OK;
}

static int run_cache(SitoCall *call) {
    SitoText text;
    SitoCache cache;
    char *path = NULL;
    int rc = sito_call_text(call, ARG_CACHE, &text);
    rc = rc == SITO_OK ? copy_path(text, &path, &call->error) : rc;
    rc = rc == SITO_OK ? sito_cache_open(path, &call->watch, &cache, &call->error) : rc;
    if (rc == SITO_OK) {
        rc = sito_cache_walk(&cache, add_row, call, &call->error);
        sito_cache_close(&cache);
    }
    sito_free(path);
    return rc;
}

static const SitoTable cache_tables[] = {
    {.name = "remote_cache",
     .columns = "url, status, age, bytes, sha256, type, etag, fetched, expires, used, state, open",
     .args = "cache",
     .column_count = 12,
     .arg_count = 1,
     .usage = "remote_cache('folder')",
     .run = run_cache},
    {.name = NULL},
};

/* ---- remote_cache_clean ---- */

static void cache_clean(sqlite3_context *context, int argc, sqlite3_value **argv) {
    SitoText text = {0};
    SitoCache cache;
    char *path = NULL, *error = NULL;
    SitoWatch watch = sito_watch_database(sqlite3_context_db_handle(context));
    int64_t freed = 0;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        return; /* NULL in, NULL out */
    }
    int rc = argc > 1 ? sito_value_text(argv[1], &text) : SITO_OK;
    if (rc == SITO_OK &&
        (sqlite3_value_type(argv[0]) != SQLITE_INTEGER || sqlite3_value_int64(argv[0]) < 0)) {
        rc = sito_error(
            &error, SITO_ERROR,
            "remote_cache_clean: the first argument is the number of bytes to keep, from 0");
    }
    rc = rc == SITO_OK ? copy_path(text, &path, &error) : rc;
    rc = rc == SITO_OK ? sito_cache_open(path, &watch, &cache, &error) : rc;
    if (rc == SITO_OK) {
        rc = sito_cache_clean(&cache, sqlite3_value_int64(argv[0]), &freed, &error);
        sito_cache_close(&cache);
    }
    sito_free(path);
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, error);
    } else {
        sqlite3_result_int64(context, freed);
    }
}

#define HERE(what) (what)
#include "functions.h"

const SitoModule sito_remote_module = {
    .name = "remote",
    .sentence = "Remote sources as tables, through a cache.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
