/*
** What the table functions over a whole table run: release.c, mondrian.c, microaggregate.c, cells.c.
*/
#ifndef SITO_ANONYMISE_RELEASE_H
#define SITO_ANONYMISE_RELEASE_H

#include "base/table.h"

struct sqlite3_context;
struct sqlite3_value;

int anon_release_run(SitoCall *call);
int anon_frontier_run(SitoCall *call);
int anon_release_rows_run(SitoCall *call);

int anon_mondrian_run(SitoCall *call);
int anon_microaggregate_run(SitoCall *call);
int anon_suppress_cells_run(SitoCall *call);

/* One number for each row of a table, in the order in which SQLite reads it. */
typedef struct AnonFlags {
    const unsigned char *bytes; /* either these */
    const uint32_t *words;      /* or these */
    size_t rows, next;
} AnonFlags;

/* The whole number that a SELECT with anon_kept(?1) gives, 0 for NULL; flags->next tells how many rows it
** read. */
int anon_measure(SitoCall *call, const SitoBuffer *sql, AnonFlags *flags,
                 int64_t *number) SITO_MUST_CHECK;

/* anon_kept(pointer): the next of the flags. */
void anon_kept(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);

#endif
