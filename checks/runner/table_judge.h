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
*/
#ifndef SITO_TABLE_JUDGE_H
#define SITO_TABLE_JUDGE_H

#include "runner/table.h"

/* Fills the facts of a resource that is a table; nothing for others. */
int sito_table_fill(struct sqlite3 *facts, const SitoPackage *package, SitoLanguage language,
                    SitoInputs *inputs, char **error) SITO_MUST_CHECK;

/* Hands the cells of a linked table to the database of the package, and judges them there when all are in. */
int sito_table_keep_linked(struct sqlite3 *facts, struct sqlite3 *whole,
                           char **error) SITO_MUST_CHECK;
int sito_table_fill_linked(struct sqlite3 *whole, char **error) SITO_MUST_CHECK;

#endif
