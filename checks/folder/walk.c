/*
** Everything below a folder: listed with its digests, or removed.
*/
#include "folder/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DEPTH = 16 };

static int walk(const SitoFolder *f, int parent, const char *name, const char *prefix, int depth,
                SitoVisit visit, void *context, char **error);

int sito_folder_visit(const SitoFolder *f, int dir, const char *name, const char *prefix, int depth,
                      SitoVisit visit, void *context, char **error) {
    struct stat status;
    if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return sito_folder_trouble(f, name, error);
    }
    char *path = sito_print("%s%s", prefix, name);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    int rc = SITO_OK;
    if (S_ISDIR(status.st_mode) && depth < MOST_DEPTH) {
        char *below = sito_print("%s/", path);
        rc = below == NULL ? SITO_NOMEM
                           : walk(f, dir, name, below, depth + 1, visit, context, error);
        sito_free(below);
    }
    if (rc == SITO_OK) {
        rc = visit(context, dir, name, path, status.st_mode, error);
    }
    sito_free(path);
    return rc;
}

/* The entries of parent/name; NULL: *rc and *error say why. */
static DIR *open_entries(const SitoFolder *f, int parent, const char *name, int *rc, char **error) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    if (entries == NULL) {
        *rc = sito_folder_trouble(f, name, error);
        if (fd >= 0) {
            close(fd);
        }
    }
    return entries;
}

static int walk(const SitoFolder *f, int parent, const char *name, const char *prefix, int depth,
                SitoVisit visit, void *context, char **error) {
    int rc = SITO_OK;
    DIR *entries = open_entries(f, parent, name, &rc, error);
    if (entries == NULL) {
        return rc;
    }
    int fd = dirfd(entries);
    while (rc == SITO_OK) {
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL) {
            rc = errno != 0 ? sito_folder_trouble(f, name, error) : SITO_OK;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            rc = sito_folder_visit(f, fd, entry->d_name, prefix, depth, visit, context, error);
        }
    }
    closedir(entries);
    return rc;
}

typedef struct Listing {
    const SitoFolder *folder;
    SitoInputs *files;
    bool flat;
} Listing;

static int list_entry(void *context, int dir, const char *name, const char *path, mode_t mode,
                      char **error) {
    Listing *l = context;
    char sha256[SITO_SHA256_HEX] = "";
    if (S_ISDIR(mode)) {
        return l->flat ? sito_inputs_add(l->files, "folder", path, sha256) : SITO_OK;
    }
    int fd = S_ISREG(mode) ? openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0) {
        return S_ISREG(mode) ? sito_folder_trouble(l->folder, path, error)
                             : sito_inputs_add(l->files, "odd", path, sha256);
    }
    int rc = sito_folder_hash(l->folder, path, fd, -1, sha256, error);
    close(fd);
    return rc == SITO_OK ? sito_inputs_add(l->files, "file", path, sha256) : rc;
}

int sito_folder_list(const SitoFolder *f, const char *name, SitoInputs *files, char **error) {
    Listing listing = {.folder = f, .files = files, .flat = name == NULL};
    return walk(f, f->fd, name == NULL ? "." : name, "", name == NULL ? MOST_DEPTH : 0, list_entry,
                &listing, error);
}

static int remove_entry(void *context, int dir, const char *name, const char *path, mode_t mode,
                        char **error) {
    (void)path;
    return unlinkat(dir, name, S_ISDIR(mode) ? AT_REMOVEDIR : 0) == 0
               ? SITO_OK
               : sito_folder_trouble(context, name, error);
}

int sito_folder_remove_tree(const SitoFolder *f, const char *name, char **error) {
    SitoFolder *folder = (SitoFolder *)f;
    return sito_folder_visit(f, f->fd, name, "", 0, remove_entry, folder, error);
}

int sito_folder_sweep(const SitoFolder *f, const char *beginning, char **error) {
    SitoInputs entries = {0};
    const char none[SITO_SHA256_HEX] = "";
    int rc = SITO_OK;
    DIR *names = open_entries(f, f->fd, ".", &rc, error);
    if (names == NULL) {
        return rc;
    }
    const struct dirent *entry;
    while (rc == SITO_OK && (entry = readdir(names)) != NULL) {
        if (strncmp(entry->d_name, beginning, strlen(beginning)) == 0) {
            rc = sito_inputs_add(&entries, "odd", entry->d_name, none);
        }
    }
    closedir(names);
    for (size_t i = 0; i < entries.count && rc == SITO_OK; i++) {
        rc = sito_folder_remove_tree(f, entries.items[i].path, error);
    }
    sito_inputs_free(&entries);
    return rc;
}
