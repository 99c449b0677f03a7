/*
** Dates as Polish offices write them, and working days (date.c, working_day.c).
*/
#ifndef SITO_POLISH_DATE_H
#define SITO_POLISH_DATE_H

#include "base/sito.h"

typedef struct SitoDay {
    int year, month, day;
} SitoDay;

/* False when the text is no date, or could be two. */
bool sito_polish_date(SitoText text, SitoDay *day);

/* Days since 1 March of the year 0, and back. */
int64_t sito_day_number(SitoDay day);
SitoDay sito_day_of(int64_t number);

bool sito_is_working_day(int64_t number);
/* The day that lies `count` working days after (or before) the given one; with 0 the day itself or the next
** working day. False beyond the years 1 to 9999. */
bool sito_add_working_days(int64_t number, int64_t count, int64_t *result);

/* A number as Polish offices write it (number.c): digits as an integer of `scale` decimal places. */
bool sito_polish_number(SitoText text, int64_t *digits, int *scale);

#endif
