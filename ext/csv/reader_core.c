/*
** Records of a CSV file (reader_core.h).
**
** Offsets into a record are counted from its first byte, so that they stay right when the buffer
** moves. Where special bytes are (line ends, quotes, zero bytes) is found by memchr over the whole
** buffer and remembered: a file without quotes is searched for them once a buffer, not once a line.
*/
#include "reader_core.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 256 * 1024, FIELDS_KEPT = SITO_CSV_MAX_COLUMNS + 1 };

/* The first `byte` at or behind `low`: at `at`, or nowhere before `scanned` where at == scanned. */
typedef struct Seek {
    char byte;
    size_t low, at, scanned;
} Seek;

typedef struct Field {
    size_t begin, size; /* in the record, or in the arena */
    bool in_arena, bare;
} Field;

/* A physical line: its text is [begin, end), the next one begins at `next`. */
typedef struct Line {
    size_t begin, end, next;
    bool endless; /* no line end within the longest record */
} Line;

struct SitoCsvReader {
    SitoSource *source;
    SitoCsvDialect dialect;
    size_t max_field, max_record, columns;

    char *buffer;
    size_t capacity, start, end; /* the current record begins at start, the bytes read end at end */
    int64_t offset;              /* of the buffer's first byte in the file */
    bool at_end;                 /* the source has no more */
    Seek lf, cr, quote, nul;
    size_t
        checked; /* bytes before this are well-formed text, or belong to records already judged */

    SitoCsvRecord record;
    size_t raw_size, size; /* without and with the line end */
    int64_t lines;         /* physical lines of the record */
    int64_t numbered;      /* records so far */
    bool clean;            /* no byte in it needs replacing */
    bool discard;          /* the rest of an endless line is still to be dropped */

    Field *fields;
    size_t split, split_at; /* fields split so far; where the next one begins */
    struct csv_parser parser;
    bool parser_ready, row_done;
    int parse_rc;
    SitoBuffer arena, cell;
};

static const char *const words[SITO_CSV_DEFECTS] = {
    [SITO_CSV_RAGGED] = "ragged",     [SITO_CSV_QUOTE] = "quote",       [SITO_CSV_NUL] = "nul",
    [SITO_CSV_ENCODING] = "encoding", [SITO_CSV_TOO_LONG] = "too-long",
};

const char *sito_csv_defect_word(SitoCsvDefect defect) {
    return words[defect];
}

/* ---- the buffer ---- */

static size_t less(size_t position, size_t shift) {
    return position > shift ? position - shift : 0;
}

static void shift_seek(Seek *seek, size_t shift) {
    seek->low = less(seek->low, shift);
    seek->at = less(seek->at, shift);
    seek->scanned = less(seek->scanned, shift);
}

static void shift_buffer(SitoCsvReader *r) {
    size_t shift = r->start;
    memmove(r->buffer, r->buffer + shift, r->end - shift);
    r->start = 0;
    r->end -= shift;
    r->offset += (int64_t)shift;
    r->checked = less(r->checked, shift);
    shift_seek(&r->lf, shift);
    shift_seek(&r->cr, shift);
    shift_seek(&r->quote, shift);
    shift_seek(&r->nul, shift);
}

/* Reads more behind `end`, keeping everything from `start` on. */
static int fill(SitoCsvReader *r, char **error) {
    if (r->start > 0) {
        shift_buffer(r);
    }
    if (r->end == r->capacity) {
        void *memory = r->buffer;
        int rc =
            sito_grow(&memory, &r->capacity, r->capacity + CHUNK, 1, r->max_record + 2 * CHUNK);
        r->buffer = memory;
        if (rc != SITO_OK) {
            return rc;
        }
    }
    size_t got = 0;
    int rc = sito_source_read(r->source, r->buffer + r->end, r->capacity - r->end, &got, error);
    r->end += got;
    r->at_end = rc == SITO_OK && got == 0;
    return rc;
}

/* Where the first such byte at or behind `from` lies; r->end: nowhere in the buffer. */
static size_t find(SitoCsvReader *r, Seek *seek, size_t from) {
    bool known = from >= seek->low && from <= seek->at;
    if (known && seek->at < seek->scanned) {
        return seek->at;
    }
    size_t begin = known ? seek->scanned : from;
    const char *hit = begin < r->end ? memchr(r->buffer + begin, seek->byte, r->end - begin) : NULL;
    seek->low = known ? seek->low : from;
    seek->at = hit != NULL ? (size_t)(hit - r->buffer) : r->end;
    seek->scanned = r->end > seek->at ? seek->at + 1 : r->end;
    return seek->at;
}

/* The physical line that begins at offset `begin` of the record. */
static int find_line(SitoCsvReader *r, size_t begin, Line *line, char **error) {
    *line = (Line){.begin = begin};
    for (;;) {
        size_t from = r->start + begin;
        size_t lf = find(r, &r->lf, from), cr = find(r, &r->cr, from);
        size_t stop = lf < cr ? lf : cr;
        bool undecided = stop == cr && stop + 1 == r->end && !r->at_end; /* CR: does LF follow? */
        if (stop - r->start > r->max_record) {
            line->end = line->next = r->max_record;
            line->endless = true;
            return SITO_OK;
        }
        if (stop < r->end && !undecided) {
            line->end = stop - r->start;
            line->next = line->end + (stop == cr && lf == cr + 1 && lf < r->end ? 2 : 1);
            return SITO_OK;
        }
        if (r->at_end) {
            line->end = line->next = r->end - r->start;
            return SITO_OK;
        }
        int rc = fill(r, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

/* Drops the rest of a line whose end was out of reach. */
static int drop_line(SitoCsvReader *r, char **error) {
    for (;;) {
        size_t lf = find(r, &r->lf, r->start), cr = find(r, &r->cr, r->start);
        size_t stop = lf < cr ? lf : cr;
        r->start = stop;
        if (stop < r->end || r->at_end) {
            return SITO_OK; /* the line end itself is skipped like that of a blank line */
        }
        int rc = fill(r, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

/* Moves start behind line ends. A CR LF that a chunk tears apart is still one. */
static int skip_blank_lines(SitoCsvReader *r, bool counted, char **error) {
    for (;;) {
        if (r->end - r->start < 2 && !r->at_end) {
            int rc = fill(r, error);
            if (rc != SITO_OK) {
                return rc;
            }
            continue;
        }
        if (r->start == r->end) {
            return SITO_OK;
        }
        char first = r->buffer[r->start];
        if (first != '\n' && first != '\r') {
            return SITO_OK;
        }
        bool pair = first == '\r' && r->end - r->start > 1 && r->buffer[r->start + 1] == '\n';
        r->start += pair ? 2 : 1;
        r->record.line += counted ? 1 : 0;
        counted = true;
    }
}

/* ---- fields ---- */

/* How many times `byte` stands in text; eight bytes a step. A byte equals the sought one where the
** difference is zero; its top bit is then set alone in `zero` (exact, no carry between bytes). */
static size_t count_byte(const char *text, size_t size, char byte) {
    const uint64_t low7 = 0x7F7F7F7F7F7F7F7Fu, ones = 0x0101010101010101u;
    uint64_t pattern = ones * (unsigned char)byte, word;
    size_t count = 0, i = 0;
    for (; i + 8 <= size; i += 8) {
        memcpy(&word, text + i, 8);
        word ^= pattern;
        uint64_t zero = ~(((word & low7) + low7) | word | low7);
        count += (size_t)(((zero >> 7) * ones) >> 56);
    }
    for (; i < size; i++) {
        count += text[i] == byte;
    }
    return count;
}

static void push_field(SitoCsvReader *r, Field field) {
    if (r->split < FIELDS_KEPT) {
        r->fields[r->split] = field;
    }
    r->split++;
}

/* Splits a line without quotes at its delimiters, up to field i. */
static void split_to(SitoCsvReader *r, size_t i) {
    const char *raw = r->buffer + r->start;
    while (r->split <= i && r->split < r->record.fields) {
        const char *stop =
            memchr(raw + r->split_at, r->dialect.delimiter, r->raw_size - r->split_at);
        size_t end = stop != NULL ? (size_t)(stop - raw) : r->raw_size;
        push_field(
            r,
            (Field){.begin = r->split_at, .size = end - r->split_at, .bare = end == r->split_at});
        r->split_at = end + 1;
    }
}

static void damage(SitoCsvReader *r, SitoCsvDefect defect, size_t column, const char *what) {
    r->record.defect = defect;
    r->record.column = column;
    r->record.what = what;
}

/* In a line that may hold a field over the limit: the first such field ends what is known. */
static void check_long_fields(SitoCsvReader *r) {
    size_t begin = 0;
    const char *raw = r->buffer + r->start;
    for (size_t i = 0; i < r->record.fields; i++) {
        const char *stop = memchr(raw + begin, r->dialect.delimiter, r->raw_size - begin);
        size_t end = stop != NULL ? (size_t)(stop - raw) : r->raw_size;
        if (end - begin > r->max_field) {
            damage(r, SITO_CSV_TOO_LONG, i + 1, "a field is longer than max_field");
            r->record.fields = i;
            return;
        }
        begin = end + 1;
    }
}

static void take_plain(SitoCsvReader *r, Line line) {
    r->raw_size = line.end;
    r->size = line.next;
    r->record.fields = 1 + count_byte(r->buffer + r->start, line.end, r->dialect.delimiter);
    if (line.endless) {
        r->discard = true;
        r->record.fields--; /* the last one has no end */
        damage(r, SITO_CSV_TOO_LONG, 0, "the line is longer than 4 times max_field");
    }
    if (line.end > r->max_field) {
        check_long_fields(r);
    }
}

/* ---- quoted records: libcsv ---- */

static int not_blank(unsigned char byte) {
    (void)byte;
    return 0; /* libcsv would trim blanks around fields */
}

static int prepare_parser(SitoCsvReader *r) {
    if (r->parser_ready) {
        csv_free(&r->parser);
    }
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0) {
        return SITO_NOMEM;
    }
    csv_set_realloc_func(&r->parser, sito_realloc);
    csv_set_free_func(&r->parser, sito_free);
    csv_set_blk_size(&r->parser, 4096);
    csv_set_space_func(&r->parser, not_blank);
    csv_set_delim(&r->parser, (unsigned char)r->dialect.delimiter);
    csv_set_quote(&r->parser, (unsigned char)r->dialect.quote);
    r->parser_ready = true;
    return SITO_OK;
}

static void on_field(void *bytes, size_t size, void *reader) {
    SitoCsvReader *r = reader;
    Field field = {.begin = r->arena.size, .size = size, .in_arena = true, .bare = bytes == NULL};
    if (size > r->max_field) {
        damage(r, SITO_CSV_TOO_LONG, r->split + 1, "a field is longer than max_field");
    } else if (r->parse_rc == SITO_OK && r->record.defect == SITO_CSV_SOUND) {
        r->parse_rc = sito_buffer_add(&r->arena, bytes, size);
        push_field(r, field);
    }
}

static void on_row(int end, void *reader) {
    (void)end;
    ((SitoCsvReader *)reader)->row_done = true;
}

/* One physical line to libcsv, from offset `from` on. */
static int feed_line(SitoCsvReader *r, size_t from, Line line, bool last) {
    size_t size = line.next - from;
    size_t taken = csv_parse(&r->parser, r->buffer + r->start + from, size, on_field, on_row, r);
    if (taken < size && csv_error(&r->parser) != CSV_EPARSE) {
        return SITO_NOMEM;
    }
    if (taken < size) {
        damage(r, SITO_CSV_QUOTE, r->split + 1,
               !r->parser.quoted ? "a quote inside a field that does not begin with one"
               : line.begin == 0 ? "text after a closing quote"
                                 : "a quote is opened here and not closed where a field ends");
    } else if (last && !r->row_done && csv_fini(&r->parser, on_field, on_row, r) != 0) {
        damage(r, SITO_CSV_QUOTE, r->split + 1, "a quote is opened and never closed");
    } else if (!r->row_done && r->parser.entry_pos > r->max_field) {
        damage(r, SITO_CSV_QUOTE, r->split + 1,
               "a quote is opened and not closed within max_field");
    }
    return r->parse_rc;
}

/* Feeds physical lines until the record is complete or damaged. */
static int feed_lines(SitoCsvReader *r, size_t from, Line line, char **error) {
    int rc = SITO_OK;
    r->lines = 0;
    for (;;) {
        bool last = line.next == r->end - r->start && r->at_end;
        rc = feed_line(r, from, line, last);
        r->lines++;
        if (rc != SITO_OK || r->row_done || r->record.defect != SITO_CSV_SOUND || last) {
            break;
        }
        from = line.next;
        rc = find_line(r, from, &line, error);
        if (rc == SITO_OK && line.endless) {
            damage(r, SITO_CSV_QUOTE, r->split + 1,
                   "a quote is opened and not closed within max_field");
            break;
        }
        if (rc != SITO_OK) {
            break;
        }
    }
    r->raw_size = line.end;
    r->size = line.next;
    return rc;
}

static int take_quoted(SitoCsvReader *r, Line first, size_t quote, char **error) {
    size_t begin = 0, count = count_byte(r->buffer + r->start, quote, r->dialect.delimiter);
    r->record.fields = count + 1;
    r->raw_size = first.end;
    if (count > 0) {
        split_to(r, count - 1);
        begin = r->split_at;
    }
    r->arena.size = 0;
    r->row_done = false;
    r->parse_rc = SITO_OK;
    int rc = r->parser_ready ? SITO_OK : prepare_parser(r);
    if (rc == SITO_OK && first.endless) {
        r->discard = true;
        damage(r, SITO_CSV_TOO_LONG, 0, "the line is longer than 4 times max_field");
    } else if (rc == SITO_OK) {
        rc = feed_lines(r, begin, first, error);
    }
    r->record.fields = r->split;
    bool end_known = r->record.defect == SITO_CSV_SOUND || r->row_done;
    if (end_known) {
        return rc;
    }
    r->raw_size = first.end; /* R3: what is damaged is the first physical line */
    r->size = first.next;
    r->lines = 1;
    int renewed = prepare_parser(r);
    return rc != SITO_OK ? rc : renewed;
}

/* ---- records ---- */

/* True when [start, start + raw_size) is text of the encoding. What was found is remembered. */
static bool is_text(SitoCsvReader *r) {
    size_t stop = r->start + r->raw_size;
    if (r->checked < r->start) {
        r->checked = r->start;
    }
    if (r->checked < stop) {
        SitoText rest = {.data = r->buffer + r->checked, .size = r->end - r->checked};
        r->checked += sito_encoding_valid(r->dialect.encoding, rest);
    }
    return r->checked >= stop;
}

static void judge(SitoCsvReader *r) {
    bool text = is_text(r);
    bool nul = find(r, &r->nul, r->start) < r->start + r->raw_size;
    r->clean = text && !nul;
    if (r->record.defect != SITO_CSV_SOUND) {
        return;
    }
    if (r->columns != 0 && r->record.fields != r->columns) {
        damage(r, SITO_CSV_RAGGED, 0, "another number of fields than the heading");
    } else if (nul) {
        damage(r, SITO_CSV_NUL, 0, "a zero byte inside the text");
    } else if (!text) {
        damage(r, SITO_CSV_ENCODING, 0, "bytes that the encoding does not know");
    }
}

static int step(SitoCsvReader *r, bool *more, char **error) {
    r->start += r->size;
    r->record.line += r->lines;
    r->size = r->raw_size = r->split = r->split_at = 0;
    r->lines = 1;
    int rc = SITO_OK;
    bool dropped = r->discard;
    if (r->discard) {
        r->discard = false;
        rc = drop_line(r, error);
    }
    if (rc == SITO_OK) {
        rc = skip_blank_lines(r, !dropped, error);
    }
    *more = rc == SITO_OK && r->start < r->end;
    if (!*more) {
        r->lines = 0;
        return rc;
    }
    r->record = (SitoCsvRecord){.line = r->record.line, .byte = r->offset + (int64_t)r->start};
    Line line;
    rc = find_line(r, 0, &line, error);
    if (rc != SITO_OK) {
        return rc;
    }
    size_t quote = r->dialect.quote != 0 ? find(r, &r->quote, r->start) : r->end;
    if (quote < r->start + line.end) {
        rc = take_quoted(r, line, quote - r->start, error);
    } else {
        take_plain(r, line);
    }
    if (rc == SITO_OK) {
        judge(r);
    }
    return rc;
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
    r->offset = 0;
    r->at_end = r->discard = false;
    r->lf = (Seek){.byte = '\n'};
    r->cr = (Seek){.byte = '\r'};
    r->quote = (Seek){.byte = r->dialect.quote};
    r->nul = (Seek){.byte = 0};
    r->size = r->raw_size = r->split = r->split_at = 0;
    r->lines = r->numbered = 0;
    r->record = (SitoCsvRecord){.line = 1};
}

int sito_reader_start(SitoCsvReader *r, size_t columns, bool hash, char **error) {
    reset(r);
    r->columns = columns;
    int rc = sito_source_rewind(r->source, hash, error);
    while (rc == SITO_OK && r->end < 3 && !r->at_end) {
        rc = fill(r, error);
    }
    if (rc == SITO_OK && r->end >= 3 && memcmp(r->buffer, "\xEF\xBB\xBF", 3) == 0) {
        r->start = 3;
    }
    bool more;
    if (rc == SITO_OK && r->dialect.header) {
        rc = step(r, &more, error);
    }
    return rc;
}

/* ---- what a record holds ---- */

/* Bytes of the file as UTF-8: as they are, or converted into r->cell. */
static int as_utf8(SitoCsvReader *r, SitoText bytes, SitoText *text) {
    *text = bytes;
    if (r->clean && (r->dialect.encoding == SITO_UTF_8 || sito_text_is_plain(bytes))) {
        return SITO_OK;
    }
    r->cell.size = 0;
    int rc = sito_encoding_convert(r->dialect.encoding, bytes, &r->cell);
    *text = (SitoText){.data = r->cell.data, .size = r->cell.size};
    return rc;
}

int sito_reader_field(SitoCsvReader *r, size_t i, SitoText *text, bool *bare) {
    *text = (SitoText){0};
    *bare = false;
    if (i >= r->record.fields || i >= FIELDS_KEPT) {
        return SITO_OK;
    }
    if (i >= r->split) {
        split_to(r, i);
    }
    Field field = r->fields[i];
    *bare = field.bare;
    if (field.size == 0) {
        *text = SITO_LITERAL("");
        return SITO_OK;
    }
    const char *base = field.in_arena ? r->arena.data : r->buffer + r->start;
    return as_utf8(r, (SitoText){.data = base + field.begin, .size = field.size}, text);
}

int sito_reader_raw(SitoCsvReader *r, SitoText *text) {
    return as_utf8(r, (SitoText){.data = r->buffer + r->start, .size = r->raw_size}, text);
}

int sito_reader_digest(SitoCsvReader *r, char hex[SITO_SHA256_HEX]) {
    return sito_source_digest(r->source, hex);
}

int sito_reader_complain(const SitoCsvReader *r, char **error) {
    const char *name = sito_source_name(r->source);
    const SitoCsvRecord *record = &r->record;
    if (record->defect == SITO_CSV_RAGGED) {
        return sito_error(error, SITO_ERROR,
                          "csv: %s:%lld: %lld fields where %lld are expected (ragged); "
                          "on_error='keep' delivers such records with _defect and _record",
                          name, (long long)record->line, (long long)record->fields,
                          (long long)r->columns);
    }
    char column[40] = "";
    if (record->column != 0) {
        (void)snprintf(column, sizeof column, "column %zu: ", record->column);
    }
    return sito_error(error, SITO_ERROR,
                      "csv: %s:%lld: %s%s (%s); on_error='keep' delivers such records with _defect "
                      "and _record",
                      name, (long long)record->line, column, record->what, words[record->defect]);
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
    r->fields = sito_malloc(FIELDS_KEPT * sizeof *r->fields);
    r->buffer = sito_malloc(CHUNK);
    r->capacity = CHUNK;
    if (r->fields == NULL || r->buffer == NULL) {
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
    sito_buffer_free(&r->arena);
    sito_buffer_free(&r->cell);
    sito_free(r);
}
