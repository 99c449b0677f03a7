/*
** Masked records for reports (excerpt.h).
*/
#include "runner/excerpt.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

enum { CELL_SHOWN = 16, AROUND = 24, WIDEST = 60, A_RULE = 8, MOST_VALUE = 200 };

/* ---- masking one record ---- */

static int put_mark(SitoBuffer *out, uint32_t c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    char sign = letter ? 'a' : c >= '0' && c <= '9' ? '9' : c >= 0x20 && c != 0x7F ? (char)c : ' ';
    return sito_buffer_add(out, &sign, 1);
}

typedef struct Masking {
    char delimiter, quote;
    size_t column, cell, shown; /* wanted; the present one from 1; characters of it */
    bool quoted;
    size_t from, to; /* of the wanted cell, in the text masked so far */
    size_t raw_from, raw_to;
    bool found;
} Masking;

/* One character of a record: all of a masked text is one byte a character, but for the mark of what
** was cut, which is written as \1 until the end. */
static int mask_next(Masking *m, uint32_t c, size_t at, SitoBuffer *out) {
    if (c == (unsigned char)m->quote && m->quote != 0) {
        m->quoted = !m->quoted;
    }
    if (c == (unsigned char)m->delimiter && !m->quoted) {
        if (m->cell == m->column) {
            m->to = out->size;
            m->raw_to = at - 1;
        }
        m->cell++;
        m->shown = 0;
        char mark = m->delimiter == '\t' ? ' ' : m->delimiter;
        int rc = sito_buffer_add(out, &mark, 1);
        if (m->cell == m->column) {
            m->from = m->to = out->size;
            m->raw_from = m->raw_to = at;
            m->found = true;
        }
        return rc;
    }
    m->shown++;
    return m->shown <= CELL_SHOWN       ? put_mark(out, c)
           : m->shown == CELL_SHOWN + 1 ? sito_buffer_add(out, "\1", 1)
                                        : SITO_OK;
}

/* The part around the wanted cell, its cuts written out. */
static int take_window(const Masking *m, SitoText all, SitoExcerpt *excerpt) {
    size_t from = m->found && m->from > AROUND ? m->from - AROUND : 0;
    size_t to = all.size - from > WIDEST ? from + WIDEST : all.size;
    if (m->found && m->to > to) {
        to = m->to;
    }
    int rc = from > 0 ? sito_buffer_add(&excerpt->text, "\xE2\x80\xA6", 3) : SITO_OK;
    for (size_t i = from; i < to && rc == SITO_OK; i++) {
        rc = all.data[i] == '\1' ? sito_buffer_add(&excerpt->text, "\xE2\x80\xA6", 3)
                                 : sito_buffer_add(&excerpt->text, all.data + i, 1);
    }
    rc = rc == SITO_OK && to < all.size ? sito_buffer_add(&excerpt->text, "\xE2\x80\xA6", 3) : rc;
    excerpt->caret = m->from - from + (from > 0);
    excerpt->width = !m->found ? 0 : m->to > m->from ? m->to - m->from : 1;
    return rc;
}

int sito_excerpt_make(SitoText record, char delimiter, char quote, size_t column,
                      SitoExcerpt *excerpt) {
    Masking m = {
        .delimiter = delimiter, .quote = quote, .column = column, .cell = 1, .found = column == 1};
    SitoBuffer all = {0};
    int rc = SITO_OK;
    *excerpt = (SitoExcerpt){0};
    while (record.size > 0 &&
           (record.data[record.size - 1] == '\n' || record.data[record.size - 1] == '\r')) {
        record.size--;
    }
    for (size_t at = 0; at < record.size && rc == SITO_OK;) {
        uint32_t c = sito_utf8_next(record, &at);
        rc = mask_next(&m, c, at, &all);
    }
    if (m.cell == m.column) {
        m.to = all.size;
        m.raw_to = record.size;
    }
    if (m.found) {
        excerpt->cell = (SitoText){record.data + m.raw_from, m.raw_to - m.raw_from};
    }
    rc = rc == SITO_OK ? take_window(&m, (SitoText){all.data, all.size}, excerpt) : rc;
    sito_buffer_free(&all);
    return rc;
}

/* ---- the records of the findings ---- */

typedef struct Dialect {
    char *delimiter, *quote;
    bool values;
} Dialect;

static int add_excerpt(sqlite3 *report, sqlite3_stmt *finding, sqlite3_stmt *record,
                       const Dialect *dialect, char **error) {
    SitoText raw = {(const char *)sqlite3_column_text(record, 1),
                    (size_t)sqlite3_column_bytes(record, 1)};
    SitoExcerpt excerpt;
    int rc = sito_excerpt_make(raw, dialect->delimiter[0], dialect->quote[0],
                               (size_t)sqlite3_column_int64(finding, 2), &excerpt);
    rc = rc == SITO_OK ? sito_buffer_add(&excerpt.text, "", 1) : rc;
    char *cell = NULL;
    if (rc == SITO_OK && dialect->values && excerpt.cell.size > 0) {
        cell = sito_print("%.*s",
                          (int)(excerpt.cell.size < MOST_VALUE ? excerpt.cell.size : MOST_VALUE),
                          excerpt.cell.data);
        rc = cell == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(report, error,
                        "INSERT INTO report.excerpt VALUES"
                        " (?1, ?2, ?3, iif(?5 > 0, ?4, NULL), nullif(?5, 0), ?6)",
                        "iitiit", sqlite3_column_int64(finding, 0), sqlite3_column_int64(record, 0),
                        excerpt.text.data, (int64_t)excerpt.caret, (int64_t)excerpt.width, cell);
    }
    sito_free(cell);
    sito_buffer_free(&excerpt.text);
    return rc;
}

/* R4: what goes wrong while reading is no reason to lose the report; short memory is. */
static int show_finding(sqlite3 *report, sqlite3 *facts, sqlite3_stmt *finding,
                        const Dialect *dialect, char **error) {
    sqlite3_stmt *record = NULL;
    int rc = sqlite3_prepare_v2(
        facts, "SELECT _line, _record, _defect IS NOT NULL FROM temp.data WHERE rowid = ?1", -1,
        &record, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_int64(record, 1, sqlite3_column_int64(finding, 1));
    }
    int step = rc == SQLITE_OK ? sqlite3_step(record) : rc;
    rc = (step & 0xFF) == SQLITE_NOMEM ? SITO_NOMEM : SITO_OK;
    /* a finding of classes is about no cell and no damage: any of its records looks like another */
    bool told = step == SQLITE_ROW &&
                (sqlite3_column_int(record, 2) || sqlite3_column_int64(finding, 2) > 0);
    if (told && sqlite3_column_bytes(record, 1) > 0) {
        rc = add_excerpt(report, finding, record, dialect, error);
    }
    sqlite3_finalize(record);
    return rc;
}

/* R2 */
static const char wanted[] =
    "SELECT id, record, column_number FROM (SELECT id, record, column_number,"
    "         row_number() OVER (PARTITION BY code ORDER BY id) AS place FROM report.finding"
    "        WHERE file IS ?1 AND record > 0) WHERE place <= ?2";

int sito_excerpt_fill(sqlite3 *report, sqlite3 *facts, const char *file, bool values,
                      char **error) {
    size_t size = strlen(file);
    if (size > 3 && sqlite3_stricmp(file + size - 3, ".gz") == 0) {
        return SITO_OK;
    }
    Dialect dialect = {.values = values};
    sqlite3_stmt *finding = NULL;
    int rc = sito_db_text(facts, &dialect.delimiter, error, "SELECT delimiter FROM resource", "");
    rc = rc == SITO_OK
             ? sito_db_text(facts, &dialect.quote, error, "SELECT quote FROM resource", "")
             : rc;
    if (rc == SITO_OK && dialect.delimiter != NULL && dialect.quote != NULL) {
        rc = sito_db_prepare(report, &finding, error, wanted, "ti", file, (int64_t)A_RULE);
    }
    int step = SQLITE_DONE;
    while (rc == SITO_OK && finding != NULL && (step = sqlite3_step(finding)) == SQLITE_ROW) {
        rc = show_finding(report, facts, finding, &dialect, error);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(report, step, error);
    }
    sqlite3_finalize(finding);
    sito_free(dialect.delimiter);
    sito_free(dialect.quote);
    return rc;
}
