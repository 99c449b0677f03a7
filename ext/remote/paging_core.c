/*
** How one answer leads to the next (paging_core.h).
*/
#include "paging_core.h"

#include <string.h>

/* ---- what was there before ---- */

static int remember(SitoPages *pages, SitoHash128 hash, bool *again) {
    *again = false;
    for (size_t i = 0; i < pages->seen_count && !*again; i++) {
        *again = pages->seen[i].low == hash.low && pages->seen[i].high == hash.high;
    }
    if (*again) {
        return SITO_OK;
    }
    void *seen = pages->seen;
    int rc = sito_grow(&seen, &pages->seen_capacity, pages->seen_count + 1, sizeof *pages->seen,
                       2 * (size_t)SITO_MOST_PAGES + 2);
    pages->seen = seen;
    if (rc == SITO_OK) {
        pages->seen[pages->seen_count++] = hash;
    }
    return rc;
}

static int remember_url(SitoPages *pages, char **error) {
    bool again;
    int rc = remember(pages, sito_hash128(pages->url, strlen(pages->url)), &again);
    return rc == SITO_OK && again
               ? sito_error(error, SITO_ERROR,
                            "the pages go round: page %lld leads back to one that "
                            "was there before",
                            (long long)pages->count)
               : rc;
}

/* ---- addresses ---- */

static const char *parameter_of(const SitoPaging *paging) {
    static const char *const usual[] = {[SITO_PAGE_NUMBER] = "page",
                                        [SITO_PAGE_OFFSET] = "offset",
                                        [SITO_PAGE_NEXT] = "",
                                        [SITO_PAGE_CURSOR] = "cursor"};
    return paging->parameter != NULL ? paging->parameter : usual[paging->kind];
}

static int add_number(char **url, const char *name, int64_t number, char **error) {
    char *text = sito_print("%lld", (long long)number);
    int rc = text == NULL ? SITO_NOMEM : sito_url_add(url, name, text, error);
    sito_free(text);
    return rc;
}

/* The address with the size of a page, and the page that is turned to: a number, or `cursor`. */
static int make_url(SitoPages *pages, const int64_t *number, const char *cursor, char **error) {
    const SitoPaging *paging = pages->paging;
    char *url = sito_print("%s", pages->base);
    int rc = url == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && paging->size > 0 && paging->size_parameter != NULL) {
        rc = add_number(&url, paging->size_parameter, paging->size, error);
    }
    if (rc == SITO_OK && number != NULL) {
        rc = add_number(&url, parameter_of(paging), *number, error);
    }
    if (rc == SITO_OK && cursor != NULL) {
        rc = sito_url_add(&url, parameter_of(paging), cursor, error);
    }
    if (rc != SITO_OK) {
        sito_free(url);
        return rc;
    }
    sito_free(pages->url);
    pages->url = url;
    return remember_url(pages, error);
}

int sito_pages_start(SitoPages *pages, const SitoPaging *paging, const char *base, char **error) {
    bool counted = paging->kind == SITO_PAGE_NUMBER || paging->kind == SITO_PAGE_OFFSET;
    sito_pages_free(pages);
    pages->paging = paging;
    pages->base = base;
    return make_url(pages, counted ? &paging->first : NULL, NULL, error);
}

void sito_pages_free(SitoPages *pages) {
    sito_free(pages->url);
    sito_free(pages->seen);
    *pages = (SitoPages){0};
}

/* ---- the end ---- */

static int check_total(SitoPages *pages, const SitoPage *page, char **error) {
    if (page->has_total && pages->has_total && page->total != pages->total) {
        return sito_error(
            error, SITO_ERROR,
            "the total was %lld on the first page and is %lld on page %lld: the source "
            "changed while it was read; read it again",
            (long long)pages->total, (long long)page->total, (long long)pages->count);
    }
    pages->has_total |= page->has_total;
    pages->total = page->has_total ? page->total : pages->total;
    if (pages->has_total && pages->rows > pages->total) {
        return sito_error(error, SITO_ERROR,
                          "there are more rows (%lld after page %lld) than the total of %lld that "
                          "the answer names",
                          (long long)pages->rows, (long long)pages->count, (long long)pages->total);
    }
    return SITO_OK;
}

static int end(SitoPages *pages, char **error) {
    sito_free(pages->url);
    pages->url = NULL;
    if (pages->has_total && pages->rows < pages->total) {
        return sito_error(error, SITO_ERROR,
                          "%lld of %lld rows are there: the pages ended early (%lld page(s))",
                          (long long)pages->rows, (long long)pages->total, (long long)pages->count);
    }
    return SITO_OK;
}

static bool is_end(const SitoPages *pages, const SitoPage *page) {
    switch (pages->paging->kind) {
    case SITO_PAGE_NUMBER:
    case SITO_PAGE_OFFSET:
        return page->rows == 0 || (pages->has_total && pages->rows >= pages->total);
    case SITO_PAGE_NEXT:
    case SITO_PAGE_CURSOR:
        return page->next.data == NULL || page->next.size == 0;
    default:
        return true;
    }
}

static int follow(SitoPages *pages, SitoText next, char **error) {
    char *url = NULL;
    int rc = sito_url_follow(pages->url, next, &url, error);
    if (rc == SITO_OK) {
        sito_free(pages->url);
        pages->url = url;
        rc = remember_url(pages, error);
    }
    return rc;
}

int sito_pages_turn(SitoPages *pages, const SitoPage *page, char **error) {
    const SitoPaging *paging = pages->paging;
    bool again = false;
    pages->count++;
    pages->rows += page->rows;
    int rc = page->rows > 0 ? remember(pages, page->content, &again) : SITO_OK;
    if (rc == SITO_OK && again) {
        return sito_error(error, SITO_ERROR,
                          "page %lld has the same rows as an earlier one: the server does not turn "
                          "its pages as page='…' says",
                          (long long)pages->count);
    }
    rc = rc == SITO_OK ? check_total(pages, page, error) : rc;
    if (rc != SITO_OK || is_end(pages, page)) {
        return rc == SITO_OK ? end(pages, error) : rc;
    }
    if (pages->count >= paging->max_pages) {
        return sito_error(error, SITO_ERROR,
                          "there are more than %lld pages; max_pages='…' allows more",
                          (long long)paging->max_pages);
    }
    if (paging->kind == SITO_PAGE_NEXT) {
        return follow(pages, page->next, error);
    }
    if (paging->kind == SITO_PAGE_CURSOR) {
        char *cursor = sito_print("%.*s", (int)page->next.size, page->next.data);
        rc = cursor == NULL ? SITO_NOMEM : make_url(pages, NULL, cursor, error);
        sito_free(cursor);
        return rc;
    }
    int64_t number =
        paging->first + (paging->kind == SITO_PAGE_OFFSET ? pages->rows : pages->count);
    return make_url(pages, &number, NULL, error);
}
