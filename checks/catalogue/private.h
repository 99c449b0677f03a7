/*
** What the files of the catalogue share: the open file, its sentences, its transactions.
*/
#ifndef SITO_CATALOGUE_PRIVATE_H
#define SITO_CATALOGUE_PRIVATE_H

#include "catalogue/catalogue.h"
#include "common/db.h"

struct SitoCatalogue {
    struct sqlite3 *db;
    struct sqlite3_stmt
        *facts; /* publication.c: the dearest statement to prepare, asked several times */
    char *path;
    SitoLanguage language;
};

/* Turns what a function of db.h returned into one sentence in the reader's language and the code for
** the caller; releases `raw`, the message that came with it. A refusal by a trigger is SITO_ERROR,
** everything else that is not memory or an interrupt SITO_CANTOPEN. */
int sito_catalogue_explain(const SitoCatalogue *catalogue, int rc, char *raw,
                           char **error) SITO_MUST_CHECK;

int sito_catalogue_begin(SitoCatalogue *catalogue, char **error) SITO_MUST_CHECK;
/* Ends the transaction: COMMIT where rc is SITO_OK; else, or where that fails, everything back. */
int sito_catalogue_end(SitoCatalogue *catalogue, int rc, char **error) SITO_MUST_CHECK;

/* ---- catalogue_schema.c ---- */

/* Brings the database to the present version: a new one, or an older one (after a backup beside it).
** Refuses one whose tables, views or triggers are not as they were made. */
int sito_catalogue_prepare(SitoCatalogue *catalogue, bool create, char **error) SITO_MUST_CHECK;

/* Copies the database as it is committed, through a connection of its own, into a new file. */
int sito_catalogue_copy(const SitoCatalogue *catalogue, const char *to, char **raw) SITO_MUST_CHECK;

/* ---- catalogue_seal.c ---- */

/* Seals all events that have no seal, inside the transaction that is open. */
int sito_catalogue_seal_events(SitoCatalogue *catalogue, char **error) SITO_MUST_CHECK;

#endif
