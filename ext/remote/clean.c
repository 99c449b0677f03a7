/*
** Walking through the cache and cleaning it up (cache.h).
*/
#define _GNU_SOURCE
#include "cache.h"

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

enum { MOST_RECORDS = 1 << 22, ORPHAN_SECONDS = 3600 };

/* ---- walking ---- */

/* Calls `see` for the names in a folder, until it returns something else than SITO_OK. */
static int walk_names(const SitoCache *cache, int folder, int (*see)(void *, const char *),
                      void *data, char **error) {
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = copy >= 0 ? fdopendir(copy) : NULL;
    if (names == NULL) {
        int rc = sito_cache_trouble(cache, "a list of files cannot be read", error);
        if (copy >= 0) {
            (void)close(copy);
        }
        return rc;
    }
    int rc = SITO_OK;
    for (const struct dirent *name; rc == SITO_OK && (name = readdir(names)) != NULL;) {
        rc = name->d_name[0] == '.' ? SITO_OK : see(data, name->d_name);
    }
    (void)closedir(names);
    return rc;
}

/* Tells whether somebody reads the body; takes the lock of a removal where nobody does. */
static bool lock_alone(int file) {
    return flock(file, LOCK_EX | LOCK_NB) == 0;
}

typedef struct Walk {
    const SitoCache *cache;
    SitoSeeStored see;
    void *data;
    char **error;
} Walk;

static int see_record(void *data, const char *key) {
    const Walk *walk = data;
    SitoStored stored;
    bool found = false, open = false;
    struct stat st, body;
    int rc = sito_cache_find(walk->cache, key, &stored, &found, walk->error);
    if (rc != SITO_OK || !found || fstatat(walk->cache->urls, key, &st, 0) != 0) {
        sito_stored_free(&stored);
        return rc;
    }
    int file = openat(walk->cache->bodies, sito_stored_get(&stored, STORED_SHA256),
                      O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    SitoBodyState state = BODY_MISSING;
    if (file >= 0) {
        bool whole = fstat(file, &body) == 0 && body.st_size == stored.number[STORED_BYTES];
        state = whole ? BODY_GOOD : BODY_DAMAGED;
        open = !lock_alone(file);
        (void)close(file);
    }
    int64_t used = (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000;
    rc = walk->see(walk->data, key, &stored, used, state, open);
    sito_stored_free(&stored);
    return rc;
}

int sito_cache_walk(const SitoCache *cache, SitoSeeStored see, void *data, char **error) {
    Walk walk = {.cache = cache, .see = see, .data = data, .error = error};
    return walk_names(cache, cache->urls, see_record, &walk, error);
}

/* ---- cleaning ---- */

typedef struct Item {
    char key[SITO_SHA256_HEX], sha256[SITO_SHA256_HEX];
    int64_t bytes, used;
    bool open, gone;
} Item;

typedef struct Clean {
    const SitoCache *cache;
    Item *items; /* by body, once they are all there */
    size_t count, capacity;
    int64_t total, freed;
} Clean;

static int by_body(const void *a, const void *b) {
    return strcmp(((const Item *)a)->sha256, ((const Item *)b)->sha256);
}

typedef struct Use {
    Item *item;
} Use;

static int by_use(const void *a, const void *b) {
    const Item *x = ((const Use *)a)->item, *y = ((const Use *)b)->item;
    return x->used != y->used ? (x->used < y->used ? -1 : 1) : strcmp(x->key, y->key);
}

static int note_item(void *data, const char *key, SitoStored *stored, int64_t used,
                     SitoBodyState state, bool open) {
    Clean *clean = data;
    int rc = sito_grow((void **)&clean->items, &clean->capacity, clean->count + 1, sizeof(Item),
                       MOST_RECORDS);
    if (rc != SITO_OK || strlen(key) != SITO_SHA256_HEX - 1) {
        return rc;
    }
    Item *item = &clean->items[clean->count++];
    *item = (Item){.bytes = state == BODY_MISSING ? 0 : stored->number[STORED_BYTES],
                   .used = used,
                   .open = open};
    memcpy(item->key, key, SITO_SHA256_HEX);
    memcpy(item->sha256, sito_stored_get(stored, STORED_SHA256), SITO_SHA256_HEX);
    return SITO_OK;
}

/* Sums up the bodies, each once, however many URLs share it. */
static void sum_up(Clean *clean) {
    if (clean->count > 0) {
        qsort(clean->items, clean->count, sizeof(Item), by_body);
    }
    for (size_t i = 0; i < clean->count; i++) {
        bool again = i > 0 && by_body(&clean->items[i - 1], &clean->items[i]) == 0;
        clean->total += again ? 0 : clean->items[i].bytes;
    }
}

/* Whether a record that is left has this body. */
static bool is_wanted(const Clean *clean, const char *sha256) {
    Item sought;
    snprintf(sought.sha256, sizeof sought.sha256, "%s", sha256);
    const Item *found = clean->count > 0
                            ? bsearch(&sought, clean->items, clean->count, sizeof(Item), by_body)
                            : NULL;
    if (found == NULL) {
        return false;
    }
    while (found > clean->items && by_body(found - 1, &sought) == 0) {
        found--;
    }
    for (; found < clean->items + clean->count && by_body(found, &sought) == 0; found++) {
        if (!found->gone) {
            return true;
        }
    }
    return false;
}

/* Removes a body that nobody reads; false where somebody does. */
static bool remove_body(const SitoCache *cache, const char *sha256) {
    int file = openat(cache->bodies, sha256, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return errno == ENOENT || unlinkat(cache->bodies, sha256, 0) == 0;
    }
    bool removed = lock_alone(file) && unlinkat(cache->bodies, sha256, 0) == 0;
    (void)close(file);
    return removed;
}

/* Removes a record, unless it is being fetched anew or its body is being read. */
static void remove_item(Clean *clean, Item *item) {
    int lock = openat(clean->cache->locks, item->key, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
                      S_IRUSR | S_IWUSR);
    if (lock < 0) {
        return;
    }
    if (lock_alone(lock)) {
        item->gone = true;
        bool last = !is_wanted(clean, item->sha256);
        item->gone = !last || remove_body(clean->cache, item->sha256);
        if (item->gone) {
            (void)unlinkat(clean->cache->urls, item->key, 0);
            (void)unlinkat(clean->cache->locks, item->key, 0);
            clean->total -= last ? item->bytes : 0;
            clean->freed += last ? item->bytes : 0;
        }
    }
    (void)close(lock);
}

/* A part whose writer is no more has no lock. */
static int sweep_part(void *data, const char *name) {
    const Clean *clean = data;
    int file = openat(clean->cache->parts, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 || lock_alone(file)) {
        (void)unlinkat(clean->cache->parts, name, 0);
    }
    if (file >= 0) {
        (void)close(file);
    }
    return SITO_OK;
}

/* The lock of a request that left nothing, such as one that was answered by 404. */
static int sweep_lock(void *data, const char *name) {
    const Clean *clean = data;
    struct stat st;
    if (fstatat(clean->cache->urls, name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        return SITO_OK;
    }
    int file = openat(clean->cache->locks, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file >= 0 && lock_alone(file)) {
        (void)unlinkat(clean->cache->locks, name, 0);
    }
    if (file >= 0) {
        (void)close(file);
    }
    return SITO_OK;
}

/* A body without a record: a process died between the two, or a record was replaced. */
static int sweep_body(void *data, const char *name) {
    Clean *clean = data;
    struct stat st;
    bool old = fstatat(clean->cache->bodies, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
               time(NULL) - st.st_ctim.tv_sec > ORPHAN_SECONDS;
    if (old && !is_wanted(clean, name) && remove_body(clean->cache, name)) {
        clean->freed += (int64_t)st.st_size;
    }
    return SITO_OK;
}

/* Removes what was used longest ago, until what is left is within the limit. */
static int shrink(Clean *clean, int64_t limit) {
    Use *order = sito_malloc((clean->count + 1) * sizeof(Use));
    if (order == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < clean->count; i++) {
        order[i].item = &clean->items[i];
    }
    qsort(order, clean->count, sizeof(Use), by_use);
    for (size_t i = 0; i < clean->count && clean->total > limit; i++) {
        if (!order[i].item->open) {
            remove_item(clean, order[i].item);
        }
    }
    sito_free(order);
    return SITO_OK;
}

int sito_cache_clean(const SitoCache *cache, int64_t limit, int64_t *freed, char **error) {
    Clean clean = {.cache = cache};
    int rc = walk_names(cache, cache->parts, sweep_part, &clean, error);
    rc = rc == SITO_OK ? walk_names(cache, cache->locks, sweep_lock, &clean, error) : rc;
    rc = rc == SITO_OK ? sito_cache_walk(cache, note_item, &clean, error) : rc;
    if (rc == SITO_OK) {
        sum_up(&clean);
        rc = clean.total > limit ? shrink(&clean, limit) : SITO_OK;
    }
    rc = rc == SITO_OK ? walk_names(cache, cache->bodies, sweep_body, &clean, error) : rc;
    sito_free(clean.items);
    if (freed != NULL) {
        *freed = clean.freed;
    }
    return rc;
}
