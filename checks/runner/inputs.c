/*
** The files that a verdict is bound to (inputs.h).
*/
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "common/db.h"
#include "common/file.h"
#include "runner/waiver.h"

enum { INPUTS_LIMIT = 100000 };

int sito_inputs_add(SitoInputs *inputs, const char *kind, const char *path, const char *sha256) {
    void *items = inputs->items;
    int rc = sito_grow(&items, &inputs->capacity, inputs->count + 1, sizeof *inputs->items,
                       INPUTS_LIMIT);
    inputs->items = items;
    char *copy = rc == SITO_OK ? sito_print("%s", path) : NULL;
    if (copy == NULL) {
        return rc != SITO_OK ? rc : SITO_NOMEM;
    }
    SitoInput *input = &inputs->items[inputs->count++];
    *input = (SitoInput){.kind = kind, .path = copy};
    memcpy(input->sha256, sha256, SITO_SHA256_HEX);
    return SITO_OK;
}

void sito_inputs_free(SitoInputs *inputs) {
    for (size_t i = 0; i < inputs->count; i++) {
        sito_free((char *)inputs->items[i].path);
    }
    sito_free(inputs->items);
    *inputs = (SitoInputs){0};
}

int sito_inputs_add_rest(SitoInputs *inputs, const SitoPackage *package, const SitoPolicy *policy,
                         const SitoProfile *profile, const SitoRules *rules) {
    int rc = SITO_OK;
    if (package->descriptor != NULL) {
        const char *slash = strrchr(package->descriptor, '/');
        rc = sito_inputs_add(inputs, "descriptor", slash == NULL ? package->descriptor : slash + 1,
                             package->sha256);
    }
    if (rc == SITO_OK && package->waivers != NULL) {
        rc = sito_inputs_add(inputs, "waivers", SITO_WAIVERS, package->waivers_sha256);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add(inputs, "policy", "policy.json", policy->sha256);
    }
    if (rc == SITO_OK && policy->registry != NULL) {
        rc = sito_inputs_add(inputs, "registry", "registry", policy->registry_sha256);
    }
    if (rc == SITO_OK && strcmp(profile->name, "default") != 0) {
        rc = sito_inputs_add(inputs, "profile", profile->name, profile->sha256);
    }
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        const SitoRule *rule = &rules->items[i];
        char *path = sito_print("%s/%s", rule->family, rule->id);
        rc = path == NULL ? SITO_NOMEM : sito_inputs_add(inputs, "rule", path, rule->sha256);
        sito_free(path);
    }
    return rc;
}

static int add_file(SitoInputs *inputs, const char *kind, const SitoPackage *package,
                    const char *path, SitoLanguage language, char **error) {
    char sha256[SITO_SHA256_HEX];
    int64_t size;
    char *full = sito_path_join(package->folder, path);
    int rc = full == NULL ? SITO_NOMEM : sito_file_hash(full, language, sha256, &size, error);
    if (rc == SITO_OK) {
        rc = sito_inputs_add(inputs, kind, path, sha256);
    }
    sito_free(full);
    return rc;
}

/* The files that a list in the descriptor of one resource names: ?1 the resource, ?2 a number from 0. */
static const struct FileList {
    const char *kind, *sql;
} lists[] = {
    {"published",
     "SELECT value ->> '$.path' FROM json_each(?1, '$.disclosure.published') WHERE key = ?2"},
    {"companion", "SELECT ?1 ->> '$.disclosure.table.companion'"
                  " WHERE ?1 ->> '$.disclosure.kind' = 'table' AND ?2 = 0"},
    {"hierarchy",
     "SELECT p FROM (SELECT d.value ->> '$.hierarchy' AS p, row_number() OVER (ORDER BY d.key)"
     " - 1 AS n FROM json_each(?1, '$.disclosure.table.dimensions') AS d"
     "  WHERE p IS NOT NULL AND ?1 ->> '$.disclosure.kind' = 'table') WHERE n = ?2"},
};

static int add_list(SitoInputs *inputs, struct sqlite3 *db, const SitoPackage *package,
                    const struct FileList *list, const char *resource, SitoLanguage language,
                    char **error) {
    int rc = SITO_OK;
    bool more = true;
    for (int64_t i = 0; more && rc == SITO_OK; i++) {
        char *path = NULL;
        rc = sito_db_text(db, &path, error, list->sql, "ti", resource, i);
        more = path != NULL;
        rc = rc == SITO_OK && more ? add_file(inputs, list->kind, package, path, language, error)
                                   : rc;
        sito_free(path);
    }
    return rc;
}

static int add_lists(SitoInputs *inputs, struct sqlite3 *db, const SitoPackage *package,
                     int64_t number, SitoLanguage language, char **error) {
    char *resource = NULL;
    int rc = sito_package_text(db, package, &resource, error, "$.resources[%lld]", number);
    for (size_t i = 0; i < SITO_COUNT(lists) && rc == SITO_OK; i++) {
        rc = add_list(inputs, db, package, &lists[i], resource, language, error);
    }
    sito_free(resource);
    return rc;
}

int sito_inputs_add_files(SitoInputs *inputs, struct sqlite3 *db, const SitoPackage *package,
                          SitoLanguage language, char **error) {
    static const struct {
        const char *kind, *path;
    } files[] = {{"data", "$.resources[%lld].path"},
                 {"companion", "$.resources[%lld].disclosure.unit.companion"},
                 {"population", "$.resources[%lld].disclosure.population.path"},
                 {"codelist", "$.resources[%lld].coverage.spatial.codelist"}};
    int rc = SITO_OK;
    for (int64_t r = 0; r < package->resources && rc == SITO_OK; r++) {
        for (size_t i = 0; i < SITO_COUNT(files) && rc == SITO_OK; i++) {
            char *path = NULL;
            rc = sito_package_text(db, package, &path, error, files[i].path, r);
            if (rc == SITO_OK && path != NULL) {
                path[strcspn(path, "#")] = 0; /* a code list may name its column: file.csv#code */
                rc = add_file(inputs, files[i].kind, package, path, language, error);
            }
            sito_free(path);
        }
        rc = rc == SITO_OK ? add_lists(inputs, db, package, r, language, error) : rc;
    }
    return rc;
}

static int compare(const void *a, const void *b) {
    const SitoInput *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    return order != 0 ? order : strcmp(x->path, y->path);
}

int sito_inputs_digest(SitoInputs *inputs, char digest[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, SITO_PROGRAM "\n", strlen(SITO_PROGRAM "\n"));
    }
    qsort(inputs->items, inputs->count, sizeof *inputs->items, compare);
    for (size_t i = 0; i < inputs->count && rc == SITO_OK; i++) {
        const SitoInput *input = &inputs->items[i];
        char *line = sito_print("%s\t%s\t%s\n", input->kind, input->path, input->sha256);
        rc = line == NULL ? SITO_NOMEM : sito_sha256_add(hash, line, strlen(line));
        sito_free(line);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, digest);
    }
    sito_sha256_free(hash);
    return rc;
}
