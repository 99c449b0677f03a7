/*
** The cache of ext/remote: what is stored and served (fetch.h R5, R6; cache.h R1-R4).
*/
#define _GNU_SOURCE
#include <dirent.h>
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

static int try_get(SitoRequest request, SitoEntry *entry, char **error) {
    request.cache = fixture_cache;
    request.attempts = 1;
    request.total_seconds = 10;
    *error = NULL;
    return sito_fetch(&request, entry, error);
}

/* Fetches and closes; tells whether the bytes came from the cache. */
static bool get(SitoRequest request) {
    SitoEntry entry;
    char *error;
    if (try_get(request, &entry, &error) != SITO_OK) {
        fail_msg("%s: %s", request.url, error != NULL ? error : "no message");
    }
    bool from_cache = entry.from_cache;
    sito_entry_close(&entry);
    return from_cache;
}

static void must_fail(SitoRequest request, const char *text) {
    SitoEntry entry;
    char *error;
    int rc = try_get(request, &entry, &error);
    if (rc == SITO_OK || error == NULL || strstr(error, text) == NULL) {
        fail_msg("%s: not '%s' but %s", request.url, text, error != NULL ? error : "no message");
    }
    sito_free(error);
}

static SitoRequest of(const char *path, int64_t max_age) {
    return (SitoRequest){.url = fixture_url(path), .max_age = max_age};
}

/* The path of the only file in a folder of the cache. */
static const char *only_file(const char *folder) {
    static char path[1024];
    char inside[512];
    int count = 0;
    snprintf(inside, sizeof inside, "%s/%s", fixture_cache, folder);
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

static int count_files(const char *folder) {
    char inside[512];
    int count = 0;
    snprintf(inside, sizeof inside, "%s/%s", fixture_cache, folder);
    DIR *names = opendir(inside);
    assert_non_null(names);
    for (struct dirent *name; (name = readdir(names)) != NULL;) {
        count += name->d_name[0] != '.';
    }
    closedir(names);
    return count;
}

static void overwrite(const char *path, const char *text, off_t size) {
    assert_int_equal(chmod(path, 0600), 0);
    int file = open(path, O_WRONLY);
    assert_true(file >= 0 && pwrite(file, text, strlen(text), 0) == (ssize_t)strlen(text));
    assert_int_equal(ftruncate(file, size), 0);
    close(file);
}

/* ---- age ---- */

static void an_answer_does_while_it_is_young(void **state) {
    int before = fixture_requests("/whole");
    (void)state;
    assert_false(get(of("whole", DAY)));
    assert_true(get(of("whole", DAY)));
    assert_int_equal(fixture_requests("/whole") - before, 1);
    assert_true(get(of("whole", 0))); /* asked, and unchanged */
    assert_int_equal(fixture_requests("/whole") - before, 2);
    assert_int_equal(fixture_logged("/whole", "If-None-Match: \"v1\""), 1);
}

static void without_an_age_the_server_says(void **state) {
    (void)state;
    assert_false(get(of("lasting", SITO_AGE_OF_SERVER)));
    assert_true(get(of("lasting", SITO_AGE_OF_SERVER)));
    assert_int_equal(fixture_requests("/lasting"), 1);
    assert_false(get(of("no-store", SITO_AGE_OF_SERVER)));
    assert_false(get(of("no-store", SITO_AGE_OF_SERVER)));
    assert_false(get(of("expired-long-ago", SITO_AGE_OF_SERVER)));
    assert_false(get(of("expired-long-ago", SITO_AGE_OF_SERVER)));
}

static void offline_reads_what_is_there(void **state) {
    SitoRequest offline = of("octets", 0);
    offline.offline = true;
    (void)state;
    must_fail(offline, "is not stored, and offline=yes");
    assert_int_equal(fixture_requests("/octets"), 0);
    assert_false(get(of("octets", 0)));
    assert_true(get(offline));
    assert_int_equal(fixture_requests("/octets"), 1);
    assert_int_equal(unlink(only_file("bodies")), 0);
    must_fail(offline, "is not stored");
}

/* ---- one entity ---- */

static void an_open_entry_keeps_its_bytes(void **state) {
    SitoEntry first, second;
    char *error, text[100];
    (void)state;
    assert_int_equal(try_get(of("changing", 0), &first, &error), SITO_OK);
    assert_int_equal(try_get(of("changing", 0), &second, &error), SITO_OK);
    assert_string_equal(first.etag, "\"v1\"");
    assert_string_equal(second.etag, "\"v2\"");
    assert_string_not_equal(first.sha256, second.sha256);
    assert_int_equal(read(first.file, text, sizeof text), WHOLE);
    assert_int_equal(read(second.file, text, sizeof text), WHOLE + 14);
    assert_int_equal(access(first.path, R_OK), 0);
    sito_entry_close(&first);
    sito_entry_close(&second);
    assert_true(get(of("changing", 0)));
}

/* The same bytes fetched again are not another file: who reads them keeps the path and the lock. */
static void the_same_bytes_stay_the_same_file(void **state) {
    SitoEntry entry;
    struct stat before, after;
    char *error;
    (void)state;
    assert_int_equal(try_get(of("octets", 0), &entry, &error), SITO_OK);
    assert_int_equal(stat(entry.path, &before), 0);
    assert_false(get(of("octets", 0)));
    assert_false(get(of("chunks", 0)));
    assert_int_equal(stat(entry.path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    sito_entry_close(&entry);
}

/* ---- R3: damage ---- */

static void damage_is_noticed_and_mended(void **state) {
    static const struct {
        const char *text;
        off_t size;
        int64_t age;
    } damages[] = {{"X", WHOLE, DAY}, {"X", WHOLE, 0}, {"k", 10, DAY}, {"k", 10, 0}, {"k", 400, 0}};
    SitoEntry entry;
    char *error, text[100];
    (void)state;
    assert_false(get(of("whole", DAY)));
    for (size_t i = 0; i < SITO_COUNT(damages); i++) {
        overwrite(only_file("bodies"), damages[i].text, damages[i].size);
        assert_int_equal(try_get(of("whole", damages[i].age), &entry, &error), SITO_OK);
        assert_false(entry.from_cache);
        assert_int_equal(read(entry.file, text, sizeof text), WHOLE);
        assert_int_equal(text[0], 'k');
        sito_entry_close(&entry);
    }
    assert_int_equal(unlink(only_file("bodies")), 0);
    assert_false(get(of("whole", 0)));
    assert_true(get(of("whole", 0)));
    overwrite(only_file("urls"), "sito-cache 9", 100);
    assert_false(get(of("whole", DAY)));
    assert_true(get(of("whole", DAY)));
}

/* Other times alone are no damage: the digest is computed, and the new times are noted. */
static void other_times_are_no_damage(void **state) {
    (void)state;
    assert_false(get(of("octets", DAY)));
    assert_int_equal(utimensat(AT_FDCWD, only_file("bodies"), NULL, 0), 0);
    assert_true(get(of("octets", DAY)));
    assert_true(get(of("octets", DAY)));
}

/* The body goes while the server is asked, which then says "unchanged". */
static void a_304_without_its_body_is_fetched_again(void **state) {
    int before = fixture_requests("/slow-unchanged");
    (void)state;
    assert_false(get(of("slow-unchanged", 0)));
    pid_t child = fork();
    if (child == 0) {
        nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL);
        _exit(unlink(only_file("bodies")) != 0);
    }
    assert_false(get(of("slow-unchanged", 0)));
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(fixture_requests("/slow-unchanged") - before, 3);
    assert_true(get(of("slow-unchanged", DAY)));
}

/* ---- who may have it ---- */

static void an_inner_answer_is_for_who_may_reach_it(void **state) {
    SitoRequest inner = {.url = fixture_other_url("octets"), .max_age = DAY};
    (void)state;
    must_fail(inner, "not public");
    inner.allow_private = true;
    assert_false(get(inner));
    assert_true(get(inner));
    inner.allow_private = false;
    must_fail(inner, "not public");
    inner.offline = true;
    must_fail(inner, "is not stored");
}

static void a_loose_answer_is_for_who_takes_it(void **state) {
    SitoRequest loose = of("no-length", DAY);
    (void)state;
    loose.any_length = true;
    assert_false(get(loose));
    assert_true(get(loose));
    loose.any_length = false;
    must_fail(loose, "nothing marks the end");
}

static void limits_hold_for_what_is_stored(void **state) {
    SitoRequest request = of("octets", DAY);
    (void)state;
    assert_false(get(request));
    request.max_bytes = 40;
    must_fail(request, "max_bytes=40");
    request = of("login-page", DAY);
    assert_false(get(request));
    request.body = SITO_BODY_CSV;
    must_fail(request, "page of HTML");
}

/* ---- R1: the folder ---- */

static void the_folder_is_the_users_own(void **state) {
    const char *body = NULL;
    (void)state;
    assert_int_equal(mkdir(fixture_cache, 0755), 0);
    assert_int_equal(chmod(fixture_cache, 0755), 0);
    must_fail(of("whole", 0), "run: chmod 700 '");
    assert_int_equal(chmod(fixture_cache, 0700), 0);
    assert_false(get(of("whole", DAY)));
    struct stat st;
    assert_int_equal(stat(fixture_cache, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(stat(only_file("bodies"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0400);
    assert_int_equal(stat(only_file("urls"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    body = only_file("bodies"); /* a link in its place is not followed */
    assert_int_equal(unlink(body), 0);
    assert_int_equal(symlink("/etc/passwd", body), 0);
    assert_false(get(of("whole", DAY)));
    assert_int_equal(lstat(body, &st), 0);
    assert_true(S_ISREG(st.st_mode));

    char other[600], inner[600];
    snprintf(other, sizeof other, "%s-link", fixture_cache);
    snprintf(inner, sizeof inner, "%s/parts", fixture_cache);
    assert_int_equal(rmdir(inner), 0);
    assert_int_equal(symlink("/tmp", inner), 0);
    must_fail(of("whole", 0), "parts is a file or a symbolic link");
    assert_int_equal(unlink(inner), 0);
    assert_int_equal(symlink(fixture_cache, other), 0);
    SitoRequest request = of("whole", 0);
    SitoEntry entry;
    char *error = NULL;
    request.cache = other;
    assert_int_not_equal(sito_fetch(&request, &entry, &error), SITO_OK);
    assert_non_null(strstr(error, "symbolic link"));
    sito_free(error);
}

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
        assert_false(get(of(pages[i], DAY)));
        rest();
    }
    assert_true(get(of(pages[0], DAY))); /* used again: page 1 is the oldest now */
    assert_int_equal(try_get(of(pages[2], DAY), &entry, &error), SITO_OK);
    rest();
    assert_true(get(of(pages[3], DAY)));
    assert_int_equal(clean(4000), 1013);
    assert_int_equal(count_files("bodies"), 3);
    assert_int_equal(clean(0), 2 * 1013); /* all but what is being read */
    assert_int_equal(count_files("bodies"), 1);
    assert_int_equal(count_files("urls"), 1);
    assert_int_equal(access(entry.path, R_OK), 0);
    sito_entry_close(&entry);
    assert_true(get(of(pages[2], DAY)));
    assert_int_equal(clean(0), 1013);
    assert_int_equal(count_files("urls") + count_files("bodies") + count_files("locks"), 0);
    assert_false(get(of(pages[1], DAY)));
}

static void a_fetch_keeps_the_cache_small(void **state) {
    char path[32];
    (void)state;
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "page?n=%d", i);
        SitoRequest request = of(path, DAY);
        request.cache_bytes = 2500;
        assert_false(get(request));
        rest();
    }
    assert_int_equal(count_files("bodies"), 2);
}

static void one_body_of_two_urls_goes_with_the_second(void **state) {
    (void)state;
    assert_false(get(of("octets", DAY)));
    rest();
    assert_false(get(of("no-type", DAY)));
    assert_int_equal(count_files("bodies"), 1);
    assert_int_equal(clean(41), 0);
    assert_int_equal(clean(40), 41);
    assert_int_equal(count_files("bodies") + count_files("urls"), 0);
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
    assert_int_equal(count_files("parts"), 1); /* the one that is being written */
    sito_part_drop(&cache, &part);
    assert_int_equal(count_files("parts"), 0);
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
            int rc = try_get(request, &entry, &error);
            _exit(rc != SITO_OK || read(entry.file, text, sizeof text) != WHOLE);
        }
    }
    for (int i = 0; i < readers; i++) {
        int status = 1;
        failed += wait(&status) < 0 || status != 0;
    }
    assert_int_equal(failed, 0);
    assert_int_equal(count_files("parts"), 0);
}

static void a_hundred_readers_fetch_once(void **state) {
    (void)state;
    read_by(100, of("many", DAY));
    assert_int_equal(fixture_requests("/many"), 1);
}

/* Who waited for another's answer does not ask again, though it wants a fresh one. */
static void who_waits_gets_what_came(void **state) {
    enum { READERS = 20 };
    (void)state;
    int before = fixture_requests("/slow-unchanged");
    read_by(READERS, of("slow-unchanged", 0));
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
        (void)get(of("slow-body", 0));
        _exit(0);
    }
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    SitoRequest request = of("slow-body", 0);
    request.watch = &watch;
    assert_int_equal(try_get(request, &entry, &error), SITO_INTERRUPT);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_false(get(of("octets", 0))); /* the cache works on, and what was left is swept */
    clean(1000000);
    assert_int_equal(count_files("parts"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_answer_does_while_it_is_young, fixture_new_cache),
        cmocka_unit_test_setup(without_an_age_the_server_says, fixture_new_cache),
        cmocka_unit_test_setup(offline_reads_what_is_there, fixture_new_cache),
        cmocka_unit_test_setup(an_open_entry_keeps_its_bytes, fixture_new_cache),
        cmocka_unit_test_setup(the_same_bytes_stay_the_same_file, fixture_new_cache),
        cmocka_unit_test_setup(damage_is_noticed_and_mended, fixture_new_cache),
        cmocka_unit_test_setup(other_times_are_no_damage, fixture_new_cache),
        cmocka_unit_test_setup(a_304_without_its_body_is_fetched_again, fixture_new_cache),
        cmocka_unit_test_setup(an_inner_answer_is_for_who_may_reach_it, fixture_new_cache),
        cmocka_unit_test_setup(a_loose_answer_is_for_who_takes_it, fixture_new_cache),
        cmocka_unit_test_setup(limits_hold_for_what_is_stored, fixture_new_cache),
        cmocka_unit_test_setup(the_folder_is_the_users_own, fixture_new_cache),
        cmocka_unit_test_setup(what_was_used_longest_ago_goes_first, fixture_new_cache),
        cmocka_unit_test_setup(a_fetch_keeps_the_cache_small, fixture_new_cache),
        cmocka_unit_test_setup(one_body_of_two_urls_goes_with_the_second, fixture_new_cache),
        cmocka_unit_test_setup(abandoned_parts_are_swept, fixture_new_cache),
        cmocka_unit_test_setup(a_hundred_readers_fetch_once, fixture_new_cache),
        cmocka_unit_test_setup(who_waits_gets_what_came, fixture_new_cache),
        cmocka_unit_test_setup(waiting_for_another_can_be_interrupted, fixture_new_cache),
    };
    sito_address_plays_public = true;
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
