/*
** UTF-8, names of tables, near words (ext/base/text.c, names.c). The UTF-8 cases are those of the
** Unicode Standard 15, table 3-7 and the examples of its section 3.9.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sito.h"

static void well_formed_utf8_is_accepted_whole(void **state) {
    (void)state;
    static const SitoText texts[] = {
        {"", 0},
        {"a\0b", 3},
        {"\x7F", 1},
        {"\xC2\x80\xDF\xBF", 4},
        {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", 12},
        {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 8},
    };
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        assert_int_equal(sito_utf8_valid(texts[i]), texts[i].size);
    }
}

static void ill_formed_utf8_ends_the_valid_part(void **state) {
    (void)state;
    static const SitoText tails[] = {
        {"\x80", 1},             /* a continuation alone */
        {"\xC0\xAF", 2},         /* overlong */
        {"\xC1\xBF", 2},         /* overlong */
        {"\xE0\x9F\xBF", 3},     /* overlong */
        {"\xED\xA0\x80", 3},     /* a surrogate */
        {"\xF0\x8F\xBF\xBF", 4}, /* overlong */
        {"\xF4\x90\x80\x80", 4}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 4},
        {"\xFF", 1},
        {"\xC5", 1},     /* cut short */
        {"\xE2\x82", 2}, /* cut short */
        {"\xF0\x9F\x98", 3},
        {"\xC5z", 2},
    };
    for (size_t i = 0; i < SITO_COUNT(tails); i++) {
        char whole[8] = "\xC5\x82"; /* ł */
        memcpy(whole + 2, tails[i].data, tails[i].size);
        assert_int_equal(sito_utf8_valid((SitoText){whole, 2 + tails[i].size}), 2);
    }
}

static void every_code_point_survives_encoding_and_decoding(void **state) {
    (void)state;
    for (uint32_t codepoint = 0; codepoint < 0x110000; codepoint++) {
        if (codepoint == 0xD800) {
            codepoint = 0xE000;
        }
        char bytes[4];
        size_t length = sito_utf8_encode(codepoint, bytes), position = 0;
        SitoText text = {bytes, length};
        assert_int_equal(sito_utf8_valid(text), length);
        assert_int_equal(sito_utf8_next(text, &position), codepoint);
        assert_int_equal(position, length);
    }
}

static void an_ill_formed_byte_is_one_replacement_character(void **state) {
    (void)state;
    SitoText text = SITO_LITERAL("\xFFz\xC5");
    size_t position = 0;
    assert_int_equal(sito_utf8_next(text, &position), 0xFFFD);
    assert_int_equal(position, 1);
    assert_int_equal(sito_utf8_next(text, &position), 'z');
    assert_int_equal(sito_utf8_next(text, &position), 0xFFFD);
    assert_int_equal(position, 3);
}

static void case_is_ignored_in_ascii_alone(void **state) {
    (void)state;
    assert_true(sito_text_equal_nocase(SITO_LITERAL("PeSeL"), SITO_LITERAL("pEsEl")));
    assert_false(sito_text_equal_nocase(SITO_LITERAL("Ł"), SITO_LITERAL("ł")));
    assert_false(sito_text_equal_nocase(SITO_LITERAL("@"), SITO_LITERAL("`")));
    assert_false(sito_text_equal(SITO_LITERAL("a"), SITO_LITERAL("a\0")));
    assert_true(sito_text_equal((SitoText){NULL, 0}, SITO_LITERAL("")));
}

static void a_slip_finds_the_word_that_was_meant(void **state) {
    (void)state;
    static const char *const words[] = {"filename", "delimiter", "quote", "encoding"};
    size_t n = SITO_COUNT(words);
    assert_string_equal(sito_nearest(SITO_LITERAL("delimeter"), words, n), "delimiter");
    assert_string_equal(sito_nearest(SITO_LITERAL("FILENAEM"), words, n), "filename");
    assert_string_equal(sito_nearest(SITO_LITERAL("quote"), words, n), "quote");
    assert_null(sito_nearest(SITO_LITERAL("zupa"), words, n));
    assert_null(sito_nearest(SITO_LITERAL("anything"), words, 0));
}

static void assert_name(const char *text, const char *schema, const char *table,
                        const char *quoted) {
    SitoName name;
    char *error = NULL;
    assert_int_equal(sito_name_parse((SitoText){text, strlen(text)}, &name, &error), SITO_OK);
    if (schema == NULL) {
        assert_null(name.schema);
    } else {
        assert_string_equal(name.schema, schema);
    }
    assert_string_equal(name.table, table);
    assert_string_equal(name.quoted, quoted);
    assert_null(error);
    sito_name_free(&name);
}

static void names_of_tables_are_parsed_and_quoted_anew(void **state) {
    (void)state;
    assert_name("t", NULL, "t", "\"t\"");
    assert_name("temp.t", "temp", "t", "\"temp\".\"t\"");
    assert_name("\"od d\".\"x;y\"", "od d", "x;y", "\"od d\".\"x;y\"");
    assert_name("\"a\"\"b\"", NULL, "a\"b", "\"a\"\"b\"");
    assert_name("[a b].`c``d`", "a b", "c`d", "\"a b\".\"c`d\"");
    assert_name("zgłoszenia", NULL, "zgłoszenia", "\"zgłoszenia\"");
    assert_name("\"a.b\"", NULL, "a.b", "\"a.b\"");
}

static void what_is_not_one_name_is_refused(void **state) {
    (void)state;
    const SitoText texts[] = {
        SITO_LITERAL(""),         SITO_LITERAL("."),       SITO_LITERAL("a."),
        SITO_LITERAL(".a"),       SITO_LITERAL("a.b.c"),   SITO_LITERAL("a b"),
        SITO_LITERAL("a;b"),      SITO_LITERAL("\"a"),     SITO_LITERAL("\"a\"b"),
        SITO_LITERAL("t; DROP"),  SITO_LITERAL("a\0b"),    SITO_LITERAL("\"a\0\""),
        SITO_LITERAL("\xFF"),     SITO_LITERAL("t--"),     SITO_LITERAL("t(1)"),
        SITO_LITERAL("[a]b].[c"), SITO_LITERAL("'quoted"),
    };
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        SitoName name;
        char *error = NULL;
        assert_int_equal(sito_name_parse(texts[i], &name, &error), SITO_ERROR);
        assert_non_null(error);
        assert_null(name.table);
        sito_free(error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_utf8_is_accepted_whole),
        cmocka_unit_test(ill_formed_utf8_ends_the_valid_part),
        cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
        cmocka_unit_test(an_ill_formed_byte_is_one_replacement_character),
        cmocka_unit_test(case_is_ignored_in_ascii_alone),
        cmocka_unit_test(a_slip_finds_the_word_that_was_meant),
        cmocka_unit_test(names_of_tables_are_parsed_and_quoted_anew),
        cmocka_unit_test(what_is_not_one_name_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
