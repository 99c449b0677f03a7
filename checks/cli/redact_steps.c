/*
** sito redact over a catalogue: the steps of annex 1 §1.3, recorded and told (redact.h).
**
** R1  Step 1: is it public information; 2: may it be shared; 3: a person checked the covered document; 4: the
**     version to be shared was prepared. 3 and 4 are about exactly the bytes of the file in the new folder.
** R2  Without a catalogue the four steps are not recorded, and the command says so.
*/
#include <stdlib.h>
#include <string.h>

#include "redact.h"
#include "common/file.h"

bool sito_has_catalogue(const SitoArguments *a) {
    const char *named = getenv("SITO_CATALOGUE");
    return a->catalogue != NULL || (named != NULL && named[0] != 0) ||
           sito_file_kind(sito_catalogue_path(a)) != SITO_FILE_MISSING;
}

int sito_tell_steps(SitoRedaction *r, SitoCatalogue *catalogue, char **error) {
    char *steps = NULL;
    int rc = sito_redaction_steps(catalogue, r->document.sha256, &steps, error);
    rc = rc == SITO_OK ? sito_redaction_know(r, steps, error) : rc;
    sito_free(steps);
    return rc;
}

/* The digest of the covered document (R1). */
static int hash_covered(SitoRedaction *r, const SitoArguments *a, char sha256[SITO_SHA256_HEX],
                        char **error) {
    char *folder = NULL, *file = NULL;
    int64_t size = 0;
    int rc = sito_redaction_names(r, a->to, &folder, &file, error);
    char *path = rc == SITO_OK ? sito_path_join(folder, file) : NULL;
    rc = rc == SITO_OK && path == NULL ? SITO_NOMEM : rc;
    rc = rc == SITO_OK ? sito_file_hash(path, a->language, sha256, &size, error) : rc;
    sito_free(path);
    sito_free(folder);
    sito_free(file);
    return rc;
}

static int record(SitoRedaction *r, SitoCatalogue *catalogue, const SitoArguments *a, int step) {
    static const char *const names[] = {"public-information", "may-be-shared", "checked",
                                        "prepared"};
    char covered[SITO_SHA256_HEX] = "", document[SITO_SHA256_HEX], *error = NULL;
    const char *signed_document = NULL;
    int status = sito_refuse_personal(a, "reason", a->reason,
                                      sito_say(a->language, "uzasadnij bez danych osób",
                                               "give the reason without data of persons"));
    status = status == SITO_EXIT_OK ? sito_hash_document(a, document, &signed_document) : status;
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = step >= 3 ? hash_covered(r, a, covered, &error) : SITO_OK;
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    SitoRedactionEvent event = {
        .source = r->document.sha256,
        .step = names[step - 1],
        .outcome = a->outcome != NULL ? a->outcome : "positive",
        .covered = step >= 3 ? covered : NULL,
        .unit = a->unit,
        .ground = a->form,
        .marked_day = a->from,
        .request_day = a->day,
        .act = {.actor = a->by,
                .role = a->role,
                .reason = a->reason,
                .case_mark = a->case_mark,
                .document = signed_document},
    };
    rc = sito_redaction_event(catalogue, &event, &error);
    return sito_catalogue_status(rc, error);
}

static int show(SitoRedaction *r, SitoCatalogue *catalogue, const SitoArguments *a) {
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_tell_steps(r, catalogue, &error);
    rc = rc == SITO_OK
             ? sito_redaction_put_steps(r, a->format != NULL ? a->format : "text", &out, &error)
             : rc;
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

int sito_record_step(SitoRedaction *r, const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    int step = strlen(a->step) == 1 ? a->step[0] - '0' : 0;
    if (step < 1 || step > 4) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language,
                                      "krok anonimizacji to 1 (informacja publiczna), 2 (można "
                                      "udostępnić), 3 (sprawdzono po anonimizacji) albo 4 "
                                      "(przygotowano wersję), nie '%s'",
                                      "a step of a redaction is 1 (public information), 2 (may be "
                                      "shared), 3 (checked after it was covered) or 4 (the version "
                                      "was prepared), not '%s'"),
                             a->step);
    }
    if (sito_lacks_options(a, "by unit outcome")) {
        return SITO_EXIT_USAGE;
    }
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), true, a->language, &error);
    int status = rc == SITO_OK ? record(r, catalogue, a, step) : sito_fail(rc, error);
    status = status == SITO_EXIT_OK ? show(r, catalogue, a) : status;
    sito_catalogue_close(catalogue);
    return status;
}
