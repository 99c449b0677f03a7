/*
** The word lists of ext/identity/lexicon.c and special.c are sorted, as their search needs.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "identity/lexicon.h"
#include "identity/special.h"

static void lists_are_sorted(void **state) {
    (void)state;
    assert_true(sito_lexicon_is_sorted());
    assert_true(sito_special_is_sorted());
    assert_true(sito_entity_is_sorted());
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_are_sorted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
