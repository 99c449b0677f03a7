/*
** An invented finding of a rule (example.c).
*/
#ifndef SITO_EXAMPLE_H
#define SITO_EXAMPLE_H

#include "runner/rule.h"

/* Appends the message of the rule over invented values. An error where the pattern cannot be filled. */
int sito_put_example(const SitoRule *rule, SitoLanguage language, SitoBuffer *out) SITO_MUST_CHECK;

#endif
