/*
** sito key: the keys of noise and pseudonyms, by name (base/key.h).
**
** R1  `sito key new NAME` makes a key; none is ever shown or overwritten. `sito key list` shows names.
** R2  What to do with the file is said once, when a key is made: without it nothing can be made again,
**     and who has it can undo pseudonyms.
*/
#include "base/key.h"

#include <string.h>

#include "cli.h"

static int make(const SitoArguments *a) {
    char *error = NULL, *path = NULL;
    SitoText name = {a->paths[1], strlen(a->paths[1])};
    int rc = sito_key_new(name, a->language == SITO_PL, &error);
    rc = rc == SITO_OK ? sito_key_path(&path, a->language == SITO_PL, &error) : rc;
    if (rc != SITO_OK) {
        return sito_fail(rc == SITO_ERROR ? SITO_MISUSE : rc, error);
    }
    sito_complain(
        SITO_EXIT_OK,
        sito_say(a->language,
                 "utworzono klucz '%s' w pliku %s; zachowaj kopię w bezpiecznym miejscu: "
                 "bez klucza nie da się powtórzyć pseudonimów, a kto go ma, może je odwrócić",
                 "made the key '%s' in %s; keep a copy in a safe place: without it the "
                 "pseudonyms cannot be made again, and who has it can undo them"),
        a->paths[1], path);
    sito_free(path);
    return SITO_EXIT_OK;
}

static int list(const SitoArguments *a) {
    SitoBuffer names = {0};
    char *error = NULL;
    int rc = sito_key_list(&names, a->language == SITO_PL, &error);
    int status = rc == SITO_OK ? sito_write_result(a, (SitoText){names.data, names.size})
                               : sito_fail(rc, error);
    sito_buffer_free(&names);
    return status;
}

int sito_command_key(const SitoArguments *a) {
    if (a->paths_count == 2 && strcmp(a->paths[0], "new") == 0) {
        return make(a);
    }
    if (a->paths_count == 1 && strcmp(a->paths[0], "list") == 0) {
        return list(a);
    }
    return sito_complain(SITO_EXIT_USAGE, "%s",
                         sito_say(a->language,
                                  "polecenie ma postać: sito key new NAZWA albo sito key list",
                                  "write: sito key new NAME, or sito key list"));
}
