/*
** Words by which prose about people is read (lexicon.c). All take a word in lower case.
*/
#ifndef SITO_IDENTITY_LEXICON_H
#define SITO_IDENTITY_LEXICON_H

#include "base/sito.h"

enum { SITO_WORD_LONGEST = 48 }; /* bytes; longer words are nobody's name */

/* A word in lower case, of ASCII and Polish letters. */
typedef struct SitoWord {
    char letters[SITO_WORD_LONGEST + 1];
    size_t size;
} SitoWord;

bool sito_is_first_name(const SitoWord *word);
bool sito_is_first_name_as_listed(const SitoWord *word); /* in the nominative */
bool sito_is_genitive_too(const SitoWord *word);         /* Stanisława: hers, or of a man */
bool sito_is_surname_like(const SitoWord *word); /* ends as surnames do: -skiego, -wiczowi, -czyk */
bool sito_is_strong_title(const SitoWord *word); /* behind it one capitalised word is a surname */
bool sito_is_title(const SitoWord *word);
bool sito_is_no_name(const SitoWord *word);
bool sito_is_institution(const SitoWord *word);
bool sito_names_things(const SitoWord *word); /* im., ul.: what follows is named after somebody */
int sito_month_of(const SitoWord *word);      /* stycznia, styczeń: 1; else 0 */

/* Every list is sorted by its bytes, as the search needs; a unit test asks. */
bool sito_lexicon_is_sorted(void);

#endif
