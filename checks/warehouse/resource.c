/*
** What a resource declares of the file that it is exported to (DESIGN: Data Package v2, Table Schema).
**
** R1  Delimiter (default a comma), quoteChar, header and lineTerminator (default CR LF, RFC 4180) are those of
**     its dialect; the encoding is UTF-8 without a mark. What an export cannot write is refused, not passed over.
** R2  Signs of missing values are those of the field, else of the schema, else the empty text.
*/
#include <stdlib.h>
#include <string.h>

#include "warehouse/private.h"

static int refuse(SitoLanguage language, const Resource *r, const char *pl, const char *en,
                  const char *what, char **error) {
    char *sentence = sito_print(sito_say(language, pl, en), what);
    int rc = sentence == NULL
                 ? SITO_NOMEM
                 : sito_error(error, SITO_MISUSE,
                              sito_say(language, "zasób „%s”: %s", "resource \"%s\": %s"), r->name,
                              sentence);
    sito_free(sentence);
    return rc;
}

static char *copy(sqlite3_stmt *row, int column, int *rc) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    char *result = text == NULL ? NULL : sito_print("%s", text);
    *rc = text != NULL && result == NULL ? SITO_NOMEM : *rc;
    return result;
}

/* ---- the file ---- */

static const char file_row[] =
    "SELECT r ->> '$.name', r ->> '$.path', r ->> '$.warehouse.query',"
    "       coalesce(r ->> '$.dialect.delimiter', ','), coalesce(r ->> '$.dialect.quoteChar', '\"'),"
    "       coalesce(r ->> '$.dialect.lineTerminator', char(13, 10)), coalesce(r ->> '$.dialect.header', 1),"
    "       CASE WHEN json_type(r, '$.path') = 'array' THEN 'path'"
    "            WHEN json_type(r, '$.dialect.escapeChar') IS NOT NULL THEN 'escapeChar'"
    "            WHEN json_type(r, '$.dialect.doubleQuote') = 'false' THEN 'doubleQuote'"
    "            WHEN json_type(r, '$.dialect.headerRows') IS NOT NULL THEN 'headerRows'"
    "            WHEN json_type(r, '$.compression') IS NOT NULL THEN 'compression'"
    "            WHEN r ->> '$.path' LIKE '%.gz' THEN 'path (.gz)'"
    "            WHEN lower(coalesce(r ->> '$.encoding', 'utf-8')) NOT IN ('utf-8', 'utf8') THEN 'encoding' END,"
    "       coalesce(json_array_length(r, '$.schema.fields'), 0)"
    "  FROM (SELECT json_extract(?1, printf('$.resources[%d]', ?2)) AS r)";

static int read_file(sqlite3_stmt *row, Resource *r, SitoLanguage language, char **error) {
    int rc = SITO_OK;
    r->name = copy(row, 0, &rc);
    r->path = copy(row, 1, &rc);
    r->query = copy(row, 2, &rc);
    if (rc != SITO_OK || r->query == NULL) {
        return rc;
    }
    char *delimiter = copy(row, 3, &rc), *quote = copy(row, 4, &rc), *unable = copy(row, 7, &rc);
    r->dialect.line_end = copy(row, 5, &rc);
    if (rc == SITO_OK && unable != NULL) {
        rc = refuse(language, r, "eksport nie zna tego w opisie: %s",
                    "an export does not know this: %s", unable, error);
    } else if (rc == SITO_OK &&
               (strlen(delimiter) != 1 || strlen(quote) != 1 || *delimiter == *quote ||
                strchr("\r\n", *delimiter) != NULL || strchr("\r\n", *quote) != NULL)) {
        rc = refuse(language, r, "%s: delimiter i quoteChar mają po jednym, różnym znaku ASCII",
                    "%s: delimiter and quoteChar are one ASCII character each, not the same",
                    "dialect", error);
    } else if (rc == SITO_OK && strcmp(r->dialect.line_end, "\n") != 0 &&
               strcmp(r->dialect.line_end, "\r\n") != 0) {
        rc = refuse(language, r, "%s to \\n albo \\r\\n", "%s is \\n or \\r\\n", "lineTerminator",
                    error);
    } else if (rc == SITO_OK && sqlite3_column_int64(row, 8) == 0) {
        rc = refuse(language, r, "brak pól (%s); bez nich nie wiadomo, jak zapisać wartości",
                    "there are no fields (%s); without them nobody knows how values are written",
                    "schema.fields", error);
    }
    if (rc == SITO_OK) {
        r->dialect.delimiter = *delimiter;
        r->dialect.quote = *quote;
        r->dialect.header = sqlite3_column_int(row, 6) != 0;
    }
    sito_free(delimiter);
    sito_free(quote);
    sito_free(unable);
    return rc;
}

/* ---- its fields ---- */

static const char field_rows[] =
    "SELECT f.value ->> '$.name', coalesce(f.value ->> '$.type', 'string'),"
    "       coalesce(f.value ->> '$.format', 'default'), coalesce(f.value ->> '$.decimalChar', '.'),"
    "       coalesce(f.value ->> '$.trueValues[0]', 'true'), coalesce(f.value ->> '$.falseValues[0]', 'false'),"
    "       coalesce(f.value -> '$.missingValues',"
    "                json_extract(?1, printf('$.resources[%d].schema.missingValues', ?2)), '[\"\"]')"
    "  FROM json_each(?1, printf('$.resources[%d].schema.fields', ?2)) AS f ORDER BY f.key";

static CellType type_of(const char *word) {
    static const char *const words[] = {[CELL_ANY] = "any",         [CELL_STRING] = "string",
                                        [CELL_INTEGER] = "integer", [CELL_NUMBER] = "number",
                                        [CELL_BOOLEAN] = "boolean", [CELL_DATE] = "date",
                                        [CELL_TIME] = "time",       [CELL_DATETIME] = "datetime",
                                        [CELL_YEAR] = "year",       [CELL_YEARMONTH] = "yearmonth"};
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (strcmp(words[i], word) == 0) {
            return (CellType)i;
        }
    }
    return CELL_ANY; /* duration, object, list …: text as it stands */
}

static int read_signs(sqlite3 *db, const char *json, Field *field, char **error) {
    sqlite3_stmt *rows = NULL;
    int rc =
        sito_db_prepare(db, &rows, error,
                        "SELECT iif(type = 'object', value ->> '$.value', value) FROM json_each(?1)"
                        " ORDER BY key",
                        "t", json);
    while (rc == SITO_OK && field->signs_count < MOST_SIGNS && sqlite3_step(rows) == SQLITE_ROW) {
        char *sign = copy(rows, 0, &rc);
        if (sign != NULL) {
            field->signs[field->signs_count++] = sign;
        }
    }
    sqlite3_finalize(rows);
    return rc;
}

static int read_field(sqlite3 *db, sqlite3_stmt *row, const Resource *r, Field *field,
                      SitoLanguage language, char **error) {
    int rc = SITO_OK;
    char *type = copy(row, 1, &rc), *format = copy(row, 2, &rc), *decimal = copy(row, 3, &rc);
    field->name = copy(row, 0, &rc);
    field->yes = copy(row, 4, &rc);
    field->no = copy(row, 5, &rc);
    if (rc == SITO_OK) {
        field->type = type_of(type);
        field->decimal = decimal[0];
        bool moment = field->type >= CELL_DATE && field->type <= CELL_YEARMONTH;
        if (moment && strcmp(format, "default") != 0 && strcmp(format, "any") != 0 &&
            strcmp(format, "%Y-%m-%d") != 0) {
            rc = refuse(
                language, r,
                "pole „%s”: eksport zapisuje daty jako RRRR-MM-DD (ISO 8601); usuń format",
                "field \"%s\": an export writes dates as YYYY-MM-DD (ISO 8601); remove the format",
                field->name, error);
        } else if (strlen(decimal) != 1) {
            rc = refuse(language, r, "pole „%s”: decimalChar to jeden znak ASCII",
                        "field \"%s\": decimalChar is one ASCII character", field->name, error);
        }
    }
    rc = rc == SITO_OK ? read_signs(db, (const char *)sqlite3_column_text(row, 6), field, error)
                       : rc;
    sito_free(type);
    sito_free(format);
    sito_free(decimal);
    return rc;
}

static int read_fields(sqlite3 *db, const char *descriptor, int64_t index, Resource *r, int count,
                       SitoLanguage language, char **error) {
    sqlite3_stmt *rows = NULL;
    r->fields = sito_malloc((size_t)count * sizeof *r->fields);
    int rc = r->fields == NULL
                 ? SITO_NOMEM
                 : sito_db_prepare(db, &rows, error, field_rows, "ti", descriptor, index);
    while (rc == SITO_OK && r->fields_count < count && sqlite3_step(rows) == SQLITE_ROW) {
        Field *field = &r->fields[r->fields_count++];
        *field = (Field){0};
        rc = read_field(db, rows, r, field, language, error);
    }
    sqlite3_finalize(rows);
    return rc;
}

/* ---- both ---- */

int sito_resource_read(sqlite3 *db, const char *descriptor, int64_t index, Resource *r,
                       SitoLanguage language, char **error) {
    sqlite3_stmt *row = NULL;
    int fields = 0, rc = sito_db_prepare(db, &row, error, file_row, "ti", descriptor, index);
    *r = (Resource){0};
    if (rc == SITO_OK) {
        rc = sqlite3_step(row) == SQLITE_ROW ? read_file(row, r, language, error)
                                             : sito_db_error(db, sqlite3_errcode(db), error);
        fields = sqlite3_column_int(row, 8);
    }
    sqlite3_finalize(row);
    return rc == SITO_OK && r->query != NULL
               ? read_fields(db, descriptor, index, r, fields, language, error)
               : rc;
}

void sito_resource_free(Resource *r) {
    for (int i = 0; i < r->fields_count; i++) {
        Field *field = &r->fields[i];
        for (size_t n = 0; n < field->signs_count; n++) {
            sito_free(field->signs[n]);
        }
        sito_free(field->name);
        sito_free(field->yes);
        sito_free(field->no);
    }
    sito_free(r->fields);
    sito_free(r->name);
    sito_free(r->path);
    sito_free(r->query);
    sito_free(r->dialect.line_end);
    *r = (Resource){0};
}
