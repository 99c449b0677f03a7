/*
** Reads JSON strictly, in place (json_read.c).
*/
#ifndef SITO_PROFILE_JSON_READ_H
#define SITO_PROFILE_JSON_READ_H

#include "base/sito.h"

typedef struct SitoJsonReader {
    SitoText text;
    size_t position;
} SitoJsonReader;

/* True when all of the text is one value that begins with the bracket. */
bool sito_json_is(SitoText text, char bracket);

/* Goes through an array or an object whose text is JSON. Start from {text}; each call gives one item, as
** it is written; *key is that of a member, without its quotes, and empty in an array. False: no more. */
bool sito_json_next(SitoJsonReader *reader, SitoText *key, SitoText *value);

int64_t sito_json_items(SitoText text);

#endif
