/*
** ext/remote/fetch.h against a server that answers as servers do: whole, broken, hostile (R1-R4). The
** answers lie in fixtures/http, one file each, named by what it is. 127.0.0.1 plays a public address
** and 127.0.0.2 one of an inner network; no other is reached.
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

#define WHOLE 41 /* bytes of the file that most answers hold */

static const char digest[] = "0000000000000000000000000000000000000000000000000000000000000000";

typedef struct Case {
    const char *path;
    SitoRequest with;
    const char *error; /* that the message has; NULL: success */
    int64_t bytes;
} Case;

static void run_case(const Case *one) {
    SitoRequest request = one->with;
    SitoEntry entry;
    request.url = fixture_url(one->path);
    if (one->error != NULL) {
        fixture_refuse(request, one->error);
        return;
    }
    fixture_open(request, &entry);
    if (entry.bytes != one->bytes) {
        fail_msg("%s: %lld bytes", one->path, (long long)entry.bytes);
    }
    sito_entry_close(&entry);
}

static void run_cases(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        fixture_new_cache(NULL);
        run_case(&cases[i]);
    }
}

#define CSV                                                                                        \
    { .body = SITO_BODY_CSV }

/* ---- R2: whole or an error ---- */

static void a_body_is_whole_or_an_error(void **state) {
    static const Case cases[] = {
        {"whole", CSV, NULL, WHOLE},
        {"plain-http-1.0", CSV, NULL, WHOLE},
        {"chunks", CSV, NULL, WHOLE},
        {"empty-file", CSV, NULL, 0},
        {"truncated-length", CSV, "broke off after 41 bytes", 0},
        {"truncated-chunk", CSV, "broke off", 0},
        {"chunks-without-end", CSV, "broke off", 0},
        {"broken-chunk", CSV, "broke off", 0},
        {"no-length", CSV, "nothing marks the end", 0},
        {"no-length", {.any_length = true}, NULL, WHOLE},
        {"no-length", {.sha256 = digest}, "another SHA-256", 0},
        {"lengths-differ", CSV, "two lengths", 0},
        {"length-no-number", CSV, "remote: http://127.0.0.1", 0},
        {"length-huge", CSV, "remote: http://127.0.0.1", 0},
        {"length-negative", CSV, "remote: http://127.0.0.1", 0},
        {"reset", CSV, "broke off", 0},
        {"empty", CSV, "broke off after 0 bytes", 0},
        {"not-http", CSV, "remote: http://127.0.0.1", 0},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
}

static void a_digest_that_is_declared_is_compared(void **state) {
    SitoEntry entry;
    char known[SITO_SHA256_HEX];
    (void)state;
    fixture_open((SitoRequest){.url = fixture_url("chunks")}, &entry);
    memcpy(known, entry.sha256, sizeof known);
    sito_entry_close(&entry);
    fixture_open((SitoRequest){.url = fixture_url("no-length"), .sha256 = known}, &entry);
    sito_entry_close(&entry);
    fixture_refuse((SitoRequest){.url = fixture_url("whole"), .sha256 = digest}, "another SHA-256");
    fixture_refuse((SitoRequest){.url = fixture_url("whole"), .sha256 = "abc"},
                   "64 hexadecimal digits");
}

static void what_is_packed_is_not_unpacked_here(void **state) {
    static const Case cases[] = {
        {"packed-unasked", CSV, "packed the answer", 0},
        {"deflate-unasked", CSV, "packed the answer", 0},
        {"bomb-unasked", CSV, "packed the answer", 0},
        {"file.csv.gz", CSV, NULL, 61},
        {"bomb.csv.gz", {.body = SITO_BODY_CSV, .max_bytes = 20000}, "max_bytes=20000", 0},
        {"identity", CSV, NULL, WHOLE},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
}

static void bytes_are_counted(void **state) {
    static const Case cases[] = {
        {"large", CSV, NULL, 250000},
        {"large", {.max_bytes = 250000}, NULL, 250000},
        {"large", {.max_bytes = 249999}, "max_bytes=249999", 0},
        {"large-chunks", {.max_bytes = 100000}, "max_bytes=100000", 0},
        {"no-length", {.any_length = true, .max_bytes = 40}, "max_bytes=40", 0},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
}

/* Answers that are too long to be kept as files, each said by its first lines and what is repeated. */
static void headers_without_end_are_left(void **state) {
    static const struct {
        const char *name, *start, *again, *error;
    } cases[] = {
        {"headers", "HTTP/1.1 200 OK\r\n", "X-Dalej: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
         "64 KB of headers"},
        {"one-header", "HTTP/1.1 200 OK\r\nX-Dalej: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "remote: http"},
        {"continue", "", "HTTP/1.1 100 Continue\r\n\r\n", "64 KB of headers"},
        {"long-404", "HTTP/1.1 404 Not Found\r\nContent-Length: 99999999\r\n\r\n", "nic tu nie ma ",
         "status 404"},
        {"long-redirect", "HTTP/1.1 302 Found\r\nLocation: /whole\r\n\r\n", "zobacz tam ", NULL},
    };
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        SitoBuffer text = {0};
        char name[64];
        assert_int_equal(sito_buffer_print(&text, "#! raw\n%s", cases[i].start), SITO_OK);
        while (text.size < 300000) {
            assert_int_equal(sito_buffer_print(&text, "%s", cases[i].again), SITO_OK);
        }
        snprintf(name, sizeof name, "www/%s.reply", cases[i].name);
        fixture_write(name, text.data, text.size);
        sito_buffer_free(&text);
        run_case(&(Case){cases[i].name, CSV, cases[i].error, WHOLE});
    }
}

static void slow_servers_are_left(void **state) {
    static const Case cases[] = {
        {"slow-drip", CSV, "too slow", 0},
        {"silent", {.total_seconds = 1}, "too slow", 0},
        {"hangs-after", {.total_seconds = 1}, "too slow", 0},
    };
    time_t start = time(NULL);
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
    assert_true(time(NULL) - start < 10);
}

static void the_status_decides(void **state) {
    static const Case cases[] = {
        {"status-404", CSV, "status 404: there is nothing", 0},
        {"not-there-at-all", CSV, "status 404", 0},
        {"status-401", CSV, "status 401: it wants a key", 0},
        {"status-403", CSV, "status 403", 0},
        {"status-410", CSV, "status 410", 0},
        {"status-400", CSV, "status 400", 0},
        {"status-418", CSV, "status 418", 0},
        {"status-204", CSV, "status 204", 0},
        {"status-206", CSV, "status 206, a part of the file", 0},
        {"status-304", CSV, "status 304, unchanged, though nothing was known", 0},
        {"status-500", CSV, "status 500: the fault is the server's", 0},
        {"status-500", {.attempts = 3}, "status 500 (tried 3 times)", 0},
        {"status-501", {.attempts = 3}, "status 501: ", 0},
        {"status-429-long", {.attempts = 3}, "wait 5000 s", 0},
        {"status-503-date", {.attempts = 3}, "wait 7200 s", 0},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
    assert_int_equal(fixture_requests("/status-500"), 4);
    assert_int_equal(fixture_requests("/status-501"), 1);
    assert_int_equal(fixture_requests("/status-429-long"), 1);
}

static void pages_are_no_data(void **state) {
    static const SitoRequest json = {.body = SITO_BODY_JSON}, ndjson = {.body = SITO_BODY_NDJSON};
    const Case cases[] = {
        {"login-page", CSV, "page of HTML", 0},
        {"login-page", json, "page of HTML", 0},
        {"login-page-as-csv", CSV, "page of HTML", 0},
        {"login-page-as-json", json, "page of HTML", 0},
        {"login-page-as-json", ndjson, "page of HTML", 0},
        {"login-page", {.body = SITO_BODY_ANY}, NULL, 94},
        {"xml-error-as-csv", CSV, "a document of XML", 0},
        {"xml-error-as-csv", json, "a document of XML", 0},
        {"json-not-csv", CSV, "not CSV (Content-Type: application/json)", 0},
        {"zip-not-csv", CSV, "not CSV", 0},
        {"csv-not-json", json, "not JSON (Content-Type: text/csv)", 0},
        {"json", json, NULL, 15},
        {"octets", CSV, NULL, WHOLE},
        {"octets", json, NULL, WHOLE},
        {"no-type", CSV, NULL, WHOLE},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
}

/* ---- R1: addresses and redirects ---- */

static void redirects_are_judged(void **state) {
    static const Case cases[] = {
        {"redirect-relative", CSV, NULL, WHOLE},
        {"redirect-absolute", CSV, NULL, WHOLE},
        {"redirect-polish", CSV, NULL, WHOLE},
        {"redirect-other", CSV, "127.0.0.2", 0},
        {"redirect-other", CSV, "not public (loopback)", 0},
        {"redirect-spelled", CSV, "not public (loopback)", 0},
        {"redirect-other", {.allow_private = true}, NULL, WHOLE},
        {"redirect-file", CSV, "only http and https", 0},
        {"redirect-file", {.allow_private = true}, "only http and https", 0},
        {"redirect-ftp", CSV, "only http and https", 0},
        {"redirect-user", CSV, "user name or password", 0},
        {"redirect-nowhere", CSV, "remote: what a redirect leads to is no URL", 0},
        {"redirect-loop", CSV, "in a circle", 0},
        {"redirect-circle-a", CSV, "in a circle", 0},
        {"redirect-long-2", CSV, "more than 5 redirects", 0},
        {"redirect-long-3", CSV, NULL, WHOLE},
        {"redirect-without-place", CSV, "status 302", 0},
    };
    (void)state;
    run_cases(cases, SITO_COUNT(cases));
    assert_int_equal(fixture_requests("/redirect-circle-a"), 1);
}

static void urls_are_judged(void **state) {
    static const struct {
        const char *url, *error;
    } cases[] = {
        {"", "empty"},
        {NULL, "empty"},
        {"dane.csv", "no URL"},
        {"//127.0.0.1/x", "no URL"},
        {"file:///etc/passwd", "only http and https"},
        {"ftp://127.0.0.1/x", "only http and https"},
        {"gopher://127.0.0.1/x", "only http and https"},
        {"http://", "no URL"},
        {"http://jan:tajne@127.0.0.1/x", "user name or password"},
        {"http://jan@127.0.0.1/x", "user name or password"},
        {"http://127.0.0.1/a b", "blank at byte 19"},
        {"http://127.0.0.1/a\nb", "control character"},
        {"http://127.0.0.1\\@127.0.0.2/", "backslash"},
        {"http://127.0.0.1/\xB3\xF3", "not UTF-8"},
        {"http://%85/", "neither a name nor an address"},
        {"http://a%0d%0ab/", "remote: "},
        {"http://127.0.0.2:1/x", "not public (loopback)"},
        {"http://127.2:1/x", "not public (loopback)"},
        {"http://0x7f000002:1/x", "not public (loopback)"},
        {"http://2130706434:1/x", "not public (loopback)"},
        {"http://0177.0.0.2:1/x", "not public (loopback)"},
        {"http://[::ffff:127.0.0.2]:1/x", "not public (loopback)"},
    };
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        fixture_refuse((SitoRequest){.url = cases[i].url}, cases[i].error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_body_is_whole_or_an_error, fixture_new_cache),
        cmocka_unit_test_setup(a_digest_that_is_declared_is_compared, fixture_new_cache),
        cmocka_unit_test_setup(what_is_packed_is_not_unpacked_here, fixture_new_cache),
        cmocka_unit_test_setup(bytes_are_counted, fixture_new_cache),
        cmocka_unit_test_setup(headers_without_end_are_left, fixture_new_cache),
        cmocka_unit_test_setup(slow_servers_are_left, fixture_new_cache),
        cmocka_unit_test_setup(the_status_decides, fixture_new_cache),
        cmocka_unit_test_setup(pages_are_no_data, fixture_new_cache),
        cmocka_unit_test_setup(redirects_are_judged, fixture_new_cache),
        cmocka_unit_test_setup(urls_are_judged, fixture_new_cache),
    };
    sito_address_plays_public = true;
    return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
