/*
** The history of the catalogue as text for people, CSV for a spreadsheet, JSON for programs.
**
** R1  Every event, in order, with all its columns but the report of a verdict, and its link of the
**     chain; the text form has what a person looks for, the other two all.
** R2  CSV: UTF-8 with a mark at the start, semicolons, every text quoted, so that a Polish office
**     program opens it as it is. A text that a spreadsheet would take for a formula gets an
**     apostrophe in front, since here nobody reads it back as data.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/private.h"

static const char text_rows[] =
    "SELECT printf('%6d  %s  %-13s', id, at, kind)"
    "       || iif(dataset IS NULL, '', ' ' || dataset)"
    "       || iif(subject IS NULL, '', ' ' || subject)"
    "       || iif(outcome IS NULL, '', ' ' || outcome)"
    "       || iif(person IS NULL, '', ', ' || person)"
    "       || iif(actor IS NULL, '', ', ' || actor)"
    "       || iif(case_mark IS NULL, '', ', ' || case_mark)"
    "       || iif(reason IS NULL, '', ' (' || reason || ')') || char(10)"
    "  FROM event ORDER BY id";

/* What a value of each column looks like in CSV. */
static const char csv_value[] =
    "'\"' || iif(substr(%w, 1, 1) IN ('=', '+', '-', '@', char(9), char(13)), '''', '')"
    " || replace(coalesce(%w, ''), '\"', '\"\"') || '\"'";

static const char *const columns[] = {
    "id",      "at",        "kind",      "dataset",  "subject",   "outcome",  "actor",
    "role",    "reason",    "case_mark", "document", "digest",    "version",  "location",
    "program", "form",      "person",    "unit",     "deputy_of", "from_day", "until_day",
    "number",  "procedure", "day",       "source",   "rhythm",    "chain",
};

/* SELECT of one text a row; released with sito_free. */
static int csv_rows(char **sql) {
    SitoBuffer out = {0};
    int rc = sito_buffer_print(&out, "SELECT ");
    for (size_t i = 0; i < SITO_COUNT(columns) && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&out, i > 0 ? " || ';' || " : "");
        rc = rc == SITO_OK ? sito_buffer_print(&out, csv_value, columns[i], columns[i]) : rc;
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(
            &out, " || char(13, 10) FROM event LEFT JOIN seal ON seal.event = id ORDER BY id");
    }
    *sql = rc == SITO_OK ? sito_print("%.*s", (int)out.size, out.data) : NULL;
    sito_buffer_free(&out);
    return *sql == NULL ? SITO_NOMEM : SITO_OK;
}

static int json_rows(char **sql) {
    SitoBuffer out = {0};
    int rc = sito_buffer_print(&out, "SELECT iif(id = 1, '', ',' || char(10)) || json_object(");
    for (size_t i = 0; i < SITO_COUNT(columns) && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&out, "%s'%s', %s", i > 0 ? ", " : "", columns[i], columns[i]);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&out, ") FROM event LEFT JOIN seal ON seal.event = id ORDER BY id");
    }
    *sql = rc == SITO_OK ? sito_print("%.*s", (int)out.size, out.data) : NULL;
    sito_buffer_free(&out);
    return *sql == NULL ? SITO_NOMEM : SITO_OK;
}

/* Appends the first value of every row. */
static int add_rows(SitoCatalogue *c, const char *sql, SitoBuffer *out, char **raw) {
    sqlite3_stmt *select = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(c->db, &select, raw, sql, "");
    while (rc == SITO_OK && (step = sqlite3_step(select)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(select, 0);
        rc = text == NULL ? SITO_NOMEM
                          : sito_buffer_add(out, text, (size_t)sqlite3_column_bytes(select, 0));
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(c->db, step, raw);
    }
    sqlite3_finalize(select);
    return rc;
}

static int add_csv(SitoCatalogue *c, SitoBuffer *out, char **raw) {
    char *sql = NULL;
    int rc = sito_buffer_print(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < SITO_COUNT(columns) && rc == SITO_OK; i++) {
        rc = sito_buffer_print(out, "%s%s", i > 0 ? ";" : "", columns[i]);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(out, "\r\n");
    }
    if (rc == SITO_OK) {
        rc = csv_rows(&sql);
    }
    if (rc == SITO_OK) {
        rc = add_rows(c, sql, out, raw);
    }
    sito_free(sql);
    return rc;
}

static int add_json(SitoCatalogue *c, SitoBuffer *out, char **raw) {
    char *sql = NULL;
    int rc = sito_buffer_print(out, "{\"events\": [\n");
    if (rc == SITO_OK) {
        rc = json_rows(&sql);
    }
    if (rc == SITO_OK) {
        rc = add_rows(c, sql, out, raw);
    }
    sito_free(sql);
    return rc == SITO_OK ? sito_buffer_print(out, "\n]}\n") : rc;
}

int sito_catalogue_history(SitoCatalogue *c, const char *format, SitoBuffer *out, char **error) {
    char *raw = NULL;
    int rc = strcmp(format, "csv") == 0    ? add_csv(c, out, &raw)
             : strcmp(format, "json") == 0 ? add_json(c, out, &raw)
                                           : add_rows(c, text_rows, out, &raw);
    return sito_catalogue_explain(c, rc, raw, error);
}
