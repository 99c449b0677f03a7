/*
** The collations of the module, as SitoFunction.open wants them (collation.c).
*/
#ifndef SITO_POLISH_COLLATION_H
#define SITO_POLISH_COLLATION_H

#include "base/sito.h"

int sito_polish_collation(struct sqlite3 *db, const char *name, char **error);
int sito_polish_collation_num(struct sqlite3 *db, const char *name, char **error);
int sito_polish_collation_ci(struct sqlite3 *db, const char *name, char **error);
int sito_polish_collation_ai(struct sqlite3 *db, const char *name, char **error);

#endif
