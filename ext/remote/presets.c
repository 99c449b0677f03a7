/*
** Finding a preset's description, and the arguments of a table (presets.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/option.h"
#include "json_query.h"
#include "presets.h"
#include "table.h"

enum { LARGEST_PRESET = 1 << 20, MOST_GIVEN = 200 };

/* ---- descriptions ---- */

static int read_file(const char *path, SitoBuffer *text, bool *there, char **error) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *there = file >= 0;
    if (file < 0) {
        return errno == ENOENT
                   ? SITO_OK
                   : sito_error(error, SITO_CANTOPEN, "the preset %s cannot be read: %s", path,
                                strerror(errno));
    }
    int rc = sito_read_whole(file, text, LARGEST_PRESET, error);
    (void)close(file);
    return rc;
}

static int unknown_preset(const char *name, char **error) {
    SitoBuffer list = {.limit = 4000};
    int rc = SITO_OK;
    for (const SitoPresetText *t = sito_preset_texts; t->path != NULL && rc == SITO_OK; t++) {
        rc = sito_buffer_print(&list, "%s%.*s", list.size == 0 ? "" : ", ",
                               (int)(strlen(t->path) - strlen(".json")), t->path);
    }
    if (rc == SITO_OK) {
        rc = sito_error(error, SITO_ERROR,
                        "there is no preset '%.80s'; there are %.*s, and what a folder named by "
                        "presets='…' or SITO_PRESETS holds",
                        name, (int)list.size, list.data);
    }
    sito_buffer_free(&list);
    return rc;
}

/* The keys of a description, and of each of its readings. */
static int refuse_key(void *data, sqlite3_stmt *row, char **error) {
    return sito_error(error, SITO_ERROR, "the preset %s has an unknown key '%s'",
                      (const char *)data, (const char *)sqlite3_column_text(row, 0));
}

static int refuse_text(void *data, sqlite3_stmt *row, char **error) {
    (void)row;
    return sito_error(error, SITO_ERROR, "the preset %s is no JSON object with base and read",
                      (const char *)data);
}

static int check(sqlite3 *db, const char *name, const SitoBuffer *text, char **error) {
    SitoText json = sito_json_text(text);
    int rc =
        sito_json_query(db,
                        "SELECT 1 WHERE CASE json_valid(?1) WHEN 1 THEN json_type(?1, '$.base') "
                        "IS NOT 'text' OR json_type(?1, '$.read') IS NOT 'object' ELSE 1 END",
                        json, (SitoText){0}, refuse_text, (void *)name, error);
    return rc == SITO_OK
               ? sito_json_query(
                     db,
                     "SELECT key FROM json_each(?1) WHERE key NOT IN ('title', 'base', 'parameters', "
                     "'options', 'read') UNION ALL SELECT k.key FROM json_each(?1, '$.read') AS r, "
                     "json_each(r.value) AS k WHERE k.key NOT IN ('title', 'needs', 'path', 'query', "
                     "'options', 'columns', 'fields', 'ask') UNION ALL SELECT k.key FROM "
                     "json_each(?1, '$.parameters') AS p, json_each(p.value) AS k WHERE k.key NOT IN "
                     "('type', 'least', 'most', 'default', 'says')",
                     json, (SitoText){0}, refuse_key, (void *)name, error)
               : rc;
}

int sito_preset_load(sqlite3 *db, const char *name, const char *folder, SitoBuffer *text,
                     char **error) {
    SitoBuffer word = {0};
    bool there = false;
    char *file = sito_print("%s.json", name);
    char *path = folder != NULL ? sito_print("%s/%s.json", folder, name) : NULL;
    int rc =
        file == NULL || (folder != NULL && path == NULL)
            ? SITO_NOMEM
            : sito_preset_value(SITO_LITERAL("word"),
                                (SitoText){.data = name, .size = strlen(name)}, 0, 0, &word, NULL);
    if (rc == SITO_ERROR) {
        rc = sito_error(error, SITO_ERROR,
                        "the name of a preset has letters, digits and - _ . alone");
    }
    if (rc == SITO_OK && path != NULL) {
        rc = read_file(path, text, &there, error);
    }
    for (const SitoPresetText *t = sito_preset_texts; t->path != NULL && rc == SITO_OK && !there;
         t++) {
        if (strcmp(t->path, file) == 0) {
            there = true;
            rc = sito_buffer_add(text, t->text, t->size);
        }
    }
    rc = rc == SITO_OK && !there ? unknown_preset(name, error) : rc;
    rc = rc == SITO_OK ? check(db, path != NULL ? path : name, text, error) : rc;
    sito_buffer_free(&word);
    sito_free(file);
    sito_free(path);
    return rc;
}

/* ---- arguments ---- */

const char *sito_argument(const SitoArguments *arguments, SitoText name) {
    for (size_t i = 0; i < arguments->count; i++) {
        const char *its = arguments->items[i].name;
        if (sito_text_equal_nocase(name, (SitoText){.data = its, .size = strlen(its)})) {
            return arguments->items[i].value;
        }
    }
    return NULL;
}

static int add_argument(const char *module, const char *argument, SitoArguments *given,
                        char **error) {
    SitoBuffer value = {0};
    SitoText name;
    void *items = given->items;
    int rc =
        sito_grow(&items, &given->capacity, given->count + 1, sizeof *given->items, MOST_GIVEN);
    given->items = items;
    rc = rc == SITO_OK ? sito_option_split(module, argument, &name, &value, error) : rc;
    if (rc == SITO_OK) {
        SitoArgument *item = &given->items[given->count++];
        *item = (SitoArgument){
            .name = sito_print("%.*s", (int)name.size, name.data),
            .value = sito_print("%.*s", (int)value.size, value.size > 0 ? value.data : "")};
        rc = item->name == NULL || item->value == NULL ? SITO_NOMEM : SITO_OK;
    }
    sito_buffer_free(&value);
    return rc;
}

static void free_arguments(SitoArguments *given) {
    for (size_t i = 0; i < given->count; i++) {
        sito_free(given->items[i].name);
        sito_free(given->items[i].value);
    }
    sito_free(given->items);
}

static int take_plain(SitoRemoteOptions *options, const SitoArguments *given, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < given->count && rc == SITO_OK; i++) {
        const SitoArgument *item = &given->items[i];
        rc = sito_remote_option(
            options, SITO_BY_USER, (SitoText){.data = item->name, .size = strlen(item->name)},
            (SitoText){.data = item->value, .size = strlen(item->value)}, NULL, error);
    }
    return rc;
}

int sito_remote_arguments(sqlite3 *db, int argc, const char *const *argv,
                          SitoRemoteOptions *options, char **error) {
    SitoArguments given = {0};
    SitoBuffer preset = {0};
    int rc = SITO_OK;
    for (int i = 0; i < argc && rc == SITO_OK; i++) {
        rc = add_argument(options->module, argv[i], &given, error);
    }
    if (rc == SITO_OK) {
        bool remote = strcmp(options->module, "remote") == 0;
        const char *name = remote ? sito_argument(&given, SITO_LITERAL("preset")) : options->module;
        const char *folder = sito_argument(&given, SITO_LITERAL("presets"));
        folder = folder != NULL ? folder : getenv("SITO_PRESETS");
        folder = folder != NULL && folder[0] == 0 ? NULL : folder;
        if (name == NULL) {
            rc = take_plain(options, &given, error);
        } else {
            rc = sito_preset_load(db, name, folder, &preset, error);
            rc = rc == SITO_OK ? sito_preset_use(db, &preset, &given, options, error) : rc;
        }
    }
    rc = rc == SITO_OK ? sito_remote_options_check(options, error) : rc;
    rc = rc == SITO_OK && options->ask != NULL ? sito_preset_ask(db, options, error) : rc;
    sito_buffer_free(&preset);
    free_arguments(&given);
    return rc;
}
