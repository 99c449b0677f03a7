/*
** The table csv: a CSV file, read as it lies there, as a table of SQLite.
**
**   CREATE VIRTUAL TABLE temp.t USING csv(filename='zgloszenia.csv');
**   SELECT _line, kod, kwota FROM temp.t WHERE _defect IS NULL;
**
** Options (options_core.c): filename or data; header, delimiter, encoding and decimal, each `auto`
** unless given; quote, null (may be repeated), columns, on_error (fail, keep), max_field, sha256.
**
** R1  The table exists in temp or in a database in memory only, and is DIRECTONLY: a database file
**     from a stranger must not read the files of the one who opens it.
** R2  Columns are the headings in file order, then the hidden columns _line (first physical line of
**     the record), _byte (offset of its first byte), _defect (NULL or a word of csv.h), _record
**     (the record as it stands, as UTF-8). rowid is the number of the record.
** R3  Every cell is the file's text, unless columns= declares another type or null= lists it. A
**     value that does not fit its declared type is an error with on_error=fail and stays text with
**     keep. null='' means the empty cell without quotes; "" stays an empty text.
** R4  on_error=fail: the first defect is the error of the statement. keep: a damaged record is a
**     row; its known fields stand in their columns, the others are NULL.
** R5  Each cursor reads for itself from the beginning; nothing is shared between two of them.
** R6  sha256='compute': csv_sha256('t') is the digest of the last scan that read to the end;
**     sha256='…': a scan that reaches the end of another file than that is an error.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "csv.h"
#include "base/register.h"
#include "csv/options_core.h"
#include "csv/reader_core.h"
#include "csv/sniff.h"
#include "csv/sniff_core.h"

enum { COL_LINE, COL_BYTE, COL_DEFECT, COL_RECORD }; /* behind the columns of the file */

typedef struct CsvTable {
    sqlite3_vtab base;
    struct CsvTable *next; /* in the list of all tables */
    sqlite3 *db;
    char *schema, *name;
    SitoCsvOptions options;
    SitoCsvDialect dialect;
    char decimal;
    size_t columns;
    SitoFileState state;          /* of the file when the table was created */
    char sha256[SITO_SHA256_HEX]; /* "": no scan has come to the end */
} CsvTable;

typedef struct CsvCursor {
    sqlite3_vtab_cursor base;
    SitoCsvReader *reader;
    const SitoCsvRecord *record; /* NULL: at the end */
} CsvCursor;

/* ---- the list of tables: csv_sha256 finds one by its name ---- */

static CsvTable *tables; /* of all connections of the process; SQLite's mutex guards the list */

static sqlite3_mutex *enter(void) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP2);
    sqlite3_mutex_enter(mutex);
    return mutex;
}

static void list_table(CsvTable *table) {
    sqlite3_mutex *mutex = enter();
    table->next = tables;
    tables = table;
    sqlite3_mutex_leave(mutex);
}

static void unlist_table(const CsvTable *table) {
    sqlite3_mutex *mutex = enter();
    for (CsvTable **link = &tables; *link != NULL; link = &(*link)->next) {
        if (*link == table) {
            *link = table->next;
            break;
        }
    }
    sqlite3_mutex_leave(mutex);
}

/* A table belongs to its connection, which runs one thing at a time: what is found stays valid for
** the call that asked. */
static const CsvTable *find_table(sqlite3 *db, const SitoName *name) {
    const CsvTable *found = NULL;
    sqlite3_mutex *mutex = enter();
    for (const CsvTable *t = tables; t != NULL; t = t->next) {
        bool same = t->db == db && sqlite3_stricmp(t->name, name->table) == 0 &&
                    (name->schema == NULL || sqlite3_stricmp(t->schema, name->schema) == 0);
        bool nearer = found == NULL || sqlite3_stricmp(t->schema, "temp") == 0;
        found = same && nearer ? t : found;
    }
    sqlite3_mutex_leave(mutex);
    return found;
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

static int read_options(CsvTable *table, int argc, const char *const *argv, char **error) {
    int rc = SITO_OK;
    table->options = sito_csv_defaults();
    for (int i = 3; i < argc && rc == SITO_OK; i++) {
        rc = sito_csv_option(&table->options, argv[i], error);
    }
    table->options.given.accept_binary = table->options.on_error == SITO_KEEP;
    return rc == SITO_OK ? sito_csv_options_check(&table->options, error) : rc;
}

static int open_source(const CsvTable *table, const SitoFileState *seen, SitoSource **source,
                       char **error) {
    const SitoCsvOptions *options = &table->options;
    if (options->filename != NULL) {
        return sito_source_open(options->filename, seen, source, error);
    }
    return sito_source_text((SitoText){.data = options->data, .size = strlen(options->data)},
                            source);
}

static int declare(sqlite3 *db, const SitoHeadings *names, const SitoValueType *types) {
    static const char *const sql_types[] = {
        [SITO_TYPE_TEXT] = "TEXT", [SITO_TYPE_INTEGER] = "INTEGER", [SITO_TYPE_NUMBER] = "REAL"};
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE csv(");
    for (size_t i = 0; i < names->count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&sql, "\"%w\" %s, ", names->names[i],
                               sql_types[types != NULL ? types[i] : SITO_TYPE_TEXT]);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&sql, "_line INTEGER HIDDEN, _byte INTEGER HIDDEN, "
                                     "_defect TEXT HIDDEN, _record TEXT HIDDEN)");
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&sql, "", 1);
    }
    if (rc == SITO_OK) {
        rc = sqlite3_declare_vtab(db, sql.data);
    }
    sito_buffer_free(&sql);
    return rc;
}

/* Looks at the file and settles dialect and columns. */
static int study_file(CsvTable *table, char **error) {
    SitoSource *source = NULL;
    SitoSniff sniff = {0};
    const SitoHeadings *declared = &table->options.columns;
    int rc = open_source(table, NULL, &source, error);
    if (rc == SITO_OK) {
        table->state = sito_source_state(source);
        rc = sito_sniff(source, &table->options.given, &sniff, error);
    }
    if (rc == SITO_OK && declared->count > 0 && declared->count != sniff.headings.count) {
        rc = sito_error(error, SITO_ERROR, "csv: columns names %lld columns, but %s has %lld",
                        (long long)declared->count, sito_source_name(source),
                        (long long)sniff.headings.count);
    }
    if (rc == SITO_OK) {
        table->dialect = sniff.dialect;
        table->columns = sniff.headings.count;
        table->decimal = table->options.decimal != 0      ? table->options.decimal
                         : sniff.decimal != 0             ? sniff.decimal
                         : sniff.dialect.delimiter == ',' ? '.'
                                                          : ',';
        rc = declare(table->db, declared->count > 0 ? declared : &sniff.headings,
                     table->options.types);
        if (rc != SITO_OK) {
            rc = sito_error(error, rc, "csv: %s", sqlite3_errmsg(table->db));
        }
    }
    sito_sniff_free(&sniff);
    sito_source_free(source);
    return rc;
}

static int csv_disconnect(sqlite3_vtab *vtab) {
    CsvTable *table = (CsvTable *)vtab;
    unlist_table(table);
    sito_csv_options_free(&table->options);
    sito_free(table->schema);
    sito_free(table->name);
    sito_free(table);
    return SQLITE_OK;
}

static int csv_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                       sqlite3_vtab **vtab, char **error) {
    (void)aux;
    CsvTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (CsvTable){.db = db};
    int rc = require_memory(db, argv[1], error);
    if (rc == SITO_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc == SITO_OK) {
        rc = read_options(table, argc, argv, error);
    }
    if (rc == SITO_OK) {
        table->schema = sito_print("%s", argv[1]);
        table->name = sito_print("%s", argv[2]);
        rc = table->schema == NULL || table->name == NULL ? SITO_NOMEM : study_file(table, error);
    }
    if (rc != SITO_OK) {
        csv_disconnect(&table->base);
        return rc;
    }
    list_table(table);
    *vtab = &table->base;
    return SQLITE_OK;
}

/* SQLite connects the table anew under its other name. */
static int csv_rename(sqlite3_vtab *vtab, const char *name) {
    (void)vtab, (void)name;
    return SQLITE_OK;
}

/* ---- scan ---- */

/* Every plan is the scan of the whole file, which gives the records in the order of their rowid. */
static int csv_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    const CsvTable *table = (const CsvTable *)vtab;
    info->estimatedRows = table->state.size / (8 * (int64_t)table->columns) + 1;
    info->estimatedCost = (double)table->state.size + 1;
    info->orderByConsumed =
        info->nOrderBy == 1 && info->aOrderBy[0].iColumn == -1 && !info->aOrderBy[0].desc;
    return SQLITE_OK;
}

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
    sito_reader_free(cursor->reader);
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
    CsvTable *table = (CsvTable *)cursor->base.pVtab;
    char digest[SITO_SHA256_HEX];
    if (!table->options.hash) {
        return SITO_OK;
    }
    int rc = sito_reader_digest(cursor->reader, digest);
    if (rc == SITO_OK && table->options.sha256[0] != 0 &&
        strcmp(table->options.sha256, digest) != 0) {
        rc = sito_error(error, SITO_ERROR, "csv: the SHA-256 of %s is %s, not %s",
                        table->options.filename != NULL ? table->options.filename : "data", digest,
                        table->options.sha256);
    }
    if (rc == SITO_OK) {
        memcpy(table->sha256, digest, sizeof digest);
    }
    return rc;
}

static int csv_next(sqlite3_vtab_cursor *base) {
    CsvCursor *cursor = (CsvCursor *)base;
    const CsvTable *table = (const CsvTable *)base->pVtab;
    char *error = NULL;
    int rc = sito_reader_next(cursor->reader, &cursor->record, &error);
    if (rc == SITO_OK && cursor->record == NULL) {
        rc = finish(cursor, &error);
    } else if (rc == SITO_OK && cursor->record->defect != SITO_CSV_SOUND &&
               table->options.on_error == SITO_FAIL) {
        rc = sito_reader_complain(cursor->reader, &error);
    }
    return fail(cursor, rc, error);
}

static int start_reader(CsvCursor *cursor, char **error) {
    const CsvTable *table = (const CsvTable *)cursor->base.pVtab;
    SitoSource *source;
    int rc = SITO_OK;
    if (cursor->reader == NULL) {
        rc = open_source(table, &table->state, &source, error);
        if (rc == SITO_OK) {
            rc = sito_reader_new(source, table->dialect, table->options.given.max_field,
                                 &cursor->reader);
        }
    }
    return rc == SITO_OK
               ? sito_reader_start(cursor->reader, table->columns, table->options.hash, error)
               : rc;
}

static int csv_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                      sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    char *error = NULL;
    int rc = start_reader((CsvCursor *)base, &error);
    return rc == SITO_OK ? csv_next(base) : fail((CsvCursor *)base, rc, error);
}

static int csv_eof(sqlite3_vtab_cursor *base) {
    return ((CsvCursor *)base)->record == NULL;
}

/* ---- cells ---- */

static bool is_null(const SitoBuffer *nulls, SitoText cell, bool bare) {
    for (size_t at = 0; at < nulls->size;) {
        SitoText word = {.data = nulls->data + at, .size = strlen(nulls->data + at)};
        if (sito_text_equal(cell, word) && (cell.size > 0 || bare)) {
            return true;
        }
        at += word.size + 1;
    }
    return false;
}

/* A cell of a column that is declared as something else than text. */
static void result_typed(const CsvCursor *cursor, sqlite3_context *context, int column,
                         SitoText cell) {
    const CsvTable *table = (const CsvTable *)cursor->base.pVtab;
    bool whole = table->options.types[column] == SITO_TYPE_INTEGER;
    int64_t integer;
    double number;
    if (whole && sito_value_integer(cell, &integer)) {
        sqlite3_result_int64(context, integer);
    } else if (!whole && sito_value_number(cell, table->decimal, &number)) {
        sqlite3_result_double(context, number);
    } else if (table->options.on_error == SITO_FAIL && cell.size > 0) {
        char *error = NULL;
        int rc =
            sito_error(&error, SITO_ERROR,
                       "csv: %s:%lld: column %d: the value is no %s; on_error='keep' leaves "
                       "such values as text",
                       table->options.filename != NULL ? table->options.filename : "data",
                       (long long)cursor->record->line, column + 1, whole ? "integer" : "number");
        sito_result_failure(context, rc, error);
    } else {
        sqlite3_result_text64(context, cell.data, cell.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

static void result_cell(CsvCursor *cursor, sqlite3_context *context, int column) {
    const CsvTable *table = (const CsvTable *)cursor->base.pVtab;
    SitoText cell;
    bool bare;
    int rc = sito_reader_field(cursor->reader, (size_t)column, &cell, &bare);
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, NULL);
    } else if (cell.data == NULL || is_null(&table->options.nulls, cell, bare)) {
        sqlite3_result_null(context);
    } else if (table->options.types != NULL && table->options.types[column] != SITO_TYPE_TEXT) {
        result_typed(cursor, context, column, cell);
    } else {
        sqlite3_result_text64(context, cell.data, cell.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

static int csv_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    CsvCursor *cursor = (CsvCursor *)base;
    const CsvTable *table = (const CsvTable *)base->pVtab;
    const SitoCsvRecord *record = cursor->record;
    if ((size_t)column < table->columns) {
        result_cell(cursor, context, column);
        return SQLITE_OK;
    }
    SitoText raw;
    int rc = SITO_OK;
    switch (column - (int)table->columns) {
    case COL_LINE:
        sqlite3_result_int64(context, record->line);
        break;
    case COL_BYTE:
        sqlite3_result_int64(context, record->byte);
        break;
    case COL_DEFECT:
        sqlite3_result_text(context, sito_csv_defect_word(record->defect), -1, SQLITE_STATIC);
        break;
    case COL_RECORD:
        rc = sito_reader_raw(cursor->reader, &raw);
        if (rc == SITO_OK) {
            sqlite3_result_text64(context, raw.data, raw.size, SQLITE_TRANSIENT, SQLITE_UTF8);
        } else {
            sito_result_failure(context, rc, NULL);
        }
        break;
    }
    return SQLITE_OK;
}

static int csv_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((CsvCursor *)base)->record->number;
    return SQLITE_OK;
}

static const sqlite3_module csv_table_module = {
    .iVersion = 1,
    .xCreate = csv_connect,
    .xConnect = csv_connect,
    .xBestIndex = csv_best_index,
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

/* ---- csv_sha256 ---- */

/* The csv table of that name; one that is not connected yet is connected by naming it. */
static int locate(sqlite3 *db, SitoText text, const CsvTable **table, char **error) {
    SitoName name = {0};
    sqlite3_stmt *statement = NULL;
    int rc = sito_name_parse(text, &name, error);
    if (rc != SITO_OK) {
        return rc;
    }
    *table = find_table(db, &name);
    if (*table == NULL) {
        char *sql = sito_print("SELECT 1 FROM %s", name.quoted);
        rc = sql == NULL ? SITO_NOMEM : sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
        rc = rc == SITO_NOMEM ? rc : SITO_OK;
        *table = find_table(db, &name);
        sqlite3_finalize(statement);
        sito_free(sql);
    }
    if (rc == SITO_OK && *table == NULL) {
        rc = sito_error(error, SITO_ERROR, "csv_sha256: there is no csv table %s", name.quoted);
    }
    sito_name_free(&name);
    return rc;
}

static void csv_sha256(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    char *error = NULL;
    const CsvTable *table = NULL;
    int rc = sito_value_text(argv[0], &text);
    if (rc == SITO_OK && text.data == NULL) {
        return; /* NULL in, NULL out */
    }
    if (rc == SITO_OK) {
        rc = locate(sqlite3_context_db_handle(context), text, &table, &error);
    }
    if (rc == SITO_OK && !table->options.hash) {
        rc = sito_error(&error, SITO_ERROR,
                        "csv_sha256: create the table with sha256='compute' to have it hashed");
    }
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, error);
    } else if (table->sha256[0] != 0) {
        sqlite3_result_text(context, table->sha256, -1, SQLITE_TRANSIENT);
    }
}

static const SitoFunction functions[] = {
    {.name = "csv",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &csv_table_module,
     .args = "filename='FILE' or data='TEXT', header, delimiter, quote, encoding, decimal, null, "
             "columns, on_error, max_field, sha256",
     .sentence =
         "A CSV file as a table: its dialect and encoding are found out, every cell is kept "
         "as it stands, and a damaged record is an error or a marked row, never a lost one.",
     .example = "CREATE VIRTUAL TABLE temp.t USING csv(data='kod;nazwa\n0201;Bolesławiec')"},
    {.name = "csv_sniff",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_csv_sniff_module,
     .args = "filename",
     .sentence = "What the table csv decides about a file by itself, and on which evidence.",
     .example = "SELECT encoding, delimiter, header FROM csv_sniff('dane.csv')"},
    {.name = "csv_sha256",
     .kind = SITO_SCALAR,
     .power = SITO_DIRECT,
     .min_args = 1,
     .max_args = 1,
     .call = csv_sha256,
     .args = "table",
     .sentence = "The SHA-256 of the bytes that the last complete scan of a csv table has parsed; "
                 "NULL before the first one.",
     .example = "SELECT csv_sha256('temp.t')"},
};

const SitoModule sito_csv_module = {
    .name = "csv",
    .sentence = "CSV files as tables, nothing lost and nothing shifted.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
