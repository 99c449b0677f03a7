/*
** The folder that is published (folder.h).
*/
#define _GNU_SOURCE /* renameat2 */
#include "publish/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/file.h"
#include "common/trouble.h"

enum { LOCK_TRIES = 600, LOCK_PAUSE_NS = 100 * 1000 * 1000, MOST_DEPTH = 16, ROOM = 1 << 16 };

static const char aside_prefix[] = ".sito-old.";

static int trouble(const SitoFolder *f, const char *name, char **error) {
    return sito_error(error, SITO_IOERR,
                      sito_say(f->language, "folder publikacji %s: %s: %s", "folder %s: %s: %s"),
                      f->path, name, sito_errno_words(f->language, errno));
}

/* ---- opening ---- */

static int lock(const SitoFolder *f, char **error) {
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(f->fd, LOCK_EX | LOCK_NB) == 0) {
            return SITO_OK;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return trouble(f, sito_say(f->language, "blokada", "lock"), error);
        }
        nanosleep(&pause, NULL);
    }
    return sito_error(error, SITO_CANTOPEN,
                      sito_say(f->language,
                               "w folderze %s od minuty publikuje inny program; spróbuj ponownie",
                               "another program has been publishing in %s for a minute; try again"),
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
            : sito_say(language, "folder publikacji %s: %s", "folder %s: %s"),
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
        return errno == ENOENT ? SITO_OK : trouble(f, name, error);
    }
    *entry = S_ISDIR(status.st_mode)   ? SITO_ENTRY_FOLDER
             : S_ISREG(status.st_mode) ? SITO_ENTRY_FILE
                                       : SITO_ENTRY_ODD;
    return SITO_OK;
}

/* ---- bytes ---- */

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

static int hash_open(const SitoFolder *f, const char *name, int from, int to,
                     char sha256[SITO_SHA256_HEX], char **error) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        int failed = pass_bytes(from, to, hash);
        if (failed != 0) {
            errno = failed;
            rc = trouble(f, name, error);
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
            return trouble(f, name, error);
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
static int make_file(const SitoFolder *f, int dir, const char *name, int source, SitoText text,
                     char sha256[SITO_SHA256_HEX], char **error) {
    char read_back[SITO_SHA256_HEX] = "";
    mode_t mask = umask(0);
    umask(mask);
    int fd = openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return trouble(f, name, error);
    }
    int rc = source >= 0 ? hash_open(f, name, source, fd, sha256, error) : hash_text(text, sha256);
    if (rc == SITO_OK && source < 0) {
        rc = write_text(f, name, fd, text, error);
    }
    if (rc == SITO_OK && (fchmod(fd, 0666 & ~mask) != 0 || fsync(fd) != 0)) {
        rc = trouble(f, name, error);
    }
    if (rc == SITO_OK && lseek(fd, 0, SEEK_SET) != 0) {
        rc = trouble(f, name, error);
    }
    if (rc == SITO_OK) {
        rc = hash_open(f, name, fd, -1, read_back, error);
    }
    if (close(fd) != 0 && rc == SITO_OK) {
        rc = trouble(f, name, error);
    }
    if (rc == SITO_OK && strcmp(sha256, read_back) != 0) {
        rc = sito_error(error, SITO_IOERR,
                        sito_say(f->language,
                                 "plik %s odczytany z dysku różni się od zapisanego; niczego nie "
                                 "opublikowano",
                                 "the file %s read back from the disk is not what was written; "
                                 "nothing was published"),
                        name);
    }
    return rc;
}

/* ---- walking ---- */

/* Called for everything below a folder; `dir` holds it, folders come after what is in them. */
typedef int (*Visit)(void *context, int dir, const char *name, const char *path, mode_t mode,
                     char **error);

static int walk(const SitoFolder *f, int parent, const char *name, const char *prefix, int depth,
                Visit visit, void *context, char **error);

static int visit_entry(const SitoFolder *f, int dir, const char *name, const char *prefix,
                       int depth, Visit visit, void *context, char **error) {
    struct stat status;
    if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return trouble(f, name, error);
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

static int walk(const SitoFolder *f, int parent, const char *name, const char *prefix, int depth,
                Visit visit, void *context, char **error) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    if (entries == NULL) {
        int rc = trouble(f, name, error);
        if (fd >= 0) {
            close(fd);
        }
        return rc;
    }
    int rc = SITO_OK;
    while (rc == SITO_OK) {
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL) {
            rc = errno != 0 ? trouble(f, name, error) : SITO_OK;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            rc = visit_entry(f, fd, entry->d_name, prefix, depth, visit, context, error);
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
        return S_ISREG(mode) ? trouble(l->folder, path, error)
                             : sito_inputs_add(l->files, "odd", path, sha256);
    }
    int rc = hash_open(l->folder, path, fd, -1, sha256, error);
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
               : trouble(context, name, error);
}

static int remove_tree(const SitoFolder *f, const char *name, char **error) {
    SitoFolder *folder = (SitoFolder *)f;
    return visit_entry(f, f->fd, name, "", 0, remove_entry, folder, error);
}

/* ---- files of the folder itself ---- */

static int sync_folder(const SitoFolder *f, char **error) {
    return fsync(f->fd) == 0 ? SITO_OK : trouble(f, ".", error);
}

int sito_folder_read(const SitoFolder *f, const char *name, SitoBuffer *content, char **error) {
    int fd = openat(f->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? SITO_OK : trouble(f, name, error);
    }
    int rc = SITO_OK;
    ssize_t n = 1;
    content->limit = SITO_FILE_LIMIT;
    while (rc == SITO_OK && n != 0) {
        rc = sito_buffer_reserve(content, ROOM);
        n = rc != SITO_OK ? 0 : read(fd, content->data + content->size, ROOM);
        if (n < 0) {
            rc = errno == EINTR ? SITO_OK : trouble(f, name, error);
            continue;
        }
        content->size += (size_t)n;
    }
    close(fd);
    return rc;
}

static void random_name(char out[32]) {
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

int sito_folder_replace(const SitoFolder *f, const char *name, SitoText content, char **error) {
    char temporary[32], sha256[SITO_SHA256_HEX];
    random_name(temporary);
    int rc = make_file(f, f->fd, temporary, -1, content, sha256, error);
    if (rc == SITO_OK && renameat(f->fd, temporary, f->fd, name) != 0) {
        rc = trouble(f, name, error);
    }
    if (rc != SITO_OK) {
        unlinkat(f->fd, temporary, 0);
        return rc;
    }
    return sync_folder(f, error);
}

int sito_folder_remove(const SitoFolder *f, const char *name, char **error) {
    return unlinkat(f->fd, name, 0) == 0 ? sync_folder(f, error) : trouble(f, name, error);
}

int sito_folder_restore(const SitoFolder *f, const char *name, char **error) {
    SitoEntry present, aside;
    char *old = sito_print("%s%s", aside_prefix, name);
    int rc = old == NULL ? SITO_NOMEM : sito_folder_entry(f, name, &present, error);
    if (rc == SITO_OK) {
        rc = sito_folder_entry(f, old, &aside, error);
    }
    if (rc == SITO_OK && present == SITO_ENTRY_NONE && aside == SITO_ENTRY_FOLDER) {
        rc = renameat(f->fd, old, f->fd, name) == 0 ? sync_folder(f, error)
                                                    : trouble(f, name, error);
    }
    sito_free(old);
    return rc;
}

int sito_folder_sweep(const SitoFolder *f, char **error) {
    SitoInputs entries = {0};
    const char none[SITO_SHA256_HEX] = "";
    int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = fd < 0 ? NULL : fdopendir(fd);
    int rc = names == NULL ? trouble(f, ".", error) : SITO_OK;
    const struct dirent *entry;
    while (rc == SITO_OK && (entry = readdir(names)) != NULL) {
        if (strncmp(entry->d_name, ".sito-", 6) == 0) {
            rc = sito_inputs_add(&entries, "odd", entry->d_name, none);
        }
    }
    if (names != NULL) {
        closedir(names);
    }
    for (size_t i = 0; i < entries.count && rc == SITO_OK; i++) {
        rc = remove_tree(f, entries.items[i].path, error);
    }
    sito_inputs_free(&entries);
    return rc;
}

/* ---- the stage ---- */

int sito_stage_begin(SitoStage *s, const SitoFolder *folder, char **error) {
    *s = (SitoStage){.folder = folder, .fd = -1};
    random_name(s->name);
    if (mkdirat(folder->fd, s->name, 0700) != 0) {
        int rc = trouble(folder, s->name, error);
        s->name[0] = 0;
        return rc;
    }
    s->fd = openat(folder->fd, s->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return s->fd < 0 ? trouble(folder, s->name, error) : SITO_OK;
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
        if (part != NULL && (mkdirat(*holder, part, 0700) == 0 || errno == EEXIST)) {
            below = openat(*holder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        }
        int failed = errno;
        close(*holder);
        errno = failed;
        *holder = below;
        *name = slash + 1;
        sito_free(part);
    }
    return *holder < 0 ? trouble(s->folder, path, error) : SITO_OK;
}

static int stage_file(SitoStage *s, const char *path, int source, SitoText content,
                      char sha256[SITO_SHA256_HEX], char **error) {
    int holder;
    const char *name;
    int rc = open_holder(s, path, &holder, &name, error);
    if (rc == SITO_OK) {
        rc = make_file(s->folder, holder, name, source, content, sha256, error);
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
    int rc = fd >= 0 && fchmod(fd, 0777 & ~mask) == 0 && fsync(fd) == 0 ? SITO_OK
                                                                        : trouble(f, name, error);
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
    return visit_entry(s->folder, s->folder->fd, s->name, "", 0, settle_entry,
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
    char *old = sito_print("%s%s", aside_prefix, name);
    int rc = old == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && taken && renameat(f->fd, name, f->fd, old) != 0) {
        rc = trouble(f, name, error);
    }
    if (rc == SITO_OK && renameat(f->fd, s->name, f->fd, name) != 0) {
        rc = trouble(f, name, error);
        if (taken && renameat(f->fd, old, f->fd, name) != 0) {
            rc = trouble(f, name, error);
        }
    }
    if (rc == SITO_OK && taken && renameat(f->fd, old, f->fd, s->name) != 0) {
        rc = trouble(f, name, error);
    }
    sito_free(old);
    return rc;
}

int sito_stage_place(SitoStage *s, const char *name, char **error) {
    const SitoFolder *f = s->folder;
    SitoEntry entry;
    int rc = sito_folder_entry(f, name, &entry, error);
    if (rc == SITO_OK && !exchange(f->fd, s->name, name, entry != SITO_ENTRY_NONE)) {
        rc = errno == EINVAL || errno == ENOSYS
                 ? move_twice(s, name, entry != SITO_ENTRY_NONE, error)
                 : trouble(f, name, error);
    }
    return rc == SITO_OK ? sync_folder(f, error) : rc;
}

int sito_stage_take(SitoStage *s, const SitoFolder *f, const char *name, char **error) {
    *s = (SitoStage){.folder = f, .fd = -1};
    random_name(s->name);
    if (renameat(f->fd, name, f->fd, s->name) != 0) {
        int rc = trouble(f, name, error);
        s->name[0] = 0;
        return rc;
    }
    return sync_folder(f, error);
}

int sito_stage_find(SitoStage *s, const SitoFolder *f, const char *name, char **error) {
    *s = (SitoStage){.folder = f, .fd = -1};
    snprintf(s->name, sizeof s->name, "%s", name);
    s->fd = openat(f->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return s->fd < 0 ? trouble(f, name, error) : SITO_OK;
}

void sito_stage_drop(SitoStage *s) {
    SitoEntry entry;
    if (s->fd >= 0) {
        close(s->fd);
        s->fd = -1;
    }
    if (s->name[0] != 0 && sito_folder_entry(s->folder, s->name, &entry, NULL) == SITO_OK &&
        entry != SITO_ENTRY_NONE && remove_tree(s->folder, s->name, NULL) != SITO_OK) {
        s->name[0] = 0; /* the next program that holds the lock removes it (R4) */
    }
    s->name[0] = 0;
}
