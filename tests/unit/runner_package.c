/*
** Descriptors (checks/runner/package.h): what is refused, with its place and a suggestion, and what
** is left alone.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv/csv.h"
#include "common/db.h"
#include "runner/package.h"

static char folder[] = "/tmp/sito-package-XXXXXX";
static char path[80];

static int set_up(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* The problems that a descriptor with this text has, as lines; to be released. */
static char *problems_of(const char *text, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    fclose(file);
    sqlite3 *db = NULL;
    SitoPackage package;
    SitoProblems problems = {.language = SITO_EN};
    char *error = NULL;
    assert_int_equal(sito_db_open(&db, &error), SITO_OK);
    assert_int_equal(sito_package_load(db, &package, folder, &problems, &error), SITO_OK);
    char *lines = sito_print("%.*s", (int)problems.lines.size,
                             problems.lines.data == NULL ? "" : problems.lines.data);
    sito_buffer_free(&problems.lines);
    sito_package_free(&package);
    sqlite3_close(db);
    return lines;
}

#define RESOURCE(more)                                                                             \
    "{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"r.csv\"" more "}]}"
#define FIELD(more) RESOURCE(", \"schema\": {\"fields\": [{\"name\": \"a\"" more "}]}")
#define DISCLOSURE(more) RESOURCE(", \"disclosure\": {\"persons\": \"others\"" more "}")
#define COLUMNS ", \"schema\": {\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}"

static void well_formed_descriptors_have_no_problems(void **state) {
    (void)state;
    static const char *const texts[] = {
        RESOURCE(""),
        RESOURCE(", \"bytes\": 12, \"x-own\": {\"k\": []}"), /* unknown outside our objects */
        FIELD(", \"type\": \"date\", \"format\": \"%d.%m.%Y\", \"title\": \"A\""),
        FIELD(
            ", \"disclosure\": {\"role\": \"public\", \"reason\": \"no-person\", \"basis\": \"x\"}"),
        DISCLOSURE(
            ", \"unit\": \"row\", \"k\": 7, \"l\": 3, \"t\": {\"value\": 0.2, \"model\": \"ordered\"}"),
        DISCLOSURE(", \"unit\": {\"companion\": \"osoby/kody.csv\"}"),
        "{\"name\": \"d\", \"dcat\": {\"dct:spatial\": \"x\", \"dcat:keyword\": [\"y\"]}, \"resources\": "
        "[{\"name\": \"r\", \"path\": \"a..b/c.csv\"}]}",
        RESOURCE(
            COLUMNS
            ", \"quality\": [{\"id\": \"q\", \"metric\": \"rowCount\", \"mustBeGreaterThan\": 1}]"),
    };
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        char *lines = problems_of(texts[i], strlen(texts[i]));
        assert_string_equal(lines, "");
        sito_free(lines);
    }
}

static void every_problem_is_named_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *problem;
    } cases[] = {
        {"", "not a well-formed JSON object"},
        {"[]", "not a well-formed JSON object"},
        {"{\"name\": }", "not a well-formed JSON object"},
        {"\xEF\xBB\xBF{}", "starts with a BOM"},
        {"{\"name\": \"d\", \"name\": \"e\", \"resources\": []}",
         "name: this key stands there twice"},
        {"{}", "the key 'name' is missing"},
        {"{\"name\": \"d\"}", "the key 'resources' is missing"},
        {"{\"name\": \"d\", \"resources\": {}}", "the value of 'resources' must be a list"},
        {"{\"name\": \"d\", \"resources\": []}", "the list of resources is empty"},
        {"{\"name\": \"D e\", \"resources\": [{\"name\": \"r\", \"path\": \"r.csv\"}]}",
         "the name 'D e' may hold"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\"}]}",
         "resources[0]: the key 'path' is missing"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"/etc/r\"}]}",
         "resources[0].path: the path"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"a/../../r\"}]}",
         "the path 'a/../../r'"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"http://h/r\"}]}",
         "the path 'http://h/r'"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"a\\u0009b\"}]}",
         "resources[0].path"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": [\"a\"]}]}",
         "the value of 'path' must be text"},
        {"{\"name\": \"d\", \"resources\": [{\"name\": \"r\", \"path\": \"a\"}, {\"name\": \"r\", \"path\": \"b\"}]}",
         "the resource name 'r' stands there more than once"},
        {"{\"name\": \"d\", \"dcat\": {\"modified\": \"x\"}, \"resources\": []}",
         "dcat: unknown key 'modified' (did you mean dct:modified?)"},
        {RESOURCE(", \"encoding\": \"latin1\""), "unknown encoding 'latin1'"},
        {RESOURCE(", \"dialect\": {\"delimiter\": \";;\"}"),
         "'delimiter' must be one ASCII character"},
        {RESOURCE(", \"dialect\": {\"commentChar\": \"#\"}"),
         "the key 'commentChar' is not supported"},
        {RESOURCE(", \"disclosure\": {\"k\": 5}"), "the key 'persons' is missing"},
        {DISCLOSURE(", \"K\": 5"), "resources[0].disclosure: unknown key 'K' (did you mean k?)"},
        {DISCLOSURE(", \"k\": \"5\""), "the value of 'k' must be an integer"},
        {DISCLOSURE(", \"k\": 1"), "disclosure.k: the value of 'k' is out of range"},
        {DISCLOSURE(", \"t\": 1.5"), "the value of 't' is out of range"},
        {DISCLOSURE(", \"l\": {\"value\": 0}"), "the value of 'l' is out of range"},
        {DISCLOSURE(", \"l\": {\"value\": 2, \"model\": \"entropy\"}"),
         "unknown value 'entropy'; allowed: distinct"},
        {DISCLOSURE(", \"unit\": \"rows\""), "unknown value 'rows'; allowed: row"},
        {DISCLOSURE(", \"unit\": {}"), "disclosure.unit: the key 'companion' is missing"},
        {DISCLOSURE(", \"unit\": {\"companion\": \"../o.csv\"}"), "the path '../o.csv'"},
        {"{\"name\": \"d\", \"resources\": [5]}", "resources[0]: an object {…} must be here"},
        {"{\"name\": \"d\", \"resources\": [[[{}]]]}", "resources[0]: an object {…} must be here"},
        {RESOURCE(", \"schema\": {\"fields\": [\"a\"]}"), "fields[0]: an object {…} must be here"},
        {DISCLOSURE(", \"allow\": [null]"), "allow[0]: an object {…} must be here"},
        {DISCLOSURE(
             ", \"allow\": [{\"kind\": \"PESEL\", \"field\": \"a\", \"reason\": \"x\", \"basis\": "
             "\"y\"}]"),
         "'kind': unknown value 'PESEL'; allowed: pesel nip"},
        {DISCLOSURE(", \"kind\": \"table\""),
         "a table (kind: table) needs the object table with the keys about, dimensions, measures"},
        {DISCLOSURE(", \"allow\": [{\"kind\": \"phone\"}]"),
         "allow[0]: the key 'field' is missing"},
        {FIELD(", \"type\": \"int\""), "unknown value 'int'"},
        {FIELD(", \"disclosure\": {\"role\": \"quasi\"}"), "'role': unknown value 'quasi'"},
        {FIELD(", \"disclosure\": {\"rola\": \"sensitive\"}"),
         "unknown key 'rola' (did you mean role?)"},
        {FIELD(", \"disclosure\": {\"role\": \"public\"}"), "needs the keys reason and basis"},
        {FIELD(", \"constraints\": {\"required\": \"yes\"}"),
         "the value of 'required' must be true or false"},
        {FIELD("}, {\"name\": \"A\""), "the column 'a' is described more than once"},
        {RESOURCE(", \"quality\": [{\"id\": \"q\", \"metric\": \"rowCount\"}]"),
         "'q' has no bound"},
        {RESOURCE(", \"quality\": [{\"id\": \"q\", \"metric\": \"rows\", \"mustBe\": 1}]"),
         "unknown value 'rows'"},
        {RESOURCE(COLUMNS ", \"coverage\": {\"temporal\": {\"field\": \"c\", \"step\": \"P1M\"}}"),
         "the descriptor has no column 'c'"},
    };
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        char *lines = problems_of(cases[i].text, strlen(cases[i].text));
        if (strstr(lines, cases[i].problem) == NULL) {
            fail_msg("%s\ngave: %s\nnot: %s", cases[i].text, lines, cases[i].problem);
        }
        sito_free(lines);
    }
}

static void bytes_that_are_no_text_are_refused(void **state) {
    (void)state;
    static const char with_nul[] = "{\"name\": \"d\0\", \"resources\": []}";
    static const char ill_formed[] = "{\"name\": \"d\xB1\", \"resources\": []}";
    char *lines = problems_of(with_nul, sizeof with_nul - 1);
    assert_non_null(strstr(lines, "not a well-formed JSON object"));
    sito_free(lines);
    lines = problems_of(ill_formed, sizeof ill_formed - 1);
    assert_non_null(strstr(lines, "not a well-formed JSON object"));
    sito_free(lines);
}

/* Exactly the encodings that the csv module reads may be declared. */
static void encodings_are_those_of_the_csv_module(void **state) {
    (void)state;
    for (SitoEncoding e = SITO_UTF_8; e < SITO_ENCODINGS; e++) {
        char *text = sito_print(RESOURCE(", \"encoding\": \"%s\""), sito_encoding_name(e));
        char *lines = problems_of(text, strlen(text));
        assert_string_equal(lines, "");
        sito_free(lines);
        sito_free(text);
    }
    const char *other = RESOURCE(", \"encoding\": \"latin1\"");
    char *lines = problems_of(other, strlen(other));
    for (SitoEncoding e = SITO_UTF_8; e < SITO_ENCODINGS; e++) {
        assert_non_null(strstr(lines, sito_encoding_name(e)));
    }
    sito_free(lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_descriptors_have_no_problems),
        cmocka_unit_test(every_problem_is_named_with_its_place),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(encodings_are_those_of_the_csv_module),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
