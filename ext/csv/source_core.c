/*
** The bytes of a csv table (source_core.h).
*/
#include "source_core.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unpack_core.h"

enum {
    INTERRUPTED_READS = 100,   /* EINTR in a row before it counts as a failure */
    POLL_EVERY = 8 * (1 << 20) /* bytes between two calls of the poll: far below half a second */
};

SitoSourceHooks sito_source_hooks = {.read = read};

struct SitoSource {
    const char *name;
    int fd; /* -1: a text in memory */
    SitoFileState state;
    SitoText text;
    int64_t position;
    SitoSha256 *hash; /* NULL: not asked for */
    bool packed, utf16;
    int64_t max_unpacked;
    SitoUnpack *unpack; /* of a packed file, while it is read */
    SitoUtf16 units;
    SitoPoll poll;
    int64_t unpolled; /* bytes handed out since the last poll */
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

/* ---- open ---- */

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

static int read_raw(void *from, char *buffer, size_t room, size_t *got, char **error);

/* Looks for the mark of gzip. What it reads is read again after the rewind. */
static int look_for_gzip(SitoSource *source, char **error) {
    static const char mark[] = {0x1F, (char)0x8B, 0x08};
    char bytes[sizeof mark];
    size_t size = 0;
    while (size < sizeof bytes) {
        size_t got = 0;
        int rc = read_raw(source, bytes + size, sizeof bytes - size, &got, error);
        if (rc != SITO_OK) {
            return rc;
        }
        if (got == 0) {
            break;
        }
        size += got;
    }
    source->packed = size == sizeof mark && memcmp(bytes, mark, sizeof mark) == 0;
    return SITO_OK;
}

int sito_source_open(const char *name, const SitoFileState *seen, int64_t max_unpacked,
                     SitoSource **out, char **error) {
    SitoSource *source = sito_malloc(sizeof *source);
    if (source == NULL) {
        return SITO_NOMEM;
    }
    /* O_NONBLOCK: opening a pipe must not wait for a writer. It does not matter to regular files.
    ** */
    *source = (SitoSource){.name = name,
                           .fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY),
                           .max_unpacked = max_unpacked};
    int rc = SITO_OK;
    if (source->fd < 0) {
        rc = sito_error(error, SITO_CANTOPEN, "csv: cannot open %s: %s", name, strerror(errno));
    } else {
        rc = inspect(source, seen, error);
    }
    if (rc == SITO_OK) {
        rc = look_for_gzip(source, error);
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
    sito_unpack_free(source->unpack);
    sito_free(source->units.bytes);
    sito_free(source);
}

void sito_source_poll(SitoSource *source, SitoPoll poll) {
    source->poll = poll;
}

/* ---- read ---- */

static int check_unchanged(SitoSource *source, char **error) {
    struct stat status;
    if (fstat(source->fd, &status) != 0 || !same_state(source->state, state_of(&status))) {
        return sito_error(error, SITO_IOERR, "csv: %s was changed while it was read", source->name);
    }
    return SITO_OK;
}

static int go_to(SitoSource *source, int64_t offset, char **error) {
    int rc = source->fd >= 0 ? check_unchanged(source, error) : SITO_OK;
    if (rc != SITO_OK) {
        return rc;
    }
    source->position = offset;
    if (source->fd >= 0 && lseek(source->fd, (off_t)offset, SEEK_SET) != (off_t)offset) {
        return sito_error(error, SITO_IOERR, "csv: cannot go to byte %lld of %s: %s",
                          (long long)offset, source->name, strerror(errno));
    }
    source->units.begin = source->units.end = 0;
    source->units.at_end = false;
    return SITO_OK;
}

int sito_source_rewind(SitoSource *source, SitoEncoding encoding, bool hash, char **error) {
    sito_sha256_free(source->hash);
    source->hash = NULL;
    sito_unpack_free(source->unpack);
    source->unpack = NULL;
    source->utf16 = encoding == SITO_UTF_16LE || encoding == SITO_UTF_16BE;
    source->units.big_endian = encoding == SITO_UTF_16BE;
    int rc = go_to(source, 0, error);
    if (rc == SITO_OK && source->packed) {
        rc = sito_unpack_new(source->name, source->max_unpacked, &source->unpack);
    }
    return rc == SITO_OK && hash ? sito_sha256_new(&source->hash) : rc;
}

int sito_source_seek(SitoSource *source, int64_t offset, char **error) {
    return go_to(source, offset, error);
}

/* One read(2) that is not put off by signals. */
static int read_some(SitoSource *source, char *buffer, size_t room, size_t *got, char **error) {
    for (int tries = 0; tries < INTERRUPTED_READS; tries++) {
        ssize_t n = sito_source_hooks.read(source->fd, buffer, room);
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
    return check_unchanged(source, error);
}

static void read_text(SitoSource *source, char *buffer, size_t room, size_t *got) {
    size_t left = source->text.size - (size_t)source->position;
    size_t most = sito_source_hooks.most;
    *got = left < room ? left : room;
    *got = most > 0 && most < *got ? most : *got;
    if (*got > 0) {
        memcpy(buffer, source->text.data + source->position, *got);
    }
}

/* The lowest layer: bytes as they lie in the file. */
static int read_raw(void *from, char *buffer, size_t room, size_t *got, char **error) {
    SitoSource *source = from;
    int rc = SITO_OK;
    if (source->fd < 0) {
        read_text(source, buffer, room, got);
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

static int read_unpacked(void *from, char *buffer, size_t room, size_t *got, char **error) {
    SitoSource *source = from;
    return source->unpack != NULL
               ? sito_unpack_read(source->unpack, read_raw, source, buffer, room, got, error)
               : read_raw(source, buffer, room, got, error);
}

int sito_source_read(SitoSource *source, char *buffer, size_t room, size_t *got, char **error) {
    int rc = source->utf16
                 ? sito_utf16_read(&source->units, read_unpacked, source, buffer, room, got, error)
                 : read_unpacked(source, buffer, room, got, error);
    source->unpolled += rc == SITO_OK ? (int64_t)*got : 0;
    if (rc == SITO_OK && source->unpolled >= POLL_EVERY && source->poll.call != NULL) {
        source->unpolled = 0;
        rc = source->poll.call(source->poll.argument);
    }
    return rc;
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

bool sito_source_packed(const SitoSource *source) {
    return source->packed;
}
