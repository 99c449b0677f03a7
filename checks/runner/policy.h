/*
** The office's thresholds: policy.json, or the strict built-in ones.
**
**   {"k": 5, "l": 2, "t": 0.3, "alpha": 0.8, "beta": 4, "maxSuppressed": 0.05,
**    "smallCell": {"persons": 5, "entities": 3}, "language": "pl", "registry": "opublikowane.csv",
**    "registryKey": "rejestr", "profile": "strict", "rules": {"RULE": {"severity": "error", "PARAMETER": 0.01}}}
**
** R1  What a policy leaves out has its built-in value. Its bytes are part of every verdict.
** R2  A descriptor may only be stricter: the effective value is the stricter of both.
** R3  registry: what was published so far, as keyed hashes (published.h); its path starts from the folder
**     of the policy. registryKey: the name of its key, which `sito key` keeps.
** R4  `rules` sets parameters and severities of rules (settings.h), `profile` the profile of checks that
**     do not name one.
** R5  `redaction` has the office's own rules for documents, `allow` and `patterns` of anon_redact: consents in
**     writing (annex 1 §3.2), names that stay, data of the office's own form (§4.2). sito redact alone reads it.
*/
#ifndef SITO_POLICY_H
#define SITO_POLICY_H

#include "base/sito.h"
#include "common/json.h"

typedef struct SitoPolicy {
    char *path; /* "built-in" without a file */
    char *text; /* JSON */
    char sha256[SITO_SHA256_HEX];
    char *profile; /* the one it names, or NULL */
    bool language_given;
    SitoLanguage language;
    char *registry; /* the path of the registry; NULL: none */
    char *registry_key;
    char registry_sha256[SITO_SHA256_HEX];
} SitoPolicy;

/* Reads `path`; NULL gives the built-in policy. Release with sito_policy_free, also after errors. */
int sito_policy_load(struct sqlite3 *db, SitoPolicy *policy, const char *path,
                     SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_policy_free(SitoPolicy *policy);

/* Fills the table `threshold` of the facts from the policy and the object `disclosure` of a resource
** (JSON, may be NULL). */
int sito_policy_fill(struct sqlite3 *db, const SitoPolicy *policy, const char *disclosure,
                     char **error) SITO_MUST_CHECK;

/* "k 3 (5), …": the thresholds by which the policy asks for less than the built-in one, which it may;
** NULL where there is none. */
int sito_policy_looser(struct sqlite3 *db, const SitoPolicy *policy, char **list,
                       char **error) SITO_MUST_CHECK;

#endif
