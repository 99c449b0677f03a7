/*
** A record cut into fields (reader_inside.h): by memchr where there is no quote, else by libcsv.
*/
#include "reader_inside.h"

#include <string.h>

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

static void push_field(SitoCsvReader *r, SitoField field) {
    if (r->split < SITO_FIELDS_KEPT) {
        r->fields[r->split] = field;
    }
    r->split++;
}

/* The field [begin, end) of a line without quotes, without the blanks around it if they are to go.
** */
static SitoField plain_field(const SitoCsvReader *r, size_t begin, size_t end) {
    const char *raw = r->buffer + r->start;
    while (r->dialect.trim && begin < end && sito_is_blank(raw[begin])) {
        begin++;
    }
    while (r->dialect.trim && begin < end && sito_is_blank(raw[end - 1])) {
        end--;
    }
    return (SitoField){.begin = begin, .size = end - begin, .bare = begin == end};
}

/* Lines without quotes are cut at their delimiters only as far as somebody asks. */
void sito_reader_split(SitoCsvReader *r, size_t i) {
    const char *raw = r->buffer + r->start;
    while (r->split <= i && r->split < r->record.fields) {
        const char *stop =
            memchr(raw + r->split_at, r->dialect.delimiter, r->raw_size - r->split_at);
        size_t end = stop != NULL ? (size_t)(stop - raw) : r->raw_size;
        push_field(r, plain_field(r, r->split_at, end));
        r->split_at = end + 1;
    }
}

/* In a line that may hold a field over the limit: the first such field ends what is known. */
static void check_long_fields(SitoCsvReader *r) {
    size_t begin = 0;
    const char *raw = r->buffer + r->start;
    for (size_t i = 0; i < r->record.fields; i++) {
        const char *stop = memchr(raw + begin, r->dialect.delimiter, r->raw_size - begin);
        size_t end = stop != NULL ? (size_t)(stop - raw) : r->raw_size;
        if (end - begin > r->max_field) {
            sito_reader_damage(r, SITO_CSV_TOO_LONG, i + 1, "a field is longer than max_field");
            r->record.fields = i;
            return;
        }
        begin = end + 1;
    }
}

static void take_plain(SitoCsvReader *r, SitoLine line) {
    r->raw_size = line.end;
    r->size = line.next;
    r->record.fields = 1 + count_byte(r->buffer + r->start, line.end, r->dialect.delimiter);
    if (line.endless) {
        r->discard = true;
        r->record.fields--; /* the last one has no end */
        sito_reader_damage(r, SITO_CSV_TOO_LONG, 0, "the line is longer than 4 times max_field");
    }
    if (line.end > r->max_field) {
        check_long_fields(r);
    }
}

/* ---- quoted records: libcsv ---- */

static int not_blank(unsigned char byte) {
    (void)byte;
    return 0; /* else libcsv trims blanks around fields */
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
    csv_set_space_func(&r->parser, r->dialect.trim ? NULL : not_blank);
    csv_set_delim(&r->parser, (unsigned char)r->dialect.delimiter);
    csv_set_quote(&r->parser, (unsigned char)r->dialect.quote);
    r->parser_ready = true;
    return SITO_OK;
}

static void on_field(void *bytes, size_t size, void *reader) {
    SitoCsvReader *r = reader;
    SitoField field = {
        .begin = r->arena.size, .size = size, .in_arena = true, .bare = bytes == NULL};
    if (size > r->max_field) {
        sito_reader_damage(r, SITO_CSV_TOO_LONG, r->split + 1, "a field is longer than max_field");
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
static int feed_line(SitoCsvReader *r, size_t from, SitoLine line, bool last) {
    size_t size = line.next - from;
    size_t taken = csv_parse(&r->parser, r->buffer + r->start + from, size, on_field, on_row, r);
    if (taken < size && csv_error(&r->parser) != CSV_EPARSE) {
        return SITO_NOMEM;
    }
    if (taken < size) {
        sito_reader_damage(r, SITO_CSV_QUOTE, r->split + 1,
                           !r->parser.quoted ? "a quote inside a field that does not begin with one"
                           : line.begin == 0
                               ? "text after a closing quote"
                               : "a quote is opened here and not closed where a field ends");
    } else if (last && !r->row_done && csv_fini(&r->parser, on_field, on_row, r) != 0) {
        sito_reader_damage(r, SITO_CSV_QUOTE, r->split + 1, "a quote is opened and never closed");
    } else if (!r->row_done && r->parser.entry_pos > r->max_field) {
        sito_reader_damage(r, SITO_CSV_QUOTE, r->split + 1,
                           "a quote is opened and not closed within max_field");
    }
    return r->parse_rc;
}

/* Feeds physical lines until the record is complete or damaged. */
static int feed_lines(SitoCsvReader *r, size_t from, SitoLine line, char **error) {
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
        rc = sito_reader_line(r, from, &line, error);
        if (rc == SITO_OK && line.endless) {
            sito_reader_damage(r, SITO_CSV_QUOTE, r->split + 1,
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

static int take_quoted(SitoCsvReader *r, SitoLine first, size_t quote, char **error) {
    size_t begin = 0, count = count_byte(r->buffer + r->start, quote, r->dialect.delimiter);
    r->record.fields = count + 1;
    r->raw_size = first.end;
    if (count > 0) {
        sito_reader_split(r, count - 1);
        begin = r->split_at;
    }
    r->arena.size = 0;
    r->row_done = false;
    r->parse_rc = SITO_OK;
    int rc = r->parser_ready ? SITO_OK : prepare_parser(r);
    if (rc == SITO_OK && first.endless) {
        r->discard = true;
        sito_reader_damage(r, SITO_CSV_TOO_LONG, 0, "the line is longer than 4 times max_field");
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

/* A line that ends with one delimiter more than it has columns, where the dialect allows that. */
static void drop_trailing(SitoCsvReader *r) {
    bool one_more = r->dialect.trailing && r->columns != 0 && r->record.fields == r->columns + 1 &&
                    r->record.defect == SITO_CSV_SOUND;
    if (!one_more || r->raw_size == 0) {
        return;
    }
    const char *raw = r->buffer + r->start;
    size_t end = r->raw_size;
    while (r->dialect.trim && end > 0 && sito_is_blank(raw[end - 1])) {
        end--;
    }
    /* A quoted field cannot end with a delimiter: its last byte is the quote. */
    if (end > 0 && raw[end - 1] == r->dialect.delimiter) {
        r->record.fields--;
    }
}

int sito_reader_cut(SitoCsvReader *r, SitoLine line, char **error) {
    int rc = SITO_OK;
    size_t quote = r->dialect.quote != 0 ? sito_reader_find(r, &r->quote, r->start) : r->end;
    if (quote < r->start + line.end) {
        rc = take_quoted(r, line, quote - r->start, error);
    } else {
        take_plain(r, line);
    }
    drop_trailing(r);
    return rc;
}
