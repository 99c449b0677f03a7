/*
** The clock of a check (clock.h).
*/
#include "common/clock.h"

#include <stdlib.h>
#include <time.h>

void sito_clock_now(char out[SITO_CLOCK_SIZE]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL && epoch[0] != 0 ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, SITO_CLOCK_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
}
