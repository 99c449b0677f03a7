/*
** Bytes on their way to the disk: hashed, written under a new name, read back (folder.h, R1).
*/
#include "folder/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 1 << 16 };

/* From one to the other where it is >= 0, through the hash. 0, or an errno (EIO for the hash). */
static int pass_bytes(int from, int to, SitoSha256 *hash) {
    char block[ROOM];
    for (;;) {
        ssize_t n = read(from, block, sizeof block);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n == 0 ? 0 : errno;
        }
        if (sito_sha256_add(hash, block, (size_t)n) != SITO_OK) {
            return EIO;
        }
        for (ssize_t at = 0; to >= 0 && at < n;) {
            ssize_t done = write(to, block + at, (size_t)(n - at));
            if (done < 0 && errno != EINTR) {
                return errno;
            }
            at += done > 0 ? done : 0;
        }
    }
}

int sito_folder_hash(const SitoFolder *f, const char *name, int from, int to,
                     char sha256[SITO_SHA256_HEX], char **error) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        int failed = pass_bytes(from, to, hash);
        if (failed != 0) {
            errno = failed;
            rc = sito_folder_trouble(f, name, error);
        }
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, sha256);
    }
    sito_sha256_free(hash);
    return rc;
}

static int write_text(const SitoFolder *f, const char *name, int fd, SitoText text, char **error) {
    while (text.size > 0) {
        ssize_t n = write(fd, text.data, text.size);
        if (n < 0 && errno != EINTR) {
            return sito_folder_trouble(f, name, error);
        }
        if (n > 0) {
            text.data += n;
            text.size -= (size_t)n;
        }
    }
    return SITO_OK;
}

static int hash_text(SitoText text, char sha256[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, text.data, text.size);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, sha256);
    }
    sito_sha256_free(hash);
    return rc;
}

/* A new file in `dir` from `source` (>= 0) or `text`: on disk and read back. */
int sito_folder_make_file(const SitoFolder *f, int dir, const char *name, int source, SitoText text,
                          char sha256[SITO_SHA256_HEX], char **error) {
    char read_back[SITO_SHA256_HEX] = "";
    mode_t mask = umask(0);
    umask(mask);
    int fd = openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return sito_folder_trouble(f, name, error);
    }
    int rc = source >= 0 ? sito_folder_hash(f, name, source, fd, sha256, error)
                         : hash_text(text, sha256);
    if (rc == SITO_OK && source < 0) {
        rc = write_text(f, name, fd, text, error);
    }
    if (rc == SITO_OK && (fchmod(fd, 0666 & ~mask) != 0 || fsync(fd) != 0)) {
        rc = sito_folder_trouble(f, name, error);
    }
    if (rc == SITO_OK && lseek(fd, 0, SEEK_SET) != 0) {
        rc = sito_folder_trouble(f, name, error);
    }
    if (rc == SITO_OK) {
        rc = sito_folder_hash(f, name, fd, -1, read_back, error);
    }
    if (close(fd) != 0 && rc == SITO_OK) {
        rc = sito_folder_trouble(f, name, error);
    }
    if (rc == SITO_OK && strcmp(sha256, read_back) != 0) {
        rc = sito_error(
            error, SITO_IOERR,
            sito_say(f->language,
                     "plik %s odczytany z dysku różni się od zapisanego; nie zostanie użyty",
                     "the file %s read back from the disk is not what was written; it is not used"),
            name);
    }
    return rc;
}

void sito_folder_random_name(char out[32]) {
    unsigned long long bits = 0;
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, &bits, sizeof bits) != (ssize_t)sizeof bits) {
        bits = (unsigned long long)getpid(); /* O_EXCL still refuses a name that is taken */
    }
    if (fd >= 0) {
        close(fd);
    }
    snprintf(out, 32, ".sito-%016llx", bits);
}
