/*
** A part of an HTML or XML page: one SELECT, and the markup of its rows.
**
** R1  %1 to %9 in `row` is a column of the row, escaped (NULL: nothing); %A to %H a part inside it; %% a
**     per cent sign.
** R2  ?1 to ?3 of the SELECT of an inner part are the first three columns of the row around it; those
**     of an outermost part what the caller gives.
** R3  `head` and `tail` are written only where there is a row.
*/
#ifndef SITO_PUBLISH_SECTION_H
#define SITO_PUBLISH_SECTION_H

#include "base/sito.h"

struct sqlite3;

typedef struct SitoSection {
    const char *sql, *head, *row, *tail; /* head and tail may be NULL */
    const struct SitoSection *const *inner;
} SitoSection;

int sito_section_write(struct sqlite3 *db, const SitoSection *section, const char *const given[3],
                       SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
