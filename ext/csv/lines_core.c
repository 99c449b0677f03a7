/*
** The buffer of the reader, and where lines end (reader_inside.h).
*/
#include "reader_inside.h"

#include <string.h>

#include "block.h"
#include "unpack_core.h"

enum { SMALLEST_READ = 64, SLACK = SITO_BLOCK };

static size_t less(size_t position, size_t shift) {
    return position > shift ? position - shift : 0;
}

static void shift_seek(SitoSeek *seek, size_t shift) {
    seek->low = less(seek->low, shift);
    seek->at = less(seek->at, shift);
    seek->scanned = less(seek->scanned, shift);
}

static void shift_buffer(SitoCsvReader *r) {
    size_t shift = r->start;
    memmove(r->buffer, r->buffer + shift, r->end - shift);
    r->start = 0;
    r->end -= shift;
    r->checked = less(r->checked, shift);
    shift_seek(&r->lf, shift);
    shift_seek(&r->cr, shift);
    shift_seek(&r->quote, shift);
    shift_seek(&r->nul, shift);
    shift_seek(&r->question, shift);
}

void sito_reader_advance(SitoCsvReader *r, size_t size) {
    bool utf16 = r->dialect.encoding == SITO_UTF_16LE || r->dialect.encoding == SITO_UTF_16BE;
    SitoText left = {.data = r->buffer + r->start, .size = size};
    r->place += utf16 ? sito_utf16_bytes(left) : (int64_t)size;
    r->start += size;
}

/* Everything from `start` on is kept. */
int sito_reader_fill(SitoCsvReader *r, char **error) {
    if (r->start > 0) {
        shift_buffer(r);
    }
    if (r->capacity - r->end < SMALLEST_READ + SLACK) {
        void *memory = r->buffer;
        int rc = sito_grow(&memory, &r->capacity, r->capacity + SITO_CHUNK, 1,
                           r->max_record + (size_t)2 * SITO_CHUNK);
        r->buffer = memory;
        if (rc != SITO_OK) {
            return rc;
        }
    }
    size_t got = 0, room = r->capacity - SLACK - r->end;
    int rc = sito_source_read(r->source, r->buffer + r->end, room, &got, error);
    r->end += got;
    memset(r->buffer + r->end, 0, SLACK);
    r->at_end = rc == SITO_OK && got == 0;
    return rc;
}

size_t sito_reader_find(SitoCsvReader *r, SitoSeek *seek, size_t from) {
    bool known = from >= seek->low && from <= seek->at;
    if (known && seek->at < seek->scanned) {
        return seek->at;
    }
    size_t begin = known ? seek->scanned : from;
    const char *hit = begin < r->end ? memchr(r->buffer + begin, seek->byte, r->end - begin) : NULL;
    seek->low = known ? seek->low : from;
    seek->at = hit != NULL ? (size_t)(hit - r->buffer) : r->end;
    seek->scanned = r->end > seek->at ? seek->at + 1 : r->end;
    return seek->at;
}

int sito_reader_line(SitoCsvReader *r, size_t begin, SitoLine *line, char **error) {
    *line = (SitoLine){.begin = begin};
    for (;;) {
        size_t from = r->start + begin;
        size_t lf = sito_reader_find(r, &r->lf, from), cr = sito_reader_find(r, &r->cr, from);
        size_t stop = lf < cr ? lf : cr;
        bool undecided = stop == cr && stop + 1 == r->end && !r->at_end; /* CR: does LF follow? */
        if (stop - r->start > r->max_record) {
            line->end = line->next = r->max_record;
            line->endless = true;
            return SITO_OK;
        }
        if (stop < r->end && !undecided) {
            line->end = stop - r->start;
            line->next = line->end + (stop == cr && lf == cr + 1 && lf < r->end ? 2 : 1);
            return SITO_OK;
        }
        if (r->at_end) {
            line->end = line->next = r->end - r->start;
            return SITO_OK;
        }
        int rc = sito_reader_fill(r, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

/* Drops the rest of a line whose end was out of reach. */
static int drop_line(SitoCsvReader *r, char **error) {
    for (;;) {
        size_t lf = sito_reader_find(r, &r->lf, r->start),
               cr = sito_reader_find(r, &r->cr, r->start);
        size_t stop = lf < cr ? lf : cr;
        sito_reader_advance(r, stop - r->start);
        if (stop < r->end || r->at_end) {
            return SITO_OK; /* the line end itself is skipped like that of a blank line */
        }
        int rc = sito_reader_fill(r, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

/* Moves start behind line ends. A CR LF that a chunk tears apart is still one. */
static int skip_blank_lines(SitoCsvReader *r, bool counted, char **error) {
    for (;;) {
        if (r->end - r->start < 2 && !r->at_end) {
            int rc = sito_reader_fill(r, error);
            if (rc != SITO_OK) {
                return rc;
            }
            continue;
        }
        if (r->start == r->end) {
            return SITO_OK;
        }
        char first = r->buffer[r->start];
        if (first != '\n' && first != '\r') {
            return SITO_OK;
        }
        bool pair = first == '\r' && r->end - r->start > 1 && r->buffer[r->start + 1] == '\n';
        sito_reader_advance(r, pair ? 2 : 1);
        r->record.line += counted ? 1 : 0;
        counted = true;
    }
}

static bool is_blank_line(const SitoCsvReader *r, SitoLine line) {
    size_t i = 0;
    while (r->dialect.trim && i < line.end && sito_is_blank(r->buffer[r->start + i])) {
        i++;
    }
    return i == line.end;
}

int sito_reader_to_record(SitoCsvReader *r, SitoLine *line, bool *more, char **error) {
    bool dropped = r->discard;
    int rc = SITO_OK;
    if (r->discard) {
        r->discard = false;
        rc = drop_line(r, error);
    }
    for (;;) {
        if (rc == SITO_OK) {
            rc = skip_blank_lines(r, !dropped, error);
        }
        *more = rc == SITO_OK && r->start < r->end;
        if (*more) {
            rc = sito_reader_line(r, 0, line, error);
        }
        if (rc != SITO_OK || !*more || !is_blank_line(r, *line)) {
            return rc;
        }
        dropped = false;
        sito_reader_advance(
            r, line->next); /* only in a dialect that trims: blanks alone are a blank line */
        r->record.line++;
    }
}

int sito_reader_skip_lines(SitoCsvReader *r, char **error) {
    int rc = SITO_OK;
    for (int64_t i = 0; i < r->dialect.skip && rc == SITO_OK; i++) {
        SitoLine line = {.endless = true};
        while (rc == SITO_OK && line.endless) {
            rc = sito_reader_line(r, 0, &line, error);
            if (rc == SITO_OK) {
                sito_reader_advance(r, line.next);
            }
            if (rc == SITO_OK && line.endless) {
                rc = drop_line(r, error);
            }
        }
        r->record.line++;
    }
    return rc;
}
