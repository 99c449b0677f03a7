/*
** The office's thresholds (policy.h).
*/
#include "policy.h"

#include <string.h>

#include "common/db.h"
#include "common/file.h"

static const char builtin[] = "{\"k\": 5, \"l\": 2, \"t\": 0.3, \"alpha\": 0.8, \"beta\": 4, "
                              "\"maxSuppressed\": 0.05, \"smallCell\": {\"persons\": 5, "
                              "\"entities\": 3}}";

static const SitoKey keys[] = {
    {"$", "k", "i", NULL},
    {"$", "l", "n", NULL},
    {"$", "t", "n", NULL},
    {"$", "alpha", "n", NULL},
    {"$", "beta", "n", NULL},
    {"$", "maxSuppressed", "n", NULL},
    {"$", "smallCell", "o", NULL},
    {"$", "language", "t", "pl en"},
    {"$", "registry", "t", NULL},
    {"$", "registryKey", "t", NULL},
    {"$", "profile", "t", NULL},
    {"$", "rules", "o", NULL},
    {"$", "redaction", "o", NULL},
    {"$.redaction", "allow", "a", NULL},
    {"$.redaction", "patterns", "a", NULL},
    {"$.smallCell", "persons", "i", NULL},
    {"$.smallCell", "entities", "i", NULL},
};
static const char *const closed[] = {"$", "$.smallCell", "$.redaction", NULL};

/* The ranges of all thresholds, for policies and descriptors alike; higher = 1: more is stricter. */
static const char ranges[] =
    "CREATE TEMP TABLE IF NOT EXISTS range(name, higher, least, most);"
    "DELETE FROM range;"
    "INSERT INTO range VALUES ('k', 1, 2, 1000000), ('l', 1, 1, 1000), ('t', 0, 0, 1),"
    " ('alpha', 0, 0, 1), ('beta', 0, 0, 1000000), ('maxSuppressed', 0, 0, 1),"
    " ('smallCell.persons', 1, 2, 1000000), ('smallCell.entities', 1, 2, 1000000)";

/* The value that is out of range, named with what is allowed. */
static int report_ranges(struct sqlite3 *db, const SitoPolicy *policy, SitoProblems *problems,
                         char **error) {
    char *text = NULL;
    int rc = sito_db_run(db, ranges, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &text, error,
                          "SELECT printf('%s: %s..%s', range.name, least, most)"
                          " FROM json_tree(?1) AS p JOIN range ON '$.' || range.name = p.fullkey"
                          " WHERE p.value < least OR p.value > most LIMIT 1",
                          "t", policy->text);
    }
    if (rc == SITO_OK && text != NULL) {
        rc = sito_problem(
            problems, "",
            sito_say(problems->language, "wartość poza zakresem (%s)", "value out of range (%s)"),
            text);
    }
    sito_free(text);
    return rc;
}

static int read_policy(struct sqlite3 *db, SitoPolicy *policy, const char *path,
                       SitoLanguage language, char **error) {
    SitoBuffer content = {0};
    SitoProblems problems = {.language = language, .file = path};
    int rc = sito_file_read(path, language, &content, policy->sha256, error);
    if (rc == SITO_OK) {
        rc = sito_json_check(db, (SitoText){content.data, content.size}, keys, SITO_COUNT(keys),
                             closed, &problems, error);
    }
    policy->text = content.data;
    if (rc == SITO_OK && problems.count == 0) {
        rc = report_ranges(db, policy, &problems, error);
    }
    int raised = sito_problems_raise(&problems, error);
    return rc != SITO_OK ? rc : raised;
}

/* The registry that the policy names, and its digest. */
static int find_registry(struct sqlite3 *db, SitoPolicy *policy, SitoLanguage language,
                         char **error) {
    char *name = NULL;
    int64_t size;
    int rc = sito_db_text(db, &name, error, "SELECT ?1 ->> '$.registry'", "t", policy->text);
    if (rc == SITO_OK && name != NULL) {
        char *folder = sito_path_folder(policy->path);
        policy->registry = name[0] == '/' || folder == NULL ? sito_print("%s", name)
                                                            : sito_path_join(folder, name);
        rc =
            folder == NULL || policy->registry == NULL
                ? SITO_NOMEM
                : sito_file_hash(policy->registry, language, policy->registry_sha256, &size, error);
        sito_free(folder);
    }
    sito_free(name);
    return rc;
}

int sito_policy_load(struct sqlite3 *db, SitoPolicy *policy, const char *path,
                     SitoLanguage language, char **error) {
    *policy = (SitoPolicy){0};
    policy->path = sito_print("%s", path != NULL ? path : "built-in");
    int rc = policy->path == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && path != NULL) {
        rc = read_policy(db, policy, path, language, error);
    } else if (rc == SITO_OK) {
        policy->text = sito_print("%s", builtin);
        rc = policy->text == NULL
                 ? SITO_NOMEM
                 : sito_text_hash((SitoText){builtin, strlen(builtin)}, policy->sha256);
    }
    char *word = NULL;
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &word, error, "SELECT ?1 ->> '$.language'", "t", policy->text);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &policy->profile, error, "SELECT ?1 ->> '$.profile'", "t",
                          policy->text);
    }
    rc = rc == SITO_OK ? sito_db_text(db, &policy->registry_key, error,
                                      "SELECT ?1 ->> '$.registryKey'", "t", policy->text)
                       : rc;
    policy->language_given = word != NULL;
    policy->language = word != NULL && strcmp(word, "en") == 0 ? SITO_EN : SITO_PL;
    sito_free(word);
    return rc == SITO_OK ? find_registry(db, policy, language, error) : rc;
}

void sito_policy_free(SitoPolicy *policy) {
    sito_free(policy->path);
    sito_free(policy->text);
    sito_free(policy->registry);
    sito_free(policy->registry_key);
    sito_free(policy->profile);
    *policy = (SitoPolicy){0};
}

int sito_policy_fill(struct sqlite3 *db, const SitoPolicy *policy, const char *disclosure,
                     char **error) {
    int rc = sito_db_run(db, ranges, error);
    if (rc == SITO_OK) {
        rc = sito_db_do(
            db, error,
            "WITH value AS ("
            "  SELECT name, higher,"
            "         CAST(coalesce(json_extract(?1, '$.' || name), json_extract(?2, '$.' || name))"
            "              AS REAL) AS policy,"
            "         CAST(CASE json_type(?3, '$.' || name)"
            "                WHEN 'object' THEN json_extract(?3, '$.' || name || '.value')"
            "                ELSE json_extract(?3, '$.' || name) END AS REAL) AS declared"
            "    FROM range)"
            "INSERT INTO threshold(name, policy, declared, effective, looser) "
            "SELECT name, policy, declared,"
            "       CASE WHEN declared IS NULL THEN policy"
            "            WHEN higher THEN max(policy, declared) ELSE min(policy, declared) END,"
            "       coalesce(CASE WHEN higher THEN declared < policy ELSE declared > policy END, 0)"
            "  FROM value",
            "ttt", policy->text, builtin, disclosure);
    }
    return rc;
}

int sito_policy_looser(struct sqlite3 *db, const SitoPolicy *policy, char **list, char **error) {
    int rc = sito_db_run(db, ranges, error);
    return rc != SITO_OK
               ? rc
               : sito_db_text(
                     db, list, error,
                     "SELECT group_concat(printf('%s %s (%s)', name, office, own), ', ')"
                     " FROM (SELECT name, higher, json_extract(?1, '$.' || name) AS office,"
                     "              json_extract(?2, '$.' || name) AS own FROM range)"
                     " WHERE CASE WHEN higher THEN office < own ELSE office > own END",
                     "tt", policy->text, builtin);
}
