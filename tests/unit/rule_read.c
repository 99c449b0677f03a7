/*
** checks/runner/rule.c, rules.c, vocabulary.c, need.c: front matter, its slips, folders, the words.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "common/embedded.h"
#include "runner/rule.h"
#include "runner/vocabulary.h"

static const char *const good = "-- id:         few-rows\n"
                                "-- title.en:   Title\n"
                                "-- title.pl:   Tytuł\n"
                                "-- severity:   error\n"
                                "-- severity.row: note, fatal\n"
                                "-- needs:      persons, quasi-identifiers\n"
                                "-- param:      least integer 10   the least\n"
                                "--             number | najmniejsza liczba\n"
                                "-- basis:      RFC 4180\n"
                                "-- message.en: {count}\n"
                                "-- message.pl: {count}\n"
                                "-- why.en:     Why\n"
                                "-- why.pl:     Bo\n"
                                "-- fix.en:     Fix: it\n"
                                "-- fix.pl:     Popraw\n"
                                "-- since:      0.1\n"
                                "SELECT NULL AS field, NULL AS line, count(*) AS count\n"
                                "  FROM defect -- kind = 'comment'\n"
                                " WHERE kind IN ('ragged', 'nul');\n";

static int read_text(SitoRule *rule, const char *path, const char *text, char **error) {
    return sito_rule_read(rule, path, (SitoText){text, strlen(text)}, error);
}

static void front_matter_is_read(void **state) {
    (void)state;
    SitoRule rule;
    char *error = NULL;
    assert_int_equal(read_text(&rule, "mine/structure/few-rows.sql", good, &error), SITO_OK);
    assert_null(error);
    assert_string_equal(rule.id, "few-rows");
    assert_string_equal(rule.family, "structure");
    assert_string_equal(rule.title[SITO_PL], "Tytuł");
    assert_string_equal(rule.fix[SITO_EN], "Fix: it");
    assert_string_equal(rule.basis[SITO_PL], "RFC 4180");
    assert_string_equal(rule.basis[SITO_EN], "RFC 4180");
    assert_int_equal(rule.severity, SITO_SEVERE);
    assert_int_equal(rule.row_severities, 1u << SITO_NOTE | 1u << SITO_FATAL);
    assert_int_equal(rule.needs_count, 2);
    assert_string_equal(rule.needs[1], "quasi-identifiers");
    assert_int_equal(rule.params_count, 1);
    assert_string_equal(rule.params[0].name, "least");
    assert_string_equal(rule.params[0].value, "10");
    assert_string_equal(rule.params[0].sentence[SITO_EN], "the least number");
    assert_string_equal(rule.params[0].sentence[SITO_PL], "najmniejsza liczba");
    assert_null(rule.follows);
    assert_false(rule.scope_package);
    assert_memory_equal(rule.sql, "SELECT NULL", 11);
    assert_int_equal(strlen(rule.sha256), 64);
    sito_rule_free(&rule);
}

/* The good rule with `from` replaced by `to` must fail with a message that starts with `message`. */
static void expect_slip(const char *from, const char *to, const char *message) {
    const char *at = strstr(good, from);
    assert_non_null(at);
    char *text = sqlite3_mprintf("%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    SitoRule rule;
    char *error = NULL;
    assert_int_equal(read_text(&rule, "structure/few-rows.sql", text, &error), SITO_ERROR);
    assert_non_null(error);
    if (strncmp(error, message, strlen(message)) != 0) {
        fail_msg("expected \"%s\", got \"%s\"", message, error);
    }
    assert_null(rule.id); /* emptied */
    sito_free(error);
    sqlite3_free(text);
}

static void slips_are_named_with_their_line(void **state) {
    (void)state;
    expect_slip("title.pl", "titel.pl",
                "structure/few-rows.sql:3: unknown key 'titel.pl'; did you mean 'title.pl'?");
    expect_slip("-- why.pl:     Bo\n", "",
                "structure/few-rows.sql:16: the front matter lacks the key 'why.pl'");
    expect_slip("-- why.pl:     Bo\n", "-- why.pl:  Bo\n-- why.en: Because\n",
                "structure/few-rows.sql:14: key given twice: 'why.en'");
    expect_slip("why.pl:     Bo", "why.pl:", "structure/few-rows.sql:13: no value for 'why.pl'");
    expect_slip("few-rows", "few-row",
                "structure/few-rows.sql:1: the id must be the file's name, not 'few-row'");
    expect_slip(
        "error", "grave",
        "structure/few-rows.sql:4: a severity is fatal, error, warning or note, not 'grave'");
    expect_slip(
        "note, fatal", "note, grave",
        "structure/few-rows.sql:5: a severity is fatal, error, warning or note, not 'grave'");
    expect_slip("quasi-identifiers", "quasi-identifier",
                "structure/few-rows.sql:6: VOCABULARY has no need 'quasi-identifier'; did you mean "
                "'quasi-identifiers'?");
    expect_slip("integer 10", "int 10", "structure/few-rows.sql:7: a param is NAME");
    expect_slip(" | najmniejsza", " najmniejsza", "structure/few-rows.sql:7: a param is NAME");
    expect_slip(
        "-- basis: ", "-- basis.en: ", "structure/few-rows.sql:17: give either 'basis' or both");
    expect_slip("message.en: {count}", "message.en: {count",
                "structure/few-rows.sql:10: message.en: message: expected }");
    expect_slip("message.pl: {count}", "message.pl: {count, plural, one {a} other {b}}",
                "structure/few-rows.sql:11: message.pl: message: the plural lacks a form");
    expect_slip("'nul'", "'null'",
                "structure/few-rows.sql:19: VOCABULARY has no word 'null'; did you mean 'nul'?");
    expect_slip("kind IN ('ragged'", "measure IN ('ragged'",
                "structure/few-rows.sql:19: VOCABULARY has no word 'ragged'");
    expect_slip("SELECT NULL", "DELETE NULL",
                "structure/few-rows.sql:17: behind the front matter comes one SELECT");
    expect_slip("-- since:      0.1\n", "-- since:      0.1\n--scope: package\n",
                "structure/few-rows.sql:17: expected `-- key: value`, not '--scope: package'");
    expect_slip("-- since:      0.1\n", "-- since:      0.1\n-- scope: all\n",
                "structure/few-rows.sql:17: a scope is resource or package, not 'all'");
    expect_slip("Tytuł", "Tytu\xB3", "structure/few-rows.sql: a rule is UTF-8 text");
}

static void literals_elsewhere_are_free(void **state) {
    (void)state;
    SitoRule rule;
    char *error = NULL;
    const char *at = strstr(good, "SELECT");
    char *text =
        sqlite3_mprintf("%.*sSELECT kind, 'x' AS y FROM defect WHERE field = 'kind' AND kind "
                        "<> 'nul' OR kind = field AND 'z' = type",
                        (int)(at - good), good);
    assert_int_equal(read_text(&rule, "a/few-rows.sql", text, &error), SITO_OK);
    sito_rule_free(&rule);
    sqlite3_free(text);
}

/* ---- folders ---- */

static char folder[] = "/tmp/sito-rules-XXXXXX";

static void write_file(const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void remove_file(const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static void expect_folder(const char *path, int expected, const char *part) {
    SitoRules rules;
    char *error = NULL;
    assert_int_equal(sito_rules_load(&rules, path, &error), expected);
    assert_non_null(error);
    assert_non_null(strstr(error, part));
    assert_int_equal(rules.count, 0);
    sito_free(error);
}

static void folders_add_rules(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    expect_folder(folder, SITO_ERROR, "no rule here");
    make_folder("structure");
    write_file("structure/few-rows.sql", good);
    write_file("structure/README.md", "not a rule");
    write_file("notes.txt", "not a folder");
    SitoRules rules;
    char *error = NULL;
    assert_int_equal(sito_rules_load(&rules, folder, &error), SITO_OK);
    const SitoRule *mine = sito_rules_find(&rules, "few-rows");
    assert_non_null(mine);
    assert_false(mine->builtin);
    assert_true(sito_rules_find(&rules, "k-anonymity")->builtin);
    assert_null(sito_rules_find(&rules, "k-anonymit"));
    sito_rules_free(&rules);
    write_file("structure/ragged-row.sql", good);
    expect_folder(folder, SITO_ERROR, "ragged-row.sql:1: the id must be the file's name");
    remove_file("structure/ragged-row.sql");
    make_folder("validity");
    write_file("validity/few-rows.sql", good);
    expect_folder(folder, SITO_ERROR, "the id 'few-rows' is taken by a rule of family");
    remove_file("validity/few-rows.sql");
    make_folder("validity/pipe.sql");
    expect_folder(folder, SITO_CANTOPEN, "pipe.sql: no regular file");
    remove_file("validity/pipe.sql");
    expect_folder("/tmp/no-such-folder-of-rules", SITO_CANTOPEN, "/tmp/no-such-folder-of-rules: ");
    remove_file("validity");
    remove_file("notes.txt");
    remove_file("structure/README.md");
    remove_file("structure/few-rows.sql");
    remove_file("structure");
    assert_int_equal(rmdir(folder), 0);
}

static void rules_are_in_the_order_of_reading(void **state) {
    (void)state;
    SitoRules rules;
    char *error = NULL;
    assert_int_equal(sito_rules_load(&rules, NULL, &error), SITO_OK);
    assert_string_equal(rules.items[0].family, "structure");
    assert_string_equal(rules.items[rules.count - 1].family, "procedure");
    const SitoRule *cause = sito_rules_find(&rules, "k-anonymity");
    const SitoRule *effect = sito_rules_find(&rules, "alpha-k");
    assert_true(cause < effect);
    for (size_t i = 0; i < rules.count; i++) {
        const char *follows = rules.items[i].follows;
        assert_true(follows == NULL || sito_rules_find(&rules, follows) != NULL);
    }
    sito_rules_free(&rules);
}

/* ---- words ---- */

static void words_of_needs_are_those_of_the_vocabulary(void **state) {
    (void)state;
    SitoVocabulary vocabulary;
    char *error = NULL;
    assert_int_equal(sito_vocabulary_load(&vocabulary, &error), SITO_OK);
    size_t needs = 0;
    for (size_t i = 0; i < vocabulary.count; i++) {
        if (strcmp(vocabulary.items[i].group, "need") == 0) {
            assert_non_null(sito_need_find(vocabulary.items[i].word));
            needs++;
        }
    }
    assert_int_equal(needs, sito_needs_count);
    assert_null(sito_need_find("nothing"));
    sito_vocabulary_free(&vocabulary);
}

static void needs_can_be_asked_of_the_facts(void **state) {
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    const SitoEmbedded *facts = sito_embedded_find(sito_embedded_runner, "facts.sql");
    assert_int_equal(sqlite3_exec(db, facts->data, NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < sito_needs_count; i++) {
        sqlite3_stmt *select = NULL;
        assert_int_equal(sqlite3_prepare_v2(db, sito_needs[i].sql, -1, &select, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_column_count(select), 1);
        sqlite3_finalize(select);
    }
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_is_read),
        cmocka_unit_test(slips_are_named_with_their_line),
        cmocka_unit_test(literals_elsewhere_are_free),
        cmocka_unit_test(folders_add_rules),
        cmocka_unit_test(rules_are_in_the_order_of_reading),
        cmocka_unit_test(words_of_needs_are_those_of_the_vocabulary),
        cmocka_unit_test(needs_can_be_asked_of_the_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
