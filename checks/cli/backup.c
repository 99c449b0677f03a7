/*
** sito backup: a verified copy of the catalogue in a new file. What a plain shell added is sealed first, so
** that the copy ends with the head that is told.
*/
#include "dataset.h"
#include "catalogue/catalogue.h"

int sito_command_backup(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoAudit audit = {0};
    SitoBuffer out = {0};
    char *error = NULL;
    const char *path = sito_catalogue_path(a);
    int rc = sito_catalogue_open(&catalogue, path, false, a->language, &error);
    rc = rc == SITO_OK ? sito_catalogue_seal(catalogue, &error) : rc;
    rc = rc == SITO_OK ? sito_catalogue_backup(catalogue, a->paths[0], &error) : rc;
    rc = rc == SITO_OK ? sito_catalogue_verify(catalogue, NULL, &audit, &error) : rc;
    if (rc == SITO_OK) {
        rc = sito_buffer_print(
            &out,
            sito_say(a->language, "Kopia katalogu %s: %s (sprawdzona)\nSkrót łańcucha: %s\n",
                     "Backup of the catalogue %s: %s (verified)\nHead of the chain: %s\n"),
            path, a->paths[0], audit.head);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&audit.lines);
    sito_buffer_free(&out);
    sito_catalogue_close(catalogue);
    return status;
}
