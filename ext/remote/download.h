/*
** Asking a server until it gives an answer that counts: redirects, retries, quota.
**
** R1  At most 5 redirects, none of them twice to the same place, none from https to http. Each is
**     read, judged and counted like the first URL. To another scheme, host or port neither the secret
**     nor the caller's headers go.
** R2  408, 429 and 5xx (but 501 and 505) and failed connections are tried again: after what Retry-After
**     says, else after half a second and then ever twice as long, scattered by chance.
** R3  A 304 counts only where the conditions were sent to the URL that answered last time.
*/
#ifndef SITO_DOWNLOAD_H
#define SITO_DOWNLOAD_H

#include "reply_core.h"
#include "request.h"

typedef struct SitoDownload {
    SitoReply reply; /* of status 200 or 304 */
    SitoPart part;   /* the body of a 200; to be kept or dropped */
    SitoUrl final;   /* that answered */
    char sha256[SITO_SHA256_HEX];
} SitoDownload;

/* `known`: what is stored and whole, or NULL. */
int sito_download(const SitoFetchPlan *plan, const SitoCache *cache, const char *server,
                  const SitoStored *known, SitoDownload *download, char **error) SITO_MUST_CHECK;
void sito_download_free(const SitoCache *cache, SitoDownload *download);

/* ms since 1970 of a date as HTTP writes it; 0: none. */
int64_t sito_http_date(const char *text);

#endif
