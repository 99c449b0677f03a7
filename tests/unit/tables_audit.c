/*
** The audit of systems that are put together by hand (ext/tables/audit.h): what one can work out on paper.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tables/audit.h"

/* A cell that is suppressed where hidden; its value is known to us in both cases. */
static uint32_t cell(TablesSystem *system, int64_t value, bool hidden) {
    TablesCell made = {.value = value,
                       .known = true,
                       .upper = TABLES_NO_UPPER,
                       .status = hidden ? TABLES_PRIMARY : TABLES_PUBLISHED};
    uint32_t number = 0;
    assert_int_equal(tables_system_cell(system, &made, &number), SITO_OK);
    return number;
}

/* total = a + b + c; TABLES_NO_CELL: no such part. */
static void equation(TablesSystem *system, uint32_t total, uint32_t a, uint32_t b, uint32_t c) {
    const uint32_t parts[] = {total, a, b, c};
    const int8_t signs[] = {-1, 1, 1, 1};
    assert_int_equal(tables_system_equation(system, parts, signs, c == TABLES_NO_CELL ? 3 : 4),
                     SITO_OK);
}

static TablesAudit audit(const TablesSystem *system, const TablesAuditOptions *options) {
    TablesAudit result;
    char *error = NULL;
    assert_int_equal(tables_audit(system, options, NULL, &result, &error), SITO_OK);
    return result;
}

static void check(const TablesInterval *interval, int64_t low, int64_t low_under, int64_t high,
                  int64_t high_under) {
    assert_true(interval->exact);
    assert_int_equal(interval->low.over * low_under, low * interval->low.under);
    assert_int_equal(interval->high.over * high_under, high * interval->high.under);
}

/* Three numbers of which each two have a known sum: a + b = 5, b + c = 6, a + c = 7, so a = 3. No pair of
** equations says so. */
static void three_pairs(TablesSystem *system, int64_t ab, int64_t bc, int64_t ac) {
    uint32_t a = cell(system, 0, true), b = cell(system, 0, true), c = cell(system, 0, true);
    for (uint32_t i = a; i <= c; i++) {
        system->cells[i].known = false;
    }
    equation(system, cell(system, ab, false), a, b, TABLES_NO_CELL);
    equation(system, cell(system, bc, false), b, c, TABLES_NO_CELL);
    equation(system, cell(system, ac, false), a, c, TABLES_NO_CELL);
}

static void a_triangle_is_solved(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesAuditOptions options = {.verdicts = false};
    three_pairs(&system, 5, 6, 7);
    TablesAudit result = audit(&system, &options);
    assert_int_equal(result.count, 3);
    assert_int_equal(result.disclosed, 3);
    check(&result.intervals[0], 3, 1, 3, 1);
    check(&result.intervals[1], 2, 1, 2, 1);
    check(&result.intervals[2], 4, 1, 4, 1);
    tables_audit_free(&result);
    tables_system_free(&system);
}

static void halves_are_values_of_real_tables_alone(void **state) {
    (void)state;
    TablesAuditOptions options = {.verdicts = false};
    TablesSystem real = {.whole = false}, whole = {.whole = true};
    TablesAudit none;
    char *error = NULL;
    three_pairs(&real, 5, 6, 8); /* a = 3.5 */
    TablesAudit result = audit(&real, &options);
    check(&result.intervals[0], 7, 2, 7, 2);
    assert_int_equal(result.disclosed, 3);
    tables_audit_free(&result);
    three_pairs(&whole, 5, 6, 8);
    assert_int_equal(tables_audit(&whole, &options, NULL, &none, &error), SITO_ERROR);
    assert_non_null(error);
    sito_free(error);
    tables_audit_free(&none);
    tables_system_free(&real);
    tables_system_free(&whole);
}

/* a + b = 3 with nothing else known: 0 to 3. Negative values allowed: no bounds at all. */
static void bounds_come_from_signs(void **state) {
    (void)state;
    for (int negative = 0; negative < 2; negative++) {
        TablesSystem system = {.whole = true};
        TablesAuditOptions options = {.verdicts = false};
        uint32_t a = cell(&system, 1, true), b = cell(&system, 2, true);
        system.cells[a].lower = system.cells[b].lower = negative ? TABLES_NO_LOWER : 0;
        equation(&system, cell(&system, 3, false), a, b, TABLES_NO_CELL);
        TablesAudit result = audit(&system, &options);
        check(&result.intervals[0], negative ? TABLES_NO_LOWER : 0, 1,
              negative ? TABLES_NO_UPPER : 3, 1);
        assert_int_equal(result.intervals[0].verdict, TABLES_SAFE);
        tables_audit_free(&result);
        tables_system_free(&system);
    }
}

static void what_is_asked_decides_the_verdict(void **state) {
    (void)state;
    static const struct {
        int64_t below, above, width;
        TablesVerdict verdict;
    } asked[] = {{0, 0, 3, TABLES_SAFE},   {0, 0, 4, TABLES_NARROW}, {1, 2, 0, TABLES_SAFE},
                 {2, 0, 0, TABLES_NARROW}, {0, 3, 0, TABLES_NARROW}, {0, 0, 0, TABLES_SAFE}};
    for (int verdicts = 0; verdicts < 2; verdicts++) {
        for (size_t i = 0; i < SITO_COUNT(asked); i++) {
            TablesSystem system = {.whole = true};
            TablesAuditOptions options = {.verdicts = verdicts};
            uint32_t a = cell(&system, 1, true), b = cell(&system, 2, true); /* a: 0 to 3 */
            system.cells[a].below = asked[i].below;
            system.cells[a].above = asked[i].above;
            system.cells[a].width = asked[i].width;
            equation(&system, cell(&system, 3, false), a, b, TABLES_NO_CELL);
            TablesAudit result = audit(&system, &options);
            assert_int_equal(result.intervals[0].verdict, asked[i].verdict);
            tables_audit_free(&result);
            tables_system_free(&system);
        }
    }
}

/* a + b = 3: whoever is b alone knows it, and so knows a. */
static void a_contributor_knows_his_own_cell(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesAuditOptions options = {.singles = true};
    uint32_t a = cell(&system, 1, true), b = cell(&system, 2, true);
    equation(&system, cell(&system, 3, false), a, b, TABLES_NO_CELL);
    TablesAudit result = audit(&system, &options);
    assert_int_equal(result.disclosed, 0);
    tables_audit_free(&result);
    system.cells[b].single = true;
    result = audit(&system, &options);
    assert_int_equal(result.intervals[0].verdict, TABLES_DISCLOSED);
    assert_int_equal(result.intervals[0].by_single, b);
    assert_int_equal(result.intervals[1].verdict, TABLES_SAFE);
    tables_audit_free(&result);
    tables_system_free(&system);
}

/* A square of 12 x 12 with all inner cells hidden; each is from 0 to the lesser of its totals. */
static void limits_leave_cells_undecided(void **state) {
    (void)state;
    enum { SIDE = 12 };
    TablesSystem system = {.whole = true};
    uint32_t inner[SIDE * SIDE], parts[SIDE + 1];
    int8_t signs[SIDE + 1];
    for (int i = 0; i < SIDE * SIDE; i++) {
        inner[i] = cell(&system, 2, true);
        system.cells[inner[i]].width = 10;
    }
    for (int line = 0; line < 2 * SIDE; line++) {
        parts[0] = cell(&system, 2 * SIDE, false);
        signs[0] = -1;
        for (int i = 0; i < SIDE; i++) {
            parts[i + 1] = inner[line < SIDE ? line * SIDE + i : i * SIDE + line - SIDE];
            signs[i + 1] = 1;
        }
        assert_int_equal(tables_system_equation(&system, parts, signs, SIDE + 1), SITO_OK);
    }
    TablesAuditOptions options = {.most_pivots = 5};
    TablesAudit result = audit(&system, &options);
    assert_true(result.undecided > 0);
    assert_int_equal(result.disclosed + result.narrow, 0);
    tables_audit_free(&result);
    options.most_pivots = 0;
    result = audit(&system, &options);
    assert_int_equal(result.undecided, 0);
    for (size_t i = 0; i < result.count; i++) {
        check(&result.intervals[i], 0, 1, 2 * SIDE, 1);
    }
    tables_audit_free(&result);
    tables_system_free(&system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_triangle_is_solved),
        cmocka_unit_test(halves_are_values_of_real_tables_alone),
        cmocka_unit_test(bounds_come_from_signs),
        cmocka_unit_test(what_is_asked_decides_the_verdict),
        cmocka_unit_test(a_contributor_knows_his_own_cell),
        cmocka_unit_test(limits_leave_cells_undecided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
