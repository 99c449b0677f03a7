/*
** Growing arrays and buffers, errors, hashes (ext/base/memory.c, hash.c). Digests: FIPS 180-4's
** examples, published by NIST.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sito.h"

static void an_array_keeps_its_items_while_it_grows(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        void *array = items;
        assert_int_equal(sito_grow(&array, &capacity, (size_t)i + 1, sizeof *items, 1000), SITO_OK);
        items = array;
        assert_true(capacity > (size_t)i && capacity <= 1000);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i);
    }
    sito_free(items);
}

static void beyond_its_limit_an_array_stays_as_it_is(void **state) {
    (void)state;
    void *array = NULL;
    size_t capacity = 0;
    assert_int_equal(sito_grow(&array, &capacity, 11, 1, 10), SITO_TOOBIG);
    assert_null(array);
    assert_int_equal(capacity, 0);
    assert_int_equal(sito_grow(&array, &capacity, 1, 16, SIZE_MAX), SITO_TOOBIG);
    assert_int_equal(sito_grow(&array, &capacity, 10, 1, 10), SITO_OK);
    assert_int_equal(capacity, 10);
    sito_free(array);
}

static void a_buffer_holds_what_was_added_and_no_more_than_its_limit(void **state) {
    (void)state;
    SitoBuffer buffer = {.limit = 8};
    assert_int_equal(sito_buffer_add(&buffer, "ab\0c", 4), SITO_OK);
    assert_int_equal(sito_buffer_print(&buffer, "%d-%s", 7, "x"), SITO_OK);
    assert_int_equal(buffer.size, 7);
    assert_memory_equal(buffer.data, "ab\0c7-x", 7);
    assert_int_equal(sito_buffer_add(&buffer, "yz", 2), SITO_TOOBIG);
    assert_int_equal(buffer.size, 7);
    assert_int_equal(sito_buffer_add(&buffer, "y", 1), SITO_OK);
    assert_int_equal(sito_buffer_reserve(&buffer, SIZE_MAX), SITO_TOOBIG);
    sito_buffer_free(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.size, 0);
}

static void the_first_error_stays(void **state) {
    (void)state;
    char *error = NULL;
    assert_int_equal(sito_error(&error, SITO_IOERR, "cannot read %s", "a.csv"), SITO_IOERR);
    assert_int_equal(sito_error(&error, SITO_ERROR, "second"), SITO_ERROR);
    assert_string_equal(error, "cannot read a.csv");
    assert_int_equal(sito_error(NULL, SITO_ERROR, "nobody listens"), SITO_ERROR);
    sito_free(error);
}

static void assert_digest(const char *text, size_t repeat, const char *expected) {
    SitoSha256 *hash = NULL;
    char hex[SITO_SHA256_HEX];
    assert_int_equal(sito_sha256_new(&hash), SITO_OK);
    for (size_t i = 0; i < repeat; i++) {
        assert_int_equal(sito_sha256_add(hash, text, strlen(text)), SITO_OK);
    }
    assert_int_equal(sito_sha256_hex(hash, hex), SITO_OK);
    assert_string_equal(hex, expected);
    sito_sha256_free(hash);
}

static void sha256_gives_the_published_digests(void **state) {
    (void)state;
    assert_digest("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest("aaaaaaaaaa", 100000,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static bool same_hash(const char *a, size_t a_size, const char *b, size_t b_size) {
    SitoHash128 x = sito_hash128(a, a_size), y = sito_hash128(b, b_size);
    return x.low == y.low && x.high == y.high;
}

static void the_keyed_hash_tells_bytes_apart(void **state) {
    (void)state;
    assert_true(same_hash("łódź", 7, "łódź", 7));
    assert_false(same_hash("a", 1, "b", 1));
    assert_false(same_hash("a", 1, "a\0", 2));
    assert_false(same_hash("", 0, "\0", 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_array_keeps_its_items_while_it_grows),
        cmocka_unit_test(beyond_its_limit_an_array_stays_as_it_is),
        cmocka_unit_test(a_buffer_holds_what_was_added_and_no_more_than_its_limit),
        cmocka_unit_test(the_first_error_stays),
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(the_keyed_hash_tells_bytes_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
