/*
** The library of the catalogue (checks/catalogue/catalogue.c, R2 to R4; catalogue_seal.c): recording, marking, states,
** and what is left behind by a full disk, a kill and several programs at once.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "catalogue/catalogue.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const SitoInput inputs[] = {
    {.kind = "data", .path = "zgłoszenia \"1\".csv", .sha256 = A},
    {.kind = "descriptor", .path = "datapackage.json", .sha256 = B},
};

static SitoRun run_of(const char *digest, const char *verdict) {
    return (SitoRun){.dataset = "zgloszenia-2024",
                     .version = "2024.2",
                     .location = "/dane/zgloszenia",
                     .digest = digest,
                     .program = "sito 0.1.0",
                     .verdict = verdict,
                     .report = "{\"verdict\": \"\"}",
                     .inputs = inputs,
                     .inputs_count = SITO_COUNT(inputs)};
}

static const SitoAct act = {.actor = "A. Nowak", .case_mark = "GK.1431.7.2025"};

static char path[] = "/tmp/sito-catalogue-XXXXXX/sito.db";

static int make_folder(void **state) {
    (void)state;
    memcpy(strstr(path, "/sito.db") - 6, "XXXXXX", 6);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    char *made = mkdtemp(path);
    *slash = '/';
    return made == NULL ? -1 : 0;
}

static int remove_folder(void **state) {
    (void)state;
    char journal[sizeof path + 8];
    snprintf(journal, sizeof journal, "%s-journal", path);
    unlink(path);
    unlink(journal);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    int rc = rmdir(path);
    *slash = '/';
    return rc;
}

static SitoCatalogue *open_catalogue(SitoLanguage language) {
    SitoCatalogue *c = NULL;
    char *error = NULL;
    int rc = sito_catalogue_open(&c, path, true, language, &error);
    if (rc != SITO_OK) {
        fail_msg("%s", error);
    }
    return c;
}

/* An office that marks before it analyses and decides, through a connection of its own. */
static void loosen(void) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO requirement (state, need, scope) VALUES"
                     " ('publishable', 'analysis', 'off'), ('publishable', 'decision', 'off')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void record(SitoCatalogue *c, const char *digest, const char *verdict) {
    char *error = NULL;
    SitoRun r = run_of(digest, verdict);
    if (sito_catalogue_record(c, &r, &error) != SITO_OK) {
        fail_msg("%s", error);
    }
}

static void mark(SitoCatalogue *c, const char *digest) {
    char *error = NULL;
    SitoRun r = run_of(digest, NULL);
    if (sito_catalogue_mark(c, &r, &act, &error) != SITO_OK) {
        fail_msg("%s", error);
    }
}

static void mark_is_refused(SitoCatalogue *c, const char *digest, const char *message) {
    char *error = NULL;
    SitoRun r = run_of(digest, NULL);
    assert_int_equal(sito_catalogue_mark(c, &r, &act, &error), SITO_ERROR);
    assert_string_equal(error, message);
    sito_free(error);
}

static void state_is(SitoCatalogue *c, const char *expected) {
    char *state = NULL, *error = NULL;
    assert_int_equal(sito_catalogue_state(c, "zgloszenia-2024", &state, &error), SITO_OK);
    if (expected == NULL) {
        assert_null(state);
    } else {
        assert_string_equal(state, expected);
    }
    sito_free(state);
}

/* One value, asked through a connection of its own, as the plain shell would. */
static void asks(const char *sql, const char *expected) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), expected);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static void a_passing_verdict_lets_the_bytes_be_marked(void **state) {
    (void)state;
    SitoCatalogue *c = open_catalogue(SITO_EN);
    loosen();
    state_is(c, NULL);
    record(c, A, "FAIL");
    state_is(c, "collected");
    record(c, A, "PASS");
    state_is(c, "verified");
    mark(c, A);
    state_is(c, "publishable");
    record(c, A, "PASS");
    state_is(c, "publishable");
    sito_catalogue_close(c);
    c = open_catalogue(SITO_PL);
    state_is(c, "publishable");
    sito_catalogue_close(c);
    asks("SELECT group_concat(kind || ' ' || ifnull(outcome, '-'), ', ') FROM event",
         "requirement off, requirement off, registered -, bytes -, verdict FAIL, verdict PASS, "
         "state publishable, verdict PASS");
    asks("SELECT actor || ' ' || case_mark || ' ' || program FROM event WHERE kind = 'state'",
         "A. Nowak GK.1431.7.2025 sito 0.1.0");
    asks("SELECT group_concat(kind || ' ' || path || ' ' || substr(sha256, 1, 1), ', ') FROM input",
         "data zgłoszenia \"1\".csv a, descriptor datapackage.json b");
    asks("SELECT version || ' ' || location FROM dataset", "2024.2 /dane/zgloszenia");
    asks("SELECT report FROM verdict LIMIT 1", "{\"verdict\": \"\"}");
    asks("SELECT (SELECT max(event) FROM seal) = (SELECT max(id) FROM event)", "1");
}

static void other_bytes_or_another_verdict_end_a_mark_for_good(void **state) {
    (void)state;
    static const char refusal[] = "no passing verdict for exactly these bytes";
    SitoCatalogue *c = open_catalogue(SITO_EN);
    loosen();
    record(c, A, "PASS");
    mark(c, A);
    record(c, A, "ERROR");
    state_is(c, "collected");
    mark_is_refused(c, A, refusal);
    record(c, A, "PASS");
    state_is(c, "verified");
    mark(c, A);
    state_is(c, "publishable");
    mark_is_refused(c, B, refusal); /* and the files were seen to be others */
    state_is(c, "collected");
    record(c, A, "PASS");
    state_is(c, "verified");
    sito_catalogue_close(c);
}

static void refusals_are_said_in_the_readers_language(void **state) {
    (void)state;
    SitoCatalogue *c = open_catalogue(SITO_PL);
    mark_is_refused(c, A,
                    "zbiór nie jest zarejestrowany; rejestruje go pierwsza kontrola (sito check)");
    record(c, A, "FAIL");
    mark_is_refused(c, A, "brak pozytywnego wyniku kontroli dla dokładnie tych bajtów");
    sito_catalogue_close(c);
    asks("SELECT count(*) FROM event", "3");
}

static void what_a_recording_cannot_finish_it_does_not_begin(void **state) {
    (void)state;
    SitoCatalogue *c = open_catalogue(SITO_EN);
    char *error = NULL;
    SitoRun r = run_of(A, "MAYBE");
    assert_int_equal(sito_catalogue_record(c, &r, &error), SITO_ERROR);
    assert_string_equal(error, "a verdict is PASS, FAIL or ERROR");
    sito_free(error);
    state_is(c, NULL);
    sito_catalogue_close(c);
    asks("SELECT count(*) FROM event", "0");
}

static void a_moved_folder_is_noted_and_ends_nothing(void **state) {
    (void)state;
    SitoCatalogue *c = open_catalogue(SITO_EN);
    loosen();
    record(c, A, "PASS");
    mark(c, A);
    SitoRun r = run_of(A, "PASS");
    char *error = NULL;
    r.location = "/dane/inny";
    assert_int_equal(sito_catalogue_record(c, &r, &error), SITO_OK);
    state_is(c, "publishable");
    sito_catalogue_close(c);
    asks("SELECT location FROM dataset", "/dane/inny");
}

static void a_full_disk_leaves_the_catalogue_as_it_was(void **state) {
    (void)state;
    SitoCatalogue *c = open_catalogue(SITO_EN);
    loosen();
    record(c, A, "PASS");
    mark(c, A);
    struct stat before;
    struct rlimit old, small;
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    size_t size = 1 << 20;
    char *report = malloc(size);
    assert_non_null(report);
    memset(report, 'x', size);
    report[0] = report[size - 2] = '"';
    report[size - 1] = '\0';
    SitoRun r = run_of(B, "FAIL");
    r.report = report;
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){.rlim_cur = (rlim_t)before.st_size + 8192, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    char *error = NULL;
    int rc = sito_catalogue_record(c, &r, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(rc, SITO_CANTOPEN);
    assert_non_null(strstr(error, "nothing was recorded"));
    sito_free(error);
    state_is(c, "publishable");
    assert_int_equal(sito_catalogue_record(c, &r, &error), SITO_OK); /* there is room again */
    state_is(c, "collected");
    free(report);
    sito_catalogue_close(c);
}

/* A child that opens the catalogue (making it, if it is the first) and records `count` runs. */
static pid_t start_recorder(int count) {
    pid_t child = fork();
    if (child == 0) {
        SitoCatalogue *c = NULL;
        char *error = NULL;
        SitoRun r = run_of(A, "PASS");
        int rc = sito_catalogue_open(&c, path, true, SITO_EN, &error);
        for (int i = 0; i < count && rc == SITO_OK; i++) {
            rc = sito_catalogue_record(c, &r, &error);
        }
        _exit(rc);
    }
    assert_true(child > 0);
    return child;
}

static void programs_at_once_lose_nothing(void **state) {
    (void)state;
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = start_recorder(5);
    }
    for (int i = 0; i < 4; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    asks("SELECT count(*) FROM event WHERE kind = 'registered'", "1");
    asks("SELECT count(*) FROM event WHERE kind = 'bytes'", "1");
    asks("SELECT count(*) FROM event WHERE kind = 'verdict'", "20");
    asks("SELECT count(*) = max(id) FROM event", "1");
}

static void a_kill_leaves_whole_recordings(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        pid_t child = start_recorder(1000000);
        struct timespec wait = {.tv_nsec = 1000000L * (3 + 2 * i)};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        sito_catalogue_close(open_catalogue(SITO_EN));
        asks("PRAGMA integrity_check", "ok");
        asks("SELECT count(*) <= 1 FROM event WHERE kind = 'bytes'", "1");
        asks("SELECT count(*) FROM event AS r WHERE kind = 'registered' AND NOT EXISTS"
             " (SELECT 1 FROM verdict WHERE dataset = r.dataset)",
             "0");
    }
}

int main(void) {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_passing_verdict_lets_the_bytes_be_marked),
        IN_FOLDER(other_bytes_or_another_verdict_end_a_mark_for_good),
        IN_FOLDER(refusals_are_said_in_the_readers_language),
        IN_FOLDER(what_a_recording_cannot_finish_it_does_not_begin),
        IN_FOLDER(a_moved_folder_is_noted_and_ends_nothing),
        IN_FOLDER(a_full_disk_leaves_the_catalogue_as_it_was),
        IN_FOLDER(programs_at_once_lose_nothing),
        IN_FOLDER(a_kill_leaves_whole_recordings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
