/*
** Whole numbers as bits: the same answers as a sorted array of all that came before.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/wholes.h"

static uint64_t state = 1;

static uint64_t draw(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static bool add(SitoWholes *wholes, uint64_t number, bool *is_new) {
    char text[24];
    int rc, size = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    bool taken = sito_wholes_add(wholes, (SitoText){text, (size_t)size}, is_new, &rc);
    assert_int_equal(rc, SITO_OK);
    return taken;
}

static int ascending(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Adds numbers below `range` from `base` on; what was taken must be taken again, and be new exactly once. */
static void check(uint64_t base, uint64_t range, size_t count, bool shuffled, bool all_taken) {
    SitoWholes wholes = {0};
    uint64_t *taken = malloc(count * sizeof *taken), *refused = malloc(count * sizeof *refused);
    size_t new = 0, kept = 0, left = 0;
    assert_non_null(taken);
    assert_non_null(refused);
    for (size_t i = 0; i < count; i++) {
        uint64_t number = base + (shuffled ? draw() % range : i % range);
        bool is_new = false;
        if (add(&wholes, number, &is_new)) {
            taken[kept++] = number;
            new += is_new;
        } else {
            refused[left++] = number;
        }
    }
    qsort(taken, kept, sizeof *taken, ascending);
    size_t different = 0;
    for (size_t i = 0; i < kept; i++) {
        bool is_new = true;
        different += i == 0 || taken[i] != taken[i - 1];
        assert_true(add(&wholes, taken[i], &is_new));
        assert_false(is_new);
    }
    assert_int_equal(new, different);
    assert_int_equal(wholes.count, different);
    for (size_t i = 0; i < left; i++) {
        bool is_new = true;
        assert_false(add(&wholes, refused[i], &is_new));
    }
    if (all_taken) {
        assert_int_equal(left, 0);
    } else {
        assert_true(left > 0);
        assert_true(wholes.page_count * sizeof *wholes.pages < 2 << 20);
    }
    free(taken);
    free(refused);
    sito_wholes_free(&wholes);
}

static void test_numbers_close_together(void **unused) {
    (void)unused;
    check(0, 300000, 300000, false, true);
    check(1, 1000, 5000, false, true);
    check(12345678901234567, 50000, 200000, true, true);
    check(999999999999000000, 1000000, 100000, true, true);
}

static void test_numbers_far_apart(void **unused) {
    (void)unused;
    check(0, 1000000000000, 100000, true, false);
    check(0, 100000000, 300000, true, false);
}

/* Some thousand far apart first: a dense run behind them is no longer taken, or taken from its first number on. */
static void test_mixed(void **unused) {
    (void)unused;
    SitoWholes wholes = {0};
    bool is_new;
    for (int i = 0; i < 5000; i++) {
        (void)add(&wholes, draw() % 1000000000000, &is_new);
    }
    size_t before = wholes.count;
    assert_true(wholes.full);
    for (uint64_t i = 0; i < 100000; i++) {
        assert_false(add(&wholes, 5000000000000 + i, &is_new));
    }
    assert_int_equal(wholes.count, before);
    sito_wholes_free(&wholes);
}

static void test_only_plain_forms(void **unused) {
    (void)unused;
    static const char *const others[] = {"",
                                         "00",
                                         "07",
                                         "+7",
                                         "-7",
                                         "7 ",
                                         " 7",
                                         "7,",
                                         "7.",
                                         "1e3",
                                         "x",
                                         "\xD9\xA3",
                                         "1000000000000000000"};
    static const char *const plain[] = {"0", "7", "10", "999999999999999999"};
    SitoWholes wholes = {0};
    bool is_new;
    int rc;
    for (size_t i = 0; i < SITO_COUNT(others); i++) {
        SitoText text = {others[i], strlen(others[i])};
        assert_false(sito_wholes_add(&wholes, text, &is_new, &rc));
        assert_int_equal(rc, SITO_OK);
    }
    assert_false(sito_wholes_add(&wholes, (SitoText){"7\0", 2}, &is_new, &rc));
    for (size_t i = 0; i < 2 * SITO_COUNT(plain); i++) {
        const char *text = plain[i % SITO_COUNT(plain)];
        assert_true(sito_wholes_add(&wholes, (SitoText){text, strlen(text)}, &is_new, &rc));
        assert_int_equal(is_new, i < SITO_COUNT(plain));
    }
    assert_int_equal(wholes.count, SITO_COUNT(plain));
    sito_wholes_free(&wholes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_close_together), cmocka_unit_test(test_numbers_far_apart),
        cmocka_unit_test(test_mixed), cmocka_unit_test(test_only_plain_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
