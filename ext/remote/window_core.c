/*
** Sliding windows of requests (window_core.h).
*/
#include "window_core.h"

#include <string.h>

#define MOST_HELD ((int64_t)7 * 24 * 3600 * 1000) /* ms */

static const char first_line[] = "sito-quota 1\n";

/* ---- the text ---- */

/* The next number of the text; false where there is none. */
static bool next_number(SitoText text, size_t *at, int64_t *number) {
    while (*at < text.size && (text.data[*at] == ' ' || text.data[*at] == '\n')) {
        (*at)++;
    }
    size_t from = *at;
    *number = 0;
    while (*at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9' &&
           *number < INT64_MAX / 16) {
        *number = *number * 10 + (text.data[(*at)++] - '0');
    }
    return *at > from;
}

static bool next_window(SitoText text, size_t *at, SitoWindow *window) {
    bool good = next_number(text, at, &window->count) && next_number(text, at, &window->seconds) &&
                next_number(text, at, &window->newest);
    for (size_t i = 0; i < SITO_SLOTS && good; i++) {
        good = next_number(text, at, &window->slots[i]);
    }
    return good;
}

void sito_windows_read(SitoWindows *windows, const SitoQuota *quotas, size_t count, SitoText text) {
    size_t head = sizeof first_line - 1, at = head;
    SitoWindow known;
    *windows = (SitoWindows){.count = count};
    for (size_t i = 0; i < count; i++) {
        windows->windows[i] = (SitoWindow){.count = quotas[i].count, .seconds = quotas[i].seconds};
    }
    if (text.size < head || memcmp(text.data, first_line, head) != 0 ||
        text.data[text.size - 1] != '\n' || !next_number(text, &at, &windows->until)) {
        windows->until = 0;
        return;
    }
    while (next_window(text, &at, &known)) {
        for (size_t i = 0; i < count; i++) {
            if (quotas[i].seconds == known.seconds) {
                known.count = quotas[i].count;
                windows->windows[i] = known;
            }
        }
    }
}

int sito_windows_write(const SitoWindows *windows, SitoBuffer *text) {
    int rc = sito_buffer_print(text, "%s%lld\n", first_line, (long long)windows->until);
    for (size_t i = 0; i < windows->count && rc == SITO_OK; i++) {
        const SitoWindow *w = &windows->windows[i];
        rc = sito_buffer_print(text, "%lld %lld %lld", (long long)w->count, (long long)w->seconds,
                               (long long)w->newest);
        for (size_t slot = 0; slot < SITO_SLOTS && rc == SITO_OK; slot++) {
            rc = sito_buffer_print(text, " %lld", (long long)w->slots[slot]);
        }
        rc = rc == SITO_OK ? sito_buffer_add(text, "\n", 1) : rc;
    }
    return rc;
}

/* ---- counting ---- */

/* A slot lasts seconds * 1000 / 32 ms, rounded up, so that 32 of them cover the window. */
static int64_t slot_ms(const SitoWindow *window) {
    return (window->seconds * 1000 + SITO_SLOTS - 2) / (SITO_SLOTS - 1);
}

/* Moves the window on to now; slots that have left it are empty. A clock that was set back by less
** than the window leaves it where it is. */
static void move_on(SitoWindow *window, int64_t now) {
    int64_t slot = now / slot_ms(window), gone = slot - window->newest;
    if (gone >= SITO_SLOTS || gone <= -SITO_SLOTS) {
        memset(window->slots, 0, sizeof window->slots);
        window->newest = slot;
        return;
    }
    for (int64_t i = 1; i <= gone; i++) {
        window->slots[(window->newest + i) % SITO_SLOTS] = 0;
    }
    window->newest += gone > 0 ? gone : 0;
}

/* ms until there is room for one more request; 0: there is. */
static int64_t wait_for(const SitoWindow *window, int64_t now) {
    int64_t sum = 0;
    for (size_t i = 0; i < SITO_SLOTS; i++) {
        sum += window->slots[i];
    }
    int64_t slot = window->newest - SITO_SLOTS + 1;
    while (sum >= window->count && slot <= window->newest) {
        sum -= window->slots[(slot + SITO_SLOTS) % SITO_SLOTS];
        slot++;
    }
    /* Slot n has left when slot n + SITO_SLOTS begins. */
    int64_t free_at = (slot - 1 + SITO_SLOTS) * slot_ms(window);
    return slot == window->newest - SITO_SLOTS + 1 ? 0 : free_at > now ? free_at - now : 1;
}

int64_t sito_windows_take(SitoWindows *windows, int64_t now, const SitoWindow **full) {
    bool held =
        windows->until > now && windows->until - now <= MOST_HELD; /* else a clock was wrong */
    int64_t wait = held ? windows->until - now : 0;
    *full = NULL;
    for (size_t i = 0; i < windows->count; i++) {
        move_on(&windows->windows[i], now);
        int64_t here = wait_for(&windows->windows[i], now);
        if (here > wait) {
            wait = here;
            *full = &windows->windows[i];
        }
    }
    for (size_t i = 0; i < windows->count && wait == 0; i++) {
        windows->windows[i].slots[windows->windows[i].newest % SITO_SLOTS]++;
    }
    return wait;
}
