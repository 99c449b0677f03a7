/*
** One pass over a text: the reading copy, the words, the finders, the spans in bytes of the text (redact_find.h).
*/
#include <stdlib.h>

#include "identity/identity.h"
#include "redact_find.h"
#include "redact_pattern.h"
#include "redact_reading.h"
#include "redact_spans.h"

_Static_assert((int)ANON_COORDINATES == (int)SITO_COORDINATES, "the kinds of identity come first");

static const double SURE = 0.7; /* a name below it is in doubt */

static int take_hit(void *data, const SitoHit *hit) {
    AnonPass *pass = data;
    return anon_span_add(&pass->hits, (AnonSpan){.start = hit->start,
                                                 .end = hit->end,
                                                 .kind = (AnonKind)hit->kind,
                                                 .reason = ANON_PERSONAL,
                                                 .needs_decision = hit->confidence < SURE});
}

static int compare_starts(const void *a, const void *b) {
    const AnonSpan *x = a, *y = b;
    return x->start < y->start   ? -1
           : x->start > y->start ? 1
           : x->end > y->end     ? -1
                                 : x->end < y->end;
}

/* Hits of homes stand beside those of identity that they cover. */
static int judge_contacts(AnonPass *pass) {
    if (pass->hits.count > 0) {
        qsort(pass->hits.items, pass->hits.count, sizeof *pass->hits.items, compare_starts);
    }
    return anon_judge_contacts(pass);
}

static int find_all(AnonPass *pass, char **error) {
    static int (*const finders[])(AnonPass *) = {
        anon_find_people, anon_add_hits,   anon_find_allowed, anon_judge_people, anon_find_again,
        anon_find_tables, anon_find_homes, anon_find_papers,  judge_contacts,    anon_find_births};
    int rc = sito_identity_find(pass->text, take_hit, pass);
    for (size_t i = 0; i < SITO_COUNT(finders) && rc == SITO_OK; i++) {
        rc = sito_watch_ask(pass->watch);
        rc = rc == SITO_OK ? finders[i](pass) : rc;
    }
    rc = rc == SITO_OK ? anon_patterns_find(pass->rules, pass->text, &pass->found, error) : rc;
    rc = rc == SITO_OK ? anon_find_same_numbers(pass) : rc;
    return rc == SITO_OK ? anon_find_attention(pass) : rc;
}

/* Spans of the reading as spans of the text. */
static int hand_over(const AnonReading *reading, const AnonSpans *found, AnonSpans *spans) {
    int rc = SITO_OK;
    for (size_t i = 0; i < found->count && rc == SITO_OK; i++) {
        AnonSpan span = found->items[i];
        span.start = anon_reading_start(reading, found->items[i].start);
        span.end = anon_reading_end(reading, found->items[i].end);
        rc = anon_span_add(spans, span);
    }
    return rc;
}

static void free_pass(AnonPass *pass) {
    anon_words_free(&pass->words);
    anon_known_free(&pass->known);
    sito_free(pass->people.items);
    anon_spans_free(&pass->hits);
    anon_spans_free(&pass->found);
    anon_spans_free(&pass->allowed);
    anon_spans_free(&pass->issued);
    anon_spans_free(&pass->things);
}

int anon_pass(const AnonRules *rules, SitoText text, const SitoWatch *watch, AnonSpans *spans,
              char **error) {
    AnonReading reading;
    int rc = anon_reading_make(text, &reading);
    AnonPass pass = {.rules = rules, .watch = watch, .text = reading.text};
    rc = rc == SITO_OK ? anon_words_read(pass.text, watch, &pass.words) : rc;
    rc = rc == SITO_OK ? find_all(&pass, error) : rc;
    if (rc == SITO_OK) {
        anon_spans_settle(&pass.found);
        anon_spans_settle(&pass.allowed);
        rc = pass.allowed.count > 0 ? anon_spans_overrule(&pass.found, &pass.allowed) : SITO_OK;
    }
    rc = rc == SITO_OK ? hand_over(&reading, &pass.found, spans) : rc;
    free_pass(&pass);
    anon_reading_free(&reading);
    return rc;
}
