/*
** The documents of a source (documents.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "documents.h"
#include "json_query.h"

enum { BLOCK = 65536 };

void sito_documents_init(SitoDocuments *documents, sqlite3 *db, const SitoRemoteOptions *options,
                         const SitoDocumentPaths *paths, const SitoJsonShape *shape,
                         SitoFormat format) {
    *documents = (SitoDocuments){.db = db,
                                 .options = options,
                                 .paths = paths,
                                 .shape = shape,
                                 .format = format,
                                 .watch = sito_watch_database(db),
                                 .paging = sito_remote_paging(options),
                                 .entry = {.file = -1}};
}

void sito_documents_close(SitoDocuments *documents) {
    sito_pages_free(&documents->pages);
    sito_entry_close(&documents->entry);
    documents->entry.file = -1;
    sito_buffer_free(&documents->lines);
    sito_free(documents->url);
    documents->url = NULL;
}

/* ---- bytes ---- */

static int too_long(int64_t limit, char **error) {
    return sito_error(error, SITO_ERROR,
                      "it is longer than the %lld bytes of max_page, which are kept in memory at "
                      "once; ask for smaller pages, or for csv or ndjson",
                      (long long)limit);
}

/* Adds up to a block of the file; *got is 0 at its end. */
static int read_block(int file, SitoBuffer *text, size_t *got, char **error) {
    int rc = sito_buffer_reserve(text, BLOCK);
    if (rc != SITO_OK) {
        return rc;
    }
    ssize_t size;
    do {
        size = read(file, text->data + text->size, BLOCK);
    } while (size < 0 && errno == EINTR);
    if (size < 0) {
        return sito_error(error, SITO_IOERR, "the cached answer cannot be read: %s",
                          strerror(errno));
    }
    *got = (size_t)size;
    text->size += *got;
    return SITO_OK;
}

int sito_read_whole(int file, SitoBuffer *text, int64_t limit, char **error) {
    size_t got = 1;
    int rc = SITO_OK;
    text->size = 0;
    text->limit = (size_t)limit + 2 * (size_t)BLOCK;
    while (rc == SITO_OK && got > 0) {
        rc = read_block(file, text, &got, error);
        rc = rc == SITO_OK && text->size > (size_t)limit ? too_long(limit, error) : rc;
    }
    return rc;
}

/* ---- pages ---- */

/* Opens a page, not one older than the first. */
static int open_page(SitoDocuments *documents, const char *url, bool again, SitoEntry *entry,
                     char **error) {
    SitoAsking asking;
    int rc = sito_remote_asking(documents->options, url, SITO_BODY_JSON, &documents->watch, &asking,
                                error);
    if (rc == SITO_OK && again) {
        asking.request.max_age = 0;
    }
    rc = rc == SITO_OK ? sito_fetch(&asking.request, entry, error) : rc;
    bool stale = rc == SITO_OK && entry->from_cache && documents->pages.count > 0 && !again &&
                 entry->fetched < documents->since && !documents->options->offline;
    if (stale) {
        sito_entry_close(entry);
        asking.request.max_age = 0;
        rc = sito_fetch(&asking.request, entry, error);
    }
    return rc;
}

static int check_etag(SitoDocuments *documents, const char *etag, char **error) {
    int64_t count = documents->pages.count;
    if (etag == NULL || etag[0] == 0) {
        documents->shared = false;
        return SITO_OK;
    }
    SitoHash128 hash = sito_hash128(etag, strlen(etag));
    bool same = hash.low == documents->etag.low && hash.high == documents->etag.high;
    if (count == 0) {
        documents->etag = hash;
    } else if (count == 1) {
        documents->shared = same;
    } else if (documents->shared && !same) {
        return sito_error(error, SITO_ERROR,
                          "the source changed while its %lld pages were read: this one has another "
                          "ETag than those before it; read it again",
                          (long long)count + 1);
    }
    return SITO_OK;
}

static int read_page(SitoDocuments *documents, SitoBuffer *text, char **error) {
    SitoEntry entry = {.file = -1};
    int rc = open_page(documents, documents->pages.url, false, &entry, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_read_whole(entry.file, text, documents->options->max_page, error);
    documents->since = documents->pages.count == 0 ? entry.since : documents->since;
    documents->asked |= !entry.from_cache;
    rc = rc == SITO_OK ? check_etag(documents, entry.etag, error) : rc;
    if (rc == SITO_OK && documents->paging.kind == SITO_PAGE_NEXT &&
        documents->paths->next.parts[0] == NULL) {
        SitoText next = sito_link_next(entry.link != NULL ? entry.link : "");
        documents->lines.size = 0; /* pages have no lines: the address is kept there */
        rc = sito_buffer_add(&documents->lines, next.data, next.size);
    }
    sito_entry_close(&entry);
    return rc;
}

int sito_hash_part(sqlite3 *db, const SitoBuffer *text, const SitoJsonPath *path, SitoHash128 *hash,
                   char **error) {
    SitoBuffer found = {0};
    bool there;
    int rc = sito_json_look_up(db, text, path, &found, &there, error);
    *hash = sito_hash128(found.size > 0 ? found.data : "", found.size);
    sito_buffer_free(&found);
    return rc;
}

/* The rows of a page, as they are spelled. */
static int hash_rows(const SitoJsonRows *rows, SitoHash128 *hash, char **error) {
    SitoJsonPath whole = {.parts = {rows->shape->rows.parts[0]}};
    return sito_hash_part(rows->db, &rows->text, &whole, hash, error);
}

static int check_fixed(const SitoDocuments *documents, const SitoJsonRows *rows, char **error) {
    const SitoDocumentPaths *paths = documents->paths;
    SitoHash128 hash;
    if (paths->fixed.parts[0] == NULL) {
        return SITO_OK;
    }
    int rc = sito_hash_part(rows->db, &rows->text, &paths->fixed, &hash, error);
    bool same = hash.low == paths->fixed_hash.low && hash.high == paths->fixed_hash.high;
    return rc == SITO_OK && !same
               ? sito_error(
                     error, SITO_ERROR,
                     "the columns are not those of when the table was created; create it anew")
               : rc;
}

static int take_total(SitoDocuments *documents, SitoJsonRows *rows, SitoPage *page, char **error) {
    SitoBuffer found = {0};
    bool there = false;
    if (documents->paths->total.parts[0] == NULL) {
        return SITO_OK;
    }
    int rc =
        sito_json_look_up(rows->db, &rows->text, &documents->paths->total, &found, &there, error);
    if (rc == SITO_OK) {
        size_t digits = 0;
        while (digits < found.size && found.data[digits] >= '0' && found.data[digits] <= '9') {
            page->total = page->total * 10 + (found.data[digits++] - '0');
        }
        page->has_total = true;
        rc = digits == 0 || digits > 15 || digits < found.size
                 ? sito_error(error, SITO_ERROR, "total: %s is %s", documents->options->total,
                              there ? "no whole number from 0" : "not there")
                 : SITO_OK;
    }
    sito_buffer_free(&found);
    return rc;
}

/* The address or the cursor of the next page, into `found`. */
static int take_next(SitoDocuments *documents, SitoJsonRows *rows, SitoBuffer *found,
                     char **error) {
    bool there;
    if (documents->paths->next.parts[0] != NULL) {
        return sito_json_look_up(rows->db, &rows->text, &documents->paths->next, found, &there,
                                 error);
    }
    if (documents->paths->cursor.parts[0] != NULL) {
        return sito_json_look_up(rows->db, &rows->text, &documents->paths->cursor, found, &there,
                                 error);
    }
    return sito_buffer_add(found, documents->lines.data, documents->lines.size);
}

int sito_documents_turn(SitoDocuments *documents, SitoJsonRows *rows, char **error) {
    SitoPage page = {.rows = rows->elements};
    SitoBuffer next = {0};
    if (documents->format == SITO_FORMAT_NDJSON) {
        return SITO_OK;
    }
    int rc = hash_rows(rows, &page.content, error);
    rc = rc == SITO_OK ? check_fixed(documents, rows, error) : rc;
    rc = rc == SITO_OK ? take_total(documents, rows, &page, error) : rc;
    rc = rc == SITO_OK ? take_next(documents, rows, &next, error) : rc;
    if (rc == SITO_OK) {
        page.next = (SitoText){.data = next.data, .size = next.size};
        documents->first = documents->pages.count == 0 ? page.content : documents->first;
        rc = sito_pages_turn(&documents->pages, &page, error);
    }
    sito_buffer_free(&next);
    return rc;
}

/* R2: the first page once more. */
static int look_again(SitoDocuments *documents, SitoJsonRows *rows, char **error) {
    SitoEntry entry = {.file = -1};
    SitoHash128 hash;
    SitoPages again = {0};
    if (!documents->asked || documents->pages.count < 2 || documents->options->offline) {
        return SITO_OK;
    }
    int rc = sito_pages_start(&again, &documents->paging, documents->options->url, error);
    rc = rc == SITO_OK ? open_page(documents, again.url, true, &entry, error) : rc;
    rc = rc == SITO_OK
             ? sito_read_whole(entry.file, &rows->text, documents->options->max_page, error)
             : rc;
    rc = rc == SITO_OK ? sito_json_rows_begin(rows, error) : rc;
    rc = rc == SITO_OK ? hash_rows(rows, &hash, error) : rc;
    if (rc == SITO_OK && (hash.low != documents->first.low || hash.high != documents->first.high)) {
        rc =
            sito_error(error, SITO_ERROR,
                       "the source changed while its %lld pages were read: the first one has other "
                       "rows now; read it again",
                       (long long)documents->pages.count);
    }
    sito_entry_close(&entry);
    sito_pages_free(&again);
    return rc;
}

/* ---- lines ---- */

/* Makes room at the front of what was read ahead, and reads on. */
static int read_ahead(SitoDocuments *documents, char **error) {
    SitoBuffer *lines = &documents->lines;
    size_t got = 0;
    int64_t limit = documents->options->max_page;
    if (documents->position > 0) {
        lines->size -= documents->position;
        memmove(lines->data, lines->data + documents->position, lines->size);
        documents->position = 0;
    }
    if (lines->size > (size_t)limit) {
        return too_long(limit, error);
    }
    lines->limit = (size_t)limit + 2 * (size_t)BLOCK;
    int rc = read_block(documents->entry.file, lines, &got, error);
    documents->ended = got == 0;
    return rc == SITO_OK ? sito_watch_ask(&documents->watch) : rc;
}

/* The next line into *line, which lasts until the next call. */
static int next_line(SitoDocuments *documents, SitoText *line, bool *there, char **error) {
    SitoBuffer *lines = &documents->lines;
    size_t searched = 0;
    *there = true;
    for (;;) {
        size_t left = lines->size - documents->position;
        char *from = lines->data + documents->position;
        char *end = left > searched ? memchr(from + searched, '\n', left - searched) : NULL;
        if (end != NULL || (documents->ended && left > 0)) {
            size_t size = end != NULL ? (size_t)(end - from) : left;
            *line = (SitoText){.data = from, .size = size};
            documents->position += size + (end != NULL);
            documents->number++;
            return SITO_OK;
        }
        if (documents->ended) {
            *there = false;
            return SITO_OK;
        }
        searched = left;
        int rc = read_ahead(documents, error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
}

static bool is_blank(SitoText line) {
    for (size_t i = 0; i < line.size; i++) {
        if (strchr(" \t\r", line.data[i]) == NULL || line.data[i] == 0) {
            return false;
        }
    }
    return true;
}

static int read_line(SitoDocuments *documents, SitoBuffer *text, bool *there, char **error) {
    SitoText line = {0};
    int rc;
    do {
        rc = next_line(documents, &line, there, error);
    } while (rc == SITO_OK && *there && is_blank(line));
    text->size = 0;
    return rc == SITO_OK && *there ? sito_buffer_add(text, line.data, line.size) : rc;
}

/* ---- both ---- */

static int note_url(SitoDocuments *documents, const char *url) {
    sito_free(documents->url);
    documents->url = sito_print("%s", url);
    return documents->url == NULL ? SITO_NOMEM : SITO_OK;
}

static int open_lines(SitoDocuments *documents, char **error) {
    const SitoRemoteOptions *options = documents->options;
    SitoAsking asking;
    documents->ended = options->data != NULL;
    int rc = note_url(documents, options->data != NULL ? "data" : options->url);
    if (rc == SITO_OK && options->data != NULL) {
        return sito_buffer_add(&documents->lines, options->data, strlen(options->data));
    }
    rc = rc == SITO_OK ? sito_remote_asking(options, options->url, SITO_BODY_NDJSON,
                                            &documents->watch, &asking, error)
                       : rc;
    return rc == SITO_OK ? sito_fetch(&asking.request, &documents->entry, error) : rc;
}

int sito_documents_start(SitoDocuments *documents, char **error) {
    const SitoRemoteOptions *options = documents->options;
    sito_entry_close(&documents->entry);
    documents->entry.file = -1;
    documents->lines.size = documents->position = 0;
    documents->number = documents->since = 0;
    documents->asked = documents->shared = false;
    documents->etag = (SitoHash128){0};
    return documents->format == SITO_FORMAT_NDJSON
               ? open_lines(documents, error)
               : sito_pages_start(&documents->pages, &documents->paging,
                                  options->data != NULL ? "data" : options->url, error);
}

int sito_documents_read(SitoDocuments *documents, SitoJsonRows *rows, bool *there, char **error) {
    const char *data = documents->options->data;
    if (documents->format == SITO_FORMAT_NDJSON) {
        return read_line(documents, &rows->text, there, error);
    }
    *there = documents->pages.url != NULL;
    if (!*there) {
        return look_again(documents, rows, error);
    }
    documents->number++;
    rows->text.size = 0;
    int rc = note_url(documents, documents->pages.url);
    if (rc == SITO_OK) {
        rc = data != NULL ? sito_buffer_add(&rows->text, data, strlen(data))
                          : read_page(documents, &rows->text, error);
    }
    return rc;
}
