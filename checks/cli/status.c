/*
** sito status: every data set of the catalogue with its state, its digests, where it is published, what was
** not finished, and what is overdue.
*/
#include "dataset.h"
#include "catalogue/catalogue.h"

int sito_command_status(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    rc = rc == SITO_OK ? sito_catalogue_states(catalogue, a->format != NULL ? a->format : "text",
                                               &out, &error)
                       : rc;
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    sito_catalogue_close(catalogue);
    return status;
}
