/*
** What the commands over the catalogue share (cli.h).
*/
#include "cli.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "common/db.h"
#include "common/file.h"
#include "common/kind.h"

const char *sito_catalogue_path(const SitoArguments *a) {
    const char *named = getenv("SITO_CATALOGUE");
    return a->catalogue != NULL ? a->catalogue : named != NULL && named[0] != 0 ? named : "sito.db";
}

int sito_catalogue_status(int rc, char *error) {
    if (rc == SITO_ERROR) { /* refused by the catalogue's rules: a finding, not a failure */
        sito_complain(SITO_EXIT_FINDINGS, "%s", error);
        sito_free(error);
        return SITO_EXIT_FINDINGS;
    }
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

int sito_hash_document(const SitoArguments *a, char sha256[SITO_SHA256_HEX],
                       const char **document) {
    int64_t size = 0;
    char *error = NULL;
    *document = NULL;
    if (a->document == NULL) {
        return SITO_EXIT_OK;
    }
    int rc = sito_file_hash(a->document, a->language, sha256, &size, &error);
    *document = rc == SITO_OK ? sha256 : NULL;
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

bool sito_lacks_options(const SitoArguments *a, const char *names) {
    char name[40];
    for (const char *at = names; *at != 0;) {
        size_t size = strcspn(at, " ");
        size_t kept = size < sizeof name - 1 ? size : sizeof name - 1;
        memcpy(name, at, kept);
        name[kept] = 0;
        if (sito_option_value(a, name) == NULL) {
            sito_complain(SITO_EXIT_USAGE,
                          sito_say(a->language,
                                   "do tego zapisu potrzebna jest opcja --%s; zob. sito %s --help",
                                   "this record needs the option --%s; see sito %s --help"),
                          name, a->command->name);
            return true;
        }
        at += size + strspn(at + size, " ");
    }
    return false;
}

int sito_refuse_personal(const SitoArguments *a, const char *option, const char *text,
                         const char *hint) {
    sqlite3 *db = NULL;
    SitoBuffer names = {0};
    char *kinds = NULL, *error = NULL;
    int status = SITO_EXIT_OK, rc = text == NULL ? SITO_OK : sito_db_open(&db, &error);
    if (rc == SITO_OK && text != NULL) {
        rc = sito_db_text(db, &kinds, &error,
                          "SELECT group_concat(DISTINCT kind) FROM personal_data_find(?1)"
                          " WHERE confidence >= 0.5",
                          "t", text);
    }
    if (rc == SITO_OK && kinds != NULL) {
        rc = sito_put_kinds(a->language, (SitoText){kinds, strlen(kinds)}, &names);
        status = sito_complain(
            SITO_EXIT_FINDINGS,
            sito_say(a->language,
                     "w treści --%s znaleziono dane osobowe (%.*s), a zdarzeń nie można usuwać; %s",
                     "in the text of --%s personal data was found (%.*s), and events cannot be "
                     "erased; %s"),
            option, (int)names.size, names.data == NULL ? "" : names.data, hint);
    }
    sito_buffer_free(&names);
    sito_free(kinds);
    sqlite3_close(db);
    return rc == SITO_OK ? status : sito_fail(rc, error);
}
