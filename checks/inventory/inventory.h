/*
** The inventory: every file under the named folders, every table in them, read once; what is personal in
** it, and how it might be published.
**
**   paths ─▶ walk.c ─▶ look.c ─▶ table.c (one SELECT a table) ─▶ judge.sql ─▶ result.sql ─▶ report.c, page.c
**                                                                                  └▶ catalogue/inventory.c
**
** R1  Every file that is met is listed. What cannot be read (another format, a damaged file, no permission,
**     a link, a device) is not yet assessed, and counted on top.
** R2  CSV, also packed by gzip, and SQLite databases are read, nothing else; a database is opened in a way
**     that cannot change it, and no code in it runs.
** R3  The best that is ever proposed is "no personal data found by the scan, to be assessed"; a damaged
**     table never gets it.
** R4  No value of a table is kept, and no heading that looks like a value.
** R5  Links are listed and not followed, so there is no loop. A name that is no UTF-8, or has control
**     characters, is written with \xHH in their place.
*/
#ifndef SITO_INVENTORY_H
#define SITO_INVENTORY_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

typedef struct SitoInventoryOptions {
    const char *const *paths;
    size_t paths_count;
    SitoLanguage language;
    bool progress; /* on stderr */
} SitoInventoryOptions;

/* Walks and reads; *result is a database in memory with the tables of result.sql. SITO_MISUSE where a
** named path is not there. The caller closes it, also after an error, where it is not NULL. */
int sito_inventory_take(struct sqlite3 **result, const SitoInventoryOptions *options,
                        char **error) SITO_MUST_CHECK;

/* Appends the result as "text", "csv", "html" or "json". */
int sito_inventory_report(struct sqlite3 *result, const char *format, SitoLanguage language,
                          SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* How many items are there that nobody has qualified, or nothing could read. */
int sito_inventory_open_items(struct sqlite3 *result, int64_t *count, char **error) SITO_MUST_CHECK;

#endif
