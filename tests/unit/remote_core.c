/*
** The parts of ext/remote that know no network: kinds of addresses against the list of RFC 6890, words
** that hold keys, windows of requests against a count by brute force, headers of answers, records.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>

#include <cmocka.h>

#include "remote/guard_core.h"
#include "remote/reply_core.h"
#include "remote/stored_core.h"
#include "remote/url.h"
#include "remote/window_core.h"

/* ---- addresses ---- */

static const char *kind(const char *text) {
    unsigned char bytes[16];
    int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;
    assert_int_equal(inet_pton(family, text, bytes), 1);
    return sito_address_kind(bytes, family == AF_INET6 ? 16 : 4);
}

/* The first and the last address of each range, and their neighbours outside. */
static void ranges_end_where_the_registries_say(void **state) {
    static const struct {
        const char *before, *first, *last, *after; /* NULL: the neighbour is another range */
    } ranges[] = {
        {NULL, "0.0.0.0", "0.255.255.255", "1.0.0.0"},
        {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
        {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
        {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
        {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
        {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
        {"191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"},
        {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
        {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
        {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
        {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
        {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
        {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
        {"223.255.255.255", "224.0.0.0", "255.255.255.255", NULL},
        {NULL, "::", "::1", NULL},
        {NULL, "::ffff:10.0.0.1", "::ffff:192.168.255.255", "::ffff:193.0.0.1"},
        {"64:ff9b::8.8.8.8", "64:ff9b::10.0.0.0", "64:ff9b::10.255.255.255", "64:ff9b::11.0.0.0"},
        {NULL, "100::", "1fff:ffff::", "2000::"},
        {"2000:ffff::", "2001::", "2001:1ff::", "2001:200::"},
        {"2001:db7::", "2001:db8::", "2001:db8:ffff::", "2001:db9::"},
        {"2002:0900::", "2002:0a00::", "2002:0aff::", "2002:0b00::"},
        {"3ffe::", "3fff::", "3fff:0fff::", "3fff:1000::"},
        {NULL, "4000::", "ffff:ffff::", NULL},
        {NULL, "fc00::", "fdff::", NULL},
        {NULL, "fe80::", "febf::", NULL},
        {NULL, "ff00::", "ff02::1", NULL},
        {NULL, "::127.0.0.1", "::10.0.0.1", NULL},
    };
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(ranges); i++) {
        if (kind(ranges[i].first) == NULL || kind(ranges[i].last) == NULL ||
            (ranges[i].before != NULL && kind(ranges[i].before) != NULL) ||
            (ranges[i].after != NULL && kind(ranges[i].after) != NULL)) {
            fail_msg("%s - %s", ranges[i].first, ranges[i].last);
        }
    }
    assert_non_null(sito_address_kind((const unsigned char *)"abcde", 5));
    assert_string_equal(kind("::ffff:127.0.0.1"), "loopback");
    assert_string_equal(kind("169.254.169.254"), "link-local");
}

/* ---- keys in URLs ---- */

static void keys_are_not_shown(void **state) {
    static const struct {
        const char *url, *hidden, *secret, *shown;
    } cases[] = {
        {"https://a.example/x?api_key=abc&strona=2", NULL, NULL,
         "https://a.example/x?api_key=***&strona=2"},
        {"https://a.example/?TOKEN=a=b;x=1#t=1", NULL, NULL,
         "https://a.example/?TOKEN=***;x=1#t=1"},
        {"https://a.example/?api%5Fkey=abc&key", NULL, NULL,
         "https://a.example/?api%5Fkey=***&key"},
        {"https://a.example/?X-Amz-Signature=ab", NULL, NULL,
         "https://a.example/?X-Amz-Signature=***"},
        {"https://a.example/?author=Kos&rok=2024&keywords=a", NULL, NULL,
         "https://a.example/?author=Kos&rok=2024&keywords=a"},
        {"https://a.example/s3kr/?q=s3kr&z=1", NULL, "s3kr", "https://a.example/***/?q=***&z=1"},
        {"https://a.example/?id=5&ID=6&x=7", "id", NULL, "https://a.example/?id=***&ID=***&x=7"},
        {"https://a.example/?", NULL, NULL, "https://a.example/?"},
    };
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        SitoBuffer shown = {0};
        SitoText url = {cases[i].url, strlen(cases[i].url)};
        assert_int_equal(sito_show_url(&shown, url, cases[i].hidden, cases[i].secret), SITO_OK);
        assert_int_equal(sito_buffer_add(&shown, "", 1), SITO_OK);
        assert_string_equal(shown.data, cases[i].shown);
        sito_buffer_free(&shown);
    }
}

/* ---- windows ---- */

static uint64_t random_state = 20250210;

static int64_t random_up_to(int64_t most) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((random_state >> 33) % (uint64_t)(most + 1));
}

/* Requests at random times, as early as allowed or later: in no window are there too many, and the
** wait is never longer than the window. */
static void no_window_has_too_many(void **state) {
    enum { REQUESTS = 3000 };
    static const SitoQuota quotas[] = {{5, 1}, {40, 20}, {100, 900}};
    static int64_t times[REQUESTS];
    int64_t now = 1700000000000;
    SitoBuffer text = {0};
    (void)state;
    for (int i = 0; i < REQUESTS; i++) {
        SitoWindows windows;
        const SitoWindow *full = NULL;
        int64_t wait = 1;
        while (wait > 0) { /* each time from the text, as processes do */
            sito_windows_read(&windows, quotas, 3, (SitoText){text.data, text.size});
            wait = sito_windows_take(&windows, now, &full);
            assert_true(wait >= 0 && (wait == 0 || wait <= full->seconds * 1000 * 33 / 32 + 40));
            now += wait;
        }
        text.size = 0;
        assert_int_equal(sito_windows_write(&windows, &text), SITO_OK);
        times[i] = now;
        now += random_up_to(9) == 0 ? random_up_to(2000) : random_up_to(20);
    }
    for (size_t q = 0; q < 3; q++) {
        for (int i = (int)quotas[q].count; i < REQUESTS; i++) {
            assert_true(times[i] - times[i - quotas[q].count] >= quotas[q].seconds * 1000);
        }
    }
    sito_buffer_free(&text);
}

static void a_window_survives_what_happens_to_it(void **state) {
    static const SitoQuota quota[] = {{2, 10}};
    static const char *const broken[] = {"", "sito-quota 1\n", "sito-quota 1\n0\n2 10 17", "x",
                                         "\n"};
    const SitoWindow *full;
    SitoWindows windows;
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(broken); i++) {
        sito_windows_read(&windows, quota, 1, (SitoText){broken[i], strlen(broken[i])});
        assert_int_equal(sito_windows_take(&windows, 1700000000000, &full), 0);
        assert_int_equal(sito_windows_take(&windows, 1700000000000, &full), 0);
        assert_true(sito_windows_take(&windows, 1700000000000, &full) > 0);
        assert_true(sito_windows_take(&windows, 1700000000000 - 5000, &full) > 0); /* set back */
        assert_int_equal(sito_windows_take(&windows, 1700000000000 - 5000000, &full), 0);
        windows.until = 1700000000000 + 5000;
        assert_int_equal(sito_windows_take(&windows, 1700000000000, &full), 5000);
        windows.until = 1700000000000 * 2;
        assert_true(sito_windows_take(&windows, 1700000000000, &full) < 11000);
    }
}

/* ---- answers ---- */

static void add_lines(SitoReply *reply, const char *const *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sito_reply_line(reply, (SitoText){lines[i], strlen(lines[i])}), SITO_OK);
    }
}

static void headers_are_read(void **state) {
    static const char *const lines[] = {"HTTP/1.1 100 Continue\r\n",
                                        "Content-Length: 7\r\n",
                                        "\r\n",
                                        "HTTP/1.1 200 OK\r\n",
                                        "ETAG:  W/\"a b\" \r\n",
                                        "content-type: Text/CSV; Charset=\"Windows-1250\"\r\n",
                                        "Transfer-Encoding: gzip, Chunked\r\n",
                                        "X\r\n"};
    SitoReply reply = {0};
    char *type = NULL, *charset = NULL;
    (void)state;
    add_lines(&reply, lines, SITO_COUNT(lines));
    assert_int_equal(reply.status, 200);
    assert_string_equal(sito_reply_get(&reply, REPLY_ETAG), "W/\"a b\"");
    assert_null(reply.text[REPLY_LENGTH]);
    assert_true(sito_reply_is_marked(&reply));
    assert_int_equal(sito_type_split(sito_reply_get(&reply, REPLY_TYPE), &type, &charset), SITO_OK);
    assert_string_equal(type, "text/csv");
    assert_string_equal(charset, "windows-1250");
    sito_free(type);
    sito_free(charset);
    sito_reply_free(&reply);
    assert_int_equal(sito_max_age("public, Max-Age=60"), 60);
    assert_int_equal(sito_max_age("max-age=60, no-cache"), 0);
    assert_int_equal(sito_max_age("no-store"), 0);
    assert_int_equal(sito_max_age("public"), -1);
    assert_int_equal(sito_max_age(""), -1);
}

static void records_are_whole_or_none(void **state) {
    SitoStored stored = {0}, again;
    SitoBuffer text = {0};
    bool good;
    (void)state;
    const char *sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_int_equal(sito_stored_set(&stored, STORED_SHA256, (SitoText){sha, 64}), SITO_OK);
    assert_int_equal(sito_stored_set(&stored, STORED_ETAG, SITO_LITERAL("\"a\nend\n\"")), SITO_OK);
    stored.number[STORED_CTIME] = 1700000000123456789;
    assert_int_equal(sito_stored_write(&stored, &text), SITO_OK);
    assert_int_equal(sito_stored_read((SitoText){text.data, text.size}, &again, &good), SITO_OK);
    assert_true(good);
    assert_string_equal(sito_stored_get(&again, STORED_ETAG), "\"a end \"");
    assert_int_equal(again.number[STORED_CTIME], 1700000000123456789);
    sito_stored_free(&again);
    for (size_t size = 0; size < text.size; size++) {
        assert_int_equal(sito_stored_read((SitoText){text.data, size}, &again, &good), SITO_OK);
        assert_false(good);
    }
    sito_stored_free(&stored);
    sito_buffer_free(&text);
}

/* Whatever a server or a damaged file holds: no crash under the sanitizers, and texts that end. */
static void random_bytes_do_no_harm(void **state) {
    static const char signs[] = "abc:;=&?,\" \r\n%0-9/<>*.\x00\xC5\xBC#";
    static const SitoQuota quota[] = {{5, 1}};
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char bytes[64];
        size_t size = (size_t)random_up_to(sizeof bytes);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = signs[random_up_to(sizeof signs - 2)];
        }
        char *exact = sito_malloc(size + 1);
        assert_non_null(exact);
        memcpy(exact, bytes, size);
        SitoText text = {exact, size};
        SitoReply reply = {0};
        SitoStored stored;
        SitoWindows windows;
        SitoBuffer shown = {0};
        bool good;
        assert_int_equal(sito_reply_line(&reply, text), SITO_OK);
        assert_int_equal(sito_show_url(&shown, text, "a", "b:"), SITO_OK);
        assert_int_equal(sito_stored_read(text, &stored, &good), SITO_OK);
        assert_false(good);
        sito_windows_read(&windows, quota, 1, text);
        (void)sito_body_refusal(SITO_BODY_JSON, "", text);
        exact[size] = 0;
        char *type = NULL, *charset = NULL;
        assert_int_equal(sito_type_split(exact, &type, &charset), SITO_OK);
        assert_true(sito_max_age(exact) >= -1);
        sito_free(type);
        sito_free(charset);
        sito_buffer_free(&shown);
        sito_reply_free(&reply);
        sito_free(exact);
    }
}

/* What is taken for a URL is one of http or https with a host and no user name, and stays what it is. */
static void random_urls_are_refused_or_sound(void **state) {
    static const char *const starts[] = {"http://",   "https://", "",      "//",
                                         "http://a@", "HTTP://[", "ftp://"};
    static const char signs[] = "abcdefgh12345678....//??##@[]%&=:-_~\\ ";
    int sound = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[64];
        const char *start = starts[random_up_to(SITO_COUNT(starts) - 1)];
        size_t size = (size_t)snprintf(text, sizeof text, "%s", start);
        for (int64_t i = random_up_to(24); i > 0; i--) {
            text[size++] = signs[random_up_to(sizeof signs - 2)];
        }
        text[size] = 0;
        SitoUrl url, again;
        char *error = NULL;
        if (sito_url_read(text, NULL, (SitoHidden){0}, &url, &error) != SITO_OK) {
            assert_non_null(error);
            sito_free(error);
            continue;
        }
        sound++;
        assert_true(strncmp(url.origin, "http://", 7) == 0 ||
                    strncmp(url.origin, "https://", 8) == 0);
        assert_true(url.host[0] != 0 && strchr(url.host, '@') == NULL);
        assert_null(strchr(url.text, '#'));
        if (sito_url_read(url.text, NULL, (SitoHidden){0}, &again, &error) != SITO_OK) {
            fail_msg("%s, read as %s: %s", text, url.text, error);
        }
        assert_string_equal(url.origin, again.origin);
        sito_url_free(&again);
        sito_url_free(&url);
    }
    assert_true(sound > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_end_where_the_registries_say),
        cmocka_unit_test(keys_are_not_shown),
        cmocka_unit_test(no_window_has_too_many),
        cmocka_unit_test(a_window_survives_what_happens_to_it),
        cmocka_unit_test(headers_are_read),
        cmocka_unit_test(records_are_whole_or_none),
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(random_urls_are_refused_or_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
