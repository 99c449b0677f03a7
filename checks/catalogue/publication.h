/*
** Publications and withdrawals in the catalogue: an intent before the files get their names, the state
** after (sql/catalogue/life.sql R6). Whether they may is decided by the triggers.
*/
#ifndef SITO_PUBLICATION_H
#define SITO_PUBLICATION_H

#include "catalogue/catalogue.h"

typedef struct SitoPublication {
    const char *dataset;
    const char *digest;   /* of what was checked */
    const char *outcome;  /* "published" or "withdrawn" */
    const char *location; /* the folder that is published, absolute */
    const char *bundle;   /* SHA-256 over the list of files */
    const char *detail;   /* JSON: what the pages are made from */
    const char *program;
    const char *at; /* NULL: now */
    SitoAct act;
    const SitoInput *files; /* of the bundle */
    size_t files_count;
} SitoPublication;

/* Records the intent with its files, sealed. SITO_ERROR with the reason where the triggers refuse. */
int sito_publication_intend(SitoCatalogue *catalogue, const SitoPublication *publication,
                            char **error) SITO_MUST_CHECK;

/* In one transaction: the state, the seal, then `place`, which gives the files their names, then the
** COMMIT. Where place fails nothing is recorded. Where the COMMIT fails, or the program is stopped before
** it, the intent stays pending. */
typedef int (*SitoPlace)(void *context, char **error);
int sito_publication_settle(SitoCatalogue *catalogue, const SitoPublication *publication,
                            SitoPlace place, void *context, char **error) SITO_MUST_CHECK;

/* Nothing came of the intent. */
int sito_publication_abandon(SitoCatalogue *catalogue, const SitoPublication *publication,
                             char **error) SITO_MUST_CHECK;

/* What stands in folders, as a JSON array: of each data set and folder the newest publication or
** withdrawal, and what is pending. {dataset, outcome, digest, bundle, location, at, pending, actor, role,
** reason, case_mark, document, program, detail, files: [{path, sha256}]}. `location` NULL: all. */
int sito_publication_list(SitoCatalogue *catalogue, const char *location, char **json,
                          char **error) SITO_MUST_CHECK;

/* What publishing a data set has to know, as a JSON object; NULL where it is not registered: {name, state,
** digest, version, published_digest, location, issued_at, head, report (of the newest verdict of the
** present bytes), missing: [[pl, en] …] (for published), inputs: [{kind, path, sha256}]}; `role`: as which `actor`
** may publish or withdraw today. */
int sito_publication_facts(SitoCatalogue *catalogue, const char *dataset, const char *actor,
                           const char *act, char **json, char **error) SITO_MUST_CHECK;

#endif
