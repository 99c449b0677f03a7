/*
** The time at which a check is made.
*/
#ifndef SITO_CLOCK_H
#define SITO_CLOCK_H

enum { SITO_CLOCK_SIZE = 32 };

/* UTC as 2026-11-22T10:30:00Z; SOURCE_DATE_EPOCH, where set, stands for the clock, so that a report can
** be made again. */
void sito_clock_now(char out[SITO_CLOCK_SIZE]);

#endif
