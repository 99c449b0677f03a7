/*
** A scan as the options want it: records with their values checked, damage as an error, left out,
** or
** kept. The table and csv_rejects read through it.
**
** R1  Every value of a declared column is checked in every record, also of columns that nobody
**     asked for: what a scan finds does not depend on the SELECT around it.
** R2  on_error=reject leaves damaged records out, at most reject_limit of them; numbers stay those
**     of the file. Warnings never stop a scan and never leave a record out.
** R3  A value that does not fit stays text; the record's defect is `value` unless it has a graver
**     one.
*/
#ifndef SITO_CSV_SCAN_CORE_H
#define SITO_CSV_SCAN_CORE_H

#include "csv.h"
#include "options_core.h"
#include "reader_core.h"
#include "sniff_core.h"
#include "value_core.h"

/* What was settled when the table was created. It outlives its scans. */
typedef struct SitoCsvPlan {
    SitoCsvOptions options;
    SitoCsvDialect dialect;
    char decimal;
    SitoHeadings headings; /* names of the columns */
    SitoValueType *types;  /* of the columns; NULL: all are text */
    SitoFileState state;   /* of the file then */
    bool packed;           /* the file is a gzip file */
    int users;             /* table and scans that hold it */
} SitoCsvPlan;

/* Reads the options, looks at the file. The plan is released with sito_plan_release. */
int sito_plan_make(int count, const char *const *arguments, SitoPoll poll, SitoCsvPlan **plan,
                   char **error) SITO_MUST_CHECK;
void sito_plan_release(SitoCsvPlan *plan);
const char *sito_plan_name(const SitoCsvPlan *plan); /* the file, or "data" */

typedef struct SitoCsvScan {
    SitoCsvPlan *plan;
    SitoCsvReader *reader;
    SitoOnError on_error;
    int64_t rejected;
    SitoCsvDefect defect; /* of the current record, values included */
    size_t column;        /* from 1; 0: none */
    const char *what;
} SitoCsvScan;

/* Opens the file anew. on_error may differ from the plan's. */
int sito_scan_open(SitoCsvScan *scan, SitoCsvPlan *plan, SitoOnError on_error, SitoPoll poll,
                   char **error) SITO_MUST_CHECK;
void sito_scan_close(SitoCsvScan *scan);
int sito_scan_start(SitoCsvScan *scan, bool hash, char **error) SITO_MUST_CHECK;
/* To the record `number`, which begins at `byte` in `line`. */
int sito_scan_seek(SitoCsvScan *scan, int64_t number, int64_t line, int64_t byte,
                   char **error) SITO_MUST_CHECK;

/* The next record that the options let through; NULL at the end. */
int sito_scan_next(SitoCsvScan *scan, const SitoCsvRecord **record, char **error) SITO_MUST_CHECK;

typedef enum SitoCellKind {
    SITO_CELL_NULL,
    SITO_CELL_TEXT,
    SITO_CELL_INTEGER,
    SITO_CELL_NUMBER
} SitoCellKind;

typedef struct SitoCell {
    SitoCellKind kind;
    SitoText text; /* valid until the next call for this scan */
    int64_t integer;
    double number;
    char date[SITO_DATE_SIZE + 1]; /* where text lies if it is a date */
    bool bare;                     /* an empty cell without quotes */
    bool misfit;                   /* text in a column that is declared as something else */
} SitoCell;

int sito_scan_cell(SitoCsvScan *scan, size_t column, SitoCell *cell) SITO_MUST_CHECK;

#endif
