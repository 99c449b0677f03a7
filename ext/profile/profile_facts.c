/*
** profile_facts(config, record, line, byte, defect, raw, v1, …): everything that the rules of the gate ask of
** the columns of a table, in one pass. The configuration is shown in config.c, the result here:
**
**   {"profile":  [{"field", "rows", "missing", "distinct_values", "min", "max", "longest",
**                  "integers", "numbers", "dates", "texts", "leading_zeros"}],
**    "defect":   [{"kind", "field", "count", "first_line"}],
**    "witness":  [{"kind", "field", "line", "record", "byte", "shape"}],
**    "personal": [{"kind", "field", "found", "share", "expected_share", "verdict"}],
**    "unchecked": [{"field", "type"}]}
**
** R1  One value for each field of config, in its order, at most 120; wider tables take several calls in one
**     SELECT, of which one says "defects": true.
** R2  record, line and byte say where the row stands; NULL where nobody knows.
** R3  defect is NULL or the word for what is wrong with the whole record. Where raw is its text, its values
**     are not looked at, and rows does not count it. Where raw is NULL the record is whole: it is
**     counted under that word, and its values are looked at like any others.
**     A record of several columns without any value is counted as blank, and otherwise like any other.
** R4  Kinds: type-mismatch, required-missing, unique-violated (rows that repeat an earlier value), and the
**     words that come in as defect. witness also shows where personal data stands, by its kind; none of
**     it where a number passes by chance.
** R5  distinct_values is exact to 65,536 and null beyond; of a unique field always exact.
** R6  Without a row the lists are empty.
** R7  With "cells": true in config the one value v1 is the column _cells of a csv table, straight from the
**     table and with its rowid as the record: it carries all cells, one for each field, any number of them.
**     The facts are the same; SQLite hands over one value a row.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "facts.h"
#include "profile_facts.h"

enum { CONFIG, RECORD, LINE, BYTE, DEFECT, RAW, FIRST_VALUE };

static int64_t place_of(sqlite3_value *value) {
    return sqlite3_value_type(value) == SQLITE_NULL ? -1 : sqlite3_value_int64(value);
}

static int begin(SitoFacts **facts, sqlite3_context *context, int argc, sqlite3_value **argv,
                 char **error) {
    SitoText config;
    int rc = sito_value_text(argv[CONFIG], &config);
    if (rc != SITO_OK) {
        return rc;
    }
    *facts = sito_malloc(sizeof **facts);
    if (*facts == NULL) {
        return SITO_NOMEM;
    }
    **facts = (SitoFacts){0};
    if (config.data == NULL) {
        return sito_error(error, SITO_ERROR,
                          "profile_facts: config is NULL; write the fields as JSON");
    }
    rc = sito_facts_configure(*facts, sqlite3_context_db_handle(context), config, error);
    size_t wanted = (*facts)->cells ? 1 : (*facts)->count;
    if (rc == SITO_OK && wanted != (size_t)(argc - FIRST_VALUE)) {
        rc = (*facts)->cells
                 ? sito_error(error, SITO_ERROR,
                              "profile_facts: with \"cells\": true there is one value, the column "
                              "_cells; the call has %d",
                              argc - FIRST_VALUE)
                 : sito_error(error, SITO_ERROR,
                              "profile_facts: config has %d fields, the call has %d values",
                              (int)(*facts)->count, argc - FIRST_VALUE);
    }
    return rc;
}

static int add_values(SitoFacts *facts, int count, sqlite3_value **values, const SitoPlace *place,
                      char **error) {
    int rc = SITO_OK;
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        SitoText value;
        rc = sito_value_text(values[i], &value);
        if (rc == SITO_OK) {
            rc = sito_facts_add(facts, (size_t)i, value, place, error);
        }
    }
    return rc;
}

/* R7 */
static int add_cells(SitoFacts *facts, sqlite3_value **argv, const SitoPlace *place, char **error) {
    const SitoCells *cells;
    int rc = sito_value_cells(argv[FIRST_VALUE], argv[RECORD], "profile_facts", &cells, error);
    if (rc == SITO_OK && cells->count != facts->count) {
        rc = sito_error(error, SITO_ERROR,
                        "profile_facts: config has %d fields, the record has %d cells",
                        (int)facts->count, (int)cells->count);
    }
    for (size_t i = 0; rc == SITO_OK && i < facts->count; i++) {
        SitoText value;
        rc = cells->read(cells, i, &value);
        if (rc == SITO_OK) {
            rc = sito_facts_add(facts, i, value, place, error);
        }
    }
    return rc;
}

static int add_noted(SitoFacts *facts, sqlite3_value **argv, const SitoPlace *place) {
    SitoText kind, raw;
    int rc = sito_value_text(argv[DEFECT], &kind);
    if (rc == SITO_OK) {
        rc = sito_value_text(argv[RAW], &raw);
    }
    return rc == SITO_OK ? sito_facts_add_damaged(facts, kind, raw, place) : rc;
}

/* The values of a record that is whole. An empty one repeats nothing. */
static int add_record(SitoFacts *facts, int argc, sqlite3_value **argv, const SitoPlace *place,
                      char **error) {
    facts->filled = false;
    int rc = facts->cells ? add_cells(facts, argv, place, error)
                          : add_values(facts, argc - FIRST_VALUE, argv + FIRST_VALUE, place, error);
    if (rc != SITO_OK) {
        return rc;
    }
    if (!facts->filled && facts->count > 1) {
        facts->cross.hash = facts->cross.folded_hash = 0;
        return sito_facts_add_damaged(facts, SITO_LITERAL("blank"), (SitoText){0}, place);
    }
    return sito_cross_judge(&facts->cross, place, facts->witnesses);
}

void sito_profile_facts_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    SitoFacts **slot = sqlite3_aggregate_context(context, (int)sizeof(void *));
    char *error = NULL;
    int rc = SITO_OK;
    if (slot == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (*slot == NULL) {
        rc = sito_args_ok(context, argc) ? begin(slot, context, argc, argv, &error) : SITO_MISUSE;
        if (rc == SITO_MISUSE) {
            return; /* sito_args_ok has said it */
        }
    }
    SitoPlace place = {.line = place_of(argv[LINE]),
                       .record = place_of(argv[RECORD]),
                       .byte = place_of(argv[BYTE])};
    bool noted = sqlite3_value_type(argv[DEFECT]) != SQLITE_NULL;
    bool damaged = noted && sqlite3_value_type(argv[RAW]) != SQLITE_NULL;
    if (rc == SITO_OK && noted) {
        rc = add_noted(*slot, argv, &place);
    }
    if (rc == SITO_OK && !damaged) {
        rc = add_record(*slot, argc, argv, &place, &error);
    }
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, error);
    }
}

void sito_profile_facts_final(sqlite3_context *context) {
    SitoFacts **slot = sqlite3_aggregate_context(context, 0);
    SitoFacts none = {0}, *facts = slot != NULL && *slot != NULL ? *slot : &none;
    SitoBuffer out = {0};
    int rc = sito_facts_print(facts, &out);
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, out.data, out.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(&out);
    sito_facts_free(facts);
    if (facts != &none) {
        sito_free(facts);
    }
}
