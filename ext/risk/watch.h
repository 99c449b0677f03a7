/*
** How a long loop in plain C learns that its user pressed Ctrl-C.
*/
#ifndef SITO_RISK_WATCH_H
#define SITO_RISK_WATCH_H

#include "base/sito.h"

struct sqlite3;

/* NULL stands for "never stop" wherever a watch is asked for. */
typedef struct RiskWatch {
    int (*ask)(void *data); /* SITO_OK, or the code with which to stop */
    void *data;
} RiskWatch;

static inline int risk_watch_ask(const RiskWatch *watch) {
    return watch == NULL ? SITO_OK : watch->ask(watch->data);
}

/* A watch on a connection (watch.c): sqlite3_interrupt() stops the loop. */
RiskWatch risk_watch_database(struct sqlite3 *db);

#endif
