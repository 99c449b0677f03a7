/*
** Lists of published files, the pages over all sets, and recovery (bundle.h).
*/
#include "publish/bundle.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "common/db.h"
#include "publish/pages.h"

const char *const sito_index_names[] = {"index.html",      "index.json",      "dcat.jsonld",
                                        "dane-gov-pl.xml", "dane-gov-pl.md5", NULL};

/* ---- the place ---- */

int sito_place_refresh(SitoPlaceOf *p, char **error) {
    char *list = NULL;
    int rc = sito_publication_list(p->catalogue, p->folder.path, &list, error);
    if (rc == SITO_OK) {
        rc = sito_db_run(p->db,
                         "DROP TABLE IF EXISTS shown;"
                         "CREATE TABLE shown (position INTEGER PRIMARY KEY, entry TEXT NOT NULL)",
                         error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(p->db, error,
                        "INSERT INTO shown (entry) SELECT value FROM json_each(?1) ORDER BY key",
                        "t", list);
    }
    sito_free(list);
    return rc;
}

int sito_place_open(SitoPlaceOf *p, SitoCatalogue *catalogue, SitoLanguage language, char **error) {
    *p = (SitoPlaceOf){.folder = {.fd = -1}, .catalogue = catalogue, .language = language};
    return sito_db_open(&p->db, error);
}

int sito_place_enter(SitoPlaceOf *p, const char *folder, bool create, char **error) {
    int rc = sito_folder_open(&p->folder, folder, create, p->language, error);
    return rc == SITO_OK ? sito_place_refresh(p, error) : rc;
}

void sito_place_close(SitoPlaceOf *p) {
    sito_folder_close(&p->folder);
    sqlite3_close(p->db);
    p->db = NULL;
}

/* ---- digests ---- */

static int compare_paths(const void *a, const void *b) {
    const SitoInput *x = a, *y = b;
    return strcmp(x->path, y->path);
}

int sito_bundle_digest(SitoInputs *files, char digest[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (files->count > 0) {
        qsort(files->items, files->count, sizeof *files->items, compare_paths);
    }
    for (size_t i = 0; i < files->count && rc == SITO_OK; i++) {
        char *line = sito_print("%s\t%s\n", files->items[i].path, files->items[i].sha256);
        rc = line == NULL ? SITO_NOMEM : sito_sha256_add(hash, line, strlen(line));
        sito_free(line);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, digest);
    }
    sito_sha256_free(hash);
    return rc;
}

int sito_bundle_present(const SitoFolder *f, const char *name, char digest[SITO_SHA256_HEX],
                        char **error) {
    SitoInputs files = {0};
    SitoEntry entry;
    digest[0] = 0;
    int rc = sito_folder_entry(f, name, &entry, error);
    if (rc != SITO_OK || entry != SITO_ENTRY_FOLDER) {
        return rc;
    }
    rc = sito_folder_list(f, name, &files, error);
    if (rc == SITO_OK) {
        rc = sito_bundle_digest(&files, digest);
    }
    sito_inputs_free(&files);
    return rc;
}

/* ---- recovery ---- */

/* One pending entry. The texts live in `texts`. */
typedef struct Pending {
    SitoPublication publication;
    char *texts[13];
    char *previous; /* the bundle that stood there before; NULL: none */
} Pending;

static void pending_free(Pending *p) {
    for (size_t i = 0; i < SITO_COUNT(p->texts); i++) {
        sito_free(p->texts[i]);
    }
    sito_free(p->previous);
}

static int pending_read(SitoPlaceOf *place, int64_t position, Pending *p, char **error) {
    static const char *const keys[] = {
        "$.dataset", "$.digest", "$.outcome", "$.location", "$.bundle",    "$.detail",  "$.program",
        "$.at",      "$.actor",  "$.role",    "$.reason",   "$.case_mark", "$.document"};
    *p = (Pending){0};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(keys) && rc == SITO_OK; i++) {
        rc = sito_db_text(place->db, &p->texts[i], error,
                          "SELECT entry ->> ?2 FROM shown WHERE position = CAST(?1 AS INTEGER)",
                          "it", position, keys[i]);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(place->db, &p->previous, error,
                          "SELECT entry ->> '$.bundle' FROM shown WHERE NOT entry ->> '$.pending'"
                          "   AND entry ->> '$.dataset' = ?1",
                          "t", p->texts[0]);
    }
    char *const *t = p->texts;
    p->publication = (SitoPublication){.dataset = t[0],
                                       .digest = t[1],
                                       .outcome = t[2],
                                       .location = t[3],
                                       .bundle = t[4],
                                       .detail = t[5],
                                       .program = t[6],
                                       .at = t[7],
                                       .act = {t[8], t[9], t[10], t[11], t[12]}};
    return rc;
}

static int in_place_already(void *context, char **error) {
    (void)context;
    (void)error;
    return SITO_OK;
}

/* The files are the new ones, but the state is refused by now: what stood there before comes back. */
static int undo(SitoPlaceOf *place, const Pending *p, char **error) {
    SitoInputs entries = {0};
    SitoStage stage = {.folder = &place->folder, .fd = -1};
    bool found = false;
    int rc =
        p->previous == NULL ? SITO_OK : sito_folder_list(&place->folder, NULL, &entries, error);
    for (size_t i = 0; i < entries.count && rc == SITO_OK && !found; i++) {
        char digest[SITO_SHA256_HEX] = "";
        if (strncmp(entries.items[i].path, ".sito-", 6) == 0) {
            rc = sito_bundle_present(&place->folder, entries.items[i].path, digest, error);
        }
        found = rc == SITO_OK && p->previous != NULL && strcmp(digest, p->previous) == 0;
        if (found) {
            rc = sito_stage_find(&stage, &place->folder, entries.items[i].path, error);
        }
    }
    sito_inputs_free(&entries);
    if (rc == SITO_OK) {
        rc = found ? sito_stage_place(&stage, p->publication.dataset, error)
                   : sito_stage_take(&stage, &place->folder, p->publication.dataset, error);
    }
    sito_stage_drop(&stage);
    return rc;
}

static int settle_one(SitoPlaceOf *place, int64_t position, char **error) {
    Pending p;
    char digest[SITO_SHA256_HEX] = "", *refusal = NULL;
    int rc = pending_read(place, position, &p, error);
    const char *name = p.publication.dataset;
    if (rc == SITO_OK) {
        rc = sito_folder_restore(&place->folder, name, error);
    }
    if (rc == SITO_OK) {
        rc = sito_bundle_present(&place->folder, name, digest, error);
    }
    bool placed = rc == SITO_OK && strcmp(digest, p.publication.bundle) == 0;
    if (placed) {
        rc = sito_publication_settle(place->catalogue, &p.publication, in_place_already, NULL,
                                     &refusal);
        placed = rc != SITO_ERROR;
        if (!placed) {
            rc = undo(place, &p, error);
        } else if (refusal != NULL) {
            rc = sito_error(error, rc, "%s", refusal);
        }
    }
    if (rc == SITO_OK && !placed) {
        rc = sito_publication_abandon(place->catalogue, &p.publication, error);
    }
    sito_free(refusal);
    pending_free(&p);
    return rc;
}

int sito_place_settle(SitoPlaceOf *place, int64_t *settled, char **error) {
    int64_t position = 0;
    int rc = SITO_OK;
    *settled = 0;
    do {
        rc = sito_db_integer(place->db, &position, error,
                             "SELECT min(position) FROM shown WHERE entry ->> '$.pending'"
                             "   AND position > ?1",
                             "i", position);
        if (rc == SITO_OK && position > 0) {
            rc = settle_one(place, position, error);
            ++*settled;
        }
    } while (rc == SITO_OK && position > 0);
    if (rc == SITO_OK) {
        rc = sito_folder_sweep(&place->folder, SITO_STAGED, error);
    }
    return rc == SITO_OK && *settled > 0 ? sito_place_refresh(place, error) : rc;
}

int sito_place_mend(SitoPlaceOf *place, const char *bundle, int rc, char **error) {
    char *later = NULL;
    int64_t settled = 0, stands = 0;
    int again = sito_place_refresh(place, &later);
    again = again == SITO_OK ? sito_place_settle(place, &settled, &later) : again;
    again = again == SITO_OK ? sito_place_refresh(place, &later) : again;
    if (again == SITO_OK) {
        again = sito_db_integer(place->db, &stands, &later,
                                "SELECT count(*) FROM shown WHERE entry ->> '$.bundle' = ?1"
                                "   AND NOT entry ->> '$.pending'",
                                "t", bundle);
    }
    sito_free(later);
    if (again != SITO_OK || stands == 0) {
        return rc; /* where this failed, too, the next program settles it */
    }
    sito_free(*error);
    *error = NULL;
    return SITO_OK;
}

/* ---- the pages over all sets ---- */

/* What they are made from: the details of everything settled here; address, office and version of the
** newest. */
typedef struct Whole {
    char *list, *published, *url, *publisher, *harvester;
} Whole;

static void whole_free(Whole *w) {
    sito_free(w->list);
    sito_free(w->published);
    sito_free(w->url);
    sito_free(w->publisher);
    sito_free(w->harvester);
}

#define NEWEST(key)                                                                                \
    "SELECT entry ->> '$.detail." key "' FROM shown WHERE NOT entry ->> '$.pending'"               \
    " ORDER BY entry ->> '$.at' DESC, position DESC"

static int whole_read(SitoPlaceOf *place, Whole *w, char **error) {
    *w = (Whole){0};
    int rc = sito_db_text(place->db, &w->list, error,
                          "SELECT json_group_array(json(entry -> '$.detail')) FROM shown"
                          " WHERE NOT entry ->> '$.pending'",
                          "");
    rc = rc == SITO_OK ? sito_db_text(place->db, &w->url, error, NEWEST("url"), "") : rc;
    rc =
        rc == SITO_OK ? sito_db_text(place->db, &w->publisher, error, NEWEST("publisher"), "") : rc;
    rc =
        rc == SITO_OK ? sito_db_text(place->db, &w->harvester, error, NEWEST("harvester"), "") : rc;
    return rc == SITO_OK
               ? sito_db_text(
                     place->db, &w->published, error,
                     "SELECT json_group_array(json_set(value, '$.harvester', ?2, '$.url', ?3))"
                     "  FROM json_each(?1) WHERE value ->> '$.outcome' = 'published'",
                     "ttt", w->list, w->harvester, w->url)
               : rc;
}

/* One page; an empty one is not to be there. */
static int make_page(SitoPlaceOf *place, const Whole *w, size_t which, SitoBuffer *out,
                     char **error) {
    SitoBuffer xml = {0};
    bool none = strcmp(w->published, "[]") == 0;
    int rc = SITO_OK;
    switch (which) {
    case 0:
        return sito_pages_index(place->db, w->list, w->publisher, out, error);
    case 1:
        return sito_pages_index_json(place->db, w->list, w->url, w->publisher, out, error);
    case 2:
        return none ? SITO_OK
                    : sito_pages_dcat(place->db, w->published, w->url, w->publisher, out, error);
    case 3:
        return none ? SITO_OK
                    : sito_pages_harvester(place->db, w->published, w->harvester, out, error);
    default:
        rc = none ? SITO_OK
                  : sito_pages_harvester(place->db, w->published, w->harvester, &xml, error);
        if (rc == SITO_OK && !none) {
            rc = sito_pages_md5((SitoText){xml.data, xml.size}, out, error);
        }
        sito_buffer_free(&xml);
        return rc;
    }
}

static int compare_page(SitoPlaceOf *place, const char *name, SitoText page, SitoInputs *flaws,
                        char **error) {
    const char none[SITO_SHA256_HEX] = "";
    SitoBuffer present = {0};
    SitoEntry entry;
    int rc = sito_folder_entry(&place->folder, name, &entry, error);
    if (rc == SITO_OK && entry == SITO_ENTRY_FILE) {
        rc = sito_folder_read(&place->folder, name, &present, error);
    }
    bool wanted = page.size > 0;
    bool same = entry == SITO_ENTRY_FILE
                    ? wanted && sito_text_equal(page, (SitoText){present.data, present.size})
                    : entry == SITO_ENTRY_NONE && !wanted;
    sito_buffer_free(&present);
    if (rc != SITO_OK || same) {
        return rc;
    }
    if (flaws != NULL) {
        return sito_inputs_add(flaws, entry == SITO_ENTRY_NONE ? "missing" : "changed", name, none);
    }
    return wanted ? sito_folder_replace(&place->folder, name, page, error)
                  : sito_folder_remove(&place->folder, name, error);
}

int sito_place_index(SitoPlaceOf *place, SitoInputs *flaws, char **error) {
    Whole whole;
    int rc = whole_read(place, &whole, error);
    for (size_t i = 0; sito_index_names[i] != NULL && rc == SITO_OK; i++) {
        SitoBuffer page = {0};
        rc = make_page(place, &whole, i, &page, error);
        if (rc == SITO_OK) {
            rc = compare_page(place, sito_index_names[i], (SitoText){page.data, page.size}, flaws,
                              error);
        }
        sito_buffer_free(&page);
    }
    whole_free(&whole);
    return rc;
}
