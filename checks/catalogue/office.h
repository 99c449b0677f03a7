/*
** What the thin commands share: rows added through the views of the catalogue, and lists of rows for
** people, spreadsheets and programs.
*/
#ifndef SITO_OFFICE_H
#define SITO_OFFICE_H

#include "catalogue/catalogue.h"
#include "common/listing.h"

/* One value of a row that is added; NULL is left out. */
typedef struct SitoField {
    const char *column, *value;
} SitoField;

/* INSERT INTO view: one row, sealed with everything before it. SITO_ERROR with the reason where the
** triggers refuse. */
int sito_office_add(SitoCatalogue *catalogue, const char *view, const SitoField *fields,
                    size_t count, char **error) SITO_MUST_CHECK;

/* The same for several rows, all of them or none. add(context, n) adds row number n; a row that is
** refused stops it all. */
typedef int (*SitoOfficeRow)(SitoCatalogue *catalogue, void *context, size_t row, char **error);
int sito_office_add_all(SitoCatalogue *catalogue, SitoOfficeRow add, void *context, size_t count,
                        char **error) SITO_MUST_CHECK;
/* One row inside such a transaction. */
int sito_office_insert(SitoCatalogue *catalogue, const char *view, const SitoField *fields,
                       size_t count, char **error) SITO_MUST_CHECK;

/* A list over the catalogue (listing.h). */
int sito_office_list(SitoCatalogue *catalogue, const SitoList *list, const char *about,
                     const char *format, SitoBuffer *out, int64_t *rows,
                     char **error) SITO_MUST_CHECK;

/* The first value of a SELECT over the catalogue, ?1 a text that may be NULL; NULL: no row. To be released
** with sito_free. */
int sito_office_text(SitoCatalogue *catalogue, const char *sql, const char *about, char **text,
                     char **error) SITO_MUST_CHECK;

/* What the data set lacks for a state, one line each: "  - …". */
int sito_office_missing(SitoCatalogue *catalogue, const char *dataset, const char *state,
                        SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
