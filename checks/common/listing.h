/*
** Lists of rows, for people, spreadsheets and programs.
*/
#ifndef SITO_LISTING_H
#define SITO_LISTING_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* A list: one SELECT, ?1 the language ("pl", "en"), ?2 a text that may be NULL. */
typedef struct SitoList {
    const char *sql;
    const char *headings_pl, *headings_en; /* one for each column, separated by ; */
    const char *keys;                      /* the same for json */
} SitoList;

/* Appends the list as "text" (columns), "csv" (a mark at the start, semicolons) or "json"; *rows is
** their number. */
int sito_list_rows(struct sqlite3 *db, const SitoList *list, SitoLanguage language,
                   const char *about, const char *format, SitoBuffer *out, int64_t *rows,
                   char **error) SITO_MUST_CHECK;

#endif
