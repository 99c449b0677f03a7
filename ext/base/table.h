/*
** The frame of table functions: risk_histogram('t', 'a, b') and its kin.
**
**   xFilter ──▶ spec->run ──▶ sito_table_read: SELECT sito_collect(?1, a."q1", …) FROM "t" AS a ──▶ sink
**                        └──▶ rows, kept until the cursor is closed
**
** An aggregate sees a row four times faster than a statement that is stepped from C, so the inner
** SELECT is one: sito_collect hands the values of each row to the sink whose pointer is bound to ?1.
**
** R1  The functions are DIRECTONLY: a view in a stranger's file cannot read other tables with them.
** R2  They refuse to run inside one another, also through a view, instead of recursing.
** R3  Names go through sito_name_parse and sito_columns_parse, and are quoted.
** R4  No statement outlives xFilter; the rows of the answer are at most SITO_MAX_ANSWER cells.
*/
#ifndef SITO_TABLE_H
#define SITO_TABLE_H

#include "columns.h"
#include "watch.h"

struct sqlite3;
struct sqlite3_module;
struct sqlite3_value;
struct sqlite3_context;

#define SITO_MAX_ANSWER ((size_t)1 << 28)

/* The rows of an answer. Cells are added in the order of the columns, row after row. */
typedef struct SitoAnswer {
    struct SitoAnswerCell *cells;
    size_t count, capacity;
    SitoBuffer texts;
} SitoAnswer;

/* Room for `cells` at once, where their number is known before. */
int sito_answer_expect(SitoAnswer *answer, size_t cells) SITO_MUST_CHECK;

int sito_answer_null(SitoAnswer *answer) SITO_MUST_CHECK;
int sito_answer_integer(SitoAnswer *answer, int64_t integer) SITO_MUST_CHECK;
int sito_answer_real(SitoAnswer *answer, double real) SITO_MUST_CHECK; /* NaN is NULL */
int sito_answer_text(SitoAnswer *answer, SitoText text) SITO_MUST_CHECK;
int sito_answer_string(SitoAnswer *answer, const char *string) SITO_MUST_CHECK; /* NULL is NULL */

/* The same as cell number `cell`, from 0: a long text that stands in many rows is kept once. */
int sito_answer_again(SitoAnswer *answer, size_t cell) SITO_MUST_CHECK;

/* Several cells at once: i int64_t, r double, s const char *, t SitoText * (NULL is NULL). */
int sito_answer_row(SitoAnswer *answer, const char *format, ...) SITO_MUST_CHECK;

enum { SITO_MOST_TABLE_ARGS = 8 };

/* One call of a table function. */
typedef struct SitoCall {
    struct sqlite3 *db;
    const char *function;
    SitoWatch watch;
    struct sqlite3_value *args[SITO_MOST_TABLE_ARGS]; /* NULL: not given, or SQL NULL */
    SitoAnswer answer;
    char *error;
} SitoCall;

/* The text of an argument; {NULL, 0} where it is not given. */
int sito_call_text(SitoCall *call, int arg, SitoText *text) SITO_MUST_CHECK;
/* A whole number from `least` to `most`; `otherwise` where it is not given. */
int sito_call_integer(SitoCall *call, int arg, const char *name, int64_t least, int64_t most,
                      int64_t otherwise, int64_t *value) SITO_MUST_CHECK;
/* A number above 0 and up to `most`. */
int sito_call_real(SitoCall *call, int arg, const char *name, double most, double otherwise,
                   double *value) SITO_MUST_CHECK;
/* The columns that an argument names; where it is not given, all columns of the table. */
int sito_call_columns(SitoCall *call, int arg, SitoText table, SitoColumns *names) SITO_MUST_CHECK;

/* All columns of a table, hidden ones not. */
int sito_table_columns(SitoCall *call, SitoText table, SitoColumns *names) SITO_MUST_CHECK;

/* Receives the rows of an inner SELECT. */
typedef struct SitoSink {
    int (*row)(void *data, int count, struct sqlite3_value **values);
    void *data;
} SitoSink;

/* Hands every row of the table to the sink: the columns of each list in turn (count of them; a list
** may be NULL), and first, where with_rowid, the rowid or NULL where the table has none. */
int sito_table_read(SitoCall *call, SitoText table, const SitoColumns *const *lists, int count,
                    bool with_rowid, const SitoSink *sink) SITO_MUST_CHECK;

/* Runs one statement of the caller's own whose aggregate is sito_collect(?1, …). */
int sito_table_run(SitoCall *call, const char *sql, const SitoSink *sink) SITO_MUST_CHECK;

typedef struct SitoTable {
    const char *name;    /* NULL ends a list */
    const char *columns; /* "size, classes, rows" */
    const char *args;    /* "source, columns, unit": hidden columns, in the order of the call */
    int column_count, arg_count, required;
    const char *usage; /* "risk_histogram('table', 'column, column')" */
    int (*run)(SitoCall *call);
    bool
        of_value; /* about a value: a required argument that is NULL gives no rows, instead of an error */
} SitoTable;

extern const struct sqlite3_module sito_table_module;

/* The aggregate of the inner SELECT. */
void sito_collect_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void sito_collect_final(struct sqlite3_context *context);

#endif
