/*
** A URL that may be fetched: http or https, with a host, without a user name.
**
** R1  A control character, a blank, a backslash, bytes that are no UTF-8, a user name or password, a
**     scheme other than http and https, or more than SITO_MOST_URL bytes: refused.
** R2  Letters beyond ASCII in path and query are percent-encoded, as browsers do; the fragment goes.
** R3  Where it is shown, keys in it are hidden (guard_core.h).
*/
#ifndef SITO_URL_H
#define SITO_URL_H

#include "base/sito.h"

enum { SITO_MOST_URL = 8192 };

typedef struct SitoUrl {
    char *text;   /* as it is asked for */
    char *shown;  /* as people may see it */
    char *origin; /* scheme://host:port, in small letters */
    char *host;   /* in small letters */
    bool tls;
} SitoUrl;

/* What is not to be seen: a parameter of the query by name, and a value wherever it stands. */
typedef struct SitoHidden {
    const char *parameter, *value; /* each may be NULL */
} SitoHidden;

/* `base` NULL: an absolute URL as somebody wrote it. Else what a redirect from there leads to. */
int sito_url_read(const char *text, const SitoUrl *base, SitoHidden hidden, SitoUrl *url,
                  char **error) SITO_MUST_CHECK;
void sito_url_free(SitoUrl *url);

/* The URL without the parameter, and with parameter=value where value is not NULL. */
int sito_url_parameter(const char *text, const char *parameter, const char *value,
                       char **result) SITO_MUST_CHECK;

#endif
