/*
** How commands speak: complaints on stderr, results whole or not at all (cli.h).
*/
#include "cli.h"

#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/db.h"
#include "common/file.h"
#include "common/interrupt.h"
#include "common/mask.h"
#include "common/trouble.h"
#include "common/wrap.h"

/* Nothing that a terminal obeys, but line ends. */
static int put_plain_lines(SitoBuffer *out, const char *text) {
    int rc = SITO_OK;
    for (;;) {
        size_t size = strcspn(text, "\n");
        rc = rc == SITO_OK ? sito_put_plain(out, (SitoText){text, size}) : rc;
        if (rc != SITO_OK || text[size] == 0) {
            return rc;
        }
        rc = sito_buffer_print(out, "\n");
        text += size + 1;
    }
}

/* Messages quote paths and names of things, and those may name a person. A NUL is added. */
static int mask(const char *text, SitoBuffer *out) {
    sqlite3 *db = NULL;
    int rc = sito_db_open(&db, NULL);
    rc = rc == SITO_OK ? sito_put_masked(db, (SitoText){text, strlen(text)}, false, out, NULL) : rc;
    sqlite3_close(db);
    return rc == SITO_OK ? sito_buffer_add(out, "", 1) : rc;
}

char *sito_mask_words(const char *text) {
    SitoBuffer masked = {0};
    if (mask(text, &masked) != SITO_OK) {
        sito_buffer_free(&masked);
    }
    return masked.data;
}

int sito_complain(int status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    SitoBuffer masked = {0}, plain = {0};
    int rc = text == NULL ? SITO_NOMEM : mask(text, &masked);
    rc = rc == SITO_OK ? put_plain_lines(&plain, masked.data) : rc;
    if (rc != SITO_OK) {
        plain.size = 0;
        rc = put_plain_lines(&plain, "out of memory");
    }
    sito_buffer_free(&masked);
    fprintf(stderr, "sito: %.*s\n", (int)(rc == SITO_OK ? plain.size : 0), plain.data);
    sito_buffer_free(&plain);
    sqlite3_free(text);
    return status;
}

int sito_fail(int rc, char *error) {
    int status = rc == SITO_MISUSE ? SITO_EXIT_USAGE : SITO_EXIT_UNREADABLE;
    sito_complain(status, "%s", error != NULL ? error : sqlite3_errstr(rc));
    sito_free(error);
    return status;
}

/* Writes all bytes; returns 0 or an errno. */
static int write_all(int fd, SitoText text) {
    while (text.size > 0) {
        ssize_t n = write(fd, text.data, text.size);
        if (n < 0 && errno != EINTR) {
            return errno;
        }
        if (n > 0) {
            text.data += n;
            text.size -= (size_t)n;
        }
    }
    return 0;
}

/* Fills the new file and gives it its name; 0 or an errno. The temporary file lies beside the
** target, so that the renaming cannot cross file systems. */
static int fill_and_rename(int fd, const char *temporary, const char *path, SitoText text) {
    mode_t mask = umask(0);
    umask(mask);
    int error = write_all(fd, text);
    if (error == 0 && (fchmod(fd, 0666 & ~mask) != 0 || fsync(fd) != 0)) {
        error = errno;
    }
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && rename(temporary, path) != 0) {
        error = errno;
    }
    return error;
}

static int replace_regular(const char *path, SitoText text) {
    char *temporary = sito_print("%s.XXXXXX", path);
    if (temporary == NULL) {
        return ENOMEM;
    }
    int fd = mkstemp(temporary);
    sito_interrupt_remember(temporary);
    int error = fd < 0 ? errno : fill_and_rename(fd, temporary, path, text);
    if (fd >= 0 && error != 0) {
        unlink(temporary);
    }
    sito_interrupt_forget(temporary);
    sito_free(temporary);
    return error;
}

/* A device, a pipe or a terminal stays what it is: it is written to, never replaced. */
static int write_through(const char *path, SitoText text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : write_all(fd, text);
    if (fd >= 0 && close(fd) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

int sito_replace_file(const char *path, SitoText text) {
    char *real = realpath(path, NULL); /* a link stays a link: the file behind it is replaced */
    const char *target = real != NULL ? real : path;
    bool special = sito_file_kind(target) == SITO_FILE_OTHER;
    int error = special ? write_through(target, text) : replace_regular(target, text);
    free(real);
    return error;
}

static int complain_of_writing(SitoLanguage language, const char *path, int error) {
    const char *words = sito_errno_words(language, error);
    return path == NULL ? sito_complain(SITO_EXIT_UNREADABLE,
                                        sito_say(language, "nie można wypisać wyniku: %s",
                                                 "cannot write the result: %s"),
                                        words)
                        : sito_complain(SITO_EXIT_UNREADABLE,
                                        sito_say(language, "nie można zapisać wyniku do %s: %s",
                                                 "cannot write the result to %s: %s"),
                                        path, words);
}

int sito_write_result_to(const SitoArguments *arguments, const char *output, SitoText result) {
    bool to_file = output != NULL && strcmp(output, "-") != 0;
    int error = to_file ? sito_replace_file(output, result) : write_all(STDOUT_FILENO, result);
    return error == 0 ? SITO_EXIT_OK
                      : complain_of_writing(arguments->language, to_file ? output : NULL, error);
}

int sito_write_result(const SitoArguments *arguments, SitoText result) {
    return sito_write_result_to(arguments, arguments->output, result);
}

int sito_write_masked(const SitoArguments *arguments, SitoText result) {
    SitoBuffer text = {0}, masked = {0};
    int rc = sito_buffer_add(&text, result.data, result.size);
    rc = rc == SITO_OK ? sito_buffer_add(&text, "", 1) : rc;
    rc = rc == SITO_OK ? mask(text.data, &masked) : rc;
    int status = rc == SITO_OK
                     ? sito_write_result(arguments, (SitoText){masked.data, masked.size - 1})
                     : sito_fail(rc, NULL);
    sito_buffer_free(&text);
    sito_buffer_free(&masked);
    return status;
}

int sito_append_result(const SitoArguments *arguments, const char *path, SitoText result) {
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    int error = fd < 0 ? errno : write_all(fd, result);
    if (fd >= 0 && close(fd) != 0 && error == 0) {
        error = errno;
    }
    return error == 0 ? SITO_EXIT_OK : complain_of_writing(arguments->language, path, error);
}

int sito_end_output(SitoLanguage language) {
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    return written ? SITO_EXIT_OK : complain_of_writing(language, NULL, errno);
}

bool sito_colour(const SitoArguments *arguments) {
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return arguments->output == NULL && isatty(STDOUT_FILENO) &&
           (no_colour == NULL || no_colour[0] == 0) &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}
