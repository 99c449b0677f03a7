/*
** The quota of a server, shared by all processes that share the cache folder (window_core.h).
*/
#ifndef SITO_QUOTA_H
#define SITO_QUOTA_H

#include "cache.h"
#include "window_core.h"

/* Waits until a request to `name` (64 hexadecimal digits that stand for a server and a user) may be
** made, and counts it. More than `longest` ms of waiting is an error that says how long; `host` is
** how it calls the server. */
int sito_quota_take(const SitoCache *cache, const char *name, const char *host,
                    const SitoQuota *quotas, size_t count, int64_t longest,
                    char **error) SITO_MUST_CHECK;

/* Notes that the server wants no request for so many ms. */
int sito_quota_hold(const SitoCache *cache, const char *name, const SitoQuota *quotas, size_t count,
                    int64_t ms, char **error) SITO_MUST_CHECK;

/* Waits, asking the watch of the cache. */
int sito_wait(const SitoCache *cache, int64_t ms) SITO_MUST_CHECK;

int64_t sito_clock_ms(void); /* since 1970 */

#endif
