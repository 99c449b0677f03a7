/*
** Reading the files of a data set (file.h).
*/
#include "common/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/trouble.h"

SitoFileKind sito_file_kind(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) { /* what may not be looked at is not missing */
        return errno == EACCES ? SITO_FILE_OTHER : SITO_FILE_MISSING;
    }
    return S_ISDIR(status.st_mode)   ? SITO_FILE_FOLDER
           : S_ISREG(status.st_mode) ? SITO_FILE_REGULAR
                                     : SITO_FILE_OTHER;
}

static int refuse(const char *path, SitoLanguage language, char **error) {
    switch (errno) {
    case ENOENT:
        return sito_error(error, SITO_CANTOPEN,
                          sito_say(language, "nie ma pliku %s", "there is no file %s"), path);
    case ELOOP:
        return sito_error(error, SITO_CANTOPEN,
                          sito_say(language, "%s jest dowiązaniem symbolicznym; podaj sam plik",
                                   "%s is a symbolic link; name the file itself"),
                          path);
    case EISDIR:
        return sito_error(error, SITO_CANTOPEN,
                          sito_say(language, "%s jest folderem, a potrzebny jest plik",
                                   "%s is a folder, a file is needed"),
                          path);
    default:
        return sito_error(
            error, SITO_CANTOPEN,
            sito_say(language, "nie można odczytać pliku %s: %s", "cannot read the file %s: %s"),
            path, sito_errno_words(language, errno));
    }
}

/* Opens a regular file. O_NONBLOCK: a FIFO must not hang the check. */
int sito_file_open(const char *path, SitoLanguage language, int *fd, int64_t *size, char **error) {
    struct stat status;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (*fd < 0) {
        return refuse(path, language, error);
    }
    int rc = SITO_OK;
    if (fstat(*fd, &status) != 0) {
        rc = refuse(path, language, error);
    } else if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        rc = refuse(path, language, error);
    } else if (!S_ISREG(status.st_mode)) {
        rc = sito_error(error, SITO_CANTOPEN,
                        sito_say(language, "%s nie jest zwykłym plikiem", "%s is no regular file"),
                        path);
    }
    *size = status.st_size;
    if (rc != SITO_OK) {
        close(*fd);
        *fd = -1;
    }
    return rc;
}

int sito_file_size(const char *path, SitoLanguage language, int64_t *size, char **error) {
    int fd;
    int rc = sito_file_open(path, language, &fd, size, error);
    if (rc == SITO_OK) {
        close(fd);
    }
    return rc;
}

/* Hands every byte of the file to the hash and, where content is not NULL, to content. */
static int drain(int fd, SitoBuffer *content, SitoSha256 *hash, int64_t *size) {
    char block[1 << 16];
    *size = 0;
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n == 0 ? SITO_OK : SITO_IOERR;
        }
        *size += n;
        int rc = sito_sha256_add(hash, block, (size_t)n);
        if (rc == SITO_OK && content != NULL) {
            rc = sito_buffer_add(content, block, (size_t)n);
        }
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

static int read_file(const char *path, SitoLanguage language, SitoBuffer *content,
                     char sha256[SITO_SHA256_HEX], int64_t *size, char **error) {
    int fd;
    int64_t expected;
    SitoSha256 *hash = NULL;
    int rc = sito_file_open(path, language, &fd, &expected, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = drain(fd, content, hash, size);
    }
    if (rc == SITO_OK && *size != expected) {
        rc = sito_error(error, SITO_IOERR,
                        sito_say(language, "plik %s zmienił się podczas odczytu",
                                 "the file %s changed while it was read"),
                        path);
    } else if (rc == SITO_IOERR) {
        rc = refuse(path, language, error);
    } else if (rc == SITO_TOOBIG) {
        rc = sito_error(error, rc,
                        sito_say(language, "plik %s jest większy niż 16 MiB",
                                 "the file %s is larger than 16 MiB"),
                        path);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, sha256);
    }
    sito_sha256_free(hash);
    close(fd);
    return rc;
}

int sito_file_read(const char *path, SitoLanguage language, SitoBuffer *content,
                   char sha256[SITO_SHA256_HEX], char **error) {
    int64_t size;
    content->limit = SITO_FILE_LIMIT;
    int rc = read_file(path, language, content, sha256, &size, error);
    if (rc == SITO_OK) {
        content->limit = 0;
        rc = sito_buffer_add(content, "", 1);
        content->size -= rc == SITO_OK;
    }
    return rc;
}

int sito_file_hash(const char *path, SitoLanguage language, char sha256[SITO_SHA256_HEX],
                   int64_t *size, char **error) {
    return read_file(path, language, NULL, sha256, size, error);
}

char *sito_path_join(const char *folder, const char *name) {
    if (strcmp(folder, ".") == 0) {
        return sito_print("%s", name);
    }
    size_t size = strlen(folder);
    bool slash = size > 0 && folder[size - 1] == '/';
    return sito_print("%s%s%s", folder, slash ? "" : "/", name);
}

char *sito_path_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return sito_print(".");
    }
    return slash == path ? sito_print("/") : sito_print("%.*s", (int)(slash - path), path);
}

int sito_text_hash(SitoText text, char sha256[SITO_SHA256_HEX]) {
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
