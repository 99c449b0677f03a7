/*
** Requests counted in sliding windows, such as 5 in a second and 100 in 15 minutes. Plain C.
**
** R1  In no span of `seconds` are there more than `count` requests: each window is cut into 32 slots,
**     and those that touch the span are counted whole.
** R2  The state is a short text; one that is not whole counts as empty.
** R3  `until` holds every process back: a server that said "come back in 60 seconds" said it to all.
*/
#ifndef SITO_WINDOW_CORE_H
#define SITO_WINDOW_CORE_H

#include "fetch.h"

enum { SITO_SLOTS = 33, SITO_WINDOW_TEXT = 8192 };

typedef struct SitoWindow {
    int64_t count, seconds;
    int64_t newest;            /* number of the newest slot since 1970 */
    int64_t slots[SITO_SLOTS]; /* slot n lies at n % SITO_SLOTS */
} SitoWindow;

typedef struct SitoWindows {
    int64_t until; /* ms since 1970 */
    SitoWindow windows[SITO_MOST_QUOTAS];
    size_t count;
} SitoWindows;

/* The windows of these quotas, with what `text` knows of them. */
void sito_windows_read(SitoWindows *windows, const SitoQuota *quotas, size_t count, SitoText text);
int sito_windows_write(const SitoWindows *windows, SitoBuffer *text) SITO_MUST_CHECK;

/* 0: the request may be made at `now` (ms since 1970), and is counted. Else the ms to wait; *full is
** then the window that is full, or NULL where `until` decides. */
int64_t sito_windows_take(SitoWindows *windows, int64_t now, const SitoWindow **full);

#endif
