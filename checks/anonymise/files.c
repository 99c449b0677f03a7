/*
** The new files of one resource (private.h): the rows that stay as CSV, the persons beside them, the lists
** that are still named, and the resource's part of the new descriptor.
**
** R1  A cell is quoted where it has to be; nothing is trimmed or guarded, since programs read it. Lists for
**     spreadsheets are written by common/listing.c.
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/db.h"
#include "common/file.h"

static const char make_output[] =
    "SELECT 'SELECT ' || group_concat(CASE WHEN how = 'renumber' THEN 'row_number() OVER (ORDER BY"
    "   d.rowid)' WHEN how = 'generalise' AND level > 0 THEN printf('anon_level(d.\"%w\", %Q, %d, %Q)',"
    "   field, spec, level, ?2) ELSE printf('d.\"%w\"', field) END || printf(' AS \"%w\"', field), ', ')"
    " || ' FROM temp.data AS d JOIN temp.kept AS k ON k.row = d.rowid ORDER BY d.rowid'"
    " FROM (SELECT * FROM treatment WHERE resource = ?1 AND how <> 'drop' ORDER BY position)";

static int put_cell(SitoBuffer *out, const char *text, size_t size, char delimiter) {
    bool quote = size > 0 && (text[0] == ' ' || text[size - 1] == ' ');
    for (size_t i = 0; i < size && !quote; i++) {
        quote = text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r';
    }
    int rc = quote ? sito_buffer_add(out, "\"", 1) : SITO_OK;
    for (size_t i = 0; i < size && quote && rc == SITO_OK; i++) {
        rc = sito_buffer_add(out, text[i] == '"' ? "\"\"" : text + i, text[i] == '"' ? 2 : 1);
    }
    return rc != SITO_OK ? rc
           : quote       ? sito_buffer_add(out, "\"", 1)
                         : sito_buffer_add(out, text, size);
}

/* The rows of a SELECT as CSV, with a heading. */
static int put_rows(SitoMaking *m, const char *select, char delimiter, SitoBuffer *out,
                    char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(m->db, &row, error, select, "");
    int columns = rc == SITO_OK ? sqlite3_column_count(row) : 0, step = SQLITE_ROW;
    for (int c = 0; c < columns && rc == SITO_OK; c++) {
        const char *name = sqlite3_column_name(row, c);
        rc = name == NULL ? SITO_NOMEM : put_cell(out, name, strlen(name), delimiter);
        rc = rc == SITO_OK ? sito_buffer_add(out, c + 1 < columns ? &delimiter : "\n", 1) : rc;
    }
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        for (int c = 0; c < columns && rc == SITO_OK; c++) {
            const char *text = (const char *)sqlite3_column_text(row, c);
            rc = put_cell(out, text != NULL ? text : "", (size_t)sqlite3_column_bytes(row, c),
                          delimiter);
            rc = rc == SITO_OK ? sito_buffer_add(out, c + 1 < columns ? &delimiter : "\n", 1) : rc;
        }
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(m->db, step, error);
    }
    sqlite3_finalize(row);
    return rc;
}

int sito_make_stage_rows(SitoMaking *m, const char *path, const char *select, char delimiter,
                         char **error) {
    SitoBuffer out = {0};
    char sha256[SITO_SHA256_HEX];
    int rc = put_rows(m, select, delimiter, &out, error);
    rc = rc == SITO_OK
             ? sito_stage_write(m->stage, path, (SitoText){out.data, out.size}, sha256, error)
             : rc;
    if (rc == SITO_TOOBIG && (error == NULL || *error == NULL)) {
        rc = sito_error(error, rc, "%s",
                        sito_say(m->language, "nowy plik byłby większy niż 1 GiB; podziel dane",
                                 "the new file would be larger than 1 GiB; split the data"));
    }
    sito_buffer_free(&out);
    return rc;
}

static int write_files(SitoMaking *m, char **error) {
    char *select = NULL, *path = NULL, *delimiter = NULL, *companion = NULL, *persons = NULL;
    int rc = sito_db_text(m->db, &select, error, make_output, "it", m->number,
                          sito_say(m->language, "pl", "en"));
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &path, error, "SELECT resource ->> '$.path' FROM descriptor", "")
             : rc;
    rc = rc == SITO_OK
             ? sito_db_text(
                   m->db, &delimiter, error,
                   "SELECT coalesce(resource ->> '$.dialect.delimiter', ';') FROM descriptor", "")
             : rc;
    rc = rc == SITO_OK ? sito_make_stage_rows(m, path, select, delimiter[0], error) : rc;
    rc = rc == SITO_OK
             ? sito_db_text(m->db, &companion, error,
                            "SELECT resource ->> '$.disclosure.unit.companion' FROM descriptor"
                            " WHERE json_type(resource, '$.disclosure.unit') = 'object'",
                            "")
             : rc;
    if (rc == SITO_OK && companion != NULL) {
        rc = sito_db_text(
            m->db, &persons, error,
            "SELECT printf('SELECT u.code AS \"%w\" FROM temp.unit AS u JOIN temp.kept AS"
            " k ON k.row = u.number ORDER BY u.number', name) FROM"
            " pragma_table_xinfo('persons', 'temp') WHERE cid = 0",
            "");
        rc = rc == SITO_OK ? sito_make_stage_rows(m, companion, persons, ';', error) : rc;
    }
    sito_free(select);
    sito_free(path);
    sito_free(delimiter);
    sito_free(companion);
    sito_free(persons);
    return rc;
}

/* The resource in the new descriptor: columns that are there, of the type that they have now; what speaks
** of a column that is gone or was generalised goes, too. */
static int change_descriptor(SitoMaking *m, char **error) {
    return sito_db_do(
        m->db, error,
        "WITH changed AS (SELECT field FROM treatment WHERE resource = ?1 AND (how = 'drop' OR (how ="
        "   'generalise' AND level > 0))),"
        " fields AS (SELECT json_group_array(json(f)) AS list FROM (SELECT CASE WHEN how = 'generalise' AND"
        "   level > 0 THEN json_remove(json_set(v.value, '$.type', 'string'), '$.format', '$.decimalChar',"
        "   '$.groupChar', '$.bareNumber', '$.disclosure.hierarchy', '$.constraints.minimum',"
        "   '$.constraints.maximum', '$.constraints.exclusiveMinimum', '$.constraints.exclusiveMaximum',"
        "   '$.constraints.pattern', '$.constraints.enum', '$.constraints.minLength',"
        "   '$.constraints.maxLength', '$.constraints.unique', '$.categories') ELSE v.value END AS f"
        "   FROM descriptor AS d, json_each(d.resource, '$.schema.fields') AS v JOIN treatment AS t ON"
        "   t.resource = ?1 AND t.position = v.key + 1 WHERE t.how <> 'drop' ORDER BY v.key)),"
        " new AS (SELECT json_remove(json_set(resource, '$.encoding', 'utf-8', '$.dialect',"
        "   json_object('delimiter', coalesce(resource ->> '$.dialect.delimiter', ';')),"
        "   '$.schema.fields', json((SELECT list FROM fields))), '$.bytes', '$.hash',"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.primaryKey') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.primaryKey', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.uniqueKeys') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.uniqueKeys', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.schema.foreignKeys') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.schema.foreignKeys', '$.bytes'),"
        "   iif(resource ->> '$.coverage.temporal.field' IN (SELECT field FROM changed),"
        "     '$.coverage.temporal', '$.bytes'),"
        "   iif(resource ->> '$.coverage.spatial.field' IN (SELECT field FROM changed),"
        "     '$.coverage.spatial', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.consistency') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.consistency', '$.bytes'),"
        "   iif(EXISTS (SELECT 1 FROM json_tree(resource, '$.quality') AS p WHERE p.atom IN"
        "     (SELECT field FROM changed)), '$.quality', '$.bytes')) AS r FROM descriptor)"
        " UPDATE descriptor SET doc = json_set(doc, '$.resources[' || ?1 || ']', json((SELECT r FROM"
        "   new)))",
        "i", m->number);
}

int sito_make_copy(SitoMaking *m, const char *relative, char **error) {
    char *path = relative != NULL ? sito_path_join(m->before->package.folder, relative) : NULL;
    SitoBuffer content = {0};
    char sha256[SITO_SHA256_HEX];
    int rc = path == NULL ? SITO_NOMEM : sito_file_read(path, m->language, &content, sha256, error);
    rc = rc == SITO_OK ? sito_stage_write(m->stage, relative,
                                          (SitoText){content.data, content.size}, sha256, error)
                       : rc;
    sito_buffer_free(&content);
    sito_free(path);
    return rc;
}

/* Files that the new descriptor still names: hierarchies of columns that stayed as they were. */
static int copy_lists(SitoMaking *m, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(
        m->db, &row, error,
        "SELECT DISTINCT p FROM (SELECT hierarchy AS p FROM treatment WHERE resource = ?1 AND how ="
        "   'generalise' AND level = 0 AND spec GLOB 'temp.h_*' UNION ALL SELECT"
        "   iif(instr(c, '#'), substr(c, 1, instr(c, '#') - 1), c) FROM (SELECT doc ->>"
        "   ('$.resources[' || ?1 || '].coverage.spatial.codelist') AS c FROM descriptor))"
        " WHERE p IS NOT NULL",
        "i", m->number);
    while (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        rc = sito_make_copy(m, (const char *)sqlite3_column_text(row, 0), error);
    }
    sqlite3_finalize(row);
    return rc;
}

int sito_make_files(SitoMaking *m, char **error) {
    int rc = write_files(m, error);
    rc = rc == SITO_OK ? change_descriptor(m, error) : rc;
    return rc == SITO_OK ? copy_lists(m, error) : rc;
}
