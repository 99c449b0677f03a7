/*
** The whole numbers among the different values of a column, a bit for each (wholes.c).
*/
#ifndef SITO_PROFILE_WHOLES_H
#define SITO_PROFILE_WHOLES_H

#include "base/sito.h"

enum { SITO_WHOLES_PAGE = 4096 /* numbers */ };

typedef struct SitoWholesPage {
    uint64_t number; /* of the page: the numbers divided by SITO_WHOLES_PAGE */
    uint64_t bits[SITO_WHOLES_PAGE / 64];
} SitoWholesPage;

typedef struct SitoWholes {
    SitoWholesPage *pages;
    size_t page_count, page_capacity;
    uint32_t *slots; /* page + 1; 0: free */
    size_t slot_count;
    size_t last; /* the page that was used last */
    size_t count;
    bool full; /* no page is made any more */
} SitoWholes;

/* True where the value is kept here: *is_new tells whether for the first time. False: it is no whole number in
** its plain form, or its page is not kept and never will be; or *rc tells of failure. */
bool sito_wholes_add(SitoWholes *wholes, SitoText value, bool *is_new, int *rc);
void sito_wholes_free(SitoWholes *wholes);

#endif
