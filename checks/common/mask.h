/*
** Personal data in names: of files, data sets, resources and columns, and wherever a message quotes
** them. What is found is shown by its shape: letters as a, digits as 9.
**
** R1  A name is searched as it stands and with _ - . / between its words read as blanks, so that
**     wykaz_44651401359.csv is found.
** R2  Names of people count in the names of things (`names`), not in messages: who waived a finding, or
**     who decided, is meant to be read.
** R3  What identity does not find is not masked (docs/limits.md).
** R4  A SHA-256 in a message stays as it is: one in twenty holds eleven digits in a row, and a digest
**     that is changed is of no use to anybody.
*/
#ifndef SITO_MASK_H
#define SITO_MASK_H

#include "base/sito.h"

struct sqlite3;

/* Appends `text`, masked. `db` has all of sito (sito_db_open). */
int sito_put_masked(struct sqlite3 *db, SitoText text, bool names, SitoBuffer *out,
                    char **error) SITO_MUST_CHECK;

/* Registers masked_name(text) and masked_message(text) on a connection that has all of sito. */
int sito_mask_register(struct sqlite3 *db) SITO_MUST_CHECK;

#endif
