/*
** One value made coarser. Plain C; the SQL functions are in functions.c, hierarchies in hierarchy.h.
**
** R1  What cannot be generalised is never handed on as it is: SITO_ERROR with *reason, a phrase that
**     completes "a value …" and holds nothing of the value.
** R2  A range contains the number that it was made from; the arithmetic is exact (decimal.h).
** R3  Nothing tells how long a hidden part was.
*/
#ifndef SITO_ANONYMISE_GENERALISE_H
#define SITO_ANONYMISE_GENERALISE_H

#include "decimal.h"

typedef enum AnonLanguage { ANON_POLISH, ANON_ENGLISH } AnonLanguage;

/* Dates, from fine to coarse. Every unit but the week lies within the next coarser one. */
typedef enum AnonUnit {
    ANON_DAY,       /* 2024-07-17 */
    ANON_WEEK,      /* 2024-W29, ISO 8601: belongs to two months or years */
    ANON_MONTH,     /* 2024-07 */
    ANON_QUARTER,   /* 2024-Q3 */
    ANON_HALF_YEAR, /* 2024-H2 */
    ANON_YEAR,      /* 2024 */
    ANON_DECADE,    /* 2020–2029 */
    ANON_UNITS
} AnonUnit;

extern const char *const anon_unit_names[ANON_UNITS];

/* 20–24 of whole numbers (`whole`), else od 20 do poniżej 25 / 20 to under 25. */
int anon_write_range(AnonDecimal number, AnonDecimal width, AnonDecimal origin, bool whole,
                     AnonLanguage language, SitoBuffer *out, const char **reason) SITO_MUST_CHECK;

/* A date, a date with a time, a month, a quarter, a half-year or a year, in the coarser unit. */
int anon_write_date(SitoText value, AnonUnit unit, SitoBuffer *out,
                    const char **reason) SITO_MUST_CHECK;

/* The first `count` characters. */
int anon_write_prefix(SitoText value, int64_t count, SitoBuffer *out) SITO_MUST_CHECK;

/* The first `first` and last `last` characters with *** between them; *** alone where that would
** leave nothing hidden. */
int anon_write_mask(SitoText value, int64_t first, int64_t last, SitoBuffer *out) SITO_MUST_CHECK;

#endif
