/*
** Records of a CSV file, one after the other, each with its fields, its place and its defect.
**
**   buffer ─▶ physical line (memchr) ─▶ no quote in it: counted, split on demand at the delimiter
**                                    └▶ a quote: libcsv, strict, from the field that holds it
**
** R1  Both ways give the same fields, byte for byte (tests/fuzz/csv_bypass.c).
** R2  A line ends with LF, CR LF or CR. `line` counts physical lines from 1, `byte` is the offset
**     of the record's first byte in the file, `number` counts records from 1, the heading not
**     counted.
** R3  One defect a record, the gravest: quote and too-long (where its end is unknown), then ragged,
**     nul, encoding, then the warnings. After quote, and after too-long where the end of the record
**     is unknown, the record is its first physical line.
** R4  The number of fields of every record is known, also when no field was asked for.
** R5  With dialect.trim blanks (space, tab) around fields go, as libcsv has it by default.
** R6  Memory does not grow with the file: a field has at most max_field bytes, a record 4 times
**     that.
*/
#ifndef SITO_CSV_READER_CORE_H
#define SITO_CSV_READER_CORE_H

#include "csv.h"
#include "encoding_core.h"
#include "source_core.h"

typedef struct SitoCsvDialect {
    char delimiter;
    char quote; /* 0: there is none */
    SitoEncoding encoding;
    int64_t skip;  /* physical lines above the heading */
    bool header;   /* the first record behind them holds headings */
    bool trailing; /* every line may end with one more delimiter */
    bool trim;     /* blanks around fields are not part of them */
} SitoCsvDialect;

typedef struct SitoCsvRecord {
    int64_t number, line, byte;
    size_t fields; /* how many it has; of a quote or too-long record: how many are known */
    SitoCsvDefect defect;
    size_t column;    /* from 1, where the defect lies in one field; else 0 */
    const char *what; /* of a defect: what is wrong, as an English phrase */
} SitoCsvRecord;

typedef struct SitoCsvReader SitoCsvReader;

/* The reader owns source from here on, also when it fails. */
int sito_reader_new(SitoSource *source, SitoCsvDialect dialect, size_t max_field,
                    SitoCsvReader **reader) SITO_MUST_CHECK;
void sito_reader_free(SitoCsvReader *reader);

/* To the beginning: behind a byte order mark, skipped lines and, with dialect.header, behind the
** heading, which is the current record afterwards. `columns`: how many fields a record must have;
** 0: any number. */
int sito_reader_start(SitoCsvReader *reader, size_t columns, bool hash,
                      char **error) SITO_MUST_CHECK;

/* To record `number`, which begins at `byte` of the file in `line`; not for packed files. */
int sito_reader_seek(SitoCsvReader *reader, size_t columns, int64_t number, int64_t line,
                     int64_t byte, char **error) SITO_MUST_CHECK;

/* The next record; NULL at the end. */
int sito_reader_next(SitoCsvReader *reader, const SitoCsvRecord **record,
                     char **error) SITO_MUST_CHECK;

/* The record that the reader stands on: after sito_reader_start the heading, if there is one. */
const SitoCsvRecord *sito_reader_current(const SitoCsvReader *reader);

/* Field i (from 0) of the current record as UTF-8, valid until the next call for this reader.
** data is NULL where the record has no such field or it is not known. *bare: an empty field without
** quotes. */
int sito_reader_field(SitoCsvReader *reader, size_t i, SitoText *text, bool *bare) SITO_MUST_CHECK;

/* In how many places of the current record a field of digits follows one of digits, each counted once: where
** 12,5 was cut apart. */
int sito_reader_decimals(SitoCsvReader *reader, size_t *pairs) SITO_MUST_CHECK;

/* The current record as it stands in the file, without its line end, as UTF-8. */
int sito_reader_raw(SitoCsvReader *reader, SitoText *text) SITO_MUST_CHECK;

/* The SHA-256 of the file, after sito_reader_next has given NULL and if hashing was asked for. */
int sito_reader_digest(SitoCsvReader *reader, char hex[SITO_SHA256_HEX]) SITO_MUST_CHECK;

#endif
