/*
** The steps of a redaction in the catalogue (sql/catalogue/redactions.sql).
*/
#ifndef SITO_CATALOGUE_REDACTIONS_H
#define SITO_CATALOGUE_REDACTIONS_H

#include "catalogue/catalogue.h"

typedef struct SitoRedactionEvent {
    const char *source;  /* SHA-256 of the document */
    const char *step;    /* public-information, may-be-shared, covered, checked, prepared */
    const char *outcome; /* positive, negative */
    const char *covered; /* SHA-256 of what was made of it; of the last three */
    const char *unit;
    const char *ground, *marked_day, *request_day; /* of a negative may-be-shared; else NULL */
    const char *record;                            /* of covered: the record as JSON */
    SitoAct act;
} SitoRedactionEvent;

/* Records it and seals it. SITO_ERROR with the reason where the triggers refuse. */
int sito_redaction_event(SitoCatalogue *catalogue, const SitoRedactionEvent *event,
                         char **error) SITO_MUST_CHECK;

/* The newest event of each step of the document as a JSON array, [{"step", "outcome", "by", "at"}]; "[]" where
** the catalogue does not know it. To be released with sito_free. */
int sito_redaction_steps(SitoCatalogue *catalogue, const char *source, char **json,
                         char **error) SITO_MUST_CHECK;

#endif
