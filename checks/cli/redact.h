/*
** sito redact and its steps (redact.c, redact_steps.c).
*/
#ifndef SITO_CLI_REDACT_H
#define SITO_CLI_REDACT_H

#include "cli.h"
#include "catalogue/redactions.h"
#include "redact/redact.h"

/* Whether a catalogue was named, or is there. */
bool sito_has_catalogue(const SitoArguments *arguments);

/* Hands what the catalogue knows of the steps to the redaction. */
int sito_tell_steps(SitoRedaction *redaction, SitoCatalogue *catalogue,
                    char **error) SITO_MUST_CHECK;

/* --step N: records it and shows all of them; an exit status. */
int sito_record_step(SitoRedaction *redaction, const SitoArguments *arguments);

#endif
