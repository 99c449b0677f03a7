/*
** What the files of the inventory share.
*/
#ifndef SITO_INVENTORY_PRIVATE_H
#define SITO_INVENTORY_PRIVATE_H

#include "inventory/inventory.h"

typedef struct Inventory {
    struct sqlite3 *result;
    SitoLanguage language;
    bool progress;
    const char *root; /* absolute, as it is shown */
    int64_t files;
} Inventory;

/* One file or one table, as it goes into the table item. Texts may be NULL. */
typedef struct Item {
    const char *item, *format, *digest, *proposed, *columns;
    char *why;                    /* released by the caller */
    int64_t bytes, rows, damaged; /* rows: -1 where it was not read */
} Item;

/* A path or a name for people and for the catalogue (R5); to be released. */
char *sito_inventory_name(const char *raw) SITO_MUST_CHECK;

int sito_inventory_keep(Inventory *inventory, const Item *item, char **error) SITO_MUST_CHECK;

/* ---- look.c ---- */

/* Lists a file that cannot be read; `why` is one sentence. */
int sito_inventory_unread(Inventory *inventory, const char *path, const char *format, int64_t bytes,
                          const char *why, char **error) SITO_MUST_CHECK;

/* Reads a regular file, or lists it as one that cannot be read. */
int sito_inventory_look(Inventory *inventory, const char *path, int64_t bytes,
                        char **error) SITO_MUST_CHECK;

/* ---- table.c ---- */

typedef struct Table {
    struct sqlite3 *db; /* facts, proposal and verdict; closed by the caller */
    int64_t rows, damaged;
    char *digest;   /* of a CSV file */
    char *proposed; /* … */
    char *reason, *detail, *columns;
} Table;

/* Reads a CSV file, or a table of a database (name not NULL). What is wrong with the file is SITO_ERROR and
** a sentence. Release with sito_inventory_table_free, also after errors. */
int sito_inventory_read(Table *table, const char *path, const char *name, SitoLanguage language,
                        char **error) SITO_MUST_CHECK;
void sito_inventory_table_free(Table *table);

/* Opens a database in memory with the file as `source`, so that nothing of it can be changed. */
int sito_inventory_attach(struct sqlite3 **db, const char *path, char **error) SITO_MUST_CHECK;

#endif
