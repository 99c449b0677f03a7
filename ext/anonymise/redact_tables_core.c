/*
** Tables in a document: | Lp. | Imię i nazwisko | Adres |. What a heading names is masked in every row.
**
** R1  A table is a block of lines that begin with |; its first line is the heading. A line of dashes is none.
** R2  Names, addresses and dates of birth are told by the heading; numbers are found by themselves.
*/
#include <string.h>

#include "redact_find.h"

enum { MOST_CELLS = 64 };

typedef struct Table {
    AnonKind kinds[MOST_CELLS]; /* ANON_REDACTION_KINDS: nothing */
    size_t count;
} Table;

static bool holds(const AnonPass *pass, size_t start, size_t end, const char *beginning) {
    for (size_t i = anon_word_at(&pass->words, start);
         i < pass->words.count && pass->words.items[i].end <= end; i++) {
        if (strncmp(anon_word_lower(&pass->words, i), beginning, strlen(beginning)) == 0) {
            return true;
        }
    }
    return false;
}

static AnonKind kind_of(const AnonPass *pass, size_t start, size_t end) {
    bool name = holds(pass, start, end, "nazwisk") || holds(pass, start, end, "imię") ||
                holds(pass, start, end, "imiona");
    bool thing = holds(pass, start, end, "firm") || holds(pass, start, end, "podmiot") ||
                 holds(pass, start, end, "siedzib") || holds(pass, start, end, "e-mail") ||
                 holds(pass, start, end, "mail");
    bool birth = holds(pass, start, end, "urodz");
    return thing                                        ? ANON_REDACTION_KINDS
           : name                                       ? ANON_NAME
           : birth && holds(pass, start, end, "dat")    ? ANON_BIRTH_DATE
           : birth && holds(pass, start, end, "miejsc") ? ANON_BIRTH_PLACE
           : holds(pass, start, end, "adres") || holds(pass, start, end, "zamieszk")
               ? ANON_ADDRESS
               : ANON_REDACTION_KINDS;
}

static void trim(SitoText text, size_t *start, size_t *end) {
    while (*start < *end && (text.data[*start] == ' ' || text.data[*start] == '\n')) {
        ++*start;
    }
    while (*end > *start && (text.data[*end - 1] == ' ' || text.data[*end - 1] == '\n')) {
        --*end;
    }
}

/* Masks a cell that holds words or numbers and no mark. */
static int mask_cell(AnonPass *pass, size_t start, size_t end, AnonKind kind) {
    trim(pass->text, &start, &end);
    size_t first = anon_word_at(&pass->words, start), last = anon_word_at(&pass->words, end);
    if (first >= last) {
        return SITO_OK;
    }
    return anon_span_add(&pass->found, (AnonSpan){.start = pass->words.items[first].start,
                                                  .end = pass->words.items[last - 1].end +
                                                         pass->words.items[last - 1].initial,
                                                  .kind = kind,
                                                  .reason = ANON_PERSONAL});
}

/* One line of a table, from its first | on. */
static int read_line(AnonPass *pass, size_t start, size_t end, Table *table) {
    bool heading = table->count == 0;
    size_t cell = 0, from = start + 1;
    int rc = SITO_OK;
    for (size_t i = from; i <= end && cell < MOST_CELLS && rc == SITO_OK; i++) {
        if (i < end && pass->text.data[i] != '|') {
            continue;
        }
        if (heading) {
            table->kinds[table->count++] = kind_of(pass, from, i);
        } else if (cell < table->count && table->kinds[cell] != ANON_REDACTION_KINDS) {
            rc = mask_cell(pass, from, i, table->kinds[cell]);
        }
        cell++;
        from = i + 1;
    }
    return rc;
}

int anon_find_tables(AnonPass *pass) {
    Table table = {.count = 0};
    SitoText text = pass->text;
    int rc = SITO_OK;
    for (size_t start = 0; start < text.size && rc == SITO_OK;) {
        const char *newline = memchr(text.data + start, '\n', text.size - start);
        size_t end = newline == NULL ? text.size : (size_t)(newline - text.data);
        size_t first = start;
        while (first < end && text.data[first] == ' ') {
            first++;
        }
        if (first < end && text.data[first] == '|') {
            rc = read_line(pass, first, end, &table);
        } else {
            table.count = 0;
        }
        start = end + 1;
    }
    return rc;
}
