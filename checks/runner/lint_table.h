/*
** Whether what a descriptor says of a statistical table (disclosure.table) holds together.
**
**   "disclosure": {"kind": "table", "table": {
**     "about": "persons" | "entities",                      whom the numbers count
**     "dimensions": [{"field": "osiedle", "total": "Ogółem", "hierarchy": "osiedla.csv"}, …],
**     "measures": [{"field": "liczba", "kind": "count"},
**                  {"field": "kwota", "kind": "sum", "contributors": "osoby", "largest": "max1", "second": "max2"}],
**     "companion": "niejawne.csv",                          columns that are never published
**     "signs": {"*": "suppressed"}, "secrecy": {"basis": "…"}, "threshold": 6, "linked": "pomoc"}}
**
** R1  The columns of dimensions and measures are columns of the resource. `largest` and `second` stand
**     in the companion alone: they are what must not be published.
** R2  A sum names its contributors, and a sum about entities its largest contribution, since without
**     them no rule could judge it. A count counts its contributors itself.
** R3  A sign has one meaning: zero, missing, not-applicable, suppressed. `-` `.` `:` `X` `#` have theirs
**     from the portal; `#` needs declared secrecy. Signs are missing values of the schema too.
** R4  In a resource of records the same object says which table sito anonymise makes of it; `path` is
**     then the file to be made.
*/
#ifndef SITO_LINT_TABLE_H
#define SITO_LINT_TABLE_H

#include "common/json.h"

int sito_lint_table(struct sqlite3 *db, const char *text, SitoProblems *problems,
                    char **error) SITO_MUST_CHECK;

#endif
