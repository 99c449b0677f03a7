/*
** Opens, fills and asks the catalogue (catalogue.h, sql/catalogue/history.sql).
**
** R1  A file that is not a catalogue is recognised by its first 100 bytes, before SQLite sees it:
**     nothing in it, not even a journal beside it, is touched.
** R2  One IMMEDIATE transaction a recording; whatever fails leaves the catalogue as it was.
** R3  What is recorded is sealed in the same transaction, with whatever a plain shell added before.
** R4  The rules of the catalogue live in its triggers. Here they are not repeated; their messages,
**     written as "sito: Polish / English", are handed on in the reader's language.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/file.h"
#include "catalogue/private.h"

enum { BUSY_TIMEOUT_MS = 10000 };

/* ---- opening ---- */

static int configure(sqlite3 *db, char **raw) {
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t i = 0; i < SITO_COUNT(settings); i++) {
        int rc = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL);
        if (rc != SQLITE_OK) {
            return sito_db_error(db, rc, raw);
        }
    }
    sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
    return sito_db_run(db, "PRAGMA synchronous = EXTRA", raw);
}

static int open_database(SitoCatalogue *c, bool create, char **error) {
    /* A path is only ever a path: no URI, no ":memory:". */
    char *raw = NULL, *path = sito_print("%s%s", c->path[0] == '/' ? "" : "./", c->path);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(path, &c->db, flags, NULL);
    sito_free(path);
    if (rc == SQLITE_OK) {
        rc = configure(c->db, &raw);
    }
    rc = sito_catalogue_explain(c, rc & 0xff, raw, error);
    return rc == SITO_OK ? sito_catalogue_prepare(c, create, error) : rc;
}

int sito_catalogue_open(SitoCatalogue **out, const char *path, bool create, SitoLanguage language,
                        char **error) {
    *out = NULL;
    int rc = sito_catalogue_file_check(path, create, language, error);
    if (rc != SITO_OK) {
        return rc;
    }
    SitoCatalogue *c = sito_malloc(sizeof *c);
    if (c == NULL) {
        return SITO_NOMEM;
    }
    *c = (SitoCatalogue){.language = language, .path = sito_print("%s", path)};
    rc = c->path == NULL ? SITO_NOMEM : open_database(c, create, error);
    if (rc != SITO_OK) {
        sito_catalogue_close(c);
        return rc;
    }
    *out = c;
    return SITO_OK;
}

void sito_catalogue_close(SitoCatalogue *c) {
    if (c != NULL) {
        sqlite3_finalize(c->facts);
        sqlite3_close(c->db);
        sito_free(c->path);
        sito_free(c);
    }
}

SitoLanguage sito_catalogue_language(const SitoCatalogue *c) {
    return c->language;
}

/* ---- recording ---- */

/* Appends the files behind the newest event, the bytes of this run. */
static int add_inputs(sqlite3 *db, const SitoRun *run, char **raw) {
    int rc = SITO_OK;
    for (size_t i = 0; i < run->inputs_count && rc == SITO_OK; i++) {
        const SitoInput *input = &run->inputs[i];
        rc = sito_db_do(db, raw,
                        "INSERT INTO input (event, kind, path, sha256)"
                        " SELECT max(id), ?1, ?2, ?3 FROM event",
                        "ttt", input->kind, input->path, input->sha256);
    }
    return rc;
}

/* Appends the bytes, unless they and their place are the ones that are known. */
static int add_bytes(sqlite3 *db, const SitoRun *run, char **raw) {
    int rc =
        sito_db_do(db, raw,
                   "INSERT INTO event (kind, dataset, digest, location, version, program)"
                   " SELECT 'bytes', ?1, ?2, ?3, ?4, ?5"
                   "  WHERE NOT EXISTS (SELECT 1 FROM present"
                   "                     WHERE dataset = ?1 AND digest = ?2 AND location IS ?3)",
                   "ttttt", run->dataset, run->digest, run->location, run->version, run->program);
    return rc == SITO_OK && sqlite3_changes(db) == 1 ? add_inputs(db, run, raw) : rc;
}

static int add_run(sqlite3 *db, const SitoRun *run, char **raw) {
    int rc = sito_db_do(db, raw,
                        "INSERT INTO event (kind, dataset, program)"
                        " SELECT 'registered', ?1, ?2"
                        "  WHERE NOT EXISTS (SELECT 1 FROM dataset WHERE name = ?1)",
                        "tt", run->dataset, run->program);
    if (rc == SITO_OK) {
        rc = add_bytes(db, run, raw);
    }
    if (rc == SITO_OK) {
        rc =
            sito_db_do(db, raw,
                       "INSERT INTO event (kind, dataset, digest, outcome, program, detail)"
                       " VALUES ('verdict', ?1, ?2, ?3, ?4, ?5)",
                       "ttttt", run->dataset, run->digest, run->verdict, run->program, run->report);
    }
    return rc;
}

int sito_catalogue_record(SitoCatalogue *c, const SitoRun *run, char **error) {
    char *raw = NULL;
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_run(c->db, run, &raw);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    return sito_catalogue_end(c, rc, error);
}

int sito_catalogue_mark(SitoCatalogue *c, const SitoRun *run, const SitoAct *act, char **error) {
    char *raw = NULL;
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_bytes(c->db, run, &raw);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc != SITO_OK) {
        return sito_catalogue_end(c, rc, error);
    }
    raw = NULL;
    rc = sito_db_do(c->db, &raw,
                    "INSERT INTO event (kind, dataset, digest, outcome, actor, role, reason,"
                    "                   case_mark, document, program)"
                    " VALUES ('state', ?1, ?2, 'publishable', ?3, ?4, ?5, ?6, ?7, ?8)",
                    "tttttttt", run->dataset, run->digest, act->actor, act->role, act->reason,
                    act->case_mark, act->document, run->program);
    rc = sito_catalogue_explain(c, rc, raw, error);
    /* A refusal undoes its own statement alone: the bytes stay recorded. */
    bool refused = rc == SITO_ERROR;
    char *later = NULL;
    if (refused || rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, &later);
    }
    rc = sito_catalogue_end(c, rc, &later);
    if (rc == SITO_OK && refused) {
        return SITO_ERROR;
    }
    if (rc != SITO_OK &&
        later != NULL) { /* what stopped the recording, not the refusal before it */
        if (error != NULL) {
            sito_free(*error);
            *error = later;
        } else {
            sito_free(later);
        }
    }
    return rc;
}

int sito_catalogue_state(SitoCatalogue *c, const char *dataset, char **state, char **error) {
    char *raw = NULL;
    int rc =
        sito_db_text(c->db, state, &raw, "SELECT state FROM dataset WHERE name = ?1", "t", dataset);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_catalogue_expect(SitoCatalogue *c, const char *dataset, const char *digest, char **error) {
    char *raw = NULL;
    int64_t same = 0;
    int rc = sito_db_integer(c->db, &same, &raw,
                             "SELECT count(*) FROM present WHERE dataset = ?1 AND digest = ?2",
                             "tt", dataset, digest);
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && same == 0) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(c->language,
                     "katalog %s nie zna tych plików zbioru %s: nie było ich kontroli albo "
                     "zmieniły się po niej; najpierw sito check --catalogue %s",
                     "the catalogue %s does not know these files of %s: they were not "
                     "checked, or changed since; first sito check --catalogue %s"),
            c->path, dataset, c->path);
    }
    return rc;
}
