/*
** Requests made ready (request.h).
*/
#include "request.h"

#include <string.h>

#include "guard_core.h"
#include "secret.h"

enum { MOST_VALUE = 4096, MOST_WINDOW = 31 * 24 * 3600 };

static SitoText text_of(const char *string) {
    return (SitoText){string, strlen(string)};
}

/* ---- headers ---- */

static bool is_token(const char *name) {
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t size = strlen(name);
    return size > 0 && size <= 64 && strspn(name, signs) == size;
}

static bool is_own(const char *name) {
    static const char *const own[] = {"host",
                                      "content-length",
                                      "transfer-encoding",
                                      "connection",
                                      "accept-encoding",
                                      "range",
                                      "if-range",
                                      "if-none-match",
                                      "if-modified-since",
                                      "if-match",
                                      "if-unmodified-since",
                                      "expect",
                                      "te",
                                      "trailer",
                                      "upgrade",
                                      "keep-alive",
                                      "proxy-connection",
                                      "content-type"};
    for (size_t i = 0; i < SITO_COUNT(own); i++) {
        if (sito_text_equal_nocase(text_of(name), text_of(own[i]))) {
            return true;
        }
    }
    return false;
}

static int check_value(const char *name, const char *value, char **error) {
    size_t size = strlen(value);
    bool good = size > 0 && size <= MOST_VALUE;
    for (size_t i = 0; i < size && good; i++) {
        unsigned char c = (unsigned char)value[i];
        good = c >= 0x20 && c != 0x7F;
    }
    return good ? SITO_OK
                : sito_error(
                      error, SITO_ERROR,
                      "remote: the value of the header %s is empty, too long, or has a control "
                      "character",
                      name);
}

static int check_header(const SitoHeader *header, char **error) {
    if (!is_token(header->name)) {
        return sito_error(
            error, SITO_ERROR,
            "remote: the name of a header has letters without marks, digits, dashes and "
            "underscores only");
    }
    if (is_own(header->name)) {
        return sito_error(error, SITO_ERROR,
                          "remote: the header %s is set by the program itself; leave it out",
                          header->name);
    }
    if (sito_name_is_secret(text_of(header->name))) {
        return sito_error(
            error, SITO_ERROR,
            "remote: the header %s holds a secret, which does not belong into SQL; name "
            "the environment variable that has it with auth_env, or a file with auth_file",
            header->name);
    }
    return check_value(header->name, header->value, error);
}

static const char *accepted(SitoBody body) {
    switch (body) {
    case SITO_BODY_CSV:
        return "text/csv, text/plain;q=0.8, */*;q=0.1";
    case SITO_BODY_JSON:
        return "application/json, */*;q=0.1";
    case SITO_BODY_NDJSON:
        return "application/x-ndjson, application/json;q=0.8, */*;q=0.1";
    default:
        return "*/*";
    }
}

static bool is_given(const SitoFetchPlan *plan, const char *name) {
    for (size_t i = 0; i < plan->header_count; i++) {
        if (sito_text_equal_nocase(text_of(plan->headers[i].name), text_of(name))) {
            return true;
        }
    }
    return false;
}

static void add_header(SitoFetchPlan *plan, const char *name, const char *value) {
    if (!is_given(plan, name)) {
        plan->headers[plan->header_count++] = (SitoHeader){name, value};
    }
}

static int make_headers(const SitoRequest *request, SitoFetchPlan *plan, char **error) {
    int rc = SITO_OK;
    if (request->header_count > SITO_MOST_HEADERS) {
        return sito_error(error, SITO_ERROR, "remote: at most %d headers can be sent",
                          SITO_MOST_HEADERS);
    }
    for (size_t i = 0; i < request->header_count && rc == SITO_OK; i++) {
        rc = check_header(&request->headers[i], error);
        plan->headers[plan->header_count++] = request->headers[i];
    }
    add_header(plan, "Accept", accepted(request->body));
    add_header(plan, "User-Agent", "sito/" SITO_VERSION);
    plan->own = plan->header_count;
    return rc;
}

/* ---- the secret ---- */

static const char *secret_header(const SitoRequest *request) {
    return request->secret.header != NULL ? request->secret.header : "Authorization";
}

static int check_secret(const SitoFetchPlan *plan, char **error) {
    const SitoRequest *request = &plan->request;
    const char *name =
        request->secret.parameter != NULL ? request->secret.parameter : secret_header(request);
    if (!is_token(name) || (request->secret.parameter == NULL && is_own(name))) {
        return sito_error(error, SITO_ERROR,
                          "remote: a key cannot be sent as '%s'; name a header or a parameter of "
                          "letters without marks, digits, dashes and underscores",
                          name);
    }
    if (!plan->url.tls && !request->allow_private) {
        return sito_error(
            error, SITO_ERROR,
            "remote: %s: a key is not sent over http, where everybody on the way can read "
            "it; use https",
            plan->url.shown);
    }
    return request->secret.prefix != NULL ? check_value(name, request->secret.prefix, error)
                                          : SITO_OK;
}

static int place_secret(SitoFetchPlan *plan, char **error) {
    const SitoSecret *secret = &plan->request.secret;
    int rc = check_secret(plan, error);
    if (rc != SITO_OK) {
        return rc;
    }
    if (secret->parameter != NULL) {
        return sito_url_parameter(plan->url.text, secret->parameter, plan->secret, &plan->sent);
    }
    plan->header = sito_print("%s%s", secret->prefix != NULL ? secret->prefix : "", plan->secret);
    plan->headers[plan->header_count++] = (SitoHeader){secret_header(&plan->request), plan->header};
    return plan->header == NULL ? SITO_NOMEM : SITO_OK;
}

SitoHidden sito_fetch_plan_hidden(const SitoFetchPlan *plan) {
    return (SitoHidden){.parameter = plan->request.secret.parameter, .value = plan->secret};
}

/* ---- the rest ---- */

static int64_t or_default(int64_t value, int64_t otherwise) {
    return value > 0 ? value : otherwise;
}

static void fill_defaults(SitoRequest *request) {
    request->cache_bytes = or_default(request->cache_bytes, SITO_MAX_CACHE);
    request->max_bytes = or_default(request->max_bytes, SITO_MAX_FETCHED);
    request->connect_seconds = or_default(request->connect_seconds, 15);
    request->low_speed_bytes = or_default(request->low_speed_bytes, 64);
    request->low_speed_seconds = or_default(request->low_speed_seconds, 30);
    request->total_seconds = or_default(request->total_seconds, 3600);
    request->longest_wait = or_default(request->longest_wait, 900);
    request->attempts = request->attempts > 0 ? request->attempts : 4;
}

static int check_quotas(const SitoRequest *request, char **error) {
    bool good = request->quota_count <= SITO_MOST_QUOTAS;
    for (size_t i = 0; i < request->quota_count && good; i++) {
        const SitoQuota *quota = &request->quotas[i];
        good = quota->count > 0 && quota->count <= 1000000000 && quota->seconds > 0 &&
               quota->seconds <= MOST_WINDOW;
    }
    return good ? SITO_OK
                : sito_error(error, SITO_ERROR,
                             "remote: a quota is a number of requests, from 1, in 1 to %d seconds; "
                             "there are at most %d of them",
                             MOST_WINDOW, SITO_MOST_QUOTAS);
}

static int check_proxy(const SitoRequest *request, char **error) {
    SitoUrl proxy;
    if (request->proxy == NULL) {
        return SITO_OK;
    }
    int rc = sito_url_read(request->proxy, NULL, (SitoHidden){0}, &proxy, error);
    sito_url_free(&proxy);
    return rc;
}

static int check_digest(const SitoRequest *request, char **error) {
    if (request->sha256 == NULL ||
        (strlen(request->sha256) == SITO_SHA256_HEX - 1 &&
         strspn(request->sha256, "0123456789abcdefABCDEF") == SITO_SHA256_HEX - 1)) {
        return SITO_OK;
    }
    return sito_error(error, SITO_ERROR, "remote: sha256 has 64 hexadecimal digits");
}

int sito_fetch_plan_make(const SitoRequest *request, SitoFetchPlan *plan, char **error) {
    const SitoSecret *secret = &request->secret;
    char *bare = NULL;
    *plan = (SitoFetchPlan){.request = *request};
    fill_defaults(&plan->request);
    int rc = check_digest(request, error);
    rc = rc == SITO_OK ? check_quotas(request, error) : rc;
    rc = rc == SITO_OK ? check_proxy(request, error) : rc;
    rc = rc == SITO_OK ? make_headers(request, plan, error) : rc;
    rc = rc == SITO_OK ? sito_secret_read(secret, &plan->secret, error) : rc;
    rc = rc == SITO_OK
             ? sito_url_read(request->url, NULL, sito_fetch_plan_hidden(plan), &plan->url, error)
             : rc;
    if (rc == SITO_OK && plan->secret != NULL && secret->parameter != NULL) {
        /* A next page whose address repeats the key: it is taken out, and put in where it is sent. */
        rc = sito_url_parameter(plan->url.text, secret->parameter, NULL, &bare);
        sito_url_free(&plan->url);
        rc = rc == SITO_OK
                 ? sito_url_read(bare, NULL, sito_fetch_plan_hidden(plan), &plan->url, error)
                 : rc;
    }
    rc = rc == SITO_OK && plan->secret != NULL ? place_secret(plan, error) : rc;
    sito_free(bare);
    if (rc != SITO_OK) {
        sito_fetch_plan_free(plan);
    }
    return rc;
}

void sito_fetch_plan_free(SitoFetchPlan *plan) {
    sito_url_free(&plan->url);
    sito_secret_forget(plan->secret);
    sito_secret_forget(plan->sent);
    sito_secret_forget(plan->header);
    *plan = (SitoFetchPlan){0};
}

/* ---- keys ---- */

/* Adds a text and its end, so that two texts never look like two others. */
static int add_text(SitoSha256 *hash, const char *text) {
    return sito_sha256_add(hash, text != NULL ? text : "", text != NULL ? strlen(text) + 1 : 1);
}

static int hash_server(const SitoFetchPlan *plan, const char *digest, char hex[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    rc = rc == SITO_OK ? add_text(hash, plan->url.origin) : rc;
    rc = rc == SITO_OK ? add_text(hash, digest) : rc;
    rc = rc == SITO_OK ? sito_sha256_hex(hash, hex) : rc;
    sito_sha256_free(hash);
    return rc;
}

static int hash_answer(const SitoFetchPlan *plan, const char *digest, char hex[SITO_SHA256_HEX]) {
    const SitoSecret *secret = &plan->request.secret;
    const char *texts[] = {plan->url.text,
                           digest,
                           plan->secret != NULL ? secret->name : NULL,
                           plan->secret != NULL ? secret->header : NULL,
                           plan->secret != NULL ? secret->prefix : NULL,
                           plan->secret != NULL ? secret->parameter : NULL,
                           plan->request.ca_file,
                           plan->request.proxy};
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    for (size_t i = 0; i < SITO_COUNT(texts) && rc == SITO_OK; i++) {
        rc = add_text(hash, texts[i]);
    }
    for (size_t i = 0; i < plan->own && rc == SITO_OK; i++) {
        rc = add_text(hash, plan->headers[i].name);
        rc = rc == SITO_OK ? add_text(hash, plan->headers[i].value) : rc;
    }
    rc = rc == SITO_OK ? sito_sha256_hex(hash, hex) : rc;
    sito_sha256_free(hash);
    return rc;
}

int sito_fetch_plan_keys(const SitoFetchPlan *plan, const SitoCache *cache,
                         char key[SITO_SHA256_HEX], char server[SITO_SHA256_HEX], char **error) {
    char digest[SITO_SHA256_HEX] = "";
    int rc =
        plan->secret != NULL ? sito_secret_digest(cache, plan->secret, digest, error) : SITO_OK;
    rc = rc == SITO_OK ? hash_server(plan, digest, server) : rc;
    return rc == SITO_OK ? hash_answer(plan, digest, key) : rc;
}
