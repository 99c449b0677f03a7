/*
** What a server answered: the status and those headers that decide something. Plain C.
**
** R1  Each header line is read once; a later one of the same name counts, but lengths that differ are
**     a contradiction.
** R2  What may be read as CSV, JSON or lines of JSON is judged by the type and by the first bytes; a
**     page of HTML is none of them, whatever its type says.
*/
#ifndef SITO_REPLY_CORE_H
#define SITO_REPLY_CORE_H

#include "fetch.h"

enum { SITO_MOST_HEADER = 4096, SITO_FIRST_BYTES = 512 };

typedef enum SitoReplyText {
    REPLY_TYPE,
    REPLY_ETAG,
    REPLY_LAST_MODIFIED,
    REPLY_LINK,
    REPLY_LOCATION,
    REPLY_RETRY_AFTER,
    REPLY_ENCODING, /* Content-Encoding */
    REPLY_CACHE_CONTROL,
    REPLY_EXPIRES,
    REPLY_DATE,
    REPLY_LENGTH,
    REPLY_TRANSFER,
    REPLY_TEXTS
} SitoReplyText;

typedef struct SitoReply {
    int status;
    char *text[REPLY_TEXTS]; /* NULL: not sent */
    bool lengths_differ;
    size_t header_bytes;
    int64_t bytes; /* of the body that came */
    char first[SITO_FIRST_BYTES];
    size_t first_size;
    const char *address; /* kind of address that answered, where it is not public (guard_core.h) */
} SitoReply;

/* One line as it came. A status line begins an answer anew. */
int sito_reply_line(SitoReply *reply, SitoText line) SITO_MUST_CHECK;
void sito_reply_free(SitoReply *reply);
const char *sito_reply_get(const SitoReply *reply, SitoReplyText which); /* "" where not sent */

/* Whether a length or chunks mark the end of the body. */
bool sito_reply_is_marked(const SitoReply *reply);

/* The type without parameters, and its charset, in small letters and SQLite's memory. */
int sito_type_split(const char *header, char **type, char **charset) SITO_MUST_CHECK;

/* NULL where a body of that type which begins so can be what is wanted, else why it cannot: a phrase
** that follows "the answer is". */
const char *sito_body_refusal(SitoBody wanted, const char *type, SitoText first);

/* The value of max-age in a Cache-Control header; -1: none. 0 for no-cache and no-store. */
int64_t sito_max_age(const char *cache_control);

#endif
