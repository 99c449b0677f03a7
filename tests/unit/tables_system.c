/*
** Tables become cells and equations (ext/tables/system.h): requirements R1 to R6.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tables/system.h"

#define TEXT(string) SITO_LITERAL(string)

/* One dimension with codes a, b, total; and one with x, y, total. */
static const SitoText letters[] = {{"a", 1}, {"b", 1}, {"razem", 5}};
static const SitoText others[] = {{"x", 1}, {"y", 1}, {"suma", 4}};
static const uint32_t flat[] = {2, 2, TABLES_NO_CODE};
static const TablesDimension two[] = {
    {.name = {"d", 1},
     .codes = letters,
     .count = 3,
     .total = 2,
     .hierarchies = 1,
     .parents = {flat}},
    {.name = {"e", 1},
     .codes = others,
     .count = 3,
     .total = 2,
     .hierarchies = 1,
     .parents = {flat}},
};
static const TablesDimension other_names[] = {
    {.name = {"d", 1},
     .codes = letters,
     .count = 3,
     .total = 2,
     .hierarchies = 1,
     .parents = {flat}},
    {.name = {"f", 1},
     .codes = others,
     .count = 3,
     .total = 2,
     .hierarchies = 1,
     .parents = {flat}},
};
static const uint32_t all_codes[] = {0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2, 2, 0, 2, 1, 2, 2};
static const int64_t right[] = {1, 2, 3, 4, 5, 9, 5, 7, 12};

static void fill(TablesCell *cells, const int64_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        cells[i] = (TablesCell){.value = values[i], .known = true, .upper = TABLES_NO_UPPER};
    }
}

static int add(TablesSystem *system, const TablesDimension *dimensions, const TablesCell *cells,
               size_t rows, TablesRelation relation, TablesFault *fault, char **error) {
    TablesSource source = {.measure = TEXT("n"),
                           .dimensions = dimensions,
                           .dimension_count = 2,
                           .codes = all_codes,
                           .cells = cells,
                           .rows = rows,
                           .relation = relation};
    return tables_system_add(system, &source, NULL, fault, error);
}

static void every_line_is_an_equation(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    fill(cells, right, 9);
    assert_int_equal(add(&system, two, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    assert_int_equal(system.count, 9);
    assert_int_equal(system.equations, 6);
    assert_int_equal(system.parts_count, 18);
    assert_int_equal(tables_system_check(&system, &fault, &error), SITO_OK);
    tables_system_free(&system);
}

static void a_wrong_total_is_named(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    fill(cells, right, 9);
    cells[5].value = 8; /* b, total */
    assert_int_equal(add(&system, two, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    assert_int_equal(tables_system_check(&system, &fault, &error), SITO_ERROR);
    assert_int_equal(fault.row, 8);
    sito_free(error);
    tables_system_free(&system);
}

static void unknown_parts_cannot_be_negative(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    fill(cells, right, 9);
    cells[0].known = false; /* a = 3 - 4 */
    cells[0].status = TABLES_PRIMARY;
    cells[1].value = 4;
    cells[4].value = 3;
    assert_int_equal(add(&system, two, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    assert_int_equal(tables_system_check(&system, &fault, &error), SITO_ERROR);
    assert_int_equal(fault.row, 2);
    sito_free(error);
    tables_system_free(&system);
}

static void linked_tables_share_their_totals(void **state) {
    (void)state;
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    fill(cells, right, 9);
    cells[2].status = TABLES_SECONDARY; /* d = a, e total: published as d = a, f total */
    assert_int_equal(add(&system, two, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    fill(cells, right, 9);
    assert_int_equal(add(&system, other_names, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    assert_int_equal(system.count, 15); /* 3 shared: (a), (b), () */
    assert_true(system.cells[2].told);
    assert_int_equal(system.cells[2].status, TABLES_SECONDARY);
    cells[8].value = 13;
    assert_int_equal(add(&system, other_names, cells, 9, TABLES_SAME, &fault, &error), SITO_ERROR);
    assert_int_equal(fault.row, 8);
    assert_int_equal(fault.source, 2);
    assert_int_equal(fault.other_source, 0);
    sito_free(error);
    tables_system_free(&system);
}

static void a_cumulative_table_only_grows(void **state) {
    (void)state;
    static const int64_t before[] = {1, 1, 2, 4, 5, 9, 5, 6, 11};
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    fill(cells, right, 9);
    assert_int_equal(add(&system, two, cells, 9, TABLES_SAME, &fault, &error), SITO_OK);
    fill(cells, before, 9);
    assert_int_equal(add(&system, two, cells, 9, TABLES_CUMULATIVE, &fault, &error), SITO_OK);
    assert_int_equal(system.count, 27);
    assert_int_equal(system.equations, 21);
    assert_int_equal(tables_system_check(&system, &fault, &error), SITO_OK);
    cells[0].value = 2;
    assert_int_equal(add(&system, two, cells, 9, TABLES_CUMULATIVE, &fault, &error), SITO_ERROR);
    sito_free(error);
    tables_system_free(&system);
}

static void one_row_twice_is_refused(void **state) {
    (void)state;
    static const uint32_t codes[] = {0, 0, 0, 0};
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[2];
    char *error = NULL;
    fill(cells, right, 2);
    TablesSource source = {.measure = TEXT("n"),
                           .dimensions = two,
                           .dimension_count = 2,
                           .codes = codes,
                           .cells = cells,
                           .rows = 2};
    assert_int_equal(tables_system_add(&system, &source, NULL, &fault, &error), SITO_ERROR);
    assert_int_equal(fault.row, 1);
    assert_int_equal(fault.other_row, 0);
    sito_free(error);
    tables_system_free(&system);
}

static void what_is_absent_is_zero_or_unknown(void **state) {
    (void)state;
    static const uint32_t codes[] = {0, 2, 2, 2}; /* a alone, and the total */
    TablesFault fault;
    TablesCell cells[2];
    char *error = NULL;
    fill(cells, right, 2);
    cells[1].value = 1;
    TablesSource source = {.measure = TEXT("n"),
                           .dimensions = two,
                           .dimension_count = 2,
                           .codes = codes,
                           .cells = cells,
                           .rows = 2};
    for (int unknown = 0; unknown < 2; unknown++) {
        TablesSystem system = {.whole = true};
        source.absent_unknown = unknown;
        assert_int_equal(tables_system_add(&system, &source, NULL, &fault, &error), SITO_OK);
        assert_int_equal(system.count, unknown ? 3 : 2);
        assert_int_equal(system.equations, 1); /* e is nowhere broken down */
        assert_int_equal(tables_system_check(&system, &fault, &error), SITO_OK);
        tables_system_free(&system);
    }
}

static void a_circle_is_refused(void **state) {
    (void)state;
    static const uint32_t circle[] = {1, 0, TABLES_NO_CODE};
    TablesDimension dimensions[] = {two[0], two[1]};
    TablesSystem system = {.whole = true};
    TablesFault fault;
    TablesCell cells[9];
    char *error = NULL;
    dimensions[1].parents[0] = circle;
    fill(cells, right, 9);
    assert_int_equal(add(&system, dimensions, cells, 9, TABLES_SAME, &fault, &error), SITO_ERROR);
    sito_free(error);
    tables_system_free(&system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_an_equation),
        cmocka_unit_test(a_wrong_total_is_named),
        cmocka_unit_test(unknown_parts_cannot_be_negative),
        cmocka_unit_test(linked_tables_share_their_totals),
        cmocka_unit_test(a_cumulative_table_only_grows),
        cmocka_unit_test(one_row_twice_is_refused),
        cmocka_unit_test(what_is_absent_is_zero_or_unknown),
        cmocka_unit_test(a_circle_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
