/*
** One object of a plan, read member by member (make_config.h).
*/
#ifndef SITO_TABLES_MAKE_READER_H
#define SITO_TABLES_MAKE_READER_H

#include "make_config.h"

struct sqlite3_stmt;

typedef struct MakeReader {
    struct sqlite3 *db;
    SitoText json;
    MakePlan *plan;
    MakeDimension *dimension; /* of which the keys are read; NULL: of the plan itself */
    char **error;
} MakeReader;

/* What json_each gives: key, value, type, and the value as JSON where it is a list or an object. */
typedef struct MakeField {
    const char *key;
    SitoText text;
    const char *type;
    double number;
    struct sqlite3_stmt *row;
} MakeField;

typedef int MakeTake(MakeReader *reader, const MakeField *field);

/* Calls `take` for each member of an object or a list. */
int make_each(MakeReader *reader, SitoText json, MakeTake *take) SITO_MUST_CHECK;

/* The failure of a statement of the reader. */
int make_failure(MakeReader *reader, int rc);

bool make_is(const MakeField *field, const char *type);

/* "KEY is ALLOWED" */
int make_wrong(MakeReader *reader, const MakeField *field, const char *allowed);
/* `of`: "" or " of the rules" */
int make_unknown_key(MakeReader *reader, const char *key, const char *of, const char *const *known,
                     size_t count);

int make_take_text(MakeReader *reader, const MakeField *field, char **to) SITO_MUST_CHECK;
/* From 0 to `most`. */
int make_take_whole(MakeReader *reader, const MakeField *field, int64_t most,
                    int64_t *to) SITO_MUST_CHECK;
int make_take_flag(MakeReader *reader, const MakeField *field, bool *to) SITO_MUST_CHECK;

/* The member "rules", once the dimensions are known; others are passed over (make_rules.c). */
int make_take_rules(MakeReader *reader, const MakeField *field) SITO_MUST_CHECK;

#endif
