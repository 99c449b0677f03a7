/*
** checks/runner/run.c and authorize.c: rules that somebody wrote carelessly or in bad faith. Every one
** ends as an ERROR or without a value of the data.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "common/db.h"
#include "common/embedded.h"
#include "runner/run.h"

/* The one value that must never be seen, as a text and as a number. */
#define SECRET "82710112345"

typedef struct Answer {
    char *status, *reason, *messages;
} Answer;

static void run_sql(sqlite3 *db, const char *sql) {
    char *error = NULL;
    if (sito_db_run(db, sql, &error) != SITO_OK) {
        fail_msg("%s", error);
    }
}

static sqlite3 *open_facts(void) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sito_db_open(&db, &error), SITO_OK);
    run_sql(db, sito_embedded_find(sito_embedded_runner, "facts.sql")->data);
    run_sql(db,
            "INSERT INTO dataset(name, persons, unit, kind, described)"
            " VALUES ('d', 'others', 'row', 'records', 1);"
            "INSERT INTO resource VALUES ('a', 'a.csv', 'x', 30, 2, 'utf-8', 'declared', NULL,"
            " NULL, ';', 'declared', '\"', 1, NULL);"
            "INSERT INTO field(name, position, declared, required, is_unique)"
            " VALUES ('kod', 1, 1, 0, 0);"
            "INSERT INTO profile VALUES ('kod', 2, 0, 2, '" SECRET "', '" SECRET "', 11, 0, 0, 0,"
            " 2, 0);"
            "CREATE TEMP TABLE secret(a);"
            "CREATE TEMP TABLE data(kod, _line, _byte, _defect, _record);"
            "INSERT INTO temp.data VALUES ('" SECRET "', 2, 4, NULL, NULL), ('b', 3, 16, NULL,"
            " NULL)");
    return db;
}

static sqlite3 *open_report(void) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sito_db_open(&db, &error), SITO_OK);
    run_sql(db, "ATTACH ':memory:' AS report");
    run_sql(db, sito_embedded_find(sito_embedded_runner, "report.sql")->data);
    return db;
}

static char *ask(sqlite3 *db, const char *sql) {
    char *text = NULL, *error = NULL;
    assert_int_equal(sito_db_text(db, &text, &error, sql, ""), SITO_OK);
    return text;
}

/* What one rule says; its parts are to be released. */
static Answer run(const char *select, const char *message, int64_t time_limit) {
    sqlite3 *facts = open_facts(), *report = open_report();
    char *error = NULL;
    char *text = sito_print("-- id: mine\n-- title.en: T\n-- title.pl: T\n-- severity: error\n"
                            "-- basis: B\n-- message.en: %s\n-- message.pl: %s\n-- why.en: w\n"
                            "-- why.pl: w\n-- fix.en: f\n-- fix.pl: f\n-- since: 0.1\n%s\n",
                            message, message, select);
    SitoRule rule = {0};
    if (sito_rule_read(&rule, "r/structure/mine.sql", (SitoText){text, strlen(text)}, &error) !=
        SITO_OK) {
        fail_msg("%s", error);
    }
    SitoRules rules = {.items = &rule, .count = 1};
    SitoRunner runner = {.facts = facts,
                         .report = report,
                         .resource = "a",
                         .file = "a.csv",
                         .language = SITO_EN,
                         .fail_on = SITO_SEVERE,
                         .time_limit = time_limit};
    assert_int_equal(sito_run_rules(&runner, &rules, &error), SITO_OK);
    Answer answer = {.status = ask(report, "SELECT status FROM report.rule"),
                     .reason = ask(report, "SELECT coalesce(reason, '') FROM report.rule"),
                     .messages =
                         ask(report, "SELECT coalesce(group_concat(concat, '|'), '') FROM (SELECT"
                                     " printf('%s %s %s %s', message, field, line, count) AS concat"
                                     " FROM report.finding)")};
    sito_rule_free(&rule);
    sito_free(text);
    sqlite3_close(facts);
    sqlite3_close(report);
    return answer;
}

static void release(Answer *answer) {
    sito_free(answer->status);
    sito_free(answer->reason);
    sito_free(answer->messages);
}

#define ROW "SELECT NULL AS field, NULL AS line, 1 AS count"

static void what_touches_the_outside_is_refused(void **state) {
    (void)state;
    static const char *const selects[][2] = {
        {ROW " FROM sqlite_master", "refused: reading a table"},
        {ROW " FROM csv_sniff('/etc/passwd')", "refused"},
        {ROW " FROM pragma_table_info('data')", "refused"},
        {"SELECT NULL AS field, NULL AS line, count(*) AS count FROM sqlite_master", "refused"},
        {"SELECT NULL AS field, NULL AS line, count(*) AS count FROM secret", "refused"},
        {"SELECT NULL AS field, NULL AS line, count(*) AS count FROM csv_sniff('/etc/passwd')",
         "refused"},
        {"SELECT NULL AS field, NULL AS line, count(*) AS count FROM pragma_function_list",
         "refused"},
        {"SELECT NULL AS field, NULL AS line, load_extension('x') AS count", "refused: a function"},
        {ROW "; DELETE FROM field", "must be one SELECT"},
        {ROW "; " ROW, "must be one SELECT"},
        {"SELECT NULL AS field, NULL AS line, :none AS count", "undeclared parameter :none"},
        {"SELECT NULL AS field, NULL AS line, ? AS count", "undeclared parameter"},
        {"SELECT NULL AS field, NULL AS line, 0 AS count", "no number above 0"},
        {"SELECT NULL AS field, NULL AS line, 1 AS count, 'fatal' AS severity", "severity"},
        {"SELECT 'nic' AS field, NULL AS line, 1 AS count", "not the name of a column"},
    };
    for (size_t i = 0; i < SITO_COUNT(selects); i++) {
        Answer answer = run(selects[i][0], "{count}", 30000);
        assert_string_equal(answer.status, "ERROR");
        if (strstr(answer.reason, selects[i][1]) == NULL) {
            fail_msg("%s: %s", selects[i][0], answer.reason);
        }
        assert_string_equal(answer.messages, "");
        release(&answer);
    }
}

static void no_value_reaches_the_report(void **state) {
    (void)state;
    static const char *const selects[] = {
        "SELECT NULL AS field, NULL AS line, 1 AS count, kod AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, min AS v FROM profile",
        "SELECT kod AS field, NULL AS line, 1 AS count, 'x' AS v FROM data",
        "SELECT NULL AS field, CAST(kod AS INTEGER) AS line, 1 AS count, 'x' AS v FROM data",
        "SELECT NULL AS field, NULL AS line, CAST(kod AS INTEGER) AS count, 'x' AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, CAST(kod AS INTEGER) AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, kod + 0.5 AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, kod AS severity, 'x' AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, kod AS witness, 'x' AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, json_extract('{}', kod) AS v FROM data",
        "SELECT NULL AS field, NULL AS line, 1 AS count, (SELECT max FROM profile) AS v",
    };
    for (size_t i = 0; i < SITO_COUNT(selects); i++) {
        Answer answer = run(selects[i], "{v}", 5000);
        bool seen = strstr(answer.messages, "82710112") != NULL ||
                    strstr(answer.messages, "8.2710112") != NULL ||
                    strstr(answer.messages, "82,710") != NULL ||
                    strstr(answer.reason, "82710112") != NULL;
        if (seen) {
            fail_msg("%s: %s %s", selects[i], answer.messages, answer.reason);
        }
        assert_string_not_equal(answer.status, "PASS");
        release(&answer);
    }
}

/* Counts, positions and shares of the data are what such rules are for. */
static void counts_of_values_are_shown(void **state) {
    (void)state;
    Answer answer = run("SELECT 'kod' AS field, min(_line) AS line, count(kod) AS count,"
                        " 0.5 AS share FROM data",
                        "{count} {share}", 5000);
    assert_string_equal(answer.messages, "2 0.5 kod 2 2");
    release(&answer);
}

/* No column of a table expression is read there: SQLite asks for the column "" of its name. */
static void rows_of_a_table_expression_are_counted(void **state) {
    (void)state;
    static const char *const selects[] = {
        "WITH mine AS (SELECT kod FROM data) SELECT NULL AS field, NULL AS line, count(*) AS count"
        " FROM mine",
        "WITH mine(n) AS (VALUES (1), (2)), one AS (SELECT 1 FROM mine) SELECT NULL AS field,"
        " NULL AS line, 2 AS count FROM one LIMIT 1",
        "SELECT NULL AS field, NULL AS line, count(*) AS count FROM (SELECT 1 FROM data)",
        "SELECT NULL AS field, NULL AS line, count(*) AS count FROM data",
    };
    for (size_t i = 0; i < SITO_COUNT(selects); i++) {
        Answer answer = run(selects[i], "{count}", 5000);
        assert_string_equal(answer.reason, "");
        assert_string_equal(answer.messages, "2   2");
        release(&answer);
    }
}

static void a_rule_that_never_ends_is_stopped(void **state) {
    (void)state;
    Answer answer = run("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
                        " SELECT NULL AS field, NULL AS line, count(n) AS count FROM t",
                        "{count}", 50);
    assert_string_equal(answer.status, "ERROR");
    assert_string_equal(answer.reason, "stopped after 0 s");
    release(&answer);
    answer = run("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
                 " SELECT NULL AS field, n AS line, 1 AS count FROM t",
                 "{count}", 5000);
    assert_string_equal(answer.status, "ERROR");
    assert_string_equal(answer.reason, "more than 1000 findings");
    release(&answer);
}

static void what_asks_for_too_much_is_stopped(void **state) {
    (void)state;
    static const char *const selects[][2] = {
        {"SELECT NULL AS field, NULL AS line, length(zeroblob(1000000000)) AS count", "64 MiB"},
        {"SELECT NULL AS field, NULL AS line, length(printf('%.*c', 500000000, 'x')) AS count",
         "no number above 0"},
        {"SELECT NULL AS field, NULL AS line, length(hex(zeroblob(50000000))) AS count", "64 MiB"},
        {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 100) SELECT NULL AS"
         " field, NULL AS line, length(group_concat(zeroblob(1000000), 'a')) AS count FROM t",
         "64 MiB"},
        {"WITH t(a) AS (SELECT zeroblob(60000000)) SELECT NULL AS field, NULL AS line,"
         " count(a||'1') + length(group_concat(a)) + length(group_concat(a || 'x')) AS count"
         " FROM t AS t1, (SELECT 1 UNION SELECT 2)",
         "64 MiB"},
    };
    for (size_t i = 0; i < SITO_COUNT(selects); i++) {
        Answer answer = run(selects[i][0], "{count}", 30000);
        assert_string_equal(answer.status, "ERROR");
        if (strstr(answer.reason, selects[i][1]) == NULL) {
            fail_msg("%s: %s", selects[i][0], answer.reason);
        }
        release(&answer);
    }
}

/* One call of LIKE that would take minutes, in a program of its own. */
static void what_sqlite_cannot_stop_ends_the_program(void **state) {
    (void)state;
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        Answer answer = run("SELECT NULL AS field, NULL AS line, 1 AS count WHERE"
                            " hex(zeroblob(5000000)) LIKE '%' || hex(zeroblob(24000)) || '1'",
                            "{count}", 50);
        release(&answer);
        _exit(0);
    }
    close(ends[1]);
    char text[200] = "";
    ssize_t size = read(ends[0], text, sizeof text - 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(size > 0 && WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
    assert_string_equal(text, "sito: a rule could not be stopped in time; there is no result\n");
    close(ends[0]);
}

/* Twenty aggregates of 60 MB each: more than a rule may have, less than the machine has. */
static void a_rule_has_its_share_of_memory(void **state) {
    (void)state;
    SitoBuffer select = {0};
    int rc = sito_buffer_print(&select, "SELECT NULL AS field, NULL AS line, 1 AS count");
    for (int i = 0; i < 20 && rc == SITO_OK; i++) {
        rc = sito_buffer_print(
            &select, ", length(group_concat(substr(zeroblob(60000000), %d))) AS v%d", i + 1, i);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&select, "", 1) : rc;
    assert_int_equal(rc, SITO_OK);
    Answer answer = run(select.data, "{count}", 60000);
    assert_string_equal(answer.status, "ERROR");
    assert_string_equal(answer.reason, "stopped: out of the memory of a rule (1 GiB)");
    release(&answer);
    sito_buffer_free(&select);
}

static void a_text_without_end_is_not_printed(void **state) {
    (void)state;
    Answer answer = run("SELECT NULL AS field, NULL AS line, 1 AS count,"
                        " printf('%.5000d', 1) AS v",
                        "{v}", 5000);
    assert_string_equal(answer.messages, "…   1");
    release(&answer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_touches_the_outside_is_refused),
        cmocka_unit_test(no_value_reaches_the_report),
        cmocka_unit_test(counts_of_values_are_shown),
        cmocka_unit_test(rows_of_a_table_expression_are_counted),
        cmocka_unit_test(a_rule_that_never_ends_is_stopped),
        cmocka_unit_test(what_asks_for_too_much_is_stopped),
        cmocka_unit_test(what_sqlite_cannot_stop_ends_the_program),
        cmocka_unit_test(a_rule_has_its_share_of_memory),
        cmocka_unit_test(a_text_without_end_is_not_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
