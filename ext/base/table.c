/*
** The virtual table behind every table function of this module (table.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "answer.h"
#include "register.h"

typedef struct Table {
    sqlite3_vtab base;
    sqlite3 *db;
    const SitoTable *spec;
} Table;

typedef struct Cursor {
    sqlite3_vtab_cursor base;
    SitoAnswer answer;
    size_t row;
    sqlite3_value *args[SITO_MOST_TABLE_ARGS];
} Cursor;

static const SitoTable *find_spec(const SitoTable *spec, const char *name) {
    while (sqlite3_stricmp(spec->name, name) != 0) {
        spec++;
    }
    return spec;
}

/* "source, columns, unit" becomes "source HIDDEN, columns HIDDEN, unit HIDDEN". */
static char *declaration(const SitoTable *spec) {
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE x(%s,", spec->columns);
    for (const char *c = spec->args; *c != 0 && rc == SITO_OK; c++) {
        rc = *c == ',' ? sito_buffer_print(&sql, " HIDDEN,") : sito_buffer_add(&sql, c, 1);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&sql, " HIDDEN)", sizeof " HIDDEN)") : rc;
    if (rc != SITO_OK) {
        sito_buffer_free(&sql);
    }
    return sql.data;
}

static int table_connect(sqlite3 *db, void *data, int argc, const char *const *argv,
                         sqlite3_vtab **vtab, char **error) {
    (void)argc, (void)error;
    const SitoTable *spec = find_spec(data, argv[0]);
    char *sql = declaration(spec);
    if (sql == NULL) {
        return SQLITE_NOMEM;
    }
    int rc = sqlite3_declare_vtab(db, sql);
    sito_free(sql);
    if (rc != SQLITE_OK) {
        return rc;
    }
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    Table *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (Table){.db = db, .spec = spec};
    *vtab = &table->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

/* The plan is the set of arguments that are given: bit i for argument i, in this order in argv. */
static int table_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    const SitoTable *spec = ((Table *)vtab)->spec;
    int next = 0;
    for (int arg = 0; arg < spec->arg_count; arg++) {
        for (int i = 0; i < info->nConstraint; i++) {
            if (info->aConstraint[i].iColumn != spec->column_count + arg ||
                info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
                continue;
            }
            if (!info->aConstraint[i].usable) {
                return SQLITE_CONSTRAINT;
            }
            info->idxNum |= 1 << arg;
            info->aConstraintUsage[i].argvIndex = ++next;
            info->aConstraintUsage[i].omit = 1;
            break;
        }
    }
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int table_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    Cursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (Cursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static void clear_cursor(Cursor *cursor) {
    sito_answer_free(&cursor->answer);
    for (int i = 0; i < SITO_MOST_TABLE_ARGS; i++) {
        sqlite3_value_free(cursor->args[i]);
        cursor->args[i] = NULL;
    }
    cursor->row = 0;
}

static int table_close(sqlite3_vtab_cursor *base) {
    clear_cursor((Cursor *)base);
    sito_free(base);
    return SQLITE_OK;
}

/* ---- R2: the connections on which a function runs now ---- */

typedef struct Running {
    sqlite3 *db;
    struct Running *next;
} Running;

static Running *running;

static bool enter(Running *self) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP2);
    sqlite3_mutex_enter(mutex);
    Running *other = running;
    while (other != NULL && other->db != self->db) {
        other = other->next;
    }
    if (other == NULL) {
        self->next = running;
        running = self;
    }
    sqlite3_mutex_leave(mutex);
    return other == NULL;
}

static void leave(Running *self) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP2);
    sqlite3_mutex_enter(mutex);
    Running **link = &running;
    while (*link != self) {
        link = &(*link)->next;
    }
    *link = self->next;
    sqlite3_mutex_leave(mutex);
}

/* ---- one call ---- */

static int run(const SitoTable *spec, SitoCall *call) {
    for (int i = 0; i < spec->required; i++) {
        if (call->args[i] == NULL) {
            return sito_error(&call->error, SITO_ERROR, "an argument is missing; write %s",
                              spec->usage);
        }
    }
    Running self = {.db = call->db};
    if (!enter(&self)) {
        return sito_error(&call->error, SITO_ERROR,
                          "it cannot run inside another table function of sito");
    }
    int rc = spec->run(call);
    leave(&self);
    if (rc == SITO_TOOBIG) {
        rc = sito_error(&call->error, rc, "too many rows or values; measure the table in parts");
    }
    return rc;
}

/* A required argument was given, and is NULL. */
static bool is_of_null(const SitoTable *spec, int plan, const SitoCall *call) {
    for (int i = 0; i < spec->required && spec->of_value; i++) {
        if ((plan >> i & 1) != 0 && call->args[i] == NULL) {
            return true;
        }
    }
    return false;
}

static int table_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)text;
    Cursor *cursor = (Cursor *)base;
    Table *table = (Table *)base->pVtab;
    SitoCall call = {
        .db = table->db, .function = table->spec->name, .watch = sito_watch_database(table->db)};
    clear_cursor(cursor);
    for (int arg = 0, i = 0; arg < table->spec->arg_count && i < argc; arg++) {
        if ((plan >> arg & 1) == 0) {
            continue;
        }
        cursor->args[arg] = sqlite3_value_dup(argv[i]);
        if (cursor->args[arg] == NULL) {
            return SQLITE_NOMEM;
        }
        call.args[arg] = sqlite3_value_type(argv[i]) == SQLITE_NULL ? NULL : cursor->args[arg];
        i++;
    }
    int rc = is_of_null(table->spec, plan, &call) ? SITO_OK : run(table->spec, &call);
    cursor->answer = call.answer;
    if (rc != SITO_OK && rc != SITO_NOMEM && call.error != NULL) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = sito_print("%s: %s", call.function, call.error);
        rc = base->pVtab->zErrMsg == NULL ? SITO_NOMEM : rc;
    }
    sito_free(call.error);
    return rc;
}

static int table_next(sqlite3_vtab_cursor *base) {
    ((Cursor *)base)->row++;
    return SQLITE_OK;
}

static int table_eof(sqlite3_vtab_cursor *base) {
    Cursor *cursor = (Cursor *)base;
    const SitoTable *spec = ((Table *)base->pVtab)->spec;
    return cursor->row * (size_t)spec->column_count >= cursor->answer.count;
}

static int table_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    Cursor *cursor = (Cursor *)base;
    int columns = ((Table *)base->pVtab)->spec->column_count;
    if (column >= columns) {
        if (cursor->args[column - columns] != NULL) {
            sqlite3_result_value(context, cursor->args[column - columns]);
        }
        return SQLITE_OK;
    }
    const SitoAnswerCell *cell =
        &cursor->answer.cells[cursor->row * (size_t)columns + (size_t)column];
    switch (cell->type) {
    case SITO_ANSWER_INTEGER:
        sqlite3_result_int64(context, cell->integer);
        break;
    case SITO_ANSWER_REAL:
        sqlite3_result_double(context, cell->real);
        break;
    case SITO_ANSWER_TEXT:
        sqlite3_result_text64(context,
                              cell->size > 0 ? cursor->answer.texts.data + cell->integer : "",
                              cell->size, SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    default:
        break;
    }
    return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = (sqlite3_int64)((Cursor *)base)->row + 1;
    return SQLITE_OK;
}

const sqlite3_module sito_table_module = {
    .iVersion = 1,
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xDestroy = table_disconnect,
    .xOpen = table_open,
    .xClose = table_close,
    .xFilter = table_filter,
    .xNext = table_next,
    .xEof = table_eof,
    .xColumn = table_column,
    .xRowid = table_rowid,
};
