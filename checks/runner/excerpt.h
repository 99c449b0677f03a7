/*
** The record of a finding as a report may show it: masked, and short.
**
** R1  Letters are a, digits 9, other ASCII marks stand as they are, line ends are blanks; of a cell the
**     first 16 characters, of the record about 60 around the cell that the finding is about.
** R2  The first findings of a rule get one: as many as a report has room for.
** R3  With `values` the cell is kept as it is as well, 200 characters of it: for a terminal.
** R4  A record that cannot be read once more, or a packed file, gets none: the finding stands without.
*/
#ifndef SITO_EXCERPT_H
#define SITO_EXCERPT_H

#include "base/sito.h"

struct sqlite3;

/* Fills report.excerpt for the findings of one resource, whose facts (and `data`) are open. */
int sito_excerpt_fill(struct sqlite3 *report, struct sqlite3 *facts, const char *file, bool values,
                      char **error) SITO_MUST_CHECK;

typedef struct SitoExcerpt {
    SitoBuffer text;
    SitoText cell; /* number `column`, inside the record that was given */
    size_t caret;  /* where it begins in `text`, in characters */
    size_t width;  /* 0: there is no such cell */
} SitoExcerpt;

/* R1 for one raw record; `column` from 1, 0: none. Release text with sito_buffer_free. */
int sito_excerpt_make(SitoText record, char delimiter, char quote, size_t column,
                      SitoExcerpt *excerpt) SITO_MUST_CHECK;

#endif
