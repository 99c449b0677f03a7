/*
** Whether a file without a descriptor looks like a statistical table, for `sito init`.
**
** R1  It does where some text column has a word for a total (ogółem, razem, total), some column holds
**     numbers, and no combination of the other columns stands there twice.
** R2  temp.proposal then gives its numbers the role `measure`, also where a few cells hold one of the
**     portal's signs; temp.proposed_table holds the object disclosure.table as JSON.
*/
#ifndef SITO_PROPOSE_TABLE_H
#define SITO_PROPOSE_TABLE_H

#include "base/sito.h"

struct sqlite3;

int sito_propose_table(struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

#endif
