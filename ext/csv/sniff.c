/*
** The table function csv_sniff(filename): what the table csv decides about a file by itself.
**
**   SELECT encoding, delimiter, header, evidence FROM csv_sniff('zgloszenia.csv');
**
** encoding, encoding_from (bom, detected), bom (0, 1), delimiter (the character), delimiter_from
** (detected, or declared by a line sep=), quote, decimal (NULL: no number shows one), header (0,
** 1), preamble (lines above the
** heading, a line sep= among them), columns (JSON array of the names in the table), evidence,
** confidence
** (0..1, of the weakest decision), line_ends (LF, CRLF, CR, mixed), trailing (1: lines end with one
** more
** delimiter), trim (1: blanks around fields are no part of them).
**
** R1  One row for one file; a file that cannot be read as CSV is an error, as it is for the table.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "csv/table.h"

enum {
    COL_ENCODING,
    COL_ENCODING_FROM,
    COL_BOM,
    COL_DELIMITER,
    COL_DELIMITER_FROM,
    COL_QUOTE,
    COL_DECIMAL,
    COL_HEADER,
    COL_PREAMBLE,
    COL_COLUMNS,
    COL_EVIDENCE,
    COL_CONFIDENCE,
    COL_LINE_ENDS,
    COL_TRAILING,
    COL_TRIM,
    COL_FILENAME
};

typedef struct SniffTable {
    sqlite3_vtab base;
    sqlite3 *db;
} SniffTable;

typedef struct SniffCursor {
    sqlite3_vtab_cursor base;
    SitoSniff sniff;
    char *filename;
    bool row; /* stands on the one row */
} SniffCursor;

static int sniff_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                         sqlite3_vtab **vtab, char **error) {
    (void)aux, (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(
        db,
        "CREATE TABLE csv_sniff(encoding, encoding_from, bom, delimiter, delimiter_from, quote, "
        "decimal, header, preamble, columns, evidence, confidence, line_ends, "
        "trailing, trim, filename HIDDEN)");
    if (rc == SQLITE_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    SniffTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (SniffTable){.db = db};
    *vtab = &table->base;
    return SQLITE_OK;
}

static int sniff_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

enum { NOT_NAMED = 1 }; /* the plan without the argument */

/* The only plan: one equality on filename. */
static int sniff_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    info->estimatedCost = 1e6;
    info->estimatedRows = 1;
    for (int i = 0; i < info->nConstraint; i++) {
        bool names = info->aConstraint[i].iColumn == COL_FILENAME &&
                     info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ;
        if (names && !info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        if (names) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            return SQLITE_OK;
        }
    }
    /* Also asked for one side of an OR, where another plan names it: filter refuses. */
    info->idxNum = NOT_NAMED;
    info->estimatedCost = 1e99;
    return SQLITE_OK;
}

static int sniff_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    SniffCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (SniffCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static void forget(SniffCursor *cursor) {
    sito_sniff_free(&cursor->sniff);
    sito_free(cursor->filename);
    cursor->filename = NULL;
    cursor->row = false;
}

static int sniff_close(sqlite3_vtab_cursor *base) {
    forget((SniffCursor *)base);
    sito_free(base);
    return SQLITE_OK;
}

static int study(SniffCursor *cursor, sqlite3 *db, char **error) {
    SitoSniffGiven given = sito_sniff_nothing();
    SitoSource *source = NULL;
    int rc = sito_source_open(cursor->filename, NULL, SITO_CSV_MAX_UNPACKED, &source, error);
    if (rc == SITO_OK) {
        sito_source_poll(source, sito_csv_poll(db));
        rc = sito_sniff(source, &given, &cursor->sniff, error);
    }
    sito_source_free(source);
    return rc;
}

static int sniff_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)text, (void)argc;
    SniffCursor *cursor = (SniffCursor *)base;
    SitoText name;
    char *error = NULL;
    forget(cursor);
    if (plan == NOT_NAMED) {
        base->pVtab->zErrMsg = sito_print("csv_sniff: name the file: csv_sniff('dane.csv')");
        return base->pVtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    int rc = sito_value_text(argv[0], &name);
    if (rc != SITO_OK || name.data == NULL) {
        return rc; /* of NULL there is nothing to say: no row */
    }
    cursor->filename = sito_print("%s", name.data);
    rc = cursor->filename == NULL ? SITO_NOMEM
                                  : study(cursor, ((SniffTable *)base->pVtab)->db, &error);
    if (error != NULL) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = error;
    }
    cursor->row = rc == SITO_OK;
    return rc;
}

static int sniff_next(sqlite3_vtab_cursor *base) {
    ((SniffCursor *)base)->row = false;
    return SQLITE_OK;
}

static int sniff_eof(sqlite3_vtab_cursor *base) {
    return !((SniffCursor *)base)->row;
}

/* A JSON text in quotes: " and \ and controls escaped. */
static int add_json_text(SitoBuffer *out, const char *text) {
    int rc = sito_buffer_add(out, "\"", 1);
    for (const char *p = text; *p != 0 && rc == SITO_OK; p++) {
        if (*p == '"' || *p == '\\') {
            rc = sito_buffer_print(out, "\\%c", *p);
        } else if ((unsigned char)*p < 0x20) {
            rc = sito_buffer_print(out, "\\u%04x", (unsigned)*p);
        } else {
            rc = sito_buffer_add(out, p, 1);
        }
    }
    return rc == SITO_OK ? sito_buffer_add(out, "\"", 1) : rc;
}

static void result_columns(sqlite3_context *context, const SitoHeadings *headings) {
    SitoBuffer json = {0};
    int rc = sito_buffer_add(&json, "[", 1);
    for (size_t i = 0; i < headings->count && rc == SITO_OK; i++) {
        rc = i > 0 ? sito_buffer_add(&json, ",", 1) : SITO_OK;
        if (rc == SITO_OK) {
            rc = add_json_text(&json, headings->names[i]);
        }
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&json, "]", 1);
    }
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, json.data, json.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(&json);
}

/* One character, or NULL where there is none. */
static void result_mark(sqlite3_context *context, char mark) {
    if (mark != 0) {
        sqlite3_result_text(context, &mark, 1, SQLITE_TRANSIENT);
    }
}

static int sniff_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const SniffCursor *cursor = (const SniffCursor *)base;
    const SitoSniff *sniff = &cursor->sniff;
    switch (column) {
    case COL_ENCODING:
        sqlite3_result_text(context, sito_encoding_name(sniff->dialect.encoding), -1,
                            SQLITE_STATIC);
        break;
    case COL_ENCODING_FROM:
        sqlite3_result_text(context, sniff->encoding.bom ? "bom" : "detected", -1, SQLITE_STATIC);
        break;
    case COL_BOM:
        sqlite3_result_int(context, sniff->encoding.bom);
        break;
    case COL_DELIMITER:
        result_mark(context, sniff->dialect.delimiter);
        break;
    case COL_DELIMITER_FROM:
        sqlite3_result_text(context, sniff->sep_line ? "declared" : "detected", -1, SQLITE_STATIC);
        break;
    case COL_QUOTE:
        result_mark(context, sniff->dialect.quote);
        break;
    case COL_DECIMAL:
        result_mark(context, sniff->decimal);
        break;
    case COL_HEADER:
        sqlite3_result_int(context, sniff->dialect.header);
        break;
    case COL_PREAMBLE:
        sqlite3_result_int64(context, sniff->dialect.skip);
        break;
    case COL_COLUMNS:
        result_columns(context, &sniff->headings);
        break;
    case COL_EVIDENCE:
        sqlite3_result_text64(context, sniff->evidence.data, sniff->evidence.size, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
        break;
    case COL_CONFIDENCE:
        sqlite3_result_double(context, sniff->confidence);
        break;
    case COL_LINE_ENDS:
        sqlite3_result_text(context, sniff->line_ends, -1, SQLITE_STATIC);
        break;
    case COL_TRAILING:
        sqlite3_result_int(context, sniff->dialect.trailing);
        break;
    case COL_TRIM:
        sqlite3_result_int(context, sniff->dialect.trim);
        break;
    case COL_FILENAME:
        sqlite3_result_text(context, cursor->filename, -1, SQLITE_TRANSIENT);
        break;
    }
    return SQLITE_OK;
}

static int sniff_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    (void)base;
    *rowid = 1;
    return SQLITE_OK;
}

const sqlite3_module sito_csv_sniff_module = {
    .iVersion = 1,
    .xConnect = sniff_connect, /* no xCreate: csv_sniff is a table function */
    .xBestIndex = sniff_best_index,
    .xDisconnect = sniff_disconnect,
    .xOpen = sniff_open,
    .xClose = sniff_close,
    .xFilter = sniff_filter,
    .xNext = sniff_next,
    .xEof = sniff_eof,
    .xColumn = sniff_column,
    .xRowid = sniff_rowid,
};
