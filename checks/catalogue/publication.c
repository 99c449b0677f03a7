/*
** Publications and withdrawals in the catalogue (publication.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "catalogue/private.h"
#include "catalogue/publication.h"

static int add_event(SitoCatalogue *c, const SitoPublication *p, const char *kind,
                     const char *outcome, char **error) {
    char *raw = NULL;
    int rc = sito_db_do(
        c->db, &raw,
        "INSERT INTO event (at, kind, outcome, dataset, digest, location, bundle, detail,"
        "                   program, actor, role, reason, case_mark, document)"
        " VALUES (coalesce(?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
        "         ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        "tttttttttttttt", p->at, kind, outcome, p->dataset, p->digest, p->location, p->bundle,
        p->detail, p->program, p->act.actor, p->act.role, p->act.reason, p->act.case_mark,
        p->act.document);
    return sito_catalogue_explain(c, rc, raw, error);
}

static int add_files(SitoCatalogue *c, const SitoPublication *p, char **error) {
    char *raw = NULL;
    int rc = SITO_OK;
    for (size_t i = 0; i < p->files_count && rc == SITO_OK; i++) {
        rc = sito_db_do(c->db, &raw,
                        "INSERT INTO input (event, kind, path, sha256)"
                        " SELECT max(id), 'published', ?1, ?2 FROM event",
                        "tt", p->files[i].path, p->files[i].sha256);
    }
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_publication_intend(SitoCatalogue *c, const SitoPublication *p, char **error) {
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_event(c, p, "intent", p->outcome, error);
    if (rc == SITO_OK) {
        rc = add_files(c, p, error);
    }
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    return sito_catalogue_end(c, rc, error);
}

int sito_publication_settle(SitoCatalogue *c, const SitoPublication *p, SitoPlace place,
                            void *context, char **error) {
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_event(c, p, "state", p->outcome, error);
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    if (rc == SITO_OK) {
        rc = place(context, error);
    }
    return sito_catalogue_end(c, rc, error);
}

int sito_publication_abandon(SitoCatalogue *c, const SitoPublication *p, char **error) {
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = add_event(c, p, "intent", "abandoned", error);
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    return sito_catalogue_end(c, rc, error);
}

static const char list_sql[] =
    "WITH settled AS ("
    "  SELECT * FROM event AS s"
    "   WHERE kind = 'state' AND outcome IN ('published', 'withdrawn') AND bundle IS NOT NULL"
    "     AND (?1 IS NULL OR location = ?1)"
    "     AND id = (SELECT max(id) FROM event AS newer"
    "                WHERE newer.dataset = s.dataset AND newer.kind = 'state'"
    "                  AND newer.outcome IN ('published', 'withdrawn')"
    "                  AND newer.location = s.location)),"
    "shown AS ("
    "  SELECT settled.*, 0 AS pending,"
    "         (SELECT max(id) FROM event AS i WHERE i.kind = 'intent' AND i.id < settled.id"
    "             AND i.dataset = settled.dataset AND i.bundle = settled.bundle"
    "             AND i.outcome = settled.outcome) AS intent FROM settled"
    "  UNION ALL SELECT event.*, 1, event.id FROM event JOIN pending USING (id)"
    "   WHERE ?1 IS NULL OR pending.location = ?1)"
    "SELECT coalesce(json_group_array(json_object('dataset', dataset, 'outcome', outcome,"
    "   'digest', digest, 'bundle', bundle, 'location', location, 'at', at, 'pending', pending,"
    "   'actor', actor, 'role', role, 'reason', reason, 'case_mark', case_mark,"
    "   'document', document, 'program', program,"
    "   'detail', json(iif(json_valid(detail), detail, '{}')),"
    "   'files', (SELECT json_group_array(json_object('path', path, 'sha256', sha256))"
    "               FROM input WHERE input.event = intent))), '[]')"
    "  FROM (SELECT * FROM shown ORDER BY dataset, location, pending)";

int sito_publication_list(SitoCatalogue *c, const char *location, char **json, char **error) {
    char *raw = NULL;
    int rc = sito_db_text(c->db, json, &raw, list_sql, "t", location);
    return sito_catalogue_explain(c, rc, raw, error);
}

static const char facts_sql[] =
    "SELECT json_object('name', name, 'state', state, 'digest', digest, 'version', version,"
    "  'published_digest', published_digest, 'withdrawn_at', withdrawn_at,"
    "  'location', (SELECT location FROM publication WHERE publication.dataset = name),"
    "  'issued_at', (SELECT min(at) FROM event WHERE event.dataset = name"
    "                   AND kind = 'state' AND outcome = 'published'),"
    "  'head', (SELECT chain FROM seal ORDER BY event DESC LIMIT 1),"
    "  'report', json((SELECT iif(json_valid(report), report, '{}') FROM verdict"
    "                   WHERE verdict.dataset = name AND verdict.digest = dataset.digest"
    "                   ORDER BY id DESC LIMIT 1)),"
    "  'missing', (SELECT json_group_array(json_array(pl, en)) FROM"
    "               (SELECT DISTINCT pl, en FROM missing WHERE missing.dataset = name"
    "                   AND missing.state IN ('publishable', ?3))),"
    "  'role', (SELECT min(role) FROM entitled WHERE person = ?2 AND act = ?3"
    "             AND date('now') BETWEEN from_day AND until_day),"
    "  'inputs', (SELECT json_group_array(json_object('kind', kind, 'path', path, 'sha256', sha256))"
    "               FROM input WHERE input.event = (SELECT max(event.id) FROM event"
    "                WHERE event.dataset = name AND event.kind = 'bytes'"
    "                  AND event.digest = dataset.digest)))"
    "  FROM dataset WHERE name = ?1";

/* Binds, steps and copies; the caller resets, so that no parameter and no lock outlives the call. */
static int read_facts(SitoCatalogue *c, const char *const given[3], char **json, char **raw) {
    int rc = SQLITE_OK;
    for (int i = 0; i < 3 && rc == SQLITE_OK; i++) {
        rc = sqlite3_bind_text(c->facts, i + 1, given[i], -1, SQLITE_TRANSIENT);
    }
    rc = rc == SQLITE_OK ? sqlite3_step(c->facts) : rc;
    if (rc == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(c->facts, 0);
        *json = value == NULL ? NULL : sito_print("%s", value);
        return *json == NULL ? sito_db_error(c->db, SQLITE_NOMEM, raw) : SITO_OK;
    }
    return rc == SQLITE_DONE ? SITO_OK : sito_db_error(c->db, rc, raw);
}

int sito_publication_facts(SitoCatalogue *c, const char *dataset, const char *actor,
                           const char *act, char **json, char **error) {
    char *raw = NULL;
    *json = NULL;
    int rc = c->facts != NULL ? SITO_OK : sito_db_prepare(c->db, &c->facts, &raw, facts_sql, "");
    if (rc == SITO_OK) {
        rc = read_facts(c, (const char *const[3]){dataset, actor, act}, json, &raw);
        sqlite3_reset(c->facts); /* says again what step said */
        sqlite3_clear_bindings(c->facts);
    }
    return sito_catalogue_explain(c, rc, raw, error);
}
