/*
** Text for a terminal: broken into lines, and without anything that a terminal would obey.
*/
#ifndef SITO_WRAP_H
#define SITO_WRAP_H

#include "base/sito.h"

enum { SITO_WIDTH = 80 }; /* columns of a report, whatever the terminal: equal runs, equal bytes */

/* Appends text; control characters, line ends and marks that turn the direction of writing become
** U+FFFD. */
int sito_put_plain(SitoBuffer *out, SitoText text) SITO_MUST_CHECK;

/* Appends text broken at blanks, and a line end. The first line has `column` columns already; the
** others begin with `indent` blanks. */
int sito_put_wrapped(SitoBuffer *out, SitoText text, size_t column, size_t indent) SITO_MUST_CHECK;

/* Appends "  label   text", the text wrapped in a column of its own that begins at `indent`. */
int sito_put_entry(SitoBuffer *out, const char *label, SitoText text,
                   size_t indent) SITO_MUST_CHECK;

size_t sito_columns(SitoText text); /* code points */

#endif
