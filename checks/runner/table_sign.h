/*
** The content of a cell of a statistical table, as two SQL functions of the connection of the facts:
**
**   table_plain(text, decimal, grouping)   a number in digits with a point; NULL: it is none
**   table_token(text, decimal, grouping)   the same; a described sign as 0 . X #; '' for an empty cell
**                                          that no sign describes, '?' for anything else
**
** R1  A number has at most 15 digits before the point and 6 behind it; blanks of grouping are the usual and
**     the no-break one where the column says ' '.
** R2  A sign comes before a number: '-' alone is a sign, '-5' a number.
*/
#ifndef SITO_TABLE_SIGN_H
#define SITO_TABLE_SIGN_H

#include "base/sito.h"

struct sqlite3;

/* Registers both; the signs are read from temp.table_sign as it is now. */
int sito_table_signs(struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

#endif
