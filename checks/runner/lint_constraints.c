/*
** Constraints of a descriptor, tried before any file is read (lint_constraints.h): profile_facts reads
** them as it will in the scan, over no more than one missing value, and says what it cannot take.
*/
#include "lint_constraints.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

static const char fields_sql[] =
    "SELECT substr(f.fullkey, 3), f.value ->> '$.name',"
    "  json_object('fields', json_array(json_object('name', 'x',"
    "    'type', f.value -> '$.type', 'format', f.value ->> '$.format',"
    "    'decimalChar', f.value ->> '$.decimalChar', 'groupChar', f.value ->> '$.groupChar',"
    "    'constraints', f.value -> '$.constraints', 'categories', f.value -> '$.categories')))"
    "  FROM (SELECT r.fullkey || substr(f.fullkey, 2) AS fullkey, f.value AS value"
    "          FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f)"
    "       AS f"
    " WHERE f.value -> '$.constraints' IS NOT NULL OR f.value -> '$.categories' IS NOT NULL";

/* What profile_facts says, in words of the descriptor's reader. */
static const struct {
    const char *sign, *pl, *en;
} reasons[] = {
    {"have bounds",
     "kolumna '%s': %s dotyczy tylko liczb, dat i godzin; podaj ich typ albo usuń granicę",
     "column '%s': %s is for numbers, dates and times; give the column such a type or drop the bound"},
    {"not a value", "kolumna '%s': wartość %s nie ma typu tej kolumny",
     "column '%s': the value of %s is not of the column's type"},
    {"a value that is not", "kolumna '%s': lista %s ma wartość, która nie ma typu tej kolumny",
     "column '%s': the list %s has a value that is not of the column's type"},
    {"not an integer", "kolumna '%s': wartością %s ma być liczba całkowita od 0",
     "column '%s': the value of %s must be an integer from 0"},
    {"regular expression", "kolumna '%s': %s nie jest poprawnym wyrażeniem regularnym",
     "column '%s': %s is no regular expression"},
    {"", "kolumna '%s': nie da się odczytać warunku %s", "column '%s': %s cannot be read"},
};

/* "…: constraints.KEY: …" */
static int tell(SitoProblems *problems, const char *where, const char *name, const char *said) {
    static const char mark[] = "constraints.";
    const char *key = strstr(said, mark);
    size_t size = key != NULL ? strcspn(key, ":") : 0, reason = 0;
    while (reasons[reason].sign[0] != 0 && strstr(said, reasons[reason].sign) == NULL) {
        reason++;
    }
    char *word = key != NULL ? sito_print("%.*s", (int)size, key) : sito_print("constraints");
    int rc =
        word == NULL
            ? SITO_NOMEM
            : sito_problem(problems, where,
                           sito_say(problems->language, reasons[reason].pl, reasons[reason].en),
                           name, word);
    sito_free(word);
    return rc;
}

static int try_field(sqlite3 *db, const char *where, const char *name, const char *config,
                     SitoProblems *problems) {
    char *said = NULL, *facts = NULL;
    int rc = sito_db_text(db, &facts, &said, "SELECT profile_facts(?1, 1, 1, 1, NULL, NULL, NULL)",
                          "t", config);
    sito_free(facts);
    if (rc != SITO_OK && (rc & 0xFF) != SITO_NOMEM && said != NULL) {
        rc = tell(problems, where, name, said);
    }
    sito_free(said);
    return rc;
}

int sito_lint_constraints(sqlite3 *db, const char *text, SitoProblems *problems, char **error) {
    sqlite3_stmt *fields = NULL;
    int rc = sito_db_prepare(db, &fields, error, fields_sql, "t", text);
    while (rc == SITO_OK && sqlite3_step(fields) == SQLITE_ROW) {
        const char *where = (const char *)sqlite3_column_text(fields, 0);
        const char *name = (const char *)sqlite3_column_text(fields, 1);
        const char *config = (const char *)sqlite3_column_text(fields, 2);
        rc = where == NULL || name == NULL || config == NULL
                 ? SITO_NOMEM
                 : try_field(db, where, name, config, problems);
    }
    int closing = sqlite3_finalize(fields);
    return rc != SITO_OK || closing == SQLITE_OK ? rc : sito_db_error(db, closing, error);
}
