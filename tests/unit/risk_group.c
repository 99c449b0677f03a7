/*
** Groups of equal hashes (ext/risk/group.h) and the bounds of what is kept in memory: beyond them there
** is an error, never an approximation.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "risk/column.h"
#include "risk/group.h"

enum { ROWS = 40000 };

/* Row i is value i * i % kinds: uneven groups. */
static void fill(RiskLog *log, size_t rows, uint64_t kinds) {
    *log = (RiskLog){0};
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t value = i * i % kinds;
        assert_int_equal(risk_log_add(log, sito_hash128(&value, sizeof value)), SITO_OK);
    }
}

/* Each group holds the rows of one value, in their order, and each value is one group. */
static void check_order(const RiskGroups *groups, const uint32_t *start, const uint32_t *ordered,
                        size_t rows, uint64_t kinds) {
    unsigned char *seen = calloc(kinds, 1);
    assert_non_null(seen);
    for (size_t g = 0; g < groups->count; g++) {
        uint64_t first = ordered[start[g]], value = first * first % kinds;
        assert_int_equal(seen[value]++, 0);
        assert_int_equal(start[g + 1] - start[g], groups->sizes[g]);
        for (uint32_t i = start[g]; i < start[g + 1]; i++) {
            uint64_t row = ordered[i];
            assert_int_equal(row * row % kinds, value);
            assert_true(i == start[g] || ordered[i - 1] < row);
        }
    }
    assert_int_equal(start[groups->count], rows);
    free(seen);
}

static void check(size_t rows, uint64_t kinds) {
    RiskLog log;
    RiskGroups numbered, plain, unordered;
    uint32_t *start = NULL, *ordered = NULL;
    fill(&log, rows, kinds);
    assert_int_equal(risk_group(&log, true, NULL, &numbered), SITO_OK);
    assert_int_equal(risk_group_order(&numbered, rows, &start, &ordered), SITO_OK);
    check_order(&numbered, start, ordered, rows, kinds);
    for (size_t g = 1; g < numbered.count; g++) {
        assert_true(ordered[start[g - 1]] < ordered[start[g]]); /* R3 */
    }
    sito_free(start);
    sito_free(ordered);
    start = ordered = NULL;
    assert_int_equal(risk_group_rows(&log, NULL, &unordered, &start, &ordered), SITO_OK);
    check_order(&unordered, start, ordered, rows, kinds);
    assert_int_equal(risk_group(&log, false, NULL, &plain), SITO_OK);
    assert_int_equal(plain.count, numbered.count);
    assert_int_equal(unordered.count, numbered.count);
    sito_free(start);
    sito_free(ordered);
    risk_groups_free(&numbered);
    risk_groups_free(&unordered);
    risk_groups_free(&plain);
    risk_log_free(&log);
}

static void test_groups(void **state) {
    (void)state;
    check(0, 1);
    check(1, 1);
    check(ROWS, 1);       /* one group that fills a part */
    check(ROWS, 7);       /* few */
    check(ROWS, 4999);    /* many, some parts with more groups than slots at first */
    check(ROWS, 9999991); /* a prime: no two rows alike */
}

/* R2: the row behind the last one is refused, and what is there stays. */
static void test_most_rows(void **state) {
    (void)state;
    RiskLog log = {.rows = RISK_MAX_ROWS, .capacity = RISK_MAX_ROWS};
    assert_int_equal(risk_log_add(&log, (SitoHash128){0}), SITO_TOOBIG);
    assert_int_equal(log.rows, RISK_MAX_ROWS);
    assert_null(log.hashes);
}

/* Different values of a column: their bytes are bounded, a value that is there already costs none. */
static void test_most_bytes(void **state) {
    (void)state;
    RiskColumn column = {0};
    SitoBuffer key = {0};
    RiskCell first = {.type = RISK_TEXT, .text = SITO_LITERAL("powod")};
    RiskCell other = {.type = RISK_TEXT, .text = SITO_LITERAL("inny powod")};
    assert_int_equal(risk_column_add(&column, &first, &key), SITO_OK);
    size_t size = column.bytes.size;
    column.bytes.size = RISK_MAX_VALUE_BYTES - 5; /* as if they were there */
    assert_int_equal(risk_column_add(&column, &other, &key), SITO_TOOBIG);
    assert_int_equal(risk_column_add(&column, &first, &key), SITO_OK);
    column.bytes.size = size;
    risk_column_free(&column);
    sito_buffer_free(&key);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_groups),
                                       cmocka_unit_test(test_most_rows),
                                       cmocka_unit_test(test_most_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
