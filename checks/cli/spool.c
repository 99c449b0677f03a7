/*
** Standard input as a file (spool.h).
*/
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/interrupt.h"
#include "common/trouble.h"

enum { CHUNK = 1 << 16 };

/* Copies until the end; 0 or an errno. */
static int copy(int from, int to) {
    char *chunk = sito_malloc(CHUNK);
    int error = chunk == NULL ? ENOMEM : 0;
    while (error == 0) {
        ssize_t got = read(from, chunk, CHUNK);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        error = got < 0 ? errno : 0;
        for (ssize_t done = 0; error == 0 && done < got;) {
            ssize_t put = write(to, chunk + done, (size_t)(got - done));
            if (put > 0) {
                done += put;
            } else if (errno != EINTR) {
                error = errno;
            }
        }
    }
    sito_free(chunk);
    return error;
}

static int fill(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int error = file < 0 ? errno : copy(STDIN_FILENO, file);
    if (file >= 0 && close(file) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

int sito_spool_read(SitoSpool *spool, SitoLanguage language) {
    const char *place = getenv("TMPDIR");
    *spool = (SitoSpool){
        .folder = sito_print("%s/sito-XXXXXX", place != NULL && place[0] != 0 ? place : "/tmp")};
    int error = spool->folder == NULL ? ENOMEM : 0;
    if (error == 0 && mkdtemp(spool->folder) == NULL) {
        error = errno;
        sito_free(spool->folder);
        spool->folder = NULL;
    }
    if (error == 0) {
        sito_interrupt_remember(spool->folder);
        spool->file = sito_print("%s/stdin.csv", spool->folder);
        error = spool->file == NULL ? ENOMEM : 0;
    }
    if (error == 0) {
        sito_interrupt_remember(spool->file);
        error = fill(spool->file);
    }
    return error == 0
               ? SITO_EXIT_OK
               : sito_complain(SITO_EXIT_UNREADABLE,
                               sito_say(language,
                                        "nie można odłożyć standardowego wejścia do pliku: %s "
                                        "(miejsce wskazuje TMPDIR)",
                                        "cannot keep standard input in a file: %s (TMPDIR names "
                                        "the place)"),
                               sito_errno_words(language, error));
}

char *sito_spool_rename(const SitoSpool *spool, SitoLanguage language, char *message) {
    const char *at = spool->file == NULL || message == NULL ? NULL : strstr(message, spool->file);
    if (at == NULL) {
        return message;
    }
    char *renamed = sito_print("%.*s%s%s", (int)(at - message), message,
                               sito_say(language, "(standardowe wejście)", "(standard input)"),
                               at + strlen(spool->file));
    if (renamed == NULL) {
        return message;
    }
    sito_free(message);
    return renamed;
}

void sito_spool_close(SitoSpool *spool) {
    if (spool->file != NULL) {
        unlink(spool->file);
        sito_interrupt_forget(spool->file);
    }
    if (spool->folder != NULL) {
        rmdir(spool->folder);
        sito_interrupt_forget(spool->folder);
    }
    sito_free(spool->file);
    sito_free(spool->folder);
    *spool = (SitoSpool){0};
}
