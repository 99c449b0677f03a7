/*
** The plan of a search as SQL gives it: a table, and a JSON text that says what is asked (config.c).
*/
#ifndef SITO_ANONYMISE_CONFIG_H
#define SITO_ANONYMISE_CONFIG_H

#include "base/table.h"
#include "plan.h"

/* Reads the JSON into the plan, without rows. Unknown keys are errors with a suggestion. */
int anon_config_read(struct sqlite3 *db, SitoText json, AnonPlan *plan,
                     char **error) SITO_MUST_CHECK;

/* Reads the rows of the table into it. `leaves` (a dictionary for each column, of ANON_MOST_COLUMNS; may
** be NULL) gets the texts of the leaves; release each, also after an error. */
int anon_plan_read(SitoCall *call, SitoText table, AnonPlan *plan,
                   AnonDictionary *leaves) SITO_MUST_CHECK;

#endif
