/*
** The facts of a table: its columns, its damaged records, what is personal (facts.c).
*/
#ifndef SITO_PROFILE_FACTS_H
#define SITO_PROFILE_FACTS_H

#include "column.h"
#include "cross.h"

typedef struct SitoRecordDefect {
    SitoText kind; /* owned */
    SitoTally tally;
} SitoRecordDefect;

typedef struct SitoFacts {
    SitoColumn *columns;
    size_t count;
    SitoTexts missing; /* what stands for no value; owned */
    bool defects;      /* count damaged records and look into them */
    bool cells;        /* one value carries all cells of a record */
    size_t witnesses;
    SitoRecordDefect *record_defects;
    size_t record_defect_count, record_defect_capacity;
    int64_t damaged;
    SitoCross cross;
    bool filled; /* a value of the present record is there */
    SitoFinds damaged_finds[SITO_IDENTITY_KINDS];
} SitoFacts;

/* A value of a column; data NULL: no value. */
int sito_facts_add(SitoFacts *facts, size_t column, SitoText value, const SitoPlace *place,
                   char **error) SITO_MUST_CHECK;

/* What is wrong with a record, and all its text where it is damaged (data NULL: it is whole, and its
** values are to be added as well). */
int sito_facts_add_damaged(SitoFacts *facts, SitoText kind, SitoText raw,
                           const SitoPlace *place) SITO_MUST_CHECK;

/* Appends {"profile": …, "defect": …, "witness": …, "personal": …, "unchecked": …}. */
int sito_facts_print(const SitoFacts *facts, SitoBuffer *out) SITO_MUST_CHECK;

void sito_facts_free(SitoFacts *facts);

/* Fills the facts from the JSON configuration (config.c). */
struct sqlite3;
int sito_facts_configure(SitoFacts *facts, struct sqlite3 *db, SitoText config,
                         char **error) SITO_MUST_CHECK;

#endif
