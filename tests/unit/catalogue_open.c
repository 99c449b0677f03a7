/*
** Opening the catalogue (checks/catalogue/file.c, catalogue.c R1 and R3): what is none is
** refused in one sentence, and neither the file nor its folder is changed.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/catalogue.h"

static char folder[] = "/tmp/sito-catalogue-XXXXXX";
static char path[sizeof folder + 16];

static int make_folder(void **state) {
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/sito.db", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    if (unlink(path) != 0) {
        rmdir(path);
    }
    return rmdir(folder); /* fails where anything was left beside the catalogue */
}

static void write_file(const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static char *read_file(size_t *size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 1 << 20, file);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

/* Runs SQL on the file as the plain shell would, without the program's settings. */
static void shell(const char *sql) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
    sqlite3_close(db);
}

static int open_once(bool create, SitoLanguage language, char **error) {
    SitoCatalogue *c = NULL;
    int rc = sito_catalogue_open(&c, path, create, language, error);
    assert_true((rc == SITO_OK) == (c != NULL));
    sito_catalogue_close(c);
    return rc;
}

static void make_catalogue(void) {
    char *error = NULL;
    if (open_once(true, SITO_EN, &error) != SITO_OK) {
        fail_msg("%s", error);
    }
}

static void is_refused(bool create, const char *why) {
    char *error = NULL, expected[512];
    assert_int_equal(open_once(create, SITO_EN, &error), SITO_CANTOPEN);
    snprintf(expected, sizeof expected, "catalogue %s: %s", path, why);
    assert_string_equal(error, expected);
    sito_free(error);
    error = NULL;
    assert_int_equal(open_once(create, SITO_PL, &error), SITO_CANTOPEN);
    assert_int_equal(strncmp(error, "katalog ", 8), 0);
    assert_null(strstr(error, why));
    sito_free(error);
}

static void file_is_refused_and_unchanged(const char *why) {
    size_t before_size, after_size;
    char *before = read_file(&before_size);
    is_refused(false, why);
    is_refused(true, why);
    char *after = read_file(&after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, before_size);
    free(before);
    free(after);
}

static void makes_a_catalogue_that_plain_sqlite_reads(void **state) {
    (void)state;
    make_catalogue();
    shell("SELECT * FROM dataset; INSERT INTO dataset (name) VALUES ('rejestr');"
          "SELECT * FROM present, verdict, input, passing, mark;");
    make_catalogue();
}

static void makes_one_of_an_empty_file_only_where_asked(void **state) {
    (void)state;
    write_file("", 0);
    is_refused(false, "the file is empty");
    make_catalogue();
}

static void refuses_what_is_not_there(void **state) {
    (void)state;
    is_refused(false, "there is no such file; sito check --catalogue FILE makes one");
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(mkdir(path, 0700), 0);
    is_refused(true, "this is a folder; the catalogue of sito is one file");
    rmdir(path);
    snprintf(path, sizeof path, "%s/nic/sito.db", folder);
    is_refused(true, "the file cannot be opened, nor made in this folder; nothing was recorded");
}

static void refuses_other_files(void **state) {
    (void)state;
    write_file("lp;kwota\n1;2\n", 13);
    file_is_refused_and_unchanged("this is no SQLite database");
    unlink(path);
    shell("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    file_is_refused_and_unchanged("this SQLite database is no catalogue of sito");
}

static void refuses_another_version(void **state) {
    (void)state;
    make_catalogue();
    shell("PRAGMA user_version = 1000");
    file_is_refused_and_unchanged("a newer version of sito wrote it; update the program");
    shell("PRAGMA user_version = 0");
    file_is_refused_and_unchanged("it has no version number, so it is no catalogue of sito");
}

static void refuses_a_damaged_file(void **state) {
    (void)state;
    make_catalogue();
    size_t size;
    char *bytes = read_file(&size);
    assert_true(size > 4096);
    memset(bytes + 100, 0xff, 1000); /* the schema's page */
    write_file(bytes, size);
    file_is_refused_and_unchanged("the file is damaged; nothing was recorded");
    write_file(bytes, 50);
    file_is_refused_and_unchanged("this is no SQLite database");
    free(bytes);
}

static void refuses_changed_guards(void **state) {
    (void)state;
    static const char *const changes[] = {
        "DROP TRIGGER event_update",
        "CREATE TRIGGER more BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END",
        "CREATE UNIQUE INDEX once ON event (dataset)",
        "ALTER TABLE event ADD COLUMN more TEXT",
        "DROP VIEW mark; CREATE VIEW mark AS SELECT * FROM event",
        "DROP TABLE event",
    };
    for (size_t i = 0; i < SITO_COUNT(changes); i++) {
        make_catalogue();
        shell(changes[i]);
        file_is_refused_and_unchanged("its guards (triggers, views or tables) were changed, so its "
                                      "states cannot be trusted; restore a backup");
        unlink(path);
    }
    make_catalogue();
    shell("CREATE VIEW mine AS SELECT name FROM dataset; CREATE TABLE note (text)");
    make_catalogue();
}

/* A path is only ever a path. */
static void takes_no_special_names(void **state) {
    (void)state;
    char *error = NULL, here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(folder), 0);
    static const char *const names[] = {":memory:", "file:x?mode=memory"};
    for (size_t i = 0; i < SITO_COUNT(names); i++) {
        SitoCatalogue *c = NULL;
        int rc = sito_catalogue_open(&c, names[i], true, SITO_EN, &error);
        sito_catalogue_close(c);
        assert_int_equal(rc, SITO_OK);
        assert_int_equal(unlink(names[i]), 0);
    }
    assert_int_equal(chdir(here), 0);
}

int main(void) {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(makes_a_catalogue_that_plain_sqlite_reads),
        IN_FOLDER(makes_one_of_an_empty_file_only_where_asked),
        IN_FOLDER(refuses_what_is_not_there),
        IN_FOLDER(refuses_other_files),
        IN_FOLDER(refuses_another_version),
        IN_FOLDER(refuses_a_damaged_file),
        IN_FOLDER(refuses_changed_guards),
        IN_FOLDER(takes_no_special_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
