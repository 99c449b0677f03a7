/*
** sito mark: asks the catalogue for the state `publishable`, for the bytes as they lie on disk now.
** The catalogue's own triggers decide; this command only tells it what the bytes are.
*/
#include <string.h>

#include "dataset.h"
#include "catalogue/office.h"
#include "common/db.h"
#include "common/file.h"
#include "runner/summary.h"
#include "runner/waiver.h"

static int refuse_bare(const SitoCheck *check) {
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        sito_say(check->language,
                 "oznaczyć można tylko zbiór z opisem; utwórz opis: sito init PLIK.csv",
                 "only a described data set can be marked; make a descriptor: sito "
                 "init FILE.csv"));
}

static int refuse_without_catalogue(const SitoDataset *dataset, const SitoArguments *arguments) {
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(dataset->check.language,
                                  "nie ma katalogu %s; najpierw: sito check --catalogue %s %s",
                                  "there is no catalogue %s; first: sito check --catalogue %s %s"),
                         dataset->catalogue, dataset->catalogue, arguments->paths[0]);
}

static int ask(SitoDataset *dataset, SitoCatalogue *catalogue, const SitoArguments *arguments,
               char **error) {
    SitoCheck *check = &dataset->check;
    char *location = sito_dataset_location(dataset);
    if (location == NULL) {
        return SITO_NOMEM;
    }
    SitoRun run = {.dataset = check->package.name,
                   .version = check->package.version,
                   .location = location,
                   .digest = check->digest,
                   .program = SITO_PROGRAM,
                   .inputs = check->inputs.items,
                   .inputs_count = check->inputs.count};
    SitoAct act = {.actor = arguments->by != NULL
                                ? arguments->by
                                : sito_say(check->language, "nie podano", "not stated")};
    int rc = sito_catalogue_mark(catalogue, &run, &act, error);
    sito_free(location);
    return rc;
}

/* Why the mark was refused, all that is missing, and the next command. */
static int say_refusal(const SitoDataset *dataset, SitoCatalogue *catalogue, char *refusal) {
    const SitoCheck *check = &dataset->check;
    SitoBuffer missing = {0};
    char *error = NULL;
    int rc = sito_office_missing(catalogue, check->package.name, "publishable", &missing, &error);
    if (rc == SITO_OK && missing.size > 0) {
        sito_complain(SITO_EXIT_FINDINGS,
                      sito_say(check->language,
                               "%s\nBrakuje:\n%.*sDalej: sito check, sito analysis, sito decide",
                               "%s\nMissing:\n%.*sNext: sito check, sito analysis, sito decide"),
                      refusal, (int)missing.size, missing.data);
    } else {
        sito_complain(SITO_EXIT_FINDINGS, "%s", refusal);
    }
    sito_free(refusal);
    sito_free(error);
    sito_buffer_free(&missing);
    return SITO_EXIT_FINDINGS;
}

static int tell(const SitoDataset *dataset, SitoCatalogue *catalogue,
                const SitoArguments *arguments) {
    const SitoCheck *check = &dataset->check;
    SitoBuffer out = {0};
    char head[SITO_SHA256_HEX] = "", *error = NULL;
    int rc = sito_catalogue_head(catalogue, head, &error);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    rc = sito_buffer_print(
        &out,
        sito_say(
            check->language,
            "Zbiór %s: spełnia ustalone progi kontroli, czeka na decyzję o publikacji (publishable)\n"
            "Skrót: %s\nSkrót łańcucha: %s\n\n%s\n\nCzego ta kontrola nie obejmuje:\n",
            "Data set %s: within the set thresholds, waits for the decision to publish (publishable)\n"
            "Digest: %s\nHead of the chain: %s\n\n%s\n\nWhat this check does not cover:\n"),
        check->package.name, check->digest, head,
        sito_say(check->language, "O udostępnieniu decyduje lokalny administrator danych.",
                 "The local data controller decides on the release."));
    for (size_t i = 0; rc == SITO_OK && i < sito_never_covered_count; i++) {
        rc = sito_buffer_print(&out, "  - %s\n", sito_never_covered[i][check->language]);
    }
    int status = rc == SITO_OK ? sito_write_masked(arguments, (SitoText){out.data, out.size})
                               : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    return status;
}

int sito_command_mark(const SitoArguments *arguments) {
    SitoDataset dataset;
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    int status = sito_dataset_open(&dataset, arguments);
    if (status == SITO_EXIT_OK && dataset.check.package.descriptor == NULL) {
        status = refuse_bare(&dataset.check);
    }
    if (status == SITO_EXIT_OK && sito_file_kind(dataset.catalogue) == SITO_FILE_MISSING) {
        status = refuse_without_catalogue(&dataset, arguments);
    }
    if (status == SITO_EXIT_OK) {
        status = sito_dataset_waivers_hold(&dataset);
    }
    if (status == SITO_EXIT_OK) {
        int rc = sito_dataset_digest(&dataset, &error);
        if (rc == SITO_OK) {
            rc = sito_catalogue_open(&catalogue, dataset.catalogue, false, dataset.check.language,
                                     &error);
        }
        status = rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
    }
    if (status == SITO_EXIT_OK) {
        int rc = ask(&dataset, catalogue, arguments, &error);
        if (rc == SITO_ERROR) { /* refused: a finding, not a failure */
            status = say_refusal(&dataset, catalogue, error);
        } else if (rc != SITO_OK) {
            status = sito_fail(rc, error);
        }
    }
    if (status == SITO_EXIT_OK) {
        status = tell(&dataset, catalogue, arguments);
    }
    sito_catalogue_close(catalogue);
    sito_dataset_close(&dataset);
    return status;
}
