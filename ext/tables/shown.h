/*
** The configuration of risk_table: the keys of tables.h that it needs, and the rules.
**
**   "rules": {"least": 5, "article38": true, "dominance": [2, 85], "p": 10, "pq": [10, 50],
**             "zeros": true, "group": true}
**
** "contributors", "largest", "second" and "absolute" name columns; without contributors a measure counts
** its own. "absolute" is the sum of the contributions without their signs, where some are negative.
*/
#ifndef SITO_TABLES_SHOWN_H
#define SITO_TABLES_SHOWN_H

#include "base/table.h"
#include "primary.h"
#include "system.h"

enum {
    SHOWN_MEASURE,
    SHOWN_CONTRIBUTORS,
    SHOWN_LARGEST,
    SHOWN_SECOND,
    SHOWN_ABSOLUTE,
    SHOWN_STATUS,
    SHOWN_COLUMNS
};

typedef struct ShownConfig {
    struct {
        char *name;
        char *total; /* NULL: it has none */
    } dimensions[TABLES_MOST_DIMENSIONS];
    int count;
    char *columns[SHOWN_COLUMNS]; /* NULL: not named */
    char *zeros;                  /* JSON list of the signs of zero */
    char *decimal;
    bool negative;
    TablesRules rules;
} ShownConfig;

int shown_config_read(SitoCall *call, SitoText json, ShownConfig *config) SITO_MUST_CHECK;
void shown_config_free(ShownConfig *config);

/* Receives the reasons that the rules find for a row; not found: its facts are not known. */
typedef struct ShownSink {
    int (*reason)(void *data, int64_t row, TablesReason reason, bool found);
    void *data;
} ShownSink;

/* The rules over the table and the configuration of a call. */
int tables_shown_judge(SitoCall *call, const ShownSink *reasons) SITO_MUST_CHECK;

/* A decimal number as a whole number and how many digits stand behind its point; false: it is none, or
** has more than 15 digits before or 6 behind the point. */
bool shown_number(SitoText text, int64_t *digits, int *fraction);

#endif
