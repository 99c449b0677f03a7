/*
** Taking a data set back: a tombstone in its place (publish.h R5).
*/
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/db.h"
#include "publish/bundle.h"
#include "publish/pages.h"
#include "publish/publish.h"

typedef struct Removal {
    const SitoWithdrawRequest *request;
    SitoPlaceOf place;
    SitoStage stage;
    SitoInputs files;
    char *facts, *details, *role, *digest;
    char bundle[SITO_SHA256_HEX];
} Removal;

static int add_file(Removal *r, const char *name, SitoBuffer *page, int rc, char **error) {
    char sha256[SITO_SHA256_HEX];
    if (rc == SITO_OK) {
        rc = sito_stage_write(&r->stage, name, (SitoText){page->data, page->size}, sha256, error);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(&r->files, "published", name, sha256);
    }
    sito_buffer_free(page);
    return rc;
}

/* What the tombstone says: nothing of the data, and the role, not the name, of who withdrew. */
static int make_details(Removal *r, char **error) {
    char now[32];
    time_t seconds = time(NULL);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return sito_db_text(
        r->place.db, &r->details, error,
        "SELECT json_object('dataset', ?1, 'outcome', 'withdrawn', 'title',"
        "   coalesce(entry ->> '$.detail.descriptor.title', ?1), 'publisher',"
        "   entry ->> '$.detail.publisher', 'url', entry ->> '$.detail.url', 'harvester',"
        "   entry ->> '$.detail.harvester', 'issued_at', entry ->> '$.detail.issued_at',"
        "   'withdrawn_at', ?2, 'reason', ?3, 'role', ?4, 'role_pl', ?5,"
        "   'head', ?6 ->> '$.head')"
        "  FROM shown WHERE entry ->> '$.dataset' = ?1 AND NOT entry ->> '$.pending'",
        "tttttt", r->request->dataset, now, r->request->act.reason, r->role,
        r->role != NULL && strcmp(r->role, "open-data-officer") == 0
            ? "pełnomocnik ds. otwartych danych"
            : NULL,
        r->facts);
}

static int make_tombstone(Removal *r, char **error) {
    SitoBuffer page = {0};
    char *json = NULL;
    int rc = make_details(r, error);
    if (rc == SITO_OK && r->details == NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(r->request->language, "zbiór %s nie stoi w folderze %s",
                                 "the data set %s does not stand in %s"),
                        r->request->dataset, r->place.folder.path);
    }
    rc = rc == SITO_OK ? sito_stage_begin(&r->stage, &r->place.folder, error) : rc;
    rc = rc == SITO_OK ? sito_pages_tombstone(r->place.db, r->details, &page, error) : rc;
    rc = add_file(r, "index.html", &page, rc, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(r->place.db, &json, error,
                          "SELECT json_remove(?1, '$.role_pl', '$.outcome', '$.harvester')", "t",
                          r->details);
    }
    rc = rc == SITO_OK ? sito_pages_pretty((SitoText){json, strlen(json)}, &page) : rc;
    rc = add_file(r, "withdrawn.json", &page, rc, error);
    rc = rc == SITO_OK ? sito_stage_close(&r->stage, error) : rc;
    sito_free(json);
    return rc == SITO_OK ? sito_bundle_digest(&r->files, r->bundle) : rc;
}

static int take_place(void *context, char **error) {
    Removal *r = context;
    return sito_stage_place(&r->stage, r->request->dataset, error);
}

static int act(Removal *r, char **error) {
    const SitoWithdrawRequest *request = r->request;
    SitoPublication publication = {.dataset = request->dataset,
                                   .digest = r->digest,
                                   .outcome = "withdrawn",
                                   .location = r->place.folder.path,
                                   .bundle = r->bundle,
                                   .detail = r->details,
                                   .program = request->program,
                                   .act = request->act,
                                   .files = r->files.items,
                                   .files_count = r->files.count};
    publication.act.role = r->role;
    int rc = sito_publication_intend(request->catalogue, &publication, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_publication_settle(request->catalogue, &publication, take_place, r, error);
    return rc == SITO_OK ? rc : sito_place_mend(&r->place, r->bundle, rc, error);
}

static int read_facts(Removal *r, sqlite3 *db, char **location, char **error) {
    const SitoWithdrawRequest *request = r->request;
    char *state = NULL;
    int rc = sito_publication_facts(request->catalogue, request->dataset, request->act.actor,
                                    "withdrawn", &r->facts, error);
    if (rc == SITO_OK && r->facts == NULL) {
        return sito_error(error, SITO_ERROR,
                          sito_say(request->language, "katalog nie zna zbioru %s",
                                   "the catalogue has no data set %s"),
                          request->dataset);
    }
    rc = rc == SITO_OK ? sito_db_text(db, &state, error, "SELECT ?1 ->> '$.state'", "t", r->facts)
                       : rc;
    rc = rc == SITO_OK ? sito_db_text(db, &r->role, error, "SELECT ?1 ->> '$.role'", "t", r->facts)
                       : rc;
    rc = rc == SITO_OK ? sito_db_text(db, &r->digest, error, "SELECT ?1 ->> '$.published_digest'",
                                      "t", r->facts)
                       : rc;
    rc = rc == SITO_OK
             ? sito_db_text(db, location, error, "SELECT ?1 ->> '$.location'", "t", r->facts)
             : rc;
    const char *pl = NULL, *en = NULL;
    if (rc == SITO_OK && strcmp(state, "withdrawn") == 0) {
        pl = "zbiór %s już wycofano";
        en = "the data set %s is withdrawn already";
    } else if (rc == SITO_OK && r->digest == NULL) {
        pl = "zbiór %s nie był opublikowany, więc nie ma czego wycofać";
        en = "the data set %s was not published, so there is nothing to withdraw";
    } else if (rc == SITO_OK && *location == NULL) {
        pl = "zbioru %s nie opublikował ten program, więc nie zna jego folderu; wycofanie zapisz w "
             "katalogu: UPDATE dataset SET state = 'withdrawn'";
        en =
            "this program did not publish the data set %s and does not know its folder; record the "
            "withdrawal in the catalogue: UPDATE dataset SET state = 'withdrawn'";
    }
    sito_free(state);
    return pl == NULL ? rc
                      : sito_error(error, SITO_ERROR, sito_say(request->language, pl, en),
                                   request->dataset);
}

/* Settles first: a withdrawal that was stopped on its way may be done by then. */
static int open_place(Removal *r, SitoPublished *out, char **error) {
    const SitoWithdrawRequest *request = r->request;
    sqlite3 *db = NULL;
    char *pending = NULL, *location = NULL;
    int rc = sito_db_open(&db, error);
    rc = rc == SITO_OK ? sito_publication_list(request->catalogue, NULL, &pending, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(db, &location, error,
                                      "SELECT value ->> '$.location' FROM json_each(?1)"
                                      " WHERE value ->> '$.dataset' = ?2"
                                      " ORDER BY value ->> '$.pending' DESC, value ->> '$.at' DESC",
                                      "tt", pending, request->dataset)
                       : rc;
    if (rc == SITO_OK && location == NULL) {
        rc = read_facts(r, db, &location, error); /* says why */
        rc = rc == SITO_OK ? SITO_ERROR : rc;
    }
    rc = rc == SITO_OK ? sito_place_open(&r->place, request->catalogue, request->language, error)
                       : rc;
    rc = rc == SITO_OK ? sito_place_enter(&r->place, location, false, error) : rc;
    if (rc == SITO_OK) {
        r->stage.folder = &r->place.folder;
        rc = sito_place_settle(&r->place, &out->settled, error);
    }
    rc = rc == SITO_OK ? sito_catalogue_seal(request->catalogue, error) : rc;
    sqlite3_close(db);
    sito_free(pending);
    sito_free(location);
    return rc;
}

/* *done: the tombstone stands there; the details are then those of it. */
static int read_done(Removal *r, bool *done, char **error) {
    int rc =
        sito_db_text(r->place.db, &r->details, error,
                     "SELECT entry -> '$.detail' FROM shown WHERE entry ->> '$.dataset' = ?1"
                     "   AND entry ->> '$.outcome' = 'withdrawn' AND NOT entry ->> '$.pending'",
                     "t", r->request->dataset);
    *done = r->details != NULL;
    return rc;
}

int sito_withdraw(const SitoWithdrawRequest *request, SitoPublished *out, char **error) {
    Removal r = {
        .request = request, .place = {.folder = {.fd = -1}}, .stage = {.folder = NULL, .fd = -1}};
    char *location = NULL, *refusal = NULL, *head = NULL;
    *out = (SitoPublished){0};
    int rc = open_place(&r, out, error);
    bool done = false;
    if (rc == SITO_OK && out->settled > 0) { /* perhaps it was this that was stopped on its way */
        rc = read_done(&r, &done, error);
    }
    if (rc == SITO_OK && !done) {
        rc = read_facts(&r, r.place.db, &location, &refusal);
        rc = rc == SITO_OK ? make_tombstone(&r, &refusal) : rc;
        rc = rc == SITO_OK ? act(&r, &refusal) : rc;
    }
    if (r.stage.folder != NULL) { /* the pages over all sets are set right in any case */
        char *later = NULL;
        sito_stage_drop(&r.stage);
        int index = sito_place_refresh(&r.place, &later);
        index = index == SITO_OK ? sito_place_index(&r.place, NULL, &later) : index;
        if (rc == SITO_OK && index != SITO_OK) {
            rc = sito_error(error, index, "%s", later);
        }
        sito_free(later);
    }
    if (refusal != NULL) {
        rc = sito_error(error, rc, "%s", refusal);
    }
    if (rc == SITO_OK) {
        sito_free(r.facts);
        r.facts = NULL;
        rc = sito_publication_facts(request->catalogue, request->dataset, NULL, "withdrawn",
                                    &r.facts, error);
        rc = rc == SITO_OK
                 ? sito_db_text(r.place.db, &head, error, "SELECT ?1 ->> '$.head'", "t", r.facts)
                 : rc;
        rc = rc == SITO_OK ? sito_db_text(r.place.db, &out->page, error,
                                          "SELECT (?1 ->> '$.url') || (?1 ->> '$.dataset') || '/'",
                                          "t", r.details)
                           : rc;
        if (head != NULL && strlen(head) == SITO_SHA256_HEX - 1) {
            memcpy(out->head, head, SITO_SHA256_HEX);
        }
    }
    sito_inputs_free(&r.files);
    sito_place_close(&r.place);
    sito_free(r.facts);
    sito_free(r.details);
    sito_free(r.role);
    sito_free(r.digest);
    sito_free(location);
    sito_free(refusal);
    sito_free(head);
    return rc;
}
