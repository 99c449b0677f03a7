/*
** The table functions of make.c.
*/
#ifndef SITO_TABLES_MAKE_TABLES_H
#define SITO_TABLES_MAKE_TABLES_H

#include "base/table.h"

extern const SitoTable make_tables[]; /* ends with a name of NULL */

#endif
