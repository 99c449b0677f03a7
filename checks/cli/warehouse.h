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

/* Opens both, the warehouse as --warehouse or $SITO_WAREHOUSE name it, else hurtownia.db beside the catalogue;
** an exit status, having complained. Close it in either case. */
int sito_office_open(SitoOffice *office, const SitoArguments *arguments, const char *catalogue,
                     bool create, bool lock);
void sito_office_close(SitoOffice *office);

/* Writes the files of a data set (export.c). */
struct SitoDataset;
int sito_export_dataset(const struct SitoDataset *dataset, const SitoOffice *office,
                        SitoLanguage language, SitoExported *exported,
                        char **error) SITO_MUST_CHECK;

/* The exit status of a fetch (fetch.c R2). */
int sito_fetch_status(const SitoFetched *fetched);

#endif
