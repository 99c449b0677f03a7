/*
** One GET, into a cache: what the table remote, its pages and `sito fetch` stand on.
**
**   request ─▶ stored and young enough? ─▶ entry
**           └▶ lock of this URL ─▶ quota ─▶ GET, conditional where something is stored ─▶ temporary file
**              ─▶ length, SHA-256, fsync ─▶ renamed to its digest ─▶ entry, open for reading
**
** R1  http and https only. Every address is judged on the socket that is opened for it, redirects
**     included (guard_core.h): private, loopback and the like only with allow_private.
** R2  An answer is whole or an error: a body shorter than its length, chunks without an end, a status
**     other than 200, a page of HTML where data is wanted, a packed body that was not asked for. A body
**     whose end nothing marks is refused unless any_length is set or its digest is given.
** R3  What costs nothing to repeat is repeated: 408, 429, 5xx and failed connections, as Retry-After
**     says or ever later, within `attempts`, `longest_wait` and `total_seconds`.
** R4  A secret is named, never given: it stands in no URL, message, file name or file of the cache. It
**     goes to the scheme, host and port of the URL and to no other. What was fetched with it is served
**     only to requests with the same secret.
** R5  However many processes ask for one URL at once, it is fetched once; kill -9 at any point leaves
**     a cache that works (cache.h).
** R6  The entry is open and locked: no clean-up takes it away, its bytes are the digest's bytes.
** R7  `watch` is asked at least ten times a second, also while waiting.
*/
#ifndef SITO_FETCH_H
#define SITO_FETCH_H

#include "base/watch.h"

/* What the caller is going to read. A page of HTML and a type that cannot be it are refused. */
typedef enum SitoBody { SITO_BODY_ANY, SITO_BODY_CSV, SITO_BODY_JSON, SITO_BODY_NDJSON } SitoBody;

typedef struct SitoHeader {
    const char *name, *value;
} SitoHeader;

typedef enum SitoSecretKind {
    SITO_SECRET_NONE,
    SITO_SECRET_ENV, /* the value of an environment variable */
    SITO_SECRET_FILE /* the first line of a file of the user's own, mode 0600 */
} SitoSecretKind;

/* Where a secret is to be found, and where it goes. */
typedef struct SitoSecret {
    SitoSecretKind kind;
    const char *name;      /* of the variable, or the path of the file */
    const char *header;    /* that carries it: "X-ClientId"; NULL: Authorization */
    const char *prefix;    /* before it in the header: "Bearer "; NULL: nothing */
    const char *parameter; /* of the query that carries it instead of a header, or NULL */
} SitoSecret;

/* So many requests in so many seconds, kept by all processes that share the cache folder. */
typedef struct SitoQuota {
    int64_t count, seconds;
} SitoQuota;

enum { SITO_MOST_QUOTAS = 8, SITO_MOST_HEADERS = 32 };

#define SITO_AGE_OF_SERVER ((int64_t)-1) /* as Cache-Control or Expires says; else ask each time */
#define SITO_MAX_FETCHED ((int64_t)2 << 30)
#define SITO_MAX_CACHE ((int64_t)8 << 30)

/* Where 0 or NULL stands behind a default, a request made by a designated initialiser has it. */
typedef struct SitoRequest {
    const char *url;
    const SitoHeader
        *headers; /* up to SITO_MOST_HEADERS; those that a client sets itself are refused */
    size_t header_count;
    SitoSecret secret;
    SitoBody body;
    const char *sha256; /* 64 hexadecimal digits that the body must have, or NULL */

    const char *cache;   /* folder; NULL: $SITO_CACHE, $XDG_CACHE_HOME/sito, ~/.cache/sito */
    int64_t cache_bytes; /* the most that the cache keeps; SITO_MAX_CACHE */
    int64_t max_age;     /* seconds for which a stored answer does; 0: ask the server each time */
    bool offline;        /* what is stored, however old, and no network */
    int64_t max_bytes;   /* of the body; SITO_MAX_FETCHED */
    int64_t connect_seconds;                    /* 15 */
    int64_t low_speed_bytes, low_speed_seconds; /* fewer a second for so long end it; 64, 30 */
    int64_t total_seconds;                      /* retries and waits included; 3600 */
    int attempts;                               /* 4 */
    int64_t longest_wait;                       /* seconds for one retry or for the quota; 900 */
    const SitoQuota *quotas;                    /* up to SITO_MOST_QUOTAS */
    size_t quota_count;

    bool allow_private; /* addresses that are not public */
    bool any_length;    /* a body that only the end of the connection ends */
    const char *ca_file;
    const char
        *proxy; /* http://host:port; without it none is used, whatever the environment says */
    const SitoWatch *watch;
} SitoRequest;

/* An entry of the cache, open for reading from its first byte. */
typedef struct SitoEntry {
    int file;   /* -1: none */
    char *path; /* of the same file; it stays while the entry is open */
    char sha256[SITO_SHA256_HEX];
    int64_t bytes;
    int status;          /* of the answer that brought the bytes: 200 */
    char *url;           /* that answered in the end, keys in it hidden */
    char *content_type;  /* as sent, without parameters, in small letters; "" */
    char *charset;       /* parameter of it, in small letters; "" */
    char *etag;          /* as sent, quotes included; "" */
    char *last_modified; /* as sent; "" */
    char *link;          /* the header Link as sent; "" */
    int64_t fetched;     /* when the bytes were asked for or found unchanged, ms since 1970 */
    int64_t since;       /* when these bytes were first got for this request, ms since 1970 */
    int64_t expires;     /* as the server says, ms since 1970; 0: it does not */
    bool from_cache;     /* no byte of the body was transferred */
} SitoEntry;

/* Opens the answer to the request. On failure *error is one sentence and *entry is empty. */
int sito_fetch(const SitoRequest *request, SitoEntry *entry, char **error) SITO_MUST_CHECK;

/* Closes it; an empty one is fine. */
void sito_entry_close(SitoEntry *entry);

#endif
