/*
** The seam between the test runner and the gate: records of the form `rule ID [param=value …]`.
**
** A program that links the gate compiles rule.c; the others compile rule_none.c, which refuses such
** records. rule_open gives a fresh connection the tables of facts; the records before a `rule` fill
** them; rule_run prints the rule's rows as `.mode quote` does, or its messages, one a line.
*/
#ifndef RUNNER_RULE_H
#define RUNNER_RULE_H

#include <sqlite3.h>
#include <stdio.h>

/* Both return an SQLite result code; *error is sqlite3_malloc'ed. `body`: the lines between the
** directive and ---- . */
int rule_open(sqlite3 *db, char **error);
int rule_run(sqlite3 *db, const char *arguments, const char *body, FILE *out, char **error);

#endif
