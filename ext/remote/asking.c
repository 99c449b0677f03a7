/*
** From options to a request (options.h).
*/
#include <string.h>

#include "options.h"
#include "quantity_core.h"

/* "5/1s 100/15m 1000/12h" */
static int take_quotas(const char *text, SitoAsking *asking, char **error) {
    size_t count = 0;
    while (text != NULL && *text != 0) {
        size_t size = strcspn(text, " ");
        SitoQuota *quota = &asking->quotas[count];
        if (count == SITO_MOST_QUOTAS || !sito_quantity_rate((SitoText){.data = text, .size = size},
                                                             &quota->count, &quota->seconds)) {
            return sito_error(error, SITO_ERROR,
                              "quota is '5/1s 100/15m': up to %d times requests in a time",
                              SITO_MOST_QUOTAS);
        }
        count++;
        text += size;
        text += strspn(text, " ");
    }
    asking->request.quotas = asking->quotas;
    asking->request.quota_count = count;
    return SITO_OK;
}

static SitoSecret secret_of(const SitoRemoteOptions *o) {
    SitoSecret secret = {
        .header = o->auth_header, .prefix = o->auth_prefix, .parameter = o->auth_param};
    if (o->auth_env != NULL) {
        secret.kind = SITO_SECRET_ENV;
        secret.name = o->auth_env;
    } else if (o->auth_file != NULL) {
        secret.kind = SITO_SECRET_FILE;
        secret.name = o->auth_file;
    }
    return secret;
}

int sito_remote_asking(const SitoRemoteOptions *o, const char *url, SitoBody body,
                       const SitoWatch *watch, SitoAsking *asking, char **error) {
    const char *text = o->headers.data;
    SitoSecret secret = secret_of(o);
    bool known = secret.kind != SITO_SECRET_NONE && o->quota_auth != NULL;
    *asking = (SitoAsking){.request = {.url = url,
                                       .headers = asking->headers,
                                       .header_count = o->header_count,
                                       .secret = secret,
                                       .body = o->any_body ? SITO_BODY_ANY : body,
                                       .sha256 = o->sha256,
                                       .cache = o->cache,
                                       .cache_bytes = o->cache_bytes,
                                       .max_age = o->max_age,
                                       .offline = o->offline != 0,
                                       .max_bytes = o->max_bytes,
                                       .connect_seconds = o->connect_timeout,
                                       .total_seconds = o->timeout,
                                       .attempts = (int)o->attempts,
                                       .allow_private = o->allow_private != 0,
                                       .any_length = o->any_length != 0,
                                       .ca_file = o->ca_file,
                                       .proxy = o->proxy,
                                       .watch = watch}};
    for (size_t i = 0; i < o->header_count; i++) {
        asking->headers[i].name = text;
        asking->headers[i].value = text + strlen(text) + 1;
        text = asking->headers[i].value + strlen(asking->headers[i].value) + 1;
    }
    return take_quotas(known ? o->quota_auth : o->quota, asking, error);
}

SitoPaging sito_remote_paging(const SitoRemoteOptions *o) {
    static const char *const sizes[] = {[SITO_PAGE_NONE] = NULL,
                                        [SITO_PAGE_NUMBER] = "per_page",
                                        [SITO_PAGE_OFFSET] = "limit",
                                        [SITO_PAGE_NEXT] = "limit",
                                        [SITO_PAGE_CURSOR] = "limit"};
    bool numbered = o->page == SITO_PAGE_NUMBER;
    return (SitoPaging){.kind = (SitoPageKind)o->page,
                        .parameter = o->page_param,
                        .size_parameter = o->size_param != NULL ? o->size_param : sizes[o->page],
                        .size = o->page_size,
                        .first = o->page_first >= 0 ? o->page_first : numbered,
                        .max_pages = o->max_pages};
}

int sito_remote_options_check(const SitoRemoteOptions *o, char **error) {
    const char *wrong = NULL;
    bool paged = o->page != SITO_PAGE_NONE;
    if ((o->url != NULL) + (o->data != NULL) + (o->ask != NULL) != 1) {
        wrong = "give either url='https://…' or data='…'";
    } else if (o->auth_env != NULL && o->auth_file != NULL) {
        wrong = "give either auth_env='…' or auth_file='…'";
    } else if (o->auth_header != NULL && o->auth_param != NULL) {
        wrong = "give either auth_header='…' or auth_param='…'";
    } else if (!paged && (o->page_param != NULL || o->size_param != NULL || o->page_size != 0 ||
                          o->page_first >= 0)) {
        wrong = "page_param, page_first, page_size and size_param need page='number', 'offset', "
                "'next' or 'cursor'";
    } else if (o->next != NULL && o->page != SITO_PAGE_NEXT) {
        wrong = "next='…' needs page='next'";
    } else if ((o->cursor != NULL) != (o->page == SITO_PAGE_CURSOR)) {
        wrong = "cursor='…' and page='cursor' need one another";
    } else if (paged && (o->format == SITO_FORMAT_CSV || o->format == SITO_FORMAT_NDJSON)) {
        wrong = "pages are read of format='json' only";
    } else if (paged && o->data != NULL) {
        wrong = "data='…' has no pages";
    } else if (paged && o->sha256 != NULL) {
        wrong = "sha256='…' is of one answer, not of pages";
    } else if (o->auth_file == NULL && o->auth_env == NULL && !o->of_preset &&
               (o->auth_header != NULL || o->auth_param != NULL || o->auth_prefix != NULL)) {
        wrong = "auth_header, auth_param and auth_prefix need auth_env='…' or auth_file='…'";
    }
    return wrong == NULL ? SITO_OK : sito_error(error, SITO_ERROR, "%s: %s", o->module, wrong);
}
