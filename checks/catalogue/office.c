/*
** Rows added through the views of the catalogue (office.h).
**
** R1  What may be added, by whom and in which order is decided by the triggers; here nothing is repeated.
** R2  One transaction for what belongs together; it ends sealed, or leaves the catalogue as it was.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/office.h"
#include "catalogue/private.h"

/* INSERT INTO "view" ("a", "b") VALUES (?1, ?2): a column for each value that is there. */
static int write_insert(const char *view, const SitoField *fields, size_t count, SitoBuffer *sql) {
    int rc = sito_buffer_print(sql, "INSERT INTO \"%w\" (", view), values = 0;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        if (fields[i].value != NULL) {
            rc = sito_buffer_print(sql, "%s\"%w\"", values++ > 0 ? ", " : "", fields[i].column);
        }
    }
    for (int i = 0; i < values && rc == SITO_OK; i++) {
        rc = sito_buffer_print(sql, "%s?%d", i == 0 ? ") VALUES (" : ", ", i + 1);
    }
    rc = rc == SITO_OK ? sito_buffer_print(sql, ")") : rc;
    return rc == SITO_OK ? sito_buffer_add(sql, "", 1) : rc;
}

static int run_insert(sqlite3 *db, const char *sql, const SitoField *fields, size_t count,
                      char **raw) {
    sqlite3_stmt *insert = NULL;
    int rc = sito_db_prepare(db, &insert, raw, sql, ""), place = 0;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        if (fields[i].value != NULL) {
            rc = sqlite3_bind_text(insert, ++place, fields[i].value, -1, SQLITE_TRANSIENT);
        }
    }
    if (rc == SITO_OK && sqlite3_step(insert) != SQLITE_DONE) {
        rc = sito_db_error(db, sqlite3_errcode(db), raw);
    }
    sqlite3_finalize(insert);
    return rc;
}

int sito_office_insert(SitoCatalogue *c, const char *view, const SitoField *fields, size_t count,
                       char **error) {
    SitoBuffer sql = {0};
    char *raw = NULL;
    int rc = write_insert(view, fields, count, &sql);
    if (rc == SITO_OK) {
        rc = run_insert(c->db, sql.data, fields, count, &raw);
    }
    sito_buffer_free(&sql);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_office_add_all(SitoCatalogue *c, SitoOfficeRow add, void *context, size_t count,
                        char **error) {
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = add(c, context, i, error);
    }
    if (rc == SITO_OK) {
        rc = sito_catalogue_seal_events(c, error);
    }
    return sito_catalogue_end(c, rc, error);
}

typedef struct OneRow {
    const char *view;
    const SitoField *fields;
    size_t count;
} OneRow;

static int add_one(SitoCatalogue *c, void *context, size_t row, char **error) {
    const OneRow *one = context;
    (void)row;
    return sito_office_insert(c, one->view, one->fields, one->count, error);
}

int sito_office_add(SitoCatalogue *c, const char *view, const SitoField *fields, size_t count,
                    char **error) {
    OneRow one = {.view = view, .fields = fields, .count = count};
    return sito_office_add_all(c, add_one, &one, 1, error);
}

int sito_office_text(SitoCatalogue *c, const char *sql, const char *about, char **text,
                     char **error) {
    char *raw = NULL;
    int rc = sito_db_text(c->db, text, &raw, sql, "t", about);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_office_missing(SitoCatalogue *c, const char *dataset, const char *state, SitoBuffer *out,
                        char **error) {
    char *raw = NULL, *lines = NULL;
    int rc = sito_db_text(c->db, &lines, &raw,
                          "SELECT group_concat('  - ' || iif(?3 = 'pl', pl, en), char(10))"
                          "  FROM missing WHERE dataset = ?1 AND state = ?2",
                          "ttt", dataset, state, sito_say(c->language, "pl", "en"));
    if (rc == SITO_OK && lines != NULL) {
        rc = sito_buffer_print(out, "%s\n", lines);
    }
    sito_free(lines);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_office_list(SitoCatalogue *c, const SitoList *list, const char *about, const char *format,
                     SitoBuffer *out, int64_t *rows, char **error) {
    char *raw = NULL;
    int rc = sito_list_rows(c->db, list, c->language, about, format, out, rows, &raw);
    return sito_catalogue_explain(c, rc, raw, error);
}
