/*
** The functions of the module, for its table (profile.c).
*/
#ifndef SITO_PROFILE_FACTS_FUNCTION_H
#define SITO_PROFILE_FACTS_FUNCTION_H

#include "base/sito.h"

enum { SITO_PROFILE_FIELDS = 120 }; /* that one call takes */

void sito_profile_facts_step(struct sqlite3_context *context, int argc,
                             struct sqlite3_value **argv);
void sito_profile_facts_final(struct sqlite3_context *context);

extern const struct sqlite3_module sito_profile_columns;

#endif
