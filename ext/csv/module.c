/*
** The csv module: its functions, the list of its tables, csv_sha256(table), interruption.
**
** R1  csv_sha256 is the SHA-256 of the bytes that the last complete scan of a table has parsed, as
**     sha256sum gives it for the file; NULL before the first complete scan.
** R2  A table is found by the name under which its own connection knows it; temp comes first.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "csv/csv.h"
#include "base/register.h"
#include "csv/table.h"

/* ---- the list of tables ---- */

static SitoCsvTable *tables; /* of all connections of the process; SQLite's mutex guards the list */

static sqlite3_mutex *enter(void) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP2);
    sqlite3_mutex_enter(mutex);
    return mutex;
}

void sito_csv_list(SitoCsvTable *table) {
    sqlite3_mutex *mutex = enter();
    table->next = tables;
    tables = table;
    sqlite3_mutex_leave(mutex);
}

void sito_csv_unlist(const SitoCsvTable *table) {
    sqlite3_mutex *mutex = enter();
    for (SitoCsvTable **link = &tables; *link != NULL; link = &(*link)->next) {
        if (*link == table) {
            *link = table->next;
            break;
        }
    }
    sqlite3_mutex_leave(mutex);
}

/* A table belongs to its connection, which runs one thing at a time: what is found stays valid for
** the call that asked. */
static SitoCsvTable *find_table(sqlite3 *db, const SitoName *name) {
    SitoCsvTable *found = NULL;
    sqlite3_mutex *mutex = enter();
    for (SitoCsvTable *t = tables; t != NULL; t = t->next) {
        bool same = t->db == db && sqlite3_stricmp(t->name, name->table) == 0 &&
                    (name->schema == NULL || sqlite3_stricmp(t->schema, name->schema) == 0);
        bool nearer = found == NULL || sqlite3_stricmp(t->schema, "temp") == 0;
        found = same && nearer ? t : found;
    }
    sqlite3_mutex_leave(mutex);
    return found;
}

/* SQLite connects a table when a statement first names it. */
static int connect_table(sqlite3 *db, const char *quoted) {
    sqlite3_stmt *statement = NULL;
    char *sql = sito_print("SELECT 1 FROM %s", quoted);
    if (sql == NULL) {
        return SITO_NOMEM;
    }
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    sqlite3_finalize(statement);
    sito_free(sql);
    return rc == SQLITE_NOMEM ? SITO_NOMEM : SITO_OK;
}

int sito_csv_locate(sqlite3 *db, SitoText text, const char *function, SitoCsvTable **table,
                    char **error) {
    SitoName name = {0};
    int rc = sito_name_parse(text, &name, error);
    if (rc != SITO_OK) {
        return rc;
    }
    *table = find_table(db, &name);
    if (*table == NULL) {
        rc = connect_table(db, name.quoted);
        *table = find_table(db, &name);
    }
    if (rc == SITO_OK && *table == NULL) {
        rc = sito_error(error, SITO_ERROR, "%s: there is no csv table %s", function, name.quoted);
    }
    sito_name_free(&name);
    return rc;
}

/* ---- interruption ---- */

/* A statement notices an interruption between two rows. Before the first row, and where many rows
** are passed over, reading asks for itself; older SQLite has no other way than to run something. */
static int interrupted(void *db) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT 1", -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return rc == SQLITE_INTERRUPT || rc == SQLITE_NOMEM ? rc : SITO_OK;
}

SitoPoll sito_csv_poll(sqlite3 *db) {
    return (SitoPoll){.call = interrupted, .argument = db};
}

/* ---- csv_sha256 ---- */

static void csv_sha256(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    char *error = NULL;
    SitoCsvTable *table = NULL;
    int rc = sito_value_text(argv[0], &text);
    if (rc == SITO_OK && text.data == NULL) {
        return; /* NULL in, NULL out */
    }
    if (rc == SITO_OK) {
        rc =
            sito_csv_locate(sqlite3_context_db_handle(context), text, "csv_sha256", &table, &error);
    }
    if (rc == SITO_OK && !table->plan->options.hash) {
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
     .module = &sito_csv_table_module,
     .args =
         "filename='FILE' or data='TEXT', header, delimiter, quote, encoding, decimal, null, "
         "columns, types, skip, trim, trailing, on_error, reject_limit, max_field, max_unpacked, sha256",
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
    {.name = "csv_rejects",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_csv_rejects_module,
     .args = "table",
     .sentence = "The damaged records of a csv table, found by a fresh scan: line, record, byte, "
                 "column, code and message.",
     .example = "SELECT line, code, message FROM csv_rejects('temp.t')"},
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
