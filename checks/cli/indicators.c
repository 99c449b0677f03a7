/*
** sito indicators: defined by a sheet, computed from the warehouse, listed.
**
** R1  Exit status: 0 listed, recorded or computed, also where values are missing · 1 a query failed, a sheet was
**     refused · 2 usage · 3 the warehouse or the catalogue could not be read or written.
*/
#include <string.h>

#include "warehouse.h"

static int refuse(const SitoArguments *a) {
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        sito_say(a->language,
                 "lista: sito indicators; obliczenie: sito indicators compute; wartości: sito "
                 "indicators values; zapis: sito indicators --answers PLIK.csv --by OSOBA; "
                 "arkusz: sito indicators --questions -o PLIK.csv",
                 "the list: sito indicators; computing: sito indicators compute; values: sito "
                 "indicators values; defining: sito indicators --answers FILE.csv --by NAME; the "
                 "sheet: sito indicators --questions -o FILE.csv"));
}

/* Sheet and definition: the catalogue alone. */
static int ask_catalogue(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoBuffer out = {0};
    SitoAct act = {.actor = a->by, .case_mark = a->case_mark};
    char *error = NULL;
    int64_t recorded = 0;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    if (rc == SITO_OK) {
        rc = a->questions ? sito_indicators_sheet(catalogue, &out, &error)
                          : sito_indicators_declare(catalogue, a->answers, &act, &recorded, &error);
    }
    int status = sito_catalogue_status(rc, error);
    if (status == SITO_EXIT_OK && a->answers != NULL) {
        sito_complain(
            0, sito_say(a->language, "zapisano wskaźniki: %lld", "indicators recorded: %lld"),
            (long long)recorded);
    } else if (status == SITO_EXIT_OK) {
        status = sito_write_result(a, (SitoText){out.data, out.size});
    }
    sito_buffer_free(&out);
    sito_catalogue_close(catalogue);
    return status;
}

static int put_computed(const SitoArguments *a, const SitoComputed *done, SitoBuffer *out) {
    int rc = sito_buffer_add(out, done->lines.data, done->lines.size);
    return rc == SITO_OK
               ? sito_buffer_print(
                     out,
                     sito_say(
                         a->language,
                         "Wskaźniki: %lld, wartości: %lld%s; bez wartości, z powodem: %lld; zapytania, które "
                         "się nie udały: %lld\n",
                         "Indicators: %lld, values: %lld%s; without a value, with the reason: %lld; queries "
                         "that failed: %lld\n"),
                     (long long)done->indicators, (long long)done->values,
                     done->unchanged ? sito_say(a->language, " (bez zmian)", " (unchanged)") : "",
                     (long long)done->missing, (long long)done->failed)
               : rc;
}

static int work(const SitoArguments *a, bool compute, bool values) {
    SitoOffice office = {0};
    SitoComputed done = {0};
    SitoBuffer out = {0};
    char *error = NULL;
    int status = sito_office_open(&office, a, sito_catalogue_path(a), compute, compute);
    if (status == SITO_EXIT_OK) {
        int rc = compute
                     ? sito_indicators_compute(office.warehouse, office.catalogue, &done, &error)
                     : sito_indicators_list(office.warehouse, office.catalogue, !values,
                                            a->format != NULL ? a->format : "text", &out, &error);
        rc = rc == SITO_OK && compute ? put_computed(a, &done, &out) : rc;
        status = sito_catalogue_status(rc, error);
    }
    if (status == SITO_EXIT_OK) {
        status = sito_write_result(a, (SitoText){out.data, out.size});
    }
    status = status == SITO_EXIT_OK && done.failed > 0 ? SITO_EXIT_FINDINGS : status;
    sito_buffer_free(&out);
    sito_buffer_free(&done.lines);
    sito_office_close(&office);
    return status;
}

int sito_command_indicators(const SitoArguments *a) {
    bool compute = a->paths_count == 1 && strcmp(a->paths[0], "compute") == 0;
    bool values = a->paths_count == 1 && strcmp(a->paths[0], "values") == 0;
    bool sheet = a->questions || a->answers != NULL,
         records = a->by != NULL || a->case_mark != NULL;
    if ((a->paths_count == 1 && !compute && !values) || (sheet && a->paths_count > 0) ||
        (a->questions && a->answers != NULL) || (records && a->answers == NULL) ||
        ((compute || sheet) && a->format != NULL)) {
        return refuse(a);
    }
    if (a->answers != NULL && sito_lacks_options(a, "by")) {
        return SITO_EXIT_USAGE;
    }
    return sheet ? ask_catalogue(a) : work(a, compute, values);
}
