/*
** The cache folder: bodies named by their digest, and a record for each URL.
**
**   urls/KEY      what is known of the answer to one request (stored_core.h)
**   bodies/SHA    its bytes, read-only
**   locks/KEY     held (flock) while the answer to that request is fetched
**   quotas/HOST   requests made of late (quota.h)
**   parts/…       bodies and records not yet whole, each locked by the process that writes it
**   secret        32 random bytes under which secrets are part of a KEY
**
** R1  The folder is the user's own, mode 0700, no symbolic link; so is everything in it. Anything else
**     is refused with the sentence that mends it.
** R2  What is in urls/ and bodies/ got there by a rename of a whole file that was written to the disk
**     before. A process that dies leaves parts/, which the next one sweeps, and never a broken entry.
** R3  A body is opened under a shared lock and only if it is a file of its length whose digest was
**     computed in the state (inode, times) that it is in now; otherwise it is computed anew. What
**     fails is damaged, and is fetched again.
** R4  Clean-up removes what was used longest ago, and nothing that is locked.
*/
#ifndef SITO_CACHE_H
#define SITO_CACHE_H

#include "base/watch.h"
#include "stored_core.h"

typedef struct SitoCache {
    int folder, urls, bodies, locks, quotas, parts; /* open folders; -1: none */
    char *path;
    const SitoWatch *watch; /* asked while waiting and hashing */
} SitoCache;

typedef struct SitoPart {
    int file; /* -1: none */
    char name[40];
} SitoPart;

typedef enum SitoBodyState { BODY_GOOD, BODY_MISSING, BODY_DAMAGED } SitoBodyState;

/* ---- cache.c: the folder, records and locks ---- */

/* `path` NULL stands for $SITO_CACHE, else sito under $XDG_CACHE_HOME or ~/.cache. Makes what is not
** there. */
int sito_cache_open(const char *path, const SitoWatch *watch, SitoCache *cache,
                    char **error) SITO_MUST_CHECK;
void sito_cache_close(SitoCache *cache);

/* The record of a key; *found tells whether there is one. */
int sito_cache_find(const SitoCache *cache, const char *key, SitoStored *stored, bool *found,
                    char **error) SITO_MUST_CHECK;
int sito_cache_save(const SitoCache *cache, const char *key, const SitoStored *stored,
                    char **error) SITO_MUST_CHECK;
/* Notes that the record was used now. */
void sito_cache_touch(const SitoCache *cache, const char *key);

/* Waits for the lock of a name in locks/; closing *file gives it back. */
int sito_cache_lock(const SitoCache *cache, const char *key, int *file,
                    char **error) SITO_MUST_CHECK;

/* SITO_IOERR with "remote: WHAT in the cache folder PATH: why" from errno. */
int sito_cache_trouble(const SitoCache *cache, const char *what, char **error);

/* ---- body.c: parts and bodies ---- */

/* A new file in parts/, locked. sito_part_drop removes it, unless it was kept. */
int sito_part_new(const SitoCache *cache, SitoPart *part, char **error) SITO_MUST_CHECK;
void sito_part_drop(const SitoCache *cache, SitoPart *part);

/* Writes the part to the disk and makes it the body of the record's digest, unless these bytes are there
** already; stamps the record. */
int sito_cache_keep(const SitoCache *cache, SitoPart *part, SitoStored *stored,
                    char **error) SITO_MUST_CHECK;

/* Opens the body of a record: *file, or *state says why not. `thorough`: compute the digest in any
** case. Where it was computed the record's stamp changes, and *stamped is true. */
int sito_cache_body(const SitoCache *cache, SitoStored *stored, bool thorough, int *file,
                    SitoBodyState *state, bool *stamped, char **error) SITO_MUST_CHECK;

/* ---- clean.c ---- */

/* Removes abandoned parts and locks, bodies without a record, and what was used longest ago until at most
** `limit` bytes are left. *freed: bytes of bodies removed; may be NULL. */
int sito_cache_clean(const SitoCache *cache, int64_t limit, int64_t *freed,
                     char **error) SITO_MUST_CHECK;

/* Calls `see` for every record; `used` is ms since 1970, `open` whether somebody reads the body now. */
typedef int (*SitoSeeStored)(void *data, const char *key, SitoStored *stored, int64_t used,
                             SitoBodyState state, bool open);
int sito_cache_walk(const SitoCache *cache, SitoSeeStored see, void *data,
                    char **error) SITO_MUST_CHECK;

#endif
