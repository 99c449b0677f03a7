/*
** sito publish: puts exactly the checked files of a data set into the folder that everybody sees
** (checks/publish). The catalogue's triggers decide whether it may; this command tells what the bytes
** are and who acts.
*/
#include <string.h>

#include "dataset.h"
#include "publish/publish.h"

static int refuse(const SitoArguments *a, const char *pl, const char *en) {
    return sito_complain(SITO_EXIT_USAGE, "%s", sito_say(a->language, pl, en));
}

static bool is_version(const char *word) {
    const char *at = sito_harvester_versions;
    size_t size = strlen(word);
    while (*at != 0) {
        size_t length = strcspn(at, " ");
        if (length == size && strncmp(at, word, size) == 0) {
            return true;
        }
        at += length + strspn(at + length, " ");
    }
    return false;
}

static int check_words(const SitoArguments *a) {
    int bip = (a->bip_document != NULL) + (a->bip_basis != NULL) + (a->bip_person != NULL);
    if (a->to == NULL || a->by == NULL) {
        return refuse(a, "podaj folder publikacji i osobę, która publikuje: --to FOLDER --by OSOBA",
                      "name the folder and the person who publishes: --to DIR --by NAME");
    }
    if (bip != 0 && bip != 3) {
        return refuse(
            a, "formuła wyłączeń wymaga trzech opcji: --bip-document, --bip-basis i --bip-person",
            "the sentence about exclusions takes three options: --bip-document, --bip-basis "
            "and --bip-person");
    }
    if (a->harvester != NULL && !is_version(a->harvester)) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "nieznana wersja XML '%s'; dozwolone: %s",
                                      "unknown version '%s' of the XML; allowed: %s"),
                             a->harvester, sito_harvester_versions);
    }
    return SITO_EXIT_OK;
}

/* Annex 1 §5.2, with its words. */
static char *make_statement(const SitoArguments *a) {
    return sito_print("Wyłączenia informacji niejawnych z %s na podstawie %s dokonał(a) %s.",
                      a->bip_document, a->bip_basis, a->bip_person);
}

static int tell(const SitoDataset *dataset, const SitoArguments *a, const SitoPublished *done) {
    const SitoLanguage language = dataset->check.language;
    SitoBuffer out = {0};
    size_t size = strlen(a->to);
    while (size > 1 && a->to[size - 1] == '/') {
        size--;
    }
    int rc = sito_buffer_print(
        &out,
        done->unchanged ? sito_say(language, "Zbiór %s jest już opublikowany bez zmian: %.*s/%s\n",
                                   "Data set %s is published already, unchanged: %.*s/%s\n")
                        : sito_say(language, "Opublikowano zbiór %s: %.*s/%s\n",
                                   "Published data set %s: %.*s/%s\n"),
        dataset->check.package.name, (int)size, a->to, dataset->check.package.name);
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&out,
                               sito_say(language, "Adres: %s\nSkrót: %s\nSkrót łańcucha: %s\n",
                                        "Address: %s\nDigest: %s\nHead of the chain: %s\n"),
                               done->page, dataset->check.digest, done->head);
    }
    if (rc == SITO_OK && done->settled > 0) {
        rc = sito_buffer_print(&out, "%s\n",
                               sito_say(language, "Dokończono też to, co przerwano wcześniej.",
                                        "What was stopped earlier was settled, too."));
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&out,
                               sito_say(language, "Sprawdzenie: sito verify %s --catalogue %s\n",
                                        "To verify: sito verify %s --catalogue %s\n"),
                               a->to, dataset->catalogue);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    return status;
}

static int publish(SitoDataset *dataset, const SitoArguments *a, SitoCatalogue *catalogue) {
    SitoPublished done = {0};
    char sha256[SITO_SHA256_HEX] = "", *error = NULL, *statement = NULL;
    const char *document = NULL;
    int status = sito_hash_document(a, sha256, &document), rc = SITO_OK;
    if (status != SITO_EXIT_OK) {
        return status;
    }
    if (a->bip_document != NULL) {
        statement = make_statement(a);
        rc = statement == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        SitoPublishRequest request = {.catalogue = catalogue,
                                      .catalogue_path = dataset->catalogue,
                                      .check = &dataset->check,
                                      .folder = a->to,
                                      .url = a->url,
                                      .publisher = a->publisher,
                                      .harvester = a->harvester,
                                      .statement = statement,
                                      .act = {.actor = a->by,
                                              .reason = a->reason,
                                              .case_mark = a->case_mark,
                                              .document = document},
                                      .language = dataset->check.language};
        rc = sito_publish(&request, &done, &error);
    }
    status = rc == SITO_OK ? tell(dataset, a, &done) : sito_catalogue_status(rc, error);
    sito_free(done.page);
    sito_free(statement);
    return status;
}

int sito_command_publish(const SitoArguments *a) {
    SitoDataset dataset = {0};
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    int status = check_words(a);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK && dataset.check.package.descriptor == NULL) {
        status =
            refuse(a, "opublikować można tylko zbiór z opisem; utwórz opis: sito init PLIK.csv",
                   "only a described data set can be published; make a descriptor: sito init "
                   "FILE.csv");
    }
    if (status == SITO_EXIT_OK) {
        status = sito_dataset_waivers_hold(&dataset);
    }
    if (status == SITO_EXIT_OK) {
        int rc = sito_catalogue_open(&catalogue, dataset.catalogue, false, dataset.check.language,
                                     &error);
        rc = rc == SITO_OK ? sito_dataset_digest(&dataset, &error) : rc;
        status = rc == SITO_OK ? publish(&dataset, a, catalogue) : sito_fail(rc, error);
    }
    sito_catalogue_close(catalogue);
    sito_dataset_close(&dataset);
    return status;
}
