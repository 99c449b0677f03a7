/*
** Redaction: passes over a text until nothing more is found (redact.h).
**
** R1  The text with marks is searched as if it were new; a find in it is laid back on the original, where it
**     covers whole spans where it touches their marks. So the last result, searched again, shows nothing.
** R2  A decision is about a place of the original. One to keep must lie where a span is, so that it cannot
**     outlive a change of the text unseen.
** R3  A text that still shows something after MOST_PASSES is an error, never a leak.
*/
#include <stdlib.h>

#include "redact_find.h"
#include "redact_spans.h"

enum { MOST_PASSES = 12 };

/* The byte at which character number `character` (from 1) begins; growing characters. */
typedef struct Walk {
    SitoText text;
    size_t byte;
    int64_t character;
} Walk;

/* False when the text has fewer characters. Counted as substr() counts them. */
static bool walk_to(Walk *walk, int64_t character) {
    const unsigned char *text = (const unsigned char *)walk->text.data;
    while (walk->character < character && walk->byte < walk->text.size) {
        bool lead = text[walk->byte++] >= 0xC0;
        while (lead && walk->byte < walk->text.size && (text[walk->byte] & 0xC0) == 0x80) {
            walk->byte++;
        }
        walk->character++;
    }
    return walk->character == character;
}

static int compare_decisions(const void *a, const void *b) {
    const AnonDecision *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static bool is_in_span(const AnonSpans *spans, size_t start, size_t end) {
    size_t low = 0, high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->items[middle].end <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < spans->count && spans->items[low].start < end;
}

static AnonKind kind_at(const AnonSpans *spans, size_t start, size_t end) {
    for (size_t i = 0; i < spans->count; i++) {
        if (spans->items[i].start < end && spans->items[i].end > start) {
            return spans->items[i].kind;
        }
    }
    return ANON_OTHER;
}

/* R2 */
static int place_decision(const AnonDecision *decision, Walk *walk, const AnonSpans *spans,
                          AnonSpans *decided, char **error) {
    bool inside = walk_to(walk, decision->start - 1);
    size_t start = walk->byte;
    inside = inside && walk_to(walk, decision->end);
    if (!inside) {
        return sito_error(error, SITO_ERROR,
                          "decisions: characters %lld to %lld overlap another decision or lie "
                          "behind the end of the text",
                          (long long)decision->start, (long long)decision->end);
    }
    if (decision->action == ANON_KEEP && !is_in_span(spans, start, walk->byte)) {
        return sito_error(error, SITO_ERROR,
                          "decisions: there is nothing to keep at characters %lld to %lld; was the "
                          "text changed?",
                          (long long)decision->start, (long long)decision->end);
    }
    bool keep = decision->action == ANON_KEEP;
    return anon_span_add(decided, (AnonSpan){.start = start,
                                             .end = walk->byte,
                                             .kind = kind_at(spans, start, walk->byte),
                                             .action = decision->action,
                                             .reason = keep ? decision->reason : ANON_PERSONAL,
                                             .decided = true,
                                             .basis = decision->basis});
}

static int apply_decisions(const AnonRules *rules, SitoText text, AnonSpans *spans,
                           AnonSpans *decided, char **error) {
    Walk walk = {.text = text};
    if (rules->decision_count == 0) {
        return SITO_OK;
    }
    AnonDecision *sorted = sito_malloc(rules->decision_count * sizeof *sorted);
    if (sorted == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < rules->decision_count; i++) {
        sorted[i] = rules->decisions[i];
    }
    qsort(sorted, rules->decision_count, sizeof *sorted, compare_decisions);
    int rc = SITO_OK;
    for (size_t i = 0; i < rules->decision_count && rc == SITO_OK; i++) {
        rc = place_decision(&sorted[i], &walk, spans, decided, error);
    }
    sito_free(sorted);
    return rc == SITO_OK ? anon_spans_overrule(spans, decided) : rc;
}

/* True when every byte of the place is hidden already, or a person decided about it. */
static bool is_settled(const AnonSpans *spans, size_t start, size_t end) {
    size_t low = 0, high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->items[middle].end <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; start < end; start = spans->items[low++].end) {
        bool covers = low < spans->count && spans->items[low].start <= start;
        if (!covers || (spans->items[low].action == ANON_KEEP && !spans->items[low].decided)) {
            return false;
        }
    }
    return true;
}

/* R1: searches the text with marks; *more: something was found that is not hidden. */
static int search_again(const AnonRules *rules, SitoText text, const SitoWatch *watch,
                        AnonSpans *spans, bool *more, char **error) {
    SitoBuffer out = {0};
    AnonPieces pieces = {.count = 0};
    AnonSpans again = {.count = 0}, added = {.count = 0};
    int rc = anon_spans_render(text, spans, &out, &pieces);
    SitoText marked = {out.data, out.size};
    rc = rc == SITO_OK ? anon_pass(rules, marked, watch, &again, error) : rc;
    for (size_t i = 0; i < again.count && rc == SITO_OK; i++) {
        AnonSpan span = again.items[i];
        if (span.action == ANON_KEEP) {
            continue;
        }
        anon_pieces_map(&pieces, &span.start, &span.end);
        if (!is_settled(spans, span.start, span.end)) {
            span.reason = ANON_SECOND_PASS;
            rc = anon_span_add(&added, span);
        }
    }
    *more = added.count > 0;
    for (size_t i = 0; i < added.count && rc == SITO_OK; i++) {
        rc = anon_span_add(spans, added.items[i]);
    }
    sito_buffer_free(&out);
    sito_free(pieces.items);
    anon_spans_free(&again);
    anon_spans_free(&added);
    return rc;
}

int anon_redact_find(const AnonRules *rules, SitoText text, const SitoWatch *watch,
                     AnonSpans *spans, char **error) {
    AnonSpans decided = {.count = 0};
    bool more = text.size > 0;
    if (!more) {
        return SITO_OK;
    }
    int rc = anon_pass(rules, text, watch, spans, error);
    rc = rc == SITO_OK ? apply_decisions(rules, text, spans, &decided, error) : rc;
    for (int pass = 0; pass < MOST_PASSES && more && rc == SITO_OK; pass++) {
        rc = sito_watch_ask(watch);
        rc = rc == SITO_OK ? search_again(rules, text, watch, spans, &more, error) : rc;
        if (rc == SITO_OK && more) {
            anon_spans_settle(spans);
            rc = decided.count > 0 ? anon_spans_overrule(spans, &decided) : SITO_OK;
        }
    }
    anon_spans_free(&decided);
    return rc != SITO_OK || !more
               ? rc
               : sito_error(error, SITO_ERROR,
                            "after %d passes the text still shows personal data (R3)", MOST_PASSES);
}
