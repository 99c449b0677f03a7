/*
** The same bytes, handed to the reader in pieces of 1, 2, 7, 64 Ki and all bytes at once, must give
** the
** same records: fields, places, defects, raw text. The first four bytes of the input choose
** encoding,
** dialect, expected columns and the limit of a field.
*/
#include <stdlib.h>
#include <string.h>

#include "csv/reader_core.h"

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

static void add(SitoBuffer *out, const void *bytes, size_t size) {
    require(sito_buffer_add(out, bytes, size) == SITO_OK);
}

static void describe(SitoCsvReader *reader, const SitoCsvRecord *record, SitoBuffer *out) {
    SitoText text;
    bool bare;
    require(sito_buffer_print(out, "%lld %lld %lld %lld %d %lld %s\n", record->number, record->line,
                              record->byte, (long long)record->fields, (int)record->defect,
                              (long long)record->column,
                              record->what != NULL ? record->what : "") == SITO_OK);
    for (size_t i = record->fields; i-- > 0;) { /* backwards, to cut on demand */
        if (i < 40 || i > 1985) {
            require(sito_reader_field(reader, i, &text, &bare) == SITO_OK);
            add(out, bare ? "-" : "+", 1);
            add(out, text.data, text.size);
            add(out, "\xFF", 1);
        }
    }
    require(sito_reader_raw(reader, &text) == SITO_OK);
    add(out, text.data, text.size);
}

static void read_all(SitoText text, const unsigned char *options, size_t most, SitoBuffer *out) {
    SitoCsvDialect dialect = {.encoding = (SitoEncoding)(options[0] % SITO_ENCODINGS),
                              .delimiter = ";,\t|"[options[1] & 3],
                              .quote = (options[1] & 4) != 0 ? 0 : '"',
                              .trim = (options[1] & 8) != 0,
                              .trailing = (options[1] & 16) != 0,
                              .header = (options[1] & 32) != 0,
                              .skip = options[2] >> 5};
    SitoSource *source;
    SitoCsvReader *reader;
    const SitoCsvRecord *record;
    size_t max_field = options[3] < 128 ? SITO_CSV_MAX_FIELD : (size_t)options[3] - 120;
    sito_source_hooks.most = most;
    require(sito_source_text(text, &source) == SITO_OK);
    require(sito_reader_new(source, dialect, max_field, &reader) == SITO_OK);
    require(sito_reader_start(reader, options[2] & 31, true, NULL) == SITO_OK);
    for (;;) {
        require(sito_reader_next(reader, &record, NULL) == SITO_OK);
        if (record == NULL) {
            break;
        }
        describe(reader, record, out);
    }
    char digest[SITO_SHA256_HEX];
    require(sito_reader_digest(reader, digest) == SITO_OK);
    add(out, digest, sizeof digest);
    sito_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    static const size_t pieces[] = {1, 2, 7, 65536};
    if (size < 4) {
        return 0;
    }
    SitoText text = {.data = (const char *)data + 4, .size = size - 4};
    SitoBuffer whole = {0}, other = {0};
    read_all(text, data, 0, &whole);
    for (size_t i = 0; i < SITO_COUNT(pieces); i++) {
        other.size = 0;
        read_all(text, data, pieces[i], &other);
        require(other.size == whole.size && memcmp(other.data, whole.data, whole.size) == 0);
    }
    sito_buffer_free(&whole);
    sito_buffer_free(&other);
    return 0;
}
