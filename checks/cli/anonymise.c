/*
** sito anonymise: a data set that meets its thresholds, made from one that does not (checks/anonymise).
**
** R1  Exit status 0: it was made and passes the check; 1: it was made, and findings other than risk are left;
**     2 and 3: nothing was made.
*/
#include "anonymise/anonymise.h"

#include "dataset.h"

/* DIR-anonim beside DIR. */
static char *default_folder(const SitoDataset *dataset) {
    char *location = sito_dataset_location(dataset);
    char *to = location != NULL ? sito_print("%s-anonim", location) : NULL;
    sito_free(location);
    return to;
}

int sito_command_anonymise(const SitoArguments *a) {
    SitoDataset dataset;
    int status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK) {
        SitoAnonymised done;
        SitoBuffer out = {0};
        char *error = NULL;
        char *to = a->to != NULL ? sito_print("%s", a->to) : default_folder(&dataset);
        int rc = to == NULL ? SITO_NOMEM : sito_anonymise(&dataset.options, to, &done, &error);
        if (to != NULL) {
            rc = rc == SITO_OK ? sito_anonymised_write(
                                     &done, a->format != NULL ? a->format : "text", &out, &error)
                               : rc;
            status = rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size})
                                   : sito_fail(rc, error);
            status = status == SITO_EXIT_OK ? done.exit_status : status;
            sito_anonymised_free(&done);
        } else {
            status = sito_fail(rc, error);
        }
        sito_buffer_free(&out);
        sito_free(to);
    }
    sito_dataset_close(&dataset);
    return status;
}
