/*
** Splits classes by one more column (doubt.h): class by class, so that the values of a class and the table in
** which they are counted stay in the cache. A class of more than MOST_ROWS rows is first cut into pieces by bits
** of the hashes, which cuts no part.
*/
#include "doubt.h"

#include <string.h>

enum { MOST_ROWS = 16384, PIECE_ROWS = 1024, MOST_PIECES = 65536, ASK_EVERY = 1 << 16 };

typedef struct Part {
    uint64_t code;
    uint32_t rows, size; /* size in units */
    uint32_t next;       /* where its next row is put (count_units) */
} Part;

typedef struct Splitter {
    const RiskPartition *partition;
    const uint64_t *codes;
    uint32_t nobody, k;
    uint32_t *slots; /* part + 1; 0: free */
    size_t slot_count;
    Part *parts;
    size_t part_count;
    uint32_t *part_of; /* of each row of the piece */
    size_t capacity;   /* rows that parts, part_of and grouped have room for */
    uint32_t *grouped; /* the units of a piece, part by part */
    uint32_t *last;    /* of each unit: the number of the part where it was seen last */
    uint32_t stamp;    /* the number of the latest part */
    uint32_t *pieces;  /* the rows of a large class, piece by piece */
    uint64_t done;     /* rows since the watch was asked */
    const SitoWatch *watch;
    RiskDoubt *doubt;
} Splitter;

static int make_room(Splitter *s, size_t rows) {
    size_t slots = s->slot_count > 0 ? s->slot_count : 64;
    while (slots < 2 * rows) {
        slots *= 2;
    }
    if (rows <= s->capacity && slots == s->slot_count) {
        return SITO_OK;
    }
    sito_free(s->slots);
    sito_free(s->parts);
    sito_free(s->part_of);
    sito_free(s->grouped);
    s->slots = sito_malloc(slots * sizeof *s->slots);
    s->parts = sito_malloc(slots * sizeof *s->parts);
    s->part_of = sito_malloc(slots * sizeof *s->part_of);
    s->grouped = sito_malloc(slots * sizeof *s->grouped);
    bool enough = s->slots != NULL && s->parts != NULL && s->part_of != NULL && s->grouped != NULL;
    s->slot_count = s->capacity = enough ? slots : 0;
    return enough ? SITO_OK : SITO_NOMEM;
}

/* The parts of a piece and their rows. */
static void find_parts(Splitter *s, const uint32_t *rows, size_t count) {
    size_t mask = 64;
    while (mask < 2 * count) {
        mask *= 2;
    }
    memset(s->slots, 0, mask * sizeof *s->slots);
    mask--;
    s->part_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t code = s->codes[rows[i]];
        size_t slot = (size_t)code & mask;
        while (s->slots[slot] != 0 && s->parts[s->slots[slot] - 1].code != code) {
            slot = (slot + 1) & mask;
        }
        if (s->slots[slot] == 0) {
            s->parts[s->part_count++] = (Part){.code = code};
            s->slots[slot] = (uint32_t)s->part_count;
        }
        s->part_of[i] = s->slots[slot] - 1;
        s->parts[s->part_of[i]].rows++;
    }
}

/* The sizes of the parts in units, as summary_core.c counts those of classes. */
static void count_units(Splitter *s, const uint32_t *rows, size_t count) {
    uint32_t next = 0;
    for (size_t p = 0; p < s->part_count; p++) {
        s->parts[p].next = next;
        next += s->parts[p].rows;
    }
    for (size_t i = 0; i < count; i++) {
        s->grouped[s->parts[s->part_of[i]].next++] = s->partition->units.ids[rows[i]];
    }
    const uint32_t *unit = s->grouped;
    for (size_t p = 0; p < s->part_count; p++) {
        uint32_t size = 0;
        s->stamp++;
        for (uint32_t i = 0; i < s->parts[p].rows; i++, unit++) {
            size += *unit != s->nobody && s->last[*unit] != s->stamp;
            s->last[*unit] = s->stamp;
        }
        s->parts[p].size = size > 0 ? size : 1;
    }
}

/* Rows of one class that hold all rows of each of its parts. */
static int judge_piece(Splitter *s, const uint32_t *rows, size_t count, bool large) {
    int rc = make_room(s, count);
    if (rc != SITO_OK) {
        return rc;
    }
    find_parts(s, rows, count);
    if (s->partition->counts_units) {
        count_units(s, rows, count);
    }
    for (size_t p = 0; p < s->part_count; p++) {
        Part *part = &s->parts[p];
        part->size = s->partition->counts_units ? part->size : part->rows;
        s->doubt->k = s->doubt->k == 0 || part->size < s->doubt->k ? part->size : s->doubt->k;
        if (large && part->size < s->k) {
            s->doubt->rows += part->rows;
            s->doubt->uniques += part->size == 1;
        }
    }
    for (size_t i = 0; i < count && large; i++) {
        if (s->parts[s->part_of[i]].size < s->k) {
            s->doubt->marks[rows[i] / 64] |= (uint64_t)1 << rows[i] % 64;
        }
    }
    s->done += count;
    if (s->done >= ASK_EVERY) {
        s->done = 0;
        rc = sito_watch_ask(s->watch);
    }
    return rc;
}

/* A class that is too large for the cache. */
static int judge_pieces(Splitter *s, const uint32_t *rows, size_t count, bool large) {
    size_t pieces = 2;
    unsigned shift = 63;
    while (pieces < MOST_PIECES && pieces * PIECE_ROWS < count) {
        pieces *= 2;
        shift--;
    }
    uint32_t *start = sito_malloc((pieces + 2) * sizeof *start);
    if (start == NULL) {
        return SITO_NOMEM;
    }
    /* counted two places further on, so that the filling leaves start as it is wanted */
    uint32_t *next = start + 1;
    memset(start, 0, (pieces + 2) * sizeof *start);
    for (size_t i = 0; i < count; i++) {
        next[(s->codes[rows[i]] >> shift) + 1]++;
    }
    for (size_t i = 1; i <= pieces; i++) {
        next[i] += next[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        s->pieces[next[s->codes[rows[i]] >> shift]++] = rows[i];
    }
    int rc = SITO_OK;
    for (size_t i = 0; i < pieces && rc == SITO_OK; i++) {
        rc = judge_piece(s, s->pieces + start[i], start[i + 1] - start[i], large);
    }
    sito_free(start);
    return rc;
}

static int judge_classes(Splitter *s) {
    const RiskPartition *partition = s->partition;
    int rc = SITO_OK;
    for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
        const uint32_t *rows = partition->ordered + partition->start[g];
        size_t count = partition->start[g + 1] - partition->start[g];
        bool large = partition->sizes[g] >= s->k; /* R1 */
        rc = count > MOST_ROWS ? judge_pieces(s, rows, count, large)
                               : judge_piece(s, rows, count, large);
    }
    return rc;
}

int risk_doubt(const RiskPartition *partition, const uint64_t *codes, uint32_t nobody, uint32_t k,
               const SitoWatch *watch, RiskDoubt *doubt) {
    size_t words = partition->rows / 64 + 1;
    Splitter s = {.partition = partition,
                  .codes = codes,
                  .nobody = nobody,
                  .k = k,
                  .watch = watch,
                  .doubt = doubt};
    *doubt = (RiskDoubt){.marks = sito_malloc(words * sizeof *doubt->marks)};
    s.pieces = sito_malloc((partition->rows + 1) * sizeof *s.pieces);
    s.last = sito_malloc((partition->units.count + 1) * sizeof *s.last);
    int rc = doubt->marks == NULL || s.pieces == NULL || s.last == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memset(doubt->marks, 0, words * sizeof *doubt->marks);
        memset(s.last, 0, (partition->units.count + 1) * sizeof *s.last);
        rc = judge_classes(&s);
    }
    if (rc != SITO_OK) {
        sito_free(doubt->marks);
        doubt->marks = NULL;
    }
    sito_free(s.slots);
    sito_free(s.parts);
    sito_free(s.part_of);
    sito_free(s.grouped);
    sito_free(s.pieces);
    sito_free(s.last);
    return rc;
}
