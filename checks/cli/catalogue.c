/*
** sito catalogue: who answers for which data set, when it is to be brought up to date, what is late.
**
** R1  `sito catalogue` lists every data set with its state, its custodian and its calendar; `sito catalogue
**     NAME` what one of them still lacks; `sito catalogue overdue` everything that is late today: updates,
**     requests, the term of the inventory. Exit status 1 where something is late. `sito catalogue
**     redactions` the documents that were covered, with the state of annex 1 §1.3.
** R2  `sito catalogue assign NAME` records the custodian and the rhythm of its updates.
*/
#include <string.h>

#include "cli.h"
#include "catalogue/office.h"

static const SitoList datasets = {
    .sql =
        "SELECT name, iif(?1 = 'pl', life.pl, life.en), custodian.person,"
        "  coalesce(c.unit, custodian.unit), iif(?1 = 'pl', rhythm_list.pl, rhythm_list.en),"
        "  c.person, c.updated, c.due,"
        "  CASE c.standing WHEN 'overdue' THEN iif(?1 = 'pl', 'po terminie', 'overdue')"
        "    WHEN 'remind' THEN iif(?1 = 'pl', 'przypomnieć', 'remind') WHEN 'ok' THEN 'ok' END"
        "  FROM dataset JOIN life USING (state)"
        "  LEFT JOIN record AS custodian ON custodian.dataset = name AND custodian.topic = 'custodian'"
        "  LEFT JOIN update_calendar AS c ON c.dataset = name"
        "  LEFT JOIN rhythm_list ON rhythm_list.rhythm = c.rhythm"
        " WHERE ?2 IS NULL ORDER BY name",
    .headings_pl = "zbiór;stan;gestor;komórka;rytm;koordynator;aktualizacja;następna;termin",
    .headings_en = "data set;state;custodian;unit;rhythm;coordinator;updated;due;standing",
    .keys = "dataset;state;custodian;unit;rhythm;coordinator;updated;due;standing"};

static const SitoList late = {
    .sql =
        "SELECT iif(?1 = 'pl', 'aktualizacja zbioru', 'update of a data set'), dataset,"
        "  coalesce(unit, '') || coalesce(', ' || person, ''), due FROM overdue_update WHERE ?2 IS NULL"
        " UNION ALL SELECT CASE what"
        "    WHEN 'answer' THEN iif(?1 = 'pl', 'odpowiedź na wniosek', 'answer to a request')"
        "    WHEN 'acceptance' THEN iif(?1 = 'pl', 'akceptacja odpowiedzi', 'acceptance of an answer')"
        "    ELSE iif(?1 = 'pl', 'usunięcie danych wnioskodawcy', 'erasure of a requester''s data') END,"
        "  request, unit, day FROM overdue"
        " UNION ALL SELECT iif(?1 = 'pl', 'inwentaryzacja', 'inventory'), performer,"
        "  form, until_day FROM inventory_term WHERE until_day < date('now')"
        "    AND EXISTS (SELECT 1 FROM inventory WHERE qualification = 'not-assessed'"
        "                   AND (unit IS performer OR unit IS NULL))"
        " ORDER BY 4, 1, 2",
    .headings_pl = "co;czego dotyczy;komórka;termin",
    .headings_en = "what;about;unit;due",
    .keys = "what;about;unit;due"};

static const SitoList lacks = {
    .sql =
        "SELECT iif(?1 = 'pl', life.pl, life.en), iif(?1 = 'pl', missing.pl, missing.en)"
        "  FROM missing JOIN life ON life.state = missing.state WHERE dataset = ?2 ORDER BY position",
    .headings_pl = "stan;czego brakuje",
    .headings_en = "state;what is missing",
    .keys = "state;missing"};

/* Documents by the beginning of their SHA-256: no event knows their names. */
static const SitoList redactions = {
    .sql =
        "SELECT CASE state WHEN 'refused' THEN iif(?1 = 'pl', 'nie udostępnia się', 'not shared')"
        "    WHEN 'public-information' THEN iif(?1 = 'pl', 'informacja publiczna', 'public information')"
        "    WHEN 'may-be-shared' THEN iif(?1 = 'pl', 'można udostępnić', 'may be shared')"
        "    WHEN 'covered' THEN iif(?1 = 'pl', 'zanonimizowany, do sprawdzenia', 'covered, to be checked')"
        "    WHEN 'checked' THEN iif(?1 = 'pl', 'sprawdzony przez człowieka', 'checked by a person')"
        "    ELSE iif(?1 = 'pl', 'przygotowany do udostępnienia', 'prepared') END,"
        "  case_mark, unit, substr(at, 1, 10), source FROM redaction WHERE ?2 IS NULL ORDER BY at, source",
    .headings_pl = "stan;znak sprawy;komórka;dzień;SHA-256 dokumentu",
    .headings_en = "state;case mark;unit;day;SHA-256 of the document",
    .keys = "state;case_mark;unit;day;source"};

static int list(SitoCatalogue *catalogue, const SitoArguments *a, const SitoList *which,
                const char *about, const char *none, int64_t *rows) {
    const char *format = a->format != NULL ? a->format : "text";
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_office_list(catalogue, which, about, format, &out, rows, &error);
    if (rc == SITO_OK && *rows == 0 && strcmp(format, "text") == 0) {
        out.size = 0;
        rc = sito_buffer_print(&out, "%s\n", none);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

static int show_one(SitoCatalogue *catalogue, const SitoArguments *a) {
    char *state = NULL, *error = NULL;
    int64_t rows = 0;
    int rc = sito_catalogue_state(catalogue, a->paths[0], &state, &error);
    if (rc != SITO_OK) {
        return sito_catalogue_status(rc, error);
    }
    if (state == NULL) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language, "w katalogu nie ma zbioru %s; zbiory wymienia sito catalogue",
                     "the catalogue has no data set %s; sito catalogue lists them"),
            a->paths[0]);
    }
    sito_free(state);
    return list(catalogue, a, &lacks, a->paths[0],
                sito_say(a->language, "Niczego nie brakuje.", "Nothing is missing."), &rows);
}

/* ---- assign ---- */

typedef struct Assignment {
    const SitoArguments *a;
    const char *dataset;
} Assignment;

/* Row 0: the custodian; row 1: the rhythm. */
static int add_row(SitoCatalogue *catalogue, void *context, size_t row, char **error) {
    const Assignment *given = context;
    const SitoArguments *a = given->a;
    SitoField custodian[] = {{"dataset", given->dataset}, {"topic", "custodian"},
                             {"outcome", "positive"},     {"person", a->person},
                             {"unit", a->unit},           {"actor", a->by},
                             {"case_mark", a->case_mark}, {"reason", a->reason}};
    SitoField rhythm[] = {{"dataset", given->dataset}, {"rhythm", a->rhythm}, {"unit", a->unit},
                          {"person", a->person},       {"from_day", a->from}, {"actor", a->by},
                          {"case_mark", a->case_mark}, {"reason", a->reason}};
    if (row == 0) {
        return a->person == NULL ? SITO_OK
                                 : sito_office_insert(catalogue, "record", custodian,
                                                      SITO_COUNT(custodian), error);
    }
    return a->rhythm == NULL
               ? SITO_OK
               : sito_office_insert(catalogue, "rhythm", rhythm, SITO_COUNT(rhythm), error);
}

static int assign(SitoCatalogue *catalogue, const SitoArguments *a) {
    Assignment given = {.a = a, .dataset = a->paths[1]};
    char *error = NULL;
    int rc = sito_office_add_all(catalogue, add_row, &given, 2, &error);
    if (rc == SITO_OK) {
        sito_complain(0, sito_say(a->language, "zapisano: %s", "recorded: %s"), given.dataset);
    }
    return sito_catalogue_status(rc, error);
}

static int check_words(const SitoArguments *a, bool assigning) {
    bool given = a->person != NULL || a->unit != NULL || a->rhythm != NULL || a->from != NULL ||
                 a->by != NULL || a->case_mark != NULL || a->reason != NULL;
    if (assigning ? a->paths_count != 2 || (a->person == NULL && a->rhythm == NULL)
                  : given || a->paths_count > 1) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "gestora i rytm zapisuje: sito catalogue assign ZBIÓR --person OSOBA "
                     "--unit KOMÓRKA --rhythm QUARTERLY --by OSOBA",
                     "custodian and rhythm are recorded by: sito catalogue assign NAME "
                     "--person NAME --unit NAME --rhythm QUARTERLY --by NAME"));
    }
    return assigning && sito_lacks_options(a, "by") ? SITO_EXIT_USAGE : SITO_EXIT_OK;
}

int sito_command_catalogue(const SitoArguments *a) {
    const char *word = a->paths_count > 0 ? a->paths[0] : "";
    bool assigning = strcmp(word, "assign") == 0;
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    int64_t rows = 0;
    int status = check_words(a, assigning);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    if (assigning) {
        status = assign(catalogue, a);
    } else if (strcmp(word, "overdue") == 0) {
        status =
            list(catalogue, a, &late, NULL,
                 sito_say(a->language, "Nic nie jest po terminie.", "Nothing is overdue."), &rows);
        status = status == SITO_EXIT_OK && rows > 0 ? SITO_EXIT_FINDINGS : status;
    } else if (strcmp(word, "redactions") == 0) {
        status = list(catalogue, a, &redactions, NULL,
                      sito_say(a->language, "W katalogu nie ma anonimizowanych dokumentów.",
                               "The catalogue has no covered documents."),
                      &rows);
    } else {
        status = a->paths_count == 1
                     ? show_one(catalogue, a)
                     : list(catalogue, a, &datasets, NULL,
                            sito_say(a->language, "W katalogu nie ma jeszcze zbiorów.",
                                     "The catalogue has no data sets yet."),
                            &rows);
    }
    sito_catalogue_close(catalogue);
    return status;
}
