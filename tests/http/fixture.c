/*
** The server for unit tests (fixture.h).
*/
#define _GNU_SOURCE
#include "fixture.h"

#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char in_memory[] = "/dev/shm/sito-http-XXXXXX"; /* where fsync costs nothing */
static char on_disk[] = "/tmp/sito-http-XXXXXX", *folder = in_memory;
static char cache[256], log_path[256];
static pid_t server;
static int port;
static struct {
    char name[32];
    int port;
} tls[8];
static int tls_count, caches;

const char *fixture_folder, *fixture_cache = cache;

/* ---- texts that live for a while ---- */

static char *next_text(void) {
    static char texts[16][512];
    static int next;
    return texts[next++ % 16];
}

static const char *url_of(const char *scheme, const char *host, int at, const char *path) {
    char *text = next_text();
    snprintf(text, 512, "%s://%s:%d/%s", scheme, host, at, path);
    return text;
}

const char *fixture_url(const char *path) {
    return url_of("http", "127.0.0.1", port, path);
}

const char *fixture_other_url(const char *path) {
    return url_of("http", "127.0.0.2", port, path);
}

const char *fixture_tls_url(const char *name, const char *path) {
    for (int i = 0; i < tls_count; i++) {
        if (strcmp(tls[i].name, name) == 0) {
            return url_of("https", "127.0.0.1", tls[i].port, path);
        }
    }
    fail_msg("no certificate %s", name);
    return NULL;
}

const char *fixture_file(const char *name) {
    char *text = next_text();
    snprintf(text, 512, "%s/%s", folder, name);
    return text;
}

void fixture_write(const char *name, const char *text, size_t size) {
    FILE *file = fopen(fixture_file(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* ---- the processes ---- */

static void run_child(char *const *args) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(args[0], args);
    _exit(127);
}

static void run(char *const *args) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        run_child(args);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static const char *needed(const char *name) {
    const char *value = getenv(name);
    if (value == NULL) {
        fail_msg("%s is not set; run this by ctest", name);
    }
    return value;
}

static bool read_ready(const char *path) {
    char name[64];
    int number;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    while (fscanf(file, "%63[^=]=%d\n", name, &number) == 2) {
        if (strcmp(name, "HTTP") == 0) {
            port = number;
        } else {
            snprintf(tls[tls_count].name, sizeof tls[0].name, "%.31s", name + strlen("TLS_"));
            tls[tls_count++].port = number;
        }
    }
    fclose(file);
    return true;
}

static void start_server(void) {
    static const char *const names[] = {"good", "expired", "wrong", "self"};
    char program[512], root[512], www[512], ready[512], certificates[4][1200];
    snprintf(program, sizeof program, "%s/tests/http-server", needed("BUILD"));
    snprintf(root, sizeof root, "%s/http", needed("FIXTURES"));
    snprintf(www, sizeof www, "%s/www", folder);
    snprintf(ready, sizeof ready, "%s/ready", folder);
    assert_int_equal(mkdir(www, 0700), 0);
    char *args[32] = {program,  "--root",  root,  "--root",    www,  "--log",
                      log_path, "--ready", ready, "--seconds", "120"};
    for (int i = 0; i < 4; i++) {
        snprintf(certificates[i], sizeof certificates[i], "%s=%s/%s.pem,%s/%s.key", names[i],
                 folder, names[i], folder, names[i]);
        args[11 + 2 * i] = "--tls";
        args[12 + 2 * i] = certificates[i];
    }
    server = fork();
    if (server == 0) {
        run_child(args);
    }
    for (int tries = 0; tries < 500 && !read_ready(ready); tries++) {
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    assert_true(port > 0);
}

int fixture_start(void **state) {
    char script[512];
    (void)state;
    if (mkdtemp(folder) == NULL) {
        folder = on_disk;
        assert_non_null(mkdtemp(folder));
    }
    fixture_folder = folder;
    snprintf(script, sizeof script, "%s/../tests/http/certificates.sh", needed("FIXTURES"));
    snprintf(log_path, sizeof log_path, "%s/log", folder);
    run((char *[]){"sh", script, folder, NULL});
    start_server();
    return 0;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where) {
    (void)st, (void)kind, (void)where;
    return remove(path);
}

int fixture_stop(void **state) {
    (void)state;
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}

int fixture_new_cache(void **state) {
    (void)state;
    snprintf(cache, sizeof cache, "%s/cache-%d", folder, ++caches);
    return 0;
}

/* ---- the log ---- */

static int count_lines(const char *target, const char *text) {
    char start[512], *line = NULL;
    size_t room = 0;
    int count = 0;
    FILE *file = fopen(log_path, "r");
    snprintf(start, sizeof start, "GET %s ", target);
    while (file != NULL && getline(&line, &room, file) > 0) {
        count += strncmp(line, start, strlen(start)) == 0 && strstr(line, text) != NULL;
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return count;
}

int fixture_requests(const char *target) {
    return count_lines(target, "");
}

int fixture_logged(const char *target, const char *text) {
    return count_lines(target, text);
}

/* ---- fetching ---- */

int fixture_fetch(SitoRequest request, SitoEntry *entry, char **error) {
    request.cache = request.cache != NULL ? request.cache : fixture_cache;
    request.attempts = request.attempts > 0 ? request.attempts : 1;
    request.low_speed_seconds = 1;
    request.total_seconds = request.total_seconds > 0 ? request.total_seconds : 10;
    *error = NULL;
    return sito_fetch(&request, entry, error);
}

void fixture_open(SitoRequest request, SitoEntry *entry) {
    char *error;
    if (fixture_fetch(request, entry, &error) != SITO_OK) {
        fail_msg("%s: %s", request.url, error != NULL ? error : "no message");
    }
}

bool fixture_get(SitoRequest request) {
    SitoEntry entry;
    fixture_open(request, &entry);
    bool from_cache = entry.from_cache;
    sito_entry_close(&entry);
    return from_cache;
}

void fixture_refuse(SitoRequest request, const char *text) {
    char *error;
    SitoEntry entry;
    int rc = fixture_fetch(request, &entry, &error);
    if (rc == SITO_OK || error == NULL || strstr(error, text) == NULL) {
        fail_msg("%s: not '%s' but %s", request.url != NULL ? request.url : "", text,
                 error != NULL ? error : "no message");
    }
    assert_int_equal(entry.file, -1);
    sito_free(error);
}

SitoRequest fixture_of(const char *path, int64_t max_age) {
    return (SitoRequest){.url = fixture_url(path), .max_age = max_age};
}

/* The path of the only file in a folder of the cache. */
const char *fixture_only_file(const char *within) {
    static char path[1024];
    char inside[512];
    int count = 0;
    snprintf(inside, sizeof inside, "%s/%s", fixture_cache, within);
    DIR *names = opendir(inside);
    assert_non_null(names);
    for (struct dirent *name; (name = readdir(names)) != NULL;) {
        if (name->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", inside, name->d_name);
            count++;
        }
    }
    closedir(names);
    assert_int_equal(count, 1);
    return path;
}

int fixture_files(const char *within) {
    char inside[512];
    int count = 0;
    snprintf(inside, sizeof inside, "%s/%s", fixture_cache, within);
    DIR *names = opendir(inside);
    assert_non_null(names);
    for (struct dirent *name; (name = readdir(names)) != NULL;) {
        count += name->d_name[0] != '.';
    }
    closedir(names);
    return count;
}
