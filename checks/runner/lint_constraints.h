/*
** Whether what a descriptor asks of the values of its columns can be asked at all.
*/
#ifndef SITO_LINT_CONSTRAINTS_H
#define SITO_LINT_CONSTRAINTS_H

#include "common/json.h"

/* Tries the constraints of each field of the descriptor `text`: a bound that is no value of its column's
** type, a pattern that is no regular expression and the like are problems. */
int sito_lint_constraints(struct sqlite3 *db, const char *text, SitoProblems *problems,
                          char **error) SITO_MUST_CHECK;

#endif
