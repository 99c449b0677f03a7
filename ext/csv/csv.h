/*
** CSV files as tables, nothing lost and nothing shifted: the words that the csv module shares with
** the rest of sito. Plain C.
**
**   file ─▶ source ─▶ UTF-8 or one-byte text ─▶ reader ─▶ records ─▶ table (csv.c) · csv_sniff
**           (hash)    (encoding)                (lines, fields, defects)
**
** R1  A record is sound, or it carries one defect of the list below: damage, or a warning. No byte
**     is skipped silently: on_error=fail stops at damage, reject leaves it out and csv_rejects
**     lists it, keep hands it on with `_defect` and `_record`.
** R2  The grammar is libcsv's with CSV_STRICT | CSV_STRICT_FINI and no trimming of blanks. Blank
**     lines (nothing but line ends) are no records.
** R3  After a defect reading goes on at the line that follows the first physical line of the
**     damaged record: an unclosed quote never swallows sound records.
*/
#ifndef SITO_CSV_H
#define SITO_CSV_H

#include "base/sito.h"

typedef enum SitoCsvDefect {
    SITO_CSV_SOUND,
    /* damage: on_error=fail stops at it, reject leaves the record out */
    SITO_CSV_RAGGED,   /* another number of fields than the heading */
    SITO_CSV_DECIMAL,  /* the same, because decimal commas without quotes cut numbers apart */
    SITO_CSV_QUOTE,    /* text before or after a quoted part, or a quote never closed */
    SITO_CSV_NUL,      /* a zero byte inside the text */
    SITO_CSV_ENCODING, /* bytes that the encoding does not know, or a line in another encoding */
    SITO_CSV_TOO_LONG, /* a field or record over the limit */
    SITO_CSV_VALUE,    /* a value that does not fit the declared type of its column */
    /* warnings, in `_warning`: the record is whole, but somebody should look at it */
    SITO_CSV_REPLACEMENT,    /* U+FFFD: an earlier program could not decode a letter */
    SITO_CSV_DOUBLE_ENCODED, /* UTF-8 read as a one-byte encoding and saved again */
    SITO_CSV_QUESTION_MARK,  /* ? where a letter was: W?growiec */
    SITO_CSV_TOTAL,          /* at the end of the file: a row of totals */
    SITO_CSV_FOOTER,         /* at the end of the file: a source, a date, a note */
    SITO_CSV_LINE_END,       /* its line ends otherwise than the first one */
    SITO_CSV_BLANK_LINE,     /* lines with nothing in them stand above it */
    SITO_CSV_DEFECTS         /* how many there are, sound included */
} SitoCsvDefect;

/* The word that stands in `_defect` and csv_rejects (ragged, decimal-comma, quote, nul,
** encoding, too-long, value), or in `_warning` (replacement, double-encoded, question-mark, total,
** footer, line-end, blank-line); NULL for a sound record. */
const char *sito_csv_defect_word(SitoCsvDefect defect);
bool sito_csv_defect_is_damage(SitoCsvDefect defect);

typedef enum SitoEncoding {
    SITO_UTF_8,
    SITO_UTF_16LE,
    SITO_UTF_16BE,
    SITO_WINDOWS_1250,
    SITO_ISO_8859_2,
    SITO_CP852,
    SITO_ENCODINGS /* how many there are */
} SitoEncoding;

/* The name that options and csv_sniff use: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2,
** cp852. */
const char *sito_encoding_name(SitoEncoding encoding);
/* The encoding of that name (case ignored; cp1250, latin2 and ibm852 are known too);
** SITO_ENCODINGS: none. */
SitoEncoding sito_encoding_named(SitoText name);

enum {
    SITO_CSV_MAX_COLUMNS = 1990,          /* SQLite takes 2000 with the hidden ones */
    SITO_CSV_MAX_FIELD = 1 << 20,         /* bytes: default of the option max_field */
    SITO_CSV_MOST_FIELD = 200 * (1 << 20) /* the most that max_field may ask for */
};
#define SITO_CSV_MAX_UNPACKED ((int64_t)8 << 30) /* bytes: default of the option max_unpacked */

extern const SitoModule sito_csv_module;

/* For a module that has a file to read (remote): it connects this table with options of its own
** choice, filename among them, and hands every call on. */
extern const struct sqlite3_module sito_csv_table_module;

/* The name of option i, from 0; NULL behind the last one. */
const char *sito_csv_option_name(size_t i);

#endif
