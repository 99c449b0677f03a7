/*
** One connection with all of sito, and what a piece of SQL answers there.
**
** R1  Rows are printed as the shell's `.mode quote` does. A text that holds a NUL, which the shell
**     would cut short, is printed as CAST(X'…' AS TEXT).
** R2  Double-quoted strings are off: SQL in tests runs on every host.
*/
#ifndef RUNNER_SESSION_H
#define RUNNER_SESSION_H

#include <sqlite3.h>
#include <stdbool.h>

#include "record.h"

typedef struct Answer {
    int rc;
    char *error; /* the message; NULL where rc is SQLITE_OK */
    char *rows;  /* each with its line end */
} Answer;

/* Opens a database in memory and registers sito; with `rules` also what rule.h prepares. On failure
** *db is NULL and *error, to release with free, says why. */
int session_open(bool rules, sqlite3 **db, char **error);

/* Runs the first statement of *sql and moves *sql behind it (to the end where it does not parse).
 */
Answer session_statement(sqlite3 *db, const char **sql);

/* Runs the whole record. */
Answer session_record(sqlite3 *db, const Record *record);
void answer_free(Answer *answer);

/* Whether the answer is what the record expects. */
bool answer_meets(const Answer *answer, const Record *record);

/* Prints path:line, what was expected and what came. `when` says under which circumstances. */
void answer_report(const TestFile *file, const Record *record, const Answer *answer,
                   const char *when);

/* The scratch folder of this process, ${TMP}; removed, with what is in it, at exit. */
const char *session_scratch(void);

#endif
