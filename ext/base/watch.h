/*
** How a long loop in plain C learns that its user pressed Ctrl-C.
*/
#ifndef SITO_WATCH_H
#define SITO_WATCH_H

#include "sito.h"

struct sqlite3;

/* NULL stands for "never stop" wherever a watch is asked for. */
typedef struct SitoWatch {
    int (*ask)(void *data); /* SITO_OK, or the code with which to stop */
    void *data;
} SitoWatch;

static inline int sito_watch_ask(const SitoWatch *watch) {
    return watch == NULL ? SITO_OK : watch->ask(watch->data);
}

/* A watch on a connection (watch.c): sqlite3_interrupt() stops the loop. */
SitoWatch sito_watch_database(struct sqlite3 *db);

#endif
