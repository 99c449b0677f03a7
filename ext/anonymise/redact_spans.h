/*
** Lists of spans (redact_spans_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_SPANS_H
#define SITO_ANONYMISE_REDACT_SPANS_H

#include "redact.h"

/* From left to right, none overlapping another. */
void anon_spans_settle(AnonSpans *spans);

/* Puts what was decided over what was proposed; both are settled. */
int anon_spans_overrule(AnonSpans *spans, const AnonSpans *decided) SITO_MUST_CHECK;

/* One stretch of a rendered text and where it comes from. */
typedef struct AnonPiece {
    size_t out, start, end; /* begins at `out`; bytes start to end of the original */
    bool is_mark;
} AnonPiece;

typedef struct AnonPieces {
    AnonPiece *items;
    size_t count, capacity;
} AnonPieces;

/* As anon_redact_render; `pieces` gets the stretches. */
int anon_spans_render(SitoText text, const AnonSpans *spans, SitoBuffer *out,
                      AnonPieces *pieces) SITO_MUST_CHECK;

/* The bytes of the original that bytes of the rendered text stand for; whole spans where it is a mark. */
void anon_pieces_map(const AnonPieces *pieces, size_t *start, size_t *end);

#endif
