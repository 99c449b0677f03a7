/*
** A folder opened, locked and looked at (folder.h).
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

enum { LOCK_TRIES = 600, LOCK_PAUSE_NS = 100 * 1000 * 1000 };

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
