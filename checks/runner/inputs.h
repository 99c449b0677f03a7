/*
** Every file that a check read, with its SHA-256: what a verdict is bound to.
**
**   digest = SHA-256 over "program\n" and, sorted bytewise, a line "kind\tpath\tsha256\n" each
*/
#ifndef SITO_INPUTS_H
#define SITO_INPUTS_H

#include "catalogue/catalogue.h"
#include "runner/package.h"
#include "runner/policy.h"
#include "runner/rule.h"
#include "runner/settings.h"

#define SITO_PROGRAM "sito " SITO_VERSION

typedef struct SitoInputs {
    SitoInput *items;
    size_t count, capacity;
} SitoInputs;

int sito_inputs_add(SitoInputs *inputs, const char *kind, const char *path,
                    const char *sha256) SITO_MUST_CHECK;
void sito_inputs_free(SitoInputs *inputs);

/* Adds what does not depend on the data: descriptor, policy, profile (but the default one), rules. */
int sito_inputs_add_rest(SitoInputs *inputs, const SitoPackage *package, const SitoPolicy *policy,
                         const SitoProfile *profile, const SitoRules *rules) SITO_MUST_CHECK;

/* Adds the data files and companions of a package by hashing them as they lie on disk now. */
int sito_inputs_add_files(SitoInputs *inputs, struct sqlite3 *db, const SitoPackage *package,
                          SitoLanguage language, char **error) SITO_MUST_CHECK;

/* Sorts the list and gives the digest. */
int sito_inputs_digest(SitoInputs *inputs, char digest[SITO_SHA256_HEX]) SITO_MUST_CHECK;

#endif
