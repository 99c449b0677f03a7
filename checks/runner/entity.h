/*
** Rows about entities: which of them may be people. Fills the facts `entity`, by one more scan, only where a
** column holds NIP or REGON numbers or its heading speaks of firms (wykonawca, kontrahent, nazwa firmy).
**
** R1  A row is of a legal person where a column headed KRS holds a number, or a column of names a word of a legal
**     form (legal_person). Every other row counts as one of a person.
** R2  A row in which the column itself is empty counts as neither.
*/
#ifndef SITO_ENTITY_H
#define SITO_ENTITY_H

#include "base/sito.h"

struct sqlite3;

/* `db` is a facts database whose table temp.data is open and whose facts of columns are filled. */
int sito_entity_fill(struct sqlite3 *db, char **error) SITO_MUST_CHECK;

#endif
