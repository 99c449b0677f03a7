/*
** ext/remote/fetch.h: what the environment says is not believed, certificates are verified, what passes is tried
** again, an interruption ends everything (fetch.h R1, R3, R7; transfer.h R1).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "remote/address.h"

static void nothing_is_believed_that_the_environment_says(void **state) {
    SitoEntry entry;
    (void)state;
    setenv("http_proxy", "http://127.0.0.2:9", 1);
    setenv("all_proxy", "http://127.0.0.2:9", 1);
    fixture_open((SitoRequest){.url = fixture_url("cookie")}, &entry);
    sito_entry_close(&entry);
    unsetenv("http_proxy");
    unsetenv("all_proxy");
    fixture_open((SitoRequest){.url = fixture_url("cookie"), .max_age = 0}, &entry);
    sito_entry_close(&entry);
    assert_int_equal(fixture_requests("/cookie"), 2);
    setenv("no_proxy", "127.0.0.1", 1);
    fixture_open((SitoRequest){.url = fixture_url("identity"), .proxy = fixture_url("")}, &entry);
    sito_entry_close(&entry);
    assert_int_equal(fixture_requests(fixture_url("identity")), 1); /* a proxy gets the whole URL */
    unsetenv("no_proxy");
    fixture_refuse((SitoRequest){.url = fixture_url("whole"), .proxy = "http://127.0.0.1:1"},
                   "proxy");
    fixture_refuse((SitoRequest){.url = fixture_url("whole"), .proxy = "http://u:p@127.0.0.1:1"},
                   "user name");
    fixture_refuse((SitoRequest){.url = "http://127.0.0.2/", .proxy = "http://127.0.0.1:1"},
                   "loopback");
    fixture_refuse((SitoRequest){.url = "http://localhost/", .proxy = "http://127.0.0.1:1"},
                   "network");
}

static void certificates_are_verified(void **state) {
    static const struct {
        const char *name, *ca, *error;
    } cases[] = {
        {"good", "ca.pem", NULL},
        {"good", NULL, "certificate of the server cannot be trusted"},
        {"good", "none.pem", "ca_file="},
        {"expired", "ca.pem", "expired"},
        {"wrong", "ca.pem", "no alternative certificate subject name"},
        {"self", "ca.pem", "self-signed"},
        {"self", NULL, "cannot be trusted"},
    };
    SitoEntry entry;
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        SitoRequest request = {.url = fixture_tls_url(cases[i].name, "whole"),
                               .ca_file = cases[i].ca != NULL ? fixture_file(cases[i].ca) : NULL};
        if (cases[i].error != NULL) {
            fixture_refuse(request, cases[i].error);
        } else {
            fixture_open(request, &entry);
            sito_entry_close(&entry);
        }
    }
    fixture_refuse((SitoRequest){.url = fixture_tls_url("good", "redirect-down"),
                                 .ca_file = fixture_file("ca.pem")},
                   "from https to http");
}

/* ---- R3: retries ---- */

static void what_passes_is_tried_again(void **state) {
    static const struct {
        const char *path;
        int attempts, least_ms; /* passing-429 says Retry-After: 1 */
    } cases[] = {{"passing-429", 3, 1000},
                 {"passing-500", 3, 0},
                 {"passing-reset", 2, 200},
                 {"passing-truncation", 2, 200}};
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        struct timespec before, after;
        clock_gettime(CLOCK_MONOTONIC, &before);
        assert_false(fixture_get(
            (SitoRequest){.url = fixture_url(cases[i].path), .attempts = cases[i].attempts}));
        clock_gettime(CLOCK_MONOTONIC, &after);
        assert_true((after.tv_sec - before.tv_sec) * 1000 +
                        (after.tv_nsec - before.tv_nsec) / 1000000 >=
                    cases[i].least_ms);
    }
    assert_int_equal(fixture_requests("/passing-500"), 3);
    assert_int_equal(fixture_logged("/passing-truncation", "Range"), 0);
}

static int stop_at_once(void *data) {
    (*(int *)data)++;
    return SITO_INTERRUPT;
}

static void an_interruption_ends_it(void **state) {
    static const char *const paths[] = {"silent", "slow-body", "status-429-long"};
    char *error;
    SitoEntry entry;
    int asked = 0;
    SitoWatch watch = {.ask = stop_at_once, .data = &asked};
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(paths); i++) {
        time_t start = time(NULL);
        assert_int_equal(
            fixture_fetch(
                (SitoRequest){.url = fixture_url(paths[i]), .attempts = 2, .watch = &watch}, &entry,
                &error),
            SITO_INTERRUPT);
        assert_true(time(NULL) - start < 2);
        sito_free(error);
    }
    assert_true(asked >= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_is_believed_that_the_environment_says, fixture_new_cache),
        cmocka_unit_test_setup(certificates_are_verified, fixture_new_cache),
        cmocka_unit_test_setup(what_passes_is_tried_again, fixture_new_cache),
        cmocka_unit_test_setup(an_interruption_ends_it, fixture_new_cache),
    };
    sito_address_plays_public = true;
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
