/*
** A request with its defaults filled in and its parts looked at, and the key under which its answer
** is kept.
**
** R1  What a client decides itself (Host, Range, Content-Length, …) or what is a secret (Authorization,
**     Cookie, names such as X-Api-Key) is refused among the headers, with the option that does it.
** R2  A secret goes over https, or to addresses that allow_private allows.
** R3  The key covers whatever may change the answer: URL, headers, the secret's name, place and digest,
**     the CA file and the proxy.
*/
#ifndef SITO_REQUEST_H
#define SITO_REQUEST_H

#include "cache.h"
#include "fetch.h"
#include "url.h"

typedef struct SitoFetchPlan {
    SitoRequest request; /* no number is 0 where 0 stands for a default */
    SitoUrl url;         /* without the secret */
    char *secret;        /* its value, or NULL */
    char *sent;          /* the URL with the secret in its query; NULL: not there */
    char *header;        /* the value of the header that carries the secret; NULL: none does */
    SitoHeader headers[SITO_MOST_HEADERS + 4];
    size_t own; /* of these, so many are harmless; the next one, if any, has the secret */
    size_t header_count;
} SitoFetchPlan;

int sito_fetch_plan_make(const SitoRequest *request, SitoFetchPlan *plan,
                         char **error) SITO_MUST_CHECK;
void sito_fetch_plan_free(SitoFetchPlan *plan);

/* `key`: of the answer; `server`: of whoever counts the requests of this user. */
int sito_fetch_plan_keys(const SitoFetchPlan *plan, const SitoCache *cache,
                         char key[SITO_SHA256_HEX], char server[SITO_SHA256_HEX],
                         char **error) SITO_MUST_CHECK;

SitoHidden sito_fetch_plan_hidden(const SitoFetchPlan *plan);

#endif
