/*
** The documents of a source, one after the other: the pages of a JSON answer, or the lines of ndjson.
**
** R1  A page is asked for when the scan comes to it, and kept in memory alone while its rows are read.
** R2  All pages are of one state of the source: a page from the cache that is older than the first page
**     is asked for again, and where any page was, the first is asked for once more at the end; if its rows
**     are others by then, the scan is an error.
**     An ETag that the first two pages have in common must be that of all.
** R3  A line or a page of more than max_page bytes is an error; so is the end of a file within a line that
**     is no JSON. Blank lines are none.
*/
#ifndef SITO_DOCUMENTS_H
#define SITO_DOCUMENTS_H

#include "json_rows.h"
#include "options.h"

/* The paths that options name, read once. */
typedef struct SitoDocumentPaths {
    SitoJsonPath next, cursor, total; /* parts[0] NULL: not given */
    SitoJsonPath fixed;               /* what must be the same on all pages: the list of columns */
    SitoHash128 fixed_hash;
} SitoDocumentPaths;

typedef struct SitoDocuments {
    struct sqlite3 *db;
    const SitoRemoteOptions *options;
    const SitoDocumentPaths *paths;
    const SitoJsonShape *shape;
    SitoFormat format;
    SitoWatch watch;
    SitoPaging paging;
    SitoPages pages;
    char *url;         /* of the present document; NULL: none yet */
    int64_t number;    /* of the present document, from 1: page or physical line */
    bool asked;        /* some page came over the network */
    int64_t since;     /* when the bytes of the first page came, ms since 1970 */
    SitoHash128 etag;  /* of the first page */
    bool shared;       /* the second page has the same: it is of the source, not of a page */
    SitoHash128 first; /* content of the first page */
    SitoEntry entry;   /* the file of ndjson */
    SitoBuffer lines;  /* read ahead of it */
    size_t position;   /* in lines */
    bool ended;        /* no more bytes behind lines */
} SitoDocuments;

void sito_documents_init(SitoDocuments *documents, struct sqlite3 *db,
                         const SitoRemoteOptions *options, const SitoDocumentPaths *paths,
                         const SitoJsonShape *shape, SitoFormat format);
/* Back to before the first one. */
int sito_documents_start(SitoDocuments *documents, char **error) SITO_MUST_CHECK;
/* The next one into rows->text, not yet begun; *there is false at the end. */
int sito_documents_read(SitoDocuments *documents, SitoJsonRows *rows, bool *there,
                        char **error) SITO_MUST_CHECK;
/* After rows were begun: what the page says of the next one. */
int sito_documents_turn(SitoDocuments *documents, SitoJsonRows *rows, char **error) SITO_MUST_CHECK;
void sito_documents_close(SitoDocuments *documents);

/* What `path` of the text leads to, hashed as it is spelled. */
int sito_hash_part(struct sqlite3 *db, const SitoBuffer *text, const SitoJsonPath *path,
                   SitoHash128 *hash, char **error) SITO_MUST_CHECK;

/* Reads a whole file into the buffer; more than `limit` bytes are an error. */
int sito_read_whole(int file, SitoBuffer *text, int64_t limit, char **error) SITO_MUST_CHECK;

#endif
