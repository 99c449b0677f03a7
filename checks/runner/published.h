/*
** The data set beside what was published before: files that the descriptor names, and the registry of
** keyed hashes that the office's policy names.
**
**   "disclosure": {"published": [
**      {"path": "2023/zgloszenia.csv", "relation": "earlier-release"},
**      {"path": "inne/wnioski.csv", "fields": ["osiedle", "rok"]}]}
**   policy.json: {"registry": "opublikowane.csv", "registryKey": "rejestr"}
**
** R1  Columns of the same heading are compared, upper and lower case alike; `fields` names them where
**     others should not count. Numbers drawn for one release alone (role release-number) never count.
**     At most 100 columns, and values are compared as they are written.
** R2  published: how many records are alone in the shared columns here and there, and how many columns
**     only one of the two has. unlinked: the same where one shared column is left out, for up to 20.
** R3  difference, of an earlier release: classes of the shared quasi-identifiers into which fewer than k
**     records came, or from which fewer than k went; where a sensitive column is shared, its values count.
** R4  frequency: columns of repeated release numbers or digests against every column of the published
**     file, up to 40.
** R5  The registry is a CSV file with the columns dataset, columns, key, hash, rows (risk_registry). A
**     data set of the same name is left out: it is an earlier release of this one. The key is one that
**     `sito key` keeps; the policy has its name (registryKey). A registry without its key, or under another,
**     is an error: finding nothing would look like a pass.
** R6  Every file read is among the inputs of the verdict.
*/
#ifndef SITO_PUBLISHED_H
#define SITO_PUBLISHED_H

#include "runner/inputs.h"

/* `db` is a facts database whose table temp.data is open and whose other facts are filled. */
int sito_published_fill(struct sqlite3 *db, const SitoPackage *package, const SitoPolicy *policy,
                        SitoLanguage language, SitoInputs *inputs, char **error) SITO_MUST_CHECK;

#endif
