/*
** An inventory kept in the catalogue (sql/catalogue/inventory.sql), and what people say of its items.
*/
#ifndef SITO_CATALOGUE_INVENTORY_H
#define SITO_CATALOGUE_INVENTORY_H

#include "catalogue/catalogue.h"

struct sqlite3;

/* Records what is new, changed or gone since the last inventory of the same roots, and fills `change` and
** what people said in the table item of `result` (checks/inventory/result.sql). What is gone is added to
** it as rows. */
int sito_catalogue_keep_inventory(SitoCatalogue *catalogue, struct sqlite3 *result,
                                  char **error) SITO_MUST_CHECK;

/* Records a filled sheet of the inventory, all of it or nothing; *recorded is the number of items. Of `act`,
** the actor and the case mark are used. */
int sito_catalogue_assess(SitoCatalogue *catalogue, const char *path, const SitoAct *act,
                          int64_t *recorded, char **error) SITO_MUST_CHECK;

#endif
