/*
** One resource: read, and handed on to be searched (search.c) and written anew (files.c).
**
** The work is SQL over the tables of record.sql and these, which live as long as the resource is at hand:
**   temp.data       the file          temp.unit(number, code)   its persons
**   temp.kept(row)  rows that stay    temp.candidate            generalised columns, sensitive ones, person
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/db.h"
#include "common/file.h"

/* ---- reading ---- */

static char *path_of(const SitoMaking *m, const char *relative) {
    return sito_path_join(m->before->package.folder, relative);
}

static int drop_tables(SitoMaking *m, char **error) {
    return sito_db_run(m->db,
                       "DROP TABLE IF EXISTS temp.data; DROP TABLE IF EXISTS temp.persons;"
                       "DROP TABLE IF EXISTS temp.unit; DROP TABLE IF EXISTS temp.kept;"
                       "DROP TABLE IF EXISTS temp.candidate; DROP TABLE IF EXISTS temp.node;"
                       "DROP TABLE IF EXISTS temp.miss",
                       error);
}

/* The new file gets headings; one that has none would be another file for its readers. */
static int refuse_no_heading(SitoMaking *m, char **error) {
    int64_t none = 0;
    int rc = sito_db_integer(m->db, &none, error,
                             "SELECT resource ->> '$.dialect.header' IS 0 FROM descriptor", "");
    return rc != SITO_OK || !none
               ? rc
               : sito_error(
                     error, SITO_MISUSE, "%s",
                     sito_say(m->language,
                              "plik nie ma nagłówków kolumn (dialect.header: false); dodaj "
                              "wiersz nagłówków i usuń ten wpis z opisu zbioru",
                              "the file has no headings (dialect.header: false); add a row of "
                              "headings and take this entry out of the descriptor"));
}

static int open_data(SitoMaking *m, char **error) {
    char *create = NULL, *relative = NULL;
    int rc = refuse_no_heading(m, error);
    rc = rc == SITO_OK ? sito_db_text(m->db, &relative, error,
                                      "SELECT resource ->> '$.path' FROM descriptor", "")
                       : rc;
    char *path = rc == SITO_OK ? path_of(m, relative) : NULL;
    rc = rc == SITO_OK && path == NULL ? SITO_NOMEM : rc;
    rc =
        rc == SITO_OK
            ? sito_db_text(m->db, &create, error,
                           "SELECT printf('CREATE VIRTUAL TABLE temp.data USING csv(filename=%Q,"
                           " encoding=%Q, delimiter=%Q, quote=%Q, header=yes, trim=no, trailing=no,"
                           " on_error=keep)', ?1,"
                           "  coalesce(lower(resource ->> '$.encoding'), 'utf-8'),"
                           "  coalesce(resource ->> '$.dialect.delimiter', 'auto'),"
                           "  coalesce(resource ->> '$.dialect.quoteChar', '\"')) FROM descriptor",
                           "t", path)
            : rc;
    rc = rc == SITO_OK ? sito_db_run(m->db, create, error) : rc;
    sito_free(create);
    sito_free(path);
    sito_free(relative);
    return rc;
}

static int refuse_damage(SitoMaking *m, char **error) {
    int64_t damaged = 0, line = 0;
    int rc = sito_db_integer(m->db, &damaged, error,
                             "SELECT count(*) FROM temp.data WHERE _defect IS NOT NULL", "");
    rc = rc == SITO_OK && damaged > 0
             ? sito_db_integer(m->db, &line, error,
                               "SELECT min(_line) FROM temp.data WHERE _defect IS NOT NULL", "")
             : rc;
    return rc == SITO_OK && damaged > 0
               ? sito_error(
                     error, SITO_ERROR,
                     sito_say(m->language,
                              "uszkodzonych rekordów: %lld, pierwszy w wierszu %lld; popraw "
                              "plik, zanim powstanie z niego nowy (sito check mówi, co w nim "
                              "jest)",
                              "damaged records: %lld, the first in line %lld; mend the file "
                              "before a new one is made of it (sito check says what is wrong)"),
                     (long long)damaged, (long long)line)
               : rc;
}

static int open_persons(SitoMaking *m, char **error) {
    char *relative = NULL, *select = NULL;
    int rc = sito_db_text(m->db, &relative, error,
                          "SELECT resource ->> '$.disclosure.unit.companion' FROM descriptor"
                          " WHERE json_type(resource, '$.disclosure.unit') = 'object'",
                          "");
    rc = rc == SITO_OK
             ? sito_db_run(m->db, "CREATE TEMP TABLE unit(number INTEGER PRIMARY KEY, code)", error)
             : rc;
    if (rc == SITO_OK && relative != NULL) {
        char *path = path_of(m, relative);
        char *create = path == NULL ? NULL
                                    : sito_print("CREATE VIRTUAL TABLE temp.persons USING csv("
                                                 "filename=%Q, encoding='utf-8', header='yes')",
                                                 path);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(m->db, create, error);
        sito_free(create);
        sito_free(path);
        rc = rc == SITO_OK
                 ? sito_db_text(m->db, &select, error,
                                "SELECT printf('INSERT INTO temp.unit SELECT rowid, \"%w\" FROM"
                                " temp.persons', name) FROM pragma_table_xinfo('persons', 'temp')"
                                " WHERE cid = 0",
                                "")
                 : rc;
        rc = rc == SITO_OK ? sito_db_run(m->db, select, error) : rc;
    }
    sito_free(select);
    sito_free(relative);
    return rc;
}

/* ---- what becomes of each column ---- */

static int plan_columns(SitoMaking *m, char **error) {
    char *field = NULL;
    int rc = sito_db_do(
        m->db, error,
        "INSERT INTO treatment"
        " SELECT ?1, f.key + 1, f.value ->> '$.name', coalesce(f.value ->> '$.type', 'string'),"
        "   f.value ->> '$.disclosure.role' AS role,"
        "   CASE f.value ->> '$.disclosure.role' WHEN 'direct-identifier' THEN 'drop'"
        "     WHEN 'free-text' THEN 'drop' WHEN 'quasi-identifier' THEN 'generalise'"
        "     WHEN 'release-number' THEN iif(f.value ->> '$.type' = 'integer', 'renumber', 'keep')"
        "     ELSE 'keep' END,"
        "   f.value ->> '$.disclosure.hierarchy',"
        "   coalesce(f.value ->> '$.disclosure.hierarchy', CASE f.value ->> '$.type'"
        "     WHEN 'integer' THEN 'interval:5,10,20' WHEN 'date' THEN 'date:month,quarter,year'"
        "     WHEN 'datetime' THEN 'date:month,quarter,year' WHEN 'yearmonth' THEN 'date:quarter,year'"
        "     WHEN 'year' THEN 'date:decade' ELSE 'suppress' END), NULL, NULL"
        "   FROM descriptor, json_each(resource, '$.schema.fields') AS f",
        "i", m->number);
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &field, error,
                            "SELECT field FROM treatment WHERE resource = ?1 AND role IS NULL"
                            " ORDER BY position",
                            "i", m->number)
             : rc;
    if (rc == SITO_OK && field != NULL) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(m->language,
                                 "kolumna „%s” nie ma roli; nadaj role wszystkim kolumnom "
                                 "(disclosure.role), bo od nich zależy, co się z nimi stanie",
                                 "the column \"%s\" has no role; give every column one "
                                 "(disclosure.role): it decides what becomes of it"),
                        field);
    }
    sito_free(field);
    field = NULL;
    rc = rc == SITO_OK
             ? sito_db_text(
                   m->db, &field, error,
                   "SELECT field FROM treatment WHERE resource = ?1 AND NOT EXISTS (SELECT 1"
                   " FROM pragma_table_xinfo('data', 'temp') AS c WHERE c.name = field)"
                   " ORDER BY position",
                   "i", m->number)
             : rc;
    if (rc == SITO_OK && field != NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(m->language,
                                 "w pliku nie ma kolumny „%s”, którą podaje opis zbioru",
                                 "the file lacks the column \"%s\" of the descriptor"),
                        field);
    }
    sito_free(field);
    return rc;
}

/* A hierarchy in a file becomes a table, temp.h_RESOURCE_POSITION. */
static int open_hierarchies(SitoMaking *m, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(m->db, &row, error,
                             "SELECT position, spec FROM treatment WHERE resource = ?1 AND how ="
                             " 'generalise' AND spec <> 'suppress' AND spec NOT GLOB 'interval:*'"
                             " AND spec NOT GLOB 'date:*' AND spec NOT GLOB 'prefix:*'"
                             " AND spec NOT GLOB 'teryt:*' ORDER BY position",
                             "i", m->number);
    while (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        int64_t position = sqlite3_column_int64(row, 0);
        char *path = path_of(m, (const char *)sqlite3_column_text(row, 1));
        char *create =
            path == NULL ? NULL
                         : sito_print("CREATE VIRTUAL TABLE temp.h_%lld_%lld USING csv(filename=%Q,"
                                      " header=auto, on_error=fail)",
                                      (long long)m->number, (long long)position, path);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(m->db, create, error);
        rc = rc == SITO_OK ? sito_db_do(m->db, error,
                                        "UPDATE treatment SET spec = printf('temp.h_%d_%d', ?1, ?2)"
                                        " WHERE resource = ?1 AND position = ?2",
                                        "ii", m->number, position)
                           : rc;
        sito_free(create);
        sito_free(path);
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- all of it ---- */

int sito_make_resource(SitoMaking *m, char **error) {
    int64_t generalised = 0, table = 0;
    int rc = drop_tables(m, error);
    rc = rc == SITO_OK
             ? sito_db_do(m->db, error,
                          "UPDATE descriptor SET resource = json_extract(doc, '$.resources['"
                          " || ?1 || ']')",
                          "i", m->number)
             : rc;
    rc = rc == SITO_OK ? open_data(m, error) : rc;
    rc = rc == SITO_OK ? refuse_damage(m, error) : rc;
    rc = rc == SITO_OK ? open_persons(m, error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(m->db, &table, error,
                                         "SELECT resource -> '$.disclosure.table' IS NOT NULL"
                                         " FROM descriptor",
                                         "")
                       : rc;
    if (rc == SITO_OK && table) {
        rc = sito_make_table(m, error);
        int dropped = drop_tables(m, error);
        return rc == SITO_OK ? dropped : rc;
    }
    rc = rc == SITO_OK ? plan_columns(m, error) : rc;
    rc = rc == SITO_OK ? open_hierarchies(m, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_do(m->db, error,
                          "INSERT INTO resource SELECT ?1, resource ->> '$.name', resource ->>"
                          " '$.path', (SELECT count(*) FROM temp.data), 0, NULL, NULL, NULL, NULL"
                          " FROM descriptor",
                          "i", m->number)
             : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(m->db, &generalised, error,
                               "SELECT count(*) FROM treatment WHERE resource = ?1 AND how ="
                               " 'generalise'",
                               "i", m->number)
             : rc;
    if (rc == SITO_OK && generalised > 0) {
        rc = sito_make_levels(m, error);
        rc = rc == SITO_OK ? sito_make_frontier(m, error) : rc;
    } else if (rc == SITO_OK) {
        rc = sito_db_run(m->db,
                         "CREATE TEMP TABLE kept(row INTEGER PRIMARY KEY);"
                         "INSERT INTO temp.kept SELECT rowid FROM temp.data",
                         error);
    }
    rc = rc == SITO_OK ? sito_make_files(m, error) : rc;
    int dropped = drop_tables(m, error);
    return rc == SITO_OK ? dropped : rc;
}
