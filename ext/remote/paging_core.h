/*
** How one answer leads to the next: which address to ask, and when the end was reached.
**
**   number   ?page=1, 2, 3 …           offset   ?offset=0, 100, 200 …
**   next     the address that the answer names    cursor   ?cursor= what the answer names
**
** R1  Numbers and offsets go on until a page has no rows, or, where the answer tells a total, until that
**     many are there. next and cursor go on until the answer names none.
** R2  More or fewer rows than the total, and a total that changes, are errors: the source changed while
**     it was read, or the pages overlap.
** R3  A page whose rows were there before, and an address asked before, are errors: the server does not
**     turn pages, or goes round.
** R4  A next address leads to the scheme, host and port of the first and to no other.
** R5  At most max_pages.
*/
#ifndef SITO_PAGING_CORE_H
#define SITO_PAGING_CORE_H

#include "base/sito.h"

typedef enum SitoPageKind {
    SITO_PAGE_NONE,
    SITO_PAGE_NUMBER,
    SITO_PAGE_OFFSET,
    SITO_PAGE_NEXT,
    SITO_PAGE_CURSOR
} SitoPageKind;

enum { SITO_MAX_PAGES = 1000, SITO_MOST_PAGES = 20000 };

/* The names of parameters NULL: page, offset or cursor; none. */
typedef struct SitoPaging {
    SitoPageKind kind;
    const char *parameter;      /* of the query, that turns the page */
    const char *size_parameter; /* that says how many rows a page has */
    int64_t size;               /* 0: not asked for */
    int64_t first;              /* number or offset of the first page */
    int64_t max_pages;
} SitoPaging;

/* What an answer says. */
typedef struct SitoPage {
    int64_t rows;
    bool has_total;
    int64_t total;
    SitoText next;       /* address or cursor; data NULL: none */
    SitoHash128 content; /* of its rows */
} SitoPage;

typedef struct SitoPages {
    const SitoPaging *paging;
    const char *base; /* the address without paging; it must outlive this */
    char *url;        /* of the present page */
    int64_t count;    /* pages seen */
    int64_t rows;     /* rows seen */
    bool has_total;
    int64_t total;
    SitoHash128 *seen; /* of rows and addresses, two a page */
    size_t seen_count, seen_capacity;
} SitoPages;

/* To the first page: pages->url. Also to begin again. */
int sito_pages_start(SitoPages *pages, const SitoPaging *paging, const char *base,
                     char **error) SITO_MUST_CHECK;
/* The page was read: pages->url is the next one, NULL at the end. */
int sito_pages_turn(SitoPages *pages, const SitoPage *page, char **error) SITO_MUST_CHECK;
void sito_pages_free(SitoPages *pages);

/* Adds name=value to the query of an address. The name must not be there yet. */
int sito_url_add(char **url, const char *name, const char *value, char **error) SITO_MUST_CHECK;
/* The address `link`, seen from `base`, if it has the same scheme, host and port. */
int sito_url_follow(const char *base, SitoText link, char **url, char **error) SITO_MUST_CHECK;
/* The same wherever it leads. */
int sito_url_join(const char *base, SitoText link, char **url, char **error) SITO_MUST_CHECK;
/* The target of rel="next" of a header Link (RFC 8288); data NULL: none. */
SitoText sito_link_next(const char *header);

#endif
