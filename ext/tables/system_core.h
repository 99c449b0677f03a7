/*
** What the two files behind system.h share: keys, and sums that cannot overflow.
*/
#ifndef SITO_TABLES_SYSTEM_CORE_H
#define SITO_TABLES_SYSTEM_CORE_H

#include "system.h"

/* Sums of up to 2^30 values of 64 bits. */
__extension__ typedef __int128 TablesWide;

uint32_t tables_key_find(const TablesSystem *system, SitoHash128 key); /* TABLES_NO_CELL: none */
int tables_key_add(TablesSystem *system, SitoHash128 key, uint32_t number) SITO_MUST_CHECK;

#endif
