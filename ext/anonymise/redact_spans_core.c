/*
** Lists of spans: overlaps settled, decisions laid over them, the text rendered (redact.h).
**
** R1  Of two overlapping spans to be hidden one is made that covers both, called after the longer one.
** R2  A span that stays and holds another whole wins over it: ul. Jana Kowalskiego 5 as the seat of an office. A
**     span to be hidden that holds one that stays wins; where they cross, both are hidden.
** R3  What was decided, or is on the allow-list, is cut out of what was proposed.
** R4  Spans that touch get one mark.
*/
#include <stdlib.h>
#include <string.h>

#include "redact_spans.h"

int anon_span_add(AnonSpans *spans, AnonSpan span) {
    void *items = spans->items;
    int rc = sito_grow(&items, &spans->capacity, spans->count + 1, sizeof span, ANON_MOST_SPANS);
    spans->items = items;
    if (rc == SITO_OK) {
        spans->items[spans->count++] = span;
    }
    return rc;
}

void anon_spans_free(AnonSpans *spans) {
    sito_free(spans->items);
    *spans = (AnonSpans){.count = 0};
}

static int compare(const void *a, const void *b) {
    const AnonSpan *x = a, *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end > y->end ? -1 : 1;
    }
    return (int)x->action != (int)y->action ? (int)x->action - (int)y->action
                                            : (int)x->kind - (int)y->kind;
}

static size_t length(const AnonSpan *span) {
    return span->end - span->start;
}

/* R1, R2: lays `next`, which begins at or behind `last` and before its end, over it. */
static void merge(AnonSpan *last, const AnonSpan *next) {
    bool last_stays = last->action == ANON_KEEP, next_stays = next->action == ANON_KEEP;
    size_t start = last->start, end = last->end > next->end ? last->end : next->end;
    if (last_stays != next_stays) {
        bool holds = next->end <= last->end;
        bool same = holds && next->start == last->start && next->end == last->end;
        if (holds && !(same && last_stays)) {
            return;
        }
        *last = last_stays ? *next : *last;
    } else {
        bool doubt = last->needs_decision && next->needs_decision;
        bool hidden = last->action == ANON_MASK || next->action == ANON_MASK;
        *last = length(next) > length(last) ? *next : *last;
        last->needs_decision = doubt;
        last->action = !last_stays && hidden ? ANON_MASK : last->action;
    }
    last->start = start;
    last->end = end;
}

void anon_spans_settle(AnonSpans *spans) {
    size_t kept = 0;
    if (spans->count == 0) {
        return;
    }
    qsort(spans->items, spans->count, sizeof *spans->items, compare);
    for (size_t i = 0; i < spans->count; i++) {
        AnonSpan *last = kept > 0 ? &spans->items[kept - 1] : NULL;
        if (last != NULL && spans->items[i].start < last->end) {
            merge(last, &spans->items[i]);
        } else if (spans->items[i].end > spans->items[i].start) {
            spans->items[kept++] = spans->items[i];
        }
    }
    spans->count = kept;
}

/* What of a span lies between two places. */
static int add_part(AnonSpans *to, AnonSpan span, size_t start, size_t end) {
    span.start = span.start > start ? span.start : start;
    span.end = span.end < end ? span.end : end;
    return span.start < span.end ? anon_span_add(to, span) : SITO_OK;
}

int anon_spans_overrule(AnonSpans *spans, const AnonSpans *decided) {
    AnonSpans result = {.count = 0};
    int rc = SITO_OK;
    size_t next = 0;
    for (size_t i = 0; i < spans->count && rc == SITO_OK; i++) {
        AnonSpan span = spans->items[i];
        while (next < decided->count && decided->items[next].end <= span.start) {
            next++;
        }
        size_t from = span.start;
        for (size_t d = next;
             d < decided->count && decided->items[d].start < span.end && rc == SITO_OK; d++) {
            rc = add_part(&result, span, from, decided->items[d].start);
            from = decided->items[d].end;
        }
        rc = rc == SITO_OK && from < span.end ? add_part(&result, span, from, span.end) : rc;
    }
    for (size_t d = 0; d < decided->count && rc == SITO_OK; d++) {
        rc = anon_span_add(&result, decided->items[d]);
    }
    if (rc != SITO_OK) {
        anon_spans_free(&result);
        return rc;
    }
    anon_spans_free(spans);
    *spans = result;
    if (spans->count > 0) {
        qsort(spans->items, spans->count, sizeof *spans->items, compare);
    }
    return SITO_OK;
}

static int add_piece(AnonPieces *pieces, AnonPiece piece) {
    void *items = pieces->items;
    int rc = sito_grow(&items, &pieces->capacity, pieces->count + 1, sizeof piece,
                       (size_t)ANON_MOST_SPANS * 2 + 1);
    pieces->items = items;
    if (rc == SITO_OK) {
        pieces->items[pieces->count++] = piece;
    }
    return rc;
}

/* The bytes from start to end as they are. */
static int copy(SitoText text, size_t start, size_t end, SitoBuffer *out, AnonPieces *pieces) {
    int rc = pieces == NULL || start == end
                 ? SITO_OK
                 : add_piece(pieces, (AnonPiece){.out = out->size, .start = start, .end = end});
    return rc == SITO_OK ? sito_buffer_add(out, text.data + start, end - start) : rc;
}

int anon_spans_render(SitoText text, const AnonSpans *spans, SitoBuffer *out, AnonPieces *pieces) {
    size_t done = 0;
    int rc = SITO_OK;
    for (size_t i = 0; i < spans->count && rc == SITO_OK; i++) {
        size_t start = spans->items[i].start, end = spans->items[i].end;
        if (spans->items[i].action == ANON_KEEP) {
            continue;
        }
        while (i + 1 < spans->count && spans->items[i + 1].start == end &&
               spans->items[i + 1].action != ANON_KEEP) {
            end = spans->items[++i].end; /* R4 */
        }
        rc = copy(text, done, start, out, pieces);
        rc = rc == SITO_OK && pieces != NULL
                 ? add_piece(pieces, (AnonPiece){out->size, start, end, true})
                 : rc;
        rc = rc == SITO_OK ? sito_buffer_add(out, ANON_MARK, strlen(ANON_MARK)) : rc;
        done = end;
    }
    return rc == SITO_OK ? copy(text, done, text.size, out, pieces) : rc;
}

int anon_redact_render(SitoText text, const AnonSpans *spans, SitoBuffer *out) {
    return anon_spans_render(text, spans, out, NULL);
}

/* The piece in which a byte of the rendered text lies. */
static const AnonPiece *piece_at(const AnonPieces *pieces, size_t byte) {
    size_t low = 0, high = pieces->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (pieces->items[middle].out <= byte) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &pieces->items[low];
}

void anon_pieces_map(const AnonPieces *pieces, size_t *start, size_t *end) {
    const AnonPiece *first = piece_at(pieces, *start), *last = piece_at(pieces, *end - 1);
    *start = first->is_mark ? first->start : first->start + (*start - first->out);
    *end = last->is_mark ? last->end : last->start + (*end - last->out);
}
