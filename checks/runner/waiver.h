/*
** Waivers: waivers.json beside the descriptor. A waiver lets one finding of one rule stand, for exactly
** one file, in stated bounds, until a stated day, and says who answers for it and why.
**
**   {"waivers": [{"rule": "free-text", "dataset": "zgloszenia", "resource": "zgloszenia",
**     "sha256": "…", "scope": {"fingerprints": ["0123456789abcdef"], "count": 206},
**     "by": "A. Nowak", "role": "local-data-controller", "why": "…", "basis": "…",
**     "case": "OPS.077.3.2025", "opinion": {"case": "IOD.0630.2.2025", "outcome": "positive"},
**     "way": "statute", "granted": "2025-01-10", "expires": "2025-12-31"}]}
**
** R1  Scope is bounded: fingerprints with the number of records or columns that they may count at most,
**     or the numbers of up to 20 records. A finding that counts more is not waived.
** R2  What may be waived by whom is the rule's key `waiver` (rule.h). Nothing fatal is ever waived.
** R3  A waiver that is expired, unbounded, of another file or data set, of an unknown rule, or without the
**     papers that its rule asks for, is a finding (rule waiver-refused) and waives nothing.
** R4  A waived finding stays in every report, its message says who waived it; the rule is then met. The
**     file is one of the inputs that a verdict is bound to.
** R5  SOURCE_DATE_EPOCH, where set, stands for the clock.
*/
#ifndef SITO_WAIVER_H
#define SITO_WAIVER_H

#include "runner/package.h"
#include "runner/rule.h"

#define SITO_WAIVERS "waivers.json"

/* Checks the text of a waivers' file; what is wrong with its form goes to `problems`. */
int sito_waivers_check(struct sqlite3 *db, SitoText text, SitoProblems *problems,
                       char **error) SITO_MUST_CHECK;

/* The words of --role, separated by blanks. */
extern const char *const sito_waiver_roles;

/* Today as YYYY-MM-DD (R5). */
void sito_today(char day[11]);

/* Fills the facts `waiver` of a resource with what waivers there are for it and what is wrong with each.
** Those of no resource of the package, and those of rules over the whole package, come with the first. */
int sito_waivers_fill(struct sqlite3 *facts, const SitoPackage *package, const SitoRules *rules,
                      int64_t index, char **error) SITO_MUST_CHECK;

/* Applies the waivers of `facts` to the findings of a resource (NULL: of the package), whose rules have
** run: marks the findings, keeps who waived them in report.waiver, and meets the rules that are left
** without a finding at or above `fail_on`. */
int sito_waivers_apply(struct sqlite3 *facts, struct sqlite3 *report, const char *resource,
                       SitoSeverity fail_on, char **error) SITO_MUST_CHECK;

/* Writes into the message of each waived finding who waived it, until when; the last thing that is written. */
int sito_waivers_tell(struct sqlite3 *report, SitoLanguage language, char **error) SITO_MUST_CHECK;

/* How many waivers of the package expired before today. */
int sito_waivers_expired(struct sqlite3 *db, const SitoPackage *package, int64_t *count,
                         char **error) SITO_MUST_CHECK;

#endif
