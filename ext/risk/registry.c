/*
** risk_registry: what was published, as keyed hashes, so that a later file can be tested against it in
** a place where the data must not be.
**
**   CREATE TABLE registry AS SELECT 'zgloszenia-2024' AS dataset, * FROM
**     risk_registry('zgloszenia', 'rok, plec, dzielnica', 'rejestr');
**   -- saved as CSV with these headings (dataset, columns, key, hash, rows), sito check reads it
**   SELECT count(*) AS certain_links
**     FROM risk_registry('nowy', 'rok, plec, dzielnica', 'rejestr') AS n
**     JOIN registry AS r ON r.hash = n.hash WHERE n.rows = 1 AND r.rows = 1;
**
** R1  A row for each class: `columns`, their names as a JSON array in small letters and sorted; `key`, 16
**     digits by which the key is known again (of HMAC-SHA-256 over the words „sito registry”), so that a
**     test under another key is noticed instead of finding nothing; `hash`, the first 128 bits of HMAC-SHA-256 over the names of the columns and the
**     values of the class (cell.h), as 32 hexadecimal digits; the rows of the class. Rows stand in
**     the order of the hashes, which says nothing of the values.
** R2  The order in which the columns are named and the case of their names do not matter; their
**     spelling does. Values must have been brought to one spelling (cell.h compares bytes).
** R3  The key is one of those that `sito key` keeps, by its name (base/key.h); it never stands in SQL. Who
**     has the key can guess values: keep it as the data.
** R4  Machines of one byte order have the same hashes.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "base/key.h"
#include "load.h"
#include "tables.h"

enum { HASH_BYTES = 16, HASH_DIGITS = 2 * HASH_BYTES, MARK_DIGITS = 16 };

static const char key_words[] = "sito registry";

typedef struct Entry {
    char hash[HASH_DIGITS + 1];
    uint32_t rows;
} Entry;

static int compare_names(const void *left, const void *right) {
    return sqlite3_stricmp(*(char *const *)left, *(char *const *)right);
}

/* The names in small letters, each with its end, then the values of the row. */
static int write_message(const RiskLoad *load, size_t row, SitoBuffer *message) {
    int rc = SITO_OK;
    message->size = 0;
    for (int i = 0; i < load->quasi.count && rc == SITO_OK; i++) {
        const char *name = load->quasi.names[i];
        size_t from = message->size;
        rc = sito_buffer_add(message, name, strlen(name) + 1);
        for (size_t at = from; rc == SITO_OK && at < message->size; at++) {
            char c = message->data[at];
            message->data[at] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    for (size_t i = 0; i < load->gather.sensitive_count && rc == SITO_OK; i++) {
        RiskCell cell =
            risk_column_cell(&load->gather.sensitive[i], load->gather.sensitive[i].codes[row]);
        rc = risk_cell_key(&cell, message);
    }
    return rc;
}

/* HMAC-SHA-256 of a message, as HASH_DIGITS hexadecimal digits and a NUL. */
static int hash_message(const unsigned char *key, const char *message, size_t size,
                        char hash[HASH_DIGITS + 1]) {
    unsigned char digest[SITO_SHA256_SIZE];
    int rc = sito_hmac(key, message, size, digest);
    if (rc != SITO_OK) {
        return rc;
    }
    for (size_t i = 0; i < HASH_BYTES; i++) {
        hash[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hash[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hash[HASH_DIGITS] = 0;
    return SITO_OK;
}

/* The names in small letters, as a JSON array. */
static int write_names(const SitoColumns *names, SitoBuffer *json) {
    int rc = sito_buffer_add(json, "[", 1);
    for (int i = 0; i < names->count && rc == SITO_OK; i++) {
        const char *name = names->names[i];
        RiskCell cell = {.type = RISK_TEXT, .text = {.data = name, .size = strlen(name)}};
        rc = i > 0 ? sito_buffer_add(json, ",", 1) : SITO_OK;
        rc = rc == SITO_OK ? risk_json_cell(json, &cell) : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_add(json, "]", 1) : rc;
    for (size_t i = 0; i < json->size && rc == SITO_OK; i++) {
        char c = json->data[i];
        json->data[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return rc;
}

static int compare_entries(const void *left, const void *right) {
    return memcmp(left, right, HASH_DIGITS);
}

static int answer_entries(SitoCall *call, const RiskLoad *load, const unsigned char *key) {
    const RiskPartition *partition = &load->partition;
    size_t count = partition->classes.count;
    char mark[HASH_DIGITS + 1];
    SitoBuffer message = {0}, names = {0};
    Entry *entries = sito_malloc((count + 1) * sizeof *entries);
    int rc = entries != NULL ? write_names(&load->quasi, &names) : SITO_NOMEM;
    rc = rc == SITO_OK ? hash_message(key, key_words, strlen(key_words), mark) : rc;
    mark[MARK_DIGITS] = 0;
    for (size_t g = 0; g < count && rc == SITO_OK; g++) {
        rc = write_message(load, partition->ordered[partition->start[g]], &message);
        rc = rc == SITO_OK ? hash_message(key, message.data, message.size, entries[g].hash) : rc;
        entries[g].rows = partition->sizes[g];
        if (rc == SITO_OK && g % 65536 == 65535) {
            rc = sito_watch_ask(&call->watch);
        }
    }
    if (rc == SITO_OK && count > 1) {
        qsort(entries, count, sizeof *entries, compare_entries);
    }
    for (size_t g = 0; g < count && rc == SITO_OK; g++) {
        SitoText columns = {.data = names.data, .size = names.size};
        rc = sito_answer_row(&call->answer, "tssi", &columns, mark, entries[g].hash,
                             (int64_t)entries[g].rows);
    }
    sito_free(entries);
    sito_buffer_free(&message);
    sito_buffer_free(&names);
    return rc;
}

int risk_registry_run(SitoCall *call) {
    RiskLoad load = {.keep_quasi = true};
    unsigned char key[SITO_KEY_SIZE];
    SitoText list, name;
    int rc = sito_call_text(call, 2, &name);
    rc = rc == SITO_OK ? sito_key_read(name, key, false, &call->error) : rc;
    rc = rc == SITO_OK ? sito_call_text(call, 1, &list) : rc;
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.quasi, &call->error) : rc;
    if (rc == SITO_OK) {
        qsort(load.quasi.names, (size_t)load.quasi.count, sizeof *load.quasi.names, compare_names);
    }
    rc = rc == SITO_OK ? risk_load(call, &load, true) : rc;
    rc = rc == SITO_OK ? answer_entries(call, &load, key) : rc;
    OPENSSL_cleanse(key, sizeof key);
    risk_load_free(&load);
    return rc;
}
