/*
** What the commands over the warehouse share (cli.h).
*/
#include <stdlib.h>

#include "cli.h"
#include "warehouse.h"
#include "common/file.h"

/* --warehouse, $SITO_WAREHOUSE, else hurtownia.db beside the catalogue; to be released. */
static char *find_warehouse(const SitoArguments *a, const char *catalogue) {
    const char *named = getenv("SITO_WAREHOUSE");
    if (a->warehouse != NULL) {
        return sito_print("%s", a->warehouse);
    }
    if (named != NULL && named[0] != 0) {
        return sito_print("%s", named);
    }
    char *folder = sito_path_folder(catalogue);
    char *path = folder == NULL ? NULL : sito_path_join(folder, "hurtownia.db");
    sito_free(folder);
    return path;
}

int sito_office_open(SitoOffice *office, const SitoArguments *a, const char *catalogue, bool create,
                     bool lock) {
    *office = (SitoOffice){.path = find_warehouse(a, catalogue)};
    char *error = NULL;
    int rc = office->path == NULL
                 ? SITO_NOMEM
                 : sito_catalogue_open(&office->catalogue, catalogue, false, a->language, &error);
    rc = rc == SITO_OK ? sito_warehouse_open(&office->warehouse, office->path, create, lock,
                                             a->language, &error)
                       : rc;
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

void sito_office_close(SitoOffice *office) {
    sito_warehouse_close(office->warehouse);
    sito_catalogue_close(office->catalogue);
    sito_free(office->path);
    *office = (SitoOffice){0};
}
