/*
** A CSV file that people filled in (sheet.h). The csv table finds out encoding and delimiter.
*/
#include "common/sheet.h"

#include <sqlite3.h>

#include "common/db.h"
#include "common/file.h"
#include "common/trouble.h"

/* ", trim("heading") AS name", or NULL AS name where the file has no such heading. */
static int add_column(sqlite3 *db, const SitoSheetColumn *column, SitoLanguage language,
                      const char *path, SitoBuffer *sql, char **error) {
    char *heading = NULL;
    int rc = sito_db_text(db, &heading, error,
                          "SELECT name FROM pragma_table_xinfo('typed', 'temp')"
                          " WHERE hidden = 0 AND lower(trim(name)) IN (lower(?1), lower(?2))",
                          "tt", column->pl, column->en);
    if (rc == SITO_OK && heading == NULL && column->required) {
        rc = sito_error(
            error, SITO_MISUSE,
            sito_say(language, "plik %s nie ma kolumny „%s”", "the file %s has no column \"%s\""),
            path, sito_say(language, column->pl, column->en));
    }
    if (rc == SITO_OK) {
        rc = heading == NULL ? sito_buffer_print(sql, ", NULL AS \"%w\"", column->name)
                             : sito_buffer_print(sql, ", nullif(trim(\"%w\"), '') AS \"%w\"",
                                                 heading, column->name);
    }
    sito_free(heading);
    return rc;
}

static int open_table(sqlite3 *db, const char *path, char **error) {
    char *create = NULL;
    int rc = sito_db_text(db, &create, error,
                          "SELECT printf('CREATE VIRTUAL TABLE temp.typed USING csv(filename=%Q,"
                          " header=''yes'')', ?1)",
                          "t", path);
    if (rc == SITO_OK) {
        rc = sito_db_run(db, create, error);
    }
    sito_free(create);
    return rc;
}

int sito_sheet_open(sqlite3 **db, const char *path, const SitoSheetColumn *columns, size_t count,
                    SitoLanguage language, char **error) {
    SitoBuffer sql = {0};
    int64_t size = 0;
    int rc = sito_db_open(db, error);
    if (rc == SITO_OK) {
        rc = sito_file_size(path, language, &size, error);
    }
    if (rc == SITO_OK) {
        rc = open_table(*db, path, error);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_print(&sql, "CREATE TABLE sheet AS SELECT _line AS line");
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = add_column(*db, &columns[i], language, path, &sql, error);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&sql, " FROM temp.typed", sizeof " FROM temp.typed");
    }
    if (rc == SITO_OK) {
        rc = sito_db_run(*db, sql.data, error);
    }
    sito_buffer_free(&sql);
    return rc != SITO_OK && sito_trouble_translate(language, error) != SITO_OK ? SITO_NOMEM : rc;
}
