/*
** A list of columns as a user writes it in a string: 'osiedle, wiek' or '"od d", "x;y"'.
**
** R1  Names are parted by commas; blanks around them do not count. A name with a comma, a quote or
**     blanks at its ends stands in double quotes, a quote inside doubled.
** R2  An empty name, an unclosed quote, the same name twice or more than SITO_MOST_COLUMNS are errors.
** R3  A name is pasted into SQL only as a."name": quoted, and behind the alias of its table, because
**     SQLite takes an unknown "name" alone for a text.
*/
#ifndef SITO_COLUMNS_H
#define SITO_COLUMNS_H

#include "sito.h"

enum { SITO_MOST_COLUMNS = SITO_MANY - 2 /* beside the sink and the rowid */ };

typedef struct SitoColumns {
    char *names[SITO_MOST_COLUMNS];
    int count;
} SitoColumns;

int sito_columns_parse(SitoText list, SitoColumns *names, char **error) SITO_MUST_CHECK;
int sito_columns_add(SitoColumns *names, SitoText name, char **error) SITO_MUST_CHECK;
int sito_columns_copy(const SitoColumns *from, SitoColumns *to, char **error) SITO_MUST_CHECK;
void sito_columns_free(SitoColumns *names);

/* Adds the columns of a set (bit i: name i) as a list that sito_columns_parse reads back. */
int sito_columns_print(const SitoColumns *names, uint64_t set, SitoBuffer *out) SITO_MUST_CHECK;

#endif
