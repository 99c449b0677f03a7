/*
** Primary rules (ext/tables/primary.h): bounds met exactly, signs, facts that are not known. The shares
** are held against a count of contributions one by one.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tables/primary.h"

/* The facts of a cell made of these contributions. */
static TablesFacts cell(const int64_t *contributions, int count) {
    TablesFacts facts = {.contributors = count, .row = -1, .all_known = true};
    for (int i = 0; i < count; i++) {
        int64_t size = contributions[i] < 0 ? -contributions[i] : contributions[i];
        int at = facts.known < TABLES_MOST_LARGEST ? facts.known++ : TABLES_MOST_LARGEST - 1;
        facts.value += contributions[i];
        facts.whole += size;
        facts.negative = facts.negative || contributions[i] < 0;
        for (; at > 0 && facts.largest[at - 1] < size; at--) {
            facts.largest[at] = facts.largest[at - 1];
        }
        facts.largest[at] = size;
    }
    return facts;
}

#define CELL(...)                                                                                  \
    cell((const int64_t[]){__VA_ARGS__},                                                           \
         (int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)))

static unsigned found(TablesRules rules, TablesFacts facts) {
    unsigned undecided;
    unsigned reasons = tables_primary(&rules, &facts, &undecided);
    assert_int_equal(undecided, 0);
    return reasons;
}

static const TablesRules article = {.article_38 = true};
static const TablesRules tenth = {.p = {10, 1}};

/* The three cases that the statute's wording decides, and p % where the statute is silent. */
static void test_article_38(void **state) {
    (void)state;
    const unsigned bit = TABLES_BIT(TABLES_ARTICLE_38);
    assert_int_equal(found(article, CELL(70, 29, 1)), 0);
    assert_int_equal(found(tenth, CELL(70, 29, 1)), TABLES_BIT(TABLES_P_PERCENT));
    assert_int_equal(found(article, CELL(75, 20, 5)), 0);
    assert_int_equal(found(article, CELL(76, 20, 4)), bit);
    assert_int_equal(found(article, CELL(50, 50)), bit);
    assert_int_equal(found(article, CELL(7)), bit);
    assert_int_equal(found(article, (TablesFacts){.row = -1, .all_known = true}), 0);
    assert_int_equal(found(article, CELL(-76, 20, 4)), bit); /* shares of absolute values */
    assert_int_equal(found(article, CELL(-75, 20, -5)), 0);  /* although the sum is -60 */
    assert_int_equal(found(article, CELL(0, 0, 0)), 0);
    assert_int_equal(found(article, CELL(750000000000000000, 250000000000000000 - 1, 1)), 0);
    assert_int_equal(found(article, CELL(750000000000000001, 250000000000000000 - 2, 1)), bit);
}

static void test_least(void **state) {
    (void)state;
    const TablesRules rules = {.least = 5};
    assert_int_equal(found(rules, CELL(1, 1, 1, 1)), TABLES_BIT(TABLES_FEW));
    assert_int_equal(found(rules, CELL(1, 1, 1, 1, 1)), 0);
    assert_int_equal(found(rules, (TablesFacts){.row = -1, .all_known = true}), 0);
}

/* (2, 85): exactly 85 percent passes. p = 10 and pq = 1/4 at their bounds. */
static void test_shares(void **state) {
    (void)state;
    const TablesRules two = {.n = 2, .k = {85, 1}}, fraction = {.n = 2, .k = {845, 10}};
    const TablesRules pq = {.pq = {1, 4}};
    assert_int_equal(found(two, CELL(50, 35, 15)), 0);
    assert_int_equal(found(two, CELL(50, 36, 14)), TABLES_BIT(TABLES_DOMINANCE));
    assert_int_equal(found(fraction, CELL(50, 35, 15)), TABLES_BIT(TABLES_DOMINANCE));
    assert_int_equal(found(tenth, CELL(70, 23, 7)), 0); /* 7 = 10 % of 70 */
    assert_int_equal(found(tenth, CELL(70, 24, 6)), TABLES_BIT(TABLES_P_PERCENT));
    assert_int_equal(found(tenth, CELL(70)), TABLES_BIT(TABLES_P_PERCENT));
    assert_int_equal(found(tenth, CELL(70, 30)), TABLES_BIT(TABLES_P_PERCENT));
    assert_int_equal(found(pq, CELL(40, 30, 10)), 0);
    assert_int_equal(found(pq, CELL(40, 30, 9)), TABLES_BIT(TABLES_PQ));
}

static void test_zero_and_group(void **state) {
    (void)state;
    const TablesRules zeros = {.zeros = true}, group = {.group = true};
    TablesFacts empty = {.row = 12, .all_known = true};
    TablesFacts all = CELL(1, 1, 1, 1, 1, 1, 1);
    assert_int_equal(found(zeros, CELL(0, 0, 0)), TABLES_BIT(TABLES_ZERO)); /* each has nothing */
    assert_int_equal(found(zeros, CELL(5, -5, 0)), 0);
    assert_int_equal(found(zeros, empty), TABLES_BIT(TABLES_ZERO));
    assert_int_equal(found(group, empty), TABLES_BIT(TABLES_GROUP_NONE));
    all.row = 7;
    assert_int_equal(found(group, all), TABLES_BIT(TABLES_GROUP_ALL));
    all.row = 8;
    assert_int_equal(found(group, all), 0);
    empty.row = 0; /* an empty row says nothing of anybody */
    assert_int_equal(found(group, empty), 0);
    assert_int_equal(found(zeros, empty), 0);
}

static void test_facts_not_known(void **state) {
    (void)state;
    const TablesRules rules = {.least = 5, .n = 3, .k = {85, 1}, .p = {10, 1}, .article_38 = true};
    TablesFacts facts = {.value = 90, .contributors = -1, .whole = -1, .row = -1};
    unsigned undecided;
    assert_int_equal(tables_primary(&rules, &facts, &undecided), 0);
    assert_int_equal(undecided, TABLES_BIT(TABLES_FEW) | TABLES_BIT(TABLES_DOMINANCE) |
                                    TABLES_BIT(TABLES_P_PERCENT) | TABLES_BIT(TABLES_ARTICLE_38));
    facts =
        (TablesFacts){.contributors = 9, .whole = 90, .known = 2, .largest = {70, 19}, .row = -1};
    assert_int_equal(tables_primary(&rules, &facts, &undecided),
                     TABLES_BIT(TABLES_P_PERCENT) | TABLES_BIT(TABLES_ARTICLE_38));
    assert_int_equal(undecided, TABLES_BIT(TABLES_DOMINANCE));
}

/* How wide: least of a count; of a magnitude what the rule lacks (sdcTable and tau-Argus call it the upper
** protection level: p/100 x1 - rest, 100/k top - whole), or a tenth of the larger end: [100, 112]. */
static void test_protection(void **state) {
    (void)state;
    const TablesRules rules = {.least = 5, .article_38 = true};
    const TablesRules wide = {.least = 5, .protection = 40};
    const TablesRules half = {.p = {50, 1}};
    const TablesRules dominance = {.n = 1, .k = {80, 1}};
    TablesFacts facts = CELL(70, 29, 1);
    assert_int_equal(tables_protection(&rules, &facts, TABLES_BIT(TABLES_FEW), true), 5);
    assert_int_equal(tables_protection(&rules, &facts, TABLES_BIT(TABLES_ARTICLE_38), true), 3);
    assert_int_equal(tables_protection(&wide, &facts, TABLES_BIT(TABLES_FEW), true), 40);
    assert_int_equal(tables_protection(&rules, &facts, TABLES_BIT(TABLES_FEW), false), 12);
    assert_int_equal(tables_protection(&half, &facts, TABLES_BIT(TABLES_P_PERCENT), false), 100);
    facts = CELL(95, 4, 1); /* 100/80 of 95 is 118.75 */
    assert_int_equal(tables_protection(&dominance, &facts, TABLES_BIT(TABLES_DOMINANCE), false),
                     19);
    facts = CELL(0);
    assert_int_equal(tables_protection(&rules, &facts, TABLES_BIT(TABLES_FEW), false), 1);
    facts = CELL(INT64_MIN + 1);
    assert_true(tables_protection(&half, &facts, TABLES_BIT(TABLES_P_PERCENT), false) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_article_38),      cmocka_unit_test(test_least),
        cmocka_unit_test(test_shares),          cmocka_unit_test(test_zero_and_group),
        cmocka_unit_test(test_facts_not_known), cmocka_unit_test(test_protection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
