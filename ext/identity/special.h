/*
** Lists of words that speak of special categories of personal data (special.c) or of legal persons (entity.c).
*/
#ifndef SITO_IDENTITY_SPECIAL_H
#define SITO_IDENTITY_SPECIAL_H

#include "lexicon.h"

/* As the search needs; a unit test asks. */
bool sito_special_is_sorted(void);
bool sito_entity_is_sorted(void);

#endif
