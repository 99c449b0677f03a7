/*
** The seven-step analysis: records, and the view for a terminal (analysis.h).
**
** R1  What may be recorded, by whom and in which order is decided by the triggers of analysis.sql.
** R2  The view names every step with its record or with what it still lacks, and every source of risk
**     without an answer.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/analysis.h"
#include "catalogue/private.h"
#include "common/wrap.h"

enum { INDENT = 6 };

/* ---- records ---- */

static int add_record(SitoCatalogue *c, const char *dataset, const SitoAnalysisRecord *r,
                      char **raw) {
    const SitoAct *act = &r->act;
    if (r->subject[0] >= '0' && r->subject[0] <= '9') {
        return sito_db_do(c->db, raw,
                          "INSERT INTO step (dataset, step, outcome, form, number, actor, role,"
                          "                  reason, case_mark, document)"
                          " VALUES (?1, ?2, ?3, ?4, CAST(?5 AS INTEGER), ?6, ?7, ?8, ?9, ?10)",
                          "tttttttttt", dataset, r->subject, r->outcome, r->form, r->persons,
                          act->actor, act->role, act->reason, act->case_mark, act->document);
    }
    return sito_db_do(c->db, raw,
                      "INSERT INTO risk_answer (dataset, risk, outcome, actor, role, reason,"
                      "                         case_mark, document)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                      "tttttttt", dataset, r->subject, r->outcome, act->actor, act->role,
                      act->reason, act->case_mark, act->document);
}

/* The triggers refuse an unknown outcome too; here the words are listed. */
static int check_outcome(SitoCatalogue *c, const SitoAnalysisRecord *r, char **error) {
    char *words = NULL, *raw = NULL;
    int rc = sito_db_text(c->db, &words, &raw,
                          "SELECT group_concat(outcome, ', ') FROM step_outcome WHERE step = ?1"
                          " HAVING sum(outcome = ?2) = 0",
                          "tt", r->subject, r->outcome);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && words != NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(c->language, "czynność %s nie ma wyniku '%s'; wyniki: %s",
                                 "step %s has no outcome '%s'; its outcomes: %s"),
                        r->subject, r->outcome, words);
    }
    sito_free(words);
    return rc;
}

int sito_analysis_record(SitoCatalogue *c, const char *dataset, const SitoAnalysisRecord *r,
                         char **error) {
    char *raw = NULL;
    int rc = check_outcome(c, r, error);
    if (rc == SITO_OK) {
        rc = sito_catalogue_begin(c, error);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_record(c, dataset, r, &raw);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    return sito_catalogue_end(c, rc, error);
}

int sito_analysis_missing(SitoCatalogue *c, const char *dataset, int64_t *missing, char **error) {
    char *raw = NULL;
    int64_t known = 0;
    int rc = sito_db_integer(c->db, &known, &raw, "SELECT count(*) FROM dataset WHERE name = ?1",
                             "t", dataset);
    if (rc == SITO_OK && known == 0) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(c->language,
                     "w katalogu %s nie ma zbioru %s; wpisuje go sito check --catalogue",
                     "the catalogue %s has no data set %s; sito check --catalogue "
                     "enters it"),
            c->path, dataset);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, missing, &raw,
                             "SELECT count(*) FROM analysis_missing WHERE dataset = ?1", "t",
                             dataset);
    }
    return sito_catalogue_explain(c, rc, raw, error);
}

/* ---- the view for a terminal ---- */

/* Calls one SELECT of (label, text), ?1 the data set, ?2 'pl' or 'en', and appends each row. */
static int put_rows(SitoCatalogue *c, const char *dataset, const char *sql, SitoBuffer *out,
                    char **raw) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(c->db, &rows, raw, sql, "tt", dataset,
                                                 sito_say(c->language, "pl", "en"));
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *label = (const char *)sqlite3_column_text(rows, 0);
        const char *text = (const char *)sqlite3_column_text(rows, 1);
        rc = label == NULL || text == NULL
                 ? SITO_NOMEM
                 : sito_put_entry(out, label, (SitoText){text, strlen(text)}, INDENT);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(c->db, step, raw);
    }
    sqlite3_finalize(rows);
    return rc;
}

static const char state_line[] =
    "SELECT name || coalesce(' ' || version, '') || ': ' || iif(?2 = 'pl', life.pl, life.en)"
    "  FROM dataset JOIN life USING (state) WHERE name = ?1";

/* Asked for only when it is known that step 6 is required. */
static const char open_risks[] =
    "SELECT count(*) FROM analysis_missing WHERE dataset = ?1 AND what NOT LIKE 'step %'"
    " AND EXISTS (SELECT 1 FROM analysis AS six"
    "              WHERE six.dataset = ?1 AND six.step = '6' AND six.required)";

static const char step_rows[] =
    "SELECT step, iif(?2 = 'pl', pl, en) || ' – ' ||"
    "       CASE WHEN done AND outcome IS NOT NULL"
    "            THEN (SELECT iif(?2 = 'pl', o.pl, o.en) FROM step_outcome AS o"
    "                   WHERE o.step = analysis.step AND o.outcome = analysis.outcome)"
    "                 || ' (' || actor || ', ' || substr(at, 1, 10) || ', ' || case_mark || ')'"
    "            WHEN done THEN iif(?2 = 'pl', 'zapisano wynik kontroli obecnych plików',"
    "                               'a check of the present files is recorded')"
    "            WHEN required = 0 THEN iif(?2 = 'pl', 'nie jest wymagana', 'not required')"
    "            WHEN outcome IS NOT NULL"
    "            THEN iif(?2 = 'pl', 'zapisano, lecz nie wystarcza: ', 'recorded, but not enough: ')"
    "                 || outcome"
    "            WHEN required IS NULL THEN iif(?2 = 'pl', 'o tym rozstrzygną czynności 1 i 2',"
    "                                           'steps 1 and 2 will tell')"
    "            WHEN step = '7' THEN iif(?2 = 'pl', 'BRAK: zapisuje ją sito check --catalogue',"
    "                                     'MISSING: sito check --catalogue records it')"
    "            ELSE iif(?2 = 'pl', 'BRAK', 'MISSING') END"
    "  FROM analysis WHERE dataset = ?1 ORDER BY step";

static const char risk_rows[] = "SELECT what, iif(?2 = 'pl', pl, en) FROM analysis_missing"
                                " WHERE dataset = ?1 AND what NOT LIKE 'step %'";

static int put_state(SitoCatalogue *c, const char *dataset, SitoBuffer *out, char **raw) {
    char *line = NULL;
    int rc = sito_db_text(c->db, &line, raw, state_line, "tt", dataset,
                          sito_say(c->language, "pl", "en"));
    if (rc == SITO_OK && line != NULL) {
        rc = sito_put_plain(out, (SitoText){line, strlen(line)});
    }
    sito_free(line);
    return rc == SITO_OK ? sito_buffer_print(
                               out, "\n\n%s\n",
                               sito_say(c->language, "Czynności (załącznik 2)", "Steps (Annex 2)"))
                         : rc;
}

int sito_analysis_text(SitoCatalogue *c, const char *dataset, SitoBuffer *out, char **error) {
    char *raw = NULL;
    int64_t risks = 0;
    int rc = put_state(c, dataset, out, &raw);
    if (rc == SITO_OK) {
        rc = put_rows(c, dataset, step_rows, out, &raw);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, &risks, &raw, open_risks, "t", dataset);
    }
    if (rc == SITO_OK && risks > 0) {
        rc = sito_buffer_print(
            out,
            sito_say(c->language, "\nŹródła ryzyka bez odpowiedzi (załącznik 3): %lld z 27\n",
                     "\nSources of risk without an answer (Annex 3): %lld of 27\n"),
            (long long)risks);
    }
    if (rc == SITO_OK && risks > 0) {
        rc = put_rows(c, dataset, risk_rows, out, &raw);
    }
    return sito_catalogue_explain(c, rc, raw, error);
}
