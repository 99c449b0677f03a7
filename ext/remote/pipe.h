/*
** A connection that the other side closed must not end the host by SIGPIPE: the signal is held back for this
** thread while it talks, and what came of it meanwhile is taken away.
*/
#ifndef SITO_PIPE_H
#define SITO_PIPE_H

#include <signal.h>
#include <stdbool.h>

typedef struct SitoPipe {
    sigset_t before;
    bool held;
} SitoPipe;

SitoPipe sito_pipe_hold(void);
void sito_pipe_release(const SitoPipe *pipe);

#endif
