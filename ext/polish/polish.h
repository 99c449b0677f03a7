/*
** polish: Polish text. Plain C for other rooms; the SQL side is declared in polish.c.
*/
#ifndef SITO_POLISH_H
#define SITO_POLISH_H

#include "base/sito.h"

/* Appends to `out` the coarsest form of a text: two spellings of one word have the same bytes.
** NFKC, full case folding, no ignorable characters (zero-width, soft hyphen), no blanks of any kind
** at either end: "HIV", " hiv\u00A0" and "ＨＩＶ" are one. Ill-formed bytes count as U+FFFD.
** SITO_OK, SITO_NOMEM or SITO_TOOBIG. */
int sito_polish_fold(SitoText in, SitoBuffer *out) SITO_MUST_CHECK;

/* The same without trimming: NFKC_Casefold alone. */
int sito_polish_casefold(SitoText in, SitoBuffer *out) SITO_MUST_CHECK;

/* Writes the lower-case form of a word of ASCII and Polish letters at `to`, which has room for as many
** bytes; false when there is another character in it. Nothing is allocated. */
bool sito_polish_lower(SitoText word, char *to);

typedef struct SitoDay {
    int year, month, day;
} SitoDay;

/* False when the text is no date, or could be two. */
bool sito_polish_date(SitoText text, SitoDay *day);

/* Days since 1 March of the year 0, and back. */
int64_t sito_day_number(SitoDay day);
SitoDay sito_day_of(int64_t number);

/* A number as Polish offices write it (number.c): digits as an integer of `scale` decimal places. */
bool sito_polish_number(SitoText text, int64_t *digits, int *scale);

extern const SitoModule sito_polish_module;

#endif
