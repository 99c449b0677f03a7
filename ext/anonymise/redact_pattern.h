/*
** Patterns of the office (redact_pattern_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_PATTERN_H
#define SITO_ANONYMISE_REDACT_PATTERN_H

#include "redact.h"

/* Adds a span for each place of the text that a pattern matches. */
int anon_patterns_find(const AnonRules *rules, SitoText text, AnonSpans *spans,
                       char **error) SITO_MUST_CHECK;

#endif
