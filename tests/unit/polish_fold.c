/*
** sito_polish_fold (ext/polish/fold.c): requirements R1 to R4.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "polish/polish.h"

static void check(const char *in, size_t in_size, const char *expected, size_t expected_size) {
    SitoBuffer out = {0};
    assert_int_equal(sito_polish_fold((SitoText){in, in_size}, &out), SITO_OK);
    assert_int_equal(out.size, expected_size);
    if (expected_size > 0) {
        assert_memory_equal(out.data, expected, expected_size);
    }
    /* R2 */
    SitoBuffer again = {0};
    assert_int_equal(sito_polish_fold((SitoText){out.data, out.size}, &again), SITO_OK);
    assert_int_equal(again.size, out.size);
    if (out.size > 0) {
        assert_memory_equal(again.data, out.data, out.size);
    }
    sito_buffer_free(&out);
    sito_buffer_free(&again);
}

#define CHECK(in, expected) check(in, sizeof(in) - 1, expected, sizeof(expected) - 1)

static void folds_case_and_trims(void **state) {
    (void)state;
    CHECK("HIV", "hiv");
    CHECK(" \t hiv\r\n", "hiv");
    CHECK("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zażółć gęślą jaźń");
    CHECK("a  b", "a  b");
    CHECK("", "");
    CHECK("   ", "");
}

static void follows_nfkc_casefold(void **state) {
    (void)state;
    CHECK("\xEF\xBC\xA8\xEF\xBC\xA9\xEF\xBC\xB6", "hiv"); /* full-width letters */
    CHECK("\xC2\xA0hiv\xE2\x80\x89\xE3\x80\x80", "hiv");  /* no-break, thin, ideographic */
    CHECK("\xE2\x80\x8Bh\xC2\xADi\xEF\xBB\xBFv", "hiv");  /* zero width, soft hyphen, BOM */
    CHECK("Stra\xC3\x9F"
          "e",
          "strasse");               /* full folding */
    CHECK("n\xCC\x81", "\xC5\x84"); /* n + acute composes */
    CHECK("\xEF\xAC\x81", "fi");    /* ligature */
    CHECK("\xC3\x84", "\xC3\xA4");
    CHECK("\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83"); /* both sigmas are one */
}

static void keeps_nul_and_marks_ill_formed_bytes(void **state) {
    (void)state;
    CHECK("A\0B", "a\0b");
    CHECK("a\xFF", "a\xEF\xBF\xBD");
    CHECK("a\xC5", "a\xEF\xBF\xBD");
}

/* R3: an Ó in front of anything that ICU must look at gives the same as the plain path. */
static void plain_path_equals_icu(void **state) {
    (void)state;
    static const char *const letters[] = {"ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż",
                                          "Ą", "Ć", "Ę", "Ł", "Ń", "Ó", "Ś", "Ź", "Ż"};
    for (size_t i = 0; i < SITO_COUNT(letters); i++) {
        for (int c = 0; c < 128; c++) {
            char plain[16], mixed[32];
            size_t size = strlen(letters[i]);
            memcpy(plain, letters[i], size);
            plain[size] = (char)c;
            memcpy(plain + size + 1, "x", 1);
            memcpy(mixed, plain, size + 2);
            memcpy(mixed + size + 2, "\xC3\x9F", 2); /* ß: ICU, becomes ss */
            SitoBuffer a = {0}, b = {0};
            assert_int_equal(sito_polish_fold((SitoText){plain, size + 2}, &a), SITO_OK);
            assert_int_equal(sito_polish_fold((SitoText){mixed, size + 4}, &b), SITO_OK);
            assert_int_equal(b.size, a.size + 2);
            assert_memory_equal(a.data, b.data, a.size);
            sito_buffer_free(&a);
            sito_buffer_free(&b);
        }
    }
}

static void appends_and_copes_with_length(void **state) {
    (void)state;
    SitoBuffer out = {0};
    assert_int_equal(sito_buffer_add(&out, "key=", 4), SITO_OK);
    assert_int_equal(sito_polish_fold(SITO_LITERAL(" Łódź "), &out), SITO_OK);
    assert_int_equal(out.size, 11);
    assert_memory_equal(out.data, "key=łódź", 11);
    sito_buffer_free(&out);

    /* U+FDFA becomes 18 characters: longer than any room on the stack, and than the input */
    enum { N = 2000 };
    char *many = malloc((size_t)N * 3);
    assert_non_null(many);
    for (size_t i = 0; i < N; i++) {
        memcpy(many + 3 * i, "\xEF\xB7\xBA", 3);
    }
    assert_int_equal(sito_polish_fold((SitoText){many, (size_t)N * 3}, &out), SITO_OK);
    assert_int_equal(out.size, (size_t)N * 33); /* 15 Arabic letters of 2 bytes and 3 spaces */
    sito_buffer_free(&out);
    SitoBuffer narrow = {.limit = 10};
    assert_int_equal(sito_polish_fold((SitoText){many, (size_t)N * 3}, &narrow), SITO_TOOBIG);
    sito_buffer_free(&narrow);
    free(many);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_case_and_trims),
        cmocka_unit_test(follows_nfkc_casefold),
        cmocka_unit_test(keeps_nul_and_marks_ill_formed_bytes),
        cmocka_unit_test(plain_path_equals_icu),
        cmocka_unit_test(appends_and_copes_with_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
