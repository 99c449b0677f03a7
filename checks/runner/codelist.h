/*
** Code lists: CSV files of the package with a column of codes (TERYT, JRWA, estates). A descriptor names
** one as "file.csv#column"; without # the first column is meant.
*/
#ifndef SITO_CODELIST_H
#define SITO_CODELIST_H

#include "common/language.h"
#include "runner/inputs.h"

struct sqlite3;

typedef struct SitoCodelist {
    char *path, *column;
} SitoCodelist;

/* Opens the file that `reference` names as the table temp.codelist. A file or column that is not there
** is an error. sito_codelist_close drops the table, and is called also after errors. */
int sito_codelist_open(struct sqlite3 *db, const char *folder, const char *reference,
                       SitoCodelist *list, SitoLanguage language, char **error) SITO_MUST_CHECK;

/* Adds the file, which has been read to its end, to the inputs. */
int sito_codelist_record(struct sqlite3 *db, const SitoCodelist *list, SitoInputs *inputs,
                         char **error) SITO_MUST_CHECK;
void sito_codelist_close(struct sqlite3 *db, SitoCodelist *list);

/* Reads what consistency.codes of the descriptor asks for into temp.asked: the kind of a column, or the
** codes that it may hold. */
int sito_codelists_load(struct sqlite3 *db, const char *folder, SitoLanguage language,
                        SitoInputs *inputs, char **error) SITO_MUST_CHECK;

#endif
