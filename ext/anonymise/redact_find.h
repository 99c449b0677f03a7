/*
** What the finders of redaction share (redact_core.c drives them).
*/
#ifndef SITO_ANONYMISE_REDACT_FIND_H
#define SITO_ANONYMISE_REDACT_FIND_H

#include "redact.h"
#include "redact_reading.h"

/* One pass over a text: all places in bytes of the reading copy. */
typedef struct AnonPass {
    const AnonRules *rules;
    const SitoWatch *watch;
    SitoText text; /* of the reading */
    AnonSpans found;
    AnonSpans allowed;
} AnonPass;

/* All spans of one pass, settled, in bytes of the text. */
int anon_pass(const AnonRules *rules, SitoText text, const SitoWatch *watch, AnonSpans *spans,
              char **error) SITO_MUST_CHECK;

#endif
