/*
** ext/csv/encoding_core.c against ICU's converters, and what it says of lost letters.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ucnv.h>

#include "csv/encoding_core.h"

/* Every byte beyond ASCII, as ICU has it. (IBM 852 of ICU moves three controls of ASCII.) */
static void tables_are_those_of_icu(void **state) {
    (void)state;
    static const struct {
        SitoEncoding encoding;
        const char *icu;
    } encodings[] = {{SITO_WINDOWS_1250, "windows-1250"},
                     {SITO_ISO_8859_2, "ISO-8859-2"},
                     {SITO_CP852, "ibm-852"}};
    for (size_t e = 0; e < SITO_COUNT(encodings); e++) {
        UErrorCode status = U_ZERO_ERROR;
        UConverter *converter = ucnv_open(encodings[e].icu, &status);
        assert_true(U_SUCCESS(status));
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
        for (int byte = 0x80; byte < 0x100; byte++) {
            char in = (char)byte;
            UChar unit = 0;
            bool odd;
            status = U_ZERO_ERROR;
            ucnv_reset(converter);
            ucnv_toUChars(converter, &unit, 1, &in, 1, &status);
            bool known = U_SUCCESS(status) && unit != 0xFFFD && !(unit >= 0x80 && unit < 0xA0);
            if (encodings[e].encoding == SITO_CP852 && byte == 0xAA) {
                unit = 0xAC; /* NOT SIGN in Microsoft's and Unicode's table, nothing in ICU's */
                known = true;
            }
            SitoText text = {.data = &in, .size = 1};
            assert_int_equal(sito_encoding_valid(encodings[e].encoding, text, &odd), known);
            SitoBuffer out = {0};
            char expected[4];
            size_t size = sito_utf8_encode(known ? unit : 0xFFFD, expected);
            assert_int_equal(sito_encoding_convert(encodings[e].encoding, text, &out), SITO_OK);
            assert_int_equal(out.size, size);
            assert_memory_equal(out.data, expected, size);
            sito_buffer_free(&out);
        }
        ucnv_close(converter);
    }
}

/* Each Polish letter, encoded as UTF-8, read as windows-1250 and as windows-1252 by ICU, is seen.
** */
static void double_encoding_is_seen(void **state) {
    (void)state;
    static const char *const letters[] = {"ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż",
                                          "Ą", "Ć", "Ę", "Ł", "Ń", "Ó", "Ś", "Ź", "Ż"};
    static const char *const readings[] = {"windows-1250", "windows-1252"};
    for (size_t r = 0; r < SITO_COUNT(readings); r++) {
        UErrorCode status = U_ZERO_ERROR;
        UConverter *converter = ucnv_open(readings[r], &status);
        assert_true(U_SUCCESS(status));
        for (size_t i = 0; i < SITO_COUNT(letters); i++) {
            UChar units[4];
            char twice[16] = "";
            size_t size = 0, valid, length;
            bool odd;
            status = U_ZERO_ERROR;
            int32_t n = ucnv_toUChars(converter, units, 4, letters[i], 2, &status);
            assert_int_equal(n, 2);
            for (int32_t u = 0; u < n; u++) {
                uint32_t c = units[u] == 0xFFFD ? (unsigned char)letters[i][u] : units[u];
                size += sito_utf8_encode(c, twice + size);
            }
            SitoText text = {.data = twice, .size = size};
            valid = sito_encoding_valid(SITO_UTF_8, text, &odd);
            assert_int_equal(valid, 0);
            assert_true(odd);
            assert_int_equal(sito_encoding_odd(text, &length), SITO_CSV_DOUBLE_ENCODED);
            text = (SitoText){.data = letters[i], .size = 2}; /* and the letter itself is fine */
            assert_int_equal(sito_encoding_valid(SITO_UTF_8, text, &odd), 2);
            assert_false(odd);
        }
        ucnv_close(converter);
    }
}

/* The validator agrees with base's on all sequences of up to three bytes that begin outside ASCII,
** but for the odd characters. */
static void validity_is_that_of_base(void **state) {
    (void)state;
    for (unsigned lead = 0x80; lead < 0x100; lead++) {
        for (unsigned second = 0; second < 0x100; second += 3) {
            for (unsigned third = 0; third < 0x100; third += 7) {
                char bytes[] = {(char)lead, (char)second, (char)third, 'x'};
                SitoText text = {.data = bytes, .size = sizeof bytes};
                bool odd;
                size_t valid = sito_encoding_valid(SITO_UTF_8, text, &odd);
                assert_true(odd || valid == sito_utf8_valid(text));
            }
        }
    }
}

static SitoEncodingGuess guess(const char *bytes, size_t size, size_t piece) {
    SitoEncodingCount count = {0};
    for (size_t i = 0; i < size; i += piece) {
        size_t left = size - i;
        sito_encoding_feed(&count,
                           (SitoText){.data = bytes + i, .size = left < piece ? left : piece});
    }
    return sito_encoding_guess(&count);
}

/* Which of the six letters decide, alone among bytes that both encodings share. */
static void one_letter_decides(void **state) {
    (void)state;
    static const char cp1250[] = "\xb9\x9c\x9f\xa5\x8c\x8f", iso[] = "\xb1\xb6\xbc\xa1\xa6\xac";
    for (size_t i = 0; i < 6; i++) {
        char text[] = "za\xbf\xf3\xb3\xe6 ?";
        text[sizeof text - 2] = cp1250[i];
        assert_int_equal(guess(text, sizeof text - 1, 3).encoding, SITO_WINDOWS_1250);
        text[sizeof text - 2] = iso[i];
        assert_int_equal(guess(text, sizeof text - 1, 1).encoding, SITO_ISO_8859_2);
    }
}

static void pieces_do_not_matter(void **state) {
    (void)state;
    static const char text[] = "Zażółć gęślą jaźń – „cytat” 🦉\n";
    for (size_t piece = 1; piece < 9; piece++) {
        SitoEncodingGuess g = guess(text, sizeof text - 1, piece);
        assert_int_equal(g.encoding, SITO_UTF_8);
        assert_non_null(strstr(g.evidence, "13 well-formed"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_icu),  cmocka_unit_test(double_encoding_is_seen),
        cmocka_unit_test(validity_is_that_of_base), cmocka_unit_test(one_letter_decides),
        cmocka_unit_test(pieces_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
