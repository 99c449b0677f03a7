/*
** What kind of CSV a file is (sniff_core.h).
*/
#include "sniff_core.h"

#include <stdio.h>
#include <string.h>

enum { SAMPLE = 256 * 1024, BINARY_ZONE = 4096, COUNTED = 64, ROWS_COMPARED = 1000 };

typedef struct Sample {
    char *bytes;
    size_t size;
    bool whole; /* the file ends with the sample */
} Sample;

static int say(SitoSniff *sniff, double confidence, const char *format, const char *detail) {
    if (confidence < sniff->confidence) {
        sniff->confidence = confidence;
    }
    int rc = sniff->evidence.size > 0 ? sito_buffer_add(&sniff->evidence, "; ", 2) : SITO_OK;
    return rc == SITO_OK ? sito_buffer_print(&sniff->evidence, format, detail) : rc;
}

/* ---- bytes ---- */

/* Reads the sample and, when the encoding is to be detected, every other byte. */
static int read_bytes(SitoSource *source, SitoEncodingCount *count, Sample *sample, char **error) {
    char *chunk = sito_malloc(SAMPLE);
    sample->bytes = sito_malloc(SAMPLE);
    int rc = chunk == NULL || sample->bytes == NULL ? SITO_NOMEM
                                                    : sito_source_rewind(source, false, error);
    for (size_t got = 1; rc == SITO_OK && got > 0;) {
        bool sampling = sample->size < SAMPLE;
        char *into = sampling ? sample->bytes + sample->size : chunk;
        rc = sito_source_read(source, into, sampling ? SAMPLE - sample->size : SAMPLE, &got, error);
        if (rc == SITO_OK && count != NULL) {
            sito_encoding_feed(count, (SitoText){.data = into, .size = got});
        }
        sample->size += sampling ? got : 0;
        sample->whole = sampling && got == 0;
        if (!sampling && count == NULL) {
            break;
        }
    }
    sito_free(chunk);
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

static int open_sample(const Sample *sample, SitoCsvDialect dialect, size_t max_field,
                       SitoCsvReader **reader, char **error) {
    SitoSource *source;
    int rc = sito_source_text((SitoText){.data = sample->bytes, .size = sample->size}, &source);
    if (rc == SITO_OK) {
        rc = sito_reader_new(source, dialect, max_field, reader);
    }
    return rc == SITO_OK ? sito_reader_start(*reader, 0, false, error) : rc;
}

/* ---- delimiter ---- */

typedef struct Fitness {
    size_t records, fields, same; /* fields of the first record; how many records have as many */
    double share;                 /* 0 where the delimiter is out of the question */
} Fitness;

static int measure(const Sample *sample, SitoCsvDialect dialect, size_t max_field, Fitness *fitness,
                   char **error) {
    SitoCsvReader *reader = NULL;
    const SitoCsvRecord *record = NULL;
    dialect.header = false;
    *fitness = (Fitness){0};
    int rc = open_sample(sample, dialect, max_field, &reader, error);
    while (rc == SITO_OK && (rc = sito_reader_next(reader, &record, error)) == SITO_OK &&
           record != NULL) {
        bool quote = record->defect == SITO_CSV_QUOTE;
        if (fitness->records++ == 0) {
            fitness->fields = record->fields;
        }
        fitness->same += !quote && record->fields == fitness->fields;
    }
    sito_reader_free(reader);
    if (fitness->fields > 1) {
        fitness->share = (double)fitness->same / (double)fitness->records;
    }
    return rc;
}

static const char *delimiter_name(char delimiter) {
    return delimiter == '\t' ? "tab" : delimiter == ';' ? ";" : delimiter == ',' ? "," : "|";
}

static int sniff_delimiter(const Sample *sample, const SitoSniffGiven *given, SitoSniff *sniff,
                           char **error) {
    static const char by_rank[] = {'\t', ';', '|', ','};
    static const char for_one_column[] = {';', ',', '\t', '|'};
    Fitness best = {0};
    for (size_t i = 0; i < SITO_COUNT(by_rank); i++) {
        SitoCsvDialect dialect = sniff->dialect;
        dialect.delimiter = by_rank[i];
        Fitness fitness;
        int rc = measure(sample, dialect, given->max_field, &fitness, error);
        if (rc != SITO_OK) {
            return rc;
        }
        if (fitness.share > best.share) {
            best = fitness;
            sniff->dialect.delimiter = by_rank[i];
        }
    }
    if (best.share > 0) {
        char detail[120];
        (void)snprintf(detail, sizeof detail, "%s gives %zu of %zu sampled records %zu fields",
                       delimiter_name(sniff->dialect.delimiter), best.same, best.records,
                       best.fields);
        return say(sniff, best.share, "delimiter: %s", detail);
    }
    sniff->dialect.delimiter = ';';
    for (size_t i = 0; i < SITO_COUNT(for_one_column); i++) {
        if (memchr(sample->bytes, for_one_column[i], sample->size) == NULL) {
            sniff->dialect.delimiter = for_one_column[i];
            break;
        }
    }
    return say(sniff, 0.5, "delimiter: %s", "none splits the first record; one column");
}

/* ---- values, as far as they tell a heading from data ---- */

typedef enum Look { LOOKS_EMPTY, LOOKS_TEXT, LOOKS_NUMBER, LOOKS_YEAR, LOOKS_DATE } Look;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static SitoText trim(SitoText text) {
    while (text.size > 0 && (*text.data == ' ' || *text.data == '\t')) {
        text.data++, text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

/* A year is four digits from 1900 to 2100. A number is digits with marks among . , and blanks
** between them, perhaps a sign and a percent sign; a date has digits only around two equal marks of
** - . /
 */
static Look look(SitoText text) {
    text = trim(text);
    size_t digits = 0, dashes = 0, dots = 0, slashes = 0, others = 0;
    if (text.size == 0) {
        return LOOKS_EMPTY;
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool allowed = c == ' ' || ((c == '-' || c == '+') && i == 0) ||
                       (c == '%' && i + 1 == text.size) || c == ':' || c == 'T';
        digits += is_digit(c);
        dashes += c == '-' && i > 0;
        dots += c == '.';
        slashes += c == '/';
        others += !is_digit(c) && !allowed && c != '-' && c != '.' && c != ',' && c != '/';
    }
    if (digits == 0 || others > 0 || text.data[0] == 'T') {
        return LOOKS_TEXT;
    }
    bool year = text.size == 4 && digits == 4 && memcmp(text.data, "1900", 4) >= 0 &&
                memcmp(text.data, "2100", 4) <= 0;
    if (year) {
        return LOOKS_YEAR;
    }
    if ((dashes == 2 && dots + slashes == 0) || (dots == 2 && dashes + slashes == 0) ||
        (slashes == 2 && dashes + dots == 0)) {
        return LOOKS_DATE;
    }
    return LOOKS_NUMBER;
}

/* The decimal mark that a cell shows: digits, one mark, digits. 0: it shows none. */
static char decimal_mark(SitoText text) {
    text = trim(text);
    char mark = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((c == ',' || c == '.') && mark == 0 && i > 0 && i + 1 < text.size) {
            mark = c;
        } else if (!is_digit(c) && !(i == 0 && c == '-')) {
            return 0;
        }
    }
    return mark;
}

/* ---- heading ---- */

typedef struct First {
    SitoBuffer text;      /* the cells of the first record, one behind the other */
    size_t ends[COUNTED]; /* where each ends */
    Look looks[COUNTED];
    size_t fields;          /* all of them, also those beyond COUNTED */
    bool repeated[COUNTED]; /* the cell occurs again in its column */
    bool years[COUNTED];    /* the values below are years */
    size_t rows, commas, points;
} First;

static SitoText first_cell(const First *first, size_t i) {
    size_t begin = i == 0 ? 0 : first->ends[i - 1];
    return (SitoText){.data = first->text.data + begin, .size = first->ends[i] - begin};
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
        first->looks[i] = look(cell);
        first->years[i] = true;
    }
    return SITO_OK;
}

static int compare_row(SitoCsvReader *reader, const SitoCsvRecord *record, First *first) {
    bool equal[COUNTED] = {false};
    size_t same = 0, fields = first->fields < COUNTED ? first->fields : COUNTED;
    if (record->fields != first->fields) {
        return SITO_OK;
    }
    for (size_t i = 0; i < fields; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(reader, i, &cell, &bare);
        if (rc != SITO_OK) {
            return rc;
        }
        char mark = decimal_mark(cell);
        first->commas += mark == ',';
        first->points += mark == '.';
        first->years[i] = first->years[i] && look(cell) == LOOKS_YEAR;
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
    int rc = open_sample(sample, dialect, max_field, &reader, error);
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
    sniff->dialect.header = true;
    for (size_t i = 0; i < fields; i++) {
        bool data = first->looks[i] == LOOKS_NUMBER || first->looks[i] == LOOKS_DATE ||
                    (first->looks[i] == LOOKS_YEAR && first->years[i]);
        if (data) {
            char detail[80];
            (void)snprintf(detail, sizeof detail, "cell %zu of the first record is a value", i + 1);
            sniff->dialect.header = false;
            return say(sniff, 0.95, "no heading: %s", detail);
        }
        repeated += first->repeated[i];
    }
    if (repeated > 0 && repeated * 2 >= fields) {
        sniff->dialect.header = false;
        return say(sniff, 0.7, "no heading: %s", "cells of the first record occur again below");
    }
    return say(sniff, first->rows > 0 ? 0.9 : 0.6, "heading: %s",
               "no cell of the first record is a number or a date");
}

/* ---- names ---- */

static int name_columns(const Sample *sample, SitoSniff *sniff, size_t max_field, size_t fields,
                        const char *name, char **error) {
    if (fields > SITO_CSV_MAX_COLUMNS) {
        return sito_error(error, SITO_ERROR, "csv: %s has %lld columns; at most %d are possible",
                          name, (long long)fields, SITO_CSV_MAX_COLUMNS);
    }
    SitoCsvReader *reader = NULL;
    int rc = open_sample(sample, sniff->dialect, max_field, &reader, error);
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
    int rc = open_sample(sample, dialect, max_field, &reader, error);
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

static int sniff_encoding(const SitoSniffGiven *given, SitoEncodingCount *count, SitoSniff *sniff) {
    if (given->encoding != SITO_ENCODINGS) {
        sniff->dialect.encoding = given->encoding;
        return SITO_OK;
    }
    sniff->encoding = sito_encoding_guess(count);
    sniff->dialect.encoding = sniff->encoding.encoding;
    return say(sniff, sniff->encoding.confidence, "encoding: %s", sniff->encoding.evidence);
}

static int sniff_rows(const Sample *sample, const SitoSniffGiven *given, SitoSniff *sniff,
                      const char *name, char **error) {
    First first = {.text = {.limit = SAMPLE * 3}};
    int rc = study_rows(sample, sniff, given->max_field, &first, error);
    if (rc == SITO_OK && given->header == SITO_HEADER_AUTO) {
        rc = sniff_header(sniff, &first);
    } else {
        sniff->dialect.header = given->header == SITO_HEADER_YES;
    }
    sniff->decimal = first.commas > first.points ? ',' : first.points > 0 ? '.' : 0;
    if (rc == SITO_OK) {
        rc = name_columns(sample, sniff, given->max_field, first.fields, name, error);
    }
    sito_buffer_free(&first.text);
    return rc;
}

int sito_sniff(SitoSource *source, const SitoSniffGiven *given, SitoSniff *sniff, char **error) {
    *sniff = (SitoSniff){.confidence = 1, .evidence = {.limit = 4096}};
    sniff->dialect = (SitoCsvDialect){.delimiter = given->delimiter, .quote = given->quote};
    SitoEncodingCount *count = sito_malloc(sizeof *count);
    Sample sample = {0};
    if (count == NULL) {
        return SITO_NOMEM;
    }
    *count = (SitoEncodingCount){0};
    const char *name = sito_source_name(source);
    int rc = read_bytes(source, given->encoding == SITO_ENCODINGS ? count : NULL, &sample, error);
    if (rc == SITO_OK) {
        rc = refuse_strange(source, given, &sample, error);
    }
    if (rc == SITO_OK) {
        cut_sample(&sample);
        rc = sniff_encoding(given, count, sniff);
    }
    if (rc == SITO_OK && given->delimiter == 0) {
        rc = sniff_delimiter(&sample, given, sniff, error);
    }
    if (rc == SITO_OK) {
        rc = refuse_damaged_first(&sample, sniff, given->max_field, name, error);
    }
    if (rc == SITO_OK) {
        rc = sniff_rows(&sample, given, sniff, name, error);
    }
    sito_free(count);
    sito_free(sample.bytes);
    return rc;
}

void sito_sniff_free(SitoSniff *sniff) {
    sito_headings_free(&sniff->headings);
    sito_buffer_free(&sniff->evidence);
}
