/*
** sito withdraw: takes a published data set back; its files go, a tombstone stays (checks/publish).
** The data set is named by its name, or by its folder or descriptor.
*/
#include <string.h>

#include "common/db.h"
#include "common/file.h"
#include "dataset.h"
#include "publish/publish.h"

static int withdraw(const SitoArguments *a, SitoCatalogue *catalogue, const char *name,
                    SitoLanguage language) {
    SitoPublished done = {0};
    SitoBuffer out = {0};
    char sha256[SITO_SHA256_HEX] = "", *error = NULL;
    const char *document = NULL;
    int status = sito_hash_document(a, sha256, &document);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    SitoWithdrawRequest request = {.catalogue = catalogue,
                                   .dataset = name,
                                   .program = SITO_PROGRAM,
                                   .act = {.actor = a->by,
                                           .reason = a->reason,
                                           .case_mark = a->case_mark,
                                           .document = document},
                                   .language = language};
    int rc = sito_withdraw(&request, &done, &error);
    if (rc != SITO_OK) {
        return sito_catalogue_status(rc, error);
    }
    rc = sito_buffer_print(
        &out,
        sito_say(language,
                 "Wycofano zbiór %s. Zostaje wpis o wycofaniu: %s\n"
                 "Nazwy tego zbioru nie używa się ponownie.\nSkrót łańcucha: %s\n",
                 "Withdrew data set %s. A tombstone stays: %s\n"
                 "The name of this data set is not used again.\nHead of the chain: %s\n"),
        name, done.page, done.head);
    status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    sito_free(done.page);
    return status;
}

int sito_command_withdraw(const SitoArguments *a) {
    if (a->by == NULL || a->reason == NULL) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "podaj, kto wycofuje i dlaczego (powód zostanie opublikowany): "
                     "--by OSOBA --reason POWÓD",
                     "name who withdraws and why (the reason is published): --by "
                     "NAME --reason TEXT"));
    }
    SitoDataset dataset = {0};
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    bool by_name =
        sito_file_kind(a->paths[0]) == SITO_FILE_MISSING && strchr(a->paths[0], '/') == NULL;
    int status = by_name ? SITO_EXIT_OK : sito_dataset_open(&dataset, a);
    SitoLanguage language = by_name ? a->language : dataset.check.language;
    if (status == SITO_EXIT_OK) {
        int rc =
            sito_catalogue_open(&catalogue, by_name ? sito_catalogue_path(a) : dataset.catalogue,
                                false, language, &error);
        status = rc == SITO_OK
                     ? withdraw(a, catalogue, by_name ? a->paths[0] : dataset.check.package.name,
                                language)
                     : sito_fail(rc, error);
    }
    sito_catalogue_close(catalogue);
    if (!by_name) {
        sito_dataset_close(&dataset);
    }
    return status;
}
