/*
** What a first document shows of itself: where its rows are, and which columns they have.
**
** R1  Rows: the document, where it is an array; else its only member that is one. Where there is more
**     than one, the error lists them.
** R2  Columns: the plain members of the outer elements, from the outside in, then all members of the
**     row, in the order in which they are met. Elements that are arrays give c1, c2, …; plain values give
**     the column `value`. A name that is taken gets _2.
** R3  `fields`, for presets, says where the document lists its columns itself (JSON):
**       from   path of the list, or of an object of names      name, type  members of its items
**       at     path of the row's part with the cells           types       {"int4": "integer", …}
**       value, sign  members of a cell                         skip        names that are no columns
**       required     true: a row without one of them is an error
*/
#ifndef SITO_JSON_FOUND_H
#define SITO_JSON_FOUND_H

#include "json_rows.h"

int sito_json_find_rows(struct sqlite3 *db, const SitoBuffer *text, SitoJsonPath *rows,
                        char **error) SITO_MUST_CHECK;

/* Adds to shape->columns what the document in rows->text, already begun, has and they do not show. */
int sito_json_find_columns(SitoJsonRows *rows, SitoJsonShape *shape, char **error) SITO_MUST_CHECK;

int sito_json_take_fields(struct sqlite3 *db, const SitoBuffer *text, const char *fields,
                          SitoJsonShape *shape, char **error) SITO_MUST_CHECK;

/* columns= as JSON: [{"name", "path", "type", "unless", "values", "sign", "required"}, …]. */
int sito_json_take_columns(struct sqlite3 *db, const char *json, SitoJsonColumns *columns,
                           char **error) SITO_MUST_CHECK;

#endif
