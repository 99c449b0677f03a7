/*
** sito_remote.so: what reaches the network, apart from sito.so, since libcurl brings 33 libraries.
**
**   .load ./sito_remote
**
** It needs no sito.so beside it. It stays in the process until the end: libcurl and OpenSSL do not
** bear being unloaded.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "remote/remote.h"

int sito_remote_register(sqlite3 *db, char **error) {
    static const SitoModule *const modules[] = {&sito_remote_module, NULL};
    return sito_register(db, modules, false, error);
}

SITO_EXPORT int sqlite3_sitoremote_init(sqlite3 *db, char **error,
                                        const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api);
    (void)api;
    int rc = sito_remote_register(db, error);
    return rc == SITO_OK ? SQLITE_OK_LOAD_PERMANENTLY : rc;
}
