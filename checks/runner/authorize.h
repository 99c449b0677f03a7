/*
** What the SELECT of a rule may do: read the facts, the data and the catalogue's views it is given,
** call functions that touch nothing outside. Everything else is refused (default deny).
*/
#ifndef SITO_AUTHORIZE_H
#define SITO_AUTHORIZE_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* The state of one rule's run; it watches what the rule reads. */
typedef struct SitoWatch {
    struct sqlite3 *db;
    bool values; /* it read values of a column that is not public: none of its texts are shown */
    char *facts, *others; /* |a|b|: the tables of facts; all tables and modules of the connection */
    int64_t deadline;     /* milliseconds of the monotonic clock; then the rule is stopped */
    const char *denied[2]; /* the kind of what was refused, by SitoLanguage; NULL: nothing */
} SitoWatch;

/* Puts the connection under the watch, with a time limit from now; sito_watch_end lifts it, also
** after an error. */
int sito_watch_begin(SitoWatch *watch, struct sqlite3 *db, int64_t milliseconds,
                     char **error) SITO_MUST_CHECK;
void sito_watch_end(SitoWatch *watch);
bool sito_watch_late(const SitoWatch *watch);

#endif
