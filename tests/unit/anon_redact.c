/*
** Redaction's words (redact_lexicon_core.c) and the cases of names (redact_known_core.c). The declensions are those of
** Polish grammars.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "anonymise/redact_known.h"
#include "anonymise/redact_words.h"

static void list_is_sorted(void **state) {
    (void)state;
    assert_true(anon_lexicon_is_sorted());
}

static int is_case_of(const char *one, const char *other) {
    AnonKnown known = {.count = 0};
    assert_int_equal(anon_known_add(&known, one, KNOWN_PRIVATE, 0), SITO_OK);
    int same = anon_known_find(&known, other).key != 0;
    anon_known_free(&known);
    return same;
}

static void cases_of_one_name_are_known(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"kowalski", "kowalskiego"},
                                           {"kowalska", "kowalską"},
                                           {"kowalski", "kowalscy"},
                                           {"nowak", "nowakowi"},
                                           {"nowak", "nowakówna"},
                                           {"nowak", "nowakównie"},
                                           {"nowak", "nowaków"},
                                           {"dudek", "dudka"},
                                           {"dudek", "dudkiem"},
                                           {"duda", "dudzie"},
                                           {"zięba", "ziębie"},
                                           {"sikora", "sikorze"},
                                           {"konopka", "konopce"},
                                           {"mucha", "musze"},
                                           {"gołota", "gołocie"},
                                           {"matejko", "matejki"},
                                           {"kozieł", "kozła"},
                                           {"gołąb", "gołębia"},
                                           {"kwiecień", "kwietnia"},
                                           {"król", "króla"},
                                           {"wieniec", "wieńca"},
                                           {"szczęsny", "szczęsnego"},
                                           {"konieczna", "koniecznej"},
                                           {"wrona", "wroną"},
                                           {"pająk", "pająkiem"},
                                           {"lis", "lisem"},
                                           {"kot", "kocie"},
                                           {"zając", "zającowi"},
                                           {"wójcik", "wójcika"},
                                           {"mazur", "mazurze"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!is_case_of(cases[i][0], cases[i][1])) {
            print_error("%s, %s\n", cases[i][0], cases[i][1]);
        }
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(is_case_of(cases[i][0], cases[i][1]));
        assert_true(is_case_of(cases[i][1], cases[i][0]));
    }
}

static void other_names_are_not(void **state) {
    (void)state;
    static const char *const others[][2] = {
        {"nowak", "nowicki"}, {"lis", "lisowski"},   {"wilk", "wilczek"},   {"duda", "dudek"},
        {"kot", "kotarski"},  {"król", "królik"},    {"kowalski", "kowal"}, {"mazur", "mazurek"},
        {"jan", "janina"},    {"zając", "zabłocki"}, {"wójcik", "wojtas"},  {"baran", "barański"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(is_case_of(others[i][0], others[i][1]));
    }
}

static void first_names_tell_people_apart(void **state) {
    (void)state;
    AnonKnown known = {.count = 0};
    assert_int_equal(anon_known_add_pair(&known, "paweł", "kowalski", KNOWN_STAYS, 0), SITO_OK);
    assert_true(anon_known_find_pair(&known, "pawła", "kowalskiego").key != 0);
    assert_true(anon_known_find_pair(&known, "jan", "kowalski").key == 0);
    assert_true(anon_known_find_pair(&known, "paweł", "nowak").key == 0);
    anon_known_free(&known);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_is_sorted), cmocka_unit_test(cases_of_one_name_are_known),
        cmocka_unit_test(other_names_are_not), cmocka_unit_test(first_names_tell_people_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
