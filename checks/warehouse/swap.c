/*
** The staged table takes its place (warehouse.h R3), and what the catalogue is told of it.
**
** R1  One IMMEDIATE transaction: the present table is renamed to SOURCE_vN, N its load; the new one is made and
**     filled; versions beyond those that are kept are dropped; the row of sito_load is added.
** R2  What the warehouse knows and the catalogue does not is recorded by the next `settle`: loads in their
**     order, a refusal or failure only where it is another than the one before.
*/
#include <string.h>

#include "catalogue/office.h"
#include "common/clock.h"
#include "warehouse/private.h"

static const char program[] = "sito " SITO_VERSION;

/* ---- the tables ---- */

/* Runs one statement made of a format; %w are names. */
static int run(sqlite3 *db, char **error, char *sql) {
    int rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
    sito_free(sql);
    return rc;
}

static int put_aside(sqlite3 *db, const char *source, char **error) {
    int64_t load = 0;
    int rc =
        sito_db_integer(db, &load, error,
                        "SELECT load FROM sito_version WHERE source = ?1 AND present", "t", source);
    return rc == SITO_OK && load > 0
               ? run(db, error,
                     sito_print("ALTER TABLE main.\"%w\" RENAME TO \"%w_v%lld\"", source, source,
                                (long long)load))
               : rc;
}

static int take_place(sqlite3 *db, const char *source, const Stage *stage, char **error) {
    SitoBuffer sql = {0};
    int rc = sito_buffer_print(&sql, "CREATE TABLE main.\"%w\" (", source);
    for (int i = 0; i < stage->count && rc == SITO_OK; i++) {
        const char *type = sito_stage_type(&stage->columns[i]);
        rc = sito_buffer_print(&sql, "%s\"%w\"%s%s", i > 0 ? ", " : "", stage->columns[i].name,
                               type[0] == 0 ? "" : " ", type);
    }
    rc = rc == SITO_OK
             ? sito_buffer_print(
                   &sql, "); INSERT INTO main.\"%w\" SELECT * FROM temp.sito_stage ORDER BY rowid",
                   source)
             : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&sql, "", 1) : rc;
    rc = rc == SITO_OK ? sito_db_run(db, sql.data, error) : rc;
    sito_buffer_free(&sql);
    return rc;
}

/* Drops the oldest versions; `kept` of those before the present one stay. */
static int drop_old(sqlite3 *db, const char *source, int64_t kept, char **error) {
    char *old = NULL;
    int rc = SITO_OK;
    do {
        sito_free(old);
        old = NULL;
        rc = sito_db_text(db, &old, error,
                          "SELECT stored_in FROM sito_version WHERE source = ?1 AND NOT present"
                          " ORDER BY load DESC LIMIT 1 OFFSET ?2",
                          "ti", source, kept);
        if (rc == SITO_OK && old != NULL) {
            rc = run(db, error, sito_print("DROP TABLE main.\"%w\"", old));
        }
    } while (rc == SITO_OK && old != NULL);
    sito_free(old);
    return rc;
}

static int add_row(sqlite3 *db, Load *load, char **error) {
    char *columns = NULL, at[SITO_CLOCK_SIZE];
    const Stage *stage = load->stage;
    int rc = stage == NULL ? SITO_OK : sito_stage_columns(stage, &columns, error);
    sito_clock_now(at);
    rc = rc == SITO_OK
             ? sito_db_do(
                   db, error,
                   "INSERT INTO sito_load (at, source, item, kind, outcome, reason, sha256,"
                   " rows, columns, origin, program)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, iif(?8 < 0, NULL, ?8), ?9, ?10, ?11)",
                   "tttttttittt", at, load->source, load->item, load->kind, load->outcome,
                   load->reason, stage == NULL ? NULL : stage->sha256,
                   stage == NULL ? (int64_t)-1 : stage->rows, columns, load->origin, program)
             : rc;
    load->id = sqlite3_last_insert_rowid(db);
    sito_free(columns);
    return rc;
}

int sito_warehouse_swap(SitoWarehouse *w, Load *load, char **error) {
    bool loaded = strcmp(load->outcome, "loaded") == 0;
    int rc = sito_db_run(w->db, "BEGIN IMMEDIATE", error);
    if (rc == SITO_OK && loaded) {
        rc = put_aside(w->db, load->source, error);
        rc = rc == SITO_OK ? take_place(w->db, load->source, load->stage, error) : rc;
    }
    rc = rc == SITO_OK ? add_row(w->db, load, error) : rc;
    rc = rc == SITO_OK && loaded ? drop_old(w->db, load->source, load->kept, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(w->db, "COMMIT", error) : rc;
    if (!sqlite3_get_autocommit(w->db)) {
        sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}

int sito_warehouse_same(SitoWarehouse *w, const char *source, const char *sha256, bool *same,
                        char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(
        w->db, &count, error,
        "SELECT count(*) FROM sito_version WHERE source = ?1 AND sha256 = ?2 AND present", "tt",
        source, sha256);
    *same = count > 0;
    return rc;
}

/* ---- the catalogue ---- */

typedef struct Settling {
    SitoWarehouse *warehouse;
    sqlite3_stmt *loads;
} Settling;

static const char *cell(const Settling *s, int column) {
    return (const char *)sqlite3_column_text(s->loads, column);
}

/* Passed over: a refusal or failure that is the one before again, and rows that are unchanged since they were
** loaded. That a source can be read again is an event. */
static int is_repeated(SitoCatalogue *c, const Settling *s, bool *repeated, char **error) {
    char *before = NULL,
         *now = sito_print("%s %s", cell(s, 2), cell(s, 4) == NULL ? "" : cell(s, 4));
    int rc = now == NULL ? SITO_NOMEM
                         : sito_office_text(c,
                                            "SELECT outcome || ' ' || coalesce(reason, '')"
                                            "  FROM warehouse_load WHERE source = ?1"
                                            " ORDER BY id DESC LIMIT 1",
                                            cell(s, 1), &before, error);
    bool stands =
        before != NULL && (strncmp(before, "loaded", 6) == 0 || strncmp(before, "unch", 4) == 0);
    *repeated = rc == SITO_OK && before != NULL && strcmp(cell(s, 2), "loaded") != 0 &&
                (strcmp(before, now) == 0 || (stands && strcmp(cell(s, 2), "unchanged") == 0));
    sito_free(before);
    sito_free(now);
    return rc;
}

static int add_load(SitoCatalogue *c, void *context, size_t row, char **error) {
    Settling *s = context;
    bool repeated = false;
    (void)row;
    if (sqlite3_step(s->loads) != SQLITE_ROW) {
        return SITO_NOMEM;
    }
    int rc = is_repeated(c, s, &repeated, error);
    if (rc != SITO_OK || repeated) {
        return rc;
    }
    SitoField fields[] = {
        {"kind", "load"},        {"version", cell(s, 0)}, {"subject", cell(s, 1)},
        {"outcome", cell(s, 2)}, {"digest", cell(s, 3)},  {"reason", cell(s, 4)},
        {"number", cell(s, 5)},  {"detail", cell(s, 6)},  {"location", s->warehouse->path},
        {"program", program}};
    return sito_office_insert(c, "event", fields, SITO_COUNT(fields), error);
}

/* Of what was loaded all, of the rest the newest of each source. */
#define UNKNOWN                                                                                    \
    " FROM sito_load WHERE id > ?1 AND (outcome = 'loaded' OR NOT EXISTS (SELECT 1"                \
    "   FROM sito_load AS later WHERE later.source = sito_load.source AND later.id > sito_load.id))"

static const char unknown_loads[] =
    "SELECT (SELECT identity FROM sito_warehouse) || ':' || id, source, outcome, sha256, reason,"
    "       CAST(rows AS TEXT),"
    "       json_object('at', at, 'item', item, 'kind', kind, 'origin', json(coalesce(origin, '{}')))" UNKNOWN
    " ORDER BY id";

int sito_warehouse_settle(SitoWarehouse *w, SitoCatalogue *catalogue, char **error) {
    Settling settling = {.warehouse = w};
    char *identity = NULL, *known = NULL;
    int64_t newest = 0, count = 0;
    int rc =
        sito_db_text(w->db, &identity, error, "SELECT identity || ':' FROM sito_warehouse", "");
    rc = rc == SITO_OK
             ? sito_office_text(catalogue,
                                "SELECT max(CAST(substr(load, length(?1) + 1) AS INTEGER))"
                                "  FROM warehouse_load WHERE substr(load, 1, length(?1)) = ?1",
                                identity, &known, error)
             : rc;
    if (rc == SITO_OK && known != NULL) {
        rc = sito_db_integer(w->db, &newest, error, "SELECT CAST(?1 AS INTEGER)", "t", known);
    }
    rc = rc == SITO_OK
             ? sito_db_integer(w->db, &count, error, "SELECT count(*)" UNKNOWN, "i", newest)
             : rc;
    rc = rc == SITO_OK && count > 0
             ? sito_db_prepare(w->db, &settling.loads, error, unknown_loads, "i", newest)
             : rc;
    if (rc == SITO_OK && count > 0) {
        rc = sito_office_add_all(catalogue, add_load, &settling, (size_t)count, error);
    }
    sqlite3_finalize(settling.loads);
    sito_free(identity);
    sito_free(known);
    return rc;
}
