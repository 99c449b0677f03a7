/*
** A SELECT of JSON functions over one or two texts, run to its end. For files with SQL glue.
*/
#ifndef SITO_JSON_QUERY_H
#define SITO_JSON_QUERY_H

#include "base/sito.h"

struct sqlite3;
struct sqlite3_stmt;

typedef int (*SitoJsonTake)(void *data, struct sqlite3_stmt *row, char **error);

/* Calls `take` with each row; ?1 and ?2 are the texts. */
int sito_json_query(struct sqlite3 *db, const char *sql, SitoText first, SitoText second,
                    SitoJsonTake take, void *data, char **error) SITO_MUST_CHECK;

/* A result as text, which lasts until the row is left; data NULL: SQL NULL. */
int sito_json_column(struct sqlite3_stmt *row, int column, SitoText *text) SITO_MUST_CHECK;

/* Puts SQLite's message into *error. */
int sito_json_failed(struct sqlite3 *db, int rc, char **error) SITO_MUST_CHECK;

static inline SitoText sito_json_text(const SitoBuffer *buffer) {
    return (SitoText){.data = buffer->size > 0 ? buffer->data : "", .size = buffer->size};
}

#endif
