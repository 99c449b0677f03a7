/*
** The office's own rules for redaction, as JSON (redact_config.c).
*/
#ifndef SITO_ANONYMISE_REDACT_CONFIG_H
#define SITO_ANONYMISE_REDACT_CONFIG_H

#include "redact.h"

struct sqlite3;

/* Reads the JSON into the rules, which are to be released also after an error. */
int anon_rules_read(struct sqlite3 *db, SitoText json, AnonRules *rules,
                    char **error) SITO_MUST_CHECK;

/* The regular expression of a pattern; `reason` says what is wrong with it. */
int anon_pattern_open(SitoText source, struct URegularExpression **regex,
                      const char **reason) SITO_MUST_CHECK;

#endif
