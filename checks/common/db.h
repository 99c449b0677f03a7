/*
** Short forms of what the gate does with SQLite all the time. Parameters are bound by a string of
** letters, one for each ?: t text (const char *, NULL binds NULL), i integer (int64_t), r real.
*/
#ifndef SITO_DB_H
#define SITO_DB_H

#include "base/sito.h"

struct sqlite3;
struct sqlite3_stmt;

/* A database in memory with all of sito registered. */
int sito_db_open(struct sqlite3 **db, char **error) SITO_MUST_CHECK;

/* Runs the statements of `sql`; their rows are dropped. */
int sito_db_run(struct sqlite3 *db, const char *sql, char **error) SITO_MUST_CHECK;

/* Prepares one statement and binds its parameters. Release with sqlite3_finalize. */
int sito_db_prepare(struct sqlite3 *db, struct sqlite3_stmt **statement, char **error,
                    const char *sql, const char *types, ...) SITO_MUST_CHECK;

/* Runs one statement to its end. */
int sito_db_do(struct sqlite3 *db, char **error, const char *sql, const char *types,
               ...) SITO_MUST_CHECK;

/* Binds a prepared statement anew and runs it to its end; it can be used again. */
int sito_db_step(struct sqlite3 *db, struct sqlite3_stmt *statement, char **error,
                 const char *types, ...) SITO_MUST_CHECK;

/* The first column of the first row: as text (NULL where there is no row or no value; release with
** sito_free), or as an integer (0 where there is none). */
int sito_db_text(struct sqlite3 *db, char **text, char **error, const char *sql, const char *types,
                 ...) SITO_MUST_CHECK;
int sito_db_integer(struct sqlite3 *db, int64_t *value, char **error, const char *sql,
                    const char *types, ...) SITO_MUST_CHECK;

/* Runs the statements that a SELECT writes, row by row. */
int sito_db_run_written(struct sqlite3 *db, const char *select, char **error) SITO_MUST_CHECK;

/* Copies the rows of a SELECT on one connection by an INSERT with as many ? on another. */
int sito_db_copy(struct sqlite3 *from, struct sqlite3 *to, const char *select, const char *insert,
                 char **error) SITO_MUST_CHECK;

/* Fills *error from the connection and returns rc. */
int sito_db_error(struct sqlite3 *db, int rc, char **error);

#endif
