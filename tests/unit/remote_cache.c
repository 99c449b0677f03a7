/*
** The cache of ext/remote: what is stored and served (fetch.h R5, R6; cache.h R1-R4).
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
    assert_false(fixture_get(fixture_of("whole", DAY)));
    assert_true(fixture_get(fixture_of("whole", DAY)));
    assert_int_equal(fixture_requests("/whole") - before, 1);
    assert_true(fixture_get(fixture_of("whole", 0))); /* asked, and unchanged */
    assert_int_equal(fixture_requests("/whole") - before, 2);
    assert_int_equal(fixture_logged("/whole", "If-None-Match: \"v1\""), 1);
}

static void without_an_age_the_server_says(void **state) {
    (void)state;
    assert_false(fixture_get(fixture_of("lasting", SITO_AGE_OF_SERVER)));
    assert_true(fixture_get(fixture_of("lasting", SITO_AGE_OF_SERVER)));
    assert_int_equal(fixture_requests("/lasting"), 1);
    assert_false(fixture_get(fixture_of("no-store", SITO_AGE_OF_SERVER)));
    assert_false(fixture_get(fixture_of("no-store", SITO_AGE_OF_SERVER)));
    assert_false(fixture_get(fixture_of("expired-long-ago", SITO_AGE_OF_SERVER)));
    assert_false(fixture_get(fixture_of("expired-long-ago", SITO_AGE_OF_SERVER)));
}

static void offline_reads_what_is_there(void **state) {
    SitoRequest offline = fixture_of("octets", 0);
    offline.offline = true;
    (void)state;
    fixture_refuse(offline, "is not stored, and offline=yes");
    assert_int_equal(fixture_requests("/octets"), 0);
    assert_false(fixture_get(fixture_of("octets", 0)));
    assert_true(fixture_get(offline));
    assert_int_equal(fixture_requests("/octets"), 1);
    assert_int_equal(unlink(fixture_only_file("bodies")), 0);
    fixture_refuse(offline, "is not stored");
}

/* ---- one entity ---- */

static void an_open_entry_keeps_its_bytes(void **state) {
    SitoEntry first, second;
    char *error, text[100];
    (void)state;
    assert_int_equal(fixture_fetch(fixture_of("changing", 0), &first, &error), SITO_OK);
    assert_int_equal(fixture_fetch(fixture_of("changing", 0), &second, &error), SITO_OK);
    assert_string_equal(first.etag, "\"v1\"");
    assert_string_equal(second.etag, "\"v2\"");
    assert_string_not_equal(first.sha256, second.sha256);
    assert_int_equal(read(first.file, text, sizeof text), WHOLE);
    assert_int_equal(read(second.file, text, sizeof text), WHOLE + 14);
    assert_int_equal(access(first.path, R_OK), 0);
    sito_entry_close(&first);
    sito_entry_close(&second);
    assert_true(fixture_get(fixture_of("changing", 0)));
}

/* The same bytes fetched again are not another file: who reads them keeps the path and the lock. */
static void the_same_bytes_stay_the_same_file(void **state) {
    SitoEntry entry;
    struct stat before, after;
    char *error;
    (void)state;
    assert_int_equal(fixture_fetch(fixture_of("octets", 0), &entry, &error), SITO_OK);
    assert_int_equal(stat(entry.path, &before), 0);
    assert_false(fixture_get(fixture_of("octets", 0)));
    assert_false(fixture_get(fixture_of("chunks", 0)));
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
    assert_false(fixture_get(fixture_of("whole", DAY)));
    for (size_t i = 0; i < SITO_COUNT(damages); i++) {
        overwrite(fixture_only_file("bodies"), damages[i].text, damages[i].size);
        assert_int_equal(fixture_fetch(fixture_of("whole", damages[i].age), &entry, &error),
                         SITO_OK);
        assert_false(entry.from_cache);
        assert_int_equal(read(entry.file, text, sizeof text), WHOLE);
        assert_int_equal(text[0], 'k');
        sito_entry_close(&entry);
    }
    assert_int_equal(unlink(fixture_only_file("bodies")), 0);
    assert_false(fixture_get(fixture_of("whole", 0)));
    assert_true(fixture_get(fixture_of("whole", 0)));
    overwrite(fixture_only_file("urls"), "sito-cache 9", 100);
    assert_false(fixture_get(fixture_of("whole", DAY)));
    assert_true(fixture_get(fixture_of("whole", DAY)));
}

/* Other times alone are no damage: the digest is computed, and the new times are noted. */
static void other_times_are_no_damage(void **state) {
    (void)state;
    assert_false(fixture_get(fixture_of("octets", DAY)));
    assert_int_equal(utimensat(AT_FDCWD, fixture_only_file("bodies"), NULL, 0), 0);
    assert_true(fixture_get(fixture_of("octets", DAY)));
    assert_true(fixture_get(fixture_of("octets", DAY)));
}

/* The body goes while the server is asked, which then says "unchanged". */
static void a_304_without_its_body_is_fetched_again(void **state) {
    int before = fixture_requests("/slow-unchanged");
    (void)state;
    assert_false(fixture_get(fixture_of("slow-unchanged", 0)));
    pid_t child = fork();
    if (child == 0) {
        nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL);
        _exit(unlink(fixture_only_file("bodies")) != 0);
    }
    assert_false(fixture_get(fixture_of("slow-unchanged", 0)));
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(fixture_requests("/slow-unchanged") - before, 3);
    assert_true(fixture_get(fixture_of("slow-unchanged", DAY)));
}

/* ---- who may have it ---- */

static void an_inner_answer_is_for_who_may_reach_it(void **state) {
    SitoRequest inner = {.url = fixture_other_url("octets"), .max_age = DAY};
    (void)state;
    fixture_refuse(inner, "not public");
    inner.allow_private = true;
    assert_false(fixture_get(inner));
    assert_true(fixture_get(inner));
    inner.allow_private = false;
    fixture_refuse(inner, "not public");
    inner.offline = true;
    fixture_refuse(inner, "is not stored");
}

static void a_loose_answer_is_for_who_takes_it(void **state) {
    SitoRequest loose = fixture_of("no-length", DAY);
    (void)state;
    loose.any_length = true;
    assert_false(fixture_get(loose));
    assert_true(fixture_get(loose));
    loose.any_length = false;
    fixture_refuse(loose, "nothing marks the end");
}

static void limits_hold_for_what_is_stored(void **state) {
    SitoRequest request = fixture_of("octets", DAY);
    (void)state;
    assert_false(fixture_get(request));
    request.max_bytes = 40;
    fixture_refuse(request, "max_bytes=40");
    request = fixture_of("login-page", DAY);
    assert_false(fixture_get(request));
    request.body = SITO_BODY_CSV;
    fixture_refuse(request, "page of HTML");
}

/* ---- R1: the folder ---- */

static void the_folder_is_the_users_own(void **state) {
    const char *body = NULL;
    (void)state;
    assert_int_equal(mkdir(fixture_cache, 0755), 0);
    assert_int_equal(chmod(fixture_cache, 0755), 0);
    fixture_refuse(fixture_of("whole", 0), "run: chmod 700 '");
    assert_int_equal(chmod(fixture_cache, 0700), 0);
    assert_false(fixture_get(fixture_of("whole", DAY)));
    struct stat st;
    assert_int_equal(stat(fixture_cache, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(stat(fixture_only_file("bodies"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0400);
    assert_int_equal(stat(fixture_only_file("urls"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    body = fixture_only_file("bodies"); /* a link in its place is not followed */
    assert_int_equal(unlink(body), 0);
    assert_int_equal(symlink("/etc/passwd", body), 0);
    assert_false(fixture_get(fixture_of("whole", DAY)));
    assert_int_equal(lstat(body, &st), 0);
    assert_true(S_ISREG(st.st_mode));

    char other[600], inner[600];
    snprintf(other, sizeof other, "%s-link", fixture_cache);
    snprintf(inner, sizeof inner, "%s/parts", fixture_cache);
    assert_int_equal(rmdir(inner), 0);
    assert_int_equal(symlink("/tmp", inner), 0);
    fixture_refuse(fixture_of("whole", 0), "parts is a file or a symbolic link");
    assert_int_equal(unlink(inner), 0);
    assert_int_equal(symlink(fixture_cache, other), 0);
    SitoRequest request = fixture_of("whole", 0);
    SitoEntry entry;
    char *error = NULL;
    request.cache = other;
    assert_int_not_equal(sito_fetch(&request, &entry, &error), SITO_OK);
    assert_non_null(strstr(error, "symbolic link"));
    sito_free(error);
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
    };
    sito_address_plays_public = true;
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
