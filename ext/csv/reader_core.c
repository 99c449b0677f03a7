/*
** Records of a CSV file, one after the other (reader_core.h).
*/
#include "reader_inside.h"

#include <string.h>

/* ---- records ---- */

static int step(SitoCsvReader *r, bool *more, char **error) {
    sito_reader_advance(r, r->size);
    r->record.line += r->lines;
    r->eager = r->asked;
    r->asked = false;
    r->size = r->raw_size = r->split = r->split_at = 0;
    r->lines = 1;
    SitoLine line;
    int64_t next = r->record.line;
    int rc = sito_reader_to_record(r, &line, more, error);
    r->after_blank =
        r->record.line > next && r->columns != 0 && (r->numbered > 0 || r->dialect.header);
    if (rc != SITO_OK || !*more) {
        r->lines = 0;
        return rc;
    }
    r->record = (SitoCsvRecord){.line = r->record.line, .byte = r->place};
    rc = sito_reader_cut(r, line, error);
    return rc == SITO_OK ? sito_reader_judge(r, error) : rc;
}

int sito_reader_next(SitoCsvReader *r, const SitoCsvRecord **record, char **error) {
    bool more = false;
    int rc = step(r, &more, error);
    if (rc == SITO_OK && more) {
        r->record.number = ++r->numbered;
    }
    *record = rc == SITO_OK && more ? &r->record : NULL;
    return rc;
}

static void reset(SitoCsvReader *r) {
    r->start = r->end = r->checked = 0;
    r->at_end = r->discard = r->odd = r->asked = r->after_blank = false;
    r->line_end = SITO_NO_END;
    r->lf = (SitoSeek){.byte = '\n'};
    r->cr = (SitoSeek){.byte = '\r'};
    r->quote = (SitoSeek){.byte = r->dialect.quote};
    r->nul = (SitoSeek){.byte = 0};
    r->question = (SitoSeek){.byte = '?'};
    r->size = r->raw_size = r->split = r->split_at = 0;
    r->lines = r->numbered = r->place = 0;
    r->record = (SitoCsvRecord){.line = 1};
}

int sito_reader_start(SitoCsvReader *r, size_t columns, bool hash, char **error) {
    reset(r);
    r->columns = 0;
    int rc = sito_source_rewind(r->source, r->dialect.encoding, hash, error);
    while (rc == SITO_OK && r->end < 3 && !r->at_end) {
        rc = sito_reader_fill(r, error);
    }
    if (rc == SITO_OK && r->end >= 3 && memcmp(r->buffer, "\xEF\xBB\xBF", 3) == 0) {
        sito_reader_advance(r, 3);
    }
    if (rc == SITO_OK) {
        rc = sito_reader_skip_lines(r, error);
    }
    bool more;
    if (rc == SITO_OK && r->dialect.header) {
        rc = step(r, &more, error);
    }
    r->columns = columns;
    return rc;
}

const SitoCsvRecord *sito_reader_current(const SitoCsvReader *r) {
    return &r->record;
}

int sito_reader_seek(SitoCsvReader *r, size_t columns, int64_t number, int64_t line, int64_t byte,
                     char **error) {
    reset(r);
    r->line_end = SITO_ANY_END;
    r->columns = columns;
    r->numbered = number - 1;
    r->record.line = line;
    r->place = byte;
    int rc = sito_source_rewind(r->source, r->dialect.encoding, false, error);
    return rc == SITO_OK ? sito_source_seek(r->source, byte, error) : rc;
}

/* ---- what a record holds ---- */

/* Bytes of the file as UTF-8: as they are, or converted into r->cell. */
static int as_utf8(SitoCsvReader *r, SitoText bytes, SitoText *text) {
    *text = bytes;
    if (r->clean && (r->dialect.encoding < SITO_WINDOWS_1250 || sito_text_is_plain(bytes))) {
        return SITO_OK;
    }
    r->cell.size = 0;
    int rc = sito_encoding_convert(r->dialect.encoding, bytes, &r->cell);
    *text = (SitoText){.data = r->cell.data, .size = r->cell.size};
    return rc;
}

int sito_reader_field(SitoCsvReader *r, size_t i, SitoText *text, bool *bare) {
    bool ready = i < r->split && i < r->record.fields && i < r->plain && i < SITO_FIELDS_KEPT;
    if (ready && r->clean && r->dialect.encoding < SITO_WINDOWS_1250 && !r->dialect.trim) {
        size_t begin = i > 0 ? r->ends[i - 1] + (size_t)1 : 0; /* the common case, in short */
        *text = (SitoText){.data = r->buffer + r->start + begin, .size = r->ends[i] - begin};
        *bare = text->size == 0;
        r->asked = true;
        return SITO_OK;
    }
    *text = (SitoText){0};
    *bare = false;
    if (i >= r->record.fields || i >= SITO_FIELDS_KEPT) {
        return SITO_OK;
    }
    SitoField field = i < r->plain ? sito_reader_plain(r, i) : r->fields[i - r->plain];
    *bare = field.bare;
    if (field.size == 0) {
        *text = SITO_LITERAL("");
        return SITO_OK;
    }
    const char *base = field.in_arena ? r->arena.data : r->buffer + r->start;
    return as_utf8(r, (SitoText){.data = base + field.begin, .size = field.size}, text);
}

int sito_reader_raw(SitoCsvReader *r, SitoText *text) {
    return as_utf8(r, sito_reader_bytes(r), text);
}

int sito_reader_digest(SitoCsvReader *r, char hex[SITO_SHA256_HEX]) {
    return sito_source_digest(r->source, hex);
}

int sito_reader_new(SitoSource *source, SitoCsvDialect dialect, size_t max_field,
                    SitoCsvReader **out) {
    SitoCsvReader *r = sito_malloc(sizeof *r);
    if (r == NULL) {
        sito_source_free(source);
        return SITO_NOMEM;
    }
    *r = (SitoCsvReader){.source = source,
                         .dialect = dialect,
                         .max_field = max_field,
                         .max_record = 4 * max_field,
                         .arena = {.limit = 8 * max_field},
                         .cell = {.limit = 16 * max_field}};
    r->fields = sito_malloc(SITO_FIELDS_KEPT * sizeof *r->fields);
    r->ends = sito_malloc((SITO_FIELDS_KEPT + 64) * sizeof *r->ends);
    r->buffer = sito_malloc(SITO_CHUNK);
    r->capacity = SITO_CHUNK;
    if (r->fields == NULL || r->ends == NULL || r->buffer == NULL) {
        sito_reader_free(r);
        return SITO_NOMEM;
    }
    *out = r;
    return SITO_OK;
}

void sito_reader_free(SitoCsvReader *r) {
    if (r == NULL) {
        return;
    }
    if (r->parser_ready) {
        csv_free(&r->parser);
    }
    sito_source_free(r->source);
    sito_free(r->buffer);
    sito_free(r->fields);
    sito_free(r->ends);
    sito_buffer_free(&r->arena);
    sito_buffer_free(&r->cell);
    sito_free(r);
}
