/*
** Writes JSON into a buffer (json.c). The first failure stays in rc and silences the rest, so that a writer
** need not ask after each word.
*/
#ifndef SITO_PROFILE_JSON_H
#define SITO_PROFILE_JSON_H

#include "base/sito.h"

typedef struct SitoJson {
    SitoBuffer *out;
    int rc;
} SitoJson;

/* Brackets and the commas between what stands in them. */
void sito_json_open(SitoJson *json, char bracket);
void sito_json_close(SitoJson *json, char bracket);
void sito_json_key(SitoJson *json, const char *key);

void sito_json_text(SitoJson *json, SitoText text); /* data NULL: null */
void sito_json_integer(SitoJson *json, int64_t value);
void sito_json_count(SitoJson *json, int64_t value); /* below 0: null */
void sito_json_real(SitoJson *json, double value);

#endif
