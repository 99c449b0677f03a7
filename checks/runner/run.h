/*
** Runs the rules over the facts of one resource, or those with `scope: package` over the facts of all
** (whole.h), and writes what they found into the report.
**
** R1  ERROR > FAIL > PASS. A rule that crashed, timed out, was refused or could not be evaluated is an
**     ERROR, and so is a fatal finding; nothing that is not affirmatively a PASS becomes one.
** R2  A rule whose needs are not met is NOT APPLICABLE, with the reason.
** R3  No text of a rule that read values reaches the report, also not in an error message of SQLite, and
**     of its numbers only those that can be a position, a count of cells or a share: a number may be a
**     value. `field` is the name of a column, or the rule is an ERROR.
** R4  What a message shows of one text is at most a thousand bytes.
*/
#ifndef SITO_RUN_H
#define SITO_RUN_H

#include "runner/rule.h"

struct sqlite3;

typedef struct SitoRunner {
    struct sqlite3 *facts;  /* of the resource, or of all (package) */
    struct sqlite3 *report; /* has the tables of report.sql */
    bool package;           /* runs the rules with scope: package, and no others */
    const char *resource;   /* its name; NULL: the whole package */
    const char *file;       /* its path (the descriptor's, of a package), as findings name it */
    SitoLanguage language;
    SitoSeverity fail_on;
    int64_t time_limit; /* milliseconds a rule */
} SitoRunner;

int sito_run_rules(const SitoRunner *runner, const SitoRules *rules, char **error) SITO_MUST_CHECK;

#endif
