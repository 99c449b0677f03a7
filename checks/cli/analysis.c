/*
** sito analysis: the seven-step analysis of a data set, as the catalogue has it.
**
** R1  Without more it shows what is recorded and what is missing; exit status 1 while something is.
** R2  --print writes the card for the files of the office.
** R4  --questions writes a sheet of what is still open, --answers records a filled one.
** R3  --step or --risk with --outcome records; the catalogue's triggers decide whether it may be. The
**     document is hashed here, so that nobody has to type 64 digits.
*/
#include <string.h>

#include "dataset.h"
#include "catalogue/analysis.h"
#include "common/file.h"

/* --questions and --answers stand alone. */
static int check_sheet_words(const SitoArguments *a) {
    bool other = a->step != NULL || a->risk != NULL || a->outcome != NULL || a->document != NULL ||
                 a->form != NULL || a->persons != NULL || a->reason != NULL || a->print;
    bool act = a->by != NULL || a->case_mark != NULL;
    if (other || (a->questions && (act || a->answers != NULL))) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "--questions stoi samo, --answers PLIK tylko z --by i --case",
                                      "--questions stands alone, --answers FILE only with --by and "
                                      "--case"));
    }
    return SITO_EXIT_OK;
}

/* What records is given whole, and nothing of it without --step or --risk. */
static int check_words(const SitoArguments *a) {
    if (a->questions || a->answers != NULL) {
        return check_sheet_words(a);
    }
    bool records = a->step != NULL || a->risk != NULL;
    bool given = a->outcome != NULL || a->document != NULL || a->form != NULL ||
                 a->persons != NULL || a->reason != NULL || a->by != NULL || a->case_mark != NULL;
    if (a->step != NULL && (strlen(a->step) != 1 || strchr("123456", a->step[0]) == NULL)) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "--step to numer czynności, od 1 do 6 (czynność 7 zapisuje "
                                      "sito check --catalogue)",
                                      "--step is the number of a step, 1 to 6 (sito check "
                                      "--catalogue records step 7)"));
    }
    if ((a->step != NULL && a->risk != NULL) || (a->print && records) || (given && !records)) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "zapis dotyczy jednej rzeczy: --step albo --risk, razem z "
                     "--outcome i --by, bez --print",
                     "a record is about one thing: --step or --risk, with --outcome "
                     "and --by, without --print"));
    }
    if (records && (a->outcome == NULL || a->by == NULL)) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "zapis wymaga wyniku i osoby: --outcome WYNIK --by OSOBA",
                                      "a record needs an outcome and a person: --outcome WORD --by "
                                      "NAME"));
    }
    return SITO_EXIT_OK;
}

static int record(SitoCatalogue *catalogue, const char *dataset, const SitoArguments *a) {
    char sha256[SITO_SHA256_HEX] = "", *error = NULL;
    int64_t size = 0;
    int rc = a->document == NULL ? SITO_OK
                                 : sito_file_hash(a->document, a->language, sha256, &size, &error);
    if (rc == SITO_OK) {
        SitoAnalysisRecord r = {.subject = a->step != NULL ? a->step : a->risk,
                                .outcome = a->outcome,
                                .form = a->form,
                                .persons = a->persons,
                                .act = {.actor = a->by,
                                        .reason = a->reason,
                                        .case_mark = a->case_mark,
                                        .document = a->document != NULL ? sha256 : NULL}};
        rc = sito_analysis_record(catalogue, dataset, &r, &error);
    }
    return sito_catalogue_status(rc, error);
}

static int record_sheet(SitoCatalogue *catalogue, const char *dataset, const SitoArguments *a) {
    int64_t recorded = 0;
    char *error = NULL;
    SitoAct act = {.actor = a->by, .case_mark = a->case_mark};
    int rc = sito_analysis_answers(catalogue, dataset, a->answers, &act, &recorded, &error);
    if (rc == SITO_OK) {
        sito_complain(0,
                      sito_say(a->language, "zapisano odpowiedzi: %lld", "answers recorded: %lld"),
                      (long long)recorded);
    }
    return sito_catalogue_status(rc, error);
}

static int show(SitoCatalogue *catalogue, const char *dataset, const SitoArguments *a) {
    SitoBuffer out = {0};
    char *error = NULL;
    int64_t missing = 0;
    int rc = sito_analysis_missing(catalogue, dataset, &missing, &error);
    if (rc == SITO_OK) {
        rc = a->questions ? sito_analysis_questions(catalogue, dataset, &out, &error)
             : a->print   ? sito_analysis_card(catalogue, dataset, &out, &error)
                          : sito_analysis_text(catalogue, dataset, &out, &error);
    }
    SitoText text = {out.data, out.size};
    int status = rc != SITO_OK              ? sito_fail(rc, error)
                 : a->questions || a->print ? sito_write_result(a, text)
                                            : sito_write_masked(a, text);
    sito_buffer_free(&out);
    return status == SITO_EXIT_OK && missing > 0 && !a->questions ? SITO_EXIT_FINDINGS : status;
}

int sito_command_analysis(const SitoArguments *a) {
    int status = check_words(a);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    SitoDataset dataset;
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK) {
        int rc = sito_catalogue_open(&catalogue, dataset.catalogue, false, a->language, &error);
        status = rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
    }
    const char *name = dataset.check.package.name;
    if (status == SITO_EXIT_OK && (a->step != NULL || a->risk != NULL || a->answers != NULL)) {
        status = a->answers != NULL ? record_sheet(catalogue, name, a) : record(catalogue, name, a);
        if (status == SITO_EXIT_OK) { /* what is still missing is no failure of the record */
            status = show(catalogue, name, a);
            status = status == SITO_EXIT_FINDINGS ? SITO_EXIT_OK : status;
        }
    } else if (status == SITO_EXIT_OK) {
        status = show(catalogue, name, a);
    }
    sito_catalogue_close(catalogue);
    sito_dataset_close(&dataset);
    return status;
}
