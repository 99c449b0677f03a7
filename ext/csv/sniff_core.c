/*
** What kind of CSV a file is (sniff_core.h).
*/
#include "sniff_core.h"

#include <stdio.h>
#include <string.h>

#include "look_core.h"
#include "title_core.h"

enum { SAMPLE = 256 * 1024, BINARY_ZONE = 4096, COUNTED = 64, ROWS_COMPARED = 1000 };

typedef struct Sample {
    char *bytes; /* SAMPLE of them, and one more */
    size_t size;
    bool whole; /* the file ends with the sample */
} Sample;

static SitoText text_of(const Sample *sample) {
    return (SitoText){.data = sample->bytes, .size = sample->size};
}

static int say(SitoSniff *sniff, double confidence, const char *format, ...) {
    char sentence[300];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    sniff->confidence = confidence < sniff->confidence ? confidence : sniff->confidence;
    int rc = sniff->evidence.size > 0 ? sito_buffer_add(&sniff->evidence, "; ", 2) : SITO_OK;
    return rc == SITO_OK ? sito_buffer_add(&sniff->evidence, sentence, strlen(sentence)) : rc;
}

/* ---- bytes ---- */

/* Every byte of the file to the count. */
static int count_bytes(SitoSource *source, SitoEncodingCount *count, char **error) {
    char *piece = sito_malloc(SAMPLE);
    int rc = piece == NULL ? SITO_NOMEM : sito_source_rewind(source, SITO_UTF_8, false, error);
    for (size_t got = 1; rc == SITO_OK && got > 0;) {
        rc = sito_source_read(source, piece, SAMPLE, &got, error);
        if (rc == SITO_OK) {
            sito_encoding_feed(count, (SitoText){.data = piece, .size = got});
        }
    }
    sito_free(piece);
    return rc;
}

/* The beginning of the file, UTF-16 turned into UTF-8. */
static int read_sample(SitoSource *source, SitoEncoding encoding, Sample *sample, char **error) {
    sample->bytes = sito_malloc(SAMPLE + 8);
    int rc =
        sample->bytes == NULL ? SITO_NOMEM : sito_source_rewind(source, encoding, false, error);
    while (rc == SITO_OK && sample->size < SAMPLE && !sample->whole) {
        size_t got = 0;
        rc = sito_source_read(source, sample->bytes + sample->size, SAMPLE + 8 - sample->size, &got,
                              error);
        sample->size += got;
        sample->whole = got == 0;
    }
    return rc;
}

static int refuse_strange(SitoSource *source, const SitoSniffGiven *given, const Sample *sample,
                          char **error) {
    const char *name = sito_source_name(source);
    if (sample->size == 0) {
        return sito_error(error, SITO_ERROR, "csv: %s is empty (0 bytes)", name);
    }
    size_t zone = sample->size < BINARY_ZONE ? sample->size : BINARY_ZONE;
    const char *nul = memchr(sample->bytes, 0, zone);
    if (nul != NULL && !given->accept_binary) {
        return sito_error(error, SITO_ERROR, "csv: %s is not text (byte 0 at offset %lld)", name,
                          (long long)(nul - sample->bytes));
    }
    return SITO_OK;
}

/* A sample of a longer file ends with its last whole line. */
static void cut_sample(Sample *sample) {
    size_t size = sample->size;
    while (!sample->whole && size > 0 && sample->bytes[size - 1] != '\n' &&
           sample->bytes[size - 1] != '\r') {
        size--;
    }
    sample->size = size > 0 ? size : sample->size;
}

static const char *line_ends_of(SitoText text) {
    size_t pairs = 0, feeds = 0, returns = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool pair = text.data[i] == '\r' && i + 1 < text.size && text.data[i + 1] == '\n';
        pairs += pair;
        returns += text.data[i] == '\r' && !pair;
        feeds += text.data[i] == '\n';
        i += pair;
    }
    int kinds = (pairs > 0) + (feeds > 0) + (returns > 0);
    return kinds > 1 ? "mixed" : pairs > 0 ? "CRLF" : feeds > 0 ? "LF" : returns > 0 ? "CR" : "";
}

/* ---- delimiter ---- */

static const char *mark_name(char mark) {
    return mark == ';'    ? ";"
           : mark == ','  ? ","
           : mark == '\t' ? "tab"
           : mark == '|'  ? "|"
                          : "the given mark";
}

/* A first line that Excel understands: sep= and one character. */
static char sep_line(SitoText text) {
    size_t bom = text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool named = text.size >= bom + 5 && memcmp(text.data + bom, "sep=", 4) == 0;
    bool alone = named && (text.size == bom + 5 || strchr("\r\n", text.data[bom + 5]) != NULL);
    return alone && strchr("\r\n\"", text.data[bom + 4]) == NULL ? text.data[bom + 4] : 0;
}

static int tell_shape(SitoSniff *sniff, const SitoShape *shape, bool delimiter_given) {
    if (shape->share == 0) {
        return say(sniff, 0.5, "one column: no delimiter splits most records alike");
    }
    int rc = say(sniff, delimiter_given ? 1 : shape->share,
                 "%s: %s gives %zu of %zu sampled records %zu fields%s",
                 delimiter_given ? "fields" : "delimiter", mark_name(shape->dialect.delimiter),
                 shape->same, shape->records, shape->fields,
                 shape->dialect.trailing ? " and an empty one behind them" : "");
    if (rc == SITO_OK && shape->above > 0) {
        rc = say(sniff, 0.8, "%lld lines above the table", (long long)shape->dialect.skip);
    }
    if (rc == SITO_OK && shape->dialect.trim) {
        rc = say(sniff, 0.9, "blanks stand between delimiters and quotes");
    }
    return rc;
}

/* Titles that were padded with delimiters, so that only what stands in them sets them apart. */
static int sniff_titles(const Sample *sample, const SitoSniffGiven *given, SitoSniff *sniff,
                        char **error) {
    SitoTitles titles;
    int rc = sito_titles_find(text_of(sample), sniff->dialect, sniff->fields, given->max_field,
                              &titles, error);
    if (rc == SITO_OK && titles.count > 0) {
        sniff->dialect.skip = titles.skip;
        rc = say(sniff, 0.8,
                 "titles: at most half of the cells of %zu records above line %lld are "
                 "filled, all of that line are, and %s",
                 titles.count, (long long)titles.skip + 1, titles.proof);
    }
    return rc;
}

static int sniff_shape(const Sample *sample, const SitoSniffGiven *given, SitoSniff *sniff,
                       char **error) {
    SitoCsvDialect dialect = sniff->dialect;
    char named = given->skip <= 0 ? sep_line(text_of(sample)) : 0;
    dialect.skip = given->skip > 0 ? given->skip : 0;
    int rc = SITO_OK;
    if (named != 0 && given->skip < 0) {
        sniff->sep_line = true;
        dialect.skip = 1;
        dialect.delimiter = dialect.delimiter != 0 ? dialect.delimiter : named;
        rc = say(sniff, 1, "line 1 is sep=%s", mark_name(named));
    }
    SitoShape shape;
    if (rc == SITO_OK) {
        SitoShapeFree find = {.quote = !given->quote_given,
                              .trim = !given->trim_given,
                              .trailing = !given->trailing_given,
                              .above = given->skip < 0};
        rc = sito_shape_find(text_of(sample), dialect, given->max_field, find, &shape, error);
    }
    if (rc == SITO_OK) {
        sniff->dialect = shape.dialect;
        sniff->fields = shape.fields;
        rc = tell_shape(sniff, &shape, dialect.delimiter != 0);
    }
    if (rc == SITO_OK && given->skip < 0 && given->header != SITO_HEADER_NO && shape.share > 0) {
        rc = sniff_titles(sample, given, sniff, error);
    }
    return rc;
}

/* ---- heading ---- */

typedef struct First {
    SitoBuffer text;      /* the cells of the first record, one behind the other */
    size_t ends[COUNTED]; /* where each ends */
    SitoCellLook looks[COUNTED];
    size_t fields;          /* all of them, also those beyond COUNTED */
    bool repeated[COUNTED]; /* the cell occurs again in its column */
    bool years[COUNTED];    /* the values below are years */
    size_t rows, commas, points;
} First;

static SitoText first_cell(const First *first, size_t i) {
    size_t begin = i == 0 ? 0 : first->ends[i - 1], size = first->ends[i] - begin;
    return size == 0 ? SITO_LITERAL("")
                     : (SitoText){.data = first->text.data + begin, .size = size};
}

static int keep_first(SitoCsvReader *reader, const SitoCsvRecord *record, First *first) {
    first->fields = record->fields;
    for (size_t i = 0; i < record->fields && i < COUNTED; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(reader, i, &cell, &bare);
        if (rc == SITO_OK) {
            rc = sito_buffer_add(&first->text, cell.data, cell.size);
        }
        if (rc != SITO_OK) {
            return rc;
        }
        first->ends[i] = first->text.size;
        first->looks[i] = sito_cell_look(cell);
        first->years[i] = true;
    }
    return SITO_OK;
}

static int compare_row(SitoCsvReader *reader, const SitoCsvRecord *record, First *first) {
    bool equal[COUNTED] = {false};
    size_t same = 0, fields = first->fields < COUNTED ? first->fields : COUNTED;
    if (record->fields < first->fields) {
        return SITO_OK;
    }
    for (size_t i = 0; i < fields; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(reader, i, &cell, &bare);
        if (rc != SITO_OK) {
            return rc;
        }
        char mark = sito_cell_decimal(cell);
        first->commas += mark == ',';
        first->points += mark == '.';
        first->years[i] = first->years[i] && sito_cell_look(cell) == SITO_CELL_LOOKS_YEAR;
        equal[i] = cell.size > 0 && sito_text_equal(cell, first_cell(first, i));
        same += equal[i];
    }
    first->rows++;
    for (size_t i = 0; i < fields && same < fields;
         i++) { /* a heading repeated whole is no value */
        first->repeated[i] = first->repeated[i] || equal[i];
    }
    return SITO_OK;
}

static int study_rows(const Sample *sample, const SitoSniff *sniff, size_t max_field, First *first,
                      char **error) {
    SitoCsvReader *reader = NULL;
    const SitoCsvRecord *record = NULL;
    SitoCsvDialect dialect = sniff->dialect;
    dialect.header = false;
    int rc = sito_shape_reader(text_of(sample), dialect, max_field, &reader, error);
    if (rc == SITO_OK) {
        rc = sito_reader_next(reader, &record, error);
    }
    if (rc == SITO_OK && record != NULL) {
        rc = keep_first(reader, record, first);
    }
    while (rc == SITO_OK && record != NULL && first->rows < ROWS_COMPARED) {
        rc = sito_reader_next(reader, &record, error);
        if (rc == SITO_OK && record != NULL) {
            rc = compare_row(reader, record, first);
        }
    }
    sito_reader_free(reader);
    return rc;
}

static int sniff_header(SitoSniff *sniff, const First *first) {
    size_t fields = first->fields < COUNTED ? first->fields : COUNTED, repeated = 0;
    if (first->text.size == 0 && fields > 1) {
        sniff->dialect.header = false;
        return say(sniff, 0.9, "no heading: the cells of the first record are empty");
    }
    for (size_t i = 0; i < fields; i++) {
        bool value = first->looks[i] == SITO_CELL_LOOKS_NUMBER ||
                     first->looks[i] == SITO_CELL_LOOKS_DATE ||
                     (first->looks[i] == SITO_CELL_LOOKS_YEAR && first->years[i]);
        if (value) {
            sniff->dialect.header = false;
            return say(sniff, 0.95, "no heading: cell %zu of the first record is a value", i + 1);
        }
        repeated += first->repeated[i];
    }
    sniff->dialect.header = repeated == 0 || repeated * 2 < fields;
    if (!sniff->dialect.header) {
        return say(sniff, 0.7, "no heading: cells of the first record occur again below");
    }
    return say(sniff, first->rows > 0 ? 0.9 : 0.6,
               "heading: no cell of the first record is a number or a date");
}

/* ---- names ---- */

static int name_columns(const Sample *sample, SitoSniff *sniff, size_t max_field, size_t fields,
                        const char *name, char **error) {
    if (fields > SITO_CSV_MAX_COLUMNS) {
        return sito_error(error, SITO_ERROR, "csv: %s has %lld columns; at most %d are possible",
                          name, (long long)fields, SITO_CSV_MAX_COLUMNS);
    }
    SitoCsvReader *reader = NULL;
    int rc = sito_shape_reader(text_of(sample), sniff->dialect, max_field, &reader, error);
    for (size_t i = 0; i < fields && rc == SITO_OK; i++) {
        SitoText cell = {0};
        bool bare;
        if (sniff->dialect.header) {
            rc = sito_reader_field(reader, i, &cell, &bare);
        }
        if (rc == SITO_OK) {
            rc = sito_headings_add(&sniff->headings, cell);
        }
    }
    sito_reader_free(reader);
    return rc;
}

/* The first record decides how many columns there are: it must be whole. */
static int refuse_damaged_first(const Sample *sample, const SitoSniff *sniff, size_t max_field,
                                const char *name, char **error) {
    SitoCsvReader *reader = NULL;
    SitoCsvDialect dialect = sniff->dialect;
    const SitoCsvRecord *record = NULL;
    dialect.header = false;
    int rc = sito_shape_reader(text_of(sample), dialect, max_field, &reader, error);
    if (rc == SITO_OK) {
        rc = sito_reader_next(reader, &record, error);
    }
    if (rc == SITO_OK && record == NULL) {
        rc = sito_error(error, SITO_ERROR, "csv: %s holds no records, only line ends", name);
    } else if (rc == SITO_OK &&
               (record->defect == SITO_CSV_QUOTE || record->defect == SITO_CSV_TOO_LONG)) {
        rc = sito_error(error, SITO_ERROR,
                        "csv: %s:%lld: the first record, which tells the columns, is damaged: %s",
                        name, (long long)record->line, record->what);
    }
    sito_reader_free(reader);
    return rc;
}

/* ---- all of it ---- */

/* Which of the two the byte order mark names. */
static int read_mark(SitoSource *source, SitoEncoding *encoding, char **error) {
    char mark[2] = {0};
    size_t size = 0, got = 1;
    int rc = sito_source_rewind(source, SITO_UTF_8, false, error);
    for (; rc == SITO_OK && size < sizeof mark && got > 0; size += got) {
        got = 0;
        rc = sito_source_read(source, mark + size, sizeof mark - size, &got, error);
    }
    bool little = memcmp(mark, "\xFF\xFE", sizeof mark) == 0;
    bool big = memcmp(mark, "\xFE\xFF", sizeof mark) == 0;
    if (rc == SITO_OK && !little && !big) {
        rc = sito_error(error, SITO_ERROR,
                        "csv: %s does not begin with a byte order mark of UTF-16; write "
                        "encoding='utf-16le' or 'utf-16be', whichever it is",
                        sito_source_name(source));
    }
    *encoding = big ? SITO_UTF_16BE : SITO_UTF_16LE;
    return rc;
}

static int sniff_encoding(SitoSource *source, const SitoSniffGiven *given, SitoSniff *sniff,
                          char **error) {
    if (given->utf16) {
        return read_mark(source, &sniff->dialect.encoding, error);
    }
    if (given->encoding != SITO_ENCODINGS) {
        sniff->dialect.encoding = given->encoding;
        return SITO_OK;
    }
    SitoEncodingCount *count = sito_malloc(sizeof *count);
    if (count == NULL) {
        return SITO_NOMEM;
    }
    *count = (SitoEncodingCount){0};
    int rc = count_bytes(source, count, error);
    if (rc == SITO_OK) {
        sniff->encoding = sito_encoding_guess(count);
        sniff->dialect.encoding = sniff->encoding.encoding;
        rc = say(sniff, sniff->encoding.confidence, "encoding: %s", sniff->encoding.evidence);
    }
    sito_free(count);
    return rc;
}

/* Heading, decimal mark and names, by the records of the sample. */
static int sniff_rows(const Sample *sample, const SitoSniffGiven *given, SitoSniff *sniff,
                      const char *name, char **error) {
    First first = {.text = {.limit = SAMPLE * 4}};
    int rc = study_rows(sample, sniff, given->max_field, &first, error);
    if (rc == SITO_OK && given->header == SITO_HEADER_AUTO) {
        rc = sniff_header(sniff, &first);
    } else {
        sniff->dialect.header = given->header == SITO_HEADER_YES;
    }
    sniff->decimal = first.commas > first.points ? ',' : first.points > 0 ? '.' : 0;
    if (rc == SITO_OK) {
        rc = name_columns(sample, sniff, given->max_field,
                          sniff->dialect.trailing ? sniff->fields : first.fields, name, error);
    }
    sito_buffer_free(&first.text);
    return rc;
}

int sito_sniff(SitoSource *source, const SitoSniffGiven *given, SitoSniff *sniff, char **error) {
    *sniff = (SitoSniff){.confidence = 1, .evidence = {.limit = 4096}};
    sniff->dialect = (SitoCsvDialect){.delimiter = given->delimiter,
                                      .quote = given->quote,
                                      .trim = given->trim,
                                      .trailing = given->trailing};
    Sample sample = {0};
    const char *name = sito_source_name(source);
    int rc = sniff_encoding(source, given, sniff, error);
    if (rc == SITO_OK) {
        rc = read_sample(source, sniff->dialect.encoding, &sample, error);
    }
    if (rc == SITO_OK) {
        rc = refuse_strange(source, given, &sample, error);
    }
    if (rc == SITO_OK) {
        cut_sample(&sample);
        sniff->line_ends = line_ends_of(text_of(&sample));
        rc = sniff_shape(&sample, given, sniff, error);
    }
    if (rc == SITO_OK) {
        rc = refuse_damaged_first(&sample, sniff, given->max_field, name, error);
    }
    if (rc == SITO_OK) {
        rc = sniff_rows(&sample, given, sniff, name, error);
    }
    sito_free(sample.bytes);
    return rc;
}

SitoSniffGiven sito_sniff_nothing(void) {
    return (SitoSniffGiven){
        .encoding = SITO_ENCODINGS, .quote = '"', .skip = -1, .max_field = SITO_CSV_MAX_FIELD};
}

void sito_sniff_free(SitoSniff *sniff) {
    sito_headings_free(&sniff->headings);
    sito_buffer_free(&sniff->evidence);
}
