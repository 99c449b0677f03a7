/*
** The cache folder, its records and locks (cache.h).
*/
#define _GNU_SOURCE
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int sito_cache_trouble(const SitoCache *cache, const char *what, char **error) {
    return sito_error(error, SITO_IOERR, "remote: %s in the cache folder %s: %s", what, cache->path,
                      strerror(errno));
}

/* ---- the folder ---- */

static int default_path(char **path, char **error) {
    const char *set = getenv("SITO_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (set != NULL && set[0] != 0) {
        *path = sito_print("%s", set);
    } else if (xdg != NULL && xdg[0] == '/') {
        *path = sito_print("%s/sito", xdg);
    } else if (home != NULL && home[0] == '/') {
        *path = sito_print("%s/.cache/sito", home);
    } else {
        return sito_error(error, SITO_CANTOPEN,
                          "remote: there is no cache folder: name one with cache='FOLDER', or set "
                          "SITO_CACHE or HOME");
    }
    return *path == NULL ? SITO_NOMEM : SITO_OK;
}

/* Makes a folder and the one above it, where they are not there; opening says what failed. */
static void make_folders(char *path) {
    char *slash = strrchr(path, '/');
    if (slash != NULL && slash != path) {
        *slash = 0;
        (void)mkdir(path, S_IRWXU);
        *slash = '/';
    }
    (void)mkdir(path, S_IRWXU);
}

static int check_owner(const SitoCache *cache, int file, const char *name, char **error) {
    struct stat st;
    if (fstat(file, &st) != 0) {
        return sito_cache_trouble(cache, name, error);
    }
    if (st.st_uid != geteuid()) {
        return sito_error(error, SITO_CANTOPEN,
                          "remote: the cache folder %s%s belongs to another user; name one of your "
                          "own with cache='FOLDER' or SITO_CACHE",
                          cache->path, name);
    }
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return sito_error(
            error, SITO_CANTOPEN,
            "remote: others can enter the cache folder %s%s; name one that is used for "
            "nothing else, and run: chmod 700 '%s%s'",
            cache->path, name, cache->path, name);
    }
    return SITO_OK;
}

static int open_folder(const SitoCache *cache, int above, const char *name, const char *shown,
                       int *folder, char **error) {
    *folder = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*folder < 0 && (errno == ELOOP || errno == ENOTDIR)) {
        return sito_error(
            error, SITO_CANTOPEN,
            "remote: the cache folder %s%s is a file or a symbolic link; name a folder",
            cache->path, shown);
    }
    if (*folder < 0) {
        return sito_error(error, SITO_CANTOPEN,
                          "remote: the cache folder %s%s cannot be opened: %s", cache->path, shown,
                          strerror(errno));
    }
    return check_owner(cache, *folder, shown, error);
}

/* A folder that has other things in it is no cache: clean-up would be among them. urls/ is made first, so
** that whoever sees anything of a cache sees it. */
static int check_use(const SitoCache *cache, char **error) {
    bool others = false;
    struct stat st;
    int copy = openat(cache->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = copy >= 0 ? fdopendir(copy) : NULL;
    if (names == NULL) {
        int rc = sito_cache_trouble(cache, "a list of files cannot be read", error);
        if (copy >= 0) {
            (void)close(copy);
        }
        return rc;
    }
    for (const struct dirent *name; !others && (name = readdir(names)) != NULL;) {
        others = strcmp(name->d_name, ".") != 0 && strcmp(name->d_name, "..") != 0;
    }
    (void)closedir(names);
    return others && fstatat(cache->folder, "urls", &st, AT_SYMLINK_NOFOLLOW) != 0
               ? sito_error(
                     error, SITO_CANTOPEN,
                     "remote: the folder %s has other things in it than a cache; name a new or "
                     "an empty one",
                     cache->path)
               : SITO_OK;
}

static int open_inner(SitoCache *cache, char **error) {
    struct {
        const char *name, *shown;
        int *folder;
    } inner[] = {{"urls", "/urls", &cache->urls},
                 {"bodies", "/bodies", &cache->bodies},
                 {"locks", "/locks", &cache->locks},
                 {"quotas", "/quotas", &cache->quotas},
                 {"parts", "/parts", &cache->parts}};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(inner) && rc == SITO_OK; i++) {
        (void)mkdirat(cache->folder, inner[i].name, S_IRWXU);
        rc = open_folder(cache, cache->folder, inner[i].name, inner[i].shown, inner[i].folder,
                         error);
    }
    return rc;
}

int sito_cache_open(const char *path, const SitoWatch *watch, SitoCache *cache, char **error) {
    *cache = (SitoCache){.folder = -1,
                         .urls = -1,
                         .bodies = -1,
                         .locks = -1,
                         .quotas = -1,
                         .parts = -1,
                         .watch = watch};
    int rc = SITO_OK;
    if (path == NULL) {
        rc = default_path(&cache->path, error);
    } else {
        cache->path = sito_print("%s", path);
        rc = cache->path == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        make_folders(cache->path);
        rc = open_folder(cache, AT_FDCWD, cache->path, "", &cache->folder, error);
    }
    rc = rc == SITO_OK ? check_use(cache, error) : rc;
    rc = rc == SITO_OK ? open_inner(cache, error) : rc;
    if (rc != SITO_OK) {
        sito_cache_close(cache);
    }
    return rc;
}

static void close_one(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
    *file = -1;
}

void sito_cache_close(SitoCache *cache) {
    close_one(&cache->urls);
    close_one(&cache->bodies);
    close_one(&cache->locks);
    close_one(&cache->quotas);
    close_one(&cache->parts);
    close_one(&cache->folder);
    sito_free(cache->path);
    cache->path = NULL;
}

/* ---- records ---- */

/* Reads up to STORED_LARGEST bytes; more is no record. */
static int read_small(const SitoCache *cache, int file, SitoBuffer *text, char **error) {
    for (;;) {
        int rc = sito_buffer_reserve(text, 4096);
        if (rc != SITO_OK) {
            return rc;
        }
        ssize_t n = read(file, text->data + text->size, 4096);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return sito_cache_trouble(cache, "a record cannot be read", error);
        }
        text->size += (size_t)n;
        if (n == 0 || text->size > STORED_LARGEST) {
            return SITO_OK;
        }
    }
}

int sito_cache_find(const SitoCache *cache, const char *key, SitoStored *stored, bool *found,
                    char **error) {
    *stored = (SitoStored){0};
    *found = false;
    int file = openat(cache->urls, key, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return errno == ENOENT || errno == ELOOP
                   ? SITO_OK
                   : sito_cache_trouble(cache, "a record cannot be opened", error);
    }
    struct stat st;
    SitoBuffer text = {.limit = STORED_LARGEST + 8192};
    int rc = fstat(file, &st) == 0 && S_ISREG(st.st_mode) ? read_small(cache, file, &text, error)
                                                          : SITO_OK; /* no record: empty */
    (void)close(file);
    if (rc == SITO_OK) {
        rc = sito_stored_read((SitoText){text.data, text.size}, stored, found);
    }
    sito_buffer_free(&text);
    return rc;
}

static int write_all(int file, const char *data, size_t size) {
    while (size > 0) {
        ssize_t n = write(file, data, size);
        if (n < 0 && errno != EINTR) {
            return SITO_IOERR;
        }
        data += n > 0 ? n : 0;
        size -= n > 0 ? (size_t)n : 0;
    }
    return SITO_OK;
}

int sito_cache_save(const SitoCache *cache, const char *key, const SitoStored *stored,
                    char **error) {
    SitoBuffer text = {.limit = STORED_LARGEST};
    SitoPart part = {.file = -1};
    int rc = sito_stored_write(stored, &text);
    rc = rc == SITO_OK ? sito_part_new(cache, &part, error) : rc;
    if (rc == SITO_OK &&
        (write_all(part.file, text.data, text.size) != SITO_OK || fsync(part.file) != 0 ||
         renameat(cache->parts, part.name, cache->urls, key) != 0)) {
        rc = sito_cache_trouble(cache, "a record cannot be written", error);
    } else if (rc == SITO_OK) {
        part.name[0] = 0;
        (void)fsync(cache->urls); /* a rename that is lost leaves the record before it */
    }
    sito_part_drop(cache, &part);
    sito_buffer_free(&text);
    return rc;
}

void sito_cache_touch(const SitoCache *cache, const char *key) {
    (void)utimensat(cache->urls, key, NULL, AT_SYMLINK_NOFOLLOW);
}

/* ---- locks ---- */

/* Whether the lock is still the one that the name leads to: clean-up removes locks too. */
static bool is_current(const SitoCache *cache, const char *key, int file) {
    struct stat held, named;
    return fstat(file, &held) == 0 &&
           fstatat(cache->locks, key, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

int sito_cache_lock(const SitoCache *cache, const char *key, int *file, char **error) {
    long pause = 2000000; /* ns; grows to 50 ms */
    for (;;) {
        *file =
            openat(cache->locks, key, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (*file < 0) {
            return sito_cache_trouble(cache, "a lock cannot be opened", error);
        }
        while (flock(*file, LOCK_EX | LOCK_NB) != 0) {
            int rc = errno == EWOULDBLOCK || errno == EINTR
                         ? sito_watch_ask(cache->watch)
                         : sito_cache_trouble(cache, "a lock cannot be taken", error);
            if (rc != SITO_OK) {
                close_one(file);
                return rc;
            }
            (void)nanosleep(&(struct timespec){.tv_nsec = pause}, NULL);
            pause = pause < 50000000 ? pause * 3 / 2 : pause;
        }
        if (is_current(cache, key, *file)) {
            return SITO_OK;
        }
        close_one(file);
    }
}
