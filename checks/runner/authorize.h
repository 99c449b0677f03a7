/*
** What the SELECT of a rule may do: read the facts, the data and the catalogue's views it is given,
** call functions that touch nothing outside. Everything else is refused (default deny).
**
** R1  A rule ends after its time. What SQLite cannot stop (one call of LIKE over a long text) ends the
**     program two seconds (of processor time) later with a message and exit status 3: there is no verdict.
** R2  A rule that asks for more memory than its share is stopped; the program is not.
*/
#ifndef SITO_AUTHORIZE_H
#define SITO_AUTHORIZE_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* What a rule may have: a text of 64 MiB, and 1 GiB of memory beyond what is there when it begins. */
enum { SITO_RULE_TEXT = 64 << 20, SITO_RULE_MEMORY = 1 << 30 };

/* The state of one rule's run; it watches what the rule reads. */
typedef struct SitoWatch {
    struct sqlite3 *db;
    bool values; /* it read values of a column that is not public: none of its texts are shown */
    char *facts, *others; /* |a|b|: the tables of facts; all tables and modules of the connection */
    int64_t limit;        /* milliseconds */
    int64_t deadline;     /* milliseconds of the monotonic clock; then the rule is stopped */
    const char *denied[2];   /* the kind of what was refused, by SitoLanguage; NULL: nothing */
    int text;                /* the limits of before */
    int64_t memory, allowed; /* before; while it is watched */
} SitoWatch;

/* Puts the connection under the watch, with a time limit from now; sito_watch_end lifts it, also
** after an error. */
int sito_watch_begin(SitoWatch *watch, struct sqlite3 *db, int64_t milliseconds,
                     SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_watch_end(SitoWatch *watch);
bool sito_watch_late(const SitoWatch *watch);

/* Why SQLite stopped the statement with `rc`, for people; no value of the data is in it. Without
** memory, by nobody's fault, that is SITO_NOMEM. */
int sito_watch_explain(const SitoWatch *watch, int rc, SitoLanguage language,
                       char **reason) SITO_MUST_CHECK;

#endif
