/*
** Text inside HTML and XML: what has a meaning there is escaped, what XML 1.0 does not allow is U+FFFD.
*/
#ifndef SITO_MARKUP_H
#define SITO_MARKUP_H

#include "base/sito.h"

int sito_put_markup(SitoBuffer *out, SitoText text) SITO_MUST_CHECK;

/* ` name="value"` */
int sito_put_attribute(SitoBuffer *out, const char *name, SitoText value) SITO_MUST_CHECK;

#endif
