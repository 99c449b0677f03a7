/*
** One column, counted value by value (column.c).
*/
#ifndef SITO_PROFILE_COLUMN_H
#define SITO_PROFILE_COLUMN_H

#include "base/sito.h"
#include "constraint.h"
#include "digits.h"
#include "field_type.h"
#include "identity/identity.h"
#include "seen.h"
#include "spread.h"
#include "wholes.h"

/* Where a value stands; -1: not known. */
typedef struct SitoPlace {
    int64_t line, record, byte;
} SitoPlace;

typedef struct SitoWitness {
    SitoPlace place;
    SitoText shape; /* of SitoTally's own buffer; empty: not one value */
} SitoWitness;

/* A kind of defect: how many, and the first few. */
typedef struct SitoTally {
    int64_t count, first_line;
    SitoWitness *witnesses;
    size_t kept, capacity;
} SitoTally;

/* Counts one more and keeps its place (and the shape of its value) while there are fewer than `most`. */
int sito_tally_add(SitoTally *tally, const SitoPlace *place, const SitoText *value,
                   size_t most) SITO_MUST_CHECK;
void sito_tally_free(SitoTally *tally);

/* Personal data of one kind: by rows, by different values, and where the first ones stand. */
typedef struct SitoFinds {
    SitoCounts rows, different;
    SitoTally places;
} SitoFinds;

enum { SITO_RANGE_BYTES = 256 };

typedef struct SitoExtreme {
    SitoNumber number;
    SitoMoment moment;
    char text[SITO_RANGE_BYTES];
    size_t size;
} SitoExtreme;

typedef struct SitoColumn {
    SitoText name, type_name; /* owned by the column, as are the texts of `type` */
    SitoFieldType type;
    bool unchecked; /* the type or its format is not one that is checked */
    bool required, unique;
    bool has_absent;  /* the field has missingValues of its own */
    SitoTexts absent; /* what stands for no value in this column; owned */
    SitoConstraints constraints;
    uint32_t heading; /* the kinds that its name speaks of */

    int64_t rows, missing, leading_zeros;
    int64_t classes[4]; /* by SitoClass */
    size_t longest;     /* characters */
    SitoSeen seen;
    SitoWholes wholes; /* of a unique column: what is not in `seen` */
    bool overflowed;   /* more different values than are counted */
    bool has_range;
    SitoExtreme min, max;
    SitoSpread spread; /* of the different numbers, where numbers are declared */
    SitoDigits digits; /* of the different values */
    SitoTally defects[DEFECT_KINDS];
    SitoFinds finds[SITO_IDENTITY_KINDS];
    SitoProseColumn
        prose; /* names, addresses and what else only a column tells; of different values */
    int64_t special[SPECIAL_CATEGORIES]; /* different values with a word of the category */
    int64_t read,
        unread;       /* of the texts beyond those that are told apart: judged as prose, and not */
    size_t witnesses; /* the most that a tally keeps */
} SitoColumn;

enum {
    SITO_DISTINCT_LIMIT = 65536,
    SITO_UNIQUE_LIMIT = 1 << 25 /* 1.1 GiB of hashes; numbers that are kept as bits do not count */
};

/* Counts a value, or a missing one. SITO_TOOBIG: a unique column with more values than can be kept. */
int sito_column_add(SitoColumn *column, SitoText value, const SitoPlace *place) SITO_MUST_CHECK;
int sito_column_add_missing(SitoColumn *column, const SitoPlace *place) SITO_MUST_CHECK;

/* How many different values there are; -1: more than are counted. */
int64_t sito_column_distinct(const SitoColumn *column);

/* How much was found of one kind, in rows where that is known. */
SitoCounts sito_column_counts(const SitoColumn *column, SitoIdentityKind kind);

/* What the finds of one kind amount to. */
SitoVerdict sito_column_verdict(const SitoColumn *column, SitoIdentityKind kind);

void sito_column_free(SitoColumn *column);

/* Adds a look at a value to the counts of each kind (SITO_IDENTITY_KINDS of them); shape_of NULL: the value is a whole record. */
int sito_finds_add(SitoFinds *finds, const SitoLook *look, bool is_new, const SitoPlace *place,
                   const SitoText *shape_of, size_t most) SITO_MUST_CHECK;
void sito_finds_free(SitoFinds *finds);

#endif
