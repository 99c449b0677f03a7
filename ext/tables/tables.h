/*
** tables: statistical tables, cells of which are kept from the reader.
**
**   system.h      the model: cells, and the equations that a reader can write down
**   source_core.c a table becomes cells and equations
**   audit.h       the interval of every suppressed cell that follows from what is published
**   config.h      a table of cells as SQL gives it: a name, and a JSON text that says what is what
**
** The JSON text is the same for risk_table_audit and its kin:
**
**   {"dimensions": [{"name": "osiedle", "total": "Ogółem", "hierarchy": {"Bałuty-Centrum": "Bałuty"}},
**                   {"name": "wiek", "total": "Ogółem", "hierarchy": ["grupy_wieku", {…}]}],
**    "measure": "liczba", "status": "stan", "signs": {"suppressed": ["#", "*"], "missing": [".", ":"],
**    "zero": ["-"], "absent": ["X"]}, "contributors": "osoby", "largest": "najwiekszy",
**    "negative": false, "whole": true, "absent": "zero", "decimal": ",",
**    "protection": 5,
**    "linked":  [{"table": "wg_plci", "measure": "liczba", "dimensions": […], …}],
**    "earlier": [{"table": "maj", "relation": "same" | "cumulative", …}]}
**
** hierarchy: code to the code above it, as an object or as a table whose first two columns are these; several
** make a list. What is not named above hangs under the total. `as`, of a dimension: what the other tables
** call it. status: a column with published, primary, secondary (NULL and '' are published); without it, a
** cell is suppressed where its measure is one of the signs, and its value is not known to us either. Keys of
** linked and earlier tables that are left out are those of the main table.
**
** Nothing here says that a table may be published: a rule of the gate does, from proven bounds.
*/
#ifndef SITO_TABLES_H
#define SITO_TABLES_H

#include "base/sito.h"

extern const SitoModule sito_tables_module;

#endif
