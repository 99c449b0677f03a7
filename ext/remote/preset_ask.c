/*
** The answer that tells where a file is (presets.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "documents.h"
#include "presets.h"

/* The first of the paths, parted by blanks, that leads to a text. */
static int find_address(sqlite3 *db, const SitoBuffer *text, const char *paths, SitoBuffer *found,
                        char **error) {
    int rc = SITO_OK;
    found->size = 0;
    while (*paths != 0 && rc == SITO_OK && found->size == 0) {
        SitoJsonPath path = {0};
        bool there;
        size_t size = strcspn(paths, " ");
        rc = sito_json_path_parse((SitoText){.data = paths, .size = size}, &path, error);
        rc = rc == SITO_OK ? sito_json_look_up(db, text, &path, found, &there, error) : rc;
        sito_json_path_free(&path);
        paths += size;
        paths += strspn(paths, " ");
    }
    return rc == SITO_OK && found->size == 0
               ? sito_error(error, SITO_ERROR, "the answer names no file to read")
               : rc;
}

/* A secret is for the portal, not for the place where its file happens to lie. */
static int take_address(SitoRemoteOptions *options, SitoText link, char **error) {
    char *same = NULL;
    int rc = sito_url_follow(options->ask, link, &same, NULL);
    if (rc == SITO_NOMEM) {
        return rc;
    }
    sito_free(options->url);
    options->url = same;
    if (rc != SITO_OK) {
        sito_free(options->auth_env);
        sito_free(options->auth_file);
        options->auth_env = options->auth_file = NULL;
        rc = sito_url_join(options->ask, link, &options->url, error);
    }
    return rc;
}

int sito_preset_ask(sqlite3 *db, SitoRemoteOptions *options, char **error) {
    static const SitoJsonShape shape = {.rows = {.parts = {"$"}}};
    SitoWatch watch = sito_watch_database(db);
    SitoEntry entry = {.file = -1};
    SitoBuffer address = {0};
    SitoJsonRows rows;
    SitoAsking asking;
    sito_json_rows_open(&rows, db, &shape);
    int rc = sito_remote_asking(options, options->ask, SITO_BODY_JSON, &watch, &asking, error);
    rc = rc == SITO_OK ? sito_fetch(&asking.request, &entry, error) : rc;
    rc = rc == SITO_OK ? sito_read_whole(entry.file, &rows.text, options->max_page, error) : rc;
    rc = rc == SITO_OK ? sito_json_rows_begin(&rows, error) : rc;
    rc = rc == SITO_OK
             ? find_address(db, &rows.text, options->answer != NULL ? options->answer : "",
                            &address, error)
             : rc;
    rc = rc == SITO_OK
             ? take_address(options, (SitoText){.data = address.data, .size = address.size}, error)
             : rc;
    sito_entry_close(&entry);
    sito_json_rows_close(&rows);
    sito_buffer_free(&address);
    if (rc == SITO_ERROR && error != NULL && *error != NULL &&
        strstr(*error, options->ask) == NULL) {
        char *phrase = *error;
        *error = sito_print("remote: %s: %s", options->ask, phrase);
        sito_free(phrase);
    }
    return rc;
}
