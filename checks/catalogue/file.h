/*
** Tells a catalogue from any other file by its first bytes, without SQLite.
*/
#ifndef SITO_CATALOGUE_FILE_H
#define SITO_CATALOGUE_FILE_H

#include "base/sito.h"
#include "common/language.h"

enum { SITO_CATALOGUE_ID = 0x7369746f, SITO_CATALOGUE_VERSION = 3 };

/* SITO_OK where `path` is a catalogue of this version or an older one; or, with `create`, where
** there is nothing or an empty file. Else SITO_CANTOPEN and one sentence. The file is only read. */
int sito_catalogue_file_check(const char *path, bool create, SitoLanguage language,
                              char **error) SITO_MUST_CHECK;

#endif
