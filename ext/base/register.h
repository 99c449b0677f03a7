/*
** Helpers of SQL glue (register.c). For files that include sqlite3ext.h; plain C needs sito.h only.
*/
#ifndef SITO_REGISTER_H
#define SITO_REGISTER_H

#include "sito.h"

struct sqlite3_context;
struct sqlite3_value;

/* True when nargs lies in the declared range; else sets the error "f: wrong number of arguments;
** write f(args)". Every open-ended function and aggregate calls it first: f() and f(*) reach them. */
bool sito_args_ok(struct sqlite3_context *context, int nargs);

/* Hands rc and *error (which it releases; may be NULL) to SQLite as the result of the call. */
void sito_result_failure(struct sqlite3_context *context, int rc, char *error);

/* The bytes of a value as UTF-8; {NULL, 0} for NULL. SITO_NOMEM when SQLite could not convert. */
int sito_value_text(struct sqlite3_value *value, SitoText *text) SITO_MUST_CHECK;

/* The cells that the value carries, where they are those of record `number`. Else an error, which is
** not a rare one: pointers do not pass through subqueries that are materialised. */
int sito_value_cells(struct sqlite3_value *value, struct sqlite3_value *number,
                     const char *function, const SitoCells **cells, char **error) SITO_MUST_CHECK;

#endif
