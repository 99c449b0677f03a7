/*
** Code lists of a package (codelist.h).
*/
#include "codelist.h"

#include <sqlite3.h>

#include "common/db.h"
#include "common/file.h"

static int find_column(sqlite3 *db, SitoCodelist *list, SitoLanguage language, char **error) {
    int64_t found = 0;
    int rc = SITO_OK;
    if (list->column == NULL) {
        rc = sito_db_text(db, &list->column, error,
                          "SELECT name FROM pragma_table_xinfo('codelist', 'temp') WHERE cid = 0",
                          "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(db, &found, error,
                             "SELECT count(*) FROM pragma_table_xinfo('codelist', 'temp')"
                             " WHERE hidden = 0 AND name = ?",
                             "t", list->column);
    }
    if (rc == SITO_OK && !found) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(language, "lista kodów %s nie ma kolumny '%s'",
                                 "the code list %s has no column '%s'"),
                        list->path, list->column);
    }
    return rc;
}

int sito_codelist_open(sqlite3 *db, const char *folder, const char *reference, SitoCodelist *list,
                       SitoLanguage language, char **error) {
    static const char path_of[] = "SELECT substr(?1, 1, instr(?1 || '#', '#') - 1)";
    static const char column_of[] =
        "SELECT substr(?1, instr(?1, '#') + 1) WHERE instr(?1, '#') > 0";
    int64_t size;
    *list = (SitoCodelist){0};
    int rc = sito_db_text(db, &list->path, error, path_of, "t", reference);
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &list->column, error, column_of, "t", reference);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    char *full = sito_path_join(folder, list->path), *sql = NULL;
    rc = full == NULL ? SITO_NOMEM : sito_file_size(full, language, &size, error);
    if (rc == SITO_OK) {
        sql = sito_print("CREATE VIRTUAL TABLE temp.codelist USING csv(filename=%Q, header='yes',"
                         " sha256='compute')",
                         full);
        rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
    }
    sito_free(sql);
    sito_free(full);
    return rc == SITO_OK ? find_column(db, list, language, error) : rc;
}

int sito_codelist_record(sqlite3 *db, const SitoCodelist *list, SitoInputs *inputs, char **error) {
    char *sha256 = NULL;
    int rc = sito_db_text(db, &sha256, error, "SELECT csv_sha256('temp.codelist')", "");
    if (rc == SITO_OK) {
        rc = sito_inputs_add(inputs, "codelist", list->path, sha256);
    }
    sito_free(sha256);
    return rc;
}

void sito_codelist_close(sqlite3 *db, SitoCodelist *list) {
    sqlite3_exec(db, "DROP TABLE IF EXISTS temp.codelist", NULL, NULL, NULL);
    sito_free(list->path);
    sito_free(list->column);
    *list = (SitoCodelist){0};
}

/* ---- consistency.codes ---- */

static int keep_codes(sqlite3 *db, const SitoCodelist *list, const char *field, char **error) {
    char *sql = sito_print("UPDATE temp.asked SET codes = (SELECT json_group_array(code) FROM"
                           "  (SELECT DISTINCT \"%w\" AS code FROM temp.codelist"
                           "    WHERE \"%w\" <> ''))"
                           " WHERE position = (SELECT position FROM field WHERE name = %Q)",
                           list->column, list->column, field);
    int rc = sql == NULL ? SITO_NOMEM : sito_db_run(db, sql, error);
    sito_free(sql);
    return rc;
}

static int load_one(sqlite3 *db, const char *folder, const char *field, const char *reference,
                    SitoLanguage language, SitoInputs *inputs, char **error) {
    SitoCodelist list;
    int rc = sito_codelist_open(db, folder, reference, &list, language, error);
    if (rc == SITO_OK) {
        rc = keep_codes(db, &list, field, error);
    }
    if (rc == SITO_OK) {
        rc = sito_codelist_record(db, &list, inputs, error);
    }
    sito_codelist_close(db, &list);
    return rc;
}

int sito_codelists_load(sqlite3 *db, const char *folder, SitoLanguage language, SitoInputs *inputs,
                        char **error) {
    int64_t count = 0;
    int rc = sito_db_integer(db, &count, error,
                             "SELECT json_array_length(resource, '$.consistency.codes')"
                             " FROM temp.descriptor",
                             "");
    for (int64_t i = 0; i < count && rc == SITO_OK; i++) {
        char *field = NULL, *reference = NULL;
        rc = sito_db_text(db, &field, error,
                          "SELECT json_extract(resource, '$.consistency.codes[' || ?1 || '].field')"
                          " FROM temp.descriptor",
                          "i", i);
        if (rc == SITO_OK) {
            rc = sito_db_text(
                db, &reference, error,
                "SELECT json_extract(resource, '$.consistency.codes[' || ?1 || '].codelist')"
                " FROM temp.descriptor",
                "i", i);
        }
        if (rc == SITO_OK && reference != NULL) {
            rc = load_one(db, folder, field, reference, language, inputs, error);
        }
        sito_free(field);
        sito_free(reference);
    }
    return rc;
}
