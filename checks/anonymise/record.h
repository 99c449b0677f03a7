/*
** The words of the record, for its forms (record.c, page.c).
*/
#ifndef SITO_CHECKS_ANONYMISE_RECORD_H
#define SITO_CHECKS_ANONYMISE_RECORD_H

#include "anonymise/anonymise.h"
#include "common/markup.h"

/* What became of a column: drop, keep, renumber, generalise. */
const char *sito_treatment_words(SitoLanguage language, const char *how);
const char *sito_figure_words(SitoLanguage language, const char *measure);

int sito_anonymised_page(const SitoAnonymised *done, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* table_record.c: sentences about the table that a resource became, none where it became none; and these with
** pictures, as markup. */
int sito_tabled_write(const SitoAnonymised *done, int64_t resource, SitoBuffer *out,
                      char **error) SITO_MUST_CHECK;
void sito_tabled_page(SitoMarkup *m, const SitoAnonymised *done, int64_t resource, char **error);

#endif
