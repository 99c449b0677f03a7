/*
** The rows of a source, through one SELECT on a connection of its own: nothing that is read can reach the
** warehouse.
**
**   csv       CREATE VIRTUAL TABLE temp.source USING csv(filename='ITEM', …) in a database in memory
**   database  ITEM is FILE#TABLE; FILE is opened for reading only
**   others    the table of that name, of the network part: remote(url='ITEM'), bdl(variable='…') …
**
** R1  A csv file, also one at an address, is read with types='auto' and null='' unless its options say otherwise:
**     numbers are numbers where a whole column is, and an empty cell is missing.
** R2  Of a database nothing runs that its file brings along: trusted_schema is off, no file is attached.
** R3  Every argument is quoted here, whatever the sheet said.
** R4  The origin of a file is its SHA-256; of an address the answers that the cache gave: which were used since the
**     reader was opened, with etag and digest, and whether they were there before.
*/
#include <stdlib.h>
#include <string.h>

#include "common/file.h"
#include "common/trouble.h"
#include "warehouse/private.h"

static const struct {
    const char *kind, *argument;
    const char *prefix; /* of its items; NULL: the item is the value */
} kinds[] = {
    {"csv", "filename", NULL},           {"remote", "url", NULL},
    {"bdl", "variable", "bdl:"},         {"ckan", "resource", "ckan:"},
    {"danegov", "resource", "danegov:"},
};

/* ---- tables of the program ---- */

static int put_argument(SitoBuffer *sql, const char *name, const char *value, bool first) {
    return sito_buffer_print(sql, "%s%s=%Q", first ? "" : ", ", name, value);
}

/* The arguments of the sheet; `given` collects their names as |name|. */
static int put_options(SitoBuffer *sql, SitoBuffer *given, const Source *source,
                       SitoLanguage language, char **error) {
    Argument argument = {0};
    const char *at = source->options == NULL ? "" : source->options;
    bool found = true;
    int rc = SITO_OK;
    while (rc == SITO_OK && found) {
        rc = sito_argument_next(&at, &argument, &found, language, error);
        if (rc == SITO_OK && found) {
            rc = put_argument(sql, argument.name, argument.value.data, false);
            rc = rc == SITO_OK ? sito_buffer_print(given, "|%s|", argument.name) : rc;
        }
    }
    sito_buffer_free(&argument.value);
    return rc == SITO_OK ? sito_buffer_add(given, "", 1) : rc;
}

static int put_defaults(SitoBuffer *sql, const char *given, bool file) {
    int rc = SITO_OK;
    if (strstr(given, "|types|") == NULL && strstr(given, "|columns|") == NULL) {
        rc = put_argument(sql, "types", "auto", false);
    }
    if (rc == SITO_OK && strstr(given, "|null|") == NULL) {
        rc = put_argument(sql, "null", "", false);
    }
    return rc == SITO_OK && file && strstr(given, "|sha256|") == NULL
               ? put_argument(sql, "sha256", "compute", false)
               : rc;
}

/* `defaults`: with those of csv. */
static int write_create(const Source *source, SitoLanguage language, bool defaults, SitoBuffer *sql,
                        char **error) {
    size_t kind = 0;
    while (kind < SITO_COUNT(kinds) && strcmp(kinds[kind].kind, source->kind) != 0) {
        kind++;
    }
    if (kind == SITO_COUNT(kinds)) {
        return sito_error(
            error, SITO_ERROR,
            sito_say(language, "nieznany rodzaj źródła „%s”", "unknown kind of source \"%s\""),
            source->kind);
    }
    const char *prefix = kinds[kind].prefix == NULL ? "" : kinds[kind].prefix;
    size_t skip = strncmp(source->item, prefix, strlen(prefix)) == 0 ? strlen(prefix) : 0;
    SitoBuffer given = {0};
    int rc = sito_buffer_print(sql, "CREATE VIRTUAL TABLE temp.source USING %s(", source->kind);
    rc = rc == SITO_OK ? put_argument(sql, kinds[kind].argument, source->item + skip, true) : rc;
    rc = rc == SITO_OK ? put_options(sql, &given, source, language, error) : rc;
    rc = rc == SITO_OK && defaults ? put_defaults(sql, given.data, kind == 0) : rc;
    sito_buffer_free(&given);
    return rc == SITO_OK ? sito_buffer_add(sql, ")", 2) : rc;
}

int (*sito_network)(sqlite3 *db, char **error);

static bool is_kind(const Source *source, const char *kind) {
    return strcmp(source->kind, kind) == 0;
}

/* Makes temp.source, by one statement, whatever stands in it. */
static int create_table(const Reader *reader, bool defaults, char **error) {
    SitoBuffer sql = {0};
    int rc = write_create(reader->source, reader->language, defaults, &sql, error);
    rc = rc == SITO_OK ? sito_db_do(reader->db, error, sql.data, "") : rc;
    sito_buffer_free(&sql);
    return rc;
}

/* An address may answer with csv or with something else, which has no types to find out. */
static int create_remote(const Reader *reader, char **error) {
    char *refusal = NULL;
    int rc = create_table(reader, true, &refusal);
    if (rc != SITO_OK && refusal != NULL && strstr(refusal, "is for csv") != NULL) {
        sito_free(refusal);
        return create_table(reader, false, error);
    }
    rc = refusal == NULL ? rc : sito_error(error, rc, "%s", refusal);
    sito_free(refusal);
    return rc;
}

/* The answers of the cache as they were used until now. */
static int note_answers(Reader *reader, char **error) {
    Argument argument = {0};
    const char *at = reader->source->options == NULL ? "" : reader->source->options;
    bool found = true;
    int rc = SITO_OK;
    while (rc == SITO_OK && found && reader->cache == NULL) {
        rc = sito_argument_next(&at, &argument, &found, reader->language, error);
        if (rc == SITO_OK && found && strcmp(argument.name, "cache") == 0) {
            reader->cache = sito_print("%s", argument.value.data);
            rc = reader->cache == NULL ? SITO_NOMEM : SITO_OK;
        }
    }
    sito_buffer_free(&argument.value);
    return rc == SITO_OK ? sito_db_do(reader->db, error,
                                      "CREATE TEMP TABLE used AS SELECT url, used, fetched"
                                      " FROM remote_cache(?1)",
                                      "t", reader->cache)
                         : rc;
}

static int open_module(Reader *reader, char **error) {
    int64_t size = 0;
    int rc = sito_db_open(&reader->db, error);
    if (rc == SITO_OK && is_kind(reader->source, "csv")) {
        rc = sito_file_size(reader->source->item, reader->language, &size, error);
        rc = rc == SITO_OK ? create_table(reader, true, error) : rc;
    } else if (rc == SITO_OK && sito_network == NULL) {
        rc = sito_error(error, SITO_ERROR, "%s",
                        sito_say(reader->language, "ten program nie ma części sieciowej",
                                 "this program has no network part"));
    } else if (rc == SITO_OK) {
        rc = sito_network(reader->db, error);
        rc = rc == SITO_OK ? note_answers(reader, error) : rc;
        rc = rc != SITO_OK                       ? rc
             : is_kind(reader->source, "remote") ? create_remote(reader, error)
                                                 : create_table(reader, false, error);
    }
    return rc == SITO_OK
               ? sito_db_prepare(reader->db, &reader->rows, error, "SELECT * FROM temp.source", "")
               : rc;
}

/* ---- tables of another database ---- */

/* FILE#TABLE: FILE is the shortest beginning that is a file. */
static int split(const char *item, SitoLanguage language, char **file, const char **table,
                 char **error) {
    for (const char *mark = strchr(item, '#'); mark != NULL; mark = strchr(mark + 1, '#')) {
        sito_free(*file);
        *file = sito_print("%.*s", (int)(mark - item), item);
        if (*file == NULL) {
            return SITO_NOMEM;
        }
        if (sito_file_kind(*file) == SITO_FILE_REGULAR && mark[1] != 0) {
            *table = mark + 1;
            return SITO_OK;
        }
    }
    return sito_error(error, SITO_ERROR,
                      sito_say(language, "nie ma takiej bazy: %s (zapis: PLIK#TABELA)",
                               "there is no such database: %s (written FILE#TABLE)"),
                      item);
}

static int open_database(Reader *reader, char **error) {
    char *file = NULL, *sql = NULL;
    const char *table = NULL;
    int64_t size = 0;
    int rc = split(reader->source->item, reader->language, &file, &table, error);
    rc = rc == SITO_OK ? sito_file_size(file, reader->language, &size, error) : rc;
    if (rc == SITO_OK) {
        rc = sqlite3_open_v2(file, &reader->db, SQLITE_OPEN_READONLY, NULL);
        rc = rc == SQLITE_OK ? SITO_OK : sito_error(error, rc & 0xff, "%s", sqlite3_errstr(rc));
    }
    if (rc == SITO_OK) {
        sqlite3_db_config(reader->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(reader->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_busy_timeout(reader->db, 10000);
        sql = sito_print("SELECT * FROM \"%w\"", table);
        rc = sql == NULL ? SITO_NOMEM : sito_db_prepare(reader->db, &reader->rows, error, sql, "");
    }
    sito_free(sql);
    sito_free(file);
    return rc;
}

/* ---- both ---- */

int sito_reader_open(Reader *reader, const Source *source, SitoLanguage language, char **error) {
    *reader = (Reader){.source = source, .language = language};
    int rc = strcmp(source->kind, "database") == 0 ? open_database(reader, error)
                                                   : open_module(reader, error);
    return rc;
}

int sito_reader_explain(const Reader *reader, int rc, char **error) {
    if (rc == SITO_OK || rc == SITO_NOMEM || rc == SITO_INTERRUPT) {
        return rc;
    }
    return sito_trouble_translate(reader->language, error) == SITO_OK ? SITO_ERROR : SITO_NOMEM;
}

int sito_reader_origin(const Reader *reader, char **json, char **error) {
    if (strcmp(reader->source->kind, "csv") == 0) {
        return sito_db_text(reader->db, json, error,
                            "SELECT json_object('sha256', csv_sha256('temp.source'))", "");
    }
    if (strcmp(reader->source->kind, "database") == 0) {
        *json = sito_print("{}");
        return *json == NULL ? SITO_NOMEM : SITO_OK;
    }
    return sito_db_text(
        reader->db, json, error,
        "SELECT json_object('answers', json_group_array(json_object('url', url, 'status', status,"
        "         'sha256', sha256, 'etag', etag, 'fetched', fetched, 'bytes', bytes, 'from_cache',"
        "         json(iif(fetched IS (SELECT fetched FROM temp.used WHERE used.url = now.url), 'true', 'false')))))"
        "  FROM (SELECT * FROM remote_cache(?1) ORDER BY url) AS now"
        " WHERE NOT EXISTS (SELECT 1 FROM temp.used WHERE used.url = now.url AND used.used = now.used)"
        "    OR now.url = ?2",
        "tt", reader->cache, reader->source->item);
}

void sito_reader_close(Reader *reader) {
    sqlite3_finalize(reader->rows);
    sqlite3_close(reader->db);
    sito_free(reader->cache);
    *reader = (Reader){0};
}
