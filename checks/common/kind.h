/*
** The kinds of personal data by the names that people read.
*/
#ifndef SITO_KIND_H
#define SITO_KIND_H

#include "base/sito.h"
#include "common/language.h"

/* "pesel, phone" becomes "PESEL, numer telefonu"; a word that has no name stays. */
int sito_put_kinds(SitoLanguage language, SitoText kinds, SitoBuffer *out) SITO_MUST_CHECK;

#endif
