/*
** URLs (url.h), taken apart by libcurl's own parser, so that what is judged is what is asked for.
*/
#include "url.h"

#include <curl/curl.h>
#include <string.h>

#include "guard_core.h"

void sito_url_free(SitoUrl *url) {
    sito_free(url->text);
    sito_free(url->shown);
    sito_free(url->origin);
    sito_free(url->host);
    *url = (SitoUrl){0};
}

/* ---- what is refused before it is taken apart ---- */

/* The text is not shown: what is wrong with it may stand anywhere in it. */
static int check_bytes(const char *text, bool redirect, char **error) {
    const char *what = redirect ? "a redirect leads to a URL" : "the URL";
    size_t size = text != NULL ? strlen(text) : 0;
    if (size == 0 || size > SITO_MOST_URL) {
        return sito_error(error, SITO_ERROR, "remote: %s is %s", what,
                          size == 0 ? "empty" : "longer than 8192 bytes");
    }
    if (sito_utf8_valid((SitoText){text, size}) != size) {
        return sito_error(error, SITO_ERROR, "remote: %s is not UTF-8", what);
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool blank = c == ' ' && !redirect;
        if (blank || (c < 0x20) || c == 0x7F || c == '\\') {
            return sito_error(error, SITO_ERROR, "remote: %s %s %s at byte %d; percent-encode it",
                              what, redirect ? "with" : "has",
                              blank       ? "a blank"
                              : c == '\\' ? "a backslash"
                                          : "a control character",
                              (int)i + 1);
        }
    }
    return SITO_OK;
}

/* ---- parts ---- */

/* One part in SQLite's memory; "" where there is none. */
static int get_part(CURLU *handle, CURLUPart part, unsigned flags, char **copy) {
    char *text = NULL;
    CURLUcode rc = curl_url_get(handle, part, &text, flags);
    if (rc == CURLUE_OUT_OF_MEMORY) {
        return SITO_NOMEM;
    }
    *copy = sito_print("%s", rc == CURLUE_OK ? text : "");
    curl_free(text);
    return *copy == NULL ? SITO_NOMEM : SITO_OK;
}

static void to_lower(char *text) {
    for (; *text != 0; text++) {
        *text = (char)(*text >= 'A' && *text <= 'Z' ? *text + 32 : *text);
    }
}

static bool has_part(CURLU *handle, CURLUPart part) {
    char *text = NULL;
    bool has = curl_url_get(handle, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

/* libcurl resolves percent signs in a host; what comes out must be a name or an address. */
static bool is_host(const char *host) {
    static const char signs[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._[:]";
    size_t size = strlen(host);
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)host[i] < 0x80 && strchr(signs, host[i]) == NULL) {
            return false;
        }
    }
    return size > 0 && sito_utf8_valid((SitoText){host, size}) == size;
}

static int check_parts(CURLU *handle, const char *scheme, const char *shown, bool redirect,
                       char **error) {
    const char *what = redirect ? "the redirect to " : "";
    if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0) {
        return sito_error(error, SITO_ERROR,
                          "remote: %s%s is refused: only http and https are fetched", what, shown);
    }
    if (has_part(handle, CURLUPART_USER) || has_part(handle, CURLUPART_PASSWORD)) {
        return sito_error(error, SITO_ERROR,
                          "remote: a URL with a user name or password in it is refused; name a "
                          "variable that holds the key with auth_env");
    }
    if (has_part(handle, CURLUPART_ZONEID)) {
        return sito_error(error, SITO_ERROR, "remote: %s%s is refused: an address with a zone",
                          what, shown);
    }
    return SITO_OK;
}

static int fill(CURLU *handle, SitoHidden hidden, bool redirect, SitoUrl *url, char **error) {
    char *scheme = NULL, *port = NULL;
    SitoBuffer shown = {.limit = 4 * SITO_MOST_URL};
    int rc = get_part(handle, CURLUPART_URL, 0, &url->text);
    rc = rc == SITO_OK ? get_part(handle, CURLUPART_SCHEME, 0, &scheme) : rc;
    rc = rc == SITO_OK ? get_part(handle, CURLUPART_HOST, 0, &url->host) : rc;
    rc = rc == SITO_OK ? get_part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT, &port) : rc;
    if (rc == SITO_OK) {
        SitoText text = {url->text, strlen(url->text)};
        rc = sito_show_url(&shown, text, hidden.parameter, hidden.value);
        rc = rc == SITO_OK ? sito_buffer_add(&shown, "", 1) : rc;
    }
    rc = rc == SITO_OK ? check_parts(handle, scheme, shown.data, redirect, error) : rc;
    if (rc == SITO_OK && !is_host(url->host)) {
        rc = sito_error(error, SITO_ERROR,
                        "remote: %s has a host that is neither a name nor an address",
                        redirect ? "a redirect" : "the URL");
    }
    if (rc == SITO_OK) {
        to_lower(url->host);
        url->tls = strcmp(scheme, "https") == 0;
        url->origin = sito_print("%s://%s:%s", scheme, url->host, port);
        url->shown = shown.data;
        shown = (SitoBuffer){0};
        rc = url->origin == NULL ? SITO_NOMEM : SITO_OK;
    }
    sito_buffer_free(&shown);
    sito_free(scheme);
    sito_free(port);
    return rc;
}

int sito_url_read(const char *text, const SitoUrl *base, SitoHidden hidden, SitoUrl *url,
                  char **error) {
    *url = (SitoUrl){0};
    int rc = check_bytes(text, base != NULL, error);
    CURLU *handle = rc == SITO_OK ? curl_url() : NULL;
    if (handle == NULL) {
        return rc == SITO_OK ? SITO_NOMEM : rc;
    }
    const unsigned flags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
    CURLUcode code = CURLUE_OK;
    if (base != NULL) {
        code = curl_url_set(handle, CURLUPART_URL, base->text, 0);
    }
    if (code == CURLUE_OK) {
        code = curl_url_set(handle, CURLUPART_URL, text,
                            flags | (base != NULL ? CURLU_ALLOW_SPACE : 0));
    }
    if (code == CURLUE_OK) {
        code = curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
    }
    if (code == CURLUE_OUT_OF_MEMORY) {
        rc = SITO_NOMEM;
    } else if (code != CURLUE_OK) {
        rc =
            sito_error(error, SITO_ERROR,
                       "remote: %s is no URL that can be fetched (%s); it begins "
                       "with https:// or http:// and a host",
                       base != NULL ? "what a redirect leads to" : "this", curl_url_strerror(code));
    } else {
        rc = fill(handle, hidden, base != NULL, url, error);
    }
    curl_url_cleanup(handle);
    if (rc != SITO_OK) {
        sito_url_free(url);
    }
    return rc;
}

/* ---- a parameter of the query ---- */

/* The query without pairs of that name. */
static int drop_pairs(const char *query, const char *name, SitoBuffer *left) {
    size_t size = strlen(name);
    int rc = SITO_OK;
    while (*query != 0 && rc == SITO_OK) {
        size_t pair = strcspn(query, "&");
        bool same =
            pair >= size && memcmp(query, name, size) == 0 && (pair == size || query[size] == '=');
        if (!same && pair > 0) {
            rc = left->size > 0 ? sito_buffer_add(left, "&", 1) : SITO_OK;
            rc = rc == SITO_OK ? sito_buffer_add(left, query, pair) : rc;
        }
        query += pair + (query[pair] == '&');
    }
    return rc == SITO_OK ? sito_buffer_add(left, "", 1) : rc;
}

static int set_parameter(CURLU *handle, const char *parameter, const char *value) {
    char *query = NULL;
    SitoBuffer left = {.limit = SITO_MOST_URL + 8192};
    int rc = get_part(handle, CURLUPART_QUERY, 0, &query);
    rc = rc == SITO_OK ? drop_pairs(query, parameter, &left) : rc;
    if (rc == SITO_OK &&
        curl_url_set(handle, CURLUPART_QUERY, left.size > 1 ? left.data : NULL, 0) != CURLUE_OK) {
        rc = SITO_NOMEM;
    }
    char *pair = rc == SITO_OK && value != NULL ? sito_print("%s=%s", parameter, value) : NULL;
    if (rc == SITO_OK && value != NULL &&
        (pair == NULL || curl_url_set(handle, CURLUPART_QUERY, pair,
                                      CURLU_APPENDQUERY | CURLU_URLENCODE) != CURLUE_OK)) {
        rc = SITO_NOMEM;
    }
    sito_free(pair);
    sito_buffer_free(&left);
    sito_free(query);
    return rc;
}

int sito_url_parameter(const char *text, const char *parameter, const char *value, char **result) {
    CURLU *handle = curl_url();
    int rc = handle != NULL && curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK
                 ? SITO_OK
                 : SITO_NOMEM; /* the text was a URL before */
    rc = rc == SITO_OK ? set_parameter(handle, parameter, value) : rc;
    rc = rc == SITO_OK ? get_part(handle, CURLUPART_URL, 0, result) : rc;
    curl_url_cleanup(handle);
    return rc;
}
