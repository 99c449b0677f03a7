/*
** sito people: who holds which role from when until when, and what that allows; `add` records an
** authorisation. The catalogue is made where there is none: people come before data.
*/
#include <string.h>

#include "cli.h"
#include "catalogue/office.h"

static const SitoList people = {
    .sql =
        "SELECT person, iif(?1 = 'pl', role.pl, role.en), authorisation.role, unit, deputy_of, from_day,"
        "       until_day,"
        "       (SELECT group_concat(iif(?1 = 'pl', act.pl, act.en), ', ')"
        "          FROM permission JOIN act USING (act)"
        "         WHERE permission.role = authorisation.role AND allowed)"
        "  FROM authorisation JOIN role USING (role)"
        " WHERE ?2 IS NULL ORDER BY person, authorisation.role, unit",
    .headings_pl = "osoba;rola;kod roli;komórka;zastępuje;od;do;może",
    .headings_en = "person;role;code;unit;deputy of;from;until;may",
    .keys = "person;role_name;role;unit;deputy_of;from_day;until_day;acts"};

static const SitoList roles = {
    .sql =
        "SELECT role, iif(?1 = 'pl', pl, en), (SELECT group_concat(iif(?1 = 'pl', act.pl, act.en), ', ')"
        "          FROM permission JOIN act USING (act)"
        "         WHERE permission.role = role.role AND allowed)"
        "  FROM role WHERE ?2 IS NULL",
    .headings_pl = "kod roli;rola;może",
    .headings_en = "code;role;may",
    .keys = "role;role_name;acts"};

static int list(SitoCatalogue *catalogue, const SitoArguments *a) {
    const char *format = a->format != NULL ? a->format : "text";
    SitoBuffer out = {0};
    char *error = NULL;
    int64_t rows = 0;
    int rc = sito_office_list(catalogue, &people, NULL, format, &out, &rows, &error);
    if (rc == SITO_OK && rows == 0 && strcmp(format, "text") == 0) {
        out.size = 0;
        rc = sito_buffer_print(
            &out, "%s\n\n",
            sito_say(a->language,
                     "Nikt nie jest jeszcze upoważniony; upoważnienie zapisuje sito "
                     "people add. Role:",
                     "Nobody is authorised yet; sito people add records an "
                     "authorisation. The roles:"));
        rc = rc == SITO_OK ? sito_office_list(catalogue, &roles, NULL, format, &out, &rows, &error)
                           : rc;
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

static int add(SitoCatalogue *catalogue, const SitoArguments *a, const char *document) {
    char *error = NULL;
    SitoField fields[] = {{"person", a->person},       {"role", a->role},
                          {"unit", a->unit},           {"from_day", a->from},
                          {"until_day", a->until},     {"deputy_of", a->deputy_of},
                          {"case_mark", a->case_mark}, {"document", document},
                          {"reason", a->reason},       {"actor", a->by}};
    int rc = sito_office_add(catalogue, "authorisation", fields, SITO_COUNT(fields), &error);
    if (rc != SITO_OK) {
        return sito_catalogue_status(rc, error);
    }
    SitoBuffer out = {0};
    rc = sito_buffer_print(&out,
                           sito_say(a->language, "Zapisano upoważnienie: %s, %s, od %s%s%s.\n",
                                    "Recorded: %s, %s, from %s%s%s.\n"),
                           a->person, a->role, a->from,
                           a->until == NULL ? "" : sito_say(a->language, " do ", " until "),
                           a->until == NULL ? "" : a->until);
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    return status;
}

/* What is said of one person is for `add` alone. */
static int check_words(const SitoArguments *a, bool adding) {
    if (a->paths_count == 1 && !adding) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language,
                     "nieznane słowo '%s'; polecenie ma postać: sito people [opcje] [add]",
                     "unknown word '%s'; write: sito people [options] [add]"),
            a->paths[0]);
    }
    bool given = a->person != NULL || a->role != NULL || a->unit != NULL || a->from != NULL ||
                 a->until != NULL || a->deputy_of != NULL || a->case_mark != NULL ||
                 a->document != NULL || a->reason != NULL || a->by != NULL;
    if (!adding && given) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language, "upoważnienie zapisuje sito people add …",
                                      "write sito people add … to record an authorisation"));
    }
    return adding && sito_lacks_options(a, "person role from") ? SITO_EXIT_USAGE : SITO_EXIT_OK;
}

int sito_command_people(const SitoArguments *a) {
    bool adding = a->paths_count == 1 && strcmp(a->paths[0], "add") == 0;
    SitoCatalogue *catalogue = NULL;
    char *error = NULL, sha256[SITO_SHA256_HEX] = "";
    const char *document = NULL;
    int status = check_words(a, adding);
    if (status == SITO_EXIT_OK) {
        status = sito_hash_document(a, sha256, &document);
    }
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), adding, a->language, &error);
    status = rc != SITO_OK ? sito_fail(rc, error)
             : adding      ? add(catalogue, a, document)
                           : list(catalogue, a);
    sito_catalogue_close(catalogue);
    return status;
}
