/*
** The inside of the reader (reader_core.h): what lines_core.c, fields_core.c, judge_core.c and
** reader_core.c share. For them alone.
**
**   lines_core.c   the buffer; where lines end         fields_core.c  a record cut into fields
**   judge_core.c   which defect a record has           reader_core.c  one record after the other
**
** Offsets into a record are counted from its first byte, so that they stay right when the buffer
** moves. Where special bytes are (line ends, quotes, zero bytes) is found by memchr over the whole
** buffer and remembered: a file without quotes is searched for them once a buffer, not once a line.
*/
#ifndef SITO_CSV_READER_INSIDE_H
#define SITO_CSV_READER_INSIDE_H

#include <csv.h>

#include "reader_core.h"

/* SITO_ANY_END: nobody knows how the first record ended. */
enum { SITO_NO_END, SITO_LF, SITO_CRLF, SITO_CR, SITO_ANY_END };

enum { SITO_CHUNK = 256 * 1024, SITO_FIELDS_KEPT = SITO_CSV_MAX_COLUMNS + 1 };

/* The first `byte` at or behind `low`: at `at`, or nowhere before `scanned` where at == scanned. */
typedef struct SitoSeek {
    char byte;
    size_t low, at, scanned;
} SitoSeek;

typedef struct SitoField {
    size_t begin, size; /* in the record, or in the arena */
    bool in_arena, bare;
} SitoField;

/* A physical line: its text is [begin, end), the next one begins at `next`. */
typedef struct SitoLine {
    size_t begin, end, next;
    bool endless; /* no line end within the longest record */
} SitoLine;

struct SitoCsvReader {
    SitoSource *source;
    SitoCsvDialect dialect;
    size_t max_field, max_record, columns;

    char *buffer;                /* behind `end` there are always 64 zero bytes */
    size_t capacity, start, end; /* the current record begins at start, the bytes read end at end */
    int64_t place;               /* where byte `start` lies in the file */
    bool at_end;                 /* the source has no more */
    SitoSeek lf, cr, quote, nul, question;
    size_t checked; /* bytes before this are text, or belong to records that are judged already */
    bool odd;       /* at `checked` stands a character that may be a sign of damage */

    SitoCsvRecord record;
    size_t raw_size, size; /* without and with the line end */
    int64_t lines;         /* physical lines of the record */
    int64_t numbered;      /* records so far */
    int line_end;          /* of the first record that has one: SITO_LF and its kin */
    bool after_blank;      /* blank lines stand above it */
    bool clean;            /* no byte in it needs replacing */
    bool discard;          /* the rest of an endless line is still to be dropped */

    uint32_t *ends; /* where plain fields end */
    size_t plain;   /* fields before the first quoted one; the last ends at plain_end */
    size_t plain_end;
    size_t split, split_at; /* plain fields whose end is known; where the search goes on */
    bool asked, eager;      /* somebody asked for a plain field; of the record before */
    SitoField *fields;      /* those from the first quoted one on, in the arena */
    size_t quoted;          /* how many they are */
    struct csv_parser parser;
    bool parser_ready, row_done;
    int parse_rc;
    SitoBuffer arena, cell;
};

/* ---- lines_core.c ---- */

int sito_reader_fill(SitoCsvReader *r, char **error) SITO_MUST_CHECK; /* more behind `end` */
void sito_reader_advance(SitoCsvReader *r, size_t size);              /* leaves bytes behind */
/* Where the first such byte at or behind `from` lies; r->end: nowhere in the buffer. */
size_t sito_reader_find(SitoCsvReader *r, SitoSeek *seek, size_t from);
/* The physical line that begins at offset `begin` of the record. */
int sito_reader_line(SitoCsvReader *r, size_t begin, SitoLine *line, char **error) SITO_MUST_CHECK;
/* To the next line that is no blank one; *more: there is one, and *line is it. */
int sito_reader_to_record(SitoCsvReader *r, SitoLine *line, bool *more,
                          char **error) SITO_MUST_CHECK;
/* Leaves the lines above the heading behind. They may hold anything, quotes too. */
int sito_reader_skip_lines(SitoCsvReader *r, char **error) SITO_MUST_CHECK;

/* ---- fields_core.c ---- */

/* Counts, and where there are quotes finds, the fields of the record that begins with that line. */
int sito_reader_cut(SitoCsvReader *r, SitoLine line, char **error) SITO_MUST_CHECK;
/* Field i, one of the plain ones. */
SitoField sito_reader_plain(SitoCsvReader *r, size_t i);

/* ---- judge_core.c ---- */

int sito_reader_judge(SitoCsvReader *r, char **error) SITO_MUST_CHECK;

static inline void sito_reader_damage(SitoCsvReader *r, SitoCsvDefect defect, size_t column,
                                      const char *what) {
    r->record.defect = defect;
    r->record.column = column;
    r->record.what = what;
}

static inline SitoText sito_reader_bytes(const SitoCsvReader *r) {
    return (SitoText){.data = r->buffer + r->start, .size = r->raw_size};
}

static inline bool sito_is_blank(char c) {
    return c == ' ' || c == '\t';
}

#endif
