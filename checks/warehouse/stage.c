/*
** The rows of a source in a temporary table, counted and hashed while they are copied.
**
** R1  Every value is stored as it was read: a column gets a type only where all its values have it, so that no
**     affinity changes one.
** R2  sha256 is over the names of the columns and every value in its order, each as type, length, bytes:
**     equal rows in equal order, equal digest.
** R3  Memory does not grow with the rows: the temporary table is a file.
*/
#include <string.h>

#include "warehouse/private.h"

enum { MOST_COLUMNS = 1990 };

void sito_stage_free(Stage *stage) {
    for (int i = 0; i < stage->count; i++) {
        sito_free(stage->columns[i].name);
    }
    sito_free(stage->columns);
    if (stage->db != NULL) {
        sqlite3_exec(stage->db, "DROP TABLE IF EXISTS temp.sito_stage", NULL, NULL, NULL);
    }
    *stage = (Stage){0};
}

bool sito_stage_is_number(const StagedColumn *c) {
    return c->texts == 0 && c->blobs == 0 && c->integers + c->reals > 0;
}

const char *sito_stage_type(const StagedColumn *c) {
    int kinds = (c->integers > 0) + (c->reals > 0) + (c->texts > 0) + (c->blobs > 0);
    return kinds != 1        ? ""
           : c->integers > 0 ? "INTEGER"
           : c->reals > 0    ? "REAL"
           : c->texts > 0    ? "TEXT"
                             : "BLOB";
}

int sito_stage_columns(const Stage *stage, char **json, char **error) {
    SitoBuffer list = {0};
    int rc = sito_buffer_print(&list, "SELECT json_array(");
    for (int i = 0; i < stage->count && rc == SITO_OK; i++) {
        const StagedColumn *c = &stage->columns[i];
        rc = sito_buffer_print(&list, "%sjson_object('name', %Q, 'type', %Q, 'missing', %lld)",
                               i > 0 ? ", " : "", c->name, sito_stage_type(c),
                               (long long)c->missing);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&list, ")", 2) : rc;
    rc = rc == SITO_OK ? sito_db_text(stage->db, json, error, list.data, "") : rc;
    sito_buffer_free(&list);
    return rc;
}

/* ---- the table ---- */

static int name_columns(Stage *stage, sqlite3_stmt *rows, SitoLanguage language, char **error) {
    int count = sqlite3_column_count(rows);
    if (count < 1 || count > MOST_COLUMNS) {
        return sito_error(error, SITO_ERROR,
                          sito_say(language, "źródło ma %d kolumn; dozwolone: 1 do %d",
                                   "the source has %d columns; allowed: 1 to %d"),
                          count, (int)MOST_COLUMNS);
    }
    stage->columns = sito_malloc((size_t)count * sizeof *stage->columns);
    if (stage->columns == NULL) {
        return SITO_NOMEM;
    }
    for (int i = 0; i < count; i++) {
        stage->columns[i] = (StagedColumn){.name = sito_print("%s", sqlite3_column_name(rows, i))};
        stage->count = i + 1;
        if (stage->columns[i].name == NULL) {
            return SITO_NOMEM;
        }
        for (int j = 0; j < i; j++) {
            if (sqlite3_stricmp(stage->columns[j].name, stage->columns[i].name) == 0) {
                return sito_error(error, SITO_ERROR,
                                  sito_say(language, "kolumna „%s” występuje dwa razy",
                                           "the column \"%s\" stands there twice"),
                                  stage->columns[i].name);
            }
        }
    }
    return SITO_OK;
}

static int write_table(Stage *stage, sqlite3_stmt **insert, char **error) {
    SitoBuffer create = {0}, values = {0};
    int rc = sito_buffer_print(&create, "DROP TABLE IF EXISTS temp.sito_stage;"
                                        "CREATE TEMP TABLE sito_stage (");
    rc = rc == SITO_OK ? sito_buffer_print(&values, "INSERT INTO temp.sito_stage VALUES (") : rc;
    for (int i = 0; i < stage->count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&create, "%s\"%w\"", i > 0 ? ", " : "", stage->columns[i].name);
        rc = rc == SITO_OK ? sito_buffer_print(&values, "%s?", i > 0 ? ", " : "") : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_add(&create, ")", 2) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&values, ")", 2) : rc;
    rc = rc == SITO_OK ? sito_db_run(stage->db, create.data, error) : rc;
    rc = rc == SITO_OK ? sito_db_prepare(stage->db, insert, error, values.data, "") : rc;
    sito_buffer_free(&create);
    sito_buffer_free(&values);
    return rc;
}

/* ---- the rows ---- */

/* type, length in eight bytes, bytes: of one value, for the hash. */
static int put_part(SitoBuffer *record, char type, const void *bytes, size_t size) {
    char head[9] = {type};
    for (size_t i = 0; i < 8; i++) {
        head[1 + i] = (char)((uint64_t)size >> (8 * i) & 0xFF);
    }
    int rc = sito_buffer_add(record, head, sizeof head);
    return rc == SITO_OK && size > 0 ? sito_buffer_add(record, bytes, size) : rc;
}

/* A text of blanks alone counts as missing. */
static int take_text(StagedColumn *column, SitoBuffer *record, sqlite3_stmt *rows, int i) {
    const char *text = (const char *)sqlite3_column_text(rows, i);
    size_t size = (size_t)sqlite3_column_bytes(rows, i);
    if (text == NULL) {
        return SITO_NOMEM;
    }
    column->texts++;
    column->missing += strspn(text, " \t\r\n") == size;
    return put_part(record, 't', text, size);
}

static int take_blob(StagedColumn *column, SitoBuffer *record, sqlite3_stmt *rows, int i) {
    const void *blob = sqlite3_column_blob(rows, i);
    size_t size = (size_t)sqlite3_column_bytes(rows, i);
    column->blobs++;
    return blob == NULL && size > 0 ? SITO_NOMEM : put_part(record, 'b', blob, size);
}

/* A value: counted in its column, added to the record. Each is read as what it is, so that it stays so. */
static int take_value(StagedColumn *column, SitoBuffer *record, sqlite3_stmt *rows, int i) {
    switch (sqlite3_column_type(rows, i)) {
    case SQLITE_NULL:
        column->missing++;
        return put_part(record, 'n', NULL, 0);
    case SQLITE_INTEGER: {
        int64_t number = sqlite3_column_int64(rows, i);
        column->integers++;
        return put_part(record, 'i', &number, sizeof number);
    }
    case SQLITE_FLOAT: {
        double number = sqlite3_column_double(rows, i);
        column->reals++;
        return put_part(record, 'r', &number, sizeof number);
    }
    case SQLITE_TEXT:
        return take_text(column, record, rows, i);
    default:
        return take_blob(column, record, rows, i);
    }
}

static int copy_row(Stage *stage, sqlite3_stmt *rows, sqlite3_stmt *insert, SitoBuffer *record,
                    char **error) {
    int rc = SITO_OK;
    record->size = 0;
    for (int i = 0; i < stage->count && rc == SITO_OK; i++) {
        rc = sqlite3_bind_value(insert, i + 1, sqlite3_column_value(rows, i));
        rc = rc == SQLITE_OK ? take_value(&stage->columns[i], record, rows, i) : rc;
    }
    if (rc == SITO_OK && sqlite3_step(insert) != SQLITE_DONE) {
        rc = sito_db_error(stage->db, sqlite3_errcode(stage->db), error);
    }
    sqlite3_reset(insert);
    stage->rows++;
    return rc;
}

static int copy_rows(Stage *stage, sqlite3 *from, sqlite3_stmt *rows, sqlite3_stmt *insert,
                     char **error) {
    SitoSha256 *hash = NULL;
    SitoBuffer record = {0};
    int step = SQLITE_DONE, rc = sito_sha256_new(&hash);
    for (int i = 0; i < stage->count && rc == SITO_OK; i++) {
        rc = put_part(&record, 'c', stage->columns[i].name, strlen(stage->columns[i].name));
    }
    rc = rc == SITO_OK ? sito_sha256_add(hash, record.data, record.size) : rc;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = copy_row(stage, rows, insert, &record, error);
        rc = rc == SITO_OK ? sito_sha256_add(hash, record.data, record.size) : rc;
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(from, step, error);
    }
    rc = rc == SITO_OK ? sito_sha256_hex(hash, stage->sha256) : rc;
    sito_sha256_free(hash);
    sito_buffer_free(&record);
    return rc;
}

int sito_stage_fill(Stage *stage, sqlite3 *db, sqlite3 *from, sqlite3_stmt *rows,
                    SitoLanguage language, char **error) {
    sqlite3_stmt *insert = NULL;
    *stage = (Stage){.db = db};
    int rc = name_columns(stage, rows, language, error);
    rc = rc == SITO_OK ? write_table(stage, &insert, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(db, "BEGIN", error) : rc;
    rc = rc == SITO_OK ? copy_rows(stage, from, rows, insert, error) : rc;
    sqlite3_finalize(insert);
    if (!sqlite3_get_autocommit(db)) {
        int ended = sqlite3_exec(db, rc == SITO_OK ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
        rc = rc == SITO_OK && ended != SQLITE_OK ? sito_db_error(db, ended, error) : rc;
    }
    return rc;
}
