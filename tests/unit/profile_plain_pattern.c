/*
** A plain pattern answers as ICU does, on random patterns and random values of ASCII characters; and those
** that offices write are plain, while what is not plain is left to ICU.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include "profile/plain_pattern.h"

static uint64_t state = 11;

static unsigned draw(unsigned below) {
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (unsigned)((z ^ (z >> 31)) % below);
}

static void put(char *text, const char *piece) {
    size_t size = strlen(text);
    (void)snprintf(text + size, 200 - size, "%s", piece);
}

static void random_pattern(char *pattern) {
    static const char *const atoms[] = {
        "[0-9]", "[A-Z]",    "[a-c]",  "[0-9A-F]", "a",   "b",      "B", "0",
        "7",     "-",        "/",      "\\.",      "\\d", "\\-",    " ", ":",
        "[ab]",  "[0-3_./]", "[\\d.]", "[A-Za-z]", ",",   "[\\-a]", "(", ".",
        "[^a]",  "|",        "[]",     "[a-]",     "\\w", "@",      "]", "}"};
    static const char *const times[] = {"",      "",     "",      "",     "{2}",  "{3}",
                                        "{1,2}", "{2,}", "{0,1}", "?",    "+",    "*",
                                        "{0}",   "??",   "{2",    "{,2}", "{3,1}"};
    pattern[0] = 0;
    put(pattern, draw(2) ? "^" : "");
    for (unsigned left = 1 + draw(5); left > 0; left--) {
        put(pattern, atoms[draw(sizeof atoms / sizeof *atoms)]);
        put(pattern, times[draw(sizeof times / sizeof *times)]);
    }
    put(pattern, draw(2) ? "$" : "");
}

static void random_value(char *value) {
    static const char alphabet[] = "0123789abcABCFZ-/. :,_@]}\n";
    size_t size = draw(9);
    for (size_t i = 0; i < size; i++) {
        value[i] = alphabet[draw(sizeof alphabet - 1)];
    }
    value[size] = 0;
}

static bool icu_matches(URegularExpression *regex, const char *value) {
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[200];
    int32_t size = 0;
    u_strFromUTF8(wide, 200, &size, value, -1, &status);
    uregex_setText(regex, wide, size, &status);
    bool matches = uregex_matches(regex, 0, &status) != 0;
    assert_true(U_SUCCESS(status));
    return matches;
}

static void check(const char *pattern, const SitoPlainPattern *plain, size_t *matches) {
    UErrorCode status = U_ZERO_ERROR;
    URegularExpression *regex = uregex_openC(pattern, 0, NULL, &status);
    if (U_FAILURE(status)) {
        fail_msg("%s is plain, but no regular expression", pattern);
    }
    for (int n = 0; n < 200; n++) {
        char value[200];
        random_value(value);
        bool expected = icu_matches(regex, value);
        *matches += expected;
        if (sito_plain_pattern_matches(plain, (SitoText){value, strlen(value)}) != expected) {
            fail_msg("%s, \"%s\": ICU says %d", pattern, value, expected);
        }
    }
    uregex_close(regex);
}

static void answers_as_icu(void **unused) {
    (void)unused;
    size_t plain_ones = 0, matches = 0;
    for (int n = 0; n < 40000; n++) {
        char pattern[200];
        SitoPlainPattern plain;
        random_pattern(pattern);
        if (sito_plain_pattern_read((SitoText){pattern, strlen(pattern)}, &plain)) {
            plain_ones++;
            check(pattern, &plain, &matches);
        }
    }
    assert_true(plain_ones > 1000);
    assert_true(matches > 1000);
}

static void what_offices_write(void **unused) {
    (void)unused;
    static const struct {
        const char *pattern, *matching, *other;
    } cases[] = {{"^[0-9]{2}-[0-9]{3}$", "91-001", "91001"},
                 {"[0-9]{2}-[0-9]{3}", "91-001", "91-0011"},
                 {"^\\d{7}$", "1061011", "106101"},
                 {"^[A-Z]{2}-[0-9]{4}$", "AB-0001", "ab-0001"},
                 {"^OPS\\.[0-9]+\\.[0-9]{4}$", "OPS.12.2024", "OPS..2024"},
                 {"^[A-Za-z0-9_]+$", "a_B9", ""},
                 {"^#?$", NULL, NULL},
                 {"^[A-ZĄĆĘŁŃÓŚŹŻ]+$", NULL, NULL},
                 {"^(a|b)$", NULL, NULL},
                 {"^.*$", NULL, NULL},
                 {"^[0-9]*[0-9]$", NULL, NULL},
                 {"^a?a$", NULL, NULL},
                 {"", NULL, NULL},
                 {"^$", NULL, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SitoPlainPattern plain;
        SitoText pattern = {cases[i].pattern, strlen(cases[i].pattern)};
        bool is_plain = sito_plain_pattern_read(pattern, &plain);
        assert_int_equal(is_plain, cases[i].matching != NULL);
        if (is_plain) {
            SitoText yes = {cases[i].matching, strlen(cases[i].matching)};
            SitoText no = {cases[i].other, strlen(cases[i].other)};
            assert_true(sito_plain_pattern_matches(&plain, yes));
            assert_false(sito_plain_pattern_matches(&plain, no));
        }
    }
    assert_true(sito_plain_pattern_decides(SITO_LITERAL("91-001")));
    assert_false(sito_plain_pattern_decides(SITO_LITERAL("91-00\xD9\xA1")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_as_icu),
                                       cmocka_unit_test(what_offices_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
