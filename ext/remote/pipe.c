/*
** SIGPIPE held back (pipe.h).
*/
#define _GNU_SOURCE
#include "pipe.h"

#include <stddef.h>
#include <time.h>

static sigset_t pipe_alone(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

/* One that waits already is the host's own business, and is held back by whoever holds it. */
SitoPipe sito_pipe_hold(void) {
    SitoPipe pipe = {.held = false};
    sigset_t set = pipe_alone(), pending;
    bool waiting = sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
    pipe.held = !waiting && pthread_sigmask(SIG_BLOCK, &set, &pipe.before) == 0;
    return pipe;
}

void sito_pipe_release(const SitoPipe *pipe) {
    sigset_t set = pipe_alone();
    if (pipe->held) {
        while (sigtimedwait(&set, NULL, &(struct timespec){0}) == SIGPIPE) {
            /* another one may have come */
        }
        (void)pthread_sigmask(SIG_SETMASK, &pipe->before, NULL);
    }
}
