/*
** sito run: sources loaded, indicators computed, every data set exported, checked and, where its decision stands,
** published: one command for cron, with a summary.
**
** R1  Data sets are those of the catalogue, each in its folder, or those that are named. One that fails harms no
**     other.
** R2  With --to and --by what may be published is; without them everything but that is done.
** R3  Updates that are late are told.
** R4  Exit status: 0 everything stands · 1 a source or a data set was refused, fails, or waits for people · 2 usage ·
**     3 something could not be read, a check is incomplete.
*/
#include <sqlite3.h>
#include <string.h>

#include "run.h"
#include "catalogue/office.h"
#include "common/db.h"
#include "common/wrap.h"

static const struct {
    const char *code, *pl, *en;
    int status;
} outcomes[] = {
    [SITO_SET_PUBLISHED] = {"published", "opublikowano", "published", SITO_EXIT_OK},
    [SITO_SET_CURRENT] = {"current", "opublikowany, bez zmian", "published, unchanged",
                          SITO_EXIT_OK},
    [SITO_SET_PASSES] = {"passes", "spełnia ustalone progi, może być opublikowany (--to, --by)",
                         "within the set thresholds, may be published (--to, --by)", SITO_EXIT_OK},
    [SITO_SET_WAITS] = {"waits", "spełnia ustalone progi, CZEKA NA LUDZI",
                        "within the set thresholds, WAITS FOR PEOPLE", SITO_EXIT_FINDINGS},
    [SITO_SET_FAILS] = {"fails", "NIE SPEŁNIA PROGÓW", "NOT WITHIN THE THRESHOLDS",
                        SITO_EXIT_FINDINGS},
    [SITO_SET_REFUSED] = {"refused", "ODMÓWIONO", "REFUSED", SITO_EXIT_FINDINGS},
    [SITO_SET_INCOMPLETE] = {"incomplete", "KONTROLA NIEPEŁNA", "CHECK INCOMPLETE",
                             SITO_EXIT_UNREADABLE},
};

typedef struct Summary {
    const SitoArguments *a;
    SitoOffice office;
    const char *catalogue;
    SitoFetched fetched;
    SitoComputed computed;
    SitoBuffer sets; /* text */
    SitoBuffer json; /* of the sets, separated by commas */
    SitoBuffer late; /* text */
    char *late_json;
    char head[SITO_SHA256_HEX];
    int status;
} Summary;

static void worse(Summary *s, int status) {
    s->status = status > s->status ? status : s->status;
}

/* ---- one data set in the summary ---- */

static int put_text(Summary *s, const char *folder, const SitoSetResult *r) {
    SitoLanguage language = s->a->language;
    int rc =
        sito_buffer_print(&s->sets, "%s: %s", r->name != NULL ? r->name : folder,
                          sito_say(language, outcomes[r->outcome].pl, outcomes[r->outcome].en));
    if (rc == SITO_OK && r->written > 0) {
        rc = sito_buffer_print(
            &s->sets,
            sito_say(language, "; pliki z hurtowni: %lld", "; files from the warehouse: %lld"),
            (long long)r->written);
    }
    rc = rc == SITO_OK ? sito_buffer_print(&s->sets, "\n") : rc;
    if (rc == SITO_OK && r->reason != NULL) {
        rc = sito_buffer_print(&s->sets, "  ");
        rc = rc == SITO_OK
                 ? sito_put_wrapped(&s->sets, (SitoText){r->reason, strlen(r->reason)}, 2, 2)
                 : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(&s->sets, r->note.data, r->note.size) : rc;
}

static int put_json(Summary *s, const char *folder, const SitoSetResult *r, char **error) {
    char *json = NULL,
         *note = sito_print("%.*s", (int)r->note.size, r->note.size > 0 ? r->note.data : "");
    int rc =
        note == NULL
            ? SITO_NOMEM
            : sito_db_text(
                  s->fetched.result, &json, error,
                  "SELECT json_object('name', ?1, 'folder', ?2, 'outcome', ?3, 'reason', ?4,"
                  " 'missing', nullif(?5, ''), 'digest', nullif(?6, ''), 'written', ?7, 'checked',"
                  " json(iif(?8, 'true', 'false')))",
                  "ttttttii", r->name, folder, outcomes[r->outcome].code, r->reason, note,
                  r->digest, r->written, (int64_t)r->checked);
    rc =
        rc == SITO_OK ? sito_buffer_print(&s->json, "%s%s", s->json.size > 0 ? "," : "", json) : rc;
    sito_free(json);
    sito_free(note);
    return rc;
}

static int run_set(Summary *s, const char *folder, char **error) {
    SitoSetResult result = {0};
    int rc = sito_run_set(s->a, &s->office, s->catalogue, folder, &result, error);
    if (rc == SITO_OK) {
        worse(s, outcomes[result.outcome].status);
        rc = put_text(s, folder, &result);
        rc = rc == SITO_OK ? put_json(s, folder, &result, error) : rc;
    }
    sito_set_result_free(&result);
    return rc;
}

/* ---- all of them ---- */

static const char all_sets[] =
    "SELECT json_group_array(location) FROM (SELECT location FROM dataset"
    " WHERE ?1 IS NULL AND state <> 'withdrawn' AND location IS NOT NULL ORDER BY name)";

static int run_listed(Summary *s, char **error) {
    sqlite3_stmt *rows = NULL;
    char *json = NULL;
    int step = SQLITE_DONE,
        rc = sito_office_text(s->office.catalogue, all_sets, NULL, &json, error);
    rc = rc == SITO_OK ? sito_db_prepare(s->fetched.result, &rows, error,
                                         "SELECT value FROM json_each(?1) ORDER BY key", "t", json)
                       : rc;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *folder = (const char *)sqlite3_column_text(rows, 0);
        rc = folder == NULL ? SITO_NOMEM : run_set(s, folder, error);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(s->fetched.result, step, error) : rc;
    sqlite3_finalize(rows);
    sito_free(json);
    return rc;
}

static int run_sets(Summary *s, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < s->a->paths_count && rc == SITO_OK; i++) {
        rc = run_set(s, s->a->paths[i], error);
    }
    return rc == SITO_OK && s->a->paths_count == 0 ? run_listed(s, error) : rc;
}

/* ---- the warehouse ---- */

static int load(Summary *s, char **error) {
    SitoFetch fetch = {.warehouse = s->office.warehouse,
                       .catalogue = s->office.catalogue,
                       .language = s->a->language};
    int rc = sito_warehouse_fetch(&fetch, &s->fetched, error);
    if (rc == SITO_OK) {
        worse(s, sito_fetch_status(&s->fetched));
        rc = sito_indicators_compute(s->office.warehouse, s->office.catalogue, &s->computed, error);
    }
    worse(s, rc == SITO_OK && s->computed.failed > 0 ? SITO_EXIT_FINDINGS : SITO_EXIT_OK);
    return rc;
}

/* ---- the summary ---- */

static int summarise_text(Summary *s, SitoBuffer *out, char **error) {
    SitoLanguage language = s->a->language;
    const SitoComputed *c = &s->computed;
    int rc = sito_buffer_print(out, "%s\n", sito_say(language, "Źródła", "Sources"));
    rc = rc == SITO_OK ? sito_fetched_report(&s->fetched, "text", language, out, error) : rc;
    if (rc == SITO_OK && c->indicators > 0) {
        rc = sito_buffer_print(
            out,
            sito_say(
                language,
                "\nWskaźniki: %lld; bez wartości, z powodem: %lld; nieudane zapytania: %lld\n",
                "\nIndicators: %lld; without a value, with the reason: %lld; queries that failed: %lld\n"),
            (long long)c->indicators, (long long)c->missing, (long long)c->failed);
        rc = rc == SITO_OK ? sito_buffer_add(out, c->lines.data, c->lines.size) : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n%s\n", sito_say(language, "Zbiory", "Data sets"))
                       : rc;
    rc =
        rc == SITO_OK && s->sets.size == 0
            ? sito_buffer_print(
                  out, "%s\n",
                  sito_say(
                      language,
                      "Katalog nie zna żadnego zbioru; pierwsza kontrola go rejestruje: sito check "
                      "FOLDER",
                      "The catalogue knows no data set; its first check registers one: sito check "
                      "DIR"))
            : rc;
    rc = rc == SITO_OK ? sito_buffer_add(out, s->sets.data, s->sets.size) : rc;
    if (rc == SITO_OK && s->late.size > 0) {
        rc = sito_buffer_print(out, "\n%s\n%.*s",
                               sito_say(language, "Po terminie aktualizacji", "Late updates"),
                               (int)s->late.size, s->late.data);
    }
    return rc == SITO_OK && s->head[0] != 0
               ? sito_buffer_print(
                     out, sito_say(language, "\nSkrót łańcucha: %s\n", "\nHead of the chain: %s\n"),
                     s->head)
               : rc;
}

static int summarise_json(Summary *s, SitoBuffer *out, char **error) {
    SitoBuffer fetched = {0};
    const SitoComputed *c = &s->computed;
    int rc = sito_fetched_report(&s->fetched, "json", s->a->language, &fetched, error);
    rc =
        rc == SITO_OK
            ? sito_buffer_print(
                  out,
                  "{\"fetch\": %.*s, \"indicators\": {\"defined\": %lld, \"missing\": %lld, \"failed\": %lld},\n"
                  " \"datasets\": [%.*s],\n \"overdue\": %s,\n \"head\": \"%s\", \"status\": %d}\n",
                  (int)fetched.size, fetched.data, (long long)c->indicators, (long long)c->missing,
                  (long long)c->failed, (int)s->json.size, s->json.size > 0 ? s->json.data : "",
                  s->late_json, s->head, s->status)
            : rc;
    sito_buffer_free(&fetched);
    return rc;
}

static int work(Summary *s) {
    SitoBuffer out = {0};
    char *error = NULL;
    bool json = s->a->format != NULL && strcmp(s->a->format, "json") == 0;
    int rc = load(s, &error);
    rc = rc == SITO_OK ? run_sets(s, &error) : rc;
    rc = rc == SITO_OK ? sito_catalogue_head(s->office.catalogue, s->head, &error) : rc;
    rc = rc == SITO_OK ? sito_catalogue_late(s->office.catalogue, &s->late, &s->late_json, &error)
                       : rc;
    rc = rc == SITO_OK ? json ? summarise_json(s, &out, &error) : summarise_text(s, &out, &error)
                       : rc;
    int status = rc == SITO_OK ? sito_write_masked(s->a, (SitoText){out.data, out.size})
                               : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status == SITO_EXIT_OK ? s->status : status;
}

int sito_command_run(const SitoArguments *a) {
    if ((a->to != NULL) != (a->by != NULL)) {
        return sito_complain(SITO_EXIT_USAGE, "%s",
                             sito_say(a->language,
                                      "publikacja wymaga obu opcji: --to FOLDER --by OSOBA",
                                      "publication takes both options: --to DIR --by NAME"));
    }
    Summary s = {.a = a, .catalogue = sito_catalogue_path(a)};
    int status = sito_office_open(&s.office, a, s.catalogue, true, true);
    status = status == SITO_EXIT_OK ? work(&s) : status;
    sito_fetched_free(&s.fetched);
    sito_buffer_free(&s.computed.lines);
    sito_buffer_free(&s.sets);
    sito_buffer_free(&s.json);
    sito_buffer_free(&s.late);
    sito_free(s.late_json);
    sito_office_close(&s.office);
    return status;
}
