/*
** What a Table Schema, and a descriptor of ours, ask of the values of one column beyond their type
** (constraint.c). Read from the configuration by constraint_config.c.
*/
#ifndef SITO_PROFILE_CONSTRAINT_H
#define SITO_PROFILE_CONSTRAINT_H

#include "base/sito.h"
#include "field_type.h"
#include "seen.h"

/* Of one column; the words are those of checks/rules/VOCABULARY. */
typedef enum SitoDefect {
    DEFECT_TYPE,
    DEFECT_REQUIRED,
    DEFECT_UNIQUE,
    DEFECT_RANGE,
    DEFECT_LENGTH,
    DEFECT_PATTERN,
    DEFECT_STOPPED, /* a pattern that could not be tried to its end */
    DEFECT_ENUM,
    DEFECT_CODE,
    DEFECT_CHECK_DIGIT,
    DEFECT_FUTURE,
    DEFECT_ANCIENT,
    DEFECT_OUTSIDE,
    DEFECT_SWAPPED,
    DEFECT_FORMULA,
    DEFECT_SIGNED,
    DEFECT_BLANKS,
    DEFECT_INVISIBLE,
    DEFECT_DECOMPOSED,
    DEFECT_KINDS
} SitoDefect;
extern const char *const sito_defect_names[DEFECT_KINDS];

#define SITO_DEFECT(defect) (1u << (defect))

typedef struct SitoBound {
    bool set, exclusive;
    SitoNumber number;
    SitoMoment moment;
} SitoBound;

typedef enum SitoAxis { AXIS_NONE, AXIS_LATITUDE, AXIS_LONGITUDE } SitoAxis;

typedef struct SitoConstraints {
    SitoBound minimum, maximum;
    int64_t least, most; /* characters; -1: any */
    struct URegularExpression *pattern;
    struct SitoPlainPattern *plain; /* the same where it is plain, else NULL */
    bool stopped;                   /* the pattern took too long once: it is not tried again */
    SitoSeen enumerated;            /* capacity 0: any value */
    SitoSeen codes;
    bool has_enumerated, has_codes;
    int kind; /* of identity; -1: none */
    SitoAxis axis;
    bool dated; /* `today` is known */
    SitoMoment today;
} SitoConstraints;

/* *defects receives the set of what the value breaks, none of what follows from another. */
int sito_constraints_ask(SitoConstraints *constraints, const SitoFieldType *type, SitoText value,
                         const SitoJudgement *judgement, unsigned *defects) SITO_MUST_CHECK;

/* The hash under which a value of this type stands in `enumerated`: numbers by their value. */
int sito_constraints_hash(const SitoFieldType *type, SitoText value, const SitoJudgement *judgement,
                          SitoHash128 *hash) SITO_MUST_CHECK;

void sito_constraints_free(SitoConstraints *constraints);

/* ---- constraint_config.c ---- */

struct sqlite3;

/* Reads {"constraints": {…}, "kind", "axis", "codes": […], "today"} of one field, whose type is known. */
int sito_constraints_read(SitoConstraints *constraints, const SitoFieldType *type, SitoText name,
                          struct sqlite3 *db, SitoText field, char **error) SITO_MUST_CHECK;

#endif
