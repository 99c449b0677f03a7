/*
** What the files of the table remote share: the table itself. For files that include sqlite3ext.h.
*/
#ifndef SITO_REMOTE_TABLE_H
#define SITO_REMOTE_TABLE_H

#include "documents.h"
#include "kept.h"

typedef struct SitoRemoteTable {
    sqlite3_vtab base;
    sqlite3 *db;
    char *module, *schema, *name; /* remote or a preset; where the table is */
    SitoRemoteOptions options;
    SitoFormat format; /* never auto once connected */
    /* csv: the table csv on the cached file, to which every call is handed on */
    SitoEntry entry;
    sqlite3_vtab *csv;
    /* json, ndjson */
    SitoJsonShape shape;
    SitoDocumentPaths paths;
} SitoRemoteTable;

typedef struct SitoRemoteCursor {
    sqlite3_vtab_cursor base;
    sqlite3_vtab_cursor *csv; /* of the inner table */
    SitoDocuments documents;
    SitoJsonRows rows;
    SitoKept kept; /* what is read instead, where a statement comes back to the beginning */
    bool started;  /* it was at the beginning before */
    uint64_t used; /* columns wanted, as in json_sql_core.h */
    bool reading;  /* a document is open */
    bool end;
    sqlite3_int64 rowid;
} SitoRemoteCursor;

extern const sqlite3_module sito_remote_table_module; /* remote, and every preset */

/* The address without keys that somebody wrote into it, ended by NUL. */
int sito_remote_show(const SitoRemoteTable *table, const char *url,
                     SitoBuffer *shown) SITO_MUST_CHECK;

/* Puts "remote: ADDRESS: " before *error, in ndjson with the line; the module where there is no address yet.
** What begins with a module is left alone. `documents` may be NULL. */
int sito_remote_say(const SitoRemoteTable *table, const SitoDocuments *documents, int rc,
                    char **error) SITO_MUST_CHECK;

/* What the arguments and, perhaps, a preset say (presets.c). */
int sito_remote_arguments(sqlite3 *db, int argc, const char *const *argv,
                          SitoRemoteOptions *options, char **error) SITO_MUST_CHECK;

/* table_csv.c */
int sito_remote_connect_csv(SitoRemoteTable *table, char **error) SITO_MUST_CHECK;
void sito_remote_disconnect_csv(SitoRemoteTable *table);
/* rc of a call to the inner table, whose message becomes ours. */
int sito_remote_from_csv(SitoRemoteTable *table, int rc) SITO_MUST_CHECK;

/* table_shape.c */
int sito_remote_connect_json(SitoRemoteTable *table, char **error) SITO_MUST_CHECK;

/* table_json.c */
void sito_remote_open_json(SitoRemoteCursor *cursor);
int sito_remote_best_index_json(const SitoRemoteTable *table,
                                sqlite3_index_info *info) SITO_MUST_CHECK;
/* `plan`: "3f,2,5,": the columns wanted (json_sql_core.h), in hexadecimal digits, then those whose values
** are given. */
int sito_remote_filter_json(SitoRemoteCursor *cursor, const char *plan, int argc,
                            sqlite3_value **argv) SITO_MUST_CHECK;
sqlite3_int64 sito_remote_rowid_json(const SitoRemoteCursor *cursor);
int sito_remote_next_json(SitoRemoteCursor *cursor) SITO_MUST_CHECK;
int sito_remote_column_json(SitoRemoteCursor *cursor, sqlite3_context *context, int column);
void sito_remote_close_json(SitoRemoteCursor *cursor);

#endif
