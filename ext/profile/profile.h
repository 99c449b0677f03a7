/*
** profile: what a table holds, column by column, gathered in one pass. Other rooms reach it through SQL:
** profile_facts (profile_facts.c) and profile_columns (profile_columns.c).
*/
#ifndef SITO_PROFILE_H
#define SITO_PROFILE_H

#include "base/sito.h"

extern const SitoModule sito_profile_module;

#endif
