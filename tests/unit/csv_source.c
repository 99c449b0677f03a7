/*
** ext/csv/source_core.c under a system that fails (R2, R3): an injected EIO, an endless EINTR, a
** file that shrinks, grows or changes is an error at every place; short reads and single EINTR change
** nothing; never fewer rows. And a long scan stops when the connection is interrupted.
*/
#include <errno.h>
#include <fcntl.h>
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

#include "base/sito.h"
#include "csv/source_core.h"

enum { ROWS = 60000 };

static char path[] = "/tmp/csv_source_XXXXXX";
static int reads, fail_at, fail_errno;
static size_t most;
static bool always;

static ssize_t faulty_read(int fd, void *buffer, size_t size) {
    reads++;
    if (fail_at != 0 && (always ? reads >= fail_at : reads == fail_at)) {
        errno = fail_errno;
        return fail_errno == 0 ? 0 : -1;
    }
    return read(fd, buffer, most != 0 && most < size ? most : size);
}

static void write_file(int rows) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("a;b\n", file) >= 0);
    for (int i = 0; i < rows; i++) {
        assert_true(fprintf(file, "%d;wartość\n", i) > 0);
    }
    assert_int_equal(fclose(file), 0);
}

static sqlite3 *open_db(void) {
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sito_register(db, sito_modules, false, &error), SITO_OK);
    return db;
}

static int run(sqlite3 *db, const char *sql, int64_t *number) {
    sqlite3_stmt *statement;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (rc != SQLITE_OK) {
        return rc;
    }
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        *number = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return rc;
}

static void create(sqlite3 *db) {
    char sql[300];
    int64_t none;
    (void)snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE temp.t USING csv(filename='%s')", path);
    assert_int_equal(run(db, sql, &none), SQLITE_DONE);
}

static void hook(int at, int error, bool every, size_t size) {
    reads = 0;
    fail_at = at;
    fail_errno = error;
    always = every;
    most = size;
    sito_source_hooks.read = faulty_read;
}

static void unhook(void) {
    sito_source_hooks.read = read;
}

static void failing_reads(void **state) {
    (void)state;
    static const int errors[] = {EIO, 0 /* an end too early */, EINTR};
    write_file(ROWS);
    for (size_t e = 0; e < SITO_COUNT(errors); e++) {
        for (int at = 1; at <= 6; at++) {
            sqlite3 *db = open_db();
            int64_t rows = 0;
            create(db);
            hook(at, errors[e], errors[e] == EINTR, 0);
            int rc = run(db, "SELECT count(*) FROM temp.t", &rows);
            bool reached = reads >= at;
            unhook();
            /* An end that comes once, where the end is anyway, is no failure. */
            if (reached && !(errors[e] == 0 && rc == SQLITE_DONE)) {
                assert_int_equal(rc, SQLITE_IOERR);
                assert_non_null(strstr(sqlite3_errmsg(db), "csv: "));
                assert_int_equal(rows, 0);
            } else {
                assert_int_equal(rc, SQLITE_DONE);
                assert_int_equal(rows, ROWS);
            }
            sqlite3_close(db);
        }
    }
}

static void failing_reads_of_create(void **state) {
    (void)state;
    char sql[300];
    (void)snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE temp.t USING csv(filename='%s')", path);
    for (int at = 1; at <= 6; at++) {
        sqlite3 *db = open_db();
        int64_t none;
        hook(at, EIO, false, 0);
        int rc = run(db, sql, &none);
        bool reached = reads >= at;
        unhook();
        assert_int_equal(rc, reached ? SQLITE_IOERR : SQLITE_DONE);
        sqlite3_close(db);
    }
}

static void short_reads_and_signals(void **state) {
    (void)state;
    static const size_t sizes[] = {1000, 7777, 65536};
    write_file(ROWS);
    for (size_t i = 0; i < SITO_COUNT(sizes); i++) {
        sqlite3 *db = open_db();
        int64_t rows = 0, sum = 0;
        create(db);
        hook(3, EINTR, false, sizes[i]);
        assert_int_equal(run(db, "SELECT count(*) FROM temp.t", &rows), SQLITE_DONE);
        assert_int_equal(run(db, "SELECT sum(a) FROM temp.t WHERE b = 'wartość'", &sum),
                         SQLITE_DONE);
        unhook();
        assert_int_equal(rows, ROWS);
        assert_int_equal(sum, (int64_t)ROWS * (ROWS - 1) / 2);
        sqlite3_close(db);
    }
}

/* Steps once, lets `change` touch the file, and expects the scan to fail. */
static void expect_change(void (*change)(void)) {
    write_file(ROWS);
    sqlite3 *db = open_db();
    sqlite3_stmt *statement;
    int rc;
    create(db);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT a FROM temp.t", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    change();
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    }
    assert_int_equal(rc, SQLITE_IOERR);
    (void)sqlite3_finalize(statement);
    int64_t rows = 0; /* and so does the next scan: the table was made for another file */
    assert_int_equal(run(db, "SELECT count(*) FROM temp.t", &rows), SQLITE_IOERR);
    assert_non_null(strstr(sqlite3_errmsg(db), "has changed since the table was created"));
    sqlite3_close(db);
}

static void shrink(void) {
    assert_int_equal(truncate(path, 500000), 0);
}

static void grow(void) {
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    assert_true(fputs("1;x\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void rewrite(void) {
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "9", 1, 700000), 1);
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 4000000000}};
    assert_int_equal(futimens(fd, times), 0);
    assert_int_equal(close(fd), 0);
}

static void changing_files(void **state) {
    (void)state;
    expect_change(shrink);
    expect_change(grow);
    expect_change(rewrite);
}

/* ---- interruption: the connection is interrupted while a scan passes over records that nobody
** wants, where SQLite has no chance to look ---- */

static sqlite3 *interrupted;
static int64_t bytes_after;

static ssize_t interrupting_read(int fd, void *buffer, size_t size) {
    static bool done;
    ssize_t got = read(fd, buffer, size);
    bytes_after += done ? got : 0;
    if (!done) {
        done = true;
        sqlite3_interrupt(interrupted);
    }
    return got;
}

static void interruption(void **state) {
    (void)state;
    enum {
        MANY = 2500000 /* 40 MB */,
        LITTLE = 16 << 20 /* bytes: read in far less than half a second */
    };
    write_file(MANY);
    sqlite3 *db = open_db();
    int64_t rows = -1;
    create(db);
    interrupted = db;
    sito_source_hooks.read = interrupting_read;
    int rc = run(db, "SELECT count(*) FROM temp.t WHERE b = 'nie ma'", &rows);
    unhook();
    assert_int_equal(rc, SQLITE_INTERRUPT);
    assert_int_equal(rows, -1);
    assert_true(bytes_after < LITTLE);
    sqlite3_close(db);
}

static int make_path(void **state) {
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state) {
    (void)state;
    return unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_reads),
        cmocka_unit_test(failing_reads_of_create),
        cmocka_unit_test(short_reads_and_signals),
        cmocka_unit_test(changing_files),
        cmocka_unit_test(interruption),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
