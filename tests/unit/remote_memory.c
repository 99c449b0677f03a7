/*
** A fetch with each allocation failing in turn: SQLite's heap, from which sito and here libcurl have all they
** take. It gives the right bytes, or an error and nothing; never a leak, and the cache works afterwards.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "fixture.h"
#include "remote/address.h"
#include "../runner/fault.h"

#define WHOLE 41
enum { MOST_POINTS = 250 };

static void *take(size_t size) {
    return sqlite3_malloc64(size > 0 ? size : 1);
}

static void *take_array(size_t count, size_t size) {
    void *memory = take(count * size);
    if (memory != NULL) {
        memset(memory, 0, count * size);
    }
    return memory;
}

static void *take_again(void *memory, size_t size) {
    return sqlite3_realloc64(memory, size > 0 ? size : 1);
}

static char *take_copy(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = take(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

static int fetch(const char *path, SitoEntry *entry) {
    SitoRequest request = {
        .url = fixture_url(path),
        .cache = fixture_cache,
        .attempts = 1,
        .secret = {.kind = SITO_SECRET_ENV, .name = "SITO_TEST_KEY", .parameter = "klucz"},
        .allow_private = true,
        .body = SITO_BODY_CSV,
        .quotas = (SitoQuota[]){{1000000, 1}},
        .quota_count = 1};
    char *error = NULL;
    int rc = sito_fetch(&request, entry, &error);
    assert_true(rc == SITO_OK || rc == SITO_NOMEM || error != NULL);
    sito_free(error);
    return rc;
}

/* Fails the allocations of a fetch one by one; `fresh`: in an empty cache each time. */
static void sweep(const char *path, bool fresh) {
    SitoEntry entry;
    assert_int_equal(fetch(path, &entry), SITO_OK); /* what is made once a process */
    sito_entry_close(&entry);
    fault_arm(0, false);
    assert_int_equal(fetch(path, &entry), SITO_OK);
    long all = fault_disarm();
    sito_entry_close(&entry);
    assert_true(all > 50);
    long step = all / MOST_POINTS + 1;
    for (long n = 1; n <= all; n += step) {
        if (fresh) {
            fixture_new_cache(NULL);
        }
        long before = fault_blocks();
        fault_arm(n, false);
        int rc = fetch(path, &entry);
        fault_disarm();
        if (rc == SITO_OK) {
            assert_int_equal(entry.bytes, WHOLE);
        } else {
            assert_int_equal(entry.file, -1);
        }
        sito_entry_close(&entry);
        if (fault_blocks() != before) {
            fail_msg("allocation %ld of %ld: %ld blocks are left", n, all, fault_blocks() - before);
        }
    }
    assert_int_equal(fetch(path, &entry), SITO_OK);
    assert_int_equal(entry.bytes, WHOLE);
    sito_entry_close(&entry);
}

static void a_first_fetch_fails_whole(void **state) {
    (void)state;
    sweep("octets", true);
}

static void an_unchanged_answer_fails_whole(void **state) {
    (void)state;
    sweep("whole", false);
}

static void a_redirect_fails_whole(void **state) {
    (void)state;
    sweep("redirect-absolute", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_first_fetch_fails_whole, fixture_new_cache),
        cmocka_unit_test_setup(an_unchanged_answer_fails_whole, fixture_new_cache),
        cmocka_unit_test_setup(a_redirect_fails_whole, fixture_new_cache),
    };
    sito_address_plays_public = true;
    setenv("SITO_TEST_KEY", "tajne-haslo-7", 1);
    if (fault_install() != 0 ||
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, take, sqlite3_free, take_again, take_copy,
                             take_array) != CURLE_OK) {
        fputs("the failing allocator cannot be installed\n", stderr);
        return 3;
    }
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
