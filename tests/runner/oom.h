/*
** The allocation-failure mode: every allocation of every statement fails in turn.
**
** R1  A statement is run once to count its allocations; then again with the first failing, the
**     second …, each once alone and once with all that follow it. Each time it gives its answer or
**     an error, never another answer.
** R2  Each attempt runs in a savepoint that is rolled back, so that the statements behind it find
**     the database as the file means it; at the end the statement runs for good and meets its
**     record. Statements that control transactions, and ATTACH, VACUUM and PRAGMA, run only for
**     good.
** R3  All allocations of a file of up to 2,000 (500 with sanitizers); of larger ones the first 20
**     of each statement and every n-th behind them; fewer still of a statement so large that trying
**     all would take long. Which ones depends on nothing but their number. The number of failures
**     is printed.
** R4  When the connection is closed, SQLite's heap holds what it held before. Where it does not,
**     the record that leaks is sought and named.
*/
#ifndef RUNNER_OOM_H
#define RUNNER_OOM_H

#include "record.h"

/* Both print what is wrong and return false. fault_install has been called. */
bool oom_file(const TestFile *file, bool rules);

/* The same for opening a connection and registering sito. */
bool oom_open(void);

#endif
