/*
** What an aggregate gathers row by row: a hash of the quasi-identifiers, one of the unit, codes of
** the sensitive columns. Shared by the SQL functions of measures.c and facts.c.
*/
#ifndef SITO_RISK_GATHER_H
#define SITO_RISK_GATHER_H

#include "summary.h"

struct sqlite3_context;
struct sqlite3_value;

typedef struct RiskGather {
    RiskLog classes, units;
    size_t unit_missing; /* a row whose unit is NULL; SIZE_MAX: none */
    RiskColumn *sensitive;
    size_t sensitive_count;
    SitoBuffer key; /* scratch */
} RiskGather;

int risk_gather_start(RiskGather *gather, size_t sensitive_count) SITO_MUST_CHECK;
int risk_gather_class(RiskGather *gather, struct sqlite3_value **values, int count) SITO_MUST_CHECK;
/* The class of a row whose key (cell.h) the caller has written into gather->key. */
int risk_gather_key(RiskGather *gather) SITO_MUST_CHECK;
int risk_gather_unit(RiskGather *gather, struct sqlite3_value *value) SITO_MUST_CHECK;
int risk_gather_sensitive(RiskGather *gather, size_t i,
                          struct sqlite3_value *value) SITO_MUST_CHECK;
void risk_gather_free(RiskGather *gather);

/* Partitions what was gathered and releases the logs, which are not needed any more. `ids`: the class
** of each row is wanted even where there is no sensitive column. */
int risk_gather_partition(RiskGather *gather, bool ids, const SitoWatch *watch,
                          RiskPartition *partition) SITO_MUST_CHECK;

/* Hands a failure to SQLite with the name of the function that runs and what the limit was. */
void risk_result_failure(struct sqlite3_context *context, int rc, char *error);

/* A number in JSON: null for NaN, 9e999 for infinity, 15 digits. */
int risk_json_real(SitoBuffer *json, double value) SITO_MUST_CHECK;

/* A cell as a JSON value; a blob as its hexadecimal text. */
int risk_json_cell(SitoBuffer *json, const RiskCell *cell) SITO_MUST_CHECK;

/* The values of a row as a JSON array. */
int risk_json_row(SitoBuffer *json, const RiskColumn *columns, size_t count,
                  size_t row) SITO_MUST_CHECK;

/* The measures by their words (risk.h). */
typedef struct RiskWord {
    const char *word;
    unsigned what; /* of measure.h; 0: of the summary */
    size_t offset; /* in RiskSensitive or RiskSummary */
    bool whole;    /* RiskSummary: a uint64_t; RiskSensitive: a double that is a whole number */
} RiskWord;

extern const RiskWord risk_summary_words[];
extern const size_t risk_summary_word_count;
extern const RiskWord risk_sensitive_words[];
extern const size_t risk_sensitive_word_count;

int risk_json_summary(SitoBuffer *json, const RiskWord *word,
                      const RiskSummary *summary) SITO_MUST_CHECK;
int risk_json_sensitive(SitoBuffer *json, const RiskWord *word,
                        const RiskSensitive *sensitive) SITO_MUST_CHECK;

#endif
