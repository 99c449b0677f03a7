/*
** A text that sito_may_hold_number sends home holds no number: the search, asked all the same, finds none.
** Random texts, put together from what numbers are made of and from what breaks them.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "identity/code.h"

static uint64_t state = 7;

static unsigned draw(unsigned below) {
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (unsigned)((z ^ (z >> 31)) % below);
}

static const char *const pieces[] = {"44051401359",
                                     "638 41 11",
                                     "500-600-700",
                                     "48",
                                     "5",
                                     "12",
                                     "123",
                                     "1234",
                                     "57193",
                                     "856-734-62-15",
                                     "ABA300000",
                                     "ABC",
                                     "DQ",
                                     "AE",
                                     "PL",
                                     "A",
                                     "LD1M/00012345/6",
                                     "GB29NWBK60161331926819",
                                     "PWZ",
                                     "nr",
                                     "rej.",
                                     "EL 12345",
                                     "tel.",
                                     "PESEL",
                                     "NIP",
                                     "dowód",
                                     "Zażółć",
                                     "Łódź",
                                     "ul.",
                                     "kto@gdzie.example",
                                     "@",
                                     " ",
                                     " ",
                                     "  ",
                                     ".",
                                     ",",
                                     "-",
                                     "/",
                                     "(",
                                     ")",
                                     "+",
                                     ":",
                                     ";",
                                     "_",
                                     "=",
                                     "#",
                                     "%",
                                     "\n",
                                     "\t",
                                     "\xC2\xA0",
                                     "\xC2\xAD",
                                     "\xE2\x80\x8B",
                                     "\xE2\x80\x93",
                                     "\xC3\x97",
                                     "\xC3\xB7",
                                     "\xC2\xB2",
                                     "\xEF\xBC\x91\xEF\xBC\x92",
                                     "\xF0\x9D\x9F\x8E",
                                     "\xD1\x8F",
                                     "\xC3",
                                     "\xC4",
                                     "\x80",
                                     "\xFF",
                                     "\xE2\x80",
                                     "ł",
                                     "Ś",
                                     "e",
                                     "m. 5"};

static void check(SitoText text, size_t *sent_home, size_t *found) {
    uint32_t shaped = 0, kinds = sito_search_numbers(text, &shaped);
    bool may = sito_may_hold_number(text);
    *sent_home += !may;
    *found += kinds != 0;
    if (!may && (kinds | shaped) != 0) {
        fail_msg("%.*s", (int)text.size, text.data);
    }
}

static void texts_of_pieces(void **unused) {
    (void)unused;
    size_t sent_home = 0, found = 0;
    for (int n = 0; n < 300000; n++) {
        char text[400];
        size_t size = 0;
        for (unsigned left = 1 + draw(6); left > 0; left--) {
            const char *piece = pieces[draw(sizeof pieces / sizeof *pieces)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        char *exact = malloc(size); /* so that a sanitizer sees what is read behind it */
        assert_non_null(exact);
        memcpy(exact, text, size);
        check((SitoText){exact, size}, &sent_home, &found);
        free(exact);
    }
    assert_true(sent_home > 20000);
    assert_true(found > 20000);
}

static void texts_of_bytes(void **unused) {
    (void)unused;
    static const unsigned char alphabet[] = {'A', 'B',  'z',  '0',  '7',  '9',  ' ', '-',
                                             '.', 0xC3, 0x97, 0xC4, 0x84, 0x80, 0xC2};
    size_t sent_home = 0, found = 0;
    for (int n = 0; n < 300000; n++) {
        char text[24];
        size_t size = draw(sizeof text);
        for (size_t i = 0; i < size; i++) {
            text[i] = (char)alphabet[draw(sizeof alphabet)];
        }
        check((SitoText){text, size}, &sent_home, &found);
    }
    assert_true(sent_home > 20000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_of_pieces),
                                       cmocka_unit_test(texts_of_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
