/*
** A record cut into fields (reader_inside.h). Fields that lie before the first quoted one are
** plain: they are counted at once, and cut when somebody asks. The others are libcsv's.
*/
#include "reader_inside.h"

#include <string.h>

#include "block.h"

/* ---- plain fields ---- */

/* How many times `byte` stands in [0, size). */
static size_t count_byte(const char *text, size_t size, unsigned char byte) {
    size_t count = 0;
    for (size_t at = 0; at < size; at += SITO_BLOCK) {
        uint64_t hits = sito_block_match(text + at, byte);
        count += sito_block_count(sito_block_within(hits, size - at));
    }
    return count;
}

/* Finds the ends of plain fields up to field i, and of all that the same block holds. */
static void split(SitoCsvReader *r, size_t i) {
    const char *raw = r->buffer + r->start;
    const unsigned char delimiter = (unsigned char)r->dialect.delimiter;
    const size_t end = r->plain_end;
    size_t at = r->split_at, found = r->split;
    for (; found <= i && at < end; at += SITO_BLOCK) {
        uint64_t hits = sito_block_within(sito_block_match(raw + at, delimiter), end - at);
        uint32_t *first = r->ends + (found < SITO_FIELDS_KEPT ? found : SITO_FIELDS_KEPT);
        uint32_t *next = first;
        for (; hits != 0; hits &= hits - 1) {
            *next++ = (uint32_t)at + sito_block_first(hits);
        }
        found += (size_t)(next - first);
    }
    if (found <= i) {
        r->ends[found < SITO_FIELDS_KEPT ? found : SITO_FIELDS_KEPT] = (uint32_t)end;
        found++;
    }
    r->split = found;
    r->split_at = at;
}

SitoField sito_reader_plain(SitoCsvReader *r, size_t i) {
    r->asked = true;
    if (i >= r->split) {
        split(r, i);
    }
    const char *raw = r->buffer + r->start;
    size_t begin = i > 0 ? r->ends[i - 1] + (size_t)1 : 0, end = r->ends[i];
    while (r->dialect.trim && begin < end && sito_is_blank(raw[begin])) {
        begin++;
    }
    while (r->dialect.trim && begin < end && sito_is_blank(raw[end - 1])) {
        end--;
    }
    return (SitoField){.begin = begin, .size = end - begin, .bare = begin == end};
}

/* In a line that may hold a field over the limit: the first such field ends what is known. */
static void check_long_fields(SitoCsvReader *r) {
    size_t begin = 0;
    const char *raw = r->buffer + r->start;
    for (size_t i = 0; i < r->plain; i++) {
        const char *stop = memchr(raw + begin, r->dialect.delimiter, r->plain_end - begin);
        size_t end = stop != NULL ? (size_t)(stop - raw) : r->plain_end;
        if (end - begin > r->max_field) {
            sito_reader_damage(r, SITO_CSV_TOO_LONG, i + 1, "a field is longer than max_field");
            r->record.fields = i;
            return;
        }
        begin = end + 1;
    }
}

static void take_plain(SitoCsvReader *r, SitoLine line) {
    const char *raw = r->buffer + r->start;
    r->raw_size = r->plain_end = line.end;
    r->size = line.next;
    if (r->eager) {
        split(r, SIZE_MAX - 1);
        r->plain = r->split;
    } else {
        r->plain = 1 + count_byte(raw, line.end, (unsigned char)r->dialect.delimiter);
    }
    r->record.fields = r->plain;
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

/* The number, from 1, of the field that libcsv is at. */
static size_t current(const SitoCsvReader *r) {
    return r->plain + r->quoted + 1;
}

static void on_field(void *bytes, size_t size, void *reader) {
    SitoCsvReader *r = reader;
    SitoField field = {
        .begin = r->arena.size, .size = size, .in_arena = true, .bare = bytes == NULL};
    if (size > r->max_field) {
        sito_reader_damage(r, SITO_CSV_TOO_LONG, current(r), "a field is longer than max_field");
    } else if (r->parse_rc == SITO_OK && r->record.defect == SITO_CSV_SOUND) {
        r->parse_rc = sito_buffer_add(&r->arena, bytes, size);
        if (r->quoted < SITO_FIELDS_KEPT) {
            r->fields[r->quoted] = field;
        }
        r->quoted++;
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
        sito_reader_damage(r, SITO_CSV_QUOTE, current(r),
                           !r->parser.quoted ? "a quote inside a field that does not begin with one"
                           : line.begin == 0
                               ? "text after a closing quote"
                               : "a quote is opened here and not closed where a field ends");
    } else if (last && !r->row_done && csv_fini(&r->parser, on_field, on_row, r) != 0) {
        sito_reader_damage(r, SITO_CSV_QUOTE, current(r), "a quote is opened and never closed");
    } else if (!r->row_done && r->parser.entry_pos > r->max_field) {
        sito_reader_damage(r, SITO_CSV_QUOTE, current(r),
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
            sito_reader_damage(r, SITO_CSV_QUOTE, current(r),
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

/* Where the field begins that holds the byte at `at`. */
static size_t field_begin(const SitoCsvReader *r, size_t at) {
    const char *raw = r->buffer + r->start;
    while (at > 0 && raw[at - 1] != r->dialect.delimiter) {
        at--;
    }
    return at;
}

static int take_quoted(SitoCsvReader *r, SitoLine first, size_t quote, char **error) {
    size_t begin = field_begin(r, quote);
    const char *raw = r->buffer + r->start;
    r->plain = count_byte(raw, begin, (unsigned char)r->dialect.delimiter);
    r->plain_end = begin > 0 ? begin - 1 : 0;
    r->quoted = 0;
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
    r->record.fields = r->plain + r->quoted;
    if (r->plain_end > r->max_field) {
        check_long_fields(r);
    }
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
