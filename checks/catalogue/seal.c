/*
** The chain of the catalogue: made after every recording, verified on request (sql/catalogue/seal.sql).
**
**   link(n) = SHA-256( link(n-1) "\n" row(n) files(n) )         link(0) = "sito"
**
** row(n) is the event as `SELECT * FROM event` gives it, files(n) its list of files (kind, path, sha256)
** in their order. Each value is written as "name type size\n" bytes "\n", type t for text and i for an
** integer in decimal digits; NULL is left out, so that a column that a later version adds changes no
** older link. Each row ends with "end\n".
**
** R1  A link rests on the link that is stored before it: one changed event is one flaw, not all that
**     follow.
** R2  Found are: a changed, deleted, inserted or moved event, a changed list of files, a changed or
**     missing seal. Events without a seal are named, since nothing can be said of them.
** R3  Not found is the loss of the newest events together with their seals, unless the head of the chain
**     was noted elsewhere; nor a chain that was written anew from the first changed event on. For
**     that a head is given: it must be one of the links.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdio.h>
#include <string.h>

#include "catalogue/private.h"

enum { FLAWS_SHOWN = 20 };

static const char before_the_first[] = "sito";

typedef struct Chain {
    sqlite3 *db;
    sqlite3_stmt *event, *files, *seal;
} Chain;

static int chain_open(Chain *chain, sqlite3 *db, char **raw) {
    *chain = (Chain){.db = db};
    int rc = sito_db_prepare(db, &chain->event, raw, "SELECT * FROM event WHERE id = ?1", "");
    if (rc == SITO_OK) {
        rc = sito_db_prepare(db, &chain->files, raw,
                             "SELECT kind, path, sha256 FROM input WHERE event = ?1 ORDER BY rowid",
                             "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_prepare(db, &chain->seal, raw, "SELECT chain FROM seal WHERE event = ?1", "");
    }
    return rc;
}

static void chain_close(Chain *chain) {
    sqlite3_finalize(chain->event);
    sqlite3_finalize(chain->files);
    sqlite3_finalize(chain->seal);
}

static int hash_text(SitoSha256 *hash, const char *text) {
    return sito_sha256_add(hash, text, strlen(text));
}

static int hash_value(SitoSha256 *hash, sqlite3_stmt *row, int column) {
    int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL) {
        return SITO_OK;
    }
    const unsigned char *bytes = sqlite3_column_text(row, column);
    if (bytes == NULL) {
        return SITO_NOMEM;
    }
    size_t size = (size_t)sqlite3_column_bytes(row, column);
    char head[120];
    snprintf(head, sizeof head, "%s %c %zu\n", sqlite3_column_name(row, column),
             type == SQLITE_INTEGER ? 'i' : 't', size);
    int rc = hash_text(hash, head);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, bytes, size);
    }
    return rc == SITO_OK ? hash_text(hash, "\n") : rc;
}

/* Adds all rows that `select` gives for the event; *count is their number. */
static int hash_rows(Chain *chain, SitoSha256 *hash, sqlite3_stmt *select, int64_t event,
                     int64_t *count, char **raw) {
    *count = 0;
    int step, rc = SITO_OK;
    sqlite3_bind_int64(select, 1, event);
    while (rc == SITO_OK && (step = sqlite3_step(select)) == SQLITE_ROW) {
        ++*count;
        for (int i = 0; i < sqlite3_column_count(select) && rc == SITO_OK; i++) {
            rc = hash_value(hash, select, i);
        }
        rc = rc == SITO_OK ? hash_text(hash, "end\n") : rc;
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(chain->db, step, raw);
    }
    sqlite3_reset(select);
    return rc;
}

/* The link of an event after the link `before`; *there is false where there is no such event. */
static int make_link(Chain *chain, int64_t event, const char *before, char link[SITO_SHA256_HEX],
                     bool *there, char **raw) {
    SitoSha256 *hash = NULL;
    int64_t rows = 0, files;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = hash_text(hash, before);
    }
    if (rc == SITO_OK) {
        rc = hash_text(hash, "\n");
    }
    if (rc == SITO_OK) {
        rc = hash_rows(chain, hash, chain->event, event, &rows, raw);
    }
    if (rc == SITO_OK) {
        rc = hash_rows(chain, hash, chain->files, event, &files, raw);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, link);
    }
    sito_sha256_free(hash);
    *there = rows > 0;
    return rc;
}

/* The stored link of an event; "" where it has no seal. */
static int read_link(Chain *chain, int64_t event, char link[SITO_SHA256_HEX], char **raw) {
    link[0] = 0;
    sqlite3_bind_int64(chain->seal, 1, event);
    int rc = sqlite3_step(chain->seal);
    if (rc == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(chain->seal, 0);
        if (text != NULL) {
            snprintf(link, SITO_SHA256_HEX, "%s", (const char *)text);
        }
        rc = text == NULL ? SITO_NOMEM : SITO_OK;
    } else {
        rc = rc == SQLITE_DONE ? SITO_OK : sito_db_error(chain->db, rc, raw);
    }
    sqlite3_reset(chain->seal);
    return rc;
}

/* ---- sealing ---- */

int sito_catalogue_seal_events(SitoCatalogue *c, char **error) {
    Chain chain = {0};
    char *raw = NULL, link[SITO_SHA256_HEX] = "";
    int64_t sealed = 0, events = 0;
    int rc = chain_open(&chain, c->db, &raw);
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, &sealed, &raw, "SELECT max(event) FROM seal", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, &events, &raw, "SELECT max(id) FROM event", "");
    }
    if (rc == SITO_OK) {
        rc = read_link(&chain, sealed, link, &raw);
    }
    for (int64_t n = sealed + 1; n <= events && rc == SITO_OK; n++) {
        char before[SITO_SHA256_HEX];
        bool there;
        snprintf(before, sizeof before, "%s", n == 1 ? before_the_first : link);
        rc = make_link(&chain, n, before, link, &there, &raw);
        if (rc == SITO_OK) {
            rc = sito_db_do(c->db, &raw, "INSERT INTO seal (event, chain) VALUES (?1, ?2)", "it", n,
                            link);
        }
    }
    chain_close(&chain);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_catalogue_seal(SitoCatalogue *c, char **error) {
    int rc = sito_catalogue_begin(c, error);
    return rc == SITO_OK ? sito_catalogue_end(c, sito_catalogue_seal_events(c, error), error) : rc;
}

int sito_catalogue_head(SitoCatalogue *c, char head[SITO_SHA256_HEX], char **error) {
    char *raw = NULL, *link = NULL;
    int rc =
        sito_db_text(c->db, &link, &raw, "SELECT chain FROM seal ORDER BY event DESC LIMIT 1", "");
    snprintf(head, SITO_SHA256_HEX, "%s", link != NULL ? link : "");
    sito_free(link);
    return sito_catalogue_explain(c, rc, raw, error);
}

/* ---- verifying ---- */

static int add_flaw(SitoAudit *audit, SitoLanguage language, int64_t event, const char *pl,
                    const char *en) {
    if (++audit->flaws > FLAWS_SHOWN) {
        return SITO_OK;
    }
    return sito_buffer_print(&audit->lines,
                             sito_say(language, "zdarzenie nr %lld: %s\n", "event %lld: %s\n"),
                             (long long)event, sito_say(language, pl, en));
}

/* Looks at one sealed event; link is what is stored before it ("" unknown), then what is stored at it. */
static int verify_event(SitoCatalogue *c, Chain *chain, SitoAudit *audit, int64_t event,
                        char link[SITO_SHA256_HEX], char **raw) {
    char made[SITO_SHA256_HEX], stored[SITO_SHA256_HEX];
    bool there;
    int rc = make_link(chain, event, event == 1 ? before_the_first : link, made, &there, raw);
    if (rc == SITO_OK) {
        rc = read_link(chain, event, stored, raw);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    bool known = event == 1 || link[0] != 0;
    snprintf(link, SITO_SHA256_HEX, "%s", stored);
    if (!there) {
        return add_flaw(audit, c->language, event, "usunięto je", "it was deleted");
    }
    if (stored[0] == 0) {
        return add_flaw(audit, c->language, event, "usunięto jego pieczęć", "its seal was deleted");
    }
    if (known && strcmp(made, stored) != 0) {
        return add_flaw(audit, c->language, event,
                        "zmieniono je lub jego pieczęć po opieczętowaniu",
                        "it or its seal was changed after it was sealed");
    }
    return SITO_OK;
}

static int verify_all(SitoCatalogue *c, const char *head, SitoAudit *audit, char **raw) {
    Chain chain = {0};
    char link[SITO_SHA256_HEX] = "";
    int rc = chain_open(&chain, c->db, raw);
    for (int64_t n = 1; n <= audit->sealed && rc == SITO_OK; n++) {
        rc = verify_event(c, &chain, audit, n, link, raw);
        audit->head_found = audit->head_found || (head != NULL && strcmp(head, link) == 0);
    }
    for (int64_t n = audit->sealed + 1; n <= audit->events && rc == SITO_OK; n++) {
        char made[SITO_SHA256_HEX];
        bool there;
        rc = make_link(&chain, n, link, made, &there, raw);
        if (rc == SITO_OK && !there) {
            rc = add_flaw(audit, c->language, n, "usunięto je", "it was deleted");
        }
    }
    chain_close(&chain);
    memcpy(audit->head, link, sizeof link);
    return rc;
}

int sito_catalogue_verify(SitoCatalogue *c, const char *head, SitoAudit *audit, char **error) {
    char *raw = NULL;
    *audit = (SitoAudit){.head_found = head == NULL};
    int rc = sito_db_run(c->db, "BEGIN", &raw); /* one picture of the file */
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, &audit->events, &raw, "SELECT max(id) FROM event", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(c->db, &audit->sealed, &raw, "SELECT max(event) FROM seal", "");
    }
    if (rc == SITO_OK) {
        rc = verify_all(c, head, audit, &raw);
    }
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && !audit->head_found) {
        audit->flaws++;
        rc = sito_buffer_print(&audit->lines, "%s\n",
                               sito_say(c->language,
                                        "podany skrót nie należy do tego łańcucha: zdarzenia "
                                        "usunięto lub łańcuch zapisano od nowa",
                                        "the given head is no link of this chain: events were "
                                        "removed, or the chain was written anew"));
    }
    if (rc == SITO_OK && audit->flaws > FLAWS_SHOWN) {
        rc = sito_buffer_print(
            &audit->lines, sito_say(c->language, "(pokazano %d z %lld)\n", "(%d of %lld shown)\n"),
            FLAWS_SHOWN, (long long)audit->flaws);
    }
    if (!sqlite3_get_autocommit(c->db)) {
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}
