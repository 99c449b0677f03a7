/*
** The table functions of this module: what each runs (functions.c has the list).
*/
#ifndef SITO_TABLES_FUNCTIONS_H
#define SITO_TABLES_FUNCTIONS_H

#include "base/table.h"

extern const SitoTable tables_list[]; /* ends with a name of NULL */

int tables_shown_run(SitoCall *call);
int tables_audit_run(SitoCall *call);

#endif
