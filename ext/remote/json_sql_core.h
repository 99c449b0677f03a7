/*
** The SELECTs by which SQLite's JSON functions read one document (?1) as rows. Plain text here; json_rows.c
** runs them.
**
**   rows $.results[*].values[*]  ─▶  FROM json_each(?1, '$.results') AS r1 CROSS JOIN json_each(r1…) AS r2
**
** R1  What a column is made of is asked for twice: by -> as it is spelled, so that no digit of a number is
**     lost, and by ->> as SQLite's value.
** R2  Whatever came from a user is a literal of SQL, quoted by %Q.
*/
#ifndef SITO_JSON_SQL_CORE_H
#define SITO_JSON_SQL_CORE_H

#include "json_columns_core.h"

/* How a document becomes rows. */
typedef struct SitoJsonShape {
    SitoJsonPath rows; /* no stars: the document itself is the row */
    SitoJsonColumns columns;
    bool found; /* the columns were found out: a member that none of them shows is an error */
} SitoJsonShape;

void sito_json_shape_free(SitoJsonShape *shape);

/* The hidden columns of the table, behind those of the shape. */
enum { SITO_COL_ROW, SITO_COL_PAGE, SITO_COL_URL, SITO_COL_SIGNS, SITO_COL_COUNT };

/* The results of the main SELECT: the row as JSON, the signs as JSON, then two for each column. */
enum { SITO_JSON_ROW, SITO_JSON_SIGNS, SITO_JSON_CELLS };

/* `used`: bit i for column i, then for _row, _page, _url, _signs; bit 63 for all from there on. What is not
** used is NULL. */
int sito_json_sql_rows(const SitoJsonShape *shape, uint64_t used, SitoBuffer *sql) SITO_MUST_CHECK;

/* How many elements the outermost array has, and its type; the same for an inner array that is none. */
int sito_json_sql_outer(const SitoJsonPath *rows, SitoBuffer *sql) SITO_MUST_CHECK;
int sito_json_sql_inner(const SitoJsonPath *rows, size_t level, SitoBuffer *sql) SITO_MUST_CHECK;

/* The names of the members that the elements of array `level` (from 1; 0: the document) have, each once in
** the order in which they are met; only those with plain values where `plain`. */
int sito_json_sql_members(const SitoJsonPath *rows, size_t level, bool plain,
                          SitoBuffer *sql) SITO_MUST_CHECK;

#endif
