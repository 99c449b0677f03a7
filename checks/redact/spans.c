/*
** The places of a document: found, decided, covered and searched again (redact.h, R2 and R3).
*/
#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/kind.h"
#include "common/mask.h"
#include "redact/private.h"
#include "runner/policy.h"

/* ---- opening ---- */

/* The first character of each line; LF, CR LF and CR alone end one. */
static int add_lines(SitoRedaction *r, char **error) {
    SitoText text = {r->document.text.data, r->document.text.size};
    sqlite3_stmt *insert = NULL;
    int64_t character = 1, number = 1;
    int rc = sito_db_prepare(r->db, &insert, error, "INSERT INTO line VALUES (?1, ?2)", "");
    rc = rc == SITO_OK ? sito_db_step(r->db, insert, error, "ii", number, character) : rc;
    for (size_t at = 0; at < text.size && rc == SITO_OK;) {
        uint32_t c = sito_utf8_next(text, &at);
        character++;
        if (c == '\n' || (c == '\r' && (at == text.size || text.data[at] != '\n'))) {
            rc = sito_db_step(r->db, insert, error, "ii", ++number, character);
        }
    }
    sqlite3_finalize(insert);
    return rc;
}

/* The file's name without its folder, personal data in it masked. */
static int masked_name(SitoRedaction *r, SitoBuffer *out, char **error) {
    const char *slash = strrchr(r->document.path, '/');
    const char *name = slash != NULL ? slash + 1 : r->document.path;
    int rc = sito_put_masked(r->db, (SitoText){name, strlen(name)}, true, out, error);
    return rc == SITO_OK ? sito_buffer_add(out, "", 1) : rc;
}

static int add_document(SitoRedaction *r, char **error) {
    const SitoDocument *d = &r->document;
    SitoBuffer name = {0};
    int rc = masked_name(r, &name, error);
    rc = rc == SITO_OK ? sito_db_do(r->db, error, "INSERT INTO document VALUES (?1, ?2, ?3, ?4)",
                                    "tttt", d->text.data, name.data, d->sha256, d->encoding)
                       : rc;
    sito_buffer_free(&name);
    return rc == SITO_OK ? add_lines(r, error) : rc;
}

/* A key of its place for each proposal: what a sheet has to bring back. */
static int add_proposals(SitoRedaction *r, char **error) {
    sqlite3_stmt *rows = NULL, *insert = NULL;
    int rc = sito_db_prepare(r->db, &rows, error,
                             "SELECT s.number, s.start, s.\"end\", s.kind, s.action, printf("
                             "'%s %d %d %d %s %s', d.sha256, s.number, s.start, s.\"end\", s.kind,"
                             " s.action) FROM span AS s, document AS d ORDER BY s.number",
                             "");
    rc = rc == SITO_OK ? sito_db_prepare(r->db, &insert, error,
                                         "INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?)", "")
                       : rc;
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        char sha256[SITO_SHA256_HEX] = "", key[20];
        const char *place = (const char *)sqlite3_column_text(rows, 5);
        rc = place == NULL ? SITO_NOMEM : sito_text_hash((SitoText){place, strlen(place)}, sha256);
        /* a letter in front: a spreadsheet would take 12345e67 for a number */
        sqlite3_snprintf((int)sizeof key, key, "k%.12s", sha256);
        rc = rc == SITO_OK
                 ? sito_db_step(r->db, insert, error, "iiittt", sqlite3_column_int64(rows, 0),
                                sqlite3_column_int64(rows, 1), sqlite3_column_int64(rows, 2),
                                (const char *)sqlite3_column_text(rows, 3),
                                (const char *)sqlite3_column_text(rows, 4), key)
                 : rc;
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(r->db, step, error) : rc;
    sqlite3_finalize(rows);
    sqlite3_finalize(insert);
    return rc;
}

/* The office's own rules for documents, from its policy. */
static int add_office(SitoRedaction *r, const char *path, char **error) {
    SitoPolicy policy = {.path = NULL};
    int rc = sito_policy_load(r->db, &policy, path, r->language, error);
    rc = rc == SITO_OK ? sito_db_do(r->db, error,
                                    "INSERT INTO office VALUES (coalesce(json_extract(?1,"
                                    " '$.redaction'), '{}'), ?2)",
                                    "tt", policy.text, path != NULL ? policy.sha256 : NULL)
                       : rc;
    sito_policy_free(&policy);
    return rc;
}

int sito_redaction_open(SitoRedaction *r, const char *path, const char *policy,
                        SitoLanguage language, char **error) {
    const SitoEmbedded *schema = sito_embedded_find(sito_embedded_redact, "redact.sql");
    *r = (SitoRedaction){.language = language};
    int rc = sito_document_read(&r->document, path, language, error);
    rc = rc == SITO_OK ? sito_db_open(&r->db, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(r->db, schema->data, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(r->db, "BEGIN", error) : rc;
    rc = rc == SITO_OK ? add_office(r, policy, error) : rc;
    rc = rc == SITO_OK ? add_document(r, error) : rc;
    rc = rc == SITO_OK ? sito_redaction_find(r, error) : rc;
    rc = rc == SITO_OK ? add_proposals(r, error) : rc;
    return rc == SITO_OK ? sito_db_run(r->db, "COMMIT", error) : rc;
}

void sito_redaction_close(SitoRedaction *r) {
    sqlite3_close(r->db);
    sito_document_free(&r->document);
    *r = (SitoRedaction){.db = NULL};
}

/* ---- finding ---- */

/* The configuration of anon_redact_spans: what was decided so far. */
static const char decisions[] =
    "SELECT json_set(rules, '$.language', ?1, '$.decisions', (SELECT json_group_array(json_patch(json_object("
    "   'start', start, 'end', \"end\", 'action', action), iif(reason IS NULL, '{}', json_object('reason',"
    "   reason)))) FROM (SELECT * FROM decision ORDER BY start))) FROM office";

static int add_kind_words(SitoRedaction *r, char **error) {
    sqlite3_stmt *kinds = NULL;
    int rc = sito_db_prepare(r->db, &kinds, error, "SELECT DISTINCT kind FROM span", "");
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(kinds)) == SQLITE_ROW) {
        const char *kind = (const char *)sqlite3_column_text(kinds, 0);
        SitoBuffer words = {0};
        rc = kind == NULL ? SITO_NOMEM
                          : sito_put_kinds(r->language, (SitoText){kind, strlen(kind)}, &words);
        rc = rc == SITO_OK ? sito_buffer_add(&words, "", 1) : rc;
        rc = rc == SITO_OK
                 ? sito_db_do(r->db, error, "UPDATE span SET kind_words = ?2 WHERE kind = ?1", "tt",
                              kind, words.data)
                 : rc;
        sito_buffer_free(&words);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(r->db, step, error) : rc;
    sqlite3_finalize(kinds);
    return rc;
}

int sito_redaction_find(SitoRedaction *r, char **error) {
    char *config = NULL;
    int rc = sito_db_text(r->db, &config, error, decisions, "t", sito_say(r->language, "pl", "en"));
    rc = rc == SITO_OK ? sito_db_run(r->db, "DELETE FROM span", error) : rc;
    rc = rc == SITO_OK
             ? sito_db_do(r->db, error,
                          "INSERT INTO span SELECT number, start, \"end\", kind, action, paragraph,"
                          " reason, sentence, needs_decision, NULL"
                          " FROM anon_redact_spans((SELECT text FROM document), ?1)",
                          "t", config)
             : rc;
    rc = rc == SITO_OK ? add_kind_words(r, error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(r->db, &r->places, error, "SELECT count(*) FROM span", "")
                       : rc;
    rc = rc == SITO_OK ? sito_db_integer(r->db, &r->waiting, error,
                                         "SELECT count(*) FROM span WHERE needs_decision", "")
                       : rc;
    rc = rc == SITO_OK ? sito_db_integer(r->db, &r->covered, error,
                                         "SELECT count(*) FROM span WHERE action <> 'keep'", "")
                       : rc;
    sito_free(config);
    return rc;
}

/* ---- covering ---- */

/* What stays, where it stands in the covered text: every mark before it has three characters. */
static const char kept[] =
    "SELECT json_set(rules, '$.language', ?1, '$.decisions', (SELECT json_group_array(json_object('start', start -"
    "   shift, 'end', \"end\" - shift, 'action', 'keep', 'reason', reason)) FROM (SELECT start, \"end\","
    "   action, reason, coalesce(sum(iif(action = 'keep', 0, \"end\" - start + 1 - 3)) OVER (ORDER BY start"
    "   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS shift FROM span) WHERE action = 'keep')) FROM office";

static int search_again(SitoRedaction *r, const char *covered, char **error) {
    char *config = NULL;
    int64_t found = 0, first = 0;
    int rc = sito_db_text(r->db, &config, error, kept, "t", sito_say(r->language, "pl", "en"));
    rc = rc == SITO_OK
             ? sito_db_integer(
                   r->db, &found, error,
                   "SELECT count(*) FROM anon_redact_spans(?1, ?2) WHERE action <> 'keep'", "tt",
                   covered, config)
             : rc;
    rc =
        rc == SITO_OK && found > 0
            ? sito_db_integer(r->db, &first, error,
                              "SELECT 1 + length(t) - length(replace(t, char(10), '')) FROM (SELECT"
                              " substr(?1, 1, min(start) - 1) AS t FROM anon_redact_spans(?1, ?2)"
                              " WHERE action <> 'keep')",
                              "tt", covered, config)
            : rc;
    sito_free(config);
    return rc != SITO_OK || found == 0
               ? rc
               : sito_error(
                     error, SITO_ERROR,
                     sito_say(r->language,
                              "w zanonimizowanym tekście nadal są miejsca do zasłonięcia: %lld, "
                              "pierwsze w wierszu %lld; niczego nie zapisano – popraw wzorce "
                              "urzędu w polityce, a jeśli ich nie ma, zgłoś błąd programu",
                              "the covered text still has places to cover: %lld, the first in "
                              "line %lld; nothing was written – mend the office's patterns in "
                              "the policy, or, where there are none, report a bug"),
                     (long long)found, (long long)first);
}

int sito_redaction_cover(SitoRedaction *r, char **covered, char **error) {
    char *config = NULL;
    int rc = sito_db_text(r->db, &config, error, decisions, "t", sito_say(r->language, "pl", "en"));
    rc = rc == SITO_OK ? sito_db_text(r->db, covered, error,
                                      "SELECT anon_redact(text, ?1) FROM document", "t", config)
                       : rc;
    rc = rc == SITO_OK ? search_again(r, *covered, error) : rc;
    sito_free(config);
    return rc;
}
