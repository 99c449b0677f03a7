/*
** What the commands over a data set share (dataset.c).
*/
#ifndef SITO_DATASET_H
#define SITO_DATASET_H

#include "cli.h"
#include "runner/check.h"
#include "spool.h"

typedef struct SitoDataset {
    SitoCheck check; /* prepared */
    SitoCheckOptions options;
    char *catalogue;      /* path: --catalogue, $SITO_CATALOGUE, or sito.db beside the folder */
    bool catalogue_named; /* by the option or the environment */
    SitoSpool spool;      /* of the path "-" */
    char *policy;         /* path, or NULL: built-in */
} SitoDataset;

/* Reads descriptor, policy and rules as the arguments name them. Returns an exit status, having
** complained where it is not 0. Close it in either case. */
int sito_dataset_open(SitoDataset *dataset, const SitoArguments *arguments);
void sito_dataset_close(SitoDataset *dataset);

/* Scans and judges, beside what the catalogue (may be NULL) remembers of the version before (recorded.c). An
** exit status, having complained. */
int sito_dataset_check(SitoDataset *dataset, SitoCatalogue *catalogue);
/* Records bytes and verdict, and tells the head of the chain. */
int sito_dataset_record(SitoDataset *dataset, SitoCatalogue *catalogue);

/* A verdict that rests on a waiver holds no longer than the waiver: an exit status, having complained. */
int sito_dataset_waivers_hold(SitoDataset *dataset);

/* The head of the chain of seals, on stderr: to be noted elsewhere. */
void sito_tell_head(SitoLanguage language, const char *head);

/* The absolute folder of the data set; to be released. */
char *sito_dataset_location(const SitoDataset *dataset) SITO_MUST_CHECK;

/* Fills dataset->check.digest: the files as they lie on disk now. */
int sito_dataset_digest(SitoDataset *dataset, char **error) SITO_MUST_CHECK;

#endif
