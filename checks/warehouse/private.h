/*
** What the files of the warehouse share.
*/
#ifndef SITO_WAREHOUSE_PRIVATE_H
#define SITO_WAREHOUSE_PRIVATE_H

#include "common/db.h"
#include "warehouse/warehouse.h"

#include <sqlite3.h>

struct SitoWarehouse {
    sqlite3 *db;
    char *path; /* absolute, as far as it exists */
    int lock;   /* file, -1: not held */
    SitoLanguage language;
};

/* Turns what SQLite said about the warehouse into one sentence and SITO_CANTOPEN; releases `raw`. */
int sito_warehouse_explain(const SitoWarehouse *warehouse, int rc, char *raw,
                           char **error) SITO_MUST_CHECK;

/* ---- declaration.c: what a sheet says of a source ---- */

typedef struct Source {
    char *name, *kind, *item, *qualification;
    char *options; /* as written in the sheet; NULL: none */
    char *
        columns; /* names that must be there, and no others; separated by commas; NULL: not asked */
    char *required;   /* names of columns that must have no missing value */
    int64_t least;    /* rows */
    double shrinkage; /* share of rows that may be lost */
    double missing;   /* most missing values in a column, as a share; 1: not asked */
    double growth;    /* by how much the share of missing values of a column may grow */
    int64_t kept;     /* versions before the present one */
} Source;

void sito_declared_free(Source *source);

/* SITO_MISUSE where an address holds a secret, which the catalogue must not. */
int sito_address_check(const char *address, SitoLanguage language, char **error) SITO_MUST_CHECK;

/* One argument name=value of a list `name=value, name='value'`. *at moves on; false: no more, or an error
** that *error tells. Text of the value is unquoted. */
typedef struct Argument {
    char name[64];
    SitoBuffer value;
} Argument;
int sito_argument_next(const char **at, Argument *argument, bool *found, SitoLanguage language,
                       char **error) SITO_MUST_CHECK;

/* ---- reader.c: the rows of a source ---- */

typedef struct Reader {
    sqlite3 *db;
    sqlite3_stmt *rows; /* SELECT of its columns */
    const Source *source;
    char *cache; /* the folder that the source names; NULL: that of the program */
    SitoLanguage language;
} Reader;

/* Prepares the SELECT; SITO_ERROR and one sentence where the source cannot be read. */
int sito_reader_open(Reader *reader, const Source *source, SitoLanguage language,
                     char **error) SITO_MUST_CHECK;
/* After the last row: what is known of where they came from, as JSON; released with sito_free. */
int sito_reader_origin(const Reader *reader, char **json, char **error) SITO_MUST_CHECK;
/* The code and the sentence for an error while reading; memory and interrupts stay what they are. */
int sito_reader_explain(const Reader *reader, int rc, char **error) SITO_MUST_CHECK;
void sito_reader_close(Reader *reader);

/* ---- stage.c: the rows in a temporary table, counted and hashed ---- */

typedef struct StagedColumn {
    char *name;
    int64_t missing, integers, reals, texts, blobs;
} StagedColumn;

typedef struct Stage {
    sqlite3 *db;
    StagedColumn *columns;
    int count;
    int64_t rows;
    char sha256[SITO_SHA256_HEX];
} Stage;

/* Copies all rows of `rows` into temp.sito_stage. `from` is their connection, for its errors. */
int sito_stage_fill(Stage *stage, sqlite3 *db, sqlite3 *from, sqlite3_stmt *rows,
                    SitoLanguage language, char **error) SITO_MUST_CHECK;
/* Whether the column has numbers alone; whether it has any value. */
bool sito_stage_is_number(const StagedColumn *column);
const char *sito_stage_type(const StagedColumn *column); /* INTEGER, REAL, TEXT, BLOB or "" */
int sito_stage_columns(const Stage *stage, char **json, char **error) SITO_MUST_CHECK;
void sito_stage_free(Stage *stage);

/* ---- expect.c: may these rows take the place of the present ones? ---- */

/* SITO_OK; SITO_ERROR and one sentence where they may not. */
int sito_stage_expect(const Stage *stage, const Source *source, bool accept, SitoLanguage language,
                      char **error) SITO_MUST_CHECK;

/* ---- swap.c ---- */

typedef struct Load {
    const char *source, *item, *kind, *outcome, *reason, *origin;
    const Stage *stage; /* NULL: nothing was read */
    int64_t kept;
    int64_t id; /* set: of its row in sito_load */
} Load;

/* One transaction: the staged table takes its place where the outcome is "loaded"; the row of sito_load. */
int sito_warehouse_swap(SitoWarehouse *warehouse, Load *load, char **error) SITO_MUST_CHECK;

/* Whether the present version has this digest. */
int sito_warehouse_same(SitoWarehouse *warehouse, const char *source, const char *sha256,
                        bool *same, char **error) SITO_MUST_CHECK;

/* Records in the catalogue the loads that it does not know yet. */
int sito_warehouse_settle(SitoWarehouse *warehouse, SitoCatalogue *catalogue,
                          char **error) SITO_MUST_CHECK;

/* ---- guard.c: a query over the warehouse that can do nothing but read it ---- */

typedef struct Guard {
    sqlite3 *db;
    SitoBuffer allowed; /* |name|name|: what may be read */
    SitoBuffer others;  /* everything else that there is */
    SitoBuffer read;    /* what was read */
    char *refusal;      /* why a statement was refused */
    SitoLanguage language;
    int64_t deadline; /* milliseconds of the monotonic clock */
    bool late;
} Guard;

/* A connection of its own, read-only, in one read transaction. */
int sito_guard_open(Guard *guard, const SitoWarehouse *warehouse, char **error) SITO_MUST_CHECK;
/* Prepares one statement that is a SELECT. SITO_ERROR and one sentence where it is none. */
int sito_guard_prepare(Guard *guard, const char *sql, sqlite3_stmt **statement,
                       char **error) SITO_MUST_CHECK;
/* What went wrong while it ran. */
int sito_guard_error(const Guard *guard, int rc, char **error) SITO_MUST_CHECK;
/* The versions of the tables that were read since the last call, as a JSON array. */
int sito_guard_lineage(Guard *guard, char **json, char **error) SITO_MUST_CHECK;
void sito_guard_close(Guard *guard);

/* ---- order.c ---- */

/* Appends the query with an ORDER BY that ends in all its columns. */
int sito_total_order(const char *query, int columns, SitoBuffer *out) SITO_MUST_CHECK;

/* ---- cell.c ---- */

typedef enum CellType {
    CELL_ANY,
    CELL_STRING,
    CELL_INTEGER,
    CELL_NUMBER,
    CELL_BOOLEAN,
    CELL_DATE,
    CELL_TIME,
    CELL_DATETIME,
    CELL_YEAR,
    CELL_YEARMONTH
} CellType;

enum { MOST_SIGNS = 16 };

typedef struct Field {
    char *name;
    char *signs[MOST_SIGNS]; /* of a missing value; the first is written */
    size_t signs_count;
    char *yes, *no;
    CellType type;
    char decimal;
} Field;

typedef struct Dialect {
    char delimiter, quote;
    char *line_end;
    bool header;
} Dialect;

/* Appends one value as text of the file, quoted where it has to be. SITO_ERROR and what it is instead where
** it does not fit the type; the value itself is never in the message. */
int sito_cell_put(SitoBuffer *out, const Field *field, const Dialect *dialect, sqlite3_value *value,
                  SitoLanguage language, char **error) SITO_MUST_CHECK;
int sito_cell_put_text(SitoBuffer *out, const Dialect *dialect, SitoText text) SITO_MUST_CHECK;

/* ---- indicator.c ---- */

/* The definitions as the table definition of a database in memory; the caller closes it. */
int sito_indicators_read(SitoCatalogue *catalogue, sqlite3 **db, char **error) SITO_MUST_CHECK;

/* ---- real.c ---- */

enum { SITO_REAL_SIZE = 400 };

/* A finite number in plain digits, the fewest that read back as the same one. False: no memory. */
bool sito_real_write(double value, char decimal, char out[SITO_REAL_SIZE]) SITO_MUST_CHECK;

/* ---- resource.c: what a resource declares of its file ---- */

typedef struct Resource {
    char *name, *path, *query;
    Dialect dialect;
    Field *fields;
    int fields_count;
} Resource;

/* Resource number `index` of the descriptor; query NULL: it is a file like any other. SITO_MISUSE where it
** declares what an export cannot write. */
int sito_resource_read(sqlite3 *db, const char *descriptor, int64_t index, Resource *resource,
                       SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_resource_free(Resource *resource);

/* ---- outfile.c: a file that is written beside its place, read back, and renamed ---- */

typedef struct OutFile {
    char *path, *beside; /* NULL: nothing to remove */
    int fd;
    SitoSha256 *hash;
    char sha256[SITO_SHA256_HEX];
    SitoLanguage language;
} OutFile;

int sito_outfile_open(OutFile *file, const char *path, SitoLanguage language,
                      char **error) SITO_MUST_CHECK;
int sito_outfile_add(OutFile *file, SitoText bytes, char **error) SITO_MUST_CHECK;
/* On disk and read back; sha256 is known. */
int sito_outfile_end(OutFile *file, char **error) SITO_MUST_CHECK;
/* Takes its place, unless the same bytes stand there. */
int sito_outfile_place(OutFile *file, bool *unchanged, char **error) SITO_MUST_CHECK;
/* Removes what has not taken its place. */
void sito_outfile_close(OutFile *file);

#endif
