/*
** A check beside what the catalogue remembers of the version before, and its record there (dataset.h).
*/
#include "dataset.h"
#include "progress.h"
#include "report/report.h"
#include "runner/earlier.h"

int sito_dataset_check(SitoDataset *dataset, SitoCatalogue *catalogue) {
    char *error = NULL, *remembered = NULL;
    int rc = SITO_OK;
    if (catalogue != NULL && dataset->check.package.descriptor != NULL) {
        rc = sito_catalogue_remembered(catalogue, dataset->check.package.name, &remembered, &error);
    }
    if (rc == SITO_OK) {
        SitoProgress *progress = sito_progress_begin(dataset->check.language);
        dataset->options.stage = sito_progress_stage;
        dataset->options.stage_context = progress;
        dataset->options.remembered = remembered;
        rc = sito_check_run(&dataset->check, &dataset->options, &error);
        dataset->options.remembered = NULL;
        sito_progress_end(progress);
    }
    sito_free(remembered);
    if (rc != SITO_OK) {
        error = sito_spool_rename(&dataset->spool, dataset->check.language, error);
    }
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

int sito_dataset_record(SitoDataset *dataset, SitoCatalogue *catalogue) {
    SitoCheck *check = &dataset->check;
    SitoReportOptions plain = {0};
    SitoBuffer json = {0};
    char *error = NULL, *whole = NULL, *location = sito_dataset_location(dataset);
    int rc =
        location == NULL ? SITO_NOMEM : sito_report(check->report, "json", &plain, &json, &error);
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&json, "", 1);
    }
    if (rc == SITO_OK) {
        rc = sito_earlier_attach(check->report, json.data, &whole, &error);
    }
    if (rc == SITO_OK) {
        SitoRun run = {.dataset = check->package.name,
                       .version = check->package.version,
                       .location = location,
                       .digest = check->digest,
                       .program = SITO_PROGRAM,
                       .verdict = check->verdict,
                       .report = whole,
                       .inputs = check->inputs.items,
                       .inputs_count = check->inputs.count};
        rc = sito_catalogue_record(catalogue, &run, &error);
    }
    char head[SITO_SHA256_HEX] = "";
    if (rc == SITO_OK) {
        rc = sito_catalogue_head(catalogue, head, &error);
        sito_tell_head(check->language, head);
    }
    sito_buffer_free(&json);
    sito_free(whole);
    sito_free(location);
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}
