/*
** sito audit: the history of the catalogue, and whether it is whole.
**
** R1  `sito audit` seals what a plain shell added, then lists every event; the head of the chain goes to
**     stderr, to be noted elsewhere.
** R2  `sito audit verify` changes nothing. Exit status 1 where it finds a flaw; events without a seal are
**     named and are no flaw.
*/
#include "dataset.h"

#include <string.h>

#include "catalogue/catalogue.h"

static int say_whole(const SitoAudit *audit, SitoLanguage language, SitoBuffer *out) {
    int rc = sito_buffer_print(
        out, "%s\n",
        audit->flaws > 0
            ? sito_say(language, "Historia nie jest cała.", "The history is not whole.")
            : sito_say(language, "Łańcuch pieczęci jest cały.", "The chain of seals is whole."));
    if (rc == SITO_OK && audit->lines.size > 0) {
        rc = sito_buffer_add(out, audit->lines.data, audit->lines.size);
    }
    if (rc == SITO_OK && audit->events > audit->sealed) {
        rc = sito_buffer_print(
            out,
            sito_say(language,
                     "Bez pieczęci: zdarzenia od nr %lld do nr %lld; o nich nic nie wiadomo. "
                     "Pieczętuje je sito audit.\n",
                     "Without a seal: events %lld to %lld; nothing is known of them. sito audit "
                     "seals them.\n"),
            (long long)audit->sealed + 1, (long long)audit->events);
    }
    if (rc == SITO_OK && audit->head[0] != 0) {
        rc = sito_buffer_print(
            out,
            sito_say(
                language,
                "Zdarzeń: %lld. Skrót łańcucha: %s\nZapisz ten skrót poza tym komputerem; bez "
                "niego nie widać, że usunięto najnowsze zdarzenia (sito audit verify --head).\n",
                "Events: %lld. Head of the chain: %s\nNote it outside this computer; without it "
                "the loss of the newest events cannot be seen (sito audit verify --head).\n"),
            (long long)audit->events, audit->head);
    }
    return rc;
}

static int verify(SitoCatalogue *catalogue, const SitoArguments *a) {
    SitoAudit audit;
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_catalogue_verify(catalogue, a->head, &audit, &error);
    if (rc == SITO_OK) {
        rc = say_whole(&audit, a->language, &out);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    if (status == SITO_EXIT_OK && audit.flaws > 0) {
        status = SITO_EXIT_FINDINGS;
    }
    sito_buffer_free(&audit.lines);
    sito_buffer_free(&out);
    return status;
}

static int list(SitoCatalogue *catalogue, const SitoArguments *a) {
    SitoAudit audit = {0};
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_catalogue_seal(catalogue, &error);
    if (rc == SITO_OK) {
        rc =
            sito_catalogue_history(catalogue, a->format != NULL ? a->format : "text", &out, &error);
    }
    if (rc == SITO_OK) {
        rc = sito_catalogue_verify(catalogue, NULL, &audit, &error);
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    if (status == SITO_EXIT_OK && audit.flaws > 0) {
        status =
            sito_complain(SITO_EXIT_FINDINGS, "%s",
                          sito_say(a->language, "historia nie jest cała; zob. sito audit verify",
                                   "the history is not whole; see sito audit verify"));
    } else if (status == SITO_EXIT_OK && audit.head[0] != 0) {
        sito_tell_head(a->language, audit.head);
    }
    sito_buffer_free(&audit.lines);
    sito_buffer_free(&out);
    return status;
}

int sito_command_audit(const SitoArguments *a) {
    bool verifying = a->paths_count == 1;
    if (verifying && strcmp(a->paths[0], "verify") != 0) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language,
                     "nieznane słowo '%s'; polecenie ma postać: sito audit [opcje] [verify]",
                     "unknown word '%s'; write: sito audit [options] [verify]"),
            a->paths[0]);
    }
    if (a->head != NULL && (!verifying || strlen(a->head) != SITO_SHA256_HEX - 1)) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "--head to 64 cyfry szesnastkowe, przy sito audit verify",
                                      "--head is 64 hexadecimal digits, with sito audit verify"));
    }
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    int status = verifying ? verify(catalogue, a) : list(catalogue, a);
    sito_catalogue_close(catalogue);
    return status;
}
