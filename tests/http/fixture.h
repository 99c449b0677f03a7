/*
** For unit tests that fetch: the server (server.h) as a child process, a scratch folder, a cache of
** its own for each test. FIXTURES and BUILD come from CMake.
*/
#ifndef SITO_HTTP_FIXTURE_H
#define SITO_HTTP_FIXTURE_H

#include <stddef.h>

#include "remote/fetch.h"

/* Group set-up and tear-down of cmocka. */
int fixture_start(void **state);
int fixture_stop(void **state);

extern const char *fixture_folder;   /* scratch; www/ in it is served too */
extern const char *fixture_cache;    /* the cache of this test */
int fixture_new_cache(void **state); /* set-up of a test: an empty cache */

/* http://127.0.0.1:PORT/PATH; with a name, https and the port of that certificate. Kept till the next
** 16 calls. */
const char *fixture_url(const char *path);
const char *fixture_other_url(const char *path); /* 127.0.0.2 */
const char *fixture_tls_url(const char *name, const char *path);
const char *fixture_file(const char *name); /* a path in the scratch folder, kept as long */

/* Fetches with the cache of this test, by default at one attempt and within 10 seconds. */
int fixture_fetch(SitoRequest request, SitoEntry *entry, char **error);
/* The same; a failure of it fails the test. */
void fixture_open(SitoRequest request, SitoEntry *entry);
/* Fetches and closes; tells whether the bytes came from the cache. */
bool fixture_get(SitoRequest request);
/* The fetch must fail, with a message that has this text. */
void fixture_refuse(SitoRequest request, const char *text);

SitoRequest fixture_of(const char *path, int64_t max_age);

/* Of a folder of the cache: how many files it has; the path of the only one. */
int fixture_files(const char *folder);
const char *fixture_only_file(const char *folder);

/* How many requests for that target the server has seen. */
int fixture_requests(const char *target);
/* Whether a line of the log has both texts. */
int fixture_logged(const char *target, const char *text);

void fixture_write(const char *name, const char *text, size_t size);

#endif
