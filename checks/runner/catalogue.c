/*
** Opens, fills and asks the catalogue (catalogue.h, sql/catalogue/schema.sql).
**
** R1  A file that is not a catalogue is recognised by its first 100 bytes, before SQLite sees it:
**     nothing in it, not even a journal beside it, is touched.
** R2  One IMMEDIATE transaction a recording; whatever fails leaves the catalogue as it was.
** R3  The guards are compared with the ones this program carries: a catalogue whose triggers or
**     views were changed, or got company, is refused.
** R4  The rules of the catalogue live in its triggers. Here they are not repeated; their messages,
**     written as "sito: Polish / English", are handed on in the reader's language.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "runner/catalogue.h"
#include "runner/catalogue_file.h"
#include "runner/embedded.h"

enum { BUSY_TIMEOUT_MS = 10000 };

struct SitoCatalogue {
    sqlite3 *db;
    char *path;
    SitoLanguage language;
};

/* The part of a trigger's message that is in the reader's language; released with sito_free. */
static char *spoken(const char *message, SitoLanguage language) {
    static const char prefix[] = "sito: ", between[] = " / ";
    if (strncmp(message, prefix, sizeof prefix - 1) == 0) {
        message += sizeof prefix - 1;
    }
    const char *english = strstr(message, between);
    if (english == NULL) {
        return sito_print("%s", message);
    }
    return language == SITO_EN ? sito_print("%s", english + sizeof between - 1)
                               : sito_print("%.*s", (int)(english - message), message);
}

/* Says in one sentence why SQLite refused, and gives the code for the caller. */
static int failure(const SitoCatalogue *c, int rc, char **error) {
    SitoLanguage language = c->language;
    const char *text = sqlite3_errmsg(c->db);
    if (rc == SQLITE_CONSTRAINT_TRIGGER) {
        char *sentence = spoken(text, language);
        rc = sentence == NULL ? SITO_NOMEM : sito_error(error, SITO_ERROR, "%s", sentence);
        sito_free(sentence);
        return rc;
    }
    switch (rc & 0xff) {
    case SQLITE_NOMEM:
        return SITO_NOMEM;
    case SQLITE_INTERRUPT:
        return SITO_INTERRUPT;
    case SQLITE_BUSY:
        text = sito_say(language, "inny program właśnie z niego korzysta; spróbuj ponownie",
                        "another program is using it; try again");
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        text = sito_say(language, "nie wolno do niego pisać", "it may not be written");
        break;
    case SQLITE_FULL:
        text = sito_say(language, "brak miejsca na dysku", "the disk is full");
        break;
    case SQLITE_IOERR:
        text = sito_say(language, "błąd odczytu lub zapisu na dysku",
                        "the disk could not be read or written");
        break;
    case SQLITE_CANTOPEN:
        text = sito_say(language, "nie można otworzyć pliku ani utworzyć go w tym folderze",
                        "the file cannot be opened, nor made in this folder");
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        text = sito_say(language, "plik jest uszkodzony", "the file is damaged");
        break;
    default:
        break;
    }
    return sito_error(error, SITO_CANTOPEN,
                      sito_say(language, "katalog %s: %s; niczego nie zapisano",
                               "catalogue %s: %s; nothing was recorded"),
                      c->path, text);
}

static int prepare(SitoCatalogue *c, sqlite3_stmt **statement, const char *sql, char **error) {
    int rc = sqlite3_prepare_v2(c->db, sql, -1, statement, NULL);
    return rc == SQLITE_OK ? SITO_OK : failure(c, rc, error);
}

/* Prepares `sql`, binds the texts (NULL is NULL) as ?1, ?2, … and runs it. Its first value comes as
** *value, to be released with sito_free, where `value` is given and there is one. */
static int run(SitoCatalogue *c, const char *sql, const char *const *texts, size_t count,
               char **value, char **error) {
    sqlite3_stmt *statement = NULL;
    int rc = prepare(c, &statement, sql, error);
    if (rc != SITO_OK) {
        return rc;
    }
    int step = SQLITE_OK;
    for (size_t i = 0; i < count && step == SQLITE_OK; i++) {
        step = sqlite3_bind_text(statement, (int)i + 1, texts[i], -1, SQLITE_TRANSIENT);
    }
    if (step == SQLITE_OK) {
        step = sqlite3_step(statement);
    }
    if (step == SQLITE_ROW) {
        if (value != NULL && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
            const unsigned char *text = sqlite3_column_text(statement, 0);
            *value = text == NULL ? NULL : sito_print("%s", (const char *)text);
            rc = *value == NULL ? SITO_NOMEM : SITO_OK;
        }
    } else if (step != SQLITE_DONE) {
        rc = failure(c, step, error);
    }
    sqlite3_finalize(statement);
    return rc;
}

static int exec(SitoCatalogue *c, const char *sql, char **error) {
    int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SITO_OK : failure(c, rc, error);
}

/* Ends the transaction: COMMIT where rc is SITO_OK; else, or where that fails, everything back. */
static int finish(SitoCatalogue *c, int rc, char **error) {
    if (rc == SITO_OK) {
        rc = exec(c, "COMMIT", error);
    }
    if (rc != SITO_OK && !sqlite3_get_autocommit(c->db)) {
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}

/* ---- opening ---- */

static int configure(SitoCatalogue *c, char **error) {
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
        int rc = sqlite3_db_config(c->db, settings[i].option, settings[i].value, NULL);
        if (rc != SQLITE_OK) {
            return failure(c, rc, error);
        }
    }
    sqlite3_busy_timeout(c->db, BUSY_TIMEOUT_MS);
    return exec(c, "PRAGMA synchronous = EXTRA", error);
}

static const char *schema(void) {
    return sito_embedded_find(sito_embedded_catalogue, "schema.sql")->data;
}

/* Fills an empty file with the schema, unless another program was faster. */
static int create_schema(SitoCatalogue *c, char **error) {
    char *objects = NULL;
    int rc = exec(c, "BEGIN IMMEDIATE", error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = run(c, "SELECT count(*) FROM sqlite_schema", NULL, 0, &objects, error);
    if (rc == SITO_OK && strcmp(objects, "0") == 0) {
        rc = exec(c, schema(), error);
    }
    sito_free(objects);
    return finish(c, rc, error);
}

/* The text of all objects that stand on the named tables (a JSON array). */
static const char object_list[] =
    "SELECT group_concat(type || ' ' || name || char(10) || sql, char(10))"
    "  FROM (SELECT type, name, sql FROM sqlite_schema"
    "         WHERE tbl_name IN (SELECT value FROM json_each(?1)) AND sql IS NOT NULL"
    "         ORDER BY type, name)";

/* R3: compares the guards with those of a fresh catalogue in memory. */
static int check_schema(SitoCatalogue *c, char **error) {
    SitoCatalogue fresh = {.path = c->path, .language = c->language};
    char *tables = NULL, *expected = NULL, *found = NULL;
    int rc = sqlite3_open_v2(":memory:", &fresh.db, SQLITE_OPEN_READWRITE, NULL);
    rc = rc == SQLITE_OK ? exec(&fresh, schema(), error) : failure(&fresh, rc, error);
    if (rc == SITO_OK) {
        rc = run(&fresh, "SELECT json_group_array(DISTINCT tbl_name) FROM sqlite_schema", NULL, 0,
                 &tables, error);
    }
    const char *arguments[] = {tables};
    if (rc == SITO_OK) {
        rc = run(&fresh, object_list, arguments, 1, &expected, error);
    }
    if (rc == SITO_OK) {
        rc = run(c, object_list, arguments, 1, &found, error);
    }
    if (rc == SITO_OK && (found == NULL || strcmp(found, expected) != 0)) {
        rc = sito_error(
            error, SITO_CANTOPEN,
            sito_say(c->language,
                     "katalog %s: zmieniono jego zabezpieczenia (wyzwalacze, widoki lub "
                     "tabele), więc jego stanom nie można ufać; przywróć kopię zapasową",
                     "catalogue %s: its guards (triggers, views or tables) were changed, "
                     "so its states cannot be trusted; restore a backup"),
            c->path);
    }
    sito_free(tables);
    sito_free(expected);
    sito_free(found);
    sqlite3_close(fresh.db);
    return rc;
}

/* A path that SQLite takes as nothing but a path: no URI, no ":memory:". */
static char *plain_path(const char *path) {
    return sito_print("%s%s", path[0] == '/' ? "" : "./", path);
}

static int open_database(SitoCatalogue *c, bool create, char **error) {
    char *objects = NULL;
    char *path = plain_path(c->path);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | (create ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(path, &c->db, flags, NULL);
    sito_free(path);
    if (rc != SQLITE_OK) {
        return failure(c, rc, error);
    }
    rc = configure(c, error);
    if (rc == SITO_OK) {
        rc = run(c, "SELECT count(*) FROM sqlite_schema", NULL, 0, &objects, error);
    }
    if (rc == SITO_OK && strcmp(objects, "0") == 0 && create) {
        rc = create_schema(c, error);
    }
    sito_free(objects);
    return rc == SITO_OK ? check_schema(c, error) : rc;
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
        sqlite3_close(c->db);
        sito_free(c->path);
        sito_free(c);
    }
}

/* ---- recording ---- */

static int add_registered(SitoCatalogue *c, const SitoRun *r, char **error) {
    const char *texts[] = {r->dataset, r->program};
    return run(c,
               "INSERT INTO event (kind, dataset, program)"
               " SELECT 'registered', ?1, ?2"
               "  WHERE NOT EXISTS (SELECT 1 FROM dataset WHERE name = ?1)",
               texts, SITO_COUNT(texts), NULL, error);
}

/* Appends the files behind the newest event, the bytes of this run. */
static int add_inputs(SitoCatalogue *c, const SitoRun *r, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < r->inputs_count && rc == SITO_OK; i++) {
        const SitoInput *input = &r->inputs[i];
        const char *texts[] = {input->kind, input->path, input->sha256};
        rc = run(c,
                 "INSERT INTO input (event, kind, path, sha256)"
                 " SELECT max(id), ?1, ?2, ?3 FROM event",
                 texts, SITO_COUNT(texts), NULL, error);
    }
    return rc;
}

/* Appends the bytes, unless they and their place are the ones that are known. */
static int add_bytes(SitoCatalogue *c, const SitoRun *r, char **error) {
    const char *texts[] = {r->dataset, r->digest, r->location, r->version, r->program};
    int rc = run(c,
                 "INSERT INTO event (kind, dataset, digest, location, version, program)"
                 " SELECT 'bytes', ?1, ?2, ?3, ?4, ?5"
                 "  WHERE NOT EXISTS (SELECT 1 FROM present"
                 "                     WHERE dataset = ?1 AND digest = ?2 AND location IS ?3)",
                 texts, SITO_COUNT(texts), NULL, error);
    return rc == SITO_OK && sqlite3_changes(c->db) == 1 ? add_inputs(c, r, error) : rc;
}

int sito_catalogue_record(SitoCatalogue *c, const SitoRun *r, char **error) {
    int rc = exec(c, "BEGIN IMMEDIATE", error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_registered(c, r, error);
    if (rc == SITO_OK) {
        rc = add_bytes(c, r, error);
    }
    if (rc == SITO_OK) {
        const char *texts[] = {r->dataset, r->digest, r->verdict, r->program, r->report};
        rc = run(c,
                 "INSERT INTO event (kind, dataset, digest, outcome, program, detail)"
                 " VALUES ('verdict', ?1, ?2, ?3, ?4, ?5)",
                 texts, SITO_COUNT(texts), NULL, error);
    }
    return finish(c, rc, error);
}

int sito_catalogue_mark(SitoCatalogue *c, const SitoRun *r, const SitoAct *act, char **error) {
    char *refusal = NULL;
    int rc = exec(c, "BEGIN IMMEDIATE", error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_bytes(c, r, error);
    if (rc == SITO_OK) {
        const char *texts[] = {r->dataset,  r->digest,      act->actor,    act->role,
                               act->reason, act->case_mark, act->document, r->program};
        int asked = run(c,
                        "INSERT INTO event (kind, dataset, digest, outcome, actor, role, reason,"
                        "                   case_mark, document, program)"
                        " VALUES ('state', ?1, ?2, 'publishable', ?3, ?4, ?5, ?6, ?7, ?8)",
                        texts, SITO_COUNT(texts), NULL, &refusal);
        /* A refusal undoes its own statement alone: the bytes stay recorded. */
        rc = finish(c, asked == SITO_ERROR ? SITO_OK : asked, error);
        rc = rc == SITO_OK ? asked : rc;
    } else {
        rc = finish(c, rc, error);
    }
    if (rc != SITO_OK && error != NULL && *error == NULL) {
        *error = refusal;
        refusal = NULL;
    }
    sito_free(refusal);
    return rc;
}

int sito_catalogue_state(SitoCatalogue *c, const char *dataset, char **state, char **error) {
    *state = NULL;
    const char *texts[] = {dataset};
    return run(c, "SELECT state FROM dataset WHERE name = ?1", texts, 1, state, error);
}
