/*
** A statistical table (kind: table): its cells read once more, after the scan, and what is the matter
** with them.
**
**   disclosure.table ─▶ temp.table_dimension, temp.table_measure, temp.table_sign
**   data, companion  ─▶ temp.table_row, temp.table_cell ─▶ facts tabulated, tally, cell, witness
**
** R1  A number is read by decimalChar and groupChar of its column; anything else is a sign with one
**     meaning (zero, missing, not-applicable, suppressed), or is found as none.
** R2  The companion holds one record a record of the data, in the same order, and is an input of the
**     verdict; no value of it stands in a report.
** R3  Where the table cannot be read as one (a damaged record, a combination twice) nothing is audited,
**     and what was not audited is found as undecided.
*/
#ifndef SITO_TABLE_FACTS_H
#define SITO_TABLE_FACTS_H

#include "runner/inputs.h"
#include "runner/package.h"

/* Whether the resource at hand is a table. */
int sito_table_is(struct sqlite3 *facts, bool *table, char **error) SITO_MUST_CHECK;

/* Reads the cells into temp.table_cell, and fills the facts that need no audit. *sound: it can be judged. */
int sito_table_read_cells(struct sqlite3 *facts, const char *folder, SitoLanguage language,
                          SitoInputs *inputs, bool *sound, char **error) SITO_MUST_CHECK;

/* temp.found (kind, measure, source, sensitive, number) becomes rows of cell and witness, and is empty again. */
int sito_table_tell(struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

#endif
