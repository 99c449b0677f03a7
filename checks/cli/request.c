/*
** sito request: the central repertory of requests for public information and for reuse.
**
** R1  `sito request` lists the requests with their terms; `sito request NUMBER` the history of one; with
**     --event it records what happened. The catalogue is made where there is none.
** R2  What a request is about is written in the office's words. Text in which personal data is found is
**     refused here, since an event cannot be erased; who asked belongs into the table `requester`.
** R3  Nothing that this command prints or writes reads that table.
*/
#include <string.h>

#include "cli.h"
#include "catalogue/office.h"

static const SitoList requests = {
    .sql = "SELECT request, iif(procedure = 'access', iif(?1 = 'pl', 'dostęp', procedure),"
           "    iif(?1 = 'pl', 'ponowne wykorzystywanie', procedure)),"
           "  form, about, received, unit, routing, partial_by, partials, accept_by, accepted, due,"
           "  coalesce(outcome, iif(?1 = 'pl', 'w toku', 'open')), closed, answer_form,"
           "  printf('%d:%02d', minutes / 60, minutes % 60), case_mark"
           "  FROM request WHERE ?2 IS NULL ORDER BY closed IS NOT NULL, due, request",
    .headings_pl =
        "wniosek;tryb;forma;przedmiot;wpływ;komórka;wyznaczenie;częściowe do;częściowe;"
        "akceptacja do;akceptacja;termin;wynik;zakończenie;forma odpowiedzi;czas;znak sprawy",
    .headings_en =
        "request;procedure;form;about;received;unit;routing;partial by;partials;accept by;"
        "accepted;due;outcome;closed;form of answer;time;case mark",
    .keys =
        "request;procedure;form;about;received;unit;routing;partial_by;partials;accept_by;accepted;due;"
        "outcome;closed;answer_form;time;case_mark"};

/* For a terminal: what one has to know. */
static const SitoList open_requests = {
    .sql = "SELECT request, unit, accept_by, accepted, due,"
           "  CASE WHEN outcome IS NOT NULL THEN outcome"
           "    WHEN due < date('now') THEN iif(?1 = 'pl', 'PO TERMINIE', 'OVERDUE')"
           "    ELSE iif(?1 = 'pl', 'w toku', 'open') END, about"
           "  FROM request WHERE ?2 IS NULL ORDER BY closed IS NOT NULL, due, request",
    .headings_pl = "wniosek;komórka;akceptacja do;akceptacja;termin;wynik;przedmiot",
    .headings_en = "request;unit;accept by;accepted;due;outcome;about",
    .keys = "request;unit;accept_by;accepted;due;outcome;about"};

static const SitoList history = {
    .sql = "SELECT day, outcome, unit, form, until_day, minutes, actor, case_mark, reason"
           "  FROM request_event WHERE request = ?2 AND ?1 IS NOT NULL ORDER BY id",
    .headings_pl = "dzień;zdarzenie;komórka;forma;do dnia;minuty;kto;znak sprawy;treść",
    .headings_en = "day;event;unit;form;until;minutes;who;case mark;text",
    .keys = "day;event;unit;form;until_day;minutes;actor;case_mark;reason"};

static int list(SitoCatalogue *catalogue, const SitoArguments *a) {
    const char *format = a->format != NULL ? a->format : "text";
    bool one = a->paths_count == 1, text = strcmp(format, "text") == 0;
    SitoBuffer out = {0};
    char *error = NULL;
    int64_t rows = 0;
    int rc = sito_office_list(catalogue,
                              one    ? &history
                              : text ? &open_requests
                                     : &requests,
                              one ? a->paths[0] : NULL, format, &out, &rows, &error);
    if (rc == SITO_OK && rows == 0 && one) {
        sito_buffer_free(&out);
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "w repertorium nie ma wniosku %s",
                                      "the repertory has no request %s"),
                             a->paths[0]);
    }
    if (rc == SITO_OK && rows == 0 && text) {
        out.size = 0;
        rc = sito_buffer_print(&out, "%s\n",
                               sito_say(a->language, "W repertorium nie ma wniosków.",
                                        "The repertory has no requests."));
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

static int record(SitoCatalogue *catalogue, const SitoArguments *a, const char *document) {
    char *error = NULL;
    bool received = strcmp(a->event, "received") == 0;
    SitoField fields[] = {{"request", a->paths[0]},
                          {"outcome", a->event},
                          {"day", a->day},
                          {"procedure", a->procedure},
                          {"form", a->form},
                          {"unit", a->unit},
                          {"until_day", a->until},
                          {"minutes", a->minutes},
                          {"actor", a->by},
                          {"reason", received ? a->about : a->reason},
                          {"case_mark", a->case_mark},
                          {"document", document}};
    int rc = sito_office_add(catalogue, "request_event", fields, SITO_COUNT(fields), &error);
    if (rc != SITO_OK) {
        return sito_catalogue_status(rc, error);
    }
    return list(catalogue, a);
}

static int check_words(const SitoArguments *a) {
    bool given = a->day != NULL || a->procedure != NULL || a->form != NULL || a->unit != NULL ||
                 a->until != NULL || a->minutes != NULL || a->by != NULL || a->about != NULL ||
                 a->case_mark != NULL || a->document != NULL || a->reason != NULL;
    if (a->event == NULL && given) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "co się stało z wnioskiem, mówi --event; zob. sito request --help",
                     "--event says what happened to the request; see sito request --help"));
    }
    if (a->event != NULL && (a->paths_count == 0 || a->format != NULL)) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "zdarzenie zapisuje się przy numerze: sito request NUMER --event …",
                     "an event belongs to a number: sito request NUMBER --event …"));
    }
    if (a->minutes != NULL && a->minutes[strspn(a->minutes, "0123456789")] != 0) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language, "--minutes to liczba minut, na przykład 90",
                                      "--minutes is a number of minutes, such as 90"));
    }
    if (a->about != NULL && strcmp(a->event, "received") != 0) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "--about podaje się przy --event received; potem --reason",
                                      "--about goes with --event received; later use --reason"));
    }
    return a->event != NULL && sito_lacks_options(a, "day") ? SITO_EXIT_USAGE : SITO_EXIT_OK;
}

int sito_command_request(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    char *error = NULL, sha256[SITO_SHA256_HEX] = "";
    const char *document = NULL;
    const char *hint = sito_say(
        a->language, "opisz przedmiot słowami urzędu, dane wnioskodawcy wpisz do tabeli requester",
        "use the office's words, and put the requester's data into the table requester");
    int status = check_words(a);
    status = status == SITO_EXIT_OK ? sito_refuse_personal(a, "about", a->about, hint) : status;
    status = status == SITO_EXIT_OK ? sito_refuse_personal(a, "reason", a->reason, hint) : status;
    status = status == SITO_EXIT_OK ? sito_hash_document(a, sha256, &document) : status;
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), a->event != NULL, a->language,
                                 &error);
    status = rc != SITO_OK      ? sito_fail(rc, error)
             : a->event != NULL ? record(catalogue, a, document)
                                : list(catalogue, a);
    sito_catalogue_close(catalogue);
    return status;
}
