/*
** sito fetch: the sources of the catalogue are loaded into the warehouse, once, for cron.
**
** R1  --questions writes the sheet of sources, --answers records a filled one, --list shows what is recorded.
** R2  Exit status: 0 all loaded or unchanged · 1 a source was refused by its expectations or the inventory ·
**     2 usage · 3 a source could not be read, the warehouse or the catalogue not written.
*/
#include "warehouse.h"
#include "common/file.h"

static int refuse(const SitoArguments *a) {
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        sito_say(
            a->language,
            "wczytanie: sito fetch [ŹRÓDŁO…]; z różnicą: sito fetch --accept ŹRÓDŁO --by OSOBA; zapis źródeł: sito fetch --answers "
            "PLIK.csv --by OSOBA; arkusz: sito fetch --questions -o PLIK.csv; lista: sito fetch "
            "--list",
            "loading: sito fetch [SOURCE…]; with a difference: sito fetch --accept SOURCE --by NAME; declaring: sito fetch --answers FILE.csv "
            "--by NAME; the sheet: sito fetch --questions -o FILE.csv; the list: sito fetch "
            "--list"));
}

/* Sheet, list, declaration: the catalogue alone. */
static int ask_catalogue(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoBuffer out = {0};
    SitoAct act = {.actor = a->by, .case_mark = a->case_mark};
    char *error = NULL;
    int64_t recorded = 0;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    if (rc == SITO_OK) {
        rc = a->questions ? sito_sources_sheet(catalogue, &out, &error)
             : a->answers != NULL
                 ? sito_sources_declare(catalogue, a->answers, &act, &recorded, &error)
                 : sito_sources_list(catalogue, a->format != NULL ? a->format : "text", &out,
                                     &error);
    }
    int status = sito_catalogue_status(rc, error);
    if (status == SITO_EXIT_OK && a->answers != NULL) {
        sito_complain(0, sito_say(a->language, "zapisano źródła: %lld", "sources recorded: %lld"),
                      (long long)recorded);
    } else if (status == SITO_EXIT_OK) {
        status = a->questions ? sito_write_result(a, (SitoText){out.data, out.size})
                              : sito_write_masked(a, (SitoText){out.data, out.size});
    }
    sito_buffer_free(&out);
    sito_catalogue_close(catalogue);
    return status;
}

int sito_fetch_status(const SitoFetched *done) {
    return done->failed > 0    ? SITO_EXIT_UNREADABLE
           : done->refused > 0 ? SITO_EXIT_FINDINGS
                               : SITO_EXIT_OK;
}

static int load(const SitoArguments *a) {
    SitoOffice office = {0};
    SitoFetched done = {0};
    SitoBuffer out = {0};
    char *error = NULL;
    int status = sito_office_open(&office, a, sito_catalogue_path(a), true, true);
    if (status == SITO_EXIT_OK) {
        SitoFetch fetch = {.warehouse = office.warehouse,
                           .catalogue = office.catalogue,
                           .names = a->paths,
                           .names_count = a->paths_count,
                           .accepted_by = a->accept ? a->by : NULL,
                           .language = a->language};
        int rc = sito_warehouse_fetch(&fetch, &done, &error);
        rc = rc == SITO_OK ? sito_fetched_report(&done, a->format != NULL ? a->format : "text",
                                                 a->language, &out, &error)
                           : rc;
        status = rc == SITO_OK ? sito_write_masked(a, (SitoText){out.data, out.size})
                               : sito_fail(rc, error);
    }
    status = status == SITO_EXIT_OK ? sito_fetch_status(&done) : status;
    sito_buffer_free(&out);
    sito_fetched_free(&done);
    sito_office_close(&office);
    return status;
}

int sito_command_fetch(const SitoArguments *a) {
    int modes = a->questions + a->list + (a->answers != NULL);
    bool records = a->by != NULL || a->case_mark != NULL;
    if (modes > 1 || (modes == 1 && (a->paths_count > 0 || a->accept)) ||
        (records && a->answers == NULL && !a->accept)) {
        return refuse(a);
    }
    if (a->accept && (a->paths_count == 0 || a->by == NULL)) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(
                a->language,
                "--accept dotyczy wymienionych źródeł i osoby, która obejrzała różnicę: sito fetch "
                "--accept ŹRÓDŁO --by OSOBA",
                "--accept is for named sources and by the person who looked at the difference: sito "
                "fetch --accept SOURCE --by NAME"));
    }
    if (a->answers != NULL && sito_lacks_options(a, "by")) {
        return SITO_EXIT_USAGE;
    }
    return modes == 1 ? ask_catalogue(a) : load(a);
}
