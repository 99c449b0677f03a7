/*
** A rule: front matter in comments, then one SELECT (checks/rules/FAMILY/ID.sql). This part reads
** rule files; run.c runs them.
*/
#ifndef SITO_RULE_H
#define SITO_RULE_H

#include "base/sito.h"
#include "runner/language.h"

/* fatal: what was found leaves no result at all; the verdict is ERROR. */
typedef enum SitoSeverity { SITO_NOTE, SITO_WARNING, SITO_SEVERE, SITO_FATAL } SitoSeverity;

typedef struct SitoParam {
    char *name; /* without the colon */
    char *type; /* integer, number, text */
    char *value; /* the default, as written */
    char *sentence;
} SitoParam;

typedef struct SitoRule {
    char *id;     /* the file's name without .sql */
    char *family; /* the folder's name */
    char *title[2], *message[2], *why[2], *fix[2]; /* by SitoLanguage */
    char *basis;
    char *since;
    SitoSeverity severity;
    char **needs; /* words of VOCABULARY */
    size_t needs_count;
    SitoParam *params;
    size_t params_count;
    bool scope_package; /* sees all resources; default: one resource */
    char *sql;
    char sha256[SITO_SHA256_HEX]; /* of the file */
    bool builtin;
} SitoRule;

typedef struct SitoRules {
    SitoRule *items; /* by family, then id */
    size_t count;
} SitoRules;

/* Reads the built-in rules and those of `folder` (FAMILY/ID.sql; may be NULL). An unknown, missing or
** repeated key, an unknown word, an id that is not the file's name or is taken is an error with file
** and line. */
int sito_rules_load(SitoRules *rules, const char *folder, char **error) SITO_MUST_CHECK;
void sito_rules_free(SitoRules *rules);
const SitoRule *sito_rules_find(const SitoRules *rules, const char *id);

const char *sito_severity_word(SitoSeverity severity); /* note, warning, error, fatal */
bool sito_severity_parse(SitoText word, SitoSeverity *severity);

/* ---- message.c ---- */

/* A value that a message may name. */
typedef struct SitoMessageValue {
    const char *name;
    enum { SITO_VALUE_NULL, SITO_VALUE_INTEGER, SITO_VALUE_REAL, SITO_VALUE_TEXT } type;
    int64_t integer;
    double real;
    SitoText text;
} SitoMessageValue;

/* Formats an ICU message pattern: {name}, {name, plural, =0 {…} one {…} few {…} many {…} other {…}},
** # inside a plural, '' and '{' quoted as ICU does. Numbers are written as the language writes them.
** A name that has no value, or a malformed pattern, is an error. */
int sito_message_format(SitoLanguage language, const char *pattern, const SitoMessageValue *values,
                        size_t count, SitoBuffer *out, char **error) SITO_MUST_CHECK;

#endif
