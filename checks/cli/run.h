/*
** What `sito run` does with one data set (run_set.c), and what came of it.
*/
#ifndef SITO_CLI_RUN_H
#define SITO_CLI_RUN_H

#include "warehouse.h"

typedef enum SitoSetOutcome {
    SITO_SET_PUBLISHED,  /* now, with these bytes */
    SITO_SET_CURRENT,    /* these bytes are published already */
    SITO_SET_PASSES,     /* may be published; no folder was named */
    SITO_SET_WAITS,      /* within the thresholds; people have to record something */
    SITO_SET_FAILS,      /* not within the thresholds */
    SITO_SET_REFUSED,    /* its export or its publication was refused */
    SITO_SET_INCOMPLETE, /* it could not be read, or the check has no result */
    SITO_SET_OUTCOMES
} SitoSetOutcome;

typedef struct SitoSetResult {
    SitoSetOutcome outcome;
    char *name;      /* NULL: its descriptor could not be read */
    char *reason;    /* in the reader's language; NULL: none */
    SitoBuffer note; /* what is missing, one line each */
    int64_t written; /* files that the export changed */
    bool checked;    /* false: the bytes are those of the recorded verdict */
    char digest[SITO_SHA256_HEX];
} SitoSetResult;

/* Exports, checks, marks and publishes the data set in `folder`; SITO_OK also where something is wrong with it.
** Anything else ends the run. */
int sito_run_set(const SitoArguments *arguments, const SitoOffice *office, const char *catalogue,
                 const char *folder, SitoSetResult *result, char **error) SITO_MUST_CHECK;
void sito_set_result_free(SitoSetResult *result);

#endif
