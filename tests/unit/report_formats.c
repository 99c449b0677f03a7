/*
** the files of checks/report: what each format says of the same tables, in both languages; hostile text;
** equal tables, equal bytes.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "common/embedded.h"
#include "report/report.h"

static void run_sql(sqlite3 *db, const char *sql) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
}

static const char *const common =
    "INSERT INTO report.run(program, language, checked_at, dataset, version, path, described, digest,"
    " policy, policy_sha256, fail_on, verdict, exit_status, folder) VALUES ('sito 0.1.0', 'pl', '2026-01-02T03:04:05Z', 'zgloszenia', '2024.2',"
    " 'zgloszenia/', 1, 'abc', 'built-in', 'def', 'error', 'PASS', 0, 'zgloszenia');"
    "INSERT INTO report.resource(name, path, sha256, bytes, rows, columns, encoding, delimiter, units)"
    " VALUES ('zgloszenia', 'zgloszenia.csv', 'abc', 5000, 4980, 3, 'utf-8',"
    " ';', 1234);"
    "INSERT INTO report.field VALUES ('zgloszenia', 1, 'wiek', 'integer', 'quasi-identifier', 4980, 2,"
    " 80, NULL, 4978, 0, 0, 0), ('zgloszenia', 2, 'opis', 'string', NULL, 4980, 0, NULL, 'pesel, phone', 0, 0, 0, 4980);"
    "INSERT INTO report.measure VALUES ('zgloszenia', 'k_anonymity', NULL, 7, 5),"
    " ('zgloszenia', 'delta_disclosure_strict', 'powod', 9e999, NULL);"
    "INSERT INTO report.not_covered(sentence) VALUES ('Nie szukano imion.');"
    "INSERT INTO report.next_step(sentence) VALUES ('Oznacz: sito mark zgloszenia/');"
    "INSERT INTO report.rule(id, family, resource, severity, status, title, reason) VALUES"
    " ('ragged-row', 'structure', 'zgloszenia', 'error', 'PASS', 'Każdy rekord', NULL),"
    " ('row-count', 'completeness', 'zgloszenia', 'error', 'NOT APPLICABLE', 'Liczba', 'brak quality');";

static const char *const failing =
    "UPDATE report.run SET verdict = 'FAIL', exit_status = 1;"
    "UPDATE report.rule SET status = 'FAIL' WHERE id = 'ragged-row';"
    "INSERT INTO report.finding(code, severity, file, line, record, byte, field, column_number, count,"
    " message, why, hint, basis, fingerprint) VALUES ('ragged-row', 'error', 'zgloszenia.csv', 8, 7, 200,"
    " NULL, NULL, 4980, '4980 rekordów', 'Bo tak.', 'Popraw.', 'RFC 4180', '0123456789abcdef');"
    "INSERT INTO report.sample VALUES (1, 8, 7, 200, NULL), (1, 12, 11, 300, 'aa-99');";

static sqlite3 *open_report(const char *first, const char *second) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run_sql(db, "ATTACH ':memory:' AS report");
    run_sql(db, sito_embedded_find(sito_embedded_runner, "report.sql")->data);
    run_sql(db, first);
    run_sql(db, second);
    return db;
}

static char *written(sqlite3 *db, const char *format, bool colour) {
    SitoBuffer out = {.limit = 1 << 20};
    SitoReportOptions options = {.colour = colour};
    char *error = NULL;
    int rc = sito_report(db, format, &options, &out, &error);
    assert_null(error);
    assert_int_equal(rc, SITO_OK);
    assert_int_equal(sito_buffer_add(&out, "", 1), SITO_OK);
    return out.data;
}

static void expect(sqlite3 *db, const char *format, const char *expected) {
    char *text = written(db, format, false);
    assert_string_equal(text, expected);
    sito_free(text);
}

static void expect_part(sqlite3 *db, const char *format, const char *part) {
    char *text = written(db, format, false);
    if (strstr(text, part) == NULL) {
        fail_msg("no \"%s\" in:\n%s", part, text);
    }
    sito_free(text);
}

static void a_pass_says_who_decides(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, "");
    expect(db, "text",
           "Spełnia ustalone progi kontroli\n"
           "O udostępnieniu decyduje lokalny administrator danych.\n"
           "\n"
           "zgloszenia, wersja 2024.2\n"
           "zgloszenia.csv: 4980 rekordów, 3 kolumny, 1234 osoby, utf-8, separator ;\n"
           "reguły spełnione: 1, nie dotyczą: 1\n"
           "\n"
           "Zmierzono\n"
           "  – najmniejsza grupa nie do rozróżnienia: 7 (próg: co najmniej 5)\n"
           "\n"
           "Czego ta kontrola nie obejmuje\n"
           "  – Nie szukano imion.\n"
           "  – Nie zastosowano reguł: row-count – brak quality.\n"
           "\n"
           "Co dalej\n"
           "  → Oznacz: sito mark zgloszenia/\n"
           "\n"
           "sito 0.1.0 · 2026-01-02T03:04:05Z · progi: wbudowane\n"
           "wynik dotyczy plików o skrócie\n"
           "  abc\n");
    sqlite3_close(db);
}

static void a_failure_names_place_reason_and_remedy(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, failing);
    run_sql(db, "UPDATE report.run SET language = 'en'");
    expect(db, "text",
           "Does not meet the thresholds of this check\n"
           "\n"
           "zgloszenia, version 2024.2\n"
           "zgloszenia.csv: 4,980 records, 3 columns, 1,234 persons, utf-8, delimiter ;\n"
           "findings: 1, rules not met: 1, rules met: 0, do not apply: 1\n"
           "\n"
           "Structure of the file\n"
           "\n"
           "zgloszenia.csv:8 ragged-row 4980 rekordów\n"
           "  Lines      8, 12\xC2\xA0(aa-99) (2 of 4,980 shown)\n"
           "  Why        Bo tak.\n"
           "  What to do Popraw.\n"
           "  Basis      RFC 4180\n"
           "\n"
           "What this check does not cover\n"
           "  – Nie szukano imion.\n"
           "  – Rules not applied: row-count – brak quality.\n"
           "\n"
           "What next\n"
           "  → Oznacz: sito mark zgloszenia/\n"
           "\n"
           "sito 0.1.0 · 2026-01-02T03:04:05Z · thresholds: built-in\n"
           "the result is that of the files with the digest\n"
           "  abc\n");
    sqlite3_close(db);
}

static void shapes_that_differ_stand_beside_their_lines(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, failing);
    run_sql(db, "UPDATE report.sample SET shape = 'aaaa' WHERE line = 8;"
                "UPDATE report.finding SET count = 2");
    expect_part(db, "text", "  Wiersze    8\xC2\xA0(aaaa), 12\xC2\xA0(aa-99)\n");
    run_sql(db, "UPDATE report.sample SET shape = 'aaaa aaaa aaaa aaaa aaaaa' WHERE line = 8");
    expect_part(db, "text", "  Wiersze    8, 12\xC2\xA0(aa-99)\n");
    run_sql(db, "UPDATE report.sample SET shape = '9.9'");
    expect_part(db, "text", "  Wiersze    8, 12; postać: 9.9\n");
    run_sql(db, "DELETE FROM report.sample WHERE line = 12; UPDATE report.finding SET count = 1;"
                "UPDATE report.sample SET shape = NULL");
    expect_part(db, "text", "zgloszenia.csv:8 ragged-row 4980 rekordów\n  Dlaczego   Bo tak.\n");
    sqlite3_close(db);
}

static void an_error_says_that_there_is_no_result(void **state) {
    (void)state;
    sqlite3 *db = open_report(
        common, "UPDATE report.run SET verdict = 'ERROR', exit_status = 3;"
                "UPDATE report.rule SET status = 'ERROR', reason = 'przerwana po upływie 10 s'"
                " WHERE id = 'ragged-row'");
    expect_part(db, "text", "Kontrola niepełna – wyniku nie ma\n");
    expect_part(db, "text",
                "Czego nie udało się ocenić\n  – ragged-row: przerwana po upływie 10 s\n");
    expect_part(db, "json", "\"verdict\": \"ERROR\"");
    expect_part(db, "junit", "failures=\"0\" errors=\"1\"");
    expect_part(db, "junit", "<error message=\"przerwana po upływie 10 s\" type=\"error\">");
    sqlite3_close(db);
}

static void without_a_descriptor_there_is_no_verdict(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, "UPDATE report.run SET described = 0, digest = NULL;"
                                      "DELETE FROM report.measure");
    char *text = written(db, "text", false);
    assert_null(strstr(text, "Spełnia"));
    assert_null(strstr(text, "Nie zastosowano"));
    assert_non_null(strstr(text, "Bez opisu zbioru nie ma wyniku kontroli."));
    assert_non_null(strstr(text, "  – wiek – 4978 wartości, 2 braki, 80 różnych\n"
                                 "  – opis – 4980 wartości; PESEL, numer telefonu\n"));
    assert_non_null(strstr(text, "  → Oznacz: sito mark zgloszenia/"));
    sito_free(text);
    expect_part(db, "json", "\"verdict\": null");
    expect_part(db, "junit", "no verdict");
    sqlite3_close(db);
}

static void what_follows_another_finding_points_to_it(void **state) {
    (void)state;
    sqlite3 *db = open_report(
        common,
        "INSERT INTO report.rule(id, family, severity, status, title, follows) VALUES"
        " ('k', 'reidentification', 'error', 'FAIL', 'k', NULL),"
        " ('l', 'reidentification', 'error', 'FAIL', 'l', 'k'),"
        " ('t', 'reidentification', 'error', 'FAIL', 't', 'k');"
        "INSERT INTO report.finding(code, severity, count, message, why, hint, basis, fingerprint)"
        " VALUES ('k', 'error', 1, 'za mało', 'kw', 'kh', 'kb', ''),"
        " ('l', 'error', 1, 'jedna', 'lw', 'lh', 'lb', ''),"
        " ('t', 'warning', 1, 'daleko', 'tw', 'th', 'tb', '');");
    expect_part(db, "text",
                "Ryzyko ponownej identyfikacji\n"
                "\n"
                "k za mało\n"
                "  Dlaczego   kw\n"
                "  Co zrobić  kh\n"
                "  Podstawa   kb\n"
                "\n"
                "l jedna\n"
                "t (ostrzeżenie) daleko\n"
                "  Co zrobić  Najpierw popraw k: te ustalenia zwykle znikają razem z tamtym.\n");
    run_sql(db, "DELETE FROM report.finding WHERE code = 'k'");
    expect_part(db, "text", "l jedna\n  Dlaczego   lw\n  Co zrobić  lh\n  Podstawa   lb\n");
    sqlite3_close(db);
}

static int64_t integer(sqlite3 *db, const char *sql, const char *text) {
    sqlite3_stmt *select = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &select, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(select, 1, text, -1, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return value;
}

static void json_is_one_object(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, failing);
    char *text = written(db, "json", false);
    assert_int_equal(integer(db, "SELECT json_valid(?1)", text), 1);
    assert_int_equal(integer(db, "SELECT json_extract(?1, '$.schema')", text), 1);
    assert_int_equal(integer(db, "SELECT ?1 ->> '$.verdict' = 'FAIL'", text), 1);
    assert_int_equal(integer(db, "SELECT ?1 ->> '$.findings[0].count'", text), 4980);
    assert_int_equal(integer(db, "SELECT ?1 ->> '$.findings[0].samples[1].line'", text), 12);
    assert_int_equal(integer(db, "SELECT ?1 -> '$.findings[0].waived' = 'false'", text), 1);
    assert_int_equal(integer(db, "SELECT ?1 ->> '$.summary.rules.not_applicable'", text), 1);
    assert_int_equal(integer(db, "SELECT ?1 -> '$.measures[1].value' = 'null'", text), 1);
    assert_int_equal(integer(db, "SELECT ?1 -> '$.classes' = '[]'", text), 1);
    sito_free(text);
    sqlite3_close(db);
}

/* What a hostile file may bring into headings and names. */
static const char *const hostile =
    "UPDATE report.run SET dataset = 'a<b>&\"' || char(27, 0x202E, 10) || x'FF';"
    "UPDATE report.finding SET message = char(27) || '[31m ' || char(0x85, 7) || ']]>', field = CAST(x'C3' AS TEXT);";

static void hostile_text_stays_text(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, failing);
    run_sql(db, hostile);
    char *text = written(db, "text", false);
    assert_null(strchr(text, 27));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    assert_null(strstr(text, "\xC2\x85"));
    assert_int_equal(sito_utf8_valid((SitoText){text, strlen(text)}), strlen(text));
    sito_free(text);
    text = written(db, "junit", false);
    assert_null(strchr(text, 27));
    assert_null(strstr(text, "]]>"));
    assert_non_null(
        strstr(text, "name=\"a&lt;b&gt;&amp;&quot;\xEF\xBF\xBD\xE2\x80\xAE&#10;\xEF\xBF\xBD\""));
    assert_int_equal(sito_utf8_valid((SitoText){text, strlen(text)}), strlen(text));
    sito_free(text);
    text = written(db, "json", false);
    assert_null(strchr(text, 27));
    assert_int_equal(sito_utf8_valid((SitoText){text, strlen(text)}), strlen(text));
    assert_int_equal(integer(db, "SELECT json_valid(?1)", text), 1);
    sito_free(text);
    sqlite3_close(db);
}

/* Calls `test` for every format there is. */
static void each_format(void (*test)(const char *format)) {
    char names[200];
    assert_true(strlen(sito_report_formats) < sizeof names);
    memcpy(names, sito_report_formats, strlen(sito_report_formats) + 1);
    for (char *at = names; at != NULL && *at != 0;) {
        char *blank = strchr(at, ' ');
        if (blank != NULL) {
            *blank = 0;
        }
        test(at);
        at = blank != NULL ? blank + 1 : NULL;
    }
}

static void twice(const char *format) {
    sqlite3 *one = open_report(common, failing), *other = open_report(common, failing);
    char *first = written(one, format, false), *second = written(other, format, false);
    assert_string_equal(first, second);
    sito_free(first);
    sito_free(second);
    sqlite3_close(one);
    sqlite3_close(other);
}

static void equal_tables_give_equal_bytes(void **state) {
    (void)state;
    each_format(twice);
}

static void hostile_in(const char *format) {
    sqlite3 *db = open_report(common, failing);
    run_sql(db, hostile);
    char *text = written(db, format, false);
    assert_null(strchr(text, 27));
    if (strcmp(format, "markdown") == 0 || strcmp(format, "html") == 0) {
        assert_null(strstr(text, "<b>"));
    }
    assert_int_equal(sito_utf8_valid((SitoText){text, strlen(text)}), strlen(text));
    sito_free(text);
    sqlite3_close(db);
}

static void hostile_text_in_every_format(void **state) {
    (void)state;
    each_format(hostile_in);
}

/* The tables hold 1.5, 2, 5, 12 and 22 of what is counted: the nouns stand as CLDR has them. */
static void plurals_in(const char *format) {
    static const struct {
        int64_t number;
        const char *more;
    } cases[] = {{1, "1 ustalenie"},
                 {2, "2 ustalenia"},
                 {5, "5 ustaleń"},
                 {12, "12 ustaleń"},
                 {22, "22 ustalenia"}};
    bool told =
        strcmp(format, "text") == 0 || strcmp(format, "github") == 0 || strcmp(format, "html") == 0;
    for (size_t i = 0; i < SITO_COUNT(cases) && told; i++) {
        sqlite3 *db = open_report(common, failing);
        char *sql = sito_print(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %lld)"
            "INSERT INTO report.finding(code, severity, count, message, why, hint, basis, fingerprint)"
            " SELECT 'ragged-row', 'error', 1, 'm', 'Bo tak.', 'Popraw.', 'RFC 4180', 'f' FROM n",
            (long long)(19 + cases[i].number));
        run_sql(db, sql);
        expect_part(db, format, cases[i].more);
        sito_free(sql);
        sqlite3_close(db);
    }
}

static void plural_forms_in_every_format(void **state) {
    (void)state;
    each_format(plurals_in);
}

static void colour_only_where_it_is_asked_for(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, failing);
    char *plain = written(db, "text", false), *coloured = written(db, "text", true);
    assert_null(strchr(plain, 27));
    assert_non_null(strstr(coloured, "\x1B[1;31mNie spełnia progów kontroli\x1B[0m"));
    sito_free(plain);
    sito_free(coloured);
    sqlite3_close(db);
}

static void words_that_promise_too_much_never_appear(void **state) {
    (void)state;
    static const char *const words[] = {"bezpieczn", "anonimow", "zgodne ",   "zgodny ",
                                        "zgodna ",   "safe",     "anonymous", "compliant"};
    for (const SitoEmbedded *file = sito_embedded_rules; file->path != NULL; file++) {
        for (size_t i = 0; i < SITO_COUNT(words); i++) {
            if (strstr(file->data, words[i]) != NULL) {
                fail_msg("%s says %s", file->path, words[i]);
            }
        }
    }
}

static void an_unknown_format_is_refused(void **state) {
    (void)state;
    sqlite3 *db = open_report(common, "");
    SitoBuffer out = {.limit = 1000};
    SitoReportOptions options = {.colour = false};
    char *error = NULL;
    assert_int_equal(sito_report(db, "pdf", &options, &out, &error), SITO_MISUSE);
    assert_string_equal(
        error,
        "unknown format 'pdf'; formats are text concise json junit sarif github markdown html");
    sito_free(error);
    sito_buffer_free(&out);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_says_who_decides),
        cmocka_unit_test(a_failure_names_place_reason_and_remedy),
        cmocka_unit_test(shapes_that_differ_stand_beside_their_lines),
        cmocka_unit_test(an_error_says_that_there_is_no_result),
        cmocka_unit_test(without_a_descriptor_there_is_no_verdict),
        cmocka_unit_test(what_follows_another_finding_points_to_it),
        cmocka_unit_test(json_is_one_object),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(equal_tables_give_equal_bytes),
        cmocka_unit_test(hostile_text_in_every_format),
        cmocka_unit_test(plural_forms_in_every_format),
        cmocka_unit_test(colour_only_where_it_is_asked_for),
        cmocka_unit_test(words_that_promise_too_much_never_appear),
        cmocka_unit_test(an_unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
