/*
** Dates as Polish offices write them, and working days (date.c, working_day.c).
*/
#ifndef SITO_POLISH_DATE_H
#define SITO_POLISH_DATE_H

#include "polish.h"

bool sito_is_working_day(int64_t number);
/* The day that lies `count` working days after (or before) the given one; with 0 the day itself or the next
** working day. False beyond the years 1 to 9999. */
bool sito_add_working_days(int64_t number, int64_t count, int64_t *result);

#endif
