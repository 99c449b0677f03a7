/*
** Standard input as a file: what `-` names is first written whole to a private temporary folder
** (mode 0700, under $TMPDIR), since a check reads it more than once and a digest needs one set of bytes.
*/
#ifndef SITO_SPOOL_H
#define SITO_SPOOL_H

#include "cli.h"

typedef struct SitoSpool {
    char *folder, *file; /* file: FOLDER/stdin.csv */
} SitoSpool;

/* Reads standard input to its end. Returns an exit status, having complained where it is not 0. Close
** it in either case. */
int sito_spool_read(SitoSpool *spool, SitoLanguage language);

/* The message with "standard input" in the place of the temporary file; `message` is released. */
char *sito_spool_rename(const SitoSpool *spool, SitoLanguage language, char *message);

void sito_spool_close(SitoSpool *spool);

#endif
