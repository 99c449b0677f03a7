/*
** One JSON document as rows, read by SQLite's JSON functions on the same connection.
**
**   text ─▶ made plain (json_text_core.h) ─▶ judged: valid, no member twice, arrays where arrays are
**        ─▶ SELECT (json_sql_core.h) ─▶ row after row
**
** R1  A document with a member twice in one object is refused: SQLite would take the first, others the last.
** R2  Where the columns were found out, a member that none of them shows is an error, not left out.
** R3  Whole numbers of 64 bits are INTEGER, longer ones the TEXT of their digits; numbers with a point or
**     an exponent are REAL, or their TEXT where no REAL is that large. true is 1, false is 0, null and what
**     is missing is NULL; objects and arrays are their JSON text. That is type auto; for the others a value
**     that does not fit is an error, and "" is NULL where a number is wanted.
** R4  Messages tell the place, never a value.
*/
#ifndef SITO_JSON_ROWS_H
#define SITO_JSON_ROWS_H

#include "json_sql_core.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_context;
struct sqlite3_value;

/* Statements that judge a document; the last two kinds once for each array. */
enum {
    CHECK_VALID,
    CHECK_TWICE,
    CHECK_OUTER,
    CHECK_INNER,
    CHECK_MEMBERS = CHECK_INNER + SITO_MOST_STARS,
    CHECKS = CHECK_MEMBERS + SITO_MOST_STARS + 1
};

typedef struct SitoJsonRows {
    struct sqlite3 *db;
    const SitoJsonShape *shape;
    SitoBuffer text;  /* the document; set before sito_json_rows_begin */
    int64_t elements; /* of its outermost array; 1 where the document is the row */
    int64_t row;      /* of this document, from 1 */
    uint64_t used;    /* columns wanted, as in json_sql_core.h */
    struct sqlite3_stmt *select;
    struct sqlite3_stmt *checks[CHECKS];
    int checking; /* the one that ran last */
} SitoJsonRows;

void sito_json_rows_open(SitoJsonRows *rows, struct sqlite3 *db, const SitoJsonShape *shape);
void sito_json_rows_close(SitoJsonRows *rows);

/* Only these columns will be asked for. */
void sito_json_rows_use(SitoJsonRows *rows, uint64_t used);

/* The shape has changed: what was made for it is made anew. */
void sito_json_rows_forget(SitoJsonRows *rows);

/* Takes rows->text as the next document. */
int sito_json_rows_begin(SitoJsonRows *rows, char **error) SITO_MUST_CHECK;
int sito_json_rows_next(SitoJsonRows *rows, bool *there, char **error) SITO_MUST_CHECK;

/* Calls `see` with each member (key NULL, integer or text) that the elements of array `level` have. */
int sito_json_rows_members(SitoJsonRows *rows, size_t level,
                           int (*see)(void *data, size_t level, struct sqlite3_value *key,
                                      char **error),
                           void *data, char **error) SITO_MUST_CHECK;

/* True where a column of the shape shows the member `key` of an element of array `level`. */
int sito_json_rows_shows(const SitoJsonShape *shape, size_t level, struct sqlite3_value *key,
                         bool *shows) SITO_MUST_CHECK;

/* Column `column` of the shape; SITO_JSON_ROW and SITO_JSON_SIGNS through the second. */
int sito_json_rows_cell(const SitoJsonRows *rows, size_t column, struct sqlite3_context *context,
                        char **error) SITO_MUST_CHECK;
int sito_json_rows_text(const SitoJsonRows *rows, int result,
                        struct sqlite3_context *context) SITO_MUST_CHECK;

/* What a path of the text leads to, as text; *there: something that is not null. */
int sito_json_look_up(struct sqlite3 *db, const SitoBuffer *text, const SitoJsonPath *path,
                      SitoBuffer *found, bool *there, char **error) SITO_MUST_CHECK;

/* A value as the column's type wants it (json_cell.c): `raw` is its JSON, `value` SQLite's. */
int sito_json_result(struct sqlite3_context *context, SitoJsonType type, SitoText raw,
                     struct sqlite3_value *value, bool *fits) SITO_MUST_CHECK;

#endif
