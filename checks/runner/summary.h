/*
** What a report says besides its findings: the measures, the columns, what this check does not
** cover, and what to do next.
*/
#ifndef SITO_SUMMARY_H
#define SITO_SUMMARY_H

#include "runner/policy.h"

struct sqlite3;

/* Copies resource, measures, classes, thresholds and columns of one resource. No value of a cell. */
int sito_summary_copy(struct sqlite3 *report, struct sqlite3 *facts, char **error) SITO_MUST_CHECK;

/* The block „Czego ta kontrola nie obejmuje". */
int sito_summary_not_covered(struct sqlite3 *report, struct sqlite3 *facts, SitoLanguage language,
                             char **error) SITO_MUST_CHECK;

/* Where the office's policy asks for less than the built-in one, that is said there, too. */
int sito_summary_policy(struct sqlite3 *report, const SitoPolicy *policy, SitoLanguage language,
                        char **error) SITO_MUST_CHECK;

/* What no check of this version looks at, by SitoLanguage. */
extern const char *const sito_never_covered[][2];
extern const size_t sito_never_covered_count;

/* The next commands, by the verdict. `catalogue` may be NULL. */
int sito_summary_next_steps(struct sqlite3 *report, const char *path, const char *catalogue,
                            SitoLanguage language, char **error) SITO_MUST_CHECK;

#endif
