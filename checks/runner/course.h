/*
** One rule on its way through one database of facts: what run.c and finding.c share.
*/
#ifndef SITO_COURSE_H
#define SITO_COURSE_H

#include "runner/authorize.h"
#include "runner/run.h"

struct sqlite3_stmt;

typedef struct SitoCourse {
    const SitoRunner *runner;
    const SitoRule *rule;
    SitoWatch watch;
    SitoSeverity severity; /* the rule's own, or what others made of it (settings.h) */
    int64_t findings;
    int64_t bytes, cells; /* of the file: no line and no count is larger */
    const char *status;   /* PASS, FAIL, ERROR */
    char *reason;         /* of ERROR */
} SitoCourse;

/* The rule could not be evaluated: its own failure, not the runner's. Formats are SQLite's. */
int sito_course_spoil(SitoCourse *course, const char *format, ...) SITO_MUST_CHECK;

/* finding.c: the row that `select` stands on becomes a finding. */
int sito_finding_take(SitoCourse *course, struct sqlite3_stmt *select,
                      char **error) SITO_MUST_CHECK;

#endif
