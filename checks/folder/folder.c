/*
** A folder opened and locked, and single files of it (folder.h).
*/
#include "folder/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_TRIES = 600, LOCK_PAUSE_NS = 100 * 1000 * 1000, ROOM = 1 << 16 };

int sito_folder_trouble(const SitoFolder *f, const char *name, char **error) {
    return sito_error(error, SITO_IOERR, "folder %s: %s: %s", f->path, name,
                      sito_errno_words(f->language, errno));
}

static int lock(const SitoFolder *f, char **error) {
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(f->fd, LOCK_EX | LOCK_NB) == 0) {
            return SITO_OK;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return sito_folder_trouble(f, sito_say(f->language, "blokada", "lock"), error);
        }
        nanosleep(&pause, NULL);
    }
    return sito_error(error, SITO_CANTOPEN,
                      sito_say(f->language,
                               "w folderze %s od minuty pracuje inny program; spróbuj ponownie",
                               "another program has been at work in %s for a minute; try again"),
                      f->path);
}

static int refuse_folder(const char *path, SitoLanguage language, char **error) {
    return sito_error(
        error, SITO_MISUSE,
        errno == ENOTDIR || errno == ELOOP
            ? sito_say(language,
                       "%s nie jest folderem (dowiązania symbolicznego się nie "
                       "używa; podaj sam folder): %s",
                       "%s is no folder (a symbolic link is not used; name the folder "
                       "itself): %s")
            : "folder %s: %s",
        path, sito_errno_words(language, errno));
}

int sito_folder_look(SitoFolder *f, const char *path, SitoLanguage language, char **error) {
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/') { /* a slash at the end would follow a link */
        size--;
    }
    char *trimmed = sito_print("%.*s", (int)size, path);
    *f = (SitoFolder){.fd = -1, .language = language};
    if (trimmed == NULL) {
        return SITO_NOMEM;
    }
    int rc = SITO_OK;
    f->fd = open(trimmed, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *real = f->fd < 0 ? NULL : realpath(trimmed, NULL);
    if (real == NULL) {
        rc = refuse_folder(path, language, error);
    } else {
        f->path = sito_print("%s", real);
        rc = f->path == NULL ? SITO_NOMEM : SITO_OK;
    }
    free(real);
    sito_free(trimmed);
    if (rc != SITO_OK) {
        sito_folder_close(f);
    }
    return rc;
}

int sito_folder_open(SitoFolder *f, const char *path, bool create, SitoLanguage language,
                     char **error) {
    if (create && sito_file_kind(path) == SITO_FILE_MISSING && mkdir(path, 0777) != 0 &&
        errno != EEXIST) {
        *f = (SitoFolder){.fd = -1, .language = language};
        return refuse_folder(path, language, error);
    }
    int rc = sito_folder_look(f, path, language, error);
    if (rc == SITO_OK) {
        rc = lock(f, error);
        if (rc != SITO_OK) {
            sito_folder_close(f);
        }
    }
    return rc;
}

void sito_folder_close(SitoFolder *f) {
    if (f->fd >= 0) {
        close(f->fd); /* the lock goes with it */
    }
    sito_free(f->path);
    *f = (SitoFolder){.fd = -1};
}

int sito_folder_entry(const SitoFolder *f, const char *name, SitoEntry *entry, char **error) {
    struct stat status;
    *entry = SITO_ENTRY_NONE;
    if (fstatat(f->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? SITO_OK : sito_folder_trouble(f, name, error);
    }
    *entry = S_ISDIR(status.st_mode)   ? SITO_ENTRY_FOLDER
             : S_ISREG(status.st_mode) ? SITO_ENTRY_FILE
                                       : SITO_ENTRY_ODD;
    return SITO_OK;
}

int sito_folder_sync(const SitoFolder *f, char **error) {
    return fsync(f->fd) == 0 ? SITO_OK : sito_folder_trouble(f, ".", error);
}

int sito_folder_read(const SitoFolder *f, const char *name, SitoBuffer *content, char **error) {
    int fd = openat(f->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? SITO_OK : sito_folder_trouble(f, name, error);
    }
    int rc = SITO_OK;
    ssize_t n = 1;
    content->limit = SITO_FILE_LIMIT;
    while (rc == SITO_OK && n != 0) {
        rc = sito_buffer_reserve(content, ROOM);
        n = rc != SITO_OK ? 0 : read(fd, content->data + content->size, ROOM);
        if (n < 0) {
            rc = errno == EINTR ? SITO_OK : sito_folder_trouble(f, name, error);
            continue;
        }
        content->size += (size_t)n;
    }
    close(fd);
    return rc;
}

int sito_folder_replace(const SitoFolder *f, const char *name, SitoText content, char **error) {
    char temporary[32], sha256[SITO_SHA256_HEX];
    sito_folder_random_name(temporary);
    int rc = sito_folder_make_file(f, f->fd, temporary, -1, content, sha256, error);
    if (rc == SITO_OK && renameat(f->fd, temporary, f->fd, name) != 0) {
        rc = sito_folder_trouble(f, name, error);
    }
    if (rc != SITO_OK) {
        unlinkat(f->fd, temporary, 0);
        return rc;
    }
    return sito_folder_sync(f, error);
}

int sito_folder_remove(const SitoFolder *f, const char *name, char **error) {
    return unlinkat(f->fd, name, 0) == 0 ? sito_folder_sync(f, error)
                                         : sito_folder_trouble(f, name, error);
}

int sito_folder_restore(const SitoFolder *f, const char *name, char **error) {
    SitoEntry present, aside;
    char *old = sito_print(SITO_ASIDE "%s", name);
    int rc = old == NULL ? SITO_NOMEM : sito_folder_entry(f, name, &present, error);
    if (rc == SITO_OK) {
        rc = sito_folder_entry(f, old, &aside, error);
    }
    if (rc == SITO_OK && present == SITO_ENTRY_NONE && aside == SITO_ENTRY_FOLDER) {
        rc = renameat(f->fd, old, f->fd, name) == 0 ? sito_folder_sync(f, error)
                                                    : sito_folder_trouble(f, name, error);
    }
    sito_free(old);
    return rc;
}
