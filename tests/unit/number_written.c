/*
** checks/common/number.c against ICU: plural forms and written numbers, in both languages.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "common/number.h"

static const char *const locales[] = {[SITO_PL] = "pl", [SITO_EN] = "en"};

static void plural_forms_are_those_of_icu(void **state) {
    (void)state;
    for (int language = SITO_PL; language <= SITO_EN; language++) {
        UErrorCode status = U_ZERO_ERROR;
        UPluralRules *rules = uplrules_open(locales[language], &status);
        for (double number = -30; number < 3000; number += 0.25) {
            UChar wide[16];
            char word[16];
            uplrules_select(rules, number, wide, 16, &status);
            u_UCharsToChars(wide, word, u_strlen(wide) + 1);
            assert_true(U_SUCCESS(status));
            assert_string_equal(sito_plural((SitoLanguage)language, number), word);
        }
        assert_string_equal(sito_plural((SitoLanguage)language, INFINITY), "other");
        assert_string_equal(sito_plural((SitoLanguage)language, NAN), "other");
        uplrules_close(rules);
    }
}

typedef int (*Writer)(SitoLanguage, double, SitoBuffer *);

static void compare(UNumberFormat *format, SitoLanguage language, Writer write, double number) {
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[400];
    char expected[1200];
    unum_formatDouble(format, number, wide, 400, NULL, &status);
    u_strToUTF8(expected, sizeof expected, NULL, wide, -1, &status);
    assert_true(U_SUCCESS(status));
    SitoBuffer out = {.limit = 2000};
    assert_int_equal(write(language, number, &out), SITO_OK);
    assert_int_equal(sito_buffer_add(&out, "", 1), SITO_OK);
    assert_string_equal(out.data, expected);
    sito_buffer_free(&out);
}

static void compare_all(UNumberFormatStyle style, int decimals, Writer write, double step) {
    for (int language = SITO_PL; language <= SITO_EN; language++) {
        UErrorCode status = U_ZERO_ERROR;
        UNumberFormat *format = unum_open(style, NULL, 0, locales[language], NULL, &status);
        assert_true(U_SUCCESS(status));
        unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, decimals);
        unum_setAttribute(format, UNUM_MINIMUM_GROUPING_DIGITS, UNUM_MINIMUM_GROUPING_DIGITS_AUTO);
        for (double number = step; number < 1e9; number = number * 1.37 + step) {
            compare(format, (SitoLanguage)language, write, number);
            compare(format, (SitoLanguage)language, write, -number);
            compare(format, (SitoLanguage)language, write, floor(number));
        }
        compare(format, (SitoLanguage)language, write, 0);
        compare(format, (SitoLanguage)language, write, INFINITY);
        unum_close(format);
    }
}

static void numbers_are_written_as_icu_does(void **state) {
    (void)state;
    compare_all(UNUM_DECIMAL, 6, sito_write_number, 0.0123);
}

static void shares_are_written_as_icu_does(void **state) {
    (void)state;
    compare_all(UNUM_PERCENT, 1, sito_write_percent, 0.000777);
}

static void integers_are_exact(void **state) {
    (void)state;
    SitoBuffer out = {.limit = 2000};
    assert_int_equal(sito_write_integer(SITO_EN, INT64_MIN, &out), SITO_OK);
    assert_int_equal(sito_buffer_add(&out, "", 1), SITO_OK);
    assert_string_equal(out.data, "-9,223,372,036,854,775,808");
    sito_buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plural_forms_are_those_of_icu),
        cmocka_unit_test(numbers_are_written_as_icu_does),
        cmocka_unit_test(shares_are_written_as_icu_does),
        cmocka_unit_test(integers_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
