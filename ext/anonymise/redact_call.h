/*
** The SQL functions of redaction (redact.c, statement.c); anonymise.c has the table.
*/
#ifndef SITO_ANONYMISE_REDACT_CALL_H
#define SITO_ANONYMISE_REDACT_CALL_H

#include "base/table.h"
#include "functions.h"

ANON_CALL(anon_redact);
ANON_CALL(anon_statement);

int anon_redact_spans_run(SitoCall *call) SITO_MUST_CHECK;

#endif
