/*
** One pass over a text: the reading copy, the finders, the spans in bytes of the text (redact_find.h).
*/
#include "identity/identity.h"
#include "redact_find.h"
#include "redact_pattern.h"
#include "redact_spans.h"

_Static_assert((int)ANON_COORDINATES == (int)SITO_COORDINATES, "the kinds of identity come first");

static int take_hit(void *data, const SitoHit *hit) {
    AnonPass *pass = data;
    return anon_span_add(&pass->found, (AnonSpan){.start = hit->start,
                                                  .end = hit->end,
                                                  .kind = (AnonKind)hit->kind,
                                                  .reason = ANON_PERSONAL});
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

int anon_pass(const AnonRules *rules, SitoText text, const SitoWatch *watch, AnonSpans *spans,
              char **error) {
    AnonReading reading;
    int rc = anon_reading_make(text, &reading);
    AnonPass pass = {.rules = rules, .watch = watch, .text = reading.text};
    rc = rc == SITO_OK ? sito_identity_find(pass.text, take_hit, &pass) : rc;
    rc = rc == SITO_OK ? anon_patterns_find(rules, pass.text, &pass.found, error) : rc;
    if (rc == SITO_OK) {
        anon_spans_settle(&pass.found);
        rc = hand_over(&reading, &pass.found, spans);
    }
    anon_spans_free(&pass.found);
    anon_reading_free(&reading);
    return rc;
}
