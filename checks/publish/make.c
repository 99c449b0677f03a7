/*
** The bundle of a publication: the checked files and their descriptions, staged (job.h).
*/
#include "publish/job.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "publish/pages.h"

/* Only files of the list behind the checked digest, and only with the bytes of that list. */
static int copy_file(SitoPublishJob *job, const char *path, char **error) {
    const SitoPublishRequest *r = job->request;
    char sha256[SITO_SHA256_HEX], *checked = NULL, *full = NULL, *sizes = NULL;
    int64_t size = 0;
    int source = -1;
    int rc = sito_publish_check_path(job, path, error);
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
        rc = sito_publish_refuse(
            job, SITO_ERROR, error,
            "plik %s nie ma bajtów, które skontrolowano; niczego nie opublikowano",
            "the file %s does not have the bytes that were checked; nothing was published", path);
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

static int copy_data(SitoPublishJob *job, char **error) {
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

static int add_page(SitoPublishJob *job, const char *name, SitoBuffer *page, int rc, char **error) {
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

static int add_json(SitoPublishJob *job, const char *name, const char *sql, char **error) {
    SitoBuffer page = {0};
    char *json = NULL;
    int rc = sito_db_text(job->place.db, &json, error, sql, "t", job->details);
    if (rc == SITO_OK) {
        rc = sito_pages_pretty((SitoText){json, strlen(json)}, &page);
    }
    sito_free(json);
    return add_page(job, name, &page, rc, error);
}

static int add_pages(SitoPublishJob *job, char **error) {
    sqlite3 *db = job->place.db;
    SitoBuffer page = {0}, xml = {0};
    char *list = sito_print("[%s]", job->details), *version = NULL, *url = NULL, *publisher = NULL;
    int rc = list == NULL ? SITO_NOMEM
                          : sito_publish_pick(job, job->details, "$.harvester", &version, error);
    rc = rc == SITO_OK ? sito_publish_pick(job, job->details, "$.url", &url, error) : rc;
    rc =
        rc == SITO_OK ? sito_publish_pick(job, job->details, "$.publisher", &publisher, error) : rc;
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

static int make_details(SitoPublishJob *job, char **error) {
    return sito_db_text(job->place.db, &job->details, error,
                        sito_embedded_find(sito_embedded_publish, "details.sql")->data, "tttt",
                        job->request->check->package.text, job->facts, job->given, job->sizes);
}

int sito_publish_make(SitoPublishJob *job, char **error) {
    int rc = sito_stage_begin(&job->stage, &job->place.folder, error);
    rc = rc == SITO_OK ? copy_data(job, error) : rc;
    rc = rc == SITO_OK ? make_details(job, error) : rc;
    rc = rc == SITO_OK ? add_pages(job, error) : rc;
    rc = rc == SITO_OK ? sito_stage_close(&job->stage, error) : rc;
    return rc == SITO_OK ? sito_bundle_digest(&job->files, job->bundle) : rc;
}
