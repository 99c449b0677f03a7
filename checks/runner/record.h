/*
** What the catalogue has on record of a data set, as facts: earlier releases, and what somebody decided. The
** catalogue is opened for reading alone, apart from the one that a command writes to.
**
** R1  A withdrawn release counts for ever: who took it, has it.
** R2  Events alone are read, so that a catalogue of any version will do.
*/
#ifndef SITO_RECORD_H
#define SITO_RECORD_H

#include "base/sito.h"

struct sqlite3;

/* Fills `catalogued`, `release` and `ruling` of a resource. `path` NULL: there is no catalogue. */
int sito_record_fill(struct sqlite3 *facts, const char *path, const char *dataset,
                     char **error) SITO_MUST_CHECK;

#endif
