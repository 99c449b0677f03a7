/*
** The bytes of a csv table (source_core.h).
*/
#include "source_core.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INTERRUPTED_READS = 100 }; /* EINTR in a row before it counts as a failure */

ssize_t (*sito_source_syscall_read)(int fd, void *buffer, size_t size) = read;

struct SitoSource {
    const char *name;
    int fd; /* -1: a text in memory */
    SitoFileState state;
    SitoText text;
    int64_t position;
    SitoSha256 *hash; /* NULL: not asked for */
};

static SitoFileState state_of(const struct stat *status) {
    return (SitoFileState){.device = (int64_t)status->st_dev,
                           .inode = (int64_t)status->st_ino,
                           .size = (int64_t)status->st_size,
                           .seconds = (int64_t)status->st_mtim.tv_sec,
                           .nanoseconds = (int64_t)status->st_mtim.tv_nsec};
}

static bool same_state(SitoFileState a, SitoFileState b) {
    return a.device == b.device && a.inode == b.inode && a.size == b.size &&
           a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
}

static const char *kind_of(mode_t mode) {
    return S_ISDIR(mode)                    ? "a directory"
           : S_ISFIFO(mode)                 ? "a pipe"
           : S_ISSOCK(mode)                 ? "a socket"
           : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                            : "not a regular file";
}

static int inspect(SitoSource *source, const SitoFileState *seen, char **error) {
    struct stat status;
    if (fstat(source->fd, &status) != 0) {
        return sito_error(error, SITO_IOERR, "csv: cannot inspect %s: %s", source->name,
                          strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return sito_error(error, SITO_CANTOPEN, "csv: %s is %s; give the name of a regular file",
                          source->name, kind_of(status.st_mode));
    }
    source->state = state_of(&status);
    if (seen != NULL && !same_state(*seen, source->state)) {
        return sito_error(error, SITO_IOERR,
                          "csv: %s has changed since the table was created; drop the table and "
                          "create it again",
                          source->name);
    }
    return SITO_OK;
}

int sito_source_open(const char *name, const SitoFileState *seen, SitoSource **out, char **error) {
    SitoSource *source = sito_malloc(sizeof *source);
    if (source == NULL) {
        return SITO_NOMEM;
    }
    /* O_NONBLOCK: opening a pipe must not wait for a writer. It does not matter to regular files.
     */
    *source =
        (SitoSource){.name = name, .fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    int rc = SITO_OK;
    if (source->fd < 0) {
        rc = sito_error(error, SITO_CANTOPEN, "csv: cannot open %s: %s", name, strerror(errno));
    } else {
        rc = inspect(source, seen, error);
    }
    if (rc != SITO_OK) {
        sito_source_free(source);
        return rc;
    }
    *out = source;
    return SITO_OK;
}

int sito_source_text(SitoText text, SitoSource **out) {
    SitoSource *source = sito_malloc(sizeof *source);
    if (source == NULL) {
        return SITO_NOMEM;
    }
    *source =
        (SitoSource){.name = "data", .fd = -1, .text = text, .state = {.size = (int64_t)text.size}};
    *out = source;
    return SITO_OK;
}

void sito_source_free(SitoSource *source) {
    if (source == NULL) {
        return;
    }
    if (source->fd >= 0) {
        (void)close(source->fd); /* opened for reading only: nothing can be lost */
    }
    sito_sha256_free(source->hash);
    sito_free(source);
}

int sito_source_rewind(SitoSource *source, bool hash, char **error) {
    sito_sha256_free(source->hash);
    source->hash = NULL;
    source->position = 0;
    if (source->fd >= 0 && lseek(source->fd, 0, SEEK_SET) != 0) {
        return sito_error(error, SITO_IOERR, "csv: cannot rewind %s: %s", source->name,
                          strerror(errno));
    }
    return hash ? sito_sha256_new(&source->hash) : SITO_OK;
}

/* One read(2) that is not put off by signals. */
static int read_some(SitoSource *source, char *buffer, size_t room, size_t *got, char **error) {
    for (int tries = 0; tries < INTERRUPTED_READS; tries++) {
        ssize_t n = sito_source_syscall_read(source->fd, buffer, room);
        if (n >= 0) {
            *got = (size_t)n;
            return SITO_OK;
        }
        if (errno != EINTR) {
            break;
        }
    }
    return sito_error(error, SITO_IOERR, "csv: cannot read %s at byte %lld: %s", source->name,
                      (long long)source->position, strerror(errno));
}

/* At the end: all bytes were seen, and the file is still the one that was opened. */
static int check_end(SitoSource *source, char **error) {
    if (source->position != source->state.size) {
        return sito_error(error, SITO_IOERR,
                          "csv: %s ended at byte %lld, but has %lld bytes; was it changed?",
                          source->name, (long long)source->position, (long long)source->state.size);
    }
    struct stat status;
    if (fstat(source->fd, &status) != 0 || !same_state(source->state, state_of(&status))) {
        return sito_error(error, SITO_IOERR, "csv: %s was changed while it was read", source->name);
    }
    return SITO_OK;
}

int sito_source_read(SitoSource *source, char *buffer, size_t room, size_t *got, char **error) {
    int rc = SITO_OK;
    if (source->fd < 0) {
        size_t left = source->text.size - (size_t)source->position;
        *got = left < room ? left : room;
        if (*got > 0) {
            memcpy(buffer, source->text.data + source->position, *got);
        }
    } else {
        rc = read_some(source, buffer, room, got, error);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    source->position += (int64_t)*got;
    if (*got == 0 && source->fd >= 0) {
        return check_end(source, error);
    }
    return source->hash != NULL && *got > 0 ? sito_sha256_add(source->hash, buffer, *got) : SITO_OK;
}

int sito_source_digest(SitoSource *source, char hex[SITO_SHA256_HEX]) {
    return source->hash != NULL ? sito_sha256_hex(source->hash, hex) : SITO_MISUSE;
}

const char *sito_source_name(const SitoSource *source) {
    return source->name;
}

SitoFileState sito_source_state(const SitoSource *source) {
    return source->state;
}
