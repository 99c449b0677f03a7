/*
** Parts of pages (section.h).
*/
#include "publish/section.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/markup.h"

static int put(SitoBuffer *out, const char *text) {
    return text == NULL ? SITO_OK : sito_buffer_add(out, text, strlen(text));
}

static int put_column(sqlite3_stmt *row, int column, SitoBuffer *out) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    if (text == NULL) {
        return sqlite3_column_type(row, column) == SQLITE_NULL ? SITO_OK : SITO_NOMEM;
    }
    return sito_put_markup(out, (SitoText){text, (size_t)sqlite3_column_bytes(row, column)});
}

static int put_inner(sqlite3 *db, const SitoSection *inner, sqlite3_stmt *row, SitoBuffer *out,
                     char **error) {
    const char *given[3] = {0};
    for (int i = 0; i < 3 && i < sqlite3_column_count(row); i++) {
        given[i] = (const char *)sqlite3_column_text(row, i);
    }
    return sito_section_write(db, inner, given, out, error);
}

static int put_row(sqlite3 *db, const SitoSection *section, sqlite3_stmt *row, SitoBuffer *out,
                   char **error) {
    const char *at = section->row;
    int rc = SITO_OK;
    while (rc == SITO_OK && *at != 0) {
        size_t plain = strcspn(at, "%");
        rc = sito_buffer_add(out, at, plain);
        at += plain;
        if (rc != SITO_OK || *at == 0) {
            break;
        }
        char mark = at[1];
        at += 2;
        rc = mark >= '1' && mark <= '9' ? put_column(row, mark - '1', out)
             : mark == '%'              ? put(out, "%")
                           : put_inner(db, section->inner[mark - 'A'], row, out, error);
    }
    return rc;
}

int sito_section_write(sqlite3 *db, const SitoSection *section, const char *const given[3],
                       SitoBuffer *out, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(db, &rows, error, section->sql, "");
    bool any = false;
    for (int i = 0; rc == SITO_OK && i < 3 && i < sqlite3_bind_parameter_count(rows); i++) {
        rc = sqlite3_bind_text(rows, i + 1, given[i], -1, SQLITE_TRANSIENT);
    }
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = any ? SITO_OK : put(out, section->head);
        any = true;
        rc = rc == SITO_OK ? put_row(db, section, rows, out, error) : rc;
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(db, step, error);
    }
    sqlite3_finalize(rows);
    return rc == SITO_OK && any ? put(out, section->tail) : rc;
}
