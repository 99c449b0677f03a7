/*
** Single files of a folder: read, replaced, removed (folder.h).
*/
#include "folder/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { ROOM = 1 << 16 };

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
