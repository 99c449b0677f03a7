/*
** A table of cells with those linked to it and its earlier versions, as two arguments of a call name them:
** the table, and the JSON text of tables.h.
**
**   tables_sources_read ─▶ plans and rows ─▶ tables_sources_system ─▶ one system
**
** R1  The first source is the table itself. An error about a row names it, and its table where that is
**     another.
*/
#ifndef SITO_TABLES_SOURCES_H
#define SITO_TABLES_SOURCES_H

#include "config.h"

typedef struct TablesSources {
    SitoCall *call;
    TablesPlan plans[TABLES_MOST_SOURCES];
    TablesRows rows[TABLES_MOST_SOURCES];
    char *texts[TABLES_MOST_SOURCES]; /* of the other plans */
    int count, scale;
    TablesSystem system;
} TablesSources;

/* Release with tables_sources_free, also after an error. */
int tables_sources_read(SitoCall *call, TablesSources **sources) SITO_MUST_CHECK;
/* Totals must add up. */
int tables_sources_system(TablesSources *sources) SITO_MUST_CHECK;
/* A text of JSON; null of {NULL, 0}. */
int tables_json_text(SitoBuffer *out, SitoText text) SITO_MUST_CHECK;
/* The codes of a row of the first source as an object, into an emptied buffer. */
int tables_sources_print(const TablesSources *sources, size_t row, SitoBuffer *out) SITO_MUST_CHECK;
void tables_sources_free(TablesSources *sources);

#endif
