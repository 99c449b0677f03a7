/*
** One cache for many: what goes when it is full and what stays, and processes that want the same at once
** (cache.h R2, R4; fetch.h R5, R6).
*/
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "remote/address.h"
#include "remote/cache.h"

#define WHOLE 41
#define DAY 86400

/* ---- R4: clean-up ---- */

static int64_t clean(int64_t limit) {
    SitoCache cache;
    char *error = NULL;
    int64_t freed = 0;
    assert_int_equal(sito_cache_open(fixture_cache, NULL, &cache, &error), SITO_OK);
    assert_int_equal(sito_cache_clean(&cache, limit, &freed, &error), SITO_OK);
    sito_cache_close(&cache);
    return freed;
}

static void rest(void) {
    nanosleep(&(struct timespec){.tv_nsec = 15000000}, NULL);
}

static void what_was_used_longest_ago_goes_first(void **state) {
    static const char *const pages[] = {"page?n=0", "page?n=1", "page?n=2", "page?n=3"};
    SitoEntry entry;
    char *error;
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(pages); i++) {
        assert_false(fixture_get(fixture_of(pages[i], DAY)));
        rest();
    }
    assert_true(fixture_get(fixture_of(pages[0], DAY))); /* used again: page 1 is the oldest now */
    assert_int_equal(fixture_fetch(fixture_of(pages[2], DAY), &entry, &error), SITO_OK);
    rest();
    assert_true(fixture_get(fixture_of(pages[3], DAY)));
    assert_int_equal(clean(4000), 1013);
    assert_int_equal(fixture_files("bodies"), 3);
    assert_int_equal(clean(0), 2 * 1013); /* all but what is being read */
    assert_int_equal(fixture_files("bodies"), 1);
    assert_int_equal(fixture_files("urls"), 1);
    assert_int_equal(access(entry.path, R_OK), 0);
    sito_entry_close(&entry);
    assert_true(fixture_get(fixture_of(pages[2], DAY)));
    assert_int_equal(clean(0), 1013);
    assert_int_equal(fixture_files("urls") + fixture_files("bodies") + fixture_files("locks"), 0);
    assert_false(fixture_get(fixture_of(pages[1], DAY)));
}

static void a_fetch_keeps_the_cache_small(void **state) {
    char path[32];
    (void)state;
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "page?n=%d", i);
        SitoRequest request = fixture_of(path, DAY);
        request.cache_bytes = 2500;
        assert_false(fixture_get(request));
        rest();
    }
    assert_int_equal(fixture_files("bodies"), 2);
}

static void one_body_of_two_urls_goes_with_the_second(void **state) {
    (void)state;
    assert_false(fixture_get(fixture_of("octets", DAY)));
    rest();
    assert_false(fixture_get(fixture_of("no-type", DAY)));
    assert_int_equal(fixture_files("bodies"), 1);
    assert_int_equal(clean(41), 0);
    assert_int_equal(clean(40), 41);
    assert_int_equal(fixture_files("bodies") + fixture_files("urls"), 0);
}

static void locks_of_nothing_are_swept(void **state) {
    (void)state;
    assert_false(fixture_get(fixture_of("octets", DAY)));
    fixture_refuse(fixture_of("status-404", 0), "status 404");
    assert_int_equal(fixture_files("locks"), 2);
    (void)clean(1000);
    assert_int_equal(fixture_files("locks"), 1);
    assert_true(fixture_get(fixture_of("octets", DAY)));
}

static void abandoned_parts_are_swept(void **state) {
    char path[600];
    SitoCache cache;
    SitoPart part = {.file = -1};
    char *error = NULL;
    (void)state;
    assert_int_equal(sito_cache_open(fixture_cache, NULL, &cache, &error), SITO_OK);
    assert_int_equal(sito_part_new(&cache, &part, &error), SITO_OK);
    snprintf(path, sizeof path, "%s/parts/abandoned", fixture_cache);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(clean(1000), 0);
    assert_int_equal(fixture_files("parts"), 1); /* the one that is being written */
    sito_part_drop(&cache, &part);
    assert_int_equal(fixture_files("parts"), 0);
    sito_cache_close(&cache);
}

/* ---- R5: many at once ---- */

/* So many processes that ask at once; all must get the bytes. */
static void read_by(int readers, SitoRequest request) {
    int failed = 0;
    for (int i = 0; i < readers; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            SitoEntry entry;
            char *error, text[100];
            alarm(30);
            int rc = fixture_fetch(request, &entry, &error);
            _exit(rc != SITO_OK || read(entry.file, text, sizeof text) != WHOLE);
        }
    }
    for (int i = 0; i < readers; i++) {
        int status = 1;
        failed += wait(&status) < 0 || status != 0;
    }
    assert_int_equal(failed, 0);
    assert_int_equal(fixture_files("parts"), 0);
}

static void a_hundred_readers_fetch_once(void **state) {
    (void)state;
    read_by(100, fixture_of("many", DAY));
    assert_int_equal(fixture_requests("/many"), 1);
}

/* Who waited for another's answer does not ask again, though it wants a fresh one. */
static void who_waits_gets_what_came(void **state) {
    enum { READERS = 20 };
    (void)state;
    int before = fixture_requests("/slow-unchanged");
    read_by(READERS, fixture_of("slow-unchanged", 0));
    assert_true(fixture_requests("/slow-unchanged") - before < READERS);
}

static int stop_at_once(void *data) {
    (void)data;
    return SITO_INTERRUPT;
}

static void waiting_for_another_can_be_interrupted(void **state) {
    SitoEntry entry;
    char *error;
    SitoWatch watch = {.ask = stop_at_once};
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        (void)fixture_get(fixture_of("slow-body", 0));
        _exit(0);
    }
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    SitoRequest request = fixture_of("slow-body", 0);
    request.watch = &watch;
    assert_int_equal(fixture_fetch(request, &entry, &error), SITO_INTERRUPT);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_false(
        fixture_get(fixture_of("octets", 0))); /* the cache works on, and what was left is swept */
    clean(1000000);
    assert_int_equal(fixture_files("parts"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_was_used_longest_ago_goes_first, fixture_new_cache),
        cmocka_unit_test_setup(a_fetch_keeps_the_cache_small, fixture_new_cache),
        cmocka_unit_test_setup(one_body_of_two_urls_goes_with_the_second, fixture_new_cache),
        cmocka_unit_test_setup(locks_of_nothing_are_swept, fixture_new_cache),
        cmocka_unit_test_setup(abandoned_parts_are_swept, fixture_new_cache),
        cmocka_unit_test_setup(a_hundred_readers_fetch_once, fixture_new_cache),
        cmocka_unit_test_setup(who_waits_gets_what_came, fixture_new_cache),
        cmocka_unit_test_setup(waiting_for_another_can_be_interrupted, fixture_new_cache),
    };
    sito_address_plays_public = true;
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
