/*
** Quotas in the cache folder (quota.h): one small file a server, locked while it is read and written.
*/
#define _GNU_SOURCE
#include "quota.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_MS = 50 };

int64_t sito_clock_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int sito_wait(const SitoCache *cache, int64_t ms) {
    int rc = sito_watch_ask(cache->watch);
    while (ms > 0 && rc == SITO_OK) {
        int64_t pause = ms < PAUSE_MS ? ms : PAUSE_MS;
        (void)nanosleep(&(struct timespec){.tv_nsec = pause * 1000000}, NULL);
        ms -= pause;
        rc = sito_watch_ask(cache->watch);
    }
    return rc;
}

static int open_locked(const SitoCache *cache, const char *name, int *file, char **error) {
    *file =
        openat(cache->quotas, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (*file < 0) {
        return sito_cache_trouble(cache, "a quota cannot be opened", error);
    }
    while (flock(*file, LOCK_EX) != 0) { /* held for a moment only */
        if (errno != EINTR) {
            (void)close(*file);
            return sito_cache_trouble(cache, "a quota cannot be locked", error);
        }
    }
    return SITO_OK;
}

static void read_windows(int file, const SitoQuota *quotas, size_t count, SitoWindows *windows) {
    char text[SITO_WINDOW_TEXT];
    ssize_t size = pread(file, text, sizeof text, 0);
    sito_windows_read(windows, quotas, count, (SitoText){text, size > 0 ? (size_t)size : 0});
}

static int write_windows(const SitoCache *cache, int file, const SitoWindows *windows,
                         char **error) {
    SitoBuffer text = {.limit = SITO_WINDOW_TEXT};
    int rc = sito_windows_write(windows, &text);
    if (rc == SITO_OK && (pwrite(file, text.data, text.size, 0) != (ssize_t)text.size ||
                          ftruncate(file, (off_t)text.size) != 0)) {
        rc = sito_cache_trouble(cache, "a quota cannot be written", error);
    }
    sito_buffer_free(&text);
    return rc;
}

/* Tries once; *wait is 0 where the request was counted. */
static int try_once(const SitoCache *cache, const char *name, const SitoQuota *quotas, size_t count,
                    int64_t *wait, SitoQuota *full, char **error) {
    SitoWindows windows;
    const SitoWindow *window = NULL;
    int file = -1;
    int rc = open_locked(cache, name, &file, error);
    if (rc != SITO_OK) {
        return rc;
    }
    read_windows(file, quotas, count, &windows);
    *wait = sito_windows_take(&windows, sito_clock_ms(), &window);
    *full = window != NULL ? (SitoQuota){window->count, window->seconds} : (SitoQuota){0};
    rc = *wait == 0 && count > 0 ? write_windows(cache, file, &windows, error) : SITO_OK;
    (void)close(file);
    return rc;
}

int sito_quota_take(const SitoCache *cache, const char *name, const char *host,
                    const SitoQuota *quotas, size_t count, int64_t longest, char **error) {
    for (;;) {
        int64_t wait = 0;
        SitoQuota full;
        int rc = try_once(cache, name, quotas, count, &wait, &full, error);
        if (rc != SITO_OK || wait == 0) {
            return rc;
        }
        if (wait > longest && full.count > 0) {
            return sito_error(
                error, SITO_ERROR,
                "remote: the quota of %s (%lld requests in %lld s) is used up; the next "
                "request is possible in %lld s",
                host, (long long)full.count, (long long)full.seconds,
                (long long)(wait + 999) / 1000);
        }
        if (wait > longest) {
            return sito_error(error, SITO_ERROR,
                              "remote: %s wants no request for another %lld s; try again then",
                              host, (long long)(wait + 999) / 1000);
        }
        longest -= wait;
        rc = sito_wait(cache, wait);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

int sito_quota_hold(const SitoCache *cache, const char *name, const SitoQuota *quotas, size_t count,
                    int64_t ms, char **error) {
    SitoWindows windows;
    int file = -1;
    int rc = open_locked(cache, name, &file, error);
    if (rc != SITO_OK) {
        return rc;
    }
    read_windows(file, quotas, count, &windows);
    int64_t until = sito_clock_ms() + ms;
    windows.until = until > windows.until ? until : windows.until;
    rc = write_windows(cache, file, &windows, error);
    (void)close(file);
    return rc;
}
