/*
** What an inventory counts: the summary of every format.
*/
#include <sqlite3.h>

#include "page.h"
#include "private.h"
#include "common/db.h"

static const struct {
    const char *pl, *en, *sql;
} counts[] = {
    {"nieocenione, bo nie da się ich odczytać", "not yet assessed, since they cannot be read",
     "SELECT count(*) FROM item WHERE proposed = 'not-assessed' AND change IS NOT 'gone'"},
    {"bez danych osobowych według skanu, do oceny",
     "no personal data found by the scan, to be assessed",
     "SELECT count(*) FROM item WHERE proposed = 'none-found'"},
    {"po anonimizacji", "after anonymisation",
     "SELECT count(*) FROM item WHERE proposed = 'after-anonymisation'"},
    {"nie do publikacji", "not to be published", "SELECT count(*) FROM item WHERE proposed = 'no'"},
    {"ocenione przez ludzi", "assessed by people",
     "SELECT count(*) FROM item WHERE qualification IS NOT NULL"},
    {"pliki programu sito", "files of sito",
     "SELECT count(*) FROM item WHERE proposed = 'not-data'"},
    {"nowe", "new", "SELECT count(*) FROM item WHERE change = 'new'"},
    {"zmienione", "changed", "SELECT count(*) FROM item WHERE change = 'changed'"},
    {"zniknęły", "gone", "SELECT count(*) FROM item WHERE change = 'gone'"},
};

int sito_inventory_counts(sqlite3 *result, SitoLanguage language, SitoInventoryCount put,
                          SitoBuffer *out, char **error) {
    int64_t number = 0;
    int rc = sito_db_integer(result, &number, error,
                             "SELECT count(*) FROM item WHERE change IS NOT 'gone'", "");
    rc = rc == SITO_OK ? put(out, sito_say(language, "pozycje", "items"), number, language) : rc;
    for (size_t i = 0; i < SITO_COUNT(counts) && rc == SITO_OK; i++) {
        rc = sito_db_integer(result, &number, error, counts[i].sql, "");
        if (rc == SITO_OK && (number > 0 || i == 0)) {
            rc = put(out, sito_say(language, counts[i].pl, counts[i].en), number, language);
        }
    }
    return rc;
}
