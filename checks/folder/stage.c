/*
** A data set that is to take its place: staged, on disk, exchanged (folder.h, R2).
*/
#define _GNU_SOURCE /* renameat2 */
#include "folder/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/interrupt.h"

/* ---- what an end from outside removes ---- */

/* `path` below the stage, of which the first `size` bytes count; "" is the stage itself. */
static int watch(SitoStage *s, const char *path, size_t size) {
    if (s->watched == NULL && size > 0) {
        return SITO_OK; /* not asked for */
    }
    void *array = s->watched;
    int rc = sito_grow(&array, &s->watched_room, s->watched_count + 1, sizeof *s->watched, 1 << 20);
    s->watched = array;
    char *full = rc != SITO_OK ? NULL
                               : sito_print("%s/%s%s%.*s", s->folder->path, s->name,
                                            size > 0 ? "/" : "", (int)size, path);
    if (full == NULL) {
        errno = ENOMEM;
        return SITO_NOMEM;
    }
    s->watched[s->watched_count++] = full;
    sito_interrupt_remember(full);
    return SITO_OK;
}

static void forget(SitoStage *s) {
    while (s->watched_count > 0) {
        char *path = s->watched[--s->watched_count];
        sito_interrupt_forget(path);
        sito_free(path);
    }
    sito_free(s->watched);
    s->watched = NULL;
    s->watched_room = 0;
}

/* ---- staging ---- */

static int open_stage(SitoStage *s, char **error) {
    const SitoFolder *folder = s->folder;
    if (mkdirat(folder->fd, s->name, 0700) != 0) {
        int rc = sito_folder_trouble(folder, s->name, error);
        s->name[0] = 0;
        return rc;
    }
    s->fd = openat(folder->fd, s->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return s->fd < 0 ? sito_folder_trouble(folder, s->name, error) : SITO_OK;
}

int sito_stage_begin(SitoStage *s, const SitoFolder *folder, char **error) {
    *s = (SitoStage){.folder = folder, .fd = -1};
    sito_folder_random_name(s->name);
    return open_stage(s, error);
}

int sito_stage_begin_watched(SitoStage *s, const SitoFolder *folder, char **error) {
    char random[32];
    *s = (SitoStage){.folder = folder, .fd = -1};
    sito_folder_random_name(random);
    snprintf(s->name, sizeof s->name, SITO_MADE "%.16s", random + strlen(SITO_STAGED));
    int rc = watch(s, "", 0);
    if (rc != SITO_OK) {
        s->name[0] = 0;
    }
    rc = rc == SITO_OK ? open_stage(s, error) : rc;
    if (rc != SITO_OK) {
        sito_stage_drop(s);
    }
    return rc;
}

/* Makes the folders of `path` and opens the one that will hold its file, whose name is *name. */
static int open_holder(SitoStage *s, const char *path, int *holder, const char **name,
                       char **error) {
    *holder = dup(s->fd);
    *name = path;
    const char *slash;
    while (*holder >= 0 && (slash = strchr(*name, '/')) != NULL) {
        char *part = sito_print("%.*s", (int)(slash - *name), *name);
        int below = -1;
        if (part != NULL && watch(s, path, (size_t)(slash - path)) == SITO_OK &&
            (mkdirat(*holder, part, 0700) == 0 || errno == EEXIST)) {
            below = openat(*holder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        }
        int failed = errno;
        close(*holder);
        errno = failed;
        *holder = below;
        *name = slash + 1;
        sito_free(part);
    }
    return *holder < 0 ? sito_folder_trouble(s->folder, path, error) : SITO_OK;
}

static int stage_file(SitoStage *s, const char *path, int source, SitoText content,
                      char sha256[SITO_SHA256_HEX], char **error) {
    int holder;
    const char *name;
    int rc = open_holder(s, path, &holder, &name, error);
    if (rc == SITO_OK) {
        rc = watch(s, path, strlen(path));
        rc = rc == SITO_OK
                 ? sito_folder_make_file(s->folder, holder, name, source, content, sha256, error)
                 : rc;
        close(holder);
    }
    return rc;
}

int sito_stage_write(SitoStage *s, const char *path, SitoText content, char sha256[SITO_SHA256_HEX],
                     char **error) {
    return stage_file(s, path, -1, content, sha256, error);
}

int sito_stage_copy(SitoStage *s, const char *path, int source, char sha256[SITO_SHA256_HEX],
                    char **error) {
    return stage_file(s, path, source, (SitoText){0}, sha256, error);
}

static int settle_folder(const SitoFolder *f, int dir, const char *name, char **error) {
    mode_t mask = umask(0);
    umask(mask);
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int rc = fd >= 0 && fchmod(fd, 0777 & ~mask) == 0 && fsync(fd) == 0
                 ? SITO_OK
                 : sito_folder_trouble(f, name, error);
    if (fd >= 0) {
        close(fd);
    }
    return rc;
}

static int settle_entry(void *context, int dir, const char *name, const char *path, mode_t mode,
                        char **error) {
    (void)path;
    return S_ISDIR(mode) ? settle_folder(context, dir, name, error) : SITO_OK;
}

int sito_stage_close(SitoStage *s, char **error) {
    return sito_folder_visit(s->folder, s->folder->fd, s->name, "", 0, settle_entry,
                             (SitoFolder *)s->folder, error);
}

/* Both change places, or, where nothing is in the place, the stage takes it. False: errno. */
static bool exchange(int fd, const char *stage, const char *name, bool taken) {
#ifdef RENAME_EXCHANGE
    return renameat2(fd, stage, fd, name, taken ? RENAME_EXCHANGE : RENAME_NOREPLACE) == 0;
#else
    (void)fd, (void)stage, (void)name, (void)taken;
    errno = EINVAL;
    return false;
#endif
}

/* In two steps; between them the place is empty, and the old files stand aside (sito_folder_restore). */
static int move_twice(SitoStage *s, const char *name, bool taken, char **error) {
    const SitoFolder *f = s->folder;
    char *old = sito_print(SITO_ASIDE "%s", name);
    int rc = old == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && taken && renameat(f->fd, name, f->fd, old) != 0) {
        rc = sito_folder_trouble(f, name, error);
    }
    if (rc == SITO_OK && renameat(f->fd, s->name, f->fd, name) != 0) {
        rc = sito_folder_trouble(f, name, error);
        if (taken && renameat(f->fd, old, f->fd, name) != 0) {
            rc = sito_folder_trouble(f, name, error);
        }
    }
    if (rc == SITO_OK && taken && renameat(f->fd, old, f->fd, s->name) != 0) {
        rc = sito_folder_trouble(f, name, error);
    }
    sito_free(old);
    return rc;
}

int sito_stage_place(SitoStage *s, const char *name, char **error) {
    const SitoFolder *f = s->folder;
    SitoEntry entry;
    forget(s);
    int rc = sito_folder_entry(f, name, &entry, error);
    if (rc == SITO_OK && !exchange(f->fd, s->name, name, entry != SITO_ENTRY_NONE)) {
        rc = errno == EINVAL || errno == ENOSYS
                 ? move_twice(s, name, entry != SITO_ENTRY_NONE, error)
                 : sito_folder_trouble(f, name, error);
    }
    return rc == SITO_OK ? sito_folder_sync(f, error) : rc;
}

int sito_stage_take(SitoStage *s, const SitoFolder *f, const char *name, char **error) {
    *s = (SitoStage){.folder = f, .fd = -1};
    sito_folder_random_name(s->name);
    if (renameat(f->fd, name, f->fd, s->name) != 0) {
        int rc = sito_folder_trouble(f, name, error);
        s->name[0] = 0;
        return rc;
    }
    return sito_folder_sync(f, error);
}

int sito_stage_find(SitoStage *s, const SitoFolder *f, const char *name, char **error) {
    *s = (SitoStage){.folder = f, .fd = -1};
    snprintf(s->name, sizeof s->name, "%s", name);
    s->fd = openat(f->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return s->fd < 0 ? sito_folder_trouble(f, name, error) : SITO_OK;
}

void sito_stage_drop(SitoStage *s) {
    SitoEntry entry;
    if (s->fd >= 0) {
        close(s->fd);
        s->fd = -1;
    }
    if (s->name[0] != 0 && sito_folder_entry(s->folder, s->name, &entry, NULL) == SITO_OK &&
        entry != SITO_ENTRY_NONE && sito_folder_remove_tree(s->folder, s->name, NULL) != SITO_OK) {
        s->name[0] = 0; /* the next program that holds the lock removes it (R4) */
    }
    s->name[0] = 0;
    forget(s);
}
