/*
** Loads sito_remote.so (network.h).
*/
#define _GNU_SOURCE
#include "network.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/sito.h"
#include "warehouse/warehouse.h"

enum { MOST_PATH = 4096 };

static SitoLanguage language;

/* The folder of the program, in *folder. */
static bool own_folder(char folder[MOST_PATH]) {
    ssize_t size = readlink("/proc/self/exe", folder, MOST_PATH - 1);
    if (size <= 0 || size == MOST_PATH - 1) {
        return false;
    }
    folder[size] = 0;
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        *slash = 0;
    }
    return slash != NULL;
}

/* Release with sito_free; NULL with *rc where there is none. */
static char *find_file(int *rc) {
    static const char *const places[] = {"%s/sito_remote.so", "%s/../lib/sqlite3/sito_remote.so"};
    char folder[MOST_PATH];
    for (size_t i = 0; i < SITO_COUNT(places) && own_folder(folder); i++) {
        char *path = sito_print(places[i], folder);
        if (path == NULL) {
            *rc = SITO_NOMEM;
            return NULL;
        }
        if (access(path, R_OK) == 0) {
            return path;
        }
        sito_free(path);
    }
    return NULL;
}

static int load(sqlite3 *db, char **error) {
    char *message = NULL;
    int rc = SITO_OK;
    char *path = find_file(&rc);
    if (rc == SITO_OK && path == NULL) {
        return sito_error(
            error, SITO_CANTOPEN,
            sito_say(language,
                     "nie ma pliku sito_remote.so, który pobiera dane z sieci; powinien leżeć obok "
                     "programu sito",
                     "there is no file sito_remote.so, which fetches from the network; it belongs "
                     "beside the program sito"));
    }
    if (rc == SITO_OK) {
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
        rc = sqlite3_load_extension(db, path, "sqlite3_sitoremote_init", &message);
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    }
    if (rc != SITO_OK) {
        rc = sito_error(error, rc, "%s", message != NULL ? message : sqlite3_errstr(rc));
    }
    sqlite3_free(message);
    sito_free(path);
    return rc;
}

void sito_network_use(SitoLanguage of) {
    language = of;
    sito_network = load;
}
