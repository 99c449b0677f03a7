/*
** checks/runner/message.c: patterns, Polish and English plural forms, numbers, slips.
** The Polish forms are those of CLDR's plural rules for pl (cardinal).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runner/rule.h"

#define NBSP "\xC2\xA0"
#define DASH "\xE2\x80\x93"

static void expect_values(SitoLanguage language, const char *pattern,
                          const SitoMessageValue *values, size_t count, const char *expected) {
    SitoBuffer out = {.limit = 10000};
    char *error = NULL;
    int rc = sito_message_format(language, pattern, values, count, &out, &error);
    assert_null(error);
    assert_int_equal(rc, SITO_OK);
    assert_int_equal(sito_buffer_add(&out, "", 1), SITO_OK);
    assert_string_equal(out.data, expected);
    sito_buffer_free(&out);
}

static void expect(SitoLanguage language, const char *pattern, double n, const char *expected) {
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_REAL, .real = n};
    if (n == (double)(int64_t)n) {
        value = (SitoMessageValue){.name = "n", .type = SITO_VALUE_INTEGER, .integer = (int64_t)n};
    }
    expect_values(language, pattern, &value, 1, expected);
}

static void expect_slip(SitoLanguage language, const char *pattern, const char *part) {
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = 1};
    SitoBuffer out = {.limit = 10000};
    char *error = NULL;
    assert_int_equal(sito_message_format(language, pattern, &value, 1, &out, &error), SITO_ERROR);
    assert_non_null(error);
    assert_non_null(strstr(error, part));
    assert_int_equal(out.size, 0);
    sito_free(error);
    sito_buffer_free(&out);
}

static const char *const records =
    "{n, plural, one {# rekord jest} few {# rekordy są} many {# rekordów jest} "
    "other {# rekordu jest}} w grupach";

static void polish_has_four_forms(void **state) {
    (void)state;
    expect(SITO_PL, records, 1, "1 rekord jest w grupach");
    expect(SITO_PL, records, 2, "2 rekordy są w grupach");
    expect(SITO_PL, records, 5, "5 rekordów jest w grupach");
    expect(SITO_PL, records, 12, "12 rekordów jest w grupach");
    expect(SITO_PL, records, 22, "22 rekordy są w grupach");
    expect(SITO_PL, records, 112, "112 rekordów jest w grupach");
    expect(SITO_PL, records, 0, "0 rekordów jest w grupach");
    expect(SITO_PL, records, 1.5, "1,5 rekordu jest w grupach");
    expect(SITO_PL, records, 21, "21 rekordów jest w grupach");
    expect(SITO_PL, records, 20000, "20" NBSP "000 rekordów jest w grupach");
}

static void english_has_two_forms(void **state) {
    (void)state;
    const char *pattern = "{n, plural, one {# record is} other {# records are}} small";
    expect(SITO_EN, pattern, 1, "1 record is small");
    expect(SITO_EN, pattern, 2, "2 records are small");
    expect(SITO_EN, pattern, 0, "0 records are small");
    expect(SITO_EN, pattern, 1.5, "1.5 records are small");
    expect(SITO_EN, pattern, 4980, "4,980 records are small");
}

static void exact_number_wins_over_its_form(void **state) {
    (void)state;
    const char *pattern = "{n, plural, other {#} one {jeden} few {kilka} many {wiele} =2 {para}}";
    expect(SITO_PL, pattern, 2, "para");
    expect(SITO_PL, pattern, 3, "kilka");
    expect(SITO_PL, pattern, 1, "jeden");
}

static void numbers_are_written_as_the_language_writes_them(void **state) {
    (void)state;
    expect(SITO_PL, "{n}", 0.3, "0,3");
    expect(SITO_EN, "{n}", 0.3, "0.3");
    expect(SITO_PL, "{n}", 1234567.5, "1" NBSP "234" NBSP "567,5");
    expect(SITO_EN, "{n, number}", 1234567.5, "1,234,567.5");
    expect(SITO_EN, "{n, number, percent}", 0.805, "80.5%");
    expect(SITO_PL, "{n, number, percent}", 0.8, "80%");
    expect(SITO_PL, "{n}", 4980, "4980");
    SitoMessageValue big = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = INT64_MAX};
    expect_values(SITO_EN, "{n}", &big, 1, "9,223,372,036,854,775,807");
}

static void null_is_a_dash_and_other(void **state) {
    (void)state;
    SitoMessageValue null = {.name = "n", .type = SITO_VALUE_NULL};
    expect_values(SITO_EN, "{n} {n, number} {n, plural, one {a} other {# b}}", &null, 1,
                  DASH " " DASH " " DASH " b");
    expect_values(SITO_EN, "{n, select, x {a} other {b}}", &null, 1, "b");
}

static void text_stands_as_it_is(void **state) {
    (void)state;
    const SitoMessageValue values[] = {
        {.name = "field", .type = SITO_VALUE_TEXT, .text = SITO_LITERAL("{a} # 'b'")},
        {.name = "n", .type = SITO_VALUE_INTEGER, .integer = 2}};
    expect_values(SITO_PL, "kolumna „{field}”", values, 2, "kolumna „{a} # 'b'”");
    expect_values(SITO_EN, "{n, plural, one {{field}} other {# in {field}}}", values, 2,
                  "2 in {a} # 'b'");
}

static void select_takes_the_word_or_other(void **state) {
    (void)state;
    const char *pattern = "{what, select, missing {brak} extra {nadmiar: {n}} other {inne}}";
    SitoMessageValue values[] = {
        {.name = "what", .type = SITO_VALUE_TEXT, .text = SITO_LITERAL("extra")},
        {.name = "n", .type = SITO_VALUE_INTEGER, .integer = 3}};
    expect_values(SITO_PL, pattern, values, 2, "nadmiar: 3");
    values[0].text = SITO_LITERAL("moved");
    expect_values(SITO_PL, pattern, values, 2, "inne");
}

static void plurals_nest(void **state) {
    (void)state;
    const SitoMessageValue values[] = {{.name = "a", .type = SITO_VALUE_INTEGER, .integer = 1},
                                       {.name = "b", .type = SITO_VALUE_INTEGER, .integer = 5}};
    expect_values(SITO_EN,
                  "{a, plural, one {# row and {b, plural, one {# column} other {# columns}}, # all}"
                  " other {#}}",
                  values, 2, "1 row and 5 columns, 1 all");
}

static void apostrophes_are_as_in_icu(void **state) {
    (void)state;
    expect(SITO_EN, "it's {n}", 1, "it's 1");
    expect(SITO_EN, "it''s", 1, "it's");
    expect(SITO_EN, "'{n}' is {n}", 1, "{n} is 1");
    expect(SITO_EN, "'{it''s}'", 1, "{it's}");
    expect(SITO_EN, "{n, plural, one {'#' #} other {'#}' #}}", 1, "# 1");
    expect(SITO_EN, "{n, plural, one {'#' #} other {'#}' #}}", 2, "#} 2");
    expect(SITO_EN, "# '#'", 1, "# '#'");
}

static void slips_are_errors(void **state) {
    (void)state;
    expect_slip(SITO_EN, "{m}", "no value 'm'");
    expect_slip(SITO_EN, "{n", "expected }");
    expect_slip(SITO_EN, "n}", "closes nothing");
    expect_slip(SITO_EN, "{}", "expected a name");
    expect_slip(SITO_EN, "{n, date}", "number, plural or select");
    expect_slip(SITO_EN, "{n, number, currency}", "plain or percent");
    expect_slip(SITO_EN, "{n, plural, one {a}}", "lacks a form");
    expect_slip(SITO_PL, "{n, plural, one {a} other {b}}", "lacks a form");
    expect_slip(SITO_EN, "{n, plural, one {a} othr {b} other {c}}", "not a plural form");
    expect_slip(SITO_EN, "{n, plural, =x {a} one {a} other {b}}", "= takes an integer");
    expect_slip(SITO_EN, "{n, plural, one {a} other {{m}}}", "no value 'm'");
    expect_slip(SITO_EN, "{n, select, a {b}}", "lacks other");
    expect_slip(SITO_EN, "{n, plural, one a other {b}}", "expected {");
    expect_slip(SITO_EN,
                "{n,select,other{{n,select,other{{n,select,other{{n,select,other{"
                "{n,select,other{{n,select,other{{n,select,other{x}}}}}}}}}}}}}}",
                "too deeply");
    const SitoMessageValue text = {
        .name = "n", .type = SITO_VALUE_TEXT, .text = SITO_LITERAL("many")};
    SitoBuffer out = {.limit = 100};
    char *error = NULL;
    assert_int_equal(
        sito_message_format(SITO_EN, "{n, plural, one {a} other {b}}", &text, 1, &out, &error),
        SITO_ERROR);
    sito_free(error);
    sito_buffer_free(&out);
}

static void check_needs_no_values(void **state) {
    (void)state;
    char *error = NULL;
    assert_int_equal(sito_message_check(SITO_PL, records, &error), SITO_OK);
    assert_int_equal(sito_message_check(SITO_EN, "{a} {b, select, x {{c}} other {}}", &error),
                     SITO_OK);
    assert_null(error);
    assert_int_equal(sito_message_check(SITO_EN, "{a", &error), SITO_ERROR);
    assert_non_null(error);
    sito_free(error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polish_has_four_forms),
        cmocka_unit_test(english_has_two_forms),
        cmocka_unit_test(exact_number_wins_over_its_form),
        cmocka_unit_test(numbers_are_written_as_the_language_writes_them),
        cmocka_unit_test(null_is_a_dash_and_other),
        cmocka_unit_test(text_stands_as_it_is),
        cmocka_unit_test(select_takes_the_word_or_other),
        cmocka_unit_test(plurals_nest),
        cmocka_unit_test(apostrophes_are_as_in_icu),
        cmocka_unit_test(slips_are_errors),
        cmocka_unit_test(check_needs_no_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
