/*
** sito anonymise: a data set that meets its thresholds, made from one that does not.
**
**   check ─▶ roles and hierarchies of the descriptor ─▶ anon_release ─▶ new CSV, new descriptor, record,
**   staged beside ─▶ check of what was written ─▶ placed, or nothing
**
** R1  The data set that is read is never changed; the new folder appears whole, or not at all.
** R2  Direct identifiers and free text are left out, quasi-identifiers taken to the levels that lose
**     least, rows left out where a class would stay too small. Sensitive and public columns stay as they
**     are; numbers of a release are given anew.
** R3  What was written is read again by the gate itself. Where it misses a threshold of
**     re-identification the folder is not placed.
** R4  k, l and t count persons where a companion file names them.
** R5  A damaged record, a column without a role or a value that its hierarchy does not cover stops it.
*/
#ifndef SITO_CHECKS_ANONYMISE_H
#define SITO_CHECKS_ANONYMISE_H

#include "runner/check.h"

typedef struct SitoAnonymised {
    struct sqlite3 *db; /* the tables of record.sql */
    SitoLanguage language;
    int exit_status; /* 0; 1: it was written, and other findings are left */
} SitoAnonymised;

/* Makes the folder `to` (which must not exist) from the data set of `options`. Release *done with
** sito_anonymised_free, also after errors. */
int sito_anonymise(const SitoCheckOptions *options, const char *to, SitoAnonymised *done,
                   char **error) SITO_MUST_CHECK;
void sito_anonymised_free(SitoAnonymised *done);

/* The record as "text", "json" or "html" (record.c, page.c). */
int sito_anonymised_write(const SitoAnonymised *done, const char *format, SitoBuffer *out,
                          char **error) SITO_MUST_CHECK;

#endif
