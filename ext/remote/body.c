/*
** Parts and bodies of the cache (cache.h).
*/
#define _GNU_SOURCE
#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <openssl/rand.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HASHED_AT_ONCE = 1 << 18 };

/* ---- parts ---- */

static int random_name(char name[40]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return SITO_ERROR;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        name[2 * i] = digits[bytes[i] >> 4];
        name[2 * i + 1] = digits[bytes[i] & 15];
    }
    name[2 * sizeof bytes] = 0;
    return SITO_OK;
}

int sito_part_new(const SitoCache *cache, SitoPart *part, char **error) {
    struct stat st;
    for (;;) {
        if (random_name(part->name) != SITO_OK) {
            return sito_error(error, SITO_ERROR, "remote: the system gives no random bytes");
        }
        part->file = openat(cache->parts, part->name,
                            O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (part->file < 0) {
            part->name[0] = 0;
            return sito_cache_trouble(cache, "a file cannot be made", error);
        }
        bool locked = flock(part->file, LOCK_EX | LOCK_NB) == 0;
        if (!locked && errno != EWOULDBLOCK && errno != EINTR) {
            int rc = sito_cache_trouble(cache, "a file cannot be locked", error);
            sito_part_drop(cache, part);
            return rc;
        }
        /* A sweep that came before the lock has taken the name away: another one. */
        if (locked && fstat(part->file, &st) == 0 && st.st_nlink > 0) {
            return SITO_OK;
        }
        sito_part_drop(cache, part);
    }
}

void sito_part_drop(const SitoCache *cache, SitoPart *part) {
    if (part->file >= 0) {
        if (part->name[0] != 0) {
            (void)unlinkat(cache->parts, part->name, 0);
        }
        (void)close(part->file);
    }
    *part = (SitoPart){.file = -1};
}

/* ---- bodies ---- */

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool same_stamp(const SitoStored *stored, const struct stat *st) {
    return stored->number[STORED_INODE] == (int64_t)st->st_ino &&
           stored->number[STORED_MTIME] == nanoseconds(st->st_mtim) &&
           stored->number[STORED_CTIME] == nanoseconds(st->st_ctim);
}

static void set_stamp(SitoStored *stored, const struct stat *st) {
    stored->number[STORED_INODE] = (int64_t)st->st_ino;
    stored->number[STORED_MTIME] = nanoseconds(st->st_mtim);
    stored->number[STORED_CTIME] = nanoseconds(st->st_ctim);
}

/* Hashes the file from its start; a file that cannot be read has no digest. */
static int hash_file(const SitoCache *cache, int file, char hex[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    char *buffer = sito_malloc(HASHED_AT_ONCE);
    int rc = buffer == NULL ? SITO_NOMEM : sito_sha256_new(&hash);
    hex[0] = 0;
    bool readable = true;
    for (off_t at = 0; rc == SITO_OK;) {
        ssize_t n = pread(file, buffer, HASHED_AT_ONCE, at);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        readable = n >= 0;
        if (n <= 0) {
            break;
        }
        rc = sito_sha256_add(hash, buffer, (size_t)n);
        at += n;
        rc = rc == SITO_OK && at % (HASHED_AT_ONCE * 64) == 0 ? sito_watch_ask(cache->watch) : rc;
    }
    if (rc == SITO_OK && readable) {
        rc = sito_sha256_hex(hash, hex);
    }
    sito_sha256_free(hash);
    sito_free(buffer);
    return rc;
}

/* Judges an open body: a file of the record's length and digest. */
static int judge_body(const SitoCache *cache, SitoStored *stored, bool thorough, int file,
                      SitoBodyState *state, bool *stamped) {
    struct stat st;
    char hex[SITO_SHA256_HEX];
    *state = BODY_DAMAGED;
    if (fstat(file, &st) != 0 || !S_ISREG(st.st_mode) ||
        (int64_t)st.st_size != stored->number[STORED_BYTES]) {
        return SITO_OK;
    }
    if (!thorough && same_stamp(stored, &st)) {
        *state = BODY_GOOD;
        return SITO_OK;
    }
    int rc = hash_file(cache, file, hex);
    if (rc == SITO_OK && strcmp(hex, sito_stored_get(stored, STORED_SHA256)) == 0) {
        *state = BODY_GOOD;
        *stamped = !same_stamp(stored, &st);
        set_stamp(stored, &st);
    }
    return rc;
}

static bool lock_shared(int file) {
    while (flock(file, LOCK_SH) != 0) {
        if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

int sito_cache_body(const SitoCache *cache, SitoStored *stored, bool thorough, int *file,
                    SitoBodyState *state, bool *stamped, char **error) {
    const char *name = sito_stored_get(stored, STORED_SHA256);
    struct stat st;
    *stamped = false;
    *state = BODY_MISSING;
    *file = openat(cache->bodies, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (*file < 0) {
        *state = errno == ENOENT ? BODY_MISSING : BODY_DAMAGED;
        return errno == ENOENT || errno == ELOOP || errno == EACCES
                   ? SITO_OK
                   : sito_cache_trouble(cache, "a stored body cannot be opened", error);
    }
    int rc = lock_shared(*file)
                 ? SITO_OK
                 : sito_cache_trouble(cache, "a stored body cannot be locked", error);
    if (rc == SITO_OK && fstat(*file, &st) == 0 && st.st_nlink > 0) {
        rc = judge_body(cache, stored, thorough, *file, state, stamped);
    }
    if (rc != SITO_OK || *state != BODY_GOOD) {
        (void)close(*file);
        *file = -1;
    }
    if (rc == SITO_OK && *state == BODY_DAMAGED) {
        (void)unlinkat(cache->bodies, name, 0);
    }
    return rc;
}

/* ---- a part becomes a body ---- */

/* Whether these bytes are there already: then they stay, with the locks of those who read them. */
static int is_there(const SitoCache *cache, SitoStored *stored, bool *there, char **error) {
    SitoBodyState state;
    bool stamped;
    int file = -1;
    int rc = sito_cache_body(cache, stored, true, &file, &state, &stamped, error);
    *there = rc == SITO_OK && state == BODY_GOOD;
    if (file >= 0) {
        (void)close(file);
    }
    return rc;
}

int sito_cache_keep(const SitoCache *cache, SitoPart *part, SitoStored *stored, char **error) {
    struct stat st;
    bool there = false;
    int rc = is_there(cache, stored, &there, error);
    if (rc != SITO_OK || there) {
        return rc;
    }
    if (fchmod(part->file, S_IRUSR) != 0 || fsync(part->file) != 0 ||
        renameat(cache->parts, part->name, cache->bodies, sito_stored_get(stored, STORED_SHA256)) !=
            0) {
        return sito_cache_trouble(cache, "what was fetched cannot be kept", error);
    }
    part->name[0] = 0;
    if (fsync(cache->bodies) != 0 || fstat(part->file, &st) != 0) {
        return sito_cache_trouble(cache, "what was fetched cannot be kept", error);
    }
    set_stamp(stored, &st);
    return SITO_OK;
}
