/*
** The first argument of risk_facts: which column plays which role.
**
**   {"columns": [{"name": "osiedle", "role": "quasi-identifier"},
**                {"name": "powod", "role": "sensitive", "t": "ordered"}, {"role": "unit"}],
**    "k": 5, "witnesses": 20, "doubts": false, "measures": true}
**
** R1  Roles: quasi-identifier, sensitive, other, unit, record, line, byte; the last four at most once.
** R2  t: equal (default) or ordered. k: 5 by default. witnesses: 20 by default, at most 1000.
**     doubts: what each sensitive and each other column would do as a quasi-identifier; false by default.
**     measures: false leaves out all the rest.
** R3  With "cells": true the first value is the column _cells of a csv table; quasi-identifiers,
**     sensitive and other columns have "position", their place in it from 1, and no value of their own. The last
**     four roles have one each, in their order; the record has to be among them.
** R4  Whatever is not understood is an error that names what would be.
*/
#ifndef SITO_RISK_FACTS_CONFIG_H
#define SITO_RISK_FACTS_CONFIG_H

#include "base/sito.h"

struct sqlite3;

enum { RISK_MOST_COLUMNS = SITO_MANY - 1 };

typedef enum RiskRole {
    RISK_QUASI,
    RISK_SENSITIVE,
    RISK_OTHER,
    RISK_UNIT,
    RISK_RECORD,
    RISK_LINE,
    RISK_BYTE,
    RISK_ROLES
} RiskRole;

typedef struct RiskConfig {
    int count;
    RiskRole roles[RISK_MOST_COLUMNS];
    char *names
        [RISK_MOST_COLUMNS]; /* as JSON strings, quotes included; of sensitive and other columns */
    bool ordered[RISK_MOST_COLUMNS];
    /* places among the columns */
    int quasi[RISK_MOST_COLUMNS], sensitive[RISK_MOST_COLUMNS], others[RISK_MOST_COLUMNS];
    int quasi_count, sensitive_count, others_count;
    bool doubts, measures;
    int64_t position[RISK_MOST_COLUMNS]; /* of each column in the record, from 0; only with cells */
    int64_t furthest;                    /* of the positions that are read; -1: none */
    int place[RISK_ROLES]; /* of unit, record, line, byte among the values; -1: absent */
    bool cells;
    int values; /* how many values follow the configuration */
    int64_t k, witnesses;
} RiskConfig;

int risk_config_read(struct sqlite3 *db, SitoText json, RiskConfig *config,
                     char **error) SITO_MUST_CHECK;
void risk_config_free(RiskConfig *config);

#endif
