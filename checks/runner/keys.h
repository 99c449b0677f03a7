/*
** The keys of Table Schema: primaryKey and uniqueKeys of several columns, foreignKeys.
**
** R1  A key of one column is the constraint `unique` (describe.sql) and costs nothing here; the
**     columns of a primary key are required ones. Only keys of several columns and foreign keys read
**     the data again.
** R2  Values are compared as they stand in the file, byte by byte; a value among missingValues is
**     missing. Damaged records (_defect) have no keys.
** R3  A record repeats a key where all columns of the key have a value and an earlier record has the
**     same values. A record of which all columns of a foreign key are missing leads nowhere and need
**     not; any other must find a record with the same values, missing ones included.
** R4  A key of which a column is not in the file has no count (NULL): the rule says so.
*/
#ifndef SITO_KEYS_H
#define SITO_KEYS_H

#include "base/sito.h"

struct sqlite3;

/* Fills row_key from the facts and the data of one resource. */
int sito_keys_fill(struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

/* Fills foreign_key of the whole package (whole.h), when all resources are there. */
int sito_keys_fill_foreign(struct sqlite3 *whole, char **error) SITO_MUST_CHECK;

#endif
