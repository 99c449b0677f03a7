/*
** Hierarchies as SQL sees them: a form, or the rows of a table (stored.c).
*/
#ifndef SITO_ANONYMISE_STORED_H
#define SITO_ANONYMISE_STORED_H

#include "base/table.h"
#include "hierarchy.h"

struct sqlite3;

/* Told of each row of a table that has a fault: its line (of a csv table, else its number), the cells. */
typedef struct AnonFaults {
    int (*row)(void *data, AnonFault fault, int64_t line, size_t level, const SitoText *cells);
    void *data;
} AnonFaults;

/* The hierarchy that `spec` describes or names. Without `faults` the first fault is an error with its
** line; with them all are told and the rows left out. */
int anon_hierarchy_load(struct sqlite3 *db, SitoText spec, AnonLanguage language,
                        const AnonFaults *faults, AnonHierarchy **hierarchy,
                        char **error) SITO_MUST_CHECK;

extern const SitoTable anon_tables[]; /* ends with a name of NULL */

#endif
