/*
** sito.so: its entry points, one for each degree of power.
**
**   .load ./sito                        everything that stays on this machine
**   .load ./sito sqlite3_sitopure_init  no file, no key, no clock: safe for databases of strangers
**
** The program sito registers the same modules, linked statically.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "anonymise/anonymise.h"
#include "base/sito.h"
#include "csv/csv.h"
#include "identity/identity.h"
#include "polish/polish.h"
#include "profile/profile.h"
#include "remote/remote.h"
#include "risk/risk.h"
#include "tables/tables.h"

/* One a line, so that two changes do not meet. */
/* clang-format off */
const SitoModule *const sito_modules[] = {
    &sito_base_module,
    &sito_polish_module,
    &sito_identity_module,
    &sito_profile_module,
    &sito_csv_module,
    &sito_risk_module,
    &sito_anonymise_module,
    &sito_tables_module,
    &sito_remote_declared,
    NULL,
};
/* clang-format on */

SITO_EXPORT int sqlite3_sito_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api);
    (void)api;
    return sito_register(db, sito_modules, false, error);
}

SITO_EXPORT int sqlite3_sitopure_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api);
    (void)api;
    return sito_register(db, sito_modules, true, error);
}
