/*
** test-runner: runs .test files (record.h) against sito, linked statically.
**
**   test-runner [--rules] [--define NAME=VALUE]… FILE…   each file on a fresh connection
**   test-runner --oom …                                  each allocation failing in turn (oom.h)
**   test-runner --oom-open                               the same for loading sito
**   test-runner --examples                               the examples of sito_help
**
** Exit status 0: all as expected; 1: not; 2: usage; 3: the tests could not be run.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "oom.h"
#include "session.h"

enum { MAX_VARIABLES = 8 };

typedef struct Options {
    bool rules, oom, oom_open, examples;
    Variable variables[MAX_VARIABLES];
    size_t variable_count;
} Options;

static bool run_file(const TestFile *file, bool rules) {
    sqlite3 *db = NULL;
    char *error = NULL;
    size_t failed = 0;
    if (session_open(rules, &db, &error) != SQLITE_OK) {
        printf("%s: cannot open a connection: %s\n", file->path, error);
        free(error);
        return false;
    }
    for (size_t i = 0; i < file->count; i++) {
        Answer answer = session_record(db, &file->records[i]);
        if (!answer_meets(&answer, &file->records[i])) {
            answer_report(file, &file->records[i], &answer, "");
            failed++;
        }
        answer_free(&answer);
    }
    if (sqlite3_close(db) != SQLITE_OK) {
        printf("%s: sqlite3_close: the connection is still busy\n", file->path);
        failed++;
    }
    printf("%s: %zu records, %zu failed\n", file->path, file->count, failed);
    return failed == 0;
}

/* Whether the example gives its result; one without a result must at least be a statement. */
static bool run_example(sqlite3 *db, const char *name, const char *example, const char *result) {
    sqlite3_stmt *statement = NULL;
    if (result == NULL) {
        bool parses = sqlite3_prepare_v2(db, example, -1, &statement, NULL) == SQLITE_OK;
        if (!parses) {
            printf("sito_help: %s: the example does not parse: %s\n", name, sqlite3_errmsg(db));
        }
        sqlite3_finalize(statement);
        return parses;
    }
    Record record = {.kind = RECORD_QUERY, .body = (char *)example};
    Answer answer = session_record(db, &record);
    size_t size = answer.rc == SQLITE_OK ? strlen(answer.rows) : 0;
    bool good =
        size > 0 && strlen(result) == size - 1 && memcmp(answer.rows, result, size - 1) == 0;
    if (!good) {
        printf("sito_help: %s: %s\n  expected %s\n  got %s", name, example, result,
               answer.error != NULL ? answer.error : answer.rows);
    }
    answer_free(&answer);
    return good;
}

static bool run_examples(void) {
    sqlite3 *db = NULL;
    char *error = NULL;
    sqlite3_stmt *help = NULL;
    if (session_open(false, &db, &error) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT name, example, result FROM sito_help WHERE loaded", -1,
                           &help, NULL) != SQLITE_OK) {
        printf("cannot read sito_help: %s\n", error != NULL ? error : sqlite3_errmsg(db));
        free(error);
        sqlite3_close(db);
        return false;
    }
    size_t run = 0, failed = 0;
    while (sqlite3_step(help) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(help, 0);
        const char *example = (const char *)sqlite3_column_text(help, 1);
        run++;
        if (example == NULL) {
            printf("sito_help: %s has no example\n", name);
            failed++;
        } else {
            failed += !run_example(db, name, example, (const char *)sqlite3_column_text(help, 2));
        }
    }
    sqlite3_finalize(help);
    sqlite3_close(db);
    printf("sito_help: %zu examples, %zu failed\n", run, failed);
    return run > 0 && failed == 0;
}

static bool define(Options *options, char *text) {
    char *equals = text != NULL ? strchr(text, '=') : NULL;
    if (equals == NULL || options->variable_count == MAX_VARIABLES) {
        return false;
    }
    *equals = 0;
    options->variables[options->variable_count++] = (Variable){.name = text, .value = equals + 1};
    return true;
}

/* Returns the index of the first file, or 0 for wrong usage. */
static int parse_options(int argc, char **argv, Options *options) {
    int i = 1;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--rules") == 0) {
            options->rules = true;
        } else if (strcmp(argv[i], "--oom") == 0) {
            options->oom = true;
        } else if (strcmp(argv[i], "--oom-open") == 0) {
            options->oom_open = true;
        } else if (strcmp(argv[i], "--examples") == 0) {
            options->examples = true;
        } else if (strcmp(argv[i], "--define") != 0 || !define(options, argv[++i])) {
            return 0;
        }
    }
    return i < argc || options->oom_open || options->examples ? i : 0;
}

int main(int argc, char **argv) {
    Options options = {0};
    int first = parse_options(argc, argv, &options);
    if (first == 0) {
        fputs("usage: test-runner [--rules] [--oom] [--define NAME=VALUE]… FILE…\n"
              "       test-runner --oom-open | --examples\n",
              stderr);
        return 2;
    }
    if ((options.oom || options.oom_open) && fault_install() != SQLITE_OK) {
        fputs("test-runner: the failing allocator cannot be installed\n", stderr);
        return 3;
    }
    bool good = true;
    if (options.oom_open) {
        good = oom_open();
    } else if (options.examples) {
        good = run_examples();
    }
    for (int i = first; i < argc; i++) {
        Variable variables[MAX_VARIABLES + 1];
        memcpy(variables, options.variables, sizeof options.variables);
        variables[options.variable_count] = (Variable){.name = "TMP", .value = session_scratch()};
        TestFile file;
        if (!test_file_read(argv[i], variables, options.variable_count + 1, &file)) {
            return 3;
        }
        good &= options.oom ? oom_file(&file, options.rules) : run_file(&file, options.rules);
        test_file_free(&file);
    }
    return good ? 0 : 1;
}
