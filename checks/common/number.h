/*
** Numbers as people write them, and which plural form they take, in the two languages.
**
** R1  The plural forms are those of CLDR: one few many other in Polish, one other in English. A
**     number that is whole counts as one without decimals, 2.0 as 2.
** R2  Digits are grouped by threes: in English from four digits on, in Polish from five, by a no-break
**     space. The decimal mark is a point or a comma. At most six decimals, no zeros at the end.
** R3  Nothing but the buffer allocates, and nothing depends on a locale: ICU's own number formats
**     crash, and its plural rules answer wrongly, when memory is short. A unit test compares with ICU.
*/
#ifndef SITO_NUMBER_H
#define SITO_NUMBER_H

#include "base/sito.h"
#include "common/language.h"

/* zero one two few many other: those that the language has. */
const char *sito_plural(SitoLanguage language, double number);

int sito_write_integer(SitoLanguage language, int64_t number, SitoBuffer *out) SITO_MUST_CHECK;
int sito_write_number(SitoLanguage language, double number, SitoBuffer *out) SITO_MUST_CHECK;
/* A share as per cent, with at most one decimal: 0.805 is 80.5%. */
int sito_write_percent(SitoLanguage language, double share, SitoBuffer *out) SITO_MUST_CHECK;

#endif
