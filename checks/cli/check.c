/*
** sito check: one data set, one report, one exit status; recorded in the catalogue where one is named
** or lies beside the folder.
*/
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataset.h"
#include "common/file.h"
#include "report/report.h"

/* Opens the catalogue before the scan, so that an unreadable one does not cost the scan; a new one is
** made only when there is a result to record. */
static int open_catalogue(const SitoDataset *dataset, bool create, SitoCatalogue **catalogue) {
    char *error = NULL;
    *catalogue = NULL;
    if (!create && sito_file_kind(dataset->catalogue) == SITO_FILE_MISSING) {
        return SITO_EXIT_OK;
    }
    bool missing = sito_file_kind(dataset->catalogue) == SITO_FILE_MISSING;
    int rc =
        sito_catalogue_open(catalogue, dataset->catalogue, create, dataset->check.language, &error);
    struct stat made;
    if (rc != SITO_OK && missing && stat(dataset->catalogue, &made) == 0 && made.st_size == 0) {
        unlink(dataset->catalogue); /* nothing half-made stays */
    }
    return rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
}

static int keep_in_catalogue(SitoDataset *dataset, SitoCatalogue **catalogue) {
    SitoCheck *check = &dataset->check;
    if (check->package.descriptor == NULL) {
        if (dataset->catalogue_named) {
            sito_complain(0, "%s",
                          sito_say(check->language,
                                   "wyniku nie zapisano w katalogu: plik nie ma opisu zbioru",
                                   "the result is not recorded: the file has no descriptor"));
        }
        return SITO_EXIT_OK;
    }
    int status = SITO_EXIT_OK;
    if (*catalogue != NULL) { /* before this check is one of them */
        char *error = NULL;
        int rc = sito_catalogue_trend(*catalogue, check->package.name, check->report, &error);
        status = rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
    } else if (dataset->catalogue_named) {
        status = open_catalogue(dataset, true, catalogue);
    }
    return status == SITO_EXIT_OK && *catalogue != NULL ? sito_dataset_record(dataset, *catalogue)
                                                        : status;
}

/* One result, in its form, to its place. */
static int write_report(const SitoArguments *arguments, const SitoResult *result,
                        SitoCheck *check) {
    SitoReportOptions options = {.colour = result->output == NULL && sito_colour(arguments)};
    SitoBuffer report = {0};
    char *error = NULL;
    int rc = sito_report(check->report, result->format, &options, &report, &error);
    int status = rc == SITO_OK ? sito_write_result_to(arguments, result->output,
                                                      (SitoText){report.data, report.size})
                               : sito_fail(rc, error);
    sito_buffer_free(&report);
    return status;
}

/* In a workflow of GitHub, the report in Markdown is the summary of the step. */
static int write_summary(const SitoArguments *arguments, SitoCheck *check) {
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    if (path == NULL || path[0] == 0) {
        return SITO_EXIT_OK;
    }
    SitoReportOptions options = {0};
    SitoBuffer report = {0};
    char *error = NULL;
    int rc = sito_report(check->report, "markdown", &options, &report, &error);
    int status = rc == SITO_OK
                     ? sito_append_result(arguments, path, (SitoText){report.data, report.size})
                     : sito_fail(rc, error);
    sito_buffer_free(&report);
    return status;
}

static int write_reports(const SitoArguments *arguments, SitoCheck *check) {
    int status = SITO_EXIT_OK;
    for (size_t i = 0; i < arguments->results_count && status == SITO_EXIT_OK; i++) {
        status = write_report(arguments, &arguments->results[i], check);
        if (status == SITO_EXIT_OK && strcmp(arguments->results[i].format, "github") == 0) {
            status = write_summary(arguments, check);
        }
    }
    return status;
}

/* Values of cells are for the eyes of the one who sits here: never for a log. */
static int refuse_values(const SitoArguments *arguments) {
    const char *ci = getenv("CI");
    bool in_ci = ci != NULL && ci[0] != 0;
    bool on_screen = isatty(STDOUT_FILENO) && arguments->results_count == 1 &&
                     arguments->output == NULL && strcmp(arguments->format, "text") == 0;
    if (!arguments->show_values || (!in_ci && on_screen)) {
        return SITO_EXIT_OK;
    }
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        in_ci ? sito_say(arguments->language,
                         "--show-values nie działa w CI (zmienna CI jest ustawiona): dziennik CI "
                         "czytają inni",
                         "--show-values does not work in CI (the variable CI is set): others read "
                         "its log")
              : sito_say(arguments->language,
                         "--show-values działa tylko na ekranie terminala, w postaci text i bez -o",
                         "--show-values works on the screen of a terminal only, in the form text "
                         "and without -o"));
}

int sito_command_check(const SitoArguments *arguments) {
    SitoDataset dataset;
    SitoCatalogue *catalogue = NULL;
    int status = refuse_values(arguments);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    status = sito_dataset_open(&dataset, arguments);
    if (status == SITO_EXIT_OK) {
        status = open_catalogue(&dataset, false, &catalogue);
    }
    if (status == SITO_EXIT_OK) {
        status = sito_dataset_check(&dataset, catalogue);
    }
    if (status == SITO_EXIT_OK) {
        status = keep_in_catalogue(&dataset, &catalogue);
    }
    if (status == SITO_EXIT_OK) {
        status = write_reports(arguments, &dataset.check);
    }
    if (status == SITO_EXIT_OK) {
        status = dataset.check.exit_status;
    }
    sito_catalogue_close(catalogue);
    sito_dataset_close(&dataset);
    return status;
}
