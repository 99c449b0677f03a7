/*
** Progress on a terminal (progress.h).
*/
#define _DEFAULT_SOURCE /* TIOCGWINSZ */
#include "progress.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/wrap.h"

enum {
    FIRST_MS = 40,
    EACH_MS = 150,
    SHARE_AFTER_MS = 400,
    NAME_SIZE = 200,
    LINE_SIZE = 600,
    ESTIMATE_AFTER_MS = 700
};

struct SitoProgress {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    SitoLanguage language;
    bool dumb, ended;
    /* the stage, under the lock */
    SitoCheckStage stage;
    bool begun, told; /* told: a dumb terminal has its line */
    char name[NAME_SIZE];
    int64_t number, count, size;
    dev_t device;
    ino_t inode;
    struct timespec since;
};

static int64_t elapsed_ms(const struct timespec *since) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

/* ---- how far the reading is (R4) ---- */

static int64_t position_of(const char *descriptor) {
    char path[64];
    long long position = -1;
    snprintf(path, sizeof path, "/proc/self/fdinfo/%.20s", descriptor);
    FILE *info = fopen(path, "re");
    if (info != NULL) {
        char line[80];
        if (fgets(line, sizeof line, info) != NULL && strncmp(line, "pos:", 4) == 0) {
            position = strtoll(line + 4, NULL, 10);
        }
        fclose(info);
    }
    return position;
}

/* The furthest position of the file among the open ones; -1: not known. */
static int64_t find_position(const SitoProgress *progress) {
    int64_t furthest = -1;
    DIR *folder = opendir("/proc/self/fd");
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[64];
        struct stat file;
        snprintf(path, sizeof path, "/proc/self/fd/%.20s", entry->d_name);
        if (entry->d_name[0] != '.' && stat(path, &file) == 0 && file.st_dev == progress->device &&
            file.st_ino == progress->inode) {
            int64_t position = position_of(entry->d_name);
            furthest = position > furthest ? position : furthest;
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return furthest;
}

/* ---- the line ---- */

static size_t terminal_width(void) {
    struct winsize size = {0};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *columns = getenv("COLUMNS");
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;
    return width > 0 && width < 10000 ? (size_t)width : 80;
}

static void compose(const SitoProgress *progress, char line[LINE_SIZE]) {
    SitoLanguage language = progress->language;
    char part[60] = "", rest[80] = "", of[60] = "";
    int64_t position = progress->stage == SITO_CHECK_READS ? find_position(progress) : -1;
    bool read = progress->size > 0 && position >= progress->size;
    int64_t spent = elapsed_ms(&progress->since);
    if (position > 0 && progress->size > 0 && !read && !progress->dumb && spent > SHARE_AFTER_MS) {
        double share = (double)position / (double)progress->size;
        snprintf(part, sizeof part, ": %d%%", (int)(share * 100));
        if (spent > ESTIMATE_AFTER_MS && share > 0.01) {
            long long left = (long long)((double)spent / 1000 * (1 - share) / share) + 1;
            snprintf(rest, sizeof rest, "%s%lld%s",
                     sito_say(language, ", jeszcze około ", ", about "), left,
                     sito_say(language, " s", " s left"));
        }
    }
    if (progress->count > 1) {
        snprintf(of, sizeof of, " (%lld%s%lld)", (long long)progress->number,
                 sito_say(language, " z ", " of "), (long long)progress->count);
    }
    const char *verb = progress->stage == SITO_CHECK_RULES
                           ? sito_say(language, "sprawdzam reguły", "checking the rules")
                       : read ? sito_say(language, "obliczam miary", "computing the measures")
                              : sito_say(language, "czytam", "reading");
    snprintf(line, LINE_SIZE, "sito: %s – %s%s%s%s", verb, progress->name, of, part, rest);
}

/* Where a text of at most `columns` characters ends. */
static size_t cut(const char *text, size_t columns) {
    SitoText all = {text, strlen(text)};
    size_t at = 0;
    for (size_t i = 0; i < columns && at < all.size; i++) {
        (void)sito_utf8_next(all, &at);
    }
    return at;
}

static void show(SitoProgress *progress) {
    char line[LINE_SIZE];
    if (!progress->begun || (progress->dumb && progress->told)) {
        return;
    }
    compose(progress, line);
    size_t size = cut(line, terminal_width() - 1);
    fprintf(stderr, progress->dumb ? "%.*s\n" : "\r%.*s\x1B[K", (int)size, line);
    fflush(stderr);
    progress->told = true;
}

static void *write_lines(void *context) {
    SitoProgress *progress = context;
    int64_t wait = FIRST_MS;
    pthread_mutex_lock(&progress->lock);
    while (!progress->ended) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        int64_t nanoseconds = until.tv_nsec + wait * 1000000;
        until.tv_sec += nanoseconds / 1000000000;
        until.tv_nsec = nanoseconds % 1000000000;
        if (pthread_cond_timedwait(&progress->stop, &progress->lock, &until) != 0) {
            show(progress);
        }
        wait = EACH_MS;
    }
    if (progress->told && !progress->dumb) {
        fprintf(stderr, "\r\x1B[K");
        fflush(stderr);
    }
    pthread_mutex_unlock(&progress->lock);
    return NULL;
}

/* ---- what the program sees ---- */

SitoProgress *sito_progress_begin(SitoLanguage language) {
    const char *terminal = getenv("TERM");
    if (!isatty(STDERR_FILENO)) {
        return NULL;
    }
    SitoProgress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL;
    }
    progress->language = language;
    progress->dumb = terminal == NULL || terminal[0] == 0 || strcmp(terminal, "dumb") == 0;
    pthread_mutex_init(&progress->lock, NULL);
    pthread_cond_init(&progress->stop, NULL);
    if (pthread_create(&progress->thread, NULL, write_lines, progress) != 0) {
        free(progress);
        return NULL;
    }
    return progress;
}

/* R5 */
static void take_name(SitoProgress *progress, const char *file) {
    const char *slash = strrchr(file, '/');
    SitoBuffer plain = {0};
    char *masked = sito_mask_words(slash != NULL ? slash + 1 : file);
    int rc =
        masked == NULL ? SITO_NOMEM : sito_put_plain(&plain, (SitoText){masked, strlen(masked)});
    snprintf(progress->name, sizeof progress->name, "%.*s", (int)(rc == SITO_OK ? plain.size : 0),
             plain.data != NULL ? plain.data : "");
    sito_buffer_free(&plain);
    sito_free(masked);
}

void sito_progress_stage(void *context, SitoCheckStage stage, const char *file, int64_t number,
                         int64_t count) {
    SitoProgress *progress = context;
    struct stat status;
    if (progress == NULL) {
        return;
    }
    pthread_mutex_lock(&progress->lock);
    progress->begun = true;
    progress->told = progress->told && !progress->dumb;
    progress->stage = stage;
    progress->number = number;
    progress->count = count;
    progress->size = 0;
    if (stat(file, &status) == 0) {
        progress->size = status.st_size;
        progress->device = status.st_dev;
        progress->inode = status.st_ino;
    }
    take_name(progress, file);
    clock_gettime(CLOCK_MONOTONIC, &progress->since);
    pthread_mutex_unlock(&progress->lock);
}

void sito_progress_end(SitoProgress *progress) {
    if (progress == NULL) {
        return;
    }
    pthread_mutex_lock(&progress->lock);
    progress->ended = true;
    pthread_cond_signal(&progress->stop);
    pthread_mutex_unlock(&progress->lock);
    pthread_join(progress->thread, NULL);
    pthread_cond_destroy(&progress->stop);
    pthread_mutex_destroy(&progress->lock);
    free(progress);
}
