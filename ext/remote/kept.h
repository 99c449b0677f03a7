/*
** The rows of a JSON source, kept for the length of a statement that comes to them again and again: as the
** inner table of a join it would read its pages once for every row of the outer one.
**
** R1  They are kept from the second time on that a cursor is set to its beginning, in a temporary database
**     of their own (SQLite's "": memory that spills into a file without a name), and go with the cursor.
** R2  Equalities narrow them down by an index, where the value cannot be equal to anything that is spelled
**     otherwise: a text for a column of texts or without a type, a number for one of numbers. SQLite
**     compares what is delivered once more, so what is not narrowed down costs time alone.
*/
#ifndef SITO_KEPT_H
#define SITO_KEPT_H

#include "json_columns_core.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;
struct sqlite3_context;

enum { SITO_KEPT_EQUAL = 4 }; /* the most columns that narrow down */

typedef struct SitoKept {
    struct sqlite3 *db; /* the temporary one; NULL: nothing is kept */
    struct sqlite3_stmt *select;
    uint64_t narrowed; /* which of the equalities `select` has: bit i for the i-th */
    bool indexed;
} SitoKept;

/* Reads all rows of the table "schema"."name" of db; `used` as in json_sql_core.h, of `columns` columns with
** the hidden ones. */
int sito_kept_fill(SitoKept *kept, struct sqlite3 *db, const char *schema, const char *name,
                   size_t columns, uint64_t used, char **error) SITO_MUST_CHECK;

/* To the rows in which these columns may equal these values. */
int sito_kept_start(SitoKept *kept, const SitoJsonColumns *columns, const int *equal,
                    struct sqlite3_value **values, int count, char **error) SITO_MUST_CHECK;
int sito_kept_next(SitoKept *kept, bool *there, char **error) SITO_MUST_CHECK;

/* Of the present row; column 0 is the rowid, the others follow. */
void sito_kept_result(const SitoKept *kept, struct sqlite3_context *context, int column);
int64_t sito_kept_rowid(const SitoKept *kept);

void sito_kept_free(SitoKept *kept);

#endif
