/*
** What the commands over the catalogue share (cli.h).
*/
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include "common/file.h"

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
