/*
** Letters in other forms: upper and lower case, without marks (letters.c).
*/
#ifndef SITO_POLISH_LETTERS_H
#define SITO_POLISH_LETTERS_H

#include "base/sito.h"

/* Each appends the whole text in another form. SITO_OK, SITO_NOMEM or SITO_TOOBIG. */
int sito_polish_upper(SitoText text, SitoBuffer *out) SITO_MUST_CHECK;
int sito_polish_lower_all(SitoText text, SitoBuffer *out) SITO_MUST_CHECK;
/* Letters without their marks: Łódź gives Lodz, Straße Strasse. Other characters stay as they are. */
int sito_polish_ascii(SitoText text, SitoBuffer *out) SITO_MUST_CHECK;
/* Letters alone, without marks and case: what pl_contains compares. Blanks at the ends stay. */
int sito_polish_bare(SitoText text, SitoBuffer *out) SITO_MUST_CHECK;

#endif
