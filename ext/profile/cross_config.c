/*
** Reads what cells and records are compared with (cross.h) from the configuration of profile_facts.
**
** R1  A column that is not there, and an order or sum over columns that are neither numbers nor dates, is an
**     error that names it.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "cross.h"

enum { MOST_PAIRS = 1000 };

static const char pairs_sql[] =
    "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1, '$.order')";
static const char sums_sql[] =
    "SELECT json_extract(s.value, '$.total'), p.value, p.key,"
    " coalesce(json_extract(s.value, '$.tolerance'), 0)"
    " FROM json_each(?1, '$.sums') AS s, json_each(s.value, '$.parts') AS p";
static const char repeats_sql[] = "SELECT coalesce(json_extract(?1, '$.duplicates'), 0)";

typedef struct Reading {
    SitoCross *cross;
    const SitoColumn *columns;
    size_t count;
    sqlite3 *db;
    char **error;
} Reading;

static int find(const Reading *r, sqlite3_stmt *row, int column, size_t *index) {
    const char *bytes = (const char *)sqlite3_column_text(row, column);
    SitoText name = {bytes, (size_t)sqlite3_column_bytes(row, column)};
    for (*index = 0; bytes != NULL && *index < r->count; ++*index) {
        if (sito_text_equal(name, r->columns[*index].name)) {
            SitoOrder order = sito_type_order(r->columns[*index].type.name);
            r->cross->wanted[*index] = true;
            return order != ORDER_TEXT
                       ? SITO_OK
                       : sito_error(r->error, SITO_ERROR,
                                    "profile_facts: column %s is compared with others but holds "
                                    "neither numbers nor dates",
                                    bytes);
        }
    }
    return sito_error(r->error, SITO_ERROR, "profile_facts: no column %s to compare with others",
                      bytes != NULL ? bytes : "?");
}

/* Calls take() for each row. */
static int each(const Reading *r, const char *sql, SitoText config,
                int (*take)(const Reading *, sqlite3_stmt *)) {
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(r->db, sql, -1, &row, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text64(row, 1, config.data, config.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    while (rc == SQLITE_OK && (rc = sqlite3_step(row)) == SQLITE_ROW) {
        rc = take(r, row);
    }
    sqlite3_finalize(row);
    return rc == SQLITE_DONE
               ? SITO_OK
               : sito_error(r->error, rc, "profile_facts: config: %s", sqlite3_errmsg(r->db));
}

static int take_pair(const Reading *r, sqlite3_stmt *row) {
    SitoPair pair = {0};
    void *pairs = r->cross->pairs;
    size_t capacity = r->cross->pair_count;
    int rc = find(r, row, 0, &pair.first);
    rc = rc == SITO_OK ? find(r, row, 1, &pair.last) : rc;
    if (rc == SITO_OK) {
        rc = sito_grow(&pairs, &capacity, r->cross->pair_count + 1, sizeof pair, MOST_PAIRS);
        r->cross->pairs = pairs;
    }
    if (rc == SITO_OK) {
        r->cross->pairs[r->cross->pair_count++] = pair;
    }
    return rc;
}

/* One part of a sum; the first begins it. */
static int take_part(const Reading *r, sqlite3_stmt *row) {
    SitoCross *c = r->cross;
    int rc = SITO_OK;
    if (sqlite3_column_int(row, 2) == 0) {
        SitoSum sum = {.tolerance = sqlite3_column_double(row, 3)};
        void *sums = c->sums;
        size_t capacity = c->sum_count;
        rc = find(r, row, 0, &sum.total);
        if (rc == SITO_OK) {
            rc = sito_grow(&sums, &capacity, c->sum_count + 1, sizeof sum, MOST_PAIRS);
            c->sums = sums;
        }
        if (rc == SITO_OK) {
            c->sums[c->sum_count++] = sum;
        }
    }
    if (rc != SITO_OK) {
        return rc;
    }
    SitoSum *sum = &c->sums[c->sum_count - 1];
    void *parts = sum->parts;
    size_t capacity = sum->count, part = 0;
    rc = find(r, row, 1, &part);
    if (rc == SITO_OK) {
        rc = sito_grow(&parts, &capacity, sum->count + 1, sizeof *sum->parts, r->count);
        sum->parts = parts;
    }
    if (rc == SITO_OK) {
        sum->parts[sum->count++] = part;
    }
    return rc;
}

static int take_repeats(const Reading *r, sqlite3_stmt *row) {
    r->cross->repeats = sqlite3_column_int(row, 0) != 0 && r->count > 1;
    return SITO_OK;
}

int sito_cross_read(SitoCross *cross, const SitoColumn *columns, size_t count, sqlite3 *db,
                    SitoText config, char **error) {
    Reading r = {.cross = cross, .columns = columns, .count = count, .db = db, .error = error};
    if (count == 0) {
        return SITO_OK;
    }
    cross->cells = sito_malloc(count * sizeof *cross->cells);
    cross->wanted = sito_malloc(count * sizeof *cross->wanted);
    if (cross->cells == NULL || cross->wanted == NULL) {
        return SITO_NOMEM;
    }
    memset(cross->cells, 0, count * sizeof *cross->cells);
    memset(cross->wanted, 0, count * sizeof *cross->wanted);
    int rc = each(&r, pairs_sql, config, take_pair);
    rc = rc == SITO_OK ? each(&r, sums_sql, config, take_part) : rc;
    rc = rc == SITO_OK ? each(&r, repeats_sql, config, take_repeats) : rc;
    if (rc == SITO_OK && cross->pair_count + cross->sum_count == 0) {
        sito_free(cross->cells);
        cross->cells = NULL;
    }
    return rc;
}
