/*
** Which defect a record has (reader_inside.h): number of fields, bytes that are no text, letters
** that
** were lost before, totals and notes at the end.
*/
#include "reader_inside.h"

#include <string.h>

#include "headings_core.h"

enum { END_ZONE = 4096 /* bytes before the end of the file where totals and notes stand */ };

static const char *const words[SITO_CSV_DEFECTS] = {
    [SITO_CSV_RAGGED] = "ragged",
    [SITO_CSV_DECIMAL] = "decimal-comma",
    [SITO_CSV_QUOTE] = "quote",
    [SITO_CSV_NUL] = "nul",
    [SITO_CSV_ENCODING] = "encoding",
    [SITO_CSV_TOO_LONG] = "too-long",
    [SITO_CSV_VALUE] = "value",
    [SITO_CSV_REPLACEMENT] = "replacement",
    [SITO_CSV_DOUBLE_ENCODED] = "double-encoded",
    [SITO_CSV_QUESTION_MARK] = "question-mark",
    [SITO_CSV_TOTAL] = "total",
    [SITO_CSV_FOOTER] = "footer",
    [SITO_CSV_LINE_END] = "line-end",
    [SITO_CSV_BLANK_LINE] = "blank-line",
};

const char *sito_csv_defect_word(SitoCsvDefect defect) {
    return words[defect];
}

bool sito_csv_defect_is_damage(SitoCsvDefect defect) {
    return defect >= SITO_CSV_RAGGED && defect <= SITO_CSV_VALUE;
}

/* Looks at the odd characters of [start, stop), which are rare; `checked` stands on one. */
static SitoCsvDefect judge_odd(SitoCsvReader *r, size_t stop) {
    SitoText rest = {.data = r->buffer + r->checked, .size = stop - r->checked};
    size_t size;
    SitoCsvDefect defect = sito_encoding_odd(rest, &size);
    r->checked += size;
    return defect;
}

/* True when the record is text of the encoding. What was found about the bytes that follow is kept.
** *warning receives what odd characters mean. */
static bool is_text(SitoCsvReader *r, SitoCsvDefect *warning) {
    size_t stop = r->start + r->raw_size;
    if (r->checked < r->start) {
        r->checked = r->start;
        r->odd = false;
    }
    while (r->checked < stop) {
        if (r->odd) {
            SitoCsvDefect found = judge_odd(r, stop);
            *warning = *warning == SITO_CSV_SOUND ? found : *warning;
        }
        SitoText rest = {.data = r->buffer + r->checked, .size = r->end - r->checked};
        r->checked += sito_encoding_valid(r->dialect.encoding, rest, &r->odd);
        if (r->checked < stop && !r->odd) {
            return false;
        }
    }
    return true;
}

static bool is_letter(const SitoCsvReader *r, size_t at) {
    unsigned char c = (unsigned char)r->buffer[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* A ? before a letter, in a word of letters, ? and - only: no address, no question. */
static bool stands_for_letter(const SitoCsvReader *r, size_t at, size_t stop) {
    size_t begin = at, end = at + 1;
    while (begin > r->start && (is_letter(r, begin - 1) || r->buffer[begin - 1] == '?')) {
        begin--;
    }
    while (end < stop && (is_letter(r, end) || r->buffer[end] == '?' || r->buffer[end] == '-')) {
        end++;
    }
    const char *strange = "/=&:.@%#_+0123456789";
    bool word = (begin == r->start || strchr(strange, r->buffer[begin - 1]) == NULL) &&
                (end == stop || strchr(strange, r->buffer[end]) == NULL || r->buffer[end] == '.');
    return word && at + 1 < stop && is_letter(r, at + 1);
}

static bool has_question_mark(SitoCsvReader *r) {
    size_t stop = r->start + r->raw_size;
    for (size_t at = r->start; (at = sito_reader_find(r, &r->question, at)) < stop; at++) {
        if (stands_for_letter(r, at, stop)) {
            return true;
        }
    }
    return false;
}

/* The encoding that a line fits in the place of the file's; SITO_ENCODINGS: none. A file of a
** one-byte encoding may hold lines of UTF-8, and the other way round. */
static SitoEncoding other_encoding(const SitoCsvReader *r) {
    bool one_byte = r->dialect.encoding >= SITO_WINDOWS_1250;
    SitoEncoding from = one_byte ? SITO_UTF_8 : SITO_WINDOWS_1250;
    SitoEncoding to = one_byte ? SITO_UTF_16LE : SITO_ENCODINGS;
    for (SitoEncoding e = from; e < to; e++) {
        if (sito_encoding_fits(e, sito_reader_bytes(r))) {
            return e;
        }
    }
    return SITO_ENCODINGS;
}

static const char *const wrong_encoding[SITO_ENCODINGS + 1] = {
    [SITO_UTF_8] = "a line of UTF-8 in a file of another encoding",
    [SITO_WINDOWS_1250] = "a line of windows-1250 in a file of another encoding",
    [SITO_ISO_8859_2] = "a line of iso-8859-2 in a file of another encoding",
    [SITO_CP852] = "a line of cp852 in a file of another encoding",
    [SITO_ENCODINGS] = "bytes that the encoding does not know",
};

/* ---- the end of the file: totals, sources, notes ---- */

static SitoCsvDefect closing_words(SitoText cell) {
    static const char *const totals[] = {"razem", "suma", "ogółem", "łącznie", "total"};
    static const char *const notes[] = {
        "źródło:",  "źródło danych", "uwaga:",      "uwagi:", "stan na ",
        "opracowa", "wygenerowan",   "objaśnienia", "*)"};
    SitoText rest;
    while (cell.size > 0 && sito_is_blank(*cell.data)) {
        cell.data++, cell.size--;
    }
    for (size_t i = 0; i < SITO_COUNT(totals); i++) {
        bool alone = sito_headings_begin(cell, totals[i], &rest) &&
                     (rest.size == 0 || (rest.size == 1 && *rest.data == ':'));
        if (alone) {
            return SITO_CSV_TOTAL;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(notes); i++) {
        if (sito_headings_begin(cell, notes[i], &rest)) {
            return SITO_CSV_FOOTER;
        }
    }
    return SITO_CSV_SOUND;
}

/* The first cell with something in it. *only: it is the only one. */
static int first_filled(SitoCsvReader *r, SitoBuffer *cell, bool *only) {
    bool found = false;
    *only = true;
    for (size_t i = 0; i < r->record.fields && *only; i++) {
        SitoText text;
        bool bare;
        int rc = sito_reader_field(r, i, &text, &bare);
        if (rc == SITO_OK && text.size > 0 && !found) {
            rc = sito_buffer_add(cell, text.data, text.size < 100 ? text.size : 100);
            found = true;
        } else if (text.size > 0) {
            *only = false;
        }
        if (rc != SITO_OK) {
            return rc;
        }
    }
    return SITO_OK;
}

/* Only records near the end of the file can be a total or a note: the same words are values
** elsewhere. */
static int judge_ending(SitoCsvReader *r, SitoCsvDefect *warning, char **error) {
    int rc = SITO_OK;
    if (r->end - r->start > r->size + END_ZONE) {
        return SITO_OK;
    }
    SitoBuffer cell = {0};
    bool only;
    rc = first_filled(r, &cell, &only);
    SitoCsvDefect found = closing_words((SitoText){.data = cell.data, .size = cell.size});
    sito_buffer_free(&cell);
    if (rc != SITO_OK || found == SITO_CSV_SOUND || (found == SITO_CSV_FOOTER && !only)) {
        return rc;
    }
    while (rc == SITO_OK && !r->at_end && r->end - r->start <= r->size + END_ZONE) {
        rc = sito_reader_fill(r, error);
    }
    if (rc == SITO_OK && r->end - r->start <= r->size + END_ZONE) {
        *warning = found;
    }
    return rc;
}

static const char *const warnings[SITO_CSV_DEFECTS] = {
    [SITO_CSV_REPLACEMENT] = "U+FFFD in the place of a letter",
    [SITO_CSV_DOUBLE_ENCODED] = "text that was encoded twice",
    [SITO_CSV_QUESTION_MARK] = "a question mark in the place of a letter",
    [SITO_CSV_TOTAL] = "a row of totals at the end of the file",
    [SITO_CSV_FOOTER] = "a note at the end of the file",
    [SITO_CSV_LINE_END] = "another line end than the first record has",
    [SITO_CSV_BLANK_LINE] = "empty lines above the record",
};

/* ---- decimal commas without quotes ---- */

static bool is_digits(SitoText text) {
    size_t i = 0;
    while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9') {
        i++;
    }
    return i > 0 && i == text.size;
}

/* "12" or "-12", and behind it the "5" of 12,5. */
static bool is_whole_part(SitoText text) {
    bool sign = text.size > 0 && (text.data[0] == '-' || text.data[0] == '+');
    return is_digits((SitoText){text.data + sign, text.size - sign});
}

int sito_reader_decimals(SitoCsvReader *r, size_t *pairs) {
    enum { MOST_DECIMALS = 6 };
    bool whole = false;
    *pairs = 0;
    for (size_t i = 0; i < r->record.fields && i < SITO_FIELDS_KEPT; i++) {
        SitoText text;
        bool bare;
        int rc = sito_reader_field(r, i, &text, &bare);
        if (rc != SITO_OK) {
            return rc;
        }
        bool fraction = whole && text.size <= MOST_DECIMALS && is_digits(text);
        *pairs += fraction;
        whole = !fraction && text.data != NULL && is_whole_part(text);
    }
    return SITO_OK;
}

/* A record with too many fields, where that many commas stand between digits. */
static int judge_ragged(SitoCsvReader *r) {
    size_t pairs = 0;
    int rc = SITO_OK;
    if (r->dialect.delimiter == ',' && r->record.fields > r->columns) {
        rc = sito_reader_decimals(r, &pairs);
    }
    if (pairs > 0 && pairs >= r->record.fields - r->columns) {
        sito_reader_damage(r, SITO_CSV_DECIMAL, 0,
                           "decimal commas without quotes around the number");
    } else {
        sito_reader_damage(r, SITO_CSV_RAGGED, 0, "another number of fields than the heading");
    }
    return rc;
}

/* ---- line ends ---- */

/* The first record with a line end sets the rule: LF, CR LF or CR. */
static bool ends_otherwise(SitoCsvReader *r) {
    if (r->size == r->raw_size || r->line_end == SITO_ANY_END) {
        return false;
    }
    char last = r->buffer[r->start + r->size - 1];
    int end = r->size - r->raw_size == 2 ? SITO_CRLF : last == '\r' ? SITO_CR : SITO_LF;
    if (r->line_end == SITO_NO_END) {
        r->line_end = end;
    }
    return r->line_end != end;
}

int sito_reader_judge(SitoCsvReader *r, char **error) {
    bool other_end = ends_otherwise(r);
    SitoCsvDefect warning = SITO_CSV_SOUND;
    bool text = is_text(r, &warning);
    bool nul = sito_reader_find(r, &r->nul, r->start) < r->start + r->raw_size;
    r->clean = text && !nul;
    if (r->record.defect != SITO_CSV_SOUND) {
        return SITO_OK;
    }
    if (r->columns != 0 && r->record.fields != r->columns) {
        return judge_ragged(r);
    }
    if (nul) {
        sito_reader_damage(r, SITO_CSV_NUL, 0, "a zero byte inside the text");
    } else if (!text) {
        sito_reader_damage(r, SITO_CSV_ENCODING, 0, wrong_encoding[other_encoding(r)]);
    } else if (r->dialect.encoding >= SITO_WINDOWS_1250 && other_encoding(r) == SITO_UTF_8) {
        sito_reader_damage(r, SITO_CSV_ENCODING, 0, wrong_encoding[SITO_UTF_8]);
    }
    if (r->record.defect != SITO_CSV_SOUND) {
        return SITO_OK;
    }
    if (warning == SITO_CSV_SOUND && has_question_mark(r)) {
        warning = SITO_CSV_QUESTION_MARK;
    }
    int rc = warning == SITO_CSV_SOUND ? judge_ending(r, &warning, error) : SITO_OK;
    if (warning == SITO_CSV_SOUND && other_end) {
        warning = SITO_CSV_LINE_END;
    } else if (warning == SITO_CSV_SOUND && r->after_blank) {
        warning = SITO_CSV_BLANK_LINE;
    }
    if (warning != SITO_CSV_SOUND) {
        sito_reader_damage(r, warning, 0, warnings[warning]);
    }
    return rc;
}
