/*
** What the cells of a table give away: the primary rules over what is shown, the audit of what is hidden,
** alone and together with earlier releases; and, for the package, linked tables together.
**
**   temp.table_cell ─▶ risk_table, risk_table_audit (ext/tables) ─▶ facts cell, tally, witness
**
** R1  The configuration of the engine is written from the descriptor, one a measure: temp.table_config.
** R2  An earlier release is compared by the names of its columns, which must be there. Where a number that
**     both show differs, the release was revised: then a cell that is hidden now and was shown before is
**     narrow, and nothing is computed across the two.
** R3  A hidden cell without a proven interval is undecided; an audit that fails leaves all of them so.
** R4  The catalogue keeps up to 20,000 cells of a table as they are published, and compares the next version with
**     them, where no number differs.
*/
#ifndef SITO_TABLE_JUDGE_H
#define SITO_TABLE_JUDGE_H

#include "runner/table.h"

/* Fills the facts of a resource that is a table; nothing for others. `remembered` as in earlier.h. */
int sito_table_fill(struct sqlite3 *facts, const SitoPackage *package, SitoLanguage language,
                    const char *remembered, SitoInputs *inputs, char **error) SITO_MUST_CHECK;

/* Audits every measure, with the keys of `more` in its configuration, into temp.table_interval. */
int sito_table_audit_all(struct sqlite3 *facts, int64_t stage, const char *more,
                         char **error) SITO_MUST_CHECK;

/* table_earlier.c: the audit together with each earlier release; and the cells kept for the next version. */
int sito_table_compare(struct sqlite3 *facts, const char *folder, const char *remembered,
                       SitoLanguage language, SitoInputs *inputs, char **error) SITO_MUST_CHECK;
int sito_table_keep(struct sqlite3 *report, struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

/* Hands the cells of a linked table to the database of the package, and judges them there when all are in. */
int sito_table_keep_linked(struct sqlite3 *facts, struct sqlite3 *whole,
                           char **error) SITO_MUST_CHECK;
int sito_table_fill_linked(struct sqlite3 *whole, char **error) SITO_MUST_CHECK;

#endif
