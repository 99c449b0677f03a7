/*
** The options of CREATE VIRTUAL TABLE temp.t USING csv(…).
**
** R1  An option that is not known, given twice (but null), without a value or with a value outside
**     its range is an error that lists what is possible and, for a slip of the pen, names the
**     nearest.
** R2  Either filename or data must be given, not both.
*/
#ifndef SITO_CSV_OPTIONS_CORE_H
#define SITO_CSV_OPTIONS_CORE_H

#include "csv.h"
#include "headings_core.h"
#include "sniff_core.h"
#include "value_core.h"

typedef enum SitoOnError { SITO_FAIL, SITO_REJECT, SITO_KEEP } SitoOnError;

typedef struct SitoCsvOptions {
    char *filename, *data; /* one of them is NULL */
    SitoSniffGiven given;
    SitoOnError on_error;
    int64_t reject_limit; /* damaged records that may be left out */
    int64_t max_unpacked; /* bytes that a gzip file may unpack to */
    bool match;           /* headings must be the names of columns= */
    bool auto_types;
    char decimal; /* , or . or 0: what the file shows */
    bool hash;
    char sha256[SITO_SHA256_HEX]; /* "": none expected */
    SitoBuffer nulls;             /* the words that mean NULL, each ended by NUL */
    SitoHeadings columns;         /* names of columns=; count 0: not given */
    SitoValueType *types;         /* of columns */
    size_t types_capacity;
    unsigned seen; /* bits of the options given so far */
} SitoCsvOptions;

/* Start from sito_csv_defaults(); add every argument; check; release. */
SitoCsvOptions sito_csv_defaults(void);
int sito_csv_option(SitoCsvOptions *options, const char *argument, char **error) SITO_MUST_CHECK;
int sito_csv_options_check(const SitoCsvOptions *options, char **error) SITO_MUST_CHECK;
void sito_csv_options_free(SitoCsvOptions *options);

#endif
