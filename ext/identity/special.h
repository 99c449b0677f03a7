/*
** Words that speak of special categories of personal data (special.c).
*/
#ifndef SITO_IDENTITY_SPECIAL_H
#define SITO_IDENTITY_SPECIAL_H

#include "lexicon.h"

bool sito_special_is_sorted(void); /* as the search needs; a unit test asks */

#endif
