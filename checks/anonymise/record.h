/*
** The words of the record, for its forms (record.c, page.c).
*/
#ifndef SITO_CHECKS_ANONYMISE_RECORD_H
#define SITO_CHECKS_ANONYMISE_RECORD_H

#include "anonymise/anonymise.h"

/* What became of a column: drop, keep, renumber, generalise. */
const char *sito_treatment_words(SitoLanguage language, const char *how);
const char *sito_figure_words(SitoLanguage language, const char *measure);

int sito_anonymised_page(const SitoAnonymised *done, SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
