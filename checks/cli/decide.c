/*
** sito decide: records a decision that was taken and signed elsewhere, about the files as they lie on disk.
**
** R1  The decision is about the digest of exactly these files, which the newest check must have recorded:
**     nobody decides about bytes that nobody looked at.
** R2  What is recorded is what the caller names: the person, the case mark, the SHA-256 of the signed
**     document. Nothing is authenticated, and the answer says so in its words.
*/
#include <string.h>

#include "dataset.h"
#include "catalogue/office.h"

static int check_words(const SitoArguments *a) {
    if (sito_lacks_options(a, "outcome by case document")) {
        return SITO_EXIT_USAGE;
    }
    if (strcmp(a->outcome, "positive") != 0 && strcmp(a->outcome, "negative") != 0) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language,
                     "nieznany wynik decyzji '%s'; dozwolone: positive (udostępnić), "
                     "negative (nie udostępniać)",
                     "unknown outcome '%s' of a decision; allowed: positive, negative"),
            a->outcome);
    }
    return SITO_EXIT_OK;
}

static int record(SitoDataset *dataset, SitoCatalogue *catalogue, const SitoArguments *a,
                  const char *document) {
    const SitoCheck *check = &dataset->check;
    char *error = NULL;
    SitoField fields[] = {{"dataset", check->package.name},  {"outcome", a->outcome},
                          {"digest", check->digest},         {"actor", a->by},
                          {"role", "local-data-controller"}, {"reason", a->reason},
                          {"case_mark", a->case_mark},       {"document", document}};
    int rc = sito_catalogue_expect(catalogue, check->package.name, check->digest, &error);
    if (rc == SITO_OK) {
        rc = sito_office_add(catalogue, "decision", fields, SITO_COUNT(fields), &error);
    }
    return sito_catalogue_status(rc, error);
}

static int tell(const SitoDataset *dataset, const SitoArguments *a, const char *document) {
    const SitoCheck *check = &dataset->check;
    bool positive = strcmp(a->outcome, "positive") == 0;
    SitoBuffer out = {0};
    int rc = sito_buffer_print(
        &out,
        sito_say(a->language,
                 "Zapisano decyzję wskazaną jako %s (%s) o zbiorze %s.\n"
                 "Kto: %s. Skrót podpisanego dokumentu: %s\nSkrót plików: %s\n",
                 "Recorded: the decision named as %s (%s) about the data set %s.\n"
                 "Who: %s. Digest of the signed document: %s\nDigest of the files: %s\n"),
        a->case_mark,
        positive ? sito_say(a->language, "udostępnić", "release")
                 : sito_say(a->language, "nie udostępniać", "do not release"),
        check->package.name, a->by, document, check->digest);
    if (rc == SITO_OK && positive) {
        rc = sito_buffer_print(
            &out, sito_say(a->language, "Dalej: sito mark %s\n", "Next: sito mark %s\n"),
            a->paths[0]);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    return status;
}

int sito_command_decide(const SitoArguments *a) {
    SitoDataset dataset = {0};
    SitoCatalogue *catalogue = NULL;
    char *error = NULL, sha256[SITO_SHA256_HEX] = "";
    const char *document = NULL;
    int status = check_words(a);
    if (status == SITO_EXIT_OK) {
        status = sito_hash_document(a, sha256, &document);
    }
    if (status != SITO_EXIT_OK) {
        return status;
    }
    status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK) {
        int rc = sito_dataset_digest(&dataset, &error);
        if (rc == SITO_OK) {
            rc = sito_catalogue_open(&catalogue, dataset.catalogue, false, a->language, &error);
        }
        status = rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
    }
    if (status == SITO_EXIT_OK) {
        status = record(&dataset, catalogue, a, document);
    }
    if (status == SITO_EXIT_OK) {
        status = tell(&dataset, a, document);
    }
    sito_catalogue_close(catalogue);
    sito_dataset_close(&dataset);
    return status;
}
