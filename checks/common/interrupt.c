/*
** An end from outside (interrupt.h). The handler calls nothing but write, unlink, rmdir and _exit.
*/
#include "common/interrupt.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { MOST_PATHS = 256, INCOMPLETE = 3 };

static const char *volatile paths[MOST_PATHS];
static const char *volatile last_words;

static void end(int number) {
    (void)number;
    for (size_t i = MOST_PATHS; i-- > 0;) {
        const char *path = paths[i];
        if (path != NULL && unlink(path) != 0) {
            (void)rmdir(path);
        }
    }
    ssize_t written = write(STDERR_FILENO, last_words, strlen(last_words));
    (void)written;
    _exit(INCOMPLETE);
}

void sito_interrupt_catch(SitoLanguage language) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    last_words = sito_say(language, "\nsito: przerwano; wyniku nie ma\n",
                          "\nsito: interrupted; there is no result\n");
    for (size_t i = 0; i < SITO_COUNT(signals); i++) {
        struct sigaction before, action = {.sa_handler = end};
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

void sito_interrupt_remember(const char *path) {
    for (size_t i = 0; i < MOST_PATHS; i++) {
        if (paths[i] == NULL) {
            paths[i] = path;
            return;
        }
    }
}

void sito_interrupt_forget(const char *path) {
    for (size_t i = 0; i < MOST_PATHS; i++) {
        paths[i] = paths[i] == path ? NULL : paths[i];
    }
}
