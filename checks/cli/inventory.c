/*
** sito inventory: what data an office holds, where, and how it might be published.
**
** R1  It is kept in the catalogue that is named, or that lies in the present folder; without one it is shown
**     and nothing is kept, and that is said.
** R2  --answers records what people wrote into the CSV that --format csv gave.
** R3  Exit status 1 while something could not be read and nobody has assessed it.
*/
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "catalogue/inventory.h"
#include "common/file.h"
#include "inventory/inventory.h"

static bool names_catalogue(const SitoArguments *a) {
    const char *named = getenv("SITO_CATALOGUE");
    return a->catalogue != NULL || (named != NULL && named[0] != 0);
}

static int keep(const SitoArguments *a, sqlite3 *result) {
    const char *path = sito_catalogue_path(a);
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    if (!names_catalogue(a) && sito_file_kind(path) == SITO_FILE_MISSING) {
        return sito_complain(
            0, "%s",
            sito_say(a->language,
                     "wyniku nie zapisano w żadnym katalogu; zapisuje go --catalogue "
                     "sito.db",
                     "the result is not kept in any catalogue; --catalogue sito.db "
                     "keeps it"));
    }
    int rc = sito_catalogue_open(&catalogue, path, true, a->language, &error);
    rc = rc == SITO_OK ? sito_catalogue_keep_inventory(catalogue, result, &error) : rc;
    sito_catalogue_close(catalogue);
    return sito_catalogue_status(rc, error);
}

static int take(const SitoArguments *a) {
    SitoInventoryOptions options = {.paths = a->paths,
                                    .paths_count = a->paths_count,
                                    .language = a->language,
                                    .progress = isatty(STDERR_FILENO) == 1};
    SitoBuffer out = {0};
    sqlite3 *result = NULL;
    char *error = NULL;
    int64_t unread = 0;
    int rc = sito_inventory_take(&result, &options, &error);
    int status = rc == SITO_OK ? keep(a, result) : sito_fail(rc, error);
    if (status == SITO_EXIT_OK) {
        rc = sito_inventory_report(result, a->format != NULL ? a->format : "text", a->language,
                                   &out, &error);
        rc = rc == SITO_OK ? sito_inventory_open_items(result, &unread, &error) : rc;
        status = rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size})
                               : sito_fail(rc, error);
    }
    sito_buffer_free(&out);
    sqlite3_close(result);
    return status == SITO_EXIT_OK && unread > 0 ? SITO_EXIT_FINDINGS : status;
}

static int assess(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoAct act = {.actor = a->by, .case_mark = a->case_mark};
    char *error = NULL;
    int64_t recorded = 0;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    rc = rc == SITO_OK ? sito_catalogue_assess(catalogue, a->answers, &act, &recorded, &error) : rc;
    if (rc == SITO_OK) {
        sito_complain(0,
                      sito_say(a->language, "zapisano oceny: %lld", "assessments recorded: %lld"),
                      (long long)recorded);
    }
    sito_catalogue_close(catalogue);
    return sito_catalogue_status(rc, error);
}

int sito_command_inventory(const SitoArguments *a) {
    if (a->answers == NULL && a->paths_count == 0) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "podaj foldery lub pliki: sito inventory ŚCIEŻKA…",
                                      "name folders or files: sito inventory PATH…"));
    }
    bool records = a->by != NULL || a->case_mark != NULL;
    if (a->answers != NULL ? a->paths_count > 0 || a->format != NULL : records) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "oceny zapisuje: sito inventory --answers PLIK.csv --by OSOBA, bez "
                     "innych ścieżek",
                     "assessments are recorded by: sito inventory --answers FILE.csv --by "
                     "NAME, without other paths"));
    }
    if (a->answers != NULL) {
        return sito_lacks_options(a, "by") ? SITO_EXIT_USAGE : assess(a);
    }
    return take(a);
}
