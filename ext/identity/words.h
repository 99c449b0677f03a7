/*
** Words that tell the kind of what follows them (words.c).
*/
#ifndef SITO_IDENTITY_WORDS_H
#define SITO_IDENTITY_WORDS_H

#include "identity.h"

/* The kinds named by the word that stands just before `position`: "NIP: ", "tel. kom. ", "PESEL nr
*".
** Between the two there may be blanks and punctuation. */
uint32_t sito_words_before(SitoText text, size_t position);

#endif
