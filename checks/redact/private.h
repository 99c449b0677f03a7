/*
** What the files of this room share.
*/
#ifndef SITO_CHECKS_REDACT_PRIVATE_H
#define SITO_CHECKS_REDACT_PRIVATE_H

#include "redact/redact.h"

/* ---- refuse.c: what is no text ---- */

int sito_refuse_name(const char *path, SitoLanguage language, char **error) SITO_MUST_CHECK;
int sito_refuse_content(const char *path, SitoText bytes, SitoLanguage language,
                        char **error) SITO_MUST_CHECK;
int sito_refuse_zero(const char *path, int64_t line, SitoLanguage language,
                     char **error) SITO_MUST_CHECK;

/* ---- spans.c ---- */

/* Fills `span` anew, with the decisions that stand in `decision`. */
int sito_redaction_find(SitoRedaction *redaction, char **error) SITO_MUST_CHECK;

/* The document with marks in place of what is covered, searched again (R3). */
int sito_redaction_cover(SitoRedaction *redaction, char **covered, char **error) SITO_MUST_CHECK;

/* ---- page.c ---- */

int sito_redaction_page(SitoRedaction *redaction, SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
