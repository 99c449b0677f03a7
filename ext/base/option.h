/*
** The options of a virtual table: CREATE VIRTUAL TABLE temp.t USING csv(filename='x.csv', skip=2).
**
** R1  An option is written name='value', name="value" or name=value; quotes are undone as SQL does.
** R2  An unknown one is an error that lists those there are and names the nearest.
*/
#ifndef SITO_OPTION_H
#define SITO_OPTION_H

#include "sito.h"

/* The text without blanks (space, tab, line ends) around it. */
SitoText sito_option_trim(SitoText text);

/* Splits an argument; *name lies in it, the value is put into `value`. */
int sito_option_split(const char *module, const char *argument, SitoText *name, SitoBuffer *value,
                      char **error) SITO_MUST_CHECK;

/* The error "csv: unknown option 'delimeter'; did you mean 'delimiter'; options are …". */
int sito_option_unknown(const char *module, SitoText name, const char *const *names, size_t count,
                        char **error);

#endif
