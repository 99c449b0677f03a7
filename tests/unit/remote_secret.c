/*
** Secrets and quotas of ext/remote: a key reaches its server and nothing else (fetch.h R4, secret.h),
** and a server is asked no more often than it allows, by however many processes (quota.h).
*/
#define _GNU_SOURCE
#include <ftw.h>
#include <setjmp.h>
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

#define KEY "tajne-haslo-7"
#define DAY 86400

/* Must fail with a message that has this text, and not the key. */
static void refuse(SitoRequest request, const char *text) {
    SitoEntry entry;
    char *error;
    assert_int_not_equal(fixture_fetch(request, &entry, &error), SITO_OK);
    if (error == NULL || strstr(error, text) == NULL || strstr(error, KEY) != NULL) {
        fail_msg("%s: not '%s' but %s", request.url, text, error != NULL ? error : "no message");
    }
    sito_free(error);
}

/* A request with the key in a header; allow_private, since a key does not go over http otherwise. */
static SitoRequest keyed(const char *path) {
    return (SitoRequest){
        .url = fixture_url(path),
        .max_age = DAY,
        .allow_private = true,
        .secret = {.kind = SITO_SECRET_ENV, .name = "SITO_TEST_KEY", .header = "X-ClientId"}};
}

static int files_with_key;

static int look_for_key(const char *path, const struct stat *st, int kind, struct FTW *where) {
    char text[65536];
    (void)st, (void)where;
    FILE *file = kind == FTW_F ? fopen(path, "rb") : NULL;
    size_t size = file != NULL ? fread(text, 1, sizeof text, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    files_with_key += memmem(text, size, KEY, strlen(KEY)) != NULL || strstr(path, KEY) != NULL;
    return 0;
}

static void the_cache_has_no_key(void) {
    files_with_key = 0;
    assert_int_equal(nftw(fixture_cache, look_for_key, 8, FTW_PHYS), 0);
    assert_int_equal(files_with_key, 0);
}

/* ---- keys ---- */

static void a_key_reaches_its_server_and_nothing_else(void **state) {
    SitoRequest bearer = keyed("key-bearer"), query = keyed("key-in-query?a=1&klucz=x&b=2");
    (void)state;
    assert_false(fixture_get(keyed("key-in-header")));
    bearer.secret = (SitoSecret){SITO_SECRET_ENV, "SITO_TEST_KEY", NULL, "Bearer ", NULL};
    assert_false(fixture_get(bearer));
    query.secret = (SitoSecret){SITO_SECRET_ENV, "SITO_TEST_KEY", NULL, NULL, "klucz"};
    assert_false(fixture_get(query));
    assert_int_equal(fixture_requests("/key-in-query?a=1&b=2&klucz=" KEY), 1);
    assert_false(fixture_get(keyed("key-redirect-same")));
    assert_false(
        fixture_get(keyed("key-redirect-other"))); /* there a request with the key is a 400 */
    assert_false(fixture_get(keyed("key-echo")));
    the_cache_has_no_key();
}

static void headers_stay_at_their_server(void **state) {
    static const SitoHeader headers[] = {{"X-Wydzial", "geodezja"}};
    SitoRequest request = {.url = fixture_url("key-redirect-other"),
                           .allow_private = true,
                           .headers = headers,
                           .header_count = 1};
    (void)state;
    assert_false(fixture_get(request));
    assert_true(fixture_logged("/key-redirect-other", "X-Wydzial: geodezja") > 0);
}

static void a_link_is_kept_without_the_key(void **state) {
    SitoEntry entry;
    char *error;
    (void)state;
    assert_int_equal(fixture_fetch(keyed("key-link"), &entry, &error), SITO_OK);
    assert_non_null(strstr(entry.link, "klucz=***>; rel=\"next\""));
    sito_entry_close(&entry);
    the_cache_has_no_key();
}

static void another_key_is_another_answer(void **state) {
    SitoRequest none = keyed("key-in-query");
    (void)state;
    none.secret = (SitoSecret){0};
    assert_false(fixture_get(keyed("key-in-query")));
    assert_true(fixture_get(keyed("key-in-query")));
    assert_false(fixture_get(none));
    setenv("SITO_TEST_KEY", "inne-haslo", 1);
    assert_false(fixture_get(keyed("key-in-query")));
    setenv("SITO_TEST_KEY", KEY, 1);
    assert_true(fixture_get(keyed("key-in-query")));
}

static void a_missing_or_wrong_key_is_said_by_name(void **state) {
    static const char *const wrong[] = {"", "a\nb", "a b\x01", "żółw"};
    SitoRequest request = keyed("key-in-header");
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(wrong); i++) {
        setenv("SITO_TEST_KEY", wrong[i], 1);
        refuse(request, "SITO_TEST_KEY");
    }
    unsetenv("SITO_TEST_KEY");
    refuse(request, "variable SITO_TEST_KEY, which auth_env names, is not set");
    setenv("SITO_TEST_KEY", KEY "x", 1);
    refuse(request, "status 403");
    setenv("SITO_TEST_KEY", KEY, 1);
    request.allow_private = false;
    refuse(request, "not sent over http");
    request.allow_private = true;
    request.secret.header = "Host";
    refuse(request, "cannot be sent as 'Host'");
    request.secret.header = "X Y";
    refuse(request, "cannot be sent as");
}

static void a_key_file_is_the_users_own(void **state) {
    SitoRequest request = keyed("key-in-header");
    char path[600], other[600];
    (void)state;
    fixture_write("klucz", KEY "\r\ndruga linia\n", strlen(KEY) + 15);
    snprintf(path, sizeof path, "%s/klucz", fixture_folder);
    snprintf(other, sizeof other, "%s/dowiazanie", fixture_folder);
    request.secret.kind = SITO_SECRET_FILE;
    request.secret.name = path;
    assert_int_equal(chmod(path, 0644), 0);
    refuse(request, "run: chmod 600 '");
    assert_int_equal(chmod(path, 0600), 0);
    assert_false(fixture_get(request));
    assert_int_equal(symlink(path, other), 0);
    request.secret.name = other;
    refuse(request, "symbolic link");
    request.secret.name = fixture_folder;
    refuse(request, "not a file of your own");
    request.secret.name = "/nie/ma";
    refuse(request, "cannot be opened");
}

static void secrets_are_refused_among_headers(void **state) {
    static const SitoHeader headers[] = {{"Authorization", "Basic x"}, {"Cookie", "a=b"},
                                         {"X-Api-Key", "x"},           {"Host", "inny.example"},
                                         {"Range", "bytes=1-"},        {"X Y", "x"},
                                         {"X-Y", "a\r\nHost: b"},      {"X-Y", ""}};
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(headers); i++) {
        refuse(
            (SitoRequest){.url = fixture_url("whole"), .headers = &headers[i], .header_count = 1},
            "header");
    }
}

/* ---- quotas ---- */

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void processes_share_a_quota(void **state) {
    enum { PROCESSES = 4, EACH = 3 };
    static const SitoQuota quota[] = {{6, 1}};
    int64_t start = now_ms();
    int failed = 0, before = fixture_requests("/octets");
    (void)state;
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() == 0) {
            for (int n = 0; n < EACH; n++) {
                (void)fixture_get((SitoRequest){.url = fixture_url("octets"),
                                                .quotas = quota,
                                                .quota_count = 1,
                                                .headers = (SitoHeader[]){{"X-N", i ? "a" : "b"}},
                                                .header_count = 1});
            }
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 1;
        failed += wait(&status) < 0 || status != 0;
    }
    int asked = fixture_requests("/octets") - before;
    assert_int_equal(failed, 0);
    assert_true(asked > 6); /* a process may get what another one has just fetched */
    assert_true(now_ms() - start >= (asked - 1) / 6 * 1000);
}

static void a_used_up_quota_is_said(void **state) {
    static const SitoQuota quotas[] = {{100, 1}, {2, 900}};
    SitoRequest request = {
        .url = fixture_url("octets"), .quotas = quotas, .quota_count = 2, .longest_wait = 5};
    (void)state;
    assert_false(fixture_get(request));
    assert_false(fixture_get(request));
    int64_t start = now_ms();
    refuse(request, "quota of 127.0.0.1 (2 requests in 900 s) is used up; the next request is");
    assert_true(now_ms() - start < 1000);
    request.max_age = DAY;
    assert_true(fixture_get(request)); /* what is stored costs no request */
    request.quotas = (SitoQuota[]){{0, 1}};
    request.quota_count = 1;
    refuse(request, "a quota is a number of requests");
}

static void a_server_that_wants_rest_gets_it_from_all(void **state) {
    (void)state;
    refuse((SitoRequest){.url = fixture_url("status-429-long"), .attempts = 2}, "wait 5000 s");
    refuse((SitoRequest){.url = fixture_url("octets")}, "wants no request for another");
    assert_int_equal(fixture_requests("/status-429-long"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_key_reaches_its_server_and_nothing_else, fixture_new_cache),
        cmocka_unit_test_setup(headers_stay_at_their_server, fixture_new_cache),
        cmocka_unit_test_setup(a_link_is_kept_without_the_key, fixture_new_cache),
        cmocka_unit_test_setup(another_key_is_another_answer, fixture_new_cache),
        cmocka_unit_test_setup(a_missing_or_wrong_key_is_said_by_name, fixture_new_cache),
        cmocka_unit_test_setup(a_key_file_is_the_users_own, fixture_new_cache),
        cmocka_unit_test_setup(secrets_are_refused_among_headers, fixture_new_cache),
        cmocka_unit_test_setup(processes_share_a_quota, fixture_new_cache),
        cmocka_unit_test_setup(a_used_up_quota_is_said, fixture_new_cache),
        cmocka_unit_test_setup(a_server_that_wants_rest_gets_it_from_all, fixture_new_cache),
    };
    sito_address_plays_public = true;
    setenv("SITO_TEST_KEY", KEY, 1);
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
