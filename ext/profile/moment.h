/*
** Dates and times, by a pattern or by the ways in which offices write them (moment.c).
*/
#ifndef SITO_PROFILE_MOMENT_H
#define SITO_PROFILE_MOMENT_H

#include "base/sito.h"

typedef struct SitoMoment {
    int year, month, day; /* 0 where the pattern has none */
    int hour, minute, second;
    int nanosecond;
    int offset; /* minutes east of Greenwich */
    bool zoned;
} SitoMoment;

/* True when every directive of a strptime pattern is one of %Y %y %m %d %j %H %M %S %f %z %%. */
bool sito_moment_pattern_ok(SitoText pattern);

/* Reads the whole text by the pattern; a day that no calendar has is no date. */
bool sito_moment_read(SitoText text, SitoText pattern, SitoMoment *moment);

/* Year, month and day in the common orders and marks (2024-03-01, 1.03.2024, 01/03/2024), perhaps with a
** time behind a blank or a T. Day comes before month unless the year stands first. */
bool sito_moment_guess(SitoText text, SitoMoment *moment);

/* ISO 8601 with T, fractions and a time zone optional: Table Schema's default for datetime. */
bool sito_moment_iso(SitoText text, SitoMoment *moment);

/* hh:mm:ss, fractions and a time zone optional: Table Schema's default for time. */
bool sito_moment_time(SitoText text, SitoMoment *moment);

int sito_moment_compare(const SitoMoment *a, const SitoMoment *b);

#endif
