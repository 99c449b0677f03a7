/*
** Publishing (publish.h).
*/
#include "publish/job.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/db.h"
#include "common/file.h"

static void job_free(SitoPublishJob *job) {
    if (job->stage.folder != NULL) {
        sito_stage_drop(&job->stage);
    }
    sito_inputs_free(&job->files);
    sito_place_close(&job->place);
    sito_free(job->facts);
    sito_free(job->given);
    sito_free(job->details);
    sito_free(job->sizes);
    sito_free(job->role);
}

/* UTC; SOURCE_DATE_EPOCH, where set, stands for the clock. */
static void write_time(char out[32]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL && epoch[0] != 0 ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* ---- facts ---- */

static int read_facts(SitoPublishJob *job, char **error) {
    const SitoPublishRequest *r = job->request;
    sito_free(job->facts);
    sito_free(job->role);
    job->facts = job->role = NULL;
    int rc = sito_publication_facts(r->catalogue, job->name, r->act.actor, "published", &job->facts,
                                    error);
    if (rc == SITO_OK && job->facts == NULL) {
        return sito_publish_refuse(
            job, SITO_ERROR, error,
            "katalog nie zna zbioru %s; najpierw: sito check --catalogue, potem sito mark",
            "the catalogue has no data set %s; first: sito check --catalogue, then sito mark",
            job->name);
    }
    return rc == SITO_OK ? sito_publish_pick(job, job->facts, "$.role", &job->role, error) : rc;
}

/* What is missing, all of it at once; the triggers would name one thing only. */
static int check_missing(SitoPublishJob *job, char **error) {
    const SitoPublishRequest *r = job->request;
    char *state = NULL, *missing = NULL, *same = NULL;
    int rc = sito_publish_pick(job, job->facts, "$.state", &state, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &same, error, "SELECT 1 WHERE ?1 ->> '$.digest' = ?2",
                          "tt", job->facts, r->check->digest);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &missing, error,
                          "SELECT group_concat(value ->> ?2, '; ') FROM json_each(?1, '$.missing')",
                          "tt", job->facts, sito_say(r->language, "$[0]", "$[1]"));
    }
    if (rc == SITO_OK && strcmp(state, "withdrawn") == 0) {
        rc = sito_publish_refuse(
            job, SITO_ERROR, error, "zbiór %s wycofano; jego nazwy nie używa się ponownie",
            "the data set %s was withdrawn; its name is not used again", job->name);
    } else if (rc == SITO_OK && same == NULL) {
        rc = sito_publish_refuse(
            job, SITO_ERROR, error,
            "pliki zbioru %s nie są tymi, które skontrolowano; najpierw: sito check "
            "--catalogue, potem sito mark",
            "the files of the data set %s are not those that were checked; first: sito check "
            "--catalogue, then sito mark",
            job->name);
    } else if (rc == SITO_OK && missing != NULL) {
        rc = sito_publish_refuse(job, SITO_ERROR, error, "do publikacji brakuje: %s",
                                 "publishing lacks: %s", missing);
    } else if (rc == SITO_OK && strcmp(state, "publishable") != 0 &&
               strcmp(state, "published") != 0) {
        rc = sito_publish_refuse(
            job, SITO_ERROR, error,
            "zbiór %s nie jest oznaczony jako spełniający progi; najpierw: sito mark",
            "the data set %s is not marked as publishable; first: sito mark", job->name);
    }
    sito_free(state);
    sito_free(missing);
    sito_free(same);
    return rc;
}

/* ---- what stands there ---- */

/* Nothing of a stranger is replaced; a data set stands in one folder at a time. */
static int check_strangers(SitoPublishJob *job, char **error) {
    SitoEntry entry, index, elsewhere = SITO_ENTRY_NONE;
    char *known = NULL, *other = NULL;
    const char *public = job->place.folder.path;
    int rc = sito_folder_entry(&job->place.folder, job->name, &entry, error);
    rc = rc == SITO_OK ? sito_folder_entry(&job->place.folder, "index.html", &index, error) : rc;
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &known, error,
                          "SELECT 1 FROM shown WHERE entry ->> '$.dataset' = ?1"
                          "   AND NOT entry ->> '$.pending'",
                          "t", job->name);
    }
    if (rc == SITO_OK) {
        rc = sito_publish_pick(job, job->facts, "$.location", &other, error);
    }
    if (rc == SITO_OK && other != NULL && strcmp(other, public) != 0) {
        char *there = sito_path_join(other, job->name);
        elsewhere = there != NULL && sito_file_kind(there) == SITO_FILE_FOLDER ? SITO_ENTRY_FOLDER
                                                                               : SITO_ENTRY_NONE;
        sito_free(there);
    }
    int64_t any = 0;
    rc = rc == SITO_OK
             ? sito_db_integer(job->place.db, &any, error, "SELECT count(*) FROM shown", "")
             : rc;
    if (rc == SITO_OK && entry != SITO_ENTRY_NONE &&
        (known == NULL || entry != SITO_ENTRY_FOLDER)) {
        rc = sito_error(
            error, SITO_MISUSE,
            sito_say(job->request->language,
                     "w folderze %s leży już %s, a katalog tego tam nie opublikował; "
                     "usuń to albo podaj inny folder",
                     "in %s there is a %s already, which this catalogue did not publish; "
                     "remove it or name another folder"),
            public, job->name);
    } else if (rc == SITO_OK && any == 0 && index != SITO_ENTRY_NONE) {
        rc = sito_publish_refuse(
            job, SITO_MISUSE, error,
            "w folderze %s leży index.html, którego ten katalog nie zapisał; podaj folder "
            "pusty albo ten, w którym katalog już publikował",
            "in %s there is an index.html that this catalogue did not write; name an empty "
            "folder, or one in which it has published",
            public);
    } else if (rc == SITO_OK && elsewhere == SITO_ENTRY_FOLDER) {
        rc = sito_publish_refuse(
            job, SITO_MISUSE, error,
            "zbiór jest opublikowany w folderze %s; publikuje się go w jednym miejscu",
            "the data set is published in the folder %s; it stands in one place", other);
    }
    sito_free(known);
    sito_free(other);
    return rc;
}

/* R6: the bundle as it would be made at the time of the publication in force; *same: it is the one that
** is recorded and lies there. */
static int check_same(SitoPublishJob *job, bool *same, char **error) {
    char *time = NULL, *head = NULL, *bundle = NULL, *issued = NULL;
    char present[SITO_SHA256_HEX] = "";
    int rc = sito_db_text(job->place.db, &bundle, error,
                          "SELECT entry ->> '$.bundle' FROM shown WHERE entry ->> '$.dataset' = ?1"
                          "   AND entry ->> '$.outcome' = 'published'"
                          "   AND entry ->> '$.digest' = ?2 AND NOT entry ->> '$.pending'"
                          "   AND ?3 ->> '$.state' = 'published'",
                          "ttt", job->name, job->request->check->digest, job->facts);
    *same = false;
    if (rc != SITO_OK || bundle == NULL) {
        return rc;
    }
    static const char detail[] = "SELECT entry ->> ?2 FROM shown WHERE entry ->> '$.bundle' = ?1";
    rc = sito_db_text(job->place.db, &time, error, detail, "tt", bundle, "$.detail.published_at");
    rc = rc == SITO_OK
             ? sito_db_text(job->place.db, &head, error, detail, "tt", bundle, "$.detail.head")
             : rc;
    rc = rc == SITO_OK ? sito_db_text(job->place.db, &issued, error, detail, "tt", bundle,
                                      "$.detail.issued_at")
                       : rc;
    rc = rc == SITO_OK ? sito_publish_given(job, time, error) : rc;
    if (rc == SITO_OK) {
        char *facts = NULL;
        rc = sito_db_text(job->place.db, &facts, error,
                          "SELECT json_set(?1, '$.head', ?2, '$.issued_at', ?3)", "ttt", job->facts,
                          head, issued);
        if (rc == SITO_OK) {
            sito_free(job->facts);
            job->facts = facts;
        }
    }
    rc = rc == SITO_OK ? sito_publish_make(job, error) : rc;
    if (rc == SITO_OK && strcmp(job->bundle, bundle) == 0) {
        rc = sito_bundle_present(&job->place.folder, job->name, present, error);
        *same = rc == SITO_OK && strcmp(present, bundle) == 0;
    }
    if (!*same && job->stage.folder != NULL) {
        sito_stage_drop(&job->stage);
        sito_inputs_free(&job->files);
        sito_free(job->details);
        sito_free(job->sizes);
        job->details = job->sizes = NULL;
    }
    sito_free(time);
    sito_free(head);
    sito_free(bundle);
    sito_free(issued);
    return rc;
}

/* ---- the act ---- */

static int take_place(void *context, char **error) {
    SitoPublishJob *job = context;
    return sito_stage_place(&job->stage, job->name, error);
}

static int publish_bundle(SitoPublishJob *job, char **error) {
    const SitoPublishRequest *r = job->request;
    SitoPublication publication = {.dataset = job->name,
                                   .digest = r->check->digest,
                                   .outcome = "published",
                                   .location = job->place.folder.path,
                                   .bundle = job->bundle,
                                   .detail = job->details,
                                   .program = SITO_PROGRAM,
                                   .act = r->act,
                                   .files = job->files.items,
                                   .files_count = job->files.count};
    publication.act.role = job->role;
    int rc = sito_publication_intend(r->catalogue, &publication, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_publication_settle(r->catalogue, &publication, take_place, job, error);
    return rc == SITO_OK ? rc : sito_place_mend(&job->place, job->bundle, rc, error);
}

static int newest_head(SitoPublishJob *job, SitoPublished *out, char **error) {
    char *head = NULL;
    int rc = read_facts(job, error);
    rc = rc == SITO_OK ? sito_publish_pick(job, job->facts, "$.head", &head, error) : rc;
    if (rc == SITO_OK && head != NULL && strlen(head) == SITO_SHA256_HEX - 1) {
        memcpy(out->head, head, SITO_SHA256_HEX);
    }
    sito_free(head);
    return rc;
}

static int publish_in_place(SitoPublishJob *job, SitoPublished *out, char **error) {
    char now[32];
    write_time(now);
    int rc = sito_place_settle(&job->place, &out->settled, error);
    rc = rc == SITO_OK ? sito_catalogue_seal(job->request->catalogue, error) : rc;
    rc = rc == SITO_OK ? read_facts(job, error) : rc;
    rc = rc == SITO_OK ? check_missing(job, error) : rc;
    rc = rc == SITO_OK ? check_strangers(job, error) : rc;
    rc = rc == SITO_OK ? check_same(job, &out->unchanged, error) : rc;
    if (rc == SITO_OK && !out->unchanged) {
        rc = read_facts(job, error);
        rc = rc == SITO_OK ? sito_publish_given(job, now, error) : rc;
        rc = rc == SITO_OK ? sito_publish_make(job, error) : rc;
        rc = rc == SITO_OK ? publish_bundle(job, error) : rc;
    }
    sito_stage_drop(&job->stage);
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &out->page, error, "SELECT (?1 ->> '$.url') || ?2 || '/'",
                          "tt", job->given, job->name);
    }
    rc = rc == SITO_OK ? sito_place_refresh(&job->place, error) : rc;
    rc = rc == SITO_OK ? sito_place_index(&job->place, NULL, error) : rc;
    return rc == SITO_OK ? newest_head(job, out, error) : rc;
}

int sito_publish(const SitoPublishRequest *r, SitoPublished *out, char **error) {
    SitoPublishJob job = {
        .request = r, .name = r->check->package.name, .place = {.folder = {.fd = -1}}};
    *out = (SitoPublished){0};
    job.stage.folder = NULL;
    int rc = sito_publish_check_name(&job, error);
    rc = rc == SITO_OK ? sito_place_open(&job.place, r->catalogue, r->language, error) : rc;
    if (rc == SITO_OK && sito_file_kind(r->folder) == SITO_FILE_MISSING) {
        rc = read_facts(&job, error); /* no folder is made for what is refused */
        rc = rc == SITO_OK ? check_missing(&job, error) : rc;
    }
    rc = rc == SITO_OK ? sito_place_enter(&job.place, r->folder, true, error) : rc;
    if (rc == SITO_OK) {
        job.stage = (SitoStage){.folder = &job.place.folder, .fd = -1};
        rc = sito_publish_check_apart(&job, error);
    }
    rc = rc == SITO_OK ? publish_in_place(&job, out, error) : rc;
    job_free(&job);
    return rc;
}
