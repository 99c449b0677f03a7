/*
** A list of columns as a user writes it in a string: 'osiedle, wiek' or '"od d", "x;y"'.
**
** R1  Names are parted by commas; blanks around them do not count. A name with a comma, a quote or
**     blanks at its ends stands in double quotes, a quote inside doubled.
** R2  An empty name, an unclosed quote, the same name twice or more than RISK_MOST_NAMES are errors.
** R3  A name is pasted into SQL only as a."name": quoted, and behind the alias of its table, because
**     SQLite takes an unknown "name" alone for a text.
*/
#ifndef SITO_RISK_NAMES_H
#define SITO_RISK_NAMES_H

#include "base/sito.h"

enum { RISK_MOST_NAMES = SITO_MANY - 2 /* beside the sink and the rowid */ };

typedef struct RiskNames {
    char *names[RISK_MOST_NAMES];
    int count;
} RiskNames;

int risk_names_parse(SitoText list, RiskNames *names, char **error) SITO_MUST_CHECK;
int risk_names_add(RiskNames *names, SitoText name, char **error) SITO_MUST_CHECK;
int risk_names_copy(const RiskNames *from, RiskNames *to, char **error) SITO_MUST_CHECK;
void risk_names_free(RiskNames *names);

/* Adds the columns of a set (bit i: name i) as a list that risk_names_parse reads back. */
int risk_names_print(const RiskNames *names, uint64_t set, SitoBuffer *out) SITO_MUST_CHECK;

#endif
