/*
** Addresses put together by libcurl's parser, which is the one that will use them (paging_core.h).
*/
#include <curl/curl.h>
#include <string.h>

#include "paging_core.h"

static int url_error(CURLUcode code, const char *what, char **error) {
    return code == CURLUE_OUT_OF_MEMORY
               ? SITO_NOMEM
               : sito_error(error, SITO_ERROR, "%s: %s", what, curl_url_strerror(code));
}

/* The text of a handle, in sito's memory. */
static int whole_url(CURLU *handle, char **url, char **error) {
    char *text = NULL;
    CURLUcode code = curl_url_get(handle, CURLUPART_URL, &text, 0);
    if (code != CURLUE_OK) {
        return url_error(code, "url", error);
    }
    *url = sito_print("%s", text);
    curl_free(text);
    return *url == NULL ? SITO_NOMEM : SITO_OK;
}

static bool has_parameter(const char *query, const char *name) {
    size_t size = strlen(name);
    while (query != NULL) {
        if (strncmp(query, name, size) == 0 &&
            (query[size] == '=' || query[size] == '&' || query[size] == 0)) {
            return true;
        }
        query = strchr(query, '&');
        query += query != NULL;
    }
    return false;
}

static int refuse_twice(CURLU *handle, const char *name, char **error) {
    char *query = NULL;
    CURLUcode code = curl_url_get(handle, CURLUPART_QUERY, &query, 0);
    bool twice = code == CURLUE_OK && has_parameter(query, name);
    curl_free(query);
    if (twice) {
        return sito_error(error, SITO_ERROR,
                          "url has the parameter %s already; leave it to page=, page_first= and "
                          "page_size=",
                          name);
    }
    return code == CURLUE_OUT_OF_MEMORY ? SITO_NOMEM : SITO_OK;
}

int sito_url_add(char **url, const char *name, const char *value, char **error) {
    CURLU *handle = curl_url();
    char *pair = sito_print("%s=%s", name, value), *made = NULL;
    int rc = handle == NULL || pair == NULL ? SITO_NOMEM : SITO_OK;
    CURLUcode code = rc == SITO_OK ? curl_url_set(handle, CURLUPART_URL, *url, 0) : CURLUE_OK;
    if (rc == SITO_OK && code == CURLUE_OK) {
        rc = refuse_twice(handle, name, error);
    }
    if (rc == SITO_OK && code == CURLUE_OK) {
        code = curl_url_set(handle, CURLUPART_QUERY, pair, CURLU_APPENDQUERY | CURLU_URLENCODE);
    }
    if (rc == SITO_OK) {
        rc = code == CURLUE_OK ? whole_url(handle, &made, error) : url_error(code, "url", error);
    }
    if (rc == SITO_OK) {
        sito_free(*url);
        *url = made;
    }
    curl_url_cleanup(handle);
    sito_free(pair);
    return rc;
}

static bool same_part(CURLU *a, CURLU *b, CURLUPart part) {
    char *x = NULL, *y = NULL;
    bool same = curl_url_get(a, part, &x, CURLU_DEFAULT_PORT) == CURLUE_OK &&
                curl_url_get(b, part, &y, CURLU_DEFAULT_PORT) == CURLUE_OK && curl_strequal(x, y);
    curl_free(x);
    curl_free(y);
    return same;
}

int sito_url_join(const char *base, SitoText link, char **url, char **error) {
    CURLU *handle = curl_url();
    char *text = sito_print("%.*s", (int)link.size, link.data);
    int rc = handle == NULL || text == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        CURLUcode code = curl_url_set(handle, CURLUPART_URL, base, 0);
        code = code == CURLUE_OK ? curl_url_set(handle, CURLUPART_URL, text, 0) : code;
        rc = code == CURLUE_OK ? whole_url(handle, url, error)
                               : url_error(code, "the address that the answer names", error);
    }
    curl_url_cleanup(handle);
    sito_free(text);
    return rc;
}

static bool same_host(CURLU *a, CURLU *b) {
    return same_part(a, b, CURLUPART_SCHEME) && same_part(a, b, CURLUPART_HOST) &&
           same_part(a, b, CURLUPART_PORT);
}

int sito_url_follow(const char *base, SitoText link, char **url, char **error) {
    CURLU *from = curl_url(), *to = curl_url();
    char *joined = NULL;
    int rc = from == NULL || to == NULL ? SITO_NOMEM : sito_url_join(base, link, &joined, error);
    if (rc == SITO_OK &&
        !(curl_url_set(from, CURLUPART_URL, base, 0) == CURLUE_OK &&
          curl_url_set(to, CURLUPART_URL, joined, 0) == CURLUE_OK && same_host(from, to))) {
        rc = sito_error(error, SITO_ERROR,
                        "the next page lies at another scheme, host or port than the first; pages "
                        "are only followed where the first one is");
    }
    if (rc == SITO_OK) {
        *url = joined;
    } else {
        sito_free(joined);
    }
    curl_url_cleanup(from);
    curl_url_cleanup(to);
    return rc;
}

/* ---- Link: <https://…?page=2>; rel="next", <…>; rel="last" ---- */

/* True where the parameters up to the end of this link name rel next. */
static bool is_next(const char *parameters, const char *end) {
    for (const char *p = parameters; p + 4 < end; p++) {
        if ((*p != ';' && *p != ' ' && *p != '\t') || !curl_strnequal(p + 1, "rel=", 4)) {
            continue;
        }
        const char *word = p + 5;
        word += word < end && *word == '"';
        for (const char *q = word; q < end && *q != '"' && *q != ';'; q++) {
            bool starts = q == word || q[-1] == ' ';
            bool ends = q + 4 >= end || strchr("\"; ,", q[4]) != NULL;
            if (starts && end - q >= 4 && curl_strnequal(q, "next", 4) && ends) {
                return true;
            }
        }
    }
    return false;
}

SitoText sito_link_next(const char *header) {
    for (const char *open = strchr(header, '<'); open != NULL;) {
        const char *close = strchr(open, '>');
        if (close == NULL) {
            break;
        }
        const char *following = strstr(close, ", <"), *tight = strstr(close, ",<");
        if (following == NULL || (tight != NULL && tight < following)) {
            following = tight;
        }
        const char *end = following != NULL ? following : close + strlen(close);
        if (is_next(close + 1, end)) {
            return (SitoText){.data = open + 1, .size = (size_t)(close - open - 1)};
        }
        open = following != NULL ? strchr(following, '<') : NULL;
    }
    return (SitoText){0};
}
