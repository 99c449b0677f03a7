/*
** What the commands over a data set share: where the catalogue and the policy lie, and how the files
** are read (cli.h).
*/
#include "dataset.h"

#include "runner/waiver.h"

#include <stdlib.h>
#include <string.h>

#include "common/file.h"

/* "sito.db" beside the folder of the data set: in the folder that holds it. */
static char *beside(const char *path) {
    SitoFileKind kind = sito_file_kind(path);
    char *folder = kind == SITO_FILE_FOLDER ? sito_print("%s", path) : sito_path_folder(path);
    if (folder == NULL) {
        return NULL;
    }
    size_t size = strlen(folder);
    while (size > 1 && folder[size - 1] == '/') {
        folder[--size] = 0;
    }
    const char *slash = strrchr(folder, '/');
    const char *last = slash == NULL ? folder : slash + 1;
    char *result;
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0 || last[0] == 0) {
        result = sito_path_join(folder, "../sito.db");
    } else {
        result = slash == NULL ? sito_print("sito.db")
                               : sito_print("%.*s/sito.db", (int)(slash - folder), folder);
    }
    sito_free(folder);
    return result;
}

int sito_dataset_open(SitoDataset *dataset, const SitoArguments *arguments) {
    *dataset = (SitoDataset){0};
    const char *from_environment = getenv("SITO_CATALOGUE");
    const char *named = arguments->catalogue != NULL ? arguments->catalogue
                        : from_environment != NULL && from_environment[0] != 0 ? from_environment
                                                                               : NULL;
    dataset->catalogue_named = named != NULL;
    dataset->catalogue = named != NULL ? sito_print("%s", named) : beside(arguments->paths[0]);
    char *folder = dataset->catalogue == NULL ? NULL : sito_path_folder(dataset->catalogue);
    char *policy = folder == NULL ? NULL : sito_path_join(folder, "policy.json");
    sito_free(folder);
    if (policy == NULL) {
        return sito_fail(SITO_NOMEM, NULL);
    }
    if (arguments->policy != NULL) {
        sito_free(policy);
        policy = sito_print("%s", arguments->policy);
    } else if (sito_file_kind(policy) == SITO_FILE_MISSING) {
        sito_free(policy);
        policy = NULL;
    }
    dataset->policy = policy;
    SitoSeverity fail_on = SITO_SEVERE;
    if (arguments->fail_on != NULL) {
        sito_severity_parse((SitoText){arguments->fail_on, strlen(arguments->fail_on)}, &fail_on);
    }
    dataset->options = (SitoCheckOptions){
        .path = arguments->paths[0],
        .policy = dataset->policy,
        .rules = arguments->rules,
        .catalogue = arguments->catalogue,
        .record =
            sito_file_kind(dataset->catalogue) == SITO_FILE_REGULAR ? dataset->catalogue : NULL,
        .profile = arguments->profile,
        .fail_on = fail_on,
        .show_values = arguments->show_values,
        .fail_on_given = arguments->fail_on != NULL,
        .language = arguments->language,
        .language_given = arguments->language_given};
    if (strcmp(arguments->paths[0], "-") == 0) {
        int status = sito_spool_read(&dataset->spool, arguments->language);
        if (status != SITO_EXIT_OK) {
            return status;
        }
        dataset->options.path = dataset->spool.file;
        dataset->options.shown = "-";
    }
    char *error = NULL;
    int rc = sito_check_prepare(&dataset->check, &dataset->options, &error);
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

void sito_dataset_close(SitoDataset *dataset) {
    sito_check_free(&dataset->check);
    sito_spool_close(&dataset->spool);
    sito_free(dataset->catalogue);
    sito_free(dataset->policy);
}

char *sito_dataset_location(const SitoDataset *dataset) {
    char *real = realpath(dataset->check.package.folder, NULL);
    char *copy = sito_print("%s", real != NULL ? real : dataset->check.package.folder);
    free(real);
    return copy;
}

int sito_dataset_digest(SitoDataset *dataset, char **error) {
    SitoCheck *check = &dataset->check;
    int rc = sito_inputs_add_files(&check->inputs, check->report, &check->package, check->language,
                                   error);
    if (rc == SITO_OK) {
        rc = sito_inputs_add_rest(&check->inputs, &check->package, &check->policy, &check->profile,
                                  &check->rules);
    }
    return rc == SITO_OK ? sito_inputs_digest(&check->inputs, check->digest) : rc;
}

int sito_dataset_waivers_hold(SitoDataset *dataset) {
    SitoCheck *check = &dataset->check;
    int64_t expired = 0;
    char *error = NULL;
    int rc = sito_waivers_expired(check->report, &check->package, &expired, &error);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    return expired == 0
               ? SITO_EXIT_OK
               : sito_complain(
                     SITO_EXIT_FINDINGS, "%s",
                     sito_say(check->language,
                              "odstępstwo w waivers.json wygasło; usuń je albo uzyskaj ponownie "
                              "(sito waive), potem: sito check",
                              "a waiver in waivers.json has expired; remove it or have it given "
                              "again (sito waive), then: sito check"));
}

void sito_tell_head(SitoLanguage language, const char *head) {
    if (head[0] != 0) {
        sito_complain(0, sito_say(language, "skrót łańcucha: %s", "head of the chain: %s"), head);
    }
}
