/*
** The columns that a JSON row is made into.
**
**   columns='kod @.id text, nazwa, rok @.year integer, powiat $.results[*].name'
**
** R1  An item is a name, then perhaps a path, then perhaps a type. Without a path the name is that of a
**     member of the row. Names with blanks or commas stand in double quotes.
** R2  Types: auto (as the text says, exactly), text, integer, number, boolean, json, and bdl-teryt (of
**     the id of a unit in BDL its TERYT code).
** R3  Two columns of one name, a name that begins with _, no column or more than SITO_JSON_COLUMNS are
**     errors. Names are compared as SQLite does, ASCII case ignored.
*/
#ifndef SITO_JSON_COLUMNS_CORE_H
#define SITO_JSON_COLUMNS_CORE_H

#include "json_path_core.h"

enum { SITO_JSON_COLUMNS = 480 /* each takes up to three of SQLite's 2000 results */ };

typedef enum SitoJsonType {
    SITO_JSON_AUTO,
    SITO_JSON_TEXT,
    SITO_JSON_INTEGER,
    SITO_JSON_NUMBER,
    SITO_JSON_BOOLEAN,
    SITO_JSON_JSON,
    SITO_JSON_TERYT,
    SITO_JSON_TYPES
} SitoJsonType;

/* The type of that word; SITO_JSON_TYPES: there is none. */
SitoJsonType sito_json_type_named(SitoText word);

typedef struct SitoJsonColumn {
    char *name;
    SitoJsonPath path;
    SitoJsonType type;
    SitoJsonPath
        unless; /* where this holds one of unless_values, there is no value; parts[0] NULL: none */
    char *unless_values; /* as SQL: ('4','91'), compared as text */
    bool required;       /* a row without the member, or without that of `unless`, is an error */
    SitoJsonPath sign;   /* what stands for a value that is null; parts[0] NULL: none */
} SitoJsonColumn;

typedef struct SitoJsonColumns {
    SitoJsonColumn *items;
    size_t count, capacity;
} SitoJsonColumns;

/* Adds a column that has a name, type auto, and nothing else as yet. */
int sito_json_columns_add(SitoJsonColumns *columns, SitoText name, SitoJsonColumn **column,
                          char **error) SITO_MUST_CHECK;
/* The same under a name that is not taken: name, name_2, … */
int sito_json_columns_add_new(SitoJsonColumns *columns, SitoText name, SitoJsonColumn **column,
                              char **error) SITO_MUST_CHECK;
int sito_json_columns_list(SitoText list, SitoJsonColumns *columns, char **error) SITO_MUST_CHECK;
void sito_json_columns_free(SitoJsonColumns *columns);

#endif
