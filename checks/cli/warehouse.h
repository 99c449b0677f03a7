/*
** What the commands over the warehouse share (warehouse.c).
*/
#ifndef SITO_CLI_WAREHOUSE_H
#define SITO_CLI_WAREHOUSE_H

#include "cli.h"
#include "warehouse/warehouse.h"

typedef struct SitoOffice {
    char *path; /* of the warehouse */
    SitoCatalogue *catalogue;
    SitoWarehouse *warehouse;
} SitoOffice;

/* --warehouse, $SITO_WAREHOUSE, else hurtownia.db beside the catalogue; to be released. */
char *sito_warehouse_path(const SitoArguments *arguments) SITO_MUST_CHECK;

/* Opens both; an exit status, having complained. Close it in either case. */
int sito_office_open(SitoOffice *office, const SitoArguments *arguments, bool create, bool lock);
void sito_office_close(SitoOffice *office);

/* The exit status of a fetch (fetch.c R2). */
int sito_fetch_status(const SitoFetched *fetched);

#endif
