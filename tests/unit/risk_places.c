/*
** Places of rows come back as they went in: growing as in a file, far apart, missing, and at both ends of 64 bits.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "risk/places.h"

enum { ROWS = 100000 };

static int64_t values[ROWS];

static uint64_t state = 3;

static uint64_t draw(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static size_t check(void) {
    RiskPlaces places = {0};
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(risk_places_add(&places, values[i]), SITO_OK);
    }
    assert_int_equal(places.count, ROWS);
    for (size_t i = 0; i < ROWS; i += 1 + i % 7) {
        assert_true(risk_places_at(&places, i) == values[i]);
    }
    assert_true(risk_places_at(&places, ROWS - 1) == values[ROWS - 1]);
    size_t bytes = places.size + places.index_count * sizeof *places.index;
    risk_places_free(&places);
    return bytes;
}

static void records_of_a_file(void **unused) {
    (void)unused;
    for (size_t i = 0; i < ROWS; i++) {
        values[i] = (int64_t)i + 1;
    }
    assert_true(check() < ROWS * 12 / 10);
    for (size_t i = 1; i < ROWS; i++) {
        values[i] = values[i - 1] + 60 + (int64_t)(draw() % 200);
    }
    assert_true(check() < ROWS * 22 / 10);
}

static void anything(void **unused) {
    (void)unused;
    for (size_t i = 0; i < ROWS; i++) {
        uint64_t kind = draw() % 5;
        values[i] = kind == 0   ? INT64_MIN
                    : kind == 1 ? INT64_MAX
                    : kind == 2 ? (int64_t)(draw() % 3) - 1
                                : (int64_t)(draw() >> (draw() % 64));
    }
    (void)check();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(records_of_a_file),
                                       cmocka_unit_test(anything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
