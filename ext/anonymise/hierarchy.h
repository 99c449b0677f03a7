/*
** Generalisation hierarchies: what a value becomes at each level. Level 0 is the value itself, the
** highest level is '*' for every value.
**
**   interval:5,10,20             ranges of whole numbers, each width a multiple of the one before
**   interval:0.5,1               … of numbers with a fraction
**   date:month,quarter,year      each unit within the next: day month quarter half-year year decade
**   prefix:5,4,2                 the first characters, ever fewer (postal codes)
**   teryt:powiat,wojewodztwo     the code of a gmina, powiat, voivodship (7 or 6, 4, 2 digits)
**   suppress                     '*' alone
**   osiedla, temp."od d"         a table: the value, its first level, its second, … in each row, as in
**                                the files of ARX (leaf;level;…;*)
**
** R1  Whatever is not covered is an error, never a value that stays as it was.
** R2  A hierarchy is a tree: two values that are one at a level are one at every level above it.
** R3  NULL is a value of its own: NULL up to the highest level, where it is '*'.
** R4  At most ANON_MOST_LEVELS levels and 256 MiB of texts.
*/
#ifndef SITO_ANONYMISE_HIERARCHY_H
#define SITO_ANONYMISE_HIERARCHY_H

#include "generalise.h"

enum { ANON_MOST_LEVELS = 32 };

typedef struct AnonHierarchy AnonHierarchy;

/* What is wrong with the row of a table. */
typedef enum AnonFault {
    ANON_FAULT_NONE,
    ANON_FAULT_EMPTY,       /* a level without a text */
    ANON_FAULT_TWICE,       /* the value stands in two rows that differ */
    ANON_FAULT_TWO_PARENTS, /* two values of one parent go apart again above it */
    ANON_FAULT_COUNT
} AnonFault;

extern const char *const anon_fault_words[ANON_FAULT_COUNT];

/* True where the text is one of the forms with a colon, or `suppress`; else it names a table. */
bool anon_hierarchy_is_form(SitoText spec);

/* A hierarchy of one of these forms. */
int anon_hierarchy_parse(SitoText spec, AnonLanguage language, AnonHierarchy **hierarchy,
                         char **error) SITO_MUST_CHECK;

/* A hierarchy of rows: add each, `count` cells of which the first is the value. */
int anon_hierarchy_new(size_t count, AnonLanguage language, AnonHierarchy **hierarchy,
                       char **error) SITO_MUST_CHECK;
/* *fault says what is wrong with the row; *level where. A row with a fault is not added. */
int anon_hierarchy_add(AnonHierarchy *hierarchy, const SitoText *cells, AnonFault *fault,
                       size_t *level) SITO_MUST_CHECK;

void anon_hierarchy_free(AnonHierarchy *hierarchy);

/* True where the order of numbers says how values lie: interval:… and suppress. */
bool anon_hierarchy_is_ordered(const AnonHierarchy *hierarchy);

AnonLanguage anon_hierarchy_language(const AnonHierarchy *hierarchy);

/* The number of the highest level, at least 1. */
int anon_hierarchy_height(const AnonHierarchy *hierarchy);

/* Appends what `value` ({NULL, 0} for NULL) is at a level; *is_null where it is NULL there.
** SITO_ERROR with *reason (generalise.h, R1) where the hierarchy does not cover it. */
int anon_hierarchy_level(const AnonHierarchy *hierarchy, SitoText value, int level, SitoBuffer *out,
                         bool *is_null, const char **reason) SITO_MUST_CHECK;

/* The values that a table lists, from 0; {NULL, 0} beyond them, and at once for the other forms. */
SitoText anon_hierarchy_leaf(const AnonHierarchy *hierarchy, size_t number);

#endif
