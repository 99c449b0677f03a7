/*
** Publishing (publish.h).
*/
#include "publish/publish.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "publish/bundle.h"
#include "publish/pages.h"

/* Names that the bundle needs for itself. */
static const char *const own_names[] = {"datapackage.json", "dcat.jsonld", "dane-gov-pl.xml",
                                        "dane-gov-pl.md5",  "index.html",  "publication.json"};

typedef struct Job {
    const SitoPublishRequest *request;
    SitoPlaceOf place;
    const char *name;
    char *facts;   /* sito_publication_facts */
    char *given;   /* address, office, version, sentence, time */
    char *details; /* sql/publish/details.sql */
    char *sizes;   /* [{path, sha256, bytes}] of the data files */
    char *role;
    SitoInputs files; /* the bundle */
    SitoStage stage;
    char bundle[SITO_SHA256_HEX];
} Job;

static void job_free(Job *job) {
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

static int refuse(const Job *job, int rc, char **error, const char *pl, const char *en,
                  const char *word) {
    return sito_error(error, rc, sito_say(job->request->language, pl, en), word);
}

/* UTC; SOURCE_DATE_EPOCH, where set, stands for the clock. */
static void write_time(char out[32]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL && epoch[0] != 0 ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* One text out of a JSON text. */
static int pick(const Job *job, const char *json, const char *path, char **text, char **error) {
    return sito_db_text(job->place.db, text, error, "SELECT ?1 ->> ?2", "tt", json, path);
}

/* ---- names ---- */

/* Letters a-z, digits, . _ - and what `more` adds; no part begins with a point or a hyphen. */
static bool is_plain(const char *name, const char *more) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    bool first = true;
    for (const char *at = name; *at != 0; at++) {
        if ((strchr(plain, *at) == NULL && strchr(more, *at) == NULL) ||
            (first && strchr(".-/", *at) != NULL)) {
            return false;
        }
        first = *at == '/';
    }
    return name[0] != 0 && !first && strlen(name) <= 200;
}

static int check_name(const Job *job, char **error) {
    bool taken = false;
    for (size_t i = 0; sito_index_names[i] != NULL; i++) {
        taken = taken || strcmp(job->name, sito_index_names[i]) == 0;
    }
    return !taken && is_plain(job->name, "")
               ? SITO_OK
               : refuse(
                     job, SITO_MISUSE, error,
                     "nazwa zbioru '%s' nie może być nazwą folderu w publikacji: dozwolone są małe "
                     "litery a–z, cyfry oraz . _ -, na początku litera, cyfra lub _",
                     "the name '%s' of the data set cannot be that of a published folder: allowed "
                     "are the letters a-z, digits and . _ -, first a letter, digit or _",
                     job->name);
}

static int check_path(const Job *job, const char *path, char **error) {
    bool taken = false;
    for (size_t i = 0; i < SITO_COUNT(own_names); i++) {
        taken = taken || strcmp(path, own_names[i]) == 0;
    }
    if (taken) {
        return refuse(
            job, SITO_MISUSE, error,
            "plik danych nie może nazywać się %s: tak nazywa się jeden z plików publikacji",
            "a data file cannot be called %s: one of the published files is called so", path);
    }
    return is_plain(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ/")
               ? SITO_OK
               : refuse(
                     job, SITO_MISUSE, error,
                     "ścieżka '%s' nie może być adresem w publikacji: dozwolone są litery a–z i A–Z, "
                     "cyfry oraz . _ - /; zmień nazwę pliku i path w opisie zbioru",
                     "the path '%s' cannot be an address: allowed are the letters a-z and A-Z, digits "
                     "and . _ - /; rename the file and its path in the descriptor",
                     path);
}

/* True where `inner` is `outer` or lies in it. Both are absolute. */
static bool is_within(const char *inner, const char *outer) {
    size_t size = strlen(outer);
    return strncmp(inner, outer, size) == 0 &&
           (inner[size] == 0 || inner[size] == '/' || strcmp(outer, "/") == 0);
}

/* What is published is seen by everybody: neither the working folder nor the catalogue lies in it. */
static int check_apart(const Job *job, char **error) {
    const char *public = job->place.folder.path;
    char *work = realpath(job->request->check->package.folder, NULL);
    char *catalogue = realpath(job->request->catalogue_path, NULL);
    int rc = SITO_OK;
    if (work != NULL && (is_within(work, public) || is_within(public, work))) {
        rc =
            refuse(job, SITO_MISUSE, error,
                   "folder publikacji %s i folder zbioru muszą leżeć osobno: jeden nie może być w "
                   "drugim",
                   "the folder %s and the folder of the data set have to lie apart, neither in the "
                   "other",
                   public);
    } else if (catalogue != NULL && is_within(catalogue, public)) {
        rc = refuse(
            job, SITO_MISUSE, error,
            "katalog programu sito nie może leżeć w folderze publikacji %s, bo zawiera nazwiska",
            "the catalogue of sito cannot lie in the folder %s, since it holds names", public);
    }
    free(work);
    free(catalogue);
    return rc;
}

/* ---- what the pages are given ---- */

static int check_url(const Job *job, const char *url, char **error) {
    bool fine = url != NULL && strncmp(url, "https://", 8) == 0 && strlen(url) <= 800 &&
                url[8] != 0 && url[8] != '/';
    for (const char *at = url; fine && *at != 0; at++) {
        fine = *at > ' ' && *at < 127 && strchr("\"<>\\^`{|}#?", *at) == NULL;
    }
    return fine ? SITO_OK
                : refuse(
                      job, SITO_MISUSE, error,
                      url == NULL
                          ? "podaj adres, pod którym folder będzie widoczny: --url https://…%s"
                          : "adres '%s' nie nadaje się: ma zaczynać się od https:// i być adresem "
                            "folderu",
                      url == NULL ? "name the address of the folder: --url https://…%s"
                                  : "the address '%s' will not do: it begins with https:// and is "
                                    "that of the folder",
                      url == NULL ? "" : url);
}

static int check_publisher(const Job *job, const char *publisher, char **error) {
    SitoText text = {publisher, publisher == NULL ? 0 : strlen(publisher)};
    bool fine = text.size > 0 && text.size <= 300 && sito_utf8_valid(text) == text.size;
    for (size_t i = 0; fine && i < text.size; i++) {
        fine = (unsigned char)text.data[i] >= ' ' && text.data[i] != 127;
    }
    return fine ? SITO_OK
                : refuse(job, SITO_MISUSE, error,
                         "podaj nazwę urzędu: --publisher \"Urząd Miasta …\"%s",
                         "name the office: --publisher \"Urząd Miasta …\"%s", "");
}

/* The value given, else that of the newest entry of this folder; *text is to be released. */
static int or_newest(Job *job, const char *given, const char *path, char **text, char **error) {
    if (given != NULL) {
        *text = sito_print("%s", given);
        return *text == NULL ? SITO_NOMEM : SITO_OK;
    }
    return sito_db_text(job->place.db, text, error,
                        "SELECT entry ->> ?1 FROM shown"
                        " ORDER BY entry ->> '$.at' DESC, position DESC",
                        "t", path);
}

static int make_given(Job *job, const char *time, char **error) {
    const SitoPublishRequest *r = job->request;
    char *url = NULL, *publisher = NULL, *harvester = NULL;
    int rc = or_newest(job, r->url, "$.detail.url", &url, error);
    rc = rc == SITO_OK ? check_url(job, url, error) : rc;
    if (rc == SITO_OK) {
        rc = or_newest(job, r->publisher, "$.detail.publisher", &publisher, error);
    }
    rc = rc == SITO_OK ? check_publisher(job, publisher, error) : rc;
    if (rc == SITO_OK) {
        rc = or_newest(job, r->harvester, "$.detail.harvester", &harvester, error);
    }
    if (rc == SITO_OK) {
        sito_free(job->given);
        rc =
            sito_db_text(job->place.db, &job->given, error,
                         "SELECT json_object('url', rtrim(?1, '/') || '/', 'publisher', ?2,"
                         " 'harvester', coalesce(?3, '1.13'), 'statement', ?4, 'published_at', ?5)",
                         "ttttt", url, publisher, harvester, r->statement, time);
    }
    sito_free(url);
    sito_free(publisher);
    sito_free(harvester);
    return rc;
}

/* ---- facts ---- */

static int read_facts(Job *job, char **error) {
    const SitoPublishRequest *r = job->request;
    sito_free(job->facts);
    sito_free(job->role);
    job->facts = job->role = NULL;
    int rc = sito_publication_facts(r->catalogue, job->name, r->act.actor, "published", &job->facts,
                                    error);
    if (rc == SITO_OK && job->facts == NULL) {
        return refuse(
            job, SITO_ERROR, error,
            "katalog nie zna zbioru %s; najpierw: sito check --catalogue, potem sito mark",
            "the catalogue has no data set %s; first: sito check --catalogue, then sito mark",
            job->name);
    }
    return rc == SITO_OK ? pick(job, job->facts, "$.role", &job->role, error) : rc;
}

/* What is missing, all of it at once; the triggers would name one thing only. */
static int check_missing(Job *job, char **error) {
    const SitoPublishRequest *r = job->request;
    char *state = NULL, *missing = NULL, *same = NULL;
    int rc = pick(job, job->facts, "$.state", &state, error);
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
        rc = refuse(job, SITO_ERROR, error, "zbiór %s wycofano; jego nazwy nie używa się ponownie",
                    "the data set %s was withdrawn; its name is not used again", job->name);
    } else if (rc == SITO_OK && same == NULL) {
        rc = refuse(
            job, SITO_ERROR, error,
            "pliki zbioru %s nie są tymi, które skontrolowano; najpierw: sito check "
            "--catalogue, potem sito mark",
            "the files of the data set %s are not those that were checked; first: sito check "
            "--catalogue, then sito mark",
            job->name);
    } else if (rc == SITO_OK && missing != NULL) {
        rc = refuse(job, SITO_ERROR, error, "do publikacji brakuje: %s", "publishing lacks: %s",
                    missing);
    } else if (rc == SITO_OK && strcmp(state, "publishable") != 0 &&
               strcmp(state, "published") != 0) {
        rc = refuse(job, SITO_ERROR, error,
                    "zbiór %s nie jest oznaczony jako spełniający progi; najpierw: sito mark",
                    "the data set %s is not marked as publishable; first: sito mark", job->name);
    }
    sito_free(state);
    sito_free(missing);
    sito_free(same);
    return rc;
}

/* ---- the bundle ---- */

/* Only files of the list behind the checked digest, and only with the bytes of that list. */
static int copy_file(Job *job, const char *path, char **error) {
    const SitoPublishRequest *r = job->request;
    char sha256[SITO_SHA256_HEX], *checked = NULL, *full = NULL, *sizes = NULL;
    int64_t size = 0;
    int source = -1;
    int rc = check_path(job, path, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &checked, error,
                          "SELECT value ->> '$.sha256' FROM json_each(?1, '$.inputs')"
                          " WHERE value ->> '$.kind' = 'data' AND value ->> '$.path' = ?2",
                          "tt", job->facts, path);
    }
    if (rc == SITO_OK) {
        full = sito_path_join(r->check->package.folder, path);
        rc = full == NULL ? SITO_NOMEM : sito_file_open(full, r->language, &source, &size, error);
    }
    if (rc == SITO_OK) {
        rc = sito_stage_copy(&job->stage, path, source, sha256, error);
    }
    if (rc == SITO_OK && (checked == NULL || strcmp(checked, sha256) != 0)) {
        rc = refuse(job, SITO_ERROR, error,
                    "plik %s nie ma bajtów, które skontrolowano; niczego nie opublikowano",
                    "the file %s does not have the bytes that were checked; nothing was published",
                    path);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(&job->files, "published", path, sha256);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(job->place.db, &sizes, error,
                          "SELECT json_insert(?1, '$[#]', json_object('path', ?2, 'sha256', ?3,"
                          " 'bytes', CAST(?4 AS INTEGER)))",
                          "ttti", job->sizes, path, sha256, size);
    }
    if (rc == SITO_OK) {
        sito_free(job->sizes);
        job->sizes = sizes;
    }
    if (source >= 0) {
        close(source);
    }
    sito_free(checked);
    sito_free(full);
    return rc;
}

static int copy_data(Job *job, char **error) {
    const SitoPackage *package = &job->request->check->package;
    int rc = SITO_OK;
    job->sizes = sito_print("[]");
    for (int64_t i = 0; i < package->resources && rc == SITO_OK; i++) {
        char *path = NULL;
        int64_t known = 0;
        rc = sito_package_text(job->place.db, package, &path, error, "$.resources[%lld].path", i);
        if (rc == SITO_OK) { /* two resources may share a file */
            rc = sito_db_integer(job->place.db, &known, error,
                                 "SELECT count(*) FROM json_each(?1) WHERE value ->> '$.path' = ?2",
                                 "tt", job->sizes, path);
        }
        if (rc == SITO_OK && known == 0) {
            rc = copy_file(job, path, error);
        }
        sito_free(path);
    }
    return rc;
}

static int add_page(Job *job, const char *name, SitoBuffer *page, int rc, char **error) {
    char sha256[SITO_SHA256_HEX];
    if (rc == SITO_OK) {
        rc = sito_stage_write(&job->stage, name, (SitoText){page->data, page->size}, sha256, error);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(&job->files, "published", name, sha256);
    }
    sito_buffer_free(page);
    return rc;
}

static int add_json(Job *job, const char *name, const char *sql, char **error) {
    SitoBuffer page = {0};
    char *json = NULL;
    int rc = sito_db_text(job->place.db, &json, error, sql, "t", job->details);
    if (rc == SITO_OK) {
        rc = sito_pages_pretty((SitoText){json, strlen(json)}, &page);
    }
    sito_free(json);
    return add_page(job, name, &page, rc, error);
}

static int add_pages(Job *job, char **error) {
    sqlite3 *db = job->place.db;
    SitoBuffer page = {0}, xml = {0};
    char *list = sito_print("[%s]", job->details), *version = NULL, *url = NULL, *publisher = NULL;
    int rc = list == NULL ? SITO_NOMEM : pick(job, job->details, "$.harvester", &version, error);
    rc = rc == SITO_OK ? pick(job, job->details, "$.url", &url, error) : rc;
    rc = rc == SITO_OK ? pick(job, job->details, "$.publisher", &publisher, error) : rc;
    rc = rc == SITO_OK ? sito_pages_note(db, job->details, &page, error) : rc;
    rc = add_page(job, "index.html", &page, rc, error);
    rc = rc == SITO_OK ? sito_pages_dcat(db, list, url, publisher, &page, error) : rc;
    rc = add_page(job, "dcat.jsonld", &page, rc, error);
    rc = rc == SITO_OK ? sito_pages_harvester(db, list, version, &xml, error) : rc;
    rc = rc == SITO_OK ? sito_pages_md5((SitoText){xml.data, xml.size}, &page, error) : rc;
    rc = add_page(job, "dane-gov-pl.md5", &page, rc, error);
    rc = add_page(job, "dane-gov-pl.xml", &xml, rc, error);
    rc = rc == SITO_OK ? add_json(job, "datapackage.json", "SELECT ?1 -> '$.descriptor'", error)
                       : rc;
    rc = rc == SITO_OK ? add_json(job, "publication.json",
                                  "SELECT json_remove(?1, '$.descriptor', '$.outcome')", error)
                       : rc;
    sito_free(list);
    sito_free(version);
    sito_free(url);
    sito_free(publisher);
    return rc;
}

static int make_details(Job *job, char **error) {
    return sito_db_text(job->place.db, &job->details, error,
                        sito_embedded_find(sito_embedded_publish, "details.sql")->data, "tttt",
                        job->request->check->package.text, job->facts, job->given, job->sizes);
}

static int make_bundle(Job *job, char **error) {
    int rc = sito_stage_begin(&job->stage, &job->place.folder, error);
    rc = rc == SITO_OK ? copy_data(job, error) : rc;
    rc = rc == SITO_OK ? make_details(job, error) : rc;
    rc = rc == SITO_OK ? add_pages(job, error) : rc;
    rc = rc == SITO_OK ? sito_stage_close(&job->stage, error) : rc;
    return rc == SITO_OK ? sito_bundle_digest(&job->files, job->bundle) : rc;
}

/* ---- what stands there ---- */

/* Nothing of a stranger is replaced; a data set stands in one folder at a time. */
static int check_strangers(Job *job, char **error) {
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
        rc = pick(job, job->facts, "$.location", &other, error);
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
        rc = refuse(job, SITO_MISUSE, error,
                    "w folderze %s leży index.html, którego ten katalog nie zapisał; podaj folder "
                    "pusty albo ten, w którym katalog już publikował",
                    "in %s there is an index.html that this catalogue did not write; name an empty "
                    "folder, or one in which it has published",
                    public);
    } else if (rc == SITO_OK && elsewhere == SITO_ENTRY_FOLDER) {
        rc = refuse(job, SITO_MISUSE, error,
                    "zbiór jest opublikowany w folderze %s; publikuje się go w jednym miejscu",
                    "the data set is published in the folder %s; it stands in one place", other);
    }
    sito_free(known);
    sito_free(other);
    return rc;
}

/* R6: the bundle as it would be made at the time of the publication in force; *same: it is the one that
** is recorded and lies there. */
static int check_same(Job *job, bool *same, char **error) {
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
    rc = rc == SITO_OK ? make_given(job, time, error) : rc;
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
    rc = rc == SITO_OK ? make_bundle(job, error) : rc;
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
    Job *job = context;
    return sito_stage_place(&job->stage, job->name, error);
}

static int publish_bundle(Job *job, char **error) {
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

static int newest_head(Job *job, SitoPublished *out, char **error) {
    char *head = NULL;
    int rc = read_facts(job, error);
    rc = rc == SITO_OK ? pick(job, job->facts, "$.head", &head, error) : rc;
    if (rc == SITO_OK && head != NULL && strlen(head) == SITO_SHA256_HEX - 1) {
        memcpy(out->head, head, SITO_SHA256_HEX);
    }
    sito_free(head);
    return rc;
}

static int publish_in_place(Job *job, SitoPublished *out, char **error) {
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
        rc = rc == SITO_OK ? make_given(job, now, error) : rc;
        rc = rc == SITO_OK ? make_bundle(job, error) : rc;
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
    Job job = {.request = r, .name = r->check->package.name, .place = {.folder = {.fd = -1}}};
    *out = (SitoPublished){0};
    job.stage.folder = NULL;
    int rc = check_name(&job, error);
    rc = rc == SITO_OK ? sito_place_open(&job.place, r->catalogue, r->language, error) : rc;
    if (rc == SITO_OK && sito_file_kind(r->folder) == SITO_FILE_MISSING) {
        rc = read_facts(&job, error); /* no folder is made for what is refused */
        rc = rc == SITO_OK ? check_missing(&job, error) : rc;
    }
    rc = rc == SITO_OK ? sito_place_enter(&job.place, r->folder, true, error) : rc;
    if (rc == SITO_OK) {
        job.stage = (SitoStage){.folder = &job.place.folder, .fd = -1};
        rc = check_apart(&job, error);
    }
    rc = rc == SITO_OK ? publish_in_place(&job, out, error) : rc;
    job_free(&job);
    return rc;
}
