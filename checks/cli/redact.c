/*
** sito redact: covers the personal data of a document, after annex 1 to order 354/2022 (checks/redact).
**
** R1  `sito redact FILE` lists the places, without a value. --review writes the sheet to fill in; --answers
**     reads it. With --by and --basis the covered document is written, unless a place waits for a decision.
** R2  Exit status 0: written, or looked at and nothing waits; 1: places wait for a decision, or the final
**     version still lacks something that has to be said; 2: usage, or another format by its name; 3: unreadable.
** R3  With a catalogue the covering is an event of it, recorded before the new folder takes its place; --step
**     records the others (redact_steps.c). Without one the command says what is missing.
** R4  The values of the document go to nothing but a sheet that asks for them (--show-values): on this
**     computer, a file for its owner alone.
*/
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "redact.h"
#include "common/file.h"

/* ---- the sheet ---- */

static int check_values(const SitoArguments *a) {
    const char *ci = getenv("CI");
    bool to_file = a->output != NULL && strcmp(a->output, "-") != 0;
    if (!a->show_values || (a->review && to_file && (ci == NULL || ci[0] == 0))) {
        return SITO_EXIT_OK;
    }
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        sito_say(
            a->language,
            "--show-values działa tylko z --review -o PLIK, nigdy w CI: arkusz będzie zawierał "
            "dane osobowe",
            "--show-values goes with --review -o FILE alone, never in CI: the sheet will hold "
            "personal data"));
}

static int write_sheet(SitoRedaction *r, const SitoArguments *a) {
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_redaction_sheet(r, a->show_values, &out, &error);
    if (a->show_values) {
        umask(0077);
        sito_complain(
            0, "%s",
            sito_say(a->language,
                     "uwaga: arkusz zawiera dane osobowe z dokumentu; otwiera go tylko "
                     "właściciel pliku – usuń go po pracy i nikomu nie wysyłaj",
                     "note: the sheet holds personal data of the document; its owner alone "
                     "may open it – delete it after work and send it to nobody"));
    }
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

/* ---- the list ---- */

/* The list has no value but perhaps in the file's own name, which is masked. */
static int put_next(SitoRedaction *r, const SitoArguments *a, const char *path, SitoBuffer *out) {
    if (r->places == 0) {
        return sito_buffer_print(
            out,
            sito_say(
                a->language,
                "Program niczego nie znalazł, co nie znaczy, że niczego nie ma: dokument czyta "
                "człowiek.\nDalej: sito redact %s --by \"IMIĘ NAZWISKO\"\n",
                "The program found nothing, which does not mean that nothing is there: a person "
                "reads the document.\nNext: sito redact %s --by \"NAME\"\n"),
            path);
    }
    const char *pl =
        r->waiting > 0
            ? "\nDalej: sito redact %s --review -o przeglad.csv, wypełnij kolumnę „decyzja”, potem\n"
              "sito redact %s --answers przeglad.csv --by \"IMIĘ NAZWISKO\" --basis \"PODSTAWA PRAWNA\"\n"
            : "\nDokumentu nie zapisano. Dalej: sito redact %s --review -o przeglad.csv, a po "
              "przejrzeniu\nsito redact %s --answers przeglad.csv --by \"IMIĘ NAZWISKO\" --basis \"PODSTAWA "
              "PRAWNA\"\n";
    const char *en =
        r->waiting > 0
            ? "\nNext: sito redact %s --review -o review.csv, fill in the column \"decision\", then\n"
              "sito redact %s --answers review.csv --by \"NAME\" --basis \"LEGAL BASIS\"\n"
            : "\nNo document was written. Next: sito redact %s --review -o review.csv, and after "
              "reading it\nsito redact %s --answers review.csv --by \"NAME\" --basis \"LEGAL BASIS\"\n";
    return sito_buffer_print(out, sito_say(a->language, pl, en), path, path);
}

static int put_list(SitoRedaction *r, const SitoArguments *a, SitoBuffer *out, char **error) {
    char *path = sito_mask_words(a->paths[0]);
    int rc = path == NULL
                 ? SITO_NOMEM
                 : sito_buffer_print(
                       out,
                       sito_say(a->language,
                                "%s\n  miejsca: %lld; czekają na decyzję człowieka: %lld\n\n",
                                "%s\n  places: %lld; waiting for a person's decision: "
                                "%lld\n\n"),
                       path, (long long)r->places, (long long)r->waiting);
    rc = rc == SITO_OK && r->places > 0 ? sito_redaction_list(r, a->by != NULL, "text", out, error)
                                        : rc;
    rc = rc == SITO_OK ? put_next(r, a, path, out) : rc;
    sito_free(path);
    return rc;
}

static int write_list(SitoRedaction *r, const SitoArguments *a) {
    bool json = a->format != NULL && strcmp(a->format, "json") == 0;
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = json ? sito_redaction_list(r, a->by != NULL, "json", &out, &error)
                  : put_list(r, a, &out, &error);
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status == SITO_EXIT_OK && r->waiting > 0 ? SITO_EXIT_FINDINGS : status;
}

/* ---- the covered document ---- */

/* §5.1: what is covered has a basis. An exit status, having complained. */
static int check_basis(const SitoRedaction *r, const SitoArguments *a) {
    if (r->covered == 0 || a->basis != NULL) {
        return SITO_EXIT_OK;
    }
    return sito_complain(
        SITO_EXIT_USAGE, "%s",
        sito_say(a->language,
                 "wersja ostateczna wymaga podstawy prawnej wyłączenia (zał. 1 §5.1); "
                 "podaj --basis \"art. …\"",
                 "the final version needs the legal basis of the exclusion (annex 1 "
                 "§5.1); say --basis \"art. …\""));
}

typedef struct Covering {
    const SitoRedaction *redaction;
    const SitoArguments *a;
    SitoCatalogue *catalogue;
} Covering;

/* All files are written: the event, and then they take their place. */
static int agree(void *context, const char *digest, const char *record, char **error) {
    const Covering *c = context;
    SitoRedactionEvent event = {
        .source = c->redaction->document.sha256,
        .step = "covered",
        .outcome = "positive",
        .covered = digest,
        .unit = c->a->unit,
        .record = record,
        .act = {.actor = c->a->by, .reason = c->a->basis, .case_mark = c->a->case_mark},
    };
    return sito_redaction_event(c->catalogue, &event, error);
}

static int cover(SitoRedaction *r, const SitoArguments *a, SitoCatalogue *catalogue) {
    SitoRedactor who = {.by = a->by,
                        .position = a->position,
                        .unit = a->unit,
                        .basis = a->basis,
                        .document = a->bip_document,
                        .case_mark = a->case_mark};
    Covering covering = {.redaction = r, .a = a, .catalogue = catalogue};
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = catalogue != NULL ? sito_tell_steps(r, catalogue, &error) : SITO_OK;
    rc = rc == SITO_OK ? sito_redaction_write(r, &who, a->to, catalogue != NULL ? agree : NULL,
                                              &covering, &error)
                       : rc;
    rc = rc == SITO_OK
             ? sito_redaction_record(r, a->format != NULL ? a->format : "text", &out, &error)
             : rc;
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

static int write_document(SitoRedaction *r, const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    char *error = NULL;
    bool recorded = sito_has_catalogue(a);
    int status = check_basis(r, a);
    if (status == SITO_EXIT_OK && recorded && sito_lacks_options(a, "unit")) {
        status = SITO_EXIT_USAGE; /* §2.1 */
    }
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = recorded ? sito_catalogue_open(&catalogue, sito_catalogue_path(a), true, a->language,
                                            &error)
                      : SITO_OK;
    status = rc == SITO_OK ? cover(r, a, catalogue) : sito_fail(rc, error);
    sito_catalogue_close(catalogue);
    if (status == SITO_EXIT_OK && !recorded) {
        sito_complain(0, "%s",
                      sito_say(a->language,
                               "kroków z zał. 1 §1.3 nie zapisano w żadnym katalogu; zapisuje je "
                               "--catalogue sito.db, a sprawdzenie przez człowieka: --step 3",
                               "the steps of annex 1 §1.3 are not recorded in any catalogue; "
                               "--catalogue sito.db does, and --step 3 the checking by a person"));
    }
    return status;
}

static int complain_waiting(const SitoRedaction *r, const SitoArguments *a) {
    return sito_complain(
        SITO_EXIT_FINDINGS,
        sito_say(
            a->language,
            "dokumentu nie zapisano: %lld z %lld miejsc czeka na decyzję człowieka (zał. 1 §3.1)",
            "no document was written: %lld of %lld places wait for a person's decision (annex 1 "
            "§3.1)"),
        (long long)r->waiting, (long long)r->places);
}

static int run(SitoRedaction *r, const SitoArguments *a) {
    char *error = NULL;
    int rc = a->answers != NULL ? sito_redaction_answer(r, a->answers, &error) : SITO_OK;
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    if (a->review) {
        return write_sheet(r, a);
    }
    if (a->step != NULL) {
        return sito_record_step(r, a);
    }
    if (a->by == NULL || r->waiting > 0) {
        int status = write_list(r, a);
        return a->by != NULL && status <= SITO_EXIT_FINDINGS ? complain_waiting(r, a) : status;
    }
    return write_document(r, a);
}

static bool is_misused(const SitoArguments *a) {
    bool covers = a->position != NULL || a->basis != NULL || a->bip_document != NULL;
    bool steps = a->outcome != NULL || a->form != NULL || a->reason != NULL || a->role != NULL ||
                 a->from != NULL || a->day != NULL || a->document != NULL;
    bool acts = a->by != NULL || a->unit != NULL || a->case_mark != NULL || a->to != NULL;
    return (a->review && (covers || steps || acts || a->step != NULL || a->answers != NULL)) ||
           (a->step == NULL ? steps : covers || a->answers != NULL) ||
           ((covers || acts) && a->by == NULL && a->step == NULL);
}

/* --policy, else policy.json beside the catalogue; NULL: none. */
static char *find_policy(const SitoArguments *a) {
    char *folder = a->policy == NULL ? sito_path_folder(sito_catalogue_path(a)) : NULL;
    char *path = a->policy != NULL ? sito_print("%s", a->policy)
                 : folder != NULL  ? sito_path_join(folder, "policy.json")
                                   : NULL;
    if (path != NULL && a->policy == NULL && sito_file_kind(path) == SITO_FILE_MISSING) {
        sito_free(path);
        path = NULL;
    }
    sito_free(folder);
    return path;
}

/* The document is never written over, by no name of its. */
static int check_output(const SitoArguments *a) {
    struct stat document, output;
    if (a->output == NULL || stat(a->output, &output) != 0 || stat(a->paths[0], &document) != 0 ||
        output.st_dev != document.st_dev || output.st_ino != document.st_ino) {
        return SITO_EXIT_OK;
    }
    return sito_complain(
        SITO_EXIT_USAGE,
        sito_say(a->language, "-o %s to sam dokument, a jego się nie zmienia; podaj inny plik",
                 "-o %s is the document itself, which is not changed; name another "
                 "file"),
        a->output);
}

int sito_command_redact(const SitoArguments *a) {
    SitoRedaction redaction;
    char *error = NULL;
    int status = check_values(a);
    status = status == SITO_EXIT_OK ? check_output(a) : status;
    if (status != SITO_EXIT_OK) {
        return status;
    }
    if (is_misused(a)) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(
                a->language,
                "arkusz do wypełnienia: sito redact PLIK --review -o PLIK.csv; zapis dokumentu: "
                "sito redact PLIK --answers PLIK.csv --by OSOBA --basis PODSTAWA",
                "the sheet to fill in: sito redact FILE --review -o FILE.csv; the covered "
                "document: sito redact FILE --answers FILE.csv --by NAME --basis TEXT"));
    }
    char *policy = find_policy(a);
    int rc = sito_redaction_open(&redaction, a->paths[0], policy, a->language, &error);
    status = rc == SITO_OK ? run(&redaction, a) : sito_fail(rc, error);
    sito_redaction_close(&redaction);
    sito_free(policy);
    return status;
}
