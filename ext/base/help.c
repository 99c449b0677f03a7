/*
** sito_version() and the table sito_help: what every function is for, with an example.
**
**   SELECT name, args, sentence FROM sito_help WHERE module = 'risk';
**
** R1  One row per declared function, in the order of declaration; nothing is written twice.
** R2  The table needs no arguments and reads nothing but the declarations; for the column loaded, also
**     the connection's lists of what it has.
** R3  loaded is 1 where this connection has the function, 0 where another file or entry point brings
**     it, NULL in a SQLite that cannot tell.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "register.h"
#include "sito.h"
#include "table.h"

typedef struct HelpTable {
    sqlite3_vtab base;
    sqlite3 *db;
    const SitoModule *const *modules;
} HelpTable;

typedef struct HelpCursor {
    sqlite3_vtab_cursor base;
    size_t module, function;
    sqlite3_int64 row;
} HelpCursor;

enum {
    COL_NAME,
    COL_MODULE,
    COL_KIND,
    COL_ARGS,
    COL_SENTENCE,
    COL_EXAMPLE,
    COL_RESULT,
    COL_LOADED
};

static int help_connect(sqlite3 *db, void *modules, int argc, const char *const *argv,
                        sqlite3_vtab **vtab, char **error) {
    (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(
        db, "CREATE TABLE sito_help(name, module, kind, args, sentence, example, result, loaded)");
    if (rc != SQLITE_OK) {
        return rc;
    }
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    HelpTable *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (HelpTable){.db = db, .modules = modules};
    *vtab = &table->base;
    return SQLITE_OK;
}

static int help_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

static int help_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    info->estimatedCost = 100;
    info->estimatedRows = 100;
    return SQLITE_OK;
}

static int help_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    HelpCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (HelpCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int help_close(sqlite3_vtab_cursor *cursor) {
    sito_free(cursor);
    return SQLITE_OK;
}

static const SitoModule *current_module(HelpCursor *cursor) {
    return ((HelpTable *)cursor->base.pVtab)->modules[cursor->module];
}

static void skip_empty_modules(HelpCursor *cursor) {
    while (current_module(cursor) != NULL && cursor->function >= current_module(cursor)->count) {
        cursor->module++;
        cursor->function = 0;
    }
}

static int help_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                       sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    HelpCursor *cursor = (HelpCursor *)base;
    cursor->module = cursor->function = 0;
    cursor->row = 1;
    skip_empty_modules(cursor);
    return SQLITE_OK;
}

static int help_next(sqlite3_vtab_cursor *base) {
    HelpCursor *cursor = (HelpCursor *)base;
    cursor->function++;
    cursor->row++;
    skip_empty_modules(cursor);
    return SQLITE_OK;
}

static int help_eof(sqlite3_vtab_cursor *base) {
    return current_module((HelpCursor *)base) == NULL;
}

/* 1 or 0, and NULL where the pragmas are not there. */
static int tell_loaded(sqlite3 *db, sqlite3_context *context, const char *name) {
    sqlite3_stmt *statement = NULL;
    int rc =
        sqlite3_prepare_v2(db,
                           "SELECT ?1 IN (SELECT name FROM pragma_module_list UNION ALL SELECT "
                           "name FROM pragma_function_list UNION ALL SELECT name FROM "
                           "pragma_collation_list)",
                           -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
        rc = rc == SQLITE_OK ? sqlite3_step(statement) : rc;
    }
    if (rc == SQLITE_ROW) {
        sqlite3_result_int(context, sqlite3_column_int(statement, 0));
    }
    int failed = sqlite3_finalize(statement);
    rc = rc == SQLITE_ROW ? failed : rc;
    return rc == SQLITE_ERROR || rc == SQLITE_AUTH ? SQLITE_OK : rc;
}

static int help_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    static const char *const kinds[] = {[SITO_SCALAR] = "function",
                                        [SITO_AGGREGATE] = "aggregate",
                                        [SITO_COLLATION] = "collation",
                                        [SITO_TABLE] = "table"};
    HelpCursor *cursor = (HelpCursor *)base;
    const SitoModule *module = current_module(cursor);
    const SitoFunction *f = &module->functions[cursor->function];
    const char *texts[] = {
        [COL_NAME] = f->name,    [COL_MODULE] = module->name,  [COL_KIND] = kinds[f->kind],
        [COL_ARGS] = f->args,    [COL_SENTENCE] = f->sentence, [COL_EXAMPLE] = f->example,
        [COL_RESULT] = f->result};
    if (column == COL_LOADED) {
        return tell_loaded(((HelpTable *)base->pVtab)->db, context, f->name);
    }
    sqlite3_result_text(context, texts[column], -1, SQLITE_STATIC);
    return SQLITE_OK;
}

static int help_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = ((HelpCursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module help_module = {
    .iVersion = 1,
    .xConnect = help_connect, /* no xCreate: the table is always there, under its own name */
    .xBestIndex = help_best_index,
    .xDisconnect = help_disconnect,
    .xDestroy = help_disconnect,
    .xOpen = help_open,
    .xClose = help_close,
    .xFilter = help_filter,
    .xNext = help_next,
    .xEof = help_eof,
    .xColumn = help_column,
    .xRowid = help_rowid,
};

static void version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_text(context, SITO_VERSION, -1, SQLITE_STATIC);
}

static const SitoFunction functions[] = {
    {.name = "sito_version",
     .kind = SITO_SCALAR,
     .call = version,
     .args = "",
     .sentence = "The version of sito.",
     .example = "SELECT sito_version()",
     .result = "'" SITO_VERSION "'"},
    {.name = "sito_collect",
     .kind = SITO_AGGREGATE,
     .power = SITO_DIRECT,
     .min_args = 1,
     .max_args = SITO_MANY,
     .step = sito_collect_step,
     .final = sito_collect_final,
     .args = "sink, value, …",
     .sentence =
         "Hands the rows of an inner SELECT to sito's table functions, which alone can call it.",
     .example = "SELECT sito_collect(NULL, 1) WHERE 0",
     .result = "NULL"},
    {.name = "sito_help",
     .kind = SITO_TABLE,
     .module = &help_module,
     .args = "",
     .sentence = "Every function, collation and table of sito, with its arguments and an example.",
     .example = "SELECT name, sentence FROM sito_help WHERE module = 'base'"},
};

const SitoModule sito_base_module = {
    .name = "base",
    .sentence = "What sito says about itself.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
