/*
** The frame of the table functions over a named table: risk_histogram('t', 'a, b') and its kin.
**
**   xFilter ──▶ spec->run ──▶ risk_scan: SELECT risk_collect(?1, a."q1", …) FROM "t" AS a ──▶ sink
**                        └──▶ rows, kept until the cursor is closed
**
** An aggregate sees a row four times faster than a statement that is stepped from C, so the inner
** SELECT is one: risk_collect hands the values of each row to the sink whose pointer is bound to ?1.
**
** R1  The functions are DIRECTONLY: a view in a stranger's file cannot read other tables with them.
** R2  They refuse to run inside one another, also through a view, instead of recursing.
** R3  Names go through sito_name_parse and risk_names_parse, and are quoted.
** R4  No statement outlives xFilter; the rows of the answer are at most RISK_MAX_CELLS cells.
*/
#ifndef SITO_RISK_TABLE_H
#define SITO_RISK_TABLE_H

#include "names.h"
#include "watch.h"

struct sqlite3;
struct sqlite3_module;
struct sqlite3_value;
struct sqlite3_context;

#define RISK_MAX_CELLS ((size_t)1 << 28)

/* The rows of an answer. Cells are added in the order of the columns, row after row. */
typedef struct RiskAnswer {
    struct RiskAnswerCell *cells;
    size_t count, capacity;
    SitoBuffer texts;
} RiskAnswer;

int risk_answer_null(RiskAnswer *answer) SITO_MUST_CHECK;
int risk_answer_integer(RiskAnswer *answer, int64_t integer) SITO_MUST_CHECK;
int risk_answer_real(RiskAnswer *answer, double real) SITO_MUST_CHECK; /* NaN is NULL */
int risk_answer_text(RiskAnswer *answer, SitoText text) SITO_MUST_CHECK;
int risk_answer_string(RiskAnswer *answer, const char *string) SITO_MUST_CHECK; /* NULL is NULL */

/* Several cells at once: i int64_t, r double, s const char *, t SitoText *. */
int risk_answer_row(RiskAnswer *answer, const char *format, ...) SITO_MUST_CHECK;

enum { RISK_MOST_ARGS = 8 };

/* One call of a table function. */
typedef struct RiskCall {
    struct sqlite3 *db;
    const char *function;
    RiskWatch watch;
    struct sqlite3_value *args[RISK_MOST_ARGS]; /* NULL: not given, or SQL NULL */
    RiskAnswer answer;
    char *error;
} RiskCall;

/* The text of an argument; {NULL, 0} where it is not given. */
int risk_call_text(RiskCall *call, int arg, SitoText *text) SITO_MUST_CHECK;
/* A whole number from `least` to `most`; `otherwise` where it is not given. */
int risk_call_integer(RiskCall *call, int arg, const char *name, int64_t least, int64_t most,
                      int64_t otherwise, int64_t *value) SITO_MUST_CHECK;
/* A number above 0 and up to `most`. */
int risk_call_real(RiskCall *call, int arg, const char *name, double most, double otherwise,
                   double *value) SITO_MUST_CHECK;
/* The columns that an argument names; where it is not given, all columns of the table. */
int risk_call_names(RiskCall *call, int arg, SitoText table, RiskNames *names) SITO_MUST_CHECK;

/* All columns of a table, hidden ones not. */
int risk_table_names(RiskCall *call, SitoText table, RiskNames *names) SITO_MUST_CHECK;

/* Receives the rows of an inner SELECT. */
typedef struct RiskSink {
    int (*row)(void *data, int count, struct sqlite3_value **values);
    void *data;
} RiskSink;

/* Hands every row of the table to the sink: the columns of each list in turn (count of them; a list
** may be NULL), and first, where with_rowid, the rowid or NULL where the table has none. */
int risk_scan(RiskCall *call, SitoText table, const RiskNames *const *lists, int count,
              bool with_rowid, const RiskSink *sink) SITO_MUST_CHECK;

typedef struct RiskTableSpec {
    const char *name;
    const char *columns; /* "size, classes, rows" */
    const char *args;    /* "source, columns, unit": hidden columns, in the order of the call */
    int column_count, arg_count, required;
    const char *usage; /* "risk_histogram('table', 'column, column')" */
    int (*run)(RiskCall *call);
} RiskTableSpec;

/* All of them, ending with a name of NULL (tables.c). */
extern const RiskTableSpec risk_tables[];
extern const struct sqlite3_module risk_table_module;

/* The aggregate of the inner SELECT. */
void risk_collect_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void risk_collect_final(struct sqlite3_context *context);

#endif
