/*
** Lists of rows (listing.h): for a terminal, a spreadsheet, a program.
**
** R1  A terminal gets columns as wide as their longest value, 40 characters at most but for the last one,
**     and a heading; a value
**     of several lines is one line, nothing in it is obeyed by the terminal.
** R2  CSV as a Polish office program opens it: UTF-8 with a mark at the start, semicolons, every text
**     quoted; what a spreadsheet would take for a formula gets an apostrophe in front.
** R3  JSON: an object with the array `rows`, its keys the same in every language.
*/
#include "common/listing.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/wrap.h"

enum { MOST_COLUMNS = 24, WIDEST = 40 };

/* Number `n` of the words that ; separates. */
static SitoText word_at(const char *words, int n) {
    for (; n > 0; n--) {
        words += strcspn(words, ";");
        words += *words != 0;
    }
    return (SitoText){words, strcspn(words, ";")};
}

static SitoText value_at(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? (SitoText){"", 0}
                        : (SitoText){text, (size_t)sqlite3_column_bytes(row, column)};
}

/* ---- for a terminal ---- */

/* A value up to `width` columns, cut or filled. */
static int put_cell(SitoBuffer *out, SitoText value, size_t width, bool last) {
    size_t columns = sito_columns(value), at = 0, used = 0;
    bool whole = columns <= WIDEST || last;
    while (at < value.size && used < (whole ? columns : WIDEST - 1)) {
        (void)sito_utf8_next(value, &at);
        used++;
    }
    int rc = sito_put_plain(out, (SitoText){value.data, at});
    if (rc == SITO_OK && !whole) {
        rc = sito_buffer_print(out, "…");
        used++;
    }
    for (; used < width + 2 && rc == SITO_OK && !last; used++) {
        rc = sito_buffer_print(out, " ");
    }
    return rc == SITO_OK && last ? sito_buffer_print(out, "\n") : rc;
}

static size_t wider(size_t width, SitoText value) {
    size_t columns = sito_columns(value);
    columns = columns > WIDEST ? WIDEST : columns;
    return columns > width ? columns : width;
}

static int put_text(sqlite3_stmt *rows, const char *headings, SitoBuffer *out, int64_t *count) {
    size_t widths[MOST_COLUMNS] = {0};
    int columns = sqlite3_column_count(rows), rc = SITO_OK, step;
    columns = columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
    for (int i = 0; i < columns; i++) {
        widths[i] = wider(0, word_at(headings, i));
    }
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) {
            widths[i] = wider(widths[i], value_at(rows, i));
        }
    }
    sqlite3_reset(rows);
    for (int i = 0; i < columns && rc == SITO_OK; i++) {
        rc = put_cell(out, word_at(headings, i), widths[i], i + 1 == columns);
    }
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        ++*count;
        for (int i = 0; i < columns && rc == SITO_OK; i++) {
            rc = put_cell(out, value_at(rows, i), widths[i], i + 1 == columns);
        }
    }
    return rc != SITO_OK ? rc : step == SQLITE_DONE ? SITO_OK : step;
}

/* ---- for a spreadsheet ---- */

static int put_csv_value(SitoBuffer *out, SitoText value) {
    int rc = sito_buffer_print(
        out, "\"%s", value.size > 0 && strchr("=+-@\t\r", value.data[0]) != NULL ? "'" : "");
    for (size_t i = 0; i < value.size && rc == SITO_OK; i++) {
        rc = sito_buffer_add(out, value.data[i] == '"' ? "\"\"" : value.data + i,
                             value.data[i] == '"' ? 2 : 1);
    }
    return rc == SITO_OK ? sito_buffer_print(out, "\"") : rc;
}

static int put_csv(sqlite3_stmt *rows, const char *headings, SitoBuffer *out, int64_t *count) {
    int columns = sqlite3_column_count(rows), step = SQLITE_DONE;
    int rc = sito_buffer_print(out, "\xEF\xBB\xBF%s\r\n", headings);
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        ++*count;
        for (int i = 0; i < columns && rc == SITO_OK; i++) {
            rc = i > 0 ? sito_buffer_print(out, ";") : SITO_OK;
            rc = rc == SITO_OK ? put_csv_value(out, value_at(rows, i)) : rc;
        }
        rc = rc == SITO_OK ? sito_buffer_print(out, "\r\n") : rc;
    }
    return rc != SITO_OK ? rc : step == SQLITE_DONE ? SITO_OK : step;
}

/* ---- for a program ---- */

static int put_json_text(SitoBuffer *out, SitoText value) {
    int rc = sito_buffer_print(out, "\"");
    for (size_t i = 0; i < value.size && rc == SITO_OK; i++) {
        unsigned char c = (unsigned char)value.data[i];
        rc = c == '"' || c == '\\' ? sito_buffer_print(out, "\\%c", c)
             : c < ' '             ? sito_buffer_print(out, "\\u%04x", c)
                                   : sito_buffer_add(out, value.data + i, 1);
    }
    return rc == SITO_OK ? sito_buffer_print(out, "\"") : rc;
}

static int put_json_value(sqlite3_stmt *row, int column, SitoBuffer *out) {
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
        return sito_buffer_print(out, "null");
    case SQLITE_INTEGER:
        return sito_buffer_print(out, "%lld", (long long)sqlite3_column_int64(row, column));
    case SQLITE_FLOAT: {
        SitoText number = value_at(row, column); /* Inf is no number of JSON */
        return strchr("0123456789", number.data[number.size > 0 ? number.size - 1 : 0]) != NULL
                   ? sito_buffer_add(out, number.data, number.size)
                   : sito_buffer_print(out, "null");
    }
    default:
        return put_json_text(out, value_at(row, column));
    }
}

static int put_json(sqlite3_stmt *rows, const char *keys, SitoBuffer *out, int64_t *count) {
    int columns = sqlite3_column_count(rows), step = SQLITE_DONE;
    int rc = sito_buffer_print(out, "{\"rows\": [");
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = sito_buffer_print(out, ++*count > 1 ? ",\n  {" : "\n  {");
        for (int i = 0; i < columns && rc == SITO_OK; i++) {
            rc = i > 0 ? sito_buffer_print(out, ", ") : SITO_OK;
            rc = rc == SITO_OK ? put_json_text(out, word_at(keys, i)) : rc;
            rc = rc == SITO_OK ? sito_buffer_print(out, ": ") : rc;
            rc = rc == SITO_OK ? put_json_value(rows, i, out) : rc;
        }
        rc = rc == SITO_OK ? sito_buffer_print(out, "}") : rc;
    }
    rc = rc != SITO_OK ? rc : step == SQLITE_DONE ? SITO_OK : step;
    return rc == SITO_OK ? sito_buffer_print(out, "\n]}\n") : rc;
}

int sito_list_rows(sqlite3 *db, const SitoList *list, SitoLanguage language, const char *about,
                   const char *format, SitoBuffer *out, int64_t *rows, char **error) {
    sqlite3_stmt *select = NULL;
    const char *headings = sito_say(language, list->headings_pl, list->headings_en);
    *rows = 0;
    int rc =
        sito_db_prepare(db, &select, error, list->sql, "tt", sito_say(language, "pl", "en"), about);
    if (rc == SITO_OK) {
        rc = strcmp(format, "csv") == 0    ? put_csv(select, headings, out, rows)
             : strcmp(format, "json") == 0 ? put_json(select, list->keys, out, rows)
                                           : put_text(select, headings, out, rows);
        if (rc != SITO_OK && rc != SITO_NOMEM) {
            rc = sito_db_error(db, rc, error);
        }
    }
    sqlite3_finalize(select);
    return rc;
}
