/*
** The allocation-failure mode (oom.h).
*/
#include "oom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "session.h"

/* WORK: the most allocations that the attempts at one statement may make together. A sanitizer makes
** each several times as slow. */
#ifdef __SANITIZE_ADDRESS__
enum { ALL_POINTS = 500, FIRST_POINTS = 20, WORK = 100000, EVERYWHERE = -1 };
#else
enum { ALL_POINTS = 2000, FIRST_POINTS = 20, WORK = 500000, EVERYWHERE = -1 };
#endif

typedef struct Sweep {
    const TestFile *file;
    sqlite3 *db;
    bool inject;      /* false: only count */
    size_t only;      /* the one record to inject into, or EVERYWHERE */
    long stride;      /* between the points behind the first ones */
    long allocations; /* of all statements, without faults */
    long points;
    bool failed;
} Sweep;

static const char *skip_blanks(const char *sql) {
    for (;;) {
        sql += strspn(sql, " \t\r\n;");
        if (strncmp(sql, "--", 2) != 0) {
            return sql;
        }
        sql += strcspn(sql, "\n");
    }
}

static bool runs_only_for_good(sqlite3 *db, const char *sql) {
    static const char *const words[] = {"BEGIN",   "COMMIT", "END",    "ROLLBACK", "SAVEPOINT",
                                        "RELEASE", "ATTACH", "DETACH", "VACUUM",   "PRAGMA"};
    sql = skip_blanks(sql);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sqlite3_strnicmp(sql, words[i], (int)strlen(words[i])) == 0) {
            return true;
        }
    }
    return *sql == 0 || sqlite3_get_autocommit(db) == 0;
}

static Answer run(sqlite3 *db, const Record *record, const char **sql) {
    if (record->kind == RECORD_RULE) {
        *sql += strlen(*sql);
        return session_record(db, record);
    }
    return session_statement(db, sql);
}

/* Runs the statement at `sql` with the n-th allocation failing (0: none), and undoes it. */
static Answer attempt(sqlite3 *db, const Record *record, const char *sql, long n, bool persistent,
                      long *allocations) {
    sqlite3_exec(db, "SAVEPOINT attempt", NULL, NULL, NULL);
    fault_arm(n, persistent);
    Answer answer = run(db, record, &sql);
    *allocations = fault_disarm();
    if (sqlite3_get_autocommit(db) == 0) { /* a failure may have ended the transaction already */
        sqlite3_exec(db, "ROLLBACK TO attempt; RELEASE attempt", NULL, NULL, NULL);
    }
    return answer;
}

static bool same(const Answer *answer, const Answer *reference, const Record *record) {
    if (fault_fired() && answer->rc != SQLITE_OK) {
        return true;
    }
    bool has_rows = record->kind == RECORD_QUERY || record->kind == RECORD_RULE;
    return (answer->rc == SQLITE_OK) == (reference->rc == SQLITE_OK) &&
           (!has_rows || strcmp(answer->rows, reference->rows) == 0);
}

static void sweep_points(Sweep *sweep, const Record *record, const char *sql,
                         const Answer *reference, long allocations) {
    long affordable = WORK / (allocations + 1) + 1;
    long stride = allocations / affordable + 1;
    stride = stride > sweep->stride ? stride : sweep->stride;
    for (long n = 1; n <= allocations; n += n < FIRST_POINTS ? 1 : stride) {
        for (int persistent = 0; persistent <= 1; persistent++) {
            long asked;
            Answer answer = attempt(sweep->db, record, sql, n, persistent != 0, &asked);
            sweep->points++;
            if (!same(&answer, reference, record)) {
                char when[80];
                snprintf(when, sizeof when, " when allocation %ld of %ld failed%s", n, allocations,
                         persistent ? ", and all after it" : "");
                answer_report(sweep->file, record, &answer, when);
                sweep->failed = true;
            }
            answer_free(&answer);
        }
    }
}

/* One record: each of its statements is swept, then run for good. */
static void sweep_record(Sweep *sweep, const Record *record, bool inject) {
    Answer whole = {0};
    const char *sql = record->body;
    size_t size;
    FILE *rows = open_memstream(&whole.rows, &size);
    do {
        if (record->kind == RECORD_RULE || !runs_only_for_good(sweep->db, sql)) {
            long allocations;
            Answer reference = attempt(sweep->db, record, sql, 0, false, &allocations);
            sweep->allocations += allocations;
            if (inject) {
                sweep_points(sweep, record, sql, &reference, allocations);
            }
            answer_free(&reference);
        }
        Answer one = run(sweep->db, record, &sql);
        fputs(one.rows, rows);
        whole.rc = one.rc;
        whole.error = one.error;
        one.error = NULL;
        answer_free(&one);
    } while (*sql != 0 && whole.rc == SQLITE_OK);
    fclose(rows);
    if (!answer_meets(&whole, record)) {
        answer_report(sweep->file, record, &whole, " after allocations had failed");
        sweep->failed = true;
    }
    answer_free(&whole);
}

static bool open_or_report(bool rules, sqlite3 **db) {
    char *error = NULL;
    if (session_open(rules, db, &error) == SQLITE_OK) {
        return true;
    }
    printf("test-runner: cannot open a connection: %s\n", error);
    free(error);
    return false;
}

/* Runs the file on a fresh connection; returns the blocks that are left over when it is closed. */
static long sweep_file(Sweep *sweep, bool rules) {
    long before = fault_blocks();
    if (!open_or_report(rules, &sweep->db)) {
        sweep->failed = true;
        return 0;
    }
    for (size_t i = 0; i < sweep->file->count; i++) {
        const Record *record = &sweep->file->records[i];
        if (record->kind == RECORD_FILE) {
            Answer answer = session_record(sweep->db, record);
            sweep->failed |= !answer_meets(&answer, record);
            answer_free(&answer);
            continue;
        }
        sweep_record(sweep, record,
                     sweep->inject && (sweep->only == (size_t)EVERYWHERE || sweep->only == i));
    }
    if (sqlite3_close(sweep->db) != SQLITE_OK) {
        printf("%s: sqlite3_close: the connection is still busy\n", sweep->file->path);
        sweep->failed = true;
    }
    return fault_blocks() - before;
}

static void name_the_leak(const TestFile *file, bool rules, long stride) {
    for (size_t i = 0; i < file->count; i++) {
        Sweep sweep = {.file = file, .inject = true, .only = i, .stride = stride};
        long leaked = sweep_file(&sweep, rules);
        if (leaked != 0) {
            printf("%s:%d: %ld blocks are not released when allocations fail here\n", file->path,
                   file->records[i].line, leaked);
        }
    }
}

bool oom_file(const TestFile *file, bool rules) {
    if (!file->oom) {
        printf("%s: left out by its own comment\n", file->path);
        return true;
    }
    Sweep count = {.file = file};
    sweep_file(&count, rules); /* also fills what ICU and OpenSSL keep for the process */
    Sweep clean = {.file = file};
    long leaked = count.failed ? 0 : sweep_file(&clean, rules);
    if (leaked != 0) {
        printf("%s: %ld blocks are not released even without a failure\n", file->path, leaked);
    }
    if (count.failed || clean.failed || leaked != 0) {
        return false;
    }
    long stride = 1 + clean.allocations / ALL_POINTS;
    Sweep sweep = {.file = file, .inject = true, .only = (size_t)EVERYWHERE, .stride = stride};
    leaked = sweep_file(&sweep, rules);
    printf("%s: %ld failures injected into %ld allocations\n", file->path, sweep.points,
           clean.allocations);
    if (leaked != 0) {
        name_the_leak(file, rules, stride);
    }
    return !sweep.failed && leaked == 0;
}

static const Record registered = {
    .kind = RECORD_QUERY,
    .body = "SELECT count(*), (SELECT count(*) FROM pragma_collation_list), (SELECT count(*) FROM "
            "pragma_module_list WHERE name NOT LIKE 'pragma%') FROM pragma_function_list"};

/* One opening with the n-th allocation failing: all of sito, or an error and nothing left behind.
 */
static bool open_with_fault(long n, bool persistent, const char *expected) {
    sqlite3 *db = NULL;
    char *error = NULL;
    long before = fault_blocks();
    fault_arm_without_icu(n, persistent);
    int rc = session_open(false, &db, &error);
    fault_disarm();
    bool good = true;
    if (rc == SQLITE_OK) {
        Answer answer = session_record(db, &registered);
        good = answer.rc == SQLITE_OK && strcmp(answer.rows, expected) == 0;
        answer_free(&answer);
        sqlite3_close(db);
    }
    free(error);
    if (!good || fault_blocks() != before) {
        printf("opening, allocation %ld failed%s: %s, %ld blocks left over\n", n,
               persistent ? ", and all after it" : "",
               good ? "no wrong answer" : "functions are missing", fault_blocks() - before);
        return false;
    }
    return true;
}

bool oom_open(void) {
    sqlite3 *db = NULL;
    if (!open_or_report(false, &db)) { /* fills what SQLite and ICU keep for the process */
        return false;
    }
    Answer reference = session_record(db, &registered);
    sqlite3_close(db);
    bool good = reference.rc == SQLITE_OK;
    long n = 0;
    do {
        n++;
        good &= open_with_fault(n, true, reference.rows);
        good &= open_with_fault(n, false, reference.rows);
    } while (fault_fired());
    answer_free(&reference);
    printf("opening: %ld failures injected\n", 2 * (n - 1));
    return good;
}
