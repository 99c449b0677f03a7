/*
** The table csv: a CSV file, read as it lies there, as a table of SQLite.
**
**   CREATE VIRTUAL TABLE temp.t USING csv(filename='zgloszenia.csv');
**   SELECT _line, kod, kwota FROM temp.t WHERE _defect IS NULL;
**
** Options (options_core.c): filename or data; header, delimiter, quote, encoding, decimal, skip,
** trim and trailing, each `auto` unless given; null (may be repeated), columns or types='auto',
** on_error (fail, reject, keep), reject_limit, max_field, max_unpacked, sha256.
**
** R1  The table exists in temp or in a database in memory only, and is DIRECTONLY: a database file
**     from a stranger must not read the files of the one who opens it.
** R2  Columns are the headings in file order, then the hidden columns _line (first physical line of
**     the record), _byte (offset of its first byte; in a gzip file, of the unpacked text), _defect
**     (NULL or the word of its damage, csv.h), _record (the record as it stands, as UTF-8),
**     _warning (NULL or the word of a warning: the record is whole and its cells are as they are) and
**     _cells (the whole record as one value for profile_facts and risk_facts, NULL to all others).
**     rowid is the number of the record in the file, rejected ones counted.
** R3  Every cell is the file's text, unless columns= or types='auto' gives its column another type,
**     or null= lists it. null='' means the empty cell without quotes; "" stays an empty text.
** R4  on_error=fail: the first damage is the error of the statement. reject: damaged records are
**     left out; csv_rejects lists them. keep: a damaged record is a row; its known fields stand in
**     their columns, the others are NULL.
** R5  Each cursor reads for itself from the beginning; only the marks of where records begin are
**     shared.
** R6  sha256='compute': csv_sha256('t') is the digest of the last scan that read to the end;
**     sha256='…': a scan that reaches the end of another file than that is an error.
** R7  Equality of a text column with a text, and bounds of rowid, are looked at here first, so that
**     other records are passed over early; SQLite checks what is delivered once more.
** R8  _cells carries the texts of the file. A table with columns of another type gives NULL there.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "csv/table.h"
#include "csv/wanted.h"

enum {
    COL_LINE,
    COL_BYTE,
    COL_DEFECT,
    COL_RECORD,
    COL_WARNING,
    COL_CELLS
}; /* behind those of the file */

enum { MARK_EVERY = 512, MOST_MARKS = 1 << 24 };

typedef struct CsvCursor {
    sqlite3_vtab_cursor base;
    SitoCsvScan scan;
    const SitoCsvRecord *record; /* NULL: at the end */
    SitoCsvCells *cells;         /* NULL: nobody has asked for them */
    SitoCsvWanted wanted;
    bool whole; /* the scan began at the beginning */
} CsvCursor;

static SitoCsvTable *table_of(const CsvCursor *cursor) {
    return (SitoCsvTable *)cursor->base.pVtab;
}

/* ---- connect ---- */

static int require_memory(sqlite3 *db, const char *schema, char **error) {
    const char *file = sqlite3_db_filename(db, schema);
    if (sqlite3_stricmp(schema, "temp") == 0 || file == NULL || file[0] == 0) {
        return SITO_OK;
    }
    return sito_error(error, SITO_ERROR,
                      "csv: a csv table cannot be kept in a database file; write CREATE VIRTUAL "
                      "TABLE temp.NAME USING csv(…)");
}

static int declare(sqlite3 *db, const SitoCsvPlan *plan, char **error) {
    static const char *const types[] = {[SITO_TYPE_TEXT] = "TEXT",
                                        [SITO_TYPE_INTEGER] = "INTEGER",
                                        [SITO_TYPE_NUMBER] = "REAL",
                                        [SITO_TYPE_DATE] = "TEXT"};
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE csv(");
    for (size_t i = 0; i < plan->headings.count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&sql, "\"%w\" %s, ", plan->headings.names[i],
                               types[plan->types != NULL ? plan->types[i] : SITO_TYPE_TEXT]);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&sql, "_line INTEGER HIDDEN, _byte INTEGER HIDDEN, "
                                     "_defect TEXT HIDDEN, _record TEXT HIDDEN, "
                                     "_warning TEXT HIDDEN, _cells HIDDEN)");
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&sql, "", 1);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_declare_vtab(db, sql.data);
        if (rc != SQLITE_OK) {
            rc = sito_error(error, rc, "csv: %s", sqlite3_errmsg(db));
        }
    }
    sito_buffer_free(&sql);
    return rc;
}

static int csv_disconnect(sqlite3_vtab *vtab) {
    SitoCsvTable *table = (SitoCsvTable *)vtab;
    sito_csv_unlist(table);
    sito_plan_release(table->plan);
    sito_csv_cells_free(table);
    sito_free(table->marks);
    sito_free(table->schema);
    sito_free(table->name);
    sito_free(table);
    return SQLITE_OK;
}

static int csv_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                       sqlite3_vtab **vtab, char **error) {
    (void)aux;
    SitoCsvTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (SitoCsvTable){.db = db};
    int rc = require_memory(db, argv[1], error);
    if (rc == SITO_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc == SITO_OK) {
        table->schema = sito_print("%s", argv[1]);
        table->name = sito_print("%s", argv[2]);
        rc = table->schema == NULL || table->name == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        rc = sito_plan_make(argc - 3, argv + 3, sito_csv_poll(db), &table->plan, error);
    }
    if (rc == SITO_OK) {
        rc = declare(db, table->plan, error);
    }
    if (rc != SITO_OK) {
        csv_disconnect(&table->base);
        return rc;
    }
    sito_csv_list(table);
    *vtab = &table->base;
    return SQLITE_OK;
}

/* SQLite connects the table anew under its other name. */
static int csv_rename(sqlite3_vtab *vtab, const char *name) {
    (void)vtab, (void)name;
    return SQLITE_OK;
}

/* ---- cursors ---- */

static int csv_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    CsvCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (CsvCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int csv_close(sqlite3_vtab_cursor *base) {
    CsvCursor *cursor = (CsvCursor *)base;
    sito_csv_cells_leave(cursor->cells);
    sito_scan_close(&cursor->scan);
    sito_csv_wanted_forget(&cursor->wanted);
    sito_free(cursor);
    return SQLITE_OK;
}

/* Hands a message to SQLite, which shows it as the error of the statement. */
static int fail(CsvCursor *cursor, int rc, char *error) {
    if (error != NULL) {
        sqlite3_free(cursor->base.pVtab->zErrMsg);
        cursor->base.pVtab->zErrMsg = error;
    }
    return rc;
}

/* The end of a scan of the whole file: its digest is known now. */
static int finish(CsvCursor *cursor, char **error) {
    SitoCsvTable *table = table_of(cursor);
    const SitoCsvOptions *options = &table->plan->options;
    char digest[SITO_SHA256_HEX];
    if (!options->hash || !cursor->whole) {
        return SITO_OK;
    }
    int rc = sito_reader_digest(cursor->scan.reader, digest);
    if (rc == SITO_OK && options->sha256[0] != 0 && strcmp(options->sha256, digest) != 0) {
        rc = sito_error(error, SITO_ERROR, "csv: the SHA-256 of %s is %s, not %s",
                        sito_plan_name(table->plan), digest, options->sha256);
    }
    if (rc == SITO_OK) {
        memcpy(table->sha256, digest, sizeof digest);
    }
    return rc;
}

/* Leaves a mark behind now and then. That there is no memory for one does no harm. */
static void mark(SitoCsvTable *table, const SitoCsvRecord *record) {
    int64_t last = table->mark_count > 0 ? table->marks[table->mark_count - 1].number : 0;
    if (record->number < last + MARK_EVERY || table->plan->packed) {
        return;
    }
    void *marks = table->marks;
    if (sito_grow(&marks, &table->marks_capacity, table->mark_count + 1, sizeof *table->marks,
                  MOST_MARKS) == SITO_OK) {
        table->marks = marks;
        table->marks[table->mark_count++] =
            (SitoCsvMark){.number = record->number, .line = record->line, .byte = record->byte};
    }
}

static int csv_next(sqlite3_vtab_cursor *base) {
    CsvCursor *cursor = (CsvCursor *)base;
    char *error = NULL;
    bool wanted = false;
    int rc = SITO_OK;
    while (rc == SITO_OK && !wanted) {
        rc = sito_scan_next(&cursor->scan, &cursor->record, &error);
        if (rc != SITO_OK) {
            break;
        }
        if (cursor->record == NULL) {
            rc = finish(cursor, &error);
            break;
        }
        if (cursor->record->number > cursor->wanted.to) {
            cursor->record = NULL;
            break;
        }
        mark(table_of(cursor), cursor->record);
        rc = sito_csv_wanted_is(&cursor->wanted, cursor->scan.reader, cursor->record, &wanted);
    }
    if (cursor->cells != NULL) {
        bool there = rc == SITO_OK && cursor->record != NULL;
        cursor->cells->base.number = there ? cursor->record->number : 0;
    }
    return fail(cursor, rc, error);
}

/* ---- filter ---- */

/* The last mark at or before the first record wanted; NULL: begin at the beginning. */
static const SitoCsvMark *nearest_mark(const SitoCsvTable *table, int64_t number) {
    size_t low = 0, high = table->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->marks[middle].number <= number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? &table->marks[low - 1] : NULL;
}

static int start(CsvCursor *cursor, char **error) {
    SitoCsvTable *table = table_of(cursor);
    const SitoCsvMark *near = nearest_mark(table, cursor->wanted.from);
    int rc = SITO_OK;
    if (cursor->scan.reader == NULL) {
        sito_scan_close(&cursor->scan);
        rc = sito_scan_open(&cursor->scan, table->plan, table->plan->options.on_error,
                            sito_csv_poll(table->db), error);
    }
    cursor->whole = near == NULL;
    if (rc == SITO_OK && near == NULL) {
        rc = sito_scan_start(&cursor->scan, table->plan->options.hash, error);
    } else if (rc == SITO_OK) {
        rc = sito_scan_seek(&cursor->scan, near->number, near->line, near->byte, error);
    }
    return rc;
}

static int csv_filter(sqlite3_vtab_cursor *base, int plan, const char *columns, int argc,
                      sqlite3_value **argv) {
    (void)argc;
    CsvCursor *cursor = (CsvCursor *)base;
    char *error = NULL;
    cursor->record = NULL;
    if (cursor->cells != NULL) {
        cursor->cells->base.number = 0;
    }
    int rc = sito_csv_wanted_take(&cursor->wanted, plan, columns, argv);
    if (rc == SITO_OK && cursor->wanted.from <= cursor->wanted.to) {
        rc = start(cursor, &error);
        return rc == SITO_OK ? csv_next(base) : fail(cursor, rc, error);
    }
    return rc;
}

static int csv_eof(sqlite3_vtab_cursor *base) {
    return ((CsvCursor *)base)->record == NULL;
}

/* ---- cells ---- */

static void result_text(sqlite3_context *context, SitoText text) {
    sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void result_cell(CsvCursor *cursor, sqlite3_context *context, int column) {
    const SitoCsvPlan *plan = cursor->scan.plan;
    if (plan->types == NULL && plan->options.nulls.size == 0) { /* all cells are texts */
        SitoText text;
        bool bare;
        int rc = sito_reader_field(cursor->scan.reader, (size_t)column, &text, &bare);
        if (rc != SITO_OK) {
            sito_result_failure(context, rc, NULL);
        } else if (text.data != NULL) {
            result_text(context, text);
        }
        return;
    }
    SitoCell cell;
    int rc = sito_scan_cell(&cursor->scan, (size_t)column, &cell);
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, NULL);
        return;
    }
    switch (cell.kind) {
    case SITO_CELL_NULL:
        break;
    case SITO_CELL_TEXT:
        result_text(context, cell.text);
        break;
    case SITO_CELL_INTEGER:
        sqlite3_result_int64(context, cell.integer);
        break;
    case SITO_CELL_NUMBER:
        sqlite3_result_double(context, cell.number);
        break;
    }
}

static void result_record(CsvCursor *cursor, sqlite3_context *context) {
    SitoText raw;
    int rc = sito_reader_raw(cursor->scan.reader, &raw);
    if (rc == SITO_OK) {
        result_text(context, raw);
    } else {
        sito_result_failure(context, rc, NULL);
    }
}

static void result_cells(CsvCursor *cursor, sqlite3_context *context) {
    int rc = SITO_OK;
    if (cursor->scan.plan->types != NULL) {
        return; /* R8 */
    }
    if (cursor->cells == NULL) {
        rc = sito_csv_cells_take(table_of(cursor), &cursor->scan, cursor->record->number,
                                 &cursor->cells);
    }
    if (rc == SITO_OK) {
        sqlite3_result_pointer(context, cursor->cells, SITO_CELLS, NULL);
    } else {
        sito_result_failure(context, rc, NULL);
    }
}

/* The word of the record's damage, or of its warning; NULL where it has none of that kind. */
static void result_word(const CsvCursor *cursor, sqlite3_context *context, bool damage) {
    SitoCsvDefect defect = cursor->scan.defect;
    if (sito_csv_defect_is_damage(defect) == damage) {
        sqlite3_result_text(context, sito_csv_defect_word(defect), -1, SQLITE_STATIC);
    }
}

static int csv_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    CsvCursor *cursor = (CsvCursor *)base;
    int columns = (int)table_of(cursor)->plan->headings.count;
    if (column < columns) {
        result_cell(cursor, context, column);
        return SQLITE_OK;
    }
    switch (column - columns) {
    case COL_LINE:
        sqlite3_result_int64(context, cursor->record->line);
        break;
    case COL_BYTE:
        sqlite3_result_int64(context, cursor->record->byte);
        break;
    case COL_DEFECT:
    case COL_WARNING:
        result_word(cursor, context, column - columns == COL_DEFECT);
        break;
    case COL_RECORD:
        result_record(cursor, context);
        break;
    case COL_CELLS:
        result_cells(cursor, context);
        break;
    }
    return SQLITE_OK;
}

static int csv_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((CsvCursor *)base)->record->number;
    return SQLITE_OK;
}

const sqlite3_module sito_csv_table_module = {
    .iVersion = 1,
    .xCreate = csv_connect,
    .xConnect = csv_connect,
    .xBestIndex = sito_csv_best_index,
    .xDisconnect = csv_disconnect,
    .xDestroy = csv_disconnect,
    .xOpen = csv_open,
    .xClose = csv_close,
    .xFilter = csv_filter,
    .xNext = csv_next,
    .xEof = csv_eof,
    .xColumn = csv_column,
    .xRowid = csv_rowid,
    .xRename = csv_rename,
};
