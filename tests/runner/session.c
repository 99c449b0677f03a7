/*
** Runs SQL for the tests (session.h). The runner's own memory is malloc's, never SQLite's: a fault
** that is injected there strikes sito and SQLite alone.
*/
#include "session.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sito.h"
#include "remote/remote.h"
#include "rule.h"

int sqlite3_sito_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

static char *copy(const char *text) {
    char *result = strdup(text);
    if (result == NULL) {
        fputs("test-runner: out of memory\n", stderr);
        exit(3);
    }
    return result;
}

static int open_failed(sqlite3 **db, int rc, char *message, char **error) {
    *error = copy(message != NULL ? message : sqlite3_errstr(rc));
    sqlite3_free(message);
    sqlite3_close(*db);
    *db = NULL;
    return rc;
}

int session_open(bool rules, sqlite3 **db, char **error) {
    char *message = NULL;
    *db = NULL;
    int rc = sqlite3_open(":memory:", db);
    if (rc == SQLITE_OK) {
        sqlite3_db_config(*db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_db_config(*db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        rc = sqlite3_sito_init(*db, &message, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sito_remote_register(*db, &message);
    }
    if (rc == SQLITE_OK && rules) {
        rc = rule_open(*db, &message);
    }
    return rc == SQLITE_OK ? rc : open_failed(db, rc, message, error);
}

static void print_hex(FILE *out, const unsigned char *bytes, int size) {
    fputs("X'", out);
    for (int i = 0; i < size; i++) {
        fprintf(out, "%02x", bytes[i]);
    }
    fputc('\'', out);
}

static void print_text(FILE *out, const unsigned char *text, int size) {
    if (memchr(text, 0, (size_t)size) != NULL) {
        fputs("CAST(", out);
        print_hex(out, text, size);
        fputs(" AS TEXT)", out);
        return;
    }
    fputc('\'', out);
    for (int i = 0; i < size; i++) {
        if (text[i] == '\'') {
            fputc('\'', out);
        }
        fputc(text[i], out);
    }
    fputc('\'', out);
}

/* One value; SQLITE_NOMEM when SQLite could not hand it over. */
static int print_value(FILE *out, sqlite3_stmt *statement, int column) {
    char number[64];
    const void *bytes;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        fputs("NULL", out);
        return SQLITE_OK;
    case SQLITE_INTEGER:
        fprintf(out, "%lld", sqlite3_column_int64(statement, column));
        return SQLITE_OK;
    case SQLITE_FLOAT:
        sqlite3_snprintf(sizeof number, number, "%!.20g", sqlite3_column_double(statement, column));
        fputs(number, out);
        return SQLITE_OK;
    case SQLITE_TEXT:
        bytes = sqlite3_column_text(statement, column);
        if (bytes == NULL) {
            return SQLITE_NOMEM;
        }
        print_text(out, bytes, sqlite3_column_bytes(statement, column));
        return SQLITE_OK;
    default:
        bytes = sqlite3_column_blob(statement, column);
        if (bytes == NULL && sqlite3_column_bytes(statement, column) > 0) {
            return SQLITE_NOMEM;
        }
        print_hex(out, bytes, sqlite3_column_bytes(statement, column));
        return SQLITE_OK;
    }
}

static int print_rows(FILE *out, sqlite3_stmt *statement) {
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            if (column > 0) {
                fputc(',', out);
            }
            if (print_value(out, statement, column) != SQLITE_OK) {
                return SQLITE_NOMEM;
            }
        }
        fputc('\n', out);
    }
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

Answer session_statement(sqlite3 *db, const char **sql) {
    Answer answer = {0};
    size_t size;
    FILE *out = open_memstream(&answer.rows, &size);
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    answer.rc = sqlite3_prepare_v2(db, *sql, -1, &statement, &tail);
    *sql = answer.rc == SQLITE_OK ? tail : *sql + strlen(*sql);
    if (statement != NULL) {
        answer.rc = print_rows(out, statement);
    }
    if (answer.rc != SQLITE_OK) {
        answer.error = copy(sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    fclose(out);
    return answer;
}

static Answer run_sql(sqlite3 *db, const char *sql) {
    Answer whole = {.rows = copy("")};
    while (*sql != 0 && whole.rc == SQLITE_OK) {
        Answer one = session_statement(db, &sql);
        size_t have = strlen(whole.rows), more = strlen(one.rows);
        char *joined = realloc(whole.rows, have + more + 1);
        if (joined == NULL) {
            exit(3);
        }
        memcpy(joined + have, one.rows, more + 1);
        free(one.rows);
        whole = (Answer){.rc = one.rc, .error = one.error, .rows = joined};
    }
    return whole;
}

static int hex_digit(char c) {
    const char *digits = "0123456789abcdef";
    const char *found = c != 0 ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

/* Writes one byte of a file's content, escapes resolved; returns what it consumed, 0 for an error.
 */
static size_t write_escaped(FILE *out, const char *p) {
    static const char letters[] = "nrt\\", bytes[] = "\n\r\t\\";
    if (*p != '\\') {
        fputc(*p, out);
        return 1;
    }
    const char *letter = p[1] != 0 ? strchr(letters, p[1]) : NULL;
    if (letter != NULL) {
        fputc(bytes[letter - letters], out);
        return 2;
    }
    int high = p[1] == 'x' ? hex_digit(p[2]) : -1, low = high >= 0 ? hex_digit(p[3]) : -1;
    if (low < 0) {
        return 0;
    }
    fputc(high * 16 + low, out);
    return 4;
}

static Answer write_file(const Record *record) {
    char path[4096];
    bool fits = strchr(record->argument, '/') == NULL &&
                snprintf(path, sizeof path, "%s/%s", session_scratch(), record->argument) <
                    (int)sizeof path;
    FILE *out = fits ? fopen(path, "wb") : NULL;
    if (out == NULL) {
        return (Answer){
            .rc = SQLITE_CANTOPEN, .error = copy("cannot write the file"), .rows = copy("")};
    }
    size_t step = 1;
    for (const char *p = record->body; *p != 0 && step > 0; p += step) {
        step = write_escaped(out, p);
    }
    if (fclose(out) != 0 || step == 0) {
        return (Answer){.rc = SQLITE_ERROR,
                        .error = copy("content of a file: \\n \\r \\t \\\\ \\xHH are the escapes"),
                        .rows = copy("")};
    }
    return (Answer){.rows = copy("")};
}

static Answer run_rule(sqlite3 *db, const Record *record) {
    Answer answer = {0};
    char *message = NULL;
    size_t size;
    FILE *out = open_memstream(&answer.rows, &size);
    answer.rc = rule_run(db, record->argument, record->body, out, &message);
    fclose(out);
    if (answer.rc != SQLITE_OK) {
        answer.error = copy(message != NULL ? message : sqlite3_errstr(answer.rc));
    }
    sqlite3_free(message);
    return answer;
}

Answer session_record(sqlite3 *db, const Record *record) {
    switch (record->kind) {
    case RECORD_FILE:
        return write_file(record);
    case RECORD_RULE:
        return run_rule(db, record);
    default:
        return run_sql(db, record->body);
    }
}

void answer_free(Answer *answer) {
    free(answer->error);
    free(answer->rows);
    *answer = (Answer){0};
}

bool answer_meets(const Answer *answer, const Record *record) {
    if (record->kind == RECORD_ERROR) {
        return answer->rc != SQLITE_OK && strstr(answer->error, record->argument) != NULL;
    }
    bool has_rows = record->kind == RECORD_QUERY || record->kind == RECORD_RULE;
    return answer->rc == SQLITE_OK && (!has_rows || strcmp(answer->rows, record->expected) == 0);
}

static void print_indented(const char *label, const char *text) {
    printf("  %s\n", label);
    while (*text != 0) {
        size_t size = strcspn(text, "\n");
        printf("    %.*s\n", (int)size, text);
        text += size + (text[size] == '\n');
    }
}

void answer_report(const TestFile *file, const Record *record, const Answer *answer,
                   const char *when) {
    printf("%s:%d: another answer than expected%s\n", file->path, record->line, when);
    print_indented("expected", record->kind == RECORD_ERROR ? record->argument
                               : record->kind == RECORD_STATEMENT || record->kind == RECORD_FILE
                                   ? "no error"
                                   : record->expected);
    print_indented("got", answer->error != NULL ? answer->error : answer->rows);
}

static char scratch[4096];

static int remove_entry(const char *path, const struct stat *state, int kind, struct FTW *where) {
    (void)state, (void)kind, (void)where;
    return remove(path);
}

static void remove_scratch(void) {
    nftw(scratch, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *session_scratch(void) {
    if (scratch[0] == 0) {
        const char *base = getenv("TMPDIR");
        snprintf(scratch, sizeof scratch, "%s/sito-test-XXXXXX", base != NULL ? base : "/tmp");
        if (mkdtemp(scratch) == NULL) {
            perror(scratch);
            exit(3);
        }
        atexit(remove_scratch);
    }
    return scratch;
}
