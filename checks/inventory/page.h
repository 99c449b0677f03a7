/*
** The page of an inventory, and the counts that stand on top of every form of it.
*/
#ifndef SITO_INVENTORY_PAGE_H
#define SITO_INVENTORY_PAGE_H

#include "inventory/inventory.h"

int sito_inventory_page(struct sqlite3 *result, SitoLanguage language, SitoBuffer *out,
                        char **error) SITO_MUST_CHECK;

typedef int (*SitoInventoryCount)(SitoBuffer *out, const char *label, int64_t number,
                                  SitoLanguage language);
int sito_inventory_counts(struct sqlite3 *result, SitoLanguage language, SitoInventoryCount put,
                          SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
