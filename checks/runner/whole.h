/*
** The facts of a whole package: what rules with `scope: package` read.
**
**   facts of a resource ─▶ the same tables, each row with its resource ┐
**   its csv table       ─▶ data."NAME", over the bytes that were judged ┴▶ foreign keys ─▶ rules
**
** R1  Each resource has its own facts while it is scanned and judged; then its rows are copied, and
**     its own are released.
** R2  The tables of the data are opened with the digest that the scan found: a file that changed
**     since then is an error, never another answer.
** R3  Where a foreign key is looked up: keys.h.
*/
#ifndef SITO_WHOLE_H
#define SITO_WHOLE_H

#include "runner/policy.h"

/* The empty tables; the thresholds of the office. The caller closes *whole (also after an error). */
int sito_whole_open(struct sqlite3 **whole, const SitoPolicy *policy, char **error) SITO_MUST_CHECK;

/* Gives every table of facts the column `resource`, where it has none. */
int sito_whole_extend(struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

/* Adds the facts of one scanned resource. */
int sito_whole_add(struct sqlite3 *whole, struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

#endif
