/*
** A remote CSV file as a table (table.c): the table csv on the file in the cache. Every call is handed
** on to it, with its own table and cursors inside ours.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <unistd.h>

#include "csv/csv.h"
#include "reply_core.h"
#include "table.h"

enum { MOST_ARGUMENTS = 64 };

/* ---- the arguments ---- */

static int add_argument(SitoBuffer *arguments, const char *name, const char *value) {
    int rc = value == NULL ? SITO_OK : sito_buffer_print(arguments, "%s='%q'", name, value);
    return rc == SITO_OK && value != NULL ? sito_buffer_add(arguments, "", 1) : rc;
}

/* A packed file is held to the limit of bytes when it is unpacked, too, unless its own was given. */
static int limit_unpacked(const SitoRemoteOptions *options, SitoBuffer *arguments) {
    static const char name[] = "max_unpacked";
    const SitoBuffer *given = &options->csv;
    for (size_t at = 0; at < given->size; at += strlen(given->data + at) + 1) {
        if (strncmp(given->data + at, name, sizeof name - 1) == 0) {
            return SITO_OK;
        }
    }
    int64_t most = options->max_bytes > 0 ? options->max_bytes : SITO_MAX_FETCHED;
    int rc = sito_buffer_print(arguments, "%s='%lld'", name, (long long)most);
    return rc == SITO_OK ? sito_buffer_add(arguments, "", 1) : rc;
}

static int connect_inner(SitoRemoteTable *table, char **error) {
    const SitoRemoteOptions *options = &table->options;
    const char *list[MOST_ARGUMENTS] = {table->module, table->schema, table->name};
    int count = 3;
    SitoBuffer arguments = {0};
    int rc = options->data != NULL ? add_argument(&arguments, "data", options->data)
                                   : add_argument(&arguments, "filename", table->entry.path);
    rc = rc == SITO_OK ? add_argument(&arguments, "columns", options->columns) : rc;
    rc = rc == SITO_OK ? limit_unpacked(options, &arguments) : rc;
    rc = rc == SITO_OK && options->csv.size > 0
             ? sito_buffer_add(&arguments, options->csv.data, options->csv.size)
             : rc;
    for (size_t at = 0; at < arguments.size && count < MOST_ARGUMENTS && rc == SITO_OK;) {
        list[count++] = arguments.data + at;
        at += strlen(arguments.data + at) + 1;
    }
    rc = rc == SITO_OK
             ? sito_csv_table_module.xConnect(table->db, NULL, count, list, &table->csv, error)
             : rc;
    sito_buffer_free(&arguments);
    return rc;
}

static int refuse_json_options(const SitoRemoteOptions *options, char **error) {
    const char *given = options->rows != NULL     ? "rows"
                        : options->total != NULL  ? "total"
                        : options->page != 0      ? "page"
                        : options->fields != NULL ? "fields"
                                                  : NULL;
    return given == NULL ? SITO_OK
                         : sito_error(error, SITO_ERROR,
                                      "option %s is for json, and this is csv; write format='json' "
                                      "if the source is",
                                      given);
}

/* The path of the cached file means nothing to the reader of a message: the address stands there. */
static int name_source(const SitoRemoteTable *table, char **error) {
    const char *path = table->entry.path;
    char *found = path != NULL && error != NULL && *error != NULL ? strstr(*error, path) : NULL;
    if (found == NULL) {
        return SITO_OK;
    }
    char *whole = sito_print("%.*s%s%s", (int)(found - *error), *error, table->options.url,
                             found + strlen(path));
    sito_free(*error);
    *error = whole;
    return whole == NULL ? SITO_NOMEM : SITO_OK;
}

/* What was asked for as anything may still be a page of HTML. */
static int judge(const SitoRemoteTable *table, char **error) {
    char first[512];
    ssize_t size = pread(table->entry.file, first, sizeof first, 0);
    const char *why =
        sito_body_refusal(SITO_BODY_CSV, table->entry.content_type,
                          (SitoText){.data = first, .size = size > 0 ? (size_t)size : 0});
    return why == NULL ? SITO_OK
                       : sito_error(error, SITO_ERROR,
                                    "the answer is %s; write format='csv' or "
                                    "'json' if the address is right",
                                    why);
}

int sito_remote_connect_csv(SitoRemoteTable *table, char **error) {
    const SitoRemoteOptions *options = &table->options;
    SitoWatch watch = sito_watch_database(table->db);
    SitoAsking asking;
    int rc = refuse_json_options(options, error);
    rc = rc == SITO_OK && table->entry.file >= 0 ? judge(table, error) : rc;
    if (rc == SITO_OK && options->data == NULL && table->entry.file < 0) {
        rc = sito_remote_asking(options, options->url, SITO_BODY_CSV, &watch, &asking, error);
        rc = rc == SITO_OK ? sito_fetch(&asking.request, &table->entry, error) : rc;
    }
    if (rc == SITO_OK) {
        rc = connect_inner(table, error);
        int named = name_source(table, error);
        rc = named == SITO_OK ? rc : named;
    }
    return rc;
}

void sito_remote_disconnect_csv(SitoRemoteTable *table) {
    if (table->csv != NULL) {
        sqlite3_free(table->csv->zErrMsg);
        table->csv->zErrMsg = NULL;
        (void)sito_csv_table_module.xDisconnect(table->csv);
        table->csv = NULL;
    }
    sito_entry_close(&table->entry);
    table->entry.file = -1;
}

int sito_remote_from_csv(SitoRemoteTable *table, int rc) {
    char *message = table->csv->zErrMsg;
    table->csv->zErrMsg = NULL;
    if (message == NULL) {
        return rc;
    }
    int named = name_source(table, &message);
    sqlite3_free(table->base.zErrMsg);
    table->base.zErrMsg = message;
    return named == SITO_OK ? rc : named;
}
