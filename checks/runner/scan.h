/*
** One scan: a resource of a data set is read once, from its first byte to its last, and becomes the
** facts that rules read (facts.sql).
**
**   file ─▶ temp.data (csv, on_error=keep, hashing) ─▶ profile_facts(), risk_facts() ─▶ JSON ─▶ facts
**
** R1  What is profiled, measured and hashed are the same bytes, read once.
** R2  Damaged records are part of the scan: they are counted, and searched for personal data.
** R3  A companion file gives each record its person; it must have one code for each record.
*/
#ifndef SITO_SCAN_H
#define SITO_SCAN_H

#include "runner/inputs.h"

enum { SITO_SAMPLES = 20 }; /* witnesses kept of each kind and column */

/* Opens a facts database of its own for resource number `index` and fills it. The files that were
** read are added to `inputs`. The caller closes *db (also after an error, where it is not NULL). */
int sito_scan(struct sqlite3 **db, const SitoPackage *package, const SitoPolicy *policy,
              int64_t index, SitoLanguage language, SitoInputs *inputs,
              char **error) SITO_MUST_CHECK;

#endif
