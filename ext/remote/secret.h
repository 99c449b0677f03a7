/*
** The value of a secret that a request names, and what of it may be written down.
**
** R1  The value comes from an environment variable, or from the first line of a regular file of the
**     user's own that nobody else can read. It has 1 to 4096 visible ASCII characters.
** R2  Only its HMAC-SHA-256 under the 32 random bytes of the cache folder leaves this file, as a part
**     of what a key of the cache is hashed from.
** R3  It is wiped before its memory is given back.
*/
#ifndef SITO_SECRET_H
#define SITO_SECRET_H

#include "cache.h"
#include "fetch.h"

/* *value is NULL for SITO_SECRET_NONE. */
int sito_secret_read(const SitoSecret *secret, char **value, char **error) SITO_MUST_CHECK;
void sito_secret_forget(char *value);

int sito_secret_digest(const SitoCache *cache, const char *value, char hex[SITO_SHA256_HEX],
                       char **error) SITO_MUST_CHECK;

#endif
