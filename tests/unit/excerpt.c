/*
** Masked records (checks/runner/excerpt.h, R1).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runner/excerpt.h"

/* record, delimiter, column: "masked" and, below it, blanks and carets */
static void expect(const char *record, char delimiter, size_t column, const char *masked,
                   size_t caret, size_t width) {
    SitoExcerpt excerpt;
    SitoText text = {record, strlen(record)};
    assert_int_equal(sito_excerpt_make(text, delimiter, '"', column, &excerpt), SITO_OK);
    assert_int_equal(sito_buffer_add(&excerpt.text, "", 1), SITO_OK);
    assert_string_equal(excerpt.text.data, masked);
    assert_int_equal(excerpt.width, width);
    if (width > 0) {
        assert_int_equal(excerpt.caret, caret);
    }
    sito_buffer_free(&excerpt.text);
}

static void test_letters_and_digits(void **state) {
    (void)state;
    expect("Kowalska;44651401359;Łódź, ul. Zmyślona 3\r\n", ';', 2,
           "aaaaaaaa;99999999999;aaaa, aa. aaaaaa…", 9, 11);
}

static void test_the_first_and_the_last_cell(void **state) {
    (void)state;
    expect("a,1", ',', 1, "a,9", 0, 1);
    expect("a,1", ',', 2, "a,9", 2, 1);
}

static void test_an_empty_cell_has_a_caret(void **state) {
    (void)state;
    expect("a;;1", ';', 2, "a;;9", 2, 1);
    expect("a;", ';', 2, "a;", 2, 1);
}

static void test_a_cell_that_is_not_there(void **state) {
    (void)state;
    expect("a;1", ';', 3, "a;9", 0, 0);
    expect("a;1", ';', 0, "a;9", 0, 0);
}

static void test_delimiters_in_quotes_are_text(void **state) {
    (void)state;
    expect("\"Ala; kot\";7", ';', 2, "\"aaa; aaa\";9", 11, 1);
    expect("\"dwa\nwiersze\";7", ';', 2, "\"aaa aaaaaaa\";9", 14, 1);
}

static void test_a_tab_is_a_blank(void **state) {
    (void)state;
    expect("a\t12", '\t', 2, "a 99", 2, 2);
}

static void test_a_long_record_is_cut_on_both_sides(void **state) {
    (void)state;
    char record[200] = {0};
    for (int i = 0; i < 90; i++) {
        memcpy(record + 2 * i, i == 45 ? "7;" : "x;", 2);
    }
    SitoExcerpt excerpt;
    SitoText text = {record, strlen(record)};
    assert_int_equal(sito_excerpt_make(text, ';', '"', 46, &excerpt), SITO_OK);
    assert_true(excerpt.text.size < 70);
    assert_int_equal(excerpt.width, 1);
    assert_memory_equal(excerpt.text.data, "\xE2\x80\xA6", 3);
    /* the mark of the cut is one character of three bytes */
    assert_int_equal(excerpt.text.data[excerpt.caret + 2], '9');
    sito_buffer_free(&excerpt.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_and_digits),
        cmocka_unit_test(test_the_first_and_the_last_cell),
        cmocka_unit_test(test_an_empty_cell_has_a_caret),
        cmocka_unit_test(test_a_cell_that_is_not_there),
        cmocka_unit_test(test_delimiters_in_quotes_are_text),
        cmocka_unit_test(test_a_tab_is_a_blank),
        cmocka_unit_test(test_a_long_record_is_cut_on_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
