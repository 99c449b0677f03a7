/*
** The table remote: what an address answers, as a table of SQLite.
**
**   CREATE VIRTUAL TABLE temp.t USING remote(url='https://…/zgloszenia.csv', max_age='1d');
**   CREATE VIRTUAL TABLE temp.p USING remote(url='https://…/api/units', rows='$.results',
**     page='number', page_size='100', size_param='page-size', total='$.totalRecords');
**   CREATE VIRTUAL TABLE temp.l USING bdl(variable='72305', level='5', years='2020-2024');
**
** Options (options.c): url or data, format; those of the table csv for csv; rows, columns, page and its
** kin for json; auth_env, auth_file, cache, max_age, offline, allow_private and what else concerns the
** transport. A preset (presets.h) is a set of them with a name, and a module of that name.
**
** R1  The table exists in temp or in a database in memory only, and is DIRECTONLY: a database file
**     from a stranger must not make the one who opens it ask anybody for anything.
** R2  csv is read by the table csv, whose columns, hidden columns and defects it has. The file is asked
**     for when the table is created, and the table stands on that one to its end.
** R3  json and ndjson are read by SQLite's JSON functions. Columns are declared, or those of the first
**     page or lines; then the hidden columns _row (the row as JSON), _page (the number of its page or
**     line), _url (of the page) and _signs (of a preset: what stands for values that are missing, as
**     JSON). rowid counts the rows of a scan from 1. Each scan asks the cache for each page.
** R4  What does not hold is an error that names the address and the place, never a missing row.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <unistd.h>

#include "base/register.h"
#include "csv/csv.h"
#include "guard_core.h"
#include "table.h"

/* ---- connect ---- */

/* The address without keys that somebody wrote into it. */
int sito_remote_show(const SitoRemoteTable *table, const char *url, SitoBuffer *shown) {
    int rc = url == NULL ? SITO_OK
                         : sito_show_url(shown, (SitoText){.data = url, .size = strlen(url)},
                                         table->options.auth_param, NULL);
    return rc == SITO_OK ? sito_buffer_add(shown, "", 1) : rc;
}

static bool begins_with_module(const SitoRemoteTable *table, const char *phrase) {
    size_t size = strlen(table->module);
    return strncmp(phrase, "remote: ", strlen("remote: ")) == 0 ||
           (strncmp(phrase, table->module, size) == 0 && phrase[size] == ':');
}

int sito_remote_say(const SitoRemoteTable *table, const SitoDocuments *documents, int rc,
                    char **error) {
    char *phrase = *error;
    SitoBuffer shown = {0};
    if (rc == SITO_NOMEM || phrase == NULL || begins_with_module(table, phrase)) {
        return rc;
    }
    bool present = documents != NULL && documents->url != NULL;
    int showed = sito_remote_show(table, present ? documents->url : table->options.url, &shown);
    if (showed != SITO_OK) {
        sito_buffer_free(&shown);
        return showed;
    }
    if (shown.data[0] == 0) {
        *error = sito_print("%s: %s", table->module, phrase);
    } else if (present && documents->format == SITO_FORMAT_NDJSON && documents->number > 0) {
        *error =
            sito_print("remote: %s:%lld: %s", shown.data, (long long)documents->number, phrase);
    } else {
        *error = strstr(phrase, shown.data) != NULL
                     ? sito_print("remote: %s", phrase)
                     : sito_print("remote: %s: %s", shown.data, phrase);
    }
    sito_free(phrase);
    sito_buffer_free(&shown);
    return *error == NULL ? SITO_NOMEM : rc;
}

static int require_memory(sqlite3 *db, const char *module, const char *schema, char **error) {
    const char *file = sqlite3_db_filename(db, schema);
    if (sqlite3_stricmp(schema, "temp") == 0 || file == NULL || file[0] == 0) {
        return SITO_OK;
    }
    return sito_error(error, SITO_ERROR,
                      "%s: a remote table cannot be kept in a database file; write CREATE VIRTUAL "
                      "TABLE temp.NAME USING %s(…)",
                      module, module);
}

static bool ends_with(const char *url, size_t size, const char *suffix) {
    size_t length = strlen(suffix);
    return size > length && sqlite3_strnicmp(url + size - length, suffix, (int)length) == 0;
}

static SitoFormat format_of_url(const char *url) {
    size_t size = strcspn(url, "?#");
    if (ends_with(url, size, ".json") || ends_with(url, size, ".geojson")) {
        return SITO_FORMAT_JSON;
    }
    if (ends_with(url, size, ".ndjson") || ends_with(url, size, ".jsonl")) {
        return SITO_FORMAT_NDJSON;
    }
    bool csv = ends_with(url, size, ".csv") || ends_with(url, size, ".csv.gz") ||
               ends_with(url, size, ".tsv");
    return csv ? SITO_FORMAT_CSV : SITO_FORMAT_AUTO;
}

static SitoFormat format_of_type(const char *type) {
    if (strstr(type, "ndjson") != NULL || strstr(type, "jsonl") != NULL ||
        strstr(type, "json-seq") != NULL) {
        return SITO_FORMAT_NDJSON;
    }
    if (strstr(type, "json") != NULL) {
        return SITO_FORMAT_JSON;
    }
    return strstr(type, "csv") != NULL ? SITO_FORMAT_CSV : SITO_FORMAT_AUTO;
}

/* A text that begins with a bracket is JSON. */
static SitoFormat format_of_text(const char *text, size_t size) {
    size_t i = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < size && strchr(" \t\r\n", text[i]) != NULL && text[i] != 0) {
        i++;
    }
    return i < size && (text[i] == '{' || text[i] == '[') ? SITO_FORMAT_JSON : SITO_FORMAT_CSV;
}

/* Asks for the answer to see what it is. */
static int format_of_answer(SitoRemoteTable *table, char **error) {
    SitoWatch watch = sito_watch_database(table->db);
    SitoEntry entry = {.file = -1};
    SitoAsking asking;
    char head[64];
    int rc = sito_remote_asking(&table->options, table->options.url, SITO_BODY_ANY, &watch, &asking,
                                error);
    rc = rc == SITO_OK ? sito_fetch(&asking.request, &entry, error) : rc;
    if (rc == SITO_OK) {
        table->format = format_of_type(entry.content_type != NULL ? entry.content_type : "");
    }
    if (rc == SITO_OK && table->format == SITO_FORMAT_AUTO) {
        ssize_t size = pread(entry.file, head, sizeof head, 0);
        table->format = format_of_text(head, size > 0 ? (size_t)size : 0);
    }
    table->options.any_body = true;
    if (rc == SITO_OK && table->format == SITO_FORMAT_CSV) {
        table->entry = entry;
        return SITO_OK;
    }
    sito_entry_close(&entry);
    return rc;
}

static int settle_format(SitoRemoteTable *table, char **error) {
    const SitoRemoteOptions *options = &table->options;
    table->format = (SitoFormat)options->format;
    if (table->format == SITO_FORMAT_AUTO && options->data != NULL) {
        table->format = format_of_text(options->data, strlen(options->data));
    }
    if (table->format == SITO_FORMAT_AUTO && (options->page != 0 || options->rows != NULL)) {
        table->format = SITO_FORMAT_JSON;
    }
    if (table->format == SITO_FORMAT_AUTO) {
        table->format = format_of_url(options->url);
    }
    return table->format == SITO_FORMAT_AUTO ? format_of_answer(table, error) : SITO_OK;
}

static int remote_disconnect(sqlite3_vtab *vtab) {
    SitoRemoteTable *table = (SitoRemoteTable *)vtab;
    sito_remote_disconnect_csv(table);
    sito_json_shape_free(&table->shape);
    sito_json_path_free(&table->paths.next);
    sito_json_path_free(&table->paths.cursor);
    sito_json_path_free(&table->paths.total);
    sito_json_path_free(&table->paths.fixed);
    sito_remote_options_free(&table->options);
    sito_free(table->module);
    sito_free(table->schema);
    sito_free(table->name);
    sito_free(table);
    return SQLITE_OK;
}

static int remote_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                          sqlite3_vtab **vtab, char **error) {
    (void)aux;
    SitoRemoteTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (SitoRemoteTable){.db = db, .entry = {.file = -1}};
    table->module = sito_print("%s", argv[0]); /* the arguments do not last */
    table->schema = sito_print("%s", argv[1]);
    table->name = sito_print("%s", argv[2]);
    if (table->module == NULL || table->schema == NULL || table->name == NULL) {
        (void)remote_disconnect(&table->base);
        return SQLITE_NOMEM;
    }
    table->options = sito_remote_defaults(table->module);
    int rc = require_memory(db, table->module, table->schema, error);
    rc = rc == SITO_OK ? sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY) : rc;
    rc = rc == SITO_OK ? sito_remote_arguments(db, argc - 3, argv + 3, &table->options, error) : rc;
    rc = rc == SITO_OK ? settle_format(table, error) : rc;
    if (rc == SITO_OK) {
        rc = table->format == SITO_FORMAT_CSV ? sito_remote_connect_csv(table, error)
                                              : sito_remote_connect_json(table, error);
    }
    if (rc != SITO_OK) {
        rc = sito_remote_say(table, NULL, rc, error);
        (void)remote_disconnect(&table->base);
        return rc;
    }
    *vtab = &table->base;
    return SQLITE_OK;
}

static int remote_rename(sqlite3_vtab *vtab, const char *name) {
    SitoRemoteTable *table = (SitoRemoteTable *)vtab;
    char *copy = sito_print("%s", name);
    if (copy == NULL) {
        return SQLITE_NOMEM;
    }
    sito_free(table->name);
    table->name = copy;
    return SQLITE_OK;
}

/* ---- what is the same for both: handed on to csv, or answered by table_json.c ---- */

static int remote_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    SitoRemoteTable *table = (SitoRemoteTable *)vtab;
    if (table->csv != NULL) {
        return sito_remote_from_csv(table, sito_csv_table_module.xBestIndex(table->csv, info));
    }
    return sito_remote_best_index_json(table, info);
}

static SitoRemoteTable *table_of(sqlite3_vtab_cursor *cursor) {
    return (SitoRemoteTable *)cursor->pVtab;
}

static int remote_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    SitoRemoteTable *table = (SitoRemoteTable *)vtab;
    SitoRemoteCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (SitoRemoteCursor){.base = {.pVtab = vtab}};
    int rc = SITO_OK;
    if (table->csv == NULL) {
        sito_remote_open_json(cursor);
    } else {
        rc = sito_remote_from_csv(table, sito_csv_table_module.xOpen(table->csv, &cursor->csv));
    }
    if (rc != SITO_OK) {
        sito_free(cursor);
        return rc;
    }
    if (cursor->csv != NULL) {
        cursor->csv->pVtab = table->csv;
    }
    *out = &cursor->base;
    return SQLITE_OK;
}

static int remote_close(sqlite3_vtab_cursor *base) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    if (cursor->csv != NULL) {
        (void)sito_csv_table_module.xClose(cursor->csv);
    } else {
        sito_remote_close_json(cursor);
    }
    sito_free(cursor);
    return SQLITE_OK;
}

static int remote_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                         sqlite3_value **argv) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    if (cursor->csv == NULL) {
        return sito_remote_filter_json(cursor, text, argc, argv);
    }
    return sito_remote_from_csv(table_of(base),
                                sito_csv_table_module.xFilter(cursor->csv, plan, text, argc, argv));
}

static int remote_next(sqlite3_vtab_cursor *base) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    if (cursor->csv == NULL) {
        return sito_remote_next_json(cursor);
    }
    return sito_remote_from_csv(table_of(base), sito_csv_table_module.xNext(cursor->csv));
}

static int remote_eof(sqlite3_vtab_cursor *base) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    return cursor->csv != NULL ? sito_csv_table_module.xEof(cursor->csv) : cursor->end;
}

static int remote_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    return cursor->csv != NULL ? sito_csv_table_module.xColumn(cursor->csv, context, column)
                               : sito_remote_column_json(cursor, context, column);
}

static int remote_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    SitoRemoteCursor *cursor = (SitoRemoteCursor *)base;
    if (cursor->csv != NULL) {
        return sito_csv_table_module.xRowid(cursor->csv, rowid);
    }
    *rowid = sito_remote_rowid_json(cursor);
    return SQLITE_OK;
}

const sqlite3_module sito_remote_table_module = {
    .iVersion = 1,
    .xCreate = remote_connect,
    .xConnect = remote_connect,
    .xBestIndex = remote_best_index,
    .xDisconnect = remote_disconnect,
    .xDestroy = remote_disconnect,
    .xOpen = remote_open,
    .xClose = remote_close,
    .xFilter = remote_filter,
    .xNext = remote_next,
    .xEof = remote_eof,
    .xColumn = remote_column,
    .xRowid = remote_rowid,
    .xRename = remote_rename,
};
