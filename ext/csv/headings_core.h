/*
** The names of a table's columns, made from the headings of a file.
**
** R1  Without headings the columns are c1, c2, …; an empty heading is named so too.
** R2  A heading that equals an earlier name under Unicode case folding, or begins with _, gets the
**     first suffix _2, _3, … that makes it unique. The same file gives the same names always.
*/
#ifndef SITO_CSV_HEADINGS_CORE_H
#define SITO_CSV_HEADINGS_CORE_H

#include "csv.h"

typedef struct SitoHeadings {
    char **names; /* UTF-8, ended by NUL */
    size_t count, capacity;
} SitoHeadings;

/* Adds the next column; heading.data NULL: it has none. */
int sito_headings_add(SitoHeadings *headings, SitoText heading) SITO_MUST_CHECK;
void sito_headings_free(SitoHeadings *headings);

/* True when both are one name under case folding. */
bool sito_headings_equal(const char *a, const char *b);

/* True when text begins with word under case folding; *rest receives what follows. */
bool sito_headings_begin(SitoText text, const char *word, SitoText *rest);

#endif
