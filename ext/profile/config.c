/*
** Reads the configuration of profile_facts: the fields as a Table Schema has them, flattened.
**
**   {"fields": [{"name", "type", "format", "required", "unique", "decimalChar", "groupChar",
**                "bareNumber", "trueValues", "falseValues", "delimiter", "itemType", "missingValues", and what constraint_config.c reads}, …],
**    "missingValues": ["", …], "defects": true, "witnesses": 20, "cells": true}
**
** R1  SQLite's JSON functions read it, once for each scan; there is no other parser.
** R2  A type that Table Schema does not have is an error; a format that is not checked (a date's with
**     %B, one that the type does not have) lets every value fit and is listed as unchecked.
** R3  missingValues, of a field before those of all, defaults to [""], witnesses to 20, defects and cells to false.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "facts.h"

enum { MOST_FIELDS = 2000, MOST_TEXTS = 1000, MOST_WITNESSES = 10000, DEFAULT_WITNESSES = 20 };

enum {
    NAME,
    TYPE,
    FORMAT,
    REQUIRED,
    UNIQUE,
    DECIMAL,
    GROUP,
    TRUES,
    FALSES,
    WHOLE,
    BARE,
    DELIMITER,
    ITEM,
    MISSING
};

static const char fields_sql[] =
    "SELECT json_extract(value, '$.name'), json_extract(value, '$.type'),"
    " json_extract(value, '$.format'), json_extract(value, '$.required'),"
    " json_extract(value, '$.unique'), json_extract(value, '$.decimalChar'),"
    " json_extract(value, '$.groupChar'), json_extract(value, '$.trueValues'),"
    " json_extract(value, '$.falseValues'), value, coalesce(json_extract(value, '$.bareNumber'), 1),"
    " json_extract(value, '$.delimiter'), json_extract(value, '$.itemType'),"
    " json_extract(value, '$.missingValues') FROM json_each(?1, '$.fields')";
static const char texts_sql[] =
    "SELECT CASE type WHEN 'object' THEN json_extract(value, '$.value') ELSE atom END"
    " FROM json_each(?1)";
static const char rest_sql[] =
    "SELECT json_extract(?1, '$.missingValues'), coalesce(json_extract(?1, '$.defects'), 0),"
    " coalesce(json_extract(?1, '$.witnesses'), -1), coalesce(json_extract(?1, '$.cells'), 0)";

static int prepare(sqlite3 *db, const char *sql, SitoText text, sqlite3_stmt **statement,
                   char **error) {
    int rc = sqlite3_prepare_v2(db, sql, -1, statement, NULL);
    if (rc == SQLITE_OK) {
        rc =
            sqlite3_bind_text64(*statement, 1, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return rc == SQLITE_OK ? rc : sito_error(error, rc, "profile_facts: %s", sqlite3_errmsg(db));
}

/* A copy of a column of the statement; data NULL where it is NULL. */
static int copy_text(sqlite3_stmt *statement, int column, SitoText *text) {
    *text = (SitoText){0};
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) {
        return SITO_OK;
    }
    const char *bytes = (const char *)sqlite3_column_text(statement, column);
    size_t size = (size_t)sqlite3_column_bytes(statement, column);
    char *copy = bytes == NULL ? NULL : sito_malloc(size + 1);
    if (copy == NULL) {
        return SITO_NOMEM;
    }
    memcpy(copy, bytes, size + 1);
    *text = (SitoText){copy, size};
    return SITO_OK;
}

/* The strings of a JSON array. */
static int read_texts(sqlite3 *db, SitoText array, SitoTexts *texts, char **error) {
    sqlite3_stmt *statement = NULL;
    size_t capacity = 0;
    int rc = prepare(db, texts_sql, array, &statement, error);
    while (rc == SQLITE_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
        void *items = texts->items;
        rc = sito_grow(&items, &capacity, texts->count + 1, sizeof *texts->items, MOST_TEXTS);
        texts->items = items;
        if (rc == SITO_OK && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
            rc = copy_text(statement, 0, &texts->items[texts->count]);
            texts->count += rc == SITO_OK;
        }
    }
    sqlite3_finalize(statement);
    return rc == SQLITE_DONE ? SITO_OK
                             : sito_error(error, rc, "profile_facts: %s", sqlite3_errmsg(db));
}

static int read_texts_of(sqlite3 *db, sqlite3_stmt *field, int column, SitoTexts *texts,
                         char **error) {
    SitoText array;
    int rc = copy_text(field, column, &array);
    if (rc == SITO_OK && array.data != NULL) {
        rc = read_texts(db, array, texts, error);
    }
    sito_free((char *)array.data);
    return rc;
}

/* The name of the type and its format (R2). */
static int read_type(SitoColumn *column, char **error) {
    SitoFieldType *type = &column->type;
    if (column->type_name.data == NULL) {
        return SITO_OK;
    }
    if (!sito_type_find(column->type_name, &type->name)) {
        return sito_error(
            error, SITO_ERROR,
            "profile_facts: column %.*s has the unknown type %.*s; types are string, "
            "integer, number, boolean, date, datetime, time, year, yearmonth, duration, geopoint, "
            "geojson, object, array, list, any",
            (int)column->name.size, column->name.data, (int)column->type_name.size,
            column->type_name.data);
    }
    bool named = sito_text_equal(type->pattern, SITO_LITERAL("default")) ||
                 sito_text_equal(type->pattern, SITO_LITERAL("any"));
    bool patterned =
        sito_type_order(type->name) == ORDER_MOMENT && type->pattern.size > 0 && !named;
    if (sito_text_equal(type->pattern, SITO_LITERAL("default"))) {
        type->pattern.size = 0;
    }
    bool known = sito_type_order(type->name) == ORDER_MOMENT ||
                 sito_type_format(type->name, type->pattern, &type->format);
    if (!known || (patterned && !sito_moment_pattern_ok(type->pattern))) {
        type->name = TYPE_OTHER;
        column->unchecked = true;
    }
    return SITO_OK;
}

/* The type of a list's items; a list of others is not checked. */
static int read_item(SitoColumn *column, sqlite3_stmt *field) {
    static const SitoTypeName known[] = {TYPE_STRING, TYPE_INTEGER,  TYPE_NUMBER, TYPE_BOOLEAN,
                                         TYPE_DATE,   TYPE_DATETIME, TYPE_TIME};
    SitoText name;
    int rc = copy_text(field, ITEM, &name);
    if (rc != SITO_OK || name.data == NULL || column->type.name != TYPE_LIST) {
        sito_free((char *)name.data);
        return rc;
    }
    bool found = sito_type_find(name, &column->type.item), takes = false;
    for (size_t i = 0; found && i < SITO_COUNT(known); i++) {
        takes = takes || known[i] == column->type.item;
    }
    if (!takes) {
        column->type.name = TYPE_OTHER;
        column->unchecked = true;
    }
    sito_free((char *)name.data);
    return SITO_OK;
}

static int read_field(sqlite3 *db, sqlite3_stmt *field, SitoColumn *column, char **error) {
    struct {
        int from;
        SitoText *to;
    } texts[] = {{NAME, &column->name},
                 {TYPE, &column->type_name},
                 {FORMAT, &column->type.pattern},
                 {DECIMAL, &column->type.number.decimal},
                 {GROUP, &column->type.number.group},
                 {DELIMITER, &column->type.delimiter}};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(texts) && rc == SITO_OK; i++) {
        rc = copy_text(field, texts[i].from, texts[i].to);
    }
    if (rc == SITO_OK && column->name.data == NULL) {
        rc = sito_error(error, SITO_ERROR, "profile_facts: a field has no name");
    }
    if (rc == SITO_OK) {
        rc = read_texts_of(db, field, TRUES, &column->type.trues, error);
    }
    if (rc == SITO_OK) {
        rc = read_texts_of(db, field, FALSES, &column->type.falses, error);
    }
    if (rc == SITO_OK) {
        column->has_absent = sqlite3_column_type(field, MISSING) != SQLITE_NULL;
        rc = read_texts_of(db, field, MISSING, &column->absent, error);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    column->type.dressed = sqlite3_column_int(field, BARE) == 0;
    column->required = sqlite3_column_int(field, REQUIRED) != 0;
    column->unique = sqlite3_column_int(field, UNIQUE) != 0;
    column->heading = sito_identity_heading(column->name);
    sito_prose_begin(&column->prose, column->name);
    rc = read_type(column, error);
    rc = rc == SITO_OK ? read_item(column, field) : rc;
    if (rc == SITO_OK) {
        const char *whole = (const char *)sqlite3_column_text(field, WHOLE);
        SitoText text = {whole, (size_t)sqlite3_column_bytes(field, WHOLE)};
        rc = whole == NULL ? SITO_NOMEM
                           : sito_constraints_read(&column->constraints, &column->type,
                                                   column->name, db, text, error);
    }
    return rc;
}

static int read_fields(SitoFacts *facts, sqlite3 *db, SitoText config, char **error) {
    sqlite3_stmt *field = NULL;
    size_t capacity = 0;
    int rc = prepare(db, fields_sql, config, &field, error);
    while (rc == SQLITE_OK && (rc = sqlite3_step(field)) == SQLITE_ROW) {
        void *columns = facts->columns;
        rc = sito_grow(&columns, &capacity, facts->count + 1, sizeof *facts->columns, MOST_FIELDS);
        facts->columns = columns;
        if (rc == SITO_OK) {
            SitoColumn *column = &facts->columns[facts->count++];
            memset(column, 0, sizeof *column);
            column->witnesses = facts->witnesses;
            rc = read_field(db, field, column, error);
        }
    }
    sqlite3_finalize(field);
    return rc == SQLITE_DONE
               ? SITO_OK
               : sito_error(error, rc, "profile_facts: config: %s", sqlite3_errmsg(db));
}

/* Everything but the fields (R3). */
static int read_rest(SitoFacts *facts, sqlite3 *db, SitoText config, char **error) {
    sqlite3_stmt *rest = NULL;
    SitoText missing = {0};
    int rc = prepare(db, rest_sql, config, &rest, error);
    if (rc == SQLITE_OK && (rc = sqlite3_step(rest)) == SQLITE_ROW) {
        int64_t witnesses = sqlite3_column_int64(rest, 2);
        facts->witnesses = witnesses < 0                ? DEFAULT_WITNESSES
                           : witnesses > MOST_WITNESSES ? MOST_WITNESSES
                                                        : (size_t)witnesses;
        facts->defects = sqlite3_column_int(rest, 1) != 0;
        facts->cells = sqlite3_column_int(rest, 3) != 0;
        rc = copy_text(rest, 0, &missing);
    }
    sqlite3_finalize(rest);
    if (rc != SITO_OK) {
        return sito_error(error, rc, "profile_facts: config: %s", sqlite3_errmsg(db));
    }
    rc = read_texts(db, missing.data != NULL ? missing : SITO_LITERAL("[\"\"]"), &facts->missing,
                    error);
    sito_free((char *)missing.data);
    return rc;
}

int sito_facts_configure(SitoFacts *facts, sqlite3 *db, SitoText config, char **error) {
    int rc = read_rest(facts, db, config, error);
    rc = rc == SITO_OK ? read_fields(facts, db, config, error) : rc;
    return rc == SITO_OK
               ? sito_cross_read(&facts->cross, facts->columns, facts->count, db, config, error)
               : rc;
}
