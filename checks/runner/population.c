/*
** Reads a table of inhabitants (population.h).
*/
#include "runner/population.h"

#include <sqlite3.h>

#include "common/db.h"
#include "common/file.h"

static int open_table(sqlite3 *db, const char *folder, const char *path, SitoLanguage language,
                      SitoInputs *inputs, char **error) {
    int64_t size;
    char sha256[SITO_SHA256_HEX];
    char *full = sito_path_join(folder, path);
    int rc = full == NULL ? SITO_NOMEM : sito_file_hash(full, language, sha256, &size, error);
    rc = rc == SITO_OK ? sito_inputs_add(inputs, "population", path, sha256) : rc;
    if (rc == SITO_OK) {
        char *create = sito_print("CREATE VIRTUAL TABLE temp.population USING csv(filename=%Q,"
                                  " header='yes', sha256=%Q)",
                                  full, sha256);
        rc = create == NULL ? SITO_NOMEM : sito_db_run(db, create, error);
        sito_free(create);
    }
    sito_free(full);
    return rc;
}

/* The columns that the descriptor names must be there. */
static int check_columns(sqlite3 *db, const char *path, SitoLanguage language, char **error) {
    char *missing = NULL;
    int rc = sito_db_text(
        db, &missing, error,
        "SELECT w.value FROM temp.descriptor, json_each(json_array(resource ->>"
        "   '$.disclosure.population.key', resource ->> '$.disclosure.population.inhabitants')) AS w"
        " WHERE w.value NOT IN (SELECT name FROM pragma_table_info('population', 'temp')) LIMIT 1",
        "");
    if (rc == SITO_OK && missing != NULL) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(language, "plik mieszkańców %s nie ma kolumny %s",
                                 "the table of inhabitants %s has no column %s"),
                        path, missing);
    }
    sito_free(missing);
    return rc;
}

static const char count_areas[] =
    "SELECT printf('WITH value AS (SELECT trim(\"%w\") AS v, count(*) AS n FROM temp.data'"
    "  || ' WHERE trim(\"%w\") <> '''' GROUP BY 1),'"
    "  || ' known AS (SELECT trim(\"%w\") AS v, min(pl_number(\"%w\")) AS people FROM temp.population GROUP BY 1)'"
    "  || ' INSERT INTO area SELECT %Q, CAST(known.people AS INTEGER), sum(n), count(*)'"
    "  || ' FROM value LEFT JOIN known USING (v) GROUP BY known.people', m.heading, m.heading,"
    "  resource ->> '$.disclosure.population.key', resource ->> '$.disclosure.population.inhabitants', m.name)"
    "  FROM temp.descriptor JOIN temp.matched AS m ON m.name = resource ->> '$.disclosure.population.field'"
    " WHERE m.heading IS NOT NULL";

int sito_population_fill(sqlite3 *db, const char *folder, SitoLanguage language, SitoInputs *inputs,
                         char **error) {
    char *path = NULL, *sql = NULL;
    int rc =
        sito_db_text(db, &path, error,
                     "SELECT resource ->> '$.disclosure.population.path' FROM temp.descriptor", "");
    if (rc != SITO_OK || path == NULL) {
        return rc;
    }
    rc = open_table(db, folder, path, language, inputs, error);
    rc = rc == SITO_OK ? check_columns(db, path, language, error) : rc;
    rc = rc == SITO_OK ? sito_db_text(db, &sql, error, count_areas, "") : rc;
    rc = rc == SITO_OK && sql != NULL ? sito_db_run(db, sql, error) : rc;
    sito_free(sql);
    sito_free(path);
    return rc;
}
