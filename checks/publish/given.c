/*
** What the caller of a publication gave: names, places, addresses (job.h).
*/
#include "publish/job.h"

#include <stdlib.h>
#include <string.h>

#include "common/db.h"
#include "common/file.h"

/* Names that the bundle needs for itself. */
static const char *const own_names[] = {"datapackage.json", "dcat.jsonld", "dane-gov-pl.xml",
                                        "dane-gov-pl.md5",  "index.html",  "publication.json"};

int sito_publish_refuse(const SitoPublishJob *job, int rc, char **error, const char *pl,
                        const char *en, const char *word) {
    return sito_error(error, rc, sito_say(job->request->language, pl, en), word);
}

/* One text out of a JSON text. */
int sito_publish_pick(const SitoPublishJob *job, const char *json, const char *path, char **text,
                      char **error) {
    return sito_db_text(job->place.db, text, error, "SELECT ?1 ->> ?2", "tt", json, path);
}

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

int sito_publish_check_name(const SitoPublishJob *job, char **error) {
    bool taken = false;
    for (size_t i = 0; sito_index_names[i] != NULL; i++) {
        taken = taken || strcmp(job->name, sito_index_names[i]) == 0;
    }
    return !taken && is_plain(job->name, "")
               ? SITO_OK
               : sito_publish_refuse(
                     job, SITO_MISUSE, error,
                     "nazwa zbioru '%s' nie może być nazwą folderu w publikacji: dozwolone są małe "
                     "litery a–z, cyfry oraz . _ -, na początku litera, cyfra lub _",
                     "the name '%s' of the data set cannot be that of a published folder: allowed "
                     "are the letters a-z, digits and . _ -, first a letter, digit or _",
                     job->name);
}

int sito_publish_check_path(const SitoPublishJob *job, const char *path, char **error) {
    bool taken = false;
    for (size_t i = 0; i < SITO_COUNT(own_names); i++) {
        taken = taken || strcmp(path, own_names[i]) == 0;
    }
    if (taken) {
        return sito_publish_refuse(
            job, SITO_MISUSE, error,
            "plik danych nie może nazywać się %s: tak nazywa się jeden z plików publikacji",
            "a data file cannot be called %s: one of the published files is called so", path);
    }
    return is_plain(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ/")
               ? SITO_OK
               : sito_publish_refuse(
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
int sito_publish_check_apart(const SitoPublishJob *job, char **error) {
    const char *public = job->place.folder.path;
    char *work = realpath(job->request->check->package.folder, NULL);
    char *catalogue = realpath(job->request->catalogue_path, NULL);
    int rc = SITO_OK;
    if (work != NULL && (is_within(work, public) || is_within(public, work))) {
        rc = sito_publish_refuse(
            job, SITO_MISUSE, error,
            "folder publikacji %s i folder zbioru muszą leżeć osobno: jeden nie może być w "
            "drugim",
            "the folder %s and the folder of the data set have to lie apart, neither in the "
            "other",
            public);
    } else if (catalogue != NULL && is_within(catalogue, public)) {
        rc = sito_publish_refuse(
            job, SITO_MISUSE, error,
            "katalog programu sito nie może leżeć w folderze publikacji %s, bo zawiera nazwiska",
            "the catalogue of sito cannot lie in the folder %s, since it holds names", public);
    }
    free(work);
    free(catalogue);
    return rc;
}

/* ---- what the pages are given ---- */

static int check_url(const SitoPublishJob *job, const char *url, char **error) {
    bool fine = url != NULL && strncmp(url, "https://", 8) == 0 && strlen(url) <= 800 &&
                url[8] != 0 && url[8] != '/';
    for (const char *at = url; fine && *at != 0; at++) {
        fine = *at > ' ' && *at < 127 && strchr("\"<>\\^`{|}#?", *at) == NULL;
    }
    return fine ? SITO_OK
                : sito_publish_refuse(
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

static int check_publisher(const SitoPublishJob *job, const char *publisher, char **error) {
    SitoText text = {publisher, publisher == NULL ? 0 : strlen(publisher)};
    bool fine = text.size > 0 && text.size <= 300 && sito_utf8_valid(text) == text.size;
    for (size_t i = 0; fine && i < text.size; i++) {
        fine = (unsigned char)text.data[i] >= ' ' && text.data[i] != 127;
    }
    return fine ? SITO_OK
                : sito_publish_refuse(job, SITO_MISUSE, error,
                                      "podaj nazwę urzędu: --publisher \"Urząd Miasta …\"%s",
                                      "name the office: --publisher \"Urząd Miasta …\"%s", "");
}

/* The value given, else that of the newest entry of this folder; *text is to be released. */
static int or_newest(SitoPublishJob *job, const char *given, const char *path, char **text,
                     char **error) {
    if (given != NULL) {
        *text = sito_print("%s", given);
        return *text == NULL ? SITO_NOMEM : SITO_OK;
    }
    return sito_db_text(job->place.db, text, error,
                        "SELECT entry ->> ?1 FROM shown"
                        " ORDER BY entry ->> '$.at' DESC, position DESC",
                        "t", path);
}

int sito_publish_given(SitoPublishJob *job, const char *time, char **error) {
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
