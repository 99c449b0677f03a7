/*
** The reader against libcsv alone: for any bytes the records, their fields, places and damage must
** be
** those of libcsv with CSV_STRICT | CSV_STRICT_FINI, fed byte by byte, which after an error goes on
** at
** the next physical line. The first byte of the input chooses the dialect.
*/
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "csv/reader_core.h"

typedef struct Expected {
    SitoBuffer fields; /* each: '0' empty without quotes or '1', its UTF-8, and FF */
    size_t count;
    bool done;
} Expected;

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

static void on_field(void *bytes, size_t size, void *argument) {
    Expected *expected = argument;
    SitoText text = {.data = bytes, .size = size};
    require(sito_buffer_add(&expected->fields, bytes == NULL ? "0" : "1", 1) == SITO_OK);
    require(sito_encoding_convert(SITO_UTF_8, text, &expected->fields) == SITO_OK);
    require(sito_buffer_add(&expected->fields, "\xFF", 1) == SITO_OK);
    expected->count++;
}

static void on_row(int end, void *argument) {
    (void)end;
    ((Expected *)argument)->done = true;
}

static int no_blank(unsigned char byte) {
    (void)byte;
    return 0;
}

/* The end of the physical line that holds `at`, behind its line end. */
static size_t line_after(SitoText text, size_t at) {
    while (at < text.size && text.data[at] != '\n' && text.data[at] != '\r') {
        at++;
    }
    bool pair = at + 1 < text.size && text.data[at] == '\r' && text.data[at + 1] == '\n';
    return at < text.size ? at + (pair ? 2 : 1) : at;
}

static int64_t line_of(SitoText text, size_t at) {
    int64_t line = 1;
    for (size_t i = 0; i < at; i = line_after(text, i)) {
        line += line_after(text, i) <= at && i < line_after(text, i) &&
                strchr("\r\n", text.data[line_after(text, i) - 1]) != NULL;
    }
    return line;
}

/* Parses one record from *at on and moves behind it. False: it is damaged. */
static bool parse(SitoText text, SitoCsvDialect dialect, size_t *at, Expected *expected) {
    struct csv_parser parser;
    require(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) == 0);
    csv_set_delim(&parser, (unsigned char)dialect.delimiter);
    csv_set_quote(&parser, (unsigned char)dialect.quote);
    if (!dialect.trim) {
        csv_set_space_func(&parser, no_blank);
    }
    size_t i = *at;
    bool sound = true;
    expected->fields.size = expected->count = 0;
    expected->done = false;
    while (i < text.size && !expected->done && sound) {
        sound = csv_parse(&parser, text.data + i, 1, on_field, on_row, expected) == 1;
        i++;
    }
    if (sound && !expected->done) {
        sound = csv_fini(&parser, on_field, on_row, expected) == 0;
    }
    csv_free(&parser);
    bool pair = sound && i < text.size && text.data[i - 1] == '\r' && text.data[i] == '\n';
    *at = sound ? i + pair : line_after(text, *at);
    return sound;
}

/* To the first byte of a record: behind line ends and, where blanks go, lines of blanks. */
static size_t skip_blank(SitoText text, size_t at, bool trim) {
    for (;;) {
        size_t i = at;
        while (trim && i < text.size && (text.data[i] == ' ' || text.data[i] == '\t')) {
            i++;
        }
        if (i < text.size && text.data[i] != '\r' && text.data[i] != '\n') {
            return at;
        }
        if (i == text.size) {
            return text.size;
        }
        at = line_after(text, i);
    }
}

static void compare_fields(SitoCsvReader *reader, const SitoCsvRecord *record,
                           const Expected *expected) {
    const char *at = expected->fields.data;
    require(record->fields == expected->count);
    for (size_t i = 0; i < expected->count && i < 1991; i++) {
        const char *end =
            memchr(at, 0xFF, expected->fields.size - (size_t)(at - expected->fields.data));
        SitoText cell;
        bool bare;
        require(end != NULL);
        require(sito_reader_field(reader, i, &cell, &bare) == SITO_OK);
        require(bare == (*at == '0'));
        require(cell.size == (size_t)(end - at - 1));
        require(cell.size == 0 || memcmp(cell.data, at + 1, cell.size) == 0);
        at = end + 1;
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    if (size < 1) {
        return 0;
    }
    SitoCsvDialect dialect = {.delimiter = ";,\t|"[data[0] & 3],
                              .quote = (data[0] & 4) != 0 ? '\'' : '"',
                              .trim = (data[0] & 8) != 0 && (data[0] & 3) != 2};
    SitoText text = {.data = (const char *)data + 1, .size = size - 1};
    SitoSource *source;
    SitoCsvReader *reader;
    const SitoCsvRecord *record;
    Expected expected = {0};
    require(sito_source_text(text, &source) == SITO_OK);
    require(sito_reader_new(source, dialect, SITO_CSV_MAX_FIELD, &reader) == SITO_OK);
    require(sito_reader_start(reader, 0, false, NULL) == SITO_OK);
    size_t at = text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (int64_t number = 1;; number++) {
        at = skip_blank(text, at, dialect.trim);
        require(sito_reader_next(reader, &record, NULL) == SITO_OK);
        require((record == NULL) == (at == text.size));
        if (record == NULL) {
            break;
        }
        require(record->number == number && record->byte == (int64_t)at);
        require(record->line == line_of(text, at));
        bool sound = parse(text, dialect, &at, &expected);
        require(sound == (record->defect != SITO_CSV_QUOTE));
        if (sound) {
            compare_fields(reader, record, &expected);
        }
    }
    sito_buffer_free(&expected.fields);
    sito_reader_free(reader);
    return 0;
}
