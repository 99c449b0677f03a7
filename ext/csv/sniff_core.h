/*
** What kind of CSV a file is: encoding, delimiter, heading, decimal mark, and the evidence.
**
** R1  The encoding is decided by every byte of the file (encoding_core.h); the rest by its first
**     256 KiB, which only choose how to read. A later record that does not fit is a defect, so a
**     sample never changes or drops a value.
** R2  A first line `sep=;` (or another mark) settles the delimiter and is no part of the table.
**     Else shape_core.h finds the delimiter. Lines above the table are those with another number
**     of fields (shape_core.h) and titles padded with delimiters (title_core.h).
** R3  Heading: assumed, unless the cells of the first record are all empty, or one is a number or a
**     date (a year above values that are no years is a heading), or at least half of them occur
**     again in their columns.
** R4  The table and csv_sniff decide by this one function.
*/
#ifndef SITO_CSV_SNIFF_CORE_H
#define SITO_CSV_SNIFF_CORE_H

#include "csv.h"
#include "encoding_core.h"
#include "headings_core.h"
#include "reader_core.h"
#include "shape_core.h"
#include "source_core.h"

typedef enum SitoHeader { SITO_HEADER_AUTO, SITO_HEADER_YES, SITO_HEADER_NO } SitoHeader;

/* What is settled already. */
typedef struct SitoSniffGiven {
    SitoEncoding encoding; /* SITO_ENCODINGS: detect */
    bool utf16;            /* detect, of the two of UTF-16, by the byte order mark */
    char delimiter;        /* 0: detect */
    char quote;            /* 0: none */
    bool quote_given;      /* else " or ' */
    SitoHeader header;
    int64_t skip; /* physical lines above the heading; negative: detect */
    bool trim, trim_given;
    bool trailing, trailing_given;
    bool accept_binary; /* zero bytes near the beginning are defects, not an error */
    size_t max_field;
} SitoSniffGiven;

/* Nothing given: all is to be found out. */
SitoSniffGiven sito_sniff_nothing(void);

typedef struct SitoSniff {
    SitoCsvDialect dialect;
    SitoEncodingGuess encoding; /* what the bytes say; not looked at where one encoding was given */
    size_t fields;              /* columns of most records */
    bool sep_line;              /* a line sep= named the delimiter */
    char decimal;               /* , or . or 0 where no number tells */
    const char *line_ends;      /* LF, CRLF, CR, mixed; "" where the sample has none */
    double confidence;          /* 0..1, of the weakest decision */
    SitoBuffer evidence;        /* English sentences, one for each decision */
    SitoHeadings headings;
} SitoSniff;

/* Release *sniff with sito_sniff_free, also after an error. The source is left at no particular
** place. */
int sito_sniff(SitoSource *source, const SitoSniffGiven *given, SitoSniff *sniff,
               char **error) SITO_MUST_CHECK;
void sito_sniff_free(SitoSniff *sniff);

#endif
