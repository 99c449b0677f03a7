/*
** Upgrades of the catalogue (checks/catalogue/schema.c, R1 to R4), from every older version:
** fixtures/catalogue/version-N.sql.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catalogue/catalogue.h"
#include "catalogue/file.h"

static char folder[] = "/tmp/sito-catalogue-XXXXXX";
static char path[sizeof folder + 16], backup[sizeof path + 16];

static char *read_text(const char *name) {
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void shell(const char *file, const char *sql) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
    sqlite3_close(db);
}

static void asks(const char *file, const char *sql, const char *expected) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), expected);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static char version_of_backup[8];

static int make_from(const char *name, int version) {
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/sito.db", folder);
    snprintf(backup, sizeof backup, "%s.version-%d", path, version);
    snprintf(version_of_backup, sizeof version_of_backup, "%d", version);
    char fixture[4096];
    snprintf(fixture, sizeof fixture, "%s/catalogue/%s-%d.sql", getenv("FIXTURES"), name, version);
    char *sql = read_text(fixture);
    shell(path, sql);
    free(sql);
    return 0;
}

static int make_version_1(void **state) {
    (void)state;
    return make_from("version", 1);
}

static int make_version_2(void **state) {
    (void)state;
    return make_from("version", 2);
}

/* With seals of version 2, and one event that has none yet. */
static int make_sealed(void **state) {
    (void)state;
    return make_from("sealed", 2);
}

static int remove_folder(void **state) {
    (void)state;
    if (unlink(backup) != 0) {
        rmdir(backup);
    }
    unlink(path);
    return rmdir(folder); /* fails where anything else was left */
}

static int open_once(char **error) {
    SitoCatalogue *c = NULL;
    int rc = sito_catalogue_open(&c, path, false, SITO_EN, error);
    sito_catalogue_close(c);
    return rc;
}

static void opens(void) {
    char *error = NULL;
    if (open_once(&error) != SITO_OK) {
        fail_msg("%s", error);
    }
}

static const char history[] =
    "SELECT group_concat(id || at || kind || dataset || ifnull(digest, '') || ifnull(outcome, '') ||"
    " ifnull(actor, '') || ifnull(version, '') || ifnull(location, '') || ifnull(program, ''))"
    "  FROM event";

static char *first_value(const char *file, const char *sql) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *value = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void history_and_states_stay_and_a_backup_is_left(void **state) {
    (void)state;
    char *before = first_value(path, history);
    opens();
    char version[16];
    snprintf(version, sizeof version, "%d", SITO_CATALOGUE_VERSION);
    asks(path, "PRAGMA user_version", version);
    asks(path, history, before);
    asks(path,
         "SELECT group_concat(line, ', ') FROM"
         " (SELECT name || ' ' || state AS line FROM dataset ORDER BY name)",
         "drzewa collected, zgloszenia verified"); /* what a mark needs now is not there */
    asks(path, "SELECT path FROM input", "zgloszenia.csv");
    asks(path, "SELECT count(*) FROM gotowe", "0");
    shell(path, "INSERT INTO notatka VALUES ('x')");
    asks(path, "PRAGMA integrity_check", "ok");
    asks(path, "SELECT count(*) FROM mark", "0");
    asks(backup, "PRAGMA user_version", version_of_backup);
    asks(backup, history, before);
    asks(backup, "PRAGMA integrity_check", "ok");
    struct stat first, second;
    assert_int_equal(stat(backup, &first), 0);
    opens(); /* nothing left to do */
    assert_int_equal(stat(backup, &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);
    free(before);
}

static void changed_guards_are_refused_before_anything_happens(void **state) {
    (void)state;
    char *error = NULL;
    shell(path, "DROP TRIGGER event_update; UPDATE event SET outcome = 'PASS' WHERE id = 9");
    assert_int_equal(open_once(&error), SITO_CANTOPEN);
    assert_non_null(strstr(error, "its guards"));
    sito_free(error);
    asks(path, "PRAGMA user_version", version_of_backup);
    assert_int_equal(access(backup, F_OK), -1);
}

static void without_a_backup_there_is_no_upgrade(void **state) {
    (void)state;
    char *error = NULL;
    assert_int_equal(mkdir(backup, 0700), 0);
    assert_int_equal(open_once(&error), SITO_CANTOPEN);
    assert_non_null(strstr(error, "nothing was recorded"));
    sito_free(error);
    asks(path, "PRAGMA user_version", version_of_backup);
    asks(path, "SELECT count(*) FROM pragma_table_info('event') WHERE name = 'bundle'", "0");
}

static void programs_at_once_upgrade_once(void **state) {
    (void)state;
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            char *error = NULL;
            _exit(open_once(&error));
        }
        assert_true(children[i] > 0);
    }
    for (int i = 0; i < 4; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    asks(backup, "PRAGMA user_version", version_of_backup);
    asks(path, "SELECT count(*) FROM event", "9");
}

/* The chain made by version 2 holds in version 3, whose columns it did not know. */
static void a_sealed_history_stays_whole(void **state) {
    (void)state;
    opens();
    asks(path, "SELECT group_concat(name || ' ' || state, ', ') FROM dataset", "drzewa published");
    asks(path, "SELECT count(*) FROM request", "2");
    SitoCatalogue *c = NULL;
    SitoAudit audit;
    char *error = NULL;
    assert_int_equal(sito_catalogue_open(&c, path, false, SITO_EN, &error), SITO_OK);
    assert_int_equal(sito_catalogue_verify(c, NULL, &audit, &error), SITO_OK);
    assert_int_equal(audit.flaws, 0);
    assert_int_equal(audit.sealed, 11);
    assert_int_equal(audit.events, 12);
    sito_buffer_free(&audit.lines);
    sito_catalogue_close(c);
    asks(backup, "PRAGMA user_version", "2");
}

int main(void) {
#define ON(version, test)                                                                          \
    cmocka_unit_test_setup_teardown(test, make_version_##version, remove_folder)
    const struct CMUnitTest tests[] = {
        ON(1, history_and_states_stay_and_a_backup_is_left),
        ON(1, changed_guards_are_refused_before_anything_happens),
        ON(1, without_a_backup_there_is_no_upgrade),
        ON(1, programs_at_once_upgrade_once),
        ON(2, history_and_states_stay_and_a_backup_is_left),
        ON(2, changed_guards_are_refused_before_anything_happens),
        ON(2, without_a_backup_there_is_no_upgrade),
        ON(2, programs_at_once_upgrade_once),
        cmocka_unit_test_setup_teardown(a_sealed_history_stays_whole, make_sealed, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
