/*
** The options of CREATE VIRTUAL TABLE temp.t USING remote(…), and of the presets, which are options that
** somebody else wrote down.
**
** R1  An option that is not known, given twice (but http_header and csv's null) or with a value outside its
**     range is an error that says what is possible. Options of the table csv are known too; they are
**     refused when the source turns out to be JSON.
** R2  No secret is an option: auth_env and auth_file name where it is, and headers that carry one are
**     refused.
** R3  Ages are 30s, 15m, 12h, 7d or a number of seconds; bytes are a number, or one with K, M or G
**     (1024 and its powers).
*/
#ifndef SITO_REMOTE_OPTIONS_H
#define SITO_REMOTE_OPTIONS_H

#include "fetch.h"
#include "paging_core.h"

enum {
    SITO_MAX_PAGE = 32 << 20,   /* bytes of one JSON answer or line: default of max_page */
    SITO_MOST_PAGE = 500 << 20, /* the most that max_page may ask for */
    SITO_REMOTE_AGE = 3600      /* seconds: default of max_age */
};

typedef enum SitoFormat {
    SITO_FORMAT_AUTO,
    SITO_FORMAT_CSV,
    SITO_FORMAT_JSON,
    SITO_FORMAT_NDJSON
} SitoFormat;

typedef struct SitoRemoteOptions {
    const char *module; /* for messages: remote, bdl, … */
    /* texts; NULL: not given */
    char *url, *data, *rows, *columns, *fields, *next, *cursor, *total;
    char *page_param, *size_param;
    char *auth_env, *auth_file, *auth_header, *auth_prefix, *auth_param;
    char *cache, *ca_file, *proxy, *sha256, *quota, *quota_auth;
    char *ask,
        *answer; /* of presets: the address that tells where the file is, and the paths to it */
    int64_t format, page; /* SitoFormat, SitoPageKind */
    int64_t page_first, page_size, max_pages, max_page;
    int64_t max_age, max_bytes, cache_bytes, timeout, connect_timeout, attempts;
    int64_t offline, allow_private, any_length;
    SitoBuffer headers; /* name, NUL, value, NUL, … */
    size_t header_count;
    SitoBuffer csv; /* arguments for the table csv, each ended by NUL */
    size_t csv_count;
    const char *csv_first; /* the name of the first of them; NULL: none */
    uint64_t seen;         /* bits of the options given so far */
    bool of_preset;
    bool
        any_body; /* the format is seen by the answer: it was asked for as anything, and is again */
} SitoRemoteOptions;

/* Who gives an option: of a preset a user may set only what concerns the transport, and the preset sets
** only what the user has left alone. */
typedef enum SitoGiver { SITO_BY_USER, SITO_BY_USER_OF_PRESET, SITO_BY_PRESET } SitoGiver;

SitoRemoteOptions sito_remote_defaults(const char *module);
/* *known, where not NULL, tells whether there is such an option for that giver, instead of an error. */
int sito_remote_option(SitoRemoteOptions *options, SitoGiver giver, SitoText name, SitoText value,
                       bool *known, char **error) SITO_MUST_CHECK;
int sito_remote_options_check(const SitoRemoteOptions *options, char **error) SITO_MUST_CHECK;
void sito_remote_options_free(SitoRemoteOptions *options);

/* The names of the options that concern the transport, for messages; NULL behind the last one. */
const char *sito_remote_transport_name(size_t i);

/* A request for an address, and what it points to. */
typedef struct SitoAsking {
    SitoRequest request;
    SitoHeader headers[SITO_MOST_HEADERS];
    SitoQuota quotas[SITO_MOST_QUOTAS];
} SitoAsking;

int sito_remote_asking(const SitoRemoteOptions *options, const char *url, SitoBody body,
                       const SitoWatch *watch, SitoAsking *asking, char **error) SITO_MUST_CHECK;
SitoPaging sito_remote_paging(const SitoRemoteOptions *options);

#endif
