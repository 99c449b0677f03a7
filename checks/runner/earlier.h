/*
** The profile of an earlier version: what a check leaves for the next one, and finds of the last.
**
**   facts (profile, spread) ─▶ report.remembered ─▶ JSON beside the report, in the catalogue
**   catalogue ─▶ JSON of the last published, else marked version ─▶ facts (previous, previous_spread)
**
** R1  Counts, lengths and quartiles alone: no least and no greatest value, and nothing of it stands in
**     a report.
**     The cells of a statistical table are kept too (table_judge.h), as far as they may be published.
** R2  A resource is known by its name, a column by its name.
*/
#ifndef SITO_EARLIER_H
#define SITO_EARLIER_H

#include "base/sito.h"

struct sqlite3;

/* Copies the profile of one resource into report.remembered. */
int sito_earlier_keep(struct sqlite3 *report, struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

/* Fills previous and previous_spread; `remembered` is a JSON array of an earlier check, or NULL. */
int sito_earlier_fill(struct sqlite3 *facts, const char *remembered, char **error) SITO_MUST_CHECK;

/* The JSON report with the key "remembered" put in; to be released. */
int sito_earlier_attach(struct sqlite3 *report, const char *json, char **whole,
                        char **error) SITO_MUST_CHECK;

#endif
